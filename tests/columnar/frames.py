"""Frames of facts for tests: a row a business, from its answers."""

from collections.abc import Iterable, Mapping

import polars as pl

from dcrelief.columnar.kind_columns import COLUMNS
from dcrelief.rules.facts import UNKNOWN, Fact, Value


def schema(facts: Iterable[Fact]) -> dict[str, pl.DataType]:
    """The columns of a frame and their types."""
    return {column: kind for fact in facts for column, kind in COLUMNS[fact.kind].schema(fact).items()}


def row_of(facts: Iterable[Fact], answers: Mapping[str, Value]) -> dict[str, object]:
    """The row of one business in such a frame."""
    row: dict[str, object] = {}
    for fact in facts:
        row |= COLUMNS[fact.kind].cells(fact, answers.get(fact.id, UNKNOWN))
    return row
