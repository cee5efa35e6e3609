"""Each kind of fact as columns: their types, and the cells of a value; what it reads quickly is in test_cells.py."""

from datetime import date

import polars as pl
import pytest

from dcrelief.columnar.kind_columns import COLUMNS, last_column, several_column
from dcrelief.rules.facts import UNKNOWN, Choice, Fact, Kind, Month, Value, Year
from dcrelief.rules.kinds import KINDS

CHOICES = (Choice("a", "甲"), Choice("b", "乙"))
A, B, LAST = several_column("x", "a"), several_column("x", "b"), last_column("x")


@pytest.mark.parametrize(
    ("kind", "value", "cells"),
    [
        ("yes_no", False, {"x": False}),
        ("count", 12, {"x": 12}),
        ("money", 1_050, {"x": 1_050}),
        ("text", "某某", {"x": "某某"}),
        ("choice", "b", {"x": "b"}),
        ("several", frozenset({"b"}), {A: False, B: True}),
        ("several", frozenset(), {A: False, B: False}),
        ("date", date(2018, 5, 1), {"x": date(2018, 5, 1), LAST: date(2018, 5, 1)}),
        ("date", Month(2018, 5), {"x": date(2018, 5, 1), LAST: date(2018, 5, 31)}),
        ("date", Year(2018), {"x": date(2018, 1, 1), LAST: date(2018, 12, 31)}),
    ],
)
def test_a_value_fits_its_columns_and_comes_back(kind: Kind, value: Value, cells: dict[str, object]) -> None:
    fact = Fact(id="x", kind=kind, label="项", choices=CHOICES)
    columns = COLUMNS[kind]
    assert columns.cells(fact, value) == cells
    frame = pl.DataFrame([columns.cells(fact, value), columns.cells(fact, UNKNOWN)], schema=columns.schema(fact))
    assert frame.to_dicts() == [cells, dict.fromkeys(cells)]


def test_every_kind_has_columns() -> None:
    assert COLUMNS.keys() == KINDS.keys()


def test_a_choice_that_there_is_not_fits_no_column() -> None:
    fact = Fact(id="x", kind="choice", label="项", choices=CHOICES)
    with pytest.raises(pl.exceptions.InvalidOperationError):
        pl.Series(["c"], dtype=COLUMNS["choice"].schema(fact)["x"])
