"""Numbers that are most likely a slip, and what may have been meant."""

import pytest

from dcrelief.rules.facts import UNKNOWN, Value
from dcrelief.rules.usual import is_unlikely, likely_meant, usual_span
from tests.examples import business, businesses, sample, shipped

FACTS = shipped().facts


@pytest.mark.parametrize(
    ("fact", "value", "meant"),
    [
        ("revenue", 95_000, 950_000_000),  # 950元: 950万元
        ("employees", 1_200_000, 120),
        ("revenue", 10**13 * 100, 10**9 * 100),
        ("rd_expense", 5, None),
        ("employees", 1_200_001, None),
    ],
)
def test_a_slip(fact: str, value: int, meant: int | None) -> None:
    assert is_unlikely(FACTS[fact], value)
    assert likely_meant(FACTS[fact], value) == meant


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("revenue", 0),
        ("revenue", 1_000_000),
        ("revenue", 10**13),
        ("employees", 1),
        ("employees", 100_000),
        ("employees", UNKNOWN),
        ("in_dongcheng", True),
        ("founded", UNKNOWN),
    ],
)
def test_what_is_usual_and_of_what_nothing_is_said(fact: str, value: Value) -> None:
    assert not is_unlikely(FACTS[fact], value)


def test_amounts_are_usual_in_yuan_and_kept_in_fen() -> None:
    assert usual_span(FACTS["revenue"]) == (1_000_000, 10**13)
    assert usual_span(FACTS["employees"]) == (1, 100_000)
    assert usual_span(FACTS["name"]) is None


def test_nobody_of_the_examples_is_asked_whether_it_is_a_slip() -> None:
    for given in (sample(), *(business(each.name) for each in businesses())):
        assert [name for name, value in given.items() if is_unlikely(FACTS[name], value)] == []
