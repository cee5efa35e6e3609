"""Amounts of money in fen; how a number in words is read is in test_money.py."""

from decimal import Decimal

import pytest

from dcrelief.rules.kinds import kind_of
from tests.examples import shipped
from tests.rules.kinds import is_bad, reading, reading_in_english


@pytest.mark.parametrize(
    ("written", "fen"), [("1200万", 1_200_000_000), (1200, 120_000), (Decimal("0.01"), 1), ("0", 0)]
)
def test_as_people_write_it(written: object, fen: int) -> None:
    assert reading("revenue", written) == fen


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("3 million", 300_000_000),
        ("3m", 300_000_000),
        ("3,000k", 300_000_000),
        ("RMB 1.5 bn", 150_000_000_000),
        ("3,000,000 yuan", 300_000_000),
        ("12 thousand yuan RMB", 1_200_000),
        ("CNY 500", 50_000),
        ("12 mil.", 1_200_000_000),
        ("50 wan renminbi", 50_000_000),
    ],
)
def test_as_english_readers_write_it(written: str, fen: int) -> None:
    assert reading("revenue", written) == fen
    assert reading_in_english("revenue", written) == fen


@pytest.mark.parametrize("written", [-1, "-1万", "-0.01", Decimal("0.001"), True, "12人"])
def test_what_is_no_amount(written: object) -> None:
    assert is_bad(reading("revenue", written))


def test_the_unit_of_a_heading_is_the_yuan_and_no_other() -> None:
    revenue, tokens = shipped().facts["revenue"], shipped().tokens
    assert [kind_of(revenue).is_unit(revenue, text, tokens) for text in ("元", "万元", "")] == [True, False, False]
