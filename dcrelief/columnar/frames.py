"""The shape of many businesses as a Polars frame: a column a fact, null for unknown.

Yes/no as Boolean, counts and money (fen) as Int64, dates as Date, a choice as an Enum of its keys; a fact of several
choices has a Boolean column a choice, named by several_column; a date has its last possible day, where only the month
is known, in a column named by last_column.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import polars as pl

from dcrelief.rules.facts import UNKNOWN, Fact, Month, Value


def several_column(fact: str, key: str) -> str:
    """The column that says whether a choice of a fact of several is ticked."""
    return f"{fact}:{key}"


def last_column(fact: str) -> str:
    """The column of the last day that a date can be: the date itself unless only its month is known."""
    return f"{fact}:last"


def fact_schema(fact: Fact) -> dict[str, pl.DataType]:
    """The columns of one fact and their types."""
    match fact.kind:
        case "several":
            return {several_column(fact.id, choice.key): pl.Boolean() for choice in fact.choices}
        case "date":
            return {fact.id: pl.Date(), last_column(fact.id): pl.Date()}
        case "choice":
            return {fact.id: pl.Enum([choice.key for choice in fact.choices])}
        case "yes_no":
            return {fact.id: pl.Boolean()}
        case "text":
            return {fact.id: pl.String()}
        case _:
            return {fact.id: pl.Int64()}


# Expressions that are wanted again and again are made once: making one costs as much as ten operations.


@cache
def number(value: int, kind: type[pl.DataType]) -> pl.Expr:
    """A whole number of that type."""
    return pl.lit(value, dtype=kind)


@cache
def col(name: str) -> pl.Expr:
    """A column."""
    return pl.col(name)


def joined(join: Callable[[pl.Expr, pl.Expr], pl.Expr], parts: Iterable[pl.Expr]) -> pl.Expr:
    """One or more parts joined in pairs, and those in pairs again: a long chain takes four times as long to plan."""
    here = list(parts)
    while len(here) > 1:
        pairs = zip(here[::2], here[1::2], strict=False)
        here = [join(first, second) for first, second in pairs] + here[len(here) // 2 * 2 :]
    return here[0]


def schema(facts: Iterable[Fact]) -> dict[str, pl.DataType]:
    """The columns of a frame and their types."""
    return {column: kind for fact in facts for column, kind in fact_schema(fact).items()}


def fact_row(fact: Fact, value: Value) -> dict[str, object]:
    """The cells of one fact in such a frame."""
    if fact.kind == "several":
        ticked = value if isinstance(value, frozenset) else None
        return {several_column(fact.id, c.key): None if ticked is None else c.key in ticked for c in fact.choices}
    if isinstance(value, Month):
        return {fact.id: value.first, last_column(fact.id): value.last}
    known = None if value is UNKNOWN else value
    return {fact.id: known, last_column(fact.id): known} if fact.kind == "date" else {fact.id: known}


def row_of(facts: Iterable[Fact], answers: Mapping[str, Value]) -> dict[str, object]:
    """The row of one business in such a frame."""
    row: dict[str, object] = {}
    for fact in facts:
        row |= fact_row(fact, answers.get(fact.id, UNKNOWN))
    return row
