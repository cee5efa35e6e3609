"""Whole numbers, with or without what they count, within the fact's bounds."""

from decimal import Decimal

import pytest

from dcrelief.rules.facts import BadValue, Fact, Value
from dcrelief.rules.kinds import kind_of, read
from tests.examples import AS_OF, shipped
from tests.rules.kinds import is_bad, reading, reading_in_english


@pytest.mark.parametrize(
    ("written", "value"), [("12", 12), (12, 12), ("１２ 人", 12), ("1,200", 1200), ("12名", 12), (Decimal("12.0"), 12)]
)
def test_as_people_write_it(written: object, value: int) -> None:
    assert reading("employees", written) == value


@pytest.mark.parametrize(
    ("written", "value"), [("12 people.", 12), ("12 staff", 12), ("1 person", 1), ("12 People", 12)]
)
def test_as_english_readers_write_it(written: object, value: int) -> None:
    assert reading("employees", written) == value
    assert reading_in_english("employees", written) == value


def of_something(written: object, at_least: int = 0, at_most: int = 99) -> Value | BadValue:
    fact = Fact(id="n", kind="count", label="数", at_least=at_least, at_most=at_most)
    return read(fact, written, AS_OF, shipped().tokens)


def test_without_a_unit_none_may_stand_behind_it() -> None:
    assert of_something("12") == 12
    assert is_bad(of_something("12人"))


def test_its_bounds_are_within_it() -> None:
    bad = [is_bad(of_something(str(number), at_least=2, at_most=4)) for number in range(1, 6)]
    assert bad == [True, False, False, False, True]


def test_the_unit_of_a_heading() -> None:
    employees, tokens = shipped().facts["employees"], shipped().tokens
    assert [kind_of(employees).is_unit(employees, text, tokens) for text in ("人", "名", "元")] == [True, True, False]
