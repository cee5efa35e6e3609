"""Businesses as a frame: a column a fact, null for unknown; and expressions joined in pairs."""

from datetime import date
from operator import add

import polars as pl

from dcrelief.columnar.expressions import joined
from dcrelief.rules.facts import UNKNOWN, Choice, Fact
from tests.columnar.frames import row_of, schema

FOUNDED = Fact(id="founded", kind="date", label="成立")
SELLS = Fact(id="sells", kind="several", label="卖", choices=(Choice("tea", "茶"), Choice("wine", "酒")))


def test_the_columns_of_each_fact_in_turn() -> None:
    assert list(schema([SELLS, FOUNDED])) == ["sells:tea", "sells:wine", "founded", "founded:last"]


def test_a_row_has_them_all_and_null_for_what_is_not_known() -> None:
    nothing = dict.fromkeys(schema([SELLS, FOUNDED]))
    assert row_of([SELLS, FOUNDED], {}) == row_of([SELLS, FOUNDED], {"sells": UNKNOWN}) == nothing
    row = row_of([SELLS, FOUNDED], {"sells": frozenset({"wine"}), "founded": date(2018, 5, 1), "other": 1})
    assert list(row.values()) == [False, True, date(2018, 5, 1), date(2018, 5, 1)]


def test_parts_are_joined_in_their_order_and_in_pairs() -> None:
    for count in (1, 2, 5, 8):
        parts = [pl.lit(str(place)) for place in range(count)]
        assert pl.select(joined(add, parts)).item() == "".join(map(str, range(count)))
    assert str(joined(add, map(pl.col, "abcd"))) == str((pl.col("a") + pl.col("b")) + (pl.col("c") + pl.col("d")))
