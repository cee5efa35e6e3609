"""Percentages: with their sign, or as a number of percent that cannot be taken for a part of one."""

from decimal import Decimal

import pytest

from dcrelief.rules.facts import BadValue, Fact, Value
from dcrelief.rules.kinds import canonical, kind_of, read
from tests.examples import AS_OF, shipped
from tests.rules.kinds import is_bad

GROWTH = Fact(id="growth", kind="percent", label="增长", at_least=-100, at_most=1000)


def reading(written: object, fact: Fact = GROWTH) -> Value | BadValue:
    return read(fact, written, AS_OF, shipped().tokens)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10%", 1000), ("１０％", 1000), ("5.5 %", 550), ("0.25%", 25), ("-3%", -300), ("3‰", 30), ("0%", 0), ("0", 0),
        ("20", 2000), (20, 2000), (Decimal("12.5"), 1250), ("百分之十", 1000), ("百分之5.5", 550),
        ("0.2", None), (Decimal("0.2"), None), ("-0.5", None), ("百分之0.5", 50), ("0.001%", None), ("0.1‰", 1),
        ("-101%", None), ("1001%", None), ("10万", None), ("多", None), ("%", None), (True, None), ("10%%", None),
    ],
)  # fmt: skip
def test_as_people_write_it(written: object, value: int | None) -> None:
    assert is_bad(reading(written)) if value is None else reading(written) == value


def test_below_nothing_only_where_the_fact_may_be() -> None:
    rate = Fact(id="rate", kind="percent", label="率", at_most=100)
    assert is_bad(reading("-1%", rate))
    assert reading("100%", rate) == 10_000


@pytest.mark.parametrize(("value", "shown"), [(1000, "10%"), (550, "5.5%"), (25, "0.25%"), (-300, "-3%"), (0, "0%")])
def test_it_is_shown_and_kept_as_it_can_be_read_again(value: int, shown: str) -> None:
    assert kind_of(GROWTH).show(GROWTH, value, shipped().words) == shown
    assert canonical(GROWTH, value) == shown
    assert reading(shown) == value


def test_its_range_and_its_unit() -> None:
    assert kind_of(GROWTH).range(GROWTH) == (-10_000, 100_000)
    assert kind_of(GROWTH).is_unit(GROWTH, "%", shipped().tokens)
    assert not kind_of(GROWTH).is_unit(GROWTH, "万元", shipped().tokens)


def test_what_is_expected_and_an_example() -> None:
    assert kind_of(GROWTH).expected(GROWTH, AS_OF, shipped().words) == "百分数，-100% 到 1000%，要写上 %，如 12.5%"
    assert reading(kind_of(GROWTH).example(GROWTH, shipped().words).strip('"')) == 1250
