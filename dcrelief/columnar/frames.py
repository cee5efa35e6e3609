"""The shape of many businesses as a Polars frame: a column a fact, null for unknown.

Yes/no as Boolean, counts and money (fen) as Int64, dates as Date, a choice as an Enum of its keys; a fact of several
choices has a Boolean column a choice, named by several_column; a date has its last possible day, where only the month
is known, in a column named by last_column (see kind_columns).
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import polars as pl

from dcrelief.columnar.kind_columns import COLUMNS
from dcrelief.rules.facts import UNKNOWN, Fact, Value

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
    return {column: kind for fact in facts for column, kind in COLUMNS[fact.kind].schema(fact).items()}


def row_of(facts: Iterable[Fact], answers: Mapping[str, Value]) -> dict[str, object]:
    """The row of one business in such a frame."""
    row: dict[str, object] = {}
    for fact in facts:
        row |= COLUMNS[fact.kind].cells(fact, answers.get(fact.id, UNKNOWN))
    return row
