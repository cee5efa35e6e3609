"""Windows: fixed days, days counted from a date, calls yet to come, and days that nobody confirmed."""

from datetime import date

import pytest

from dcrelief.rules.conditions import Matters, Situation
from dcrelief.rules.facts import UNKNOWN, Answers, Month, Value, Year
from dcrelief.rules.truth import Truth
from dcrelief.rules.windows import InTime, Span, Window, months_after
from tests.examples import route, shipped

CONFIRMED = date(2020, 7, 31)


def on(as_of: date, **answers: Value) -> Situation:
    return Situation(Answers(answers), as_of, shipped().size_standard)


@pytest.mark.parametrize(
    ("window", "as_of", "is_open", "in_time"),
    [
        (Window(date(2020, 2, 13)), date(2020, 2, 12), False, Truth.NO),
        (Window(date(2020, 2, 13), by_call=True), date(2020, 2, 12), False, Truth.NO),
        (Window(date(2020, 2, 13)), date(2020, 2, 13), True, Truth.YES),
        (Window(date(2020, 2, 13)), date(2020, 7, 31), True, Truth.YES),
        (Window(date(2020, 2, 13)), date(2020, 8, 1), None, Truth.YES),
        (Window(date(2020, 2, 13), date(2020, 3, 31)), date(2020, 3, 31), True, Truth.YES),
        (Window(date(2020, 2, 13), date(2020, 3, 31)), date(2020, 4, 1), False, Truth.NO),
        (Window(None, None), date(2020, 2, 20), True, Truth.YES),
        (Window(date(2020, 2, 13), by_call=True), date(2020, 2, 20), None, Truth.YES),
    ],
)
def test_open_and_in_time(window: Window, as_of: date, is_open: bool | None, in_time: Truth) -> None:
    assert window.is_open(on(as_of), CONFIRMED) is is_open
    assert InTime(window).truth(on(as_of)) is in_time


COUNTED = Window(month_after="contract_reached", days=90)


@pytest.mark.parametrize(
    ("reached", "start", "end"),
    [
        (date(2019, 11, 1), date(2019, 12, 1), date(2020, 2, 28)),
        (date(2019, 11, 30), date(2019, 12, 1), date(2020, 2, 28)),
        (date(2019, 12, 31), date(2020, 1, 1), date(2020, 3, 30)),
        (date(2020, 1, 31), date(2020, 2, 1), date(2020, 4, 30)),
    ],
)
def test_ninety_days_from_the_month_after(reached: date, start: date, end: date) -> None:
    assert COUNTED.span(on(CONFIRMED, contract_reached=reached)) == Span(start, end)
    month = Month(reached.year, reached.month)
    assert COUNTED.span(on(CONFIRMED, contract_reached=month)) == Span(start, end)


@pytest.mark.parametrize(
    ("as_of", "is_open", "in_time"),
    [
        (date(2020, 1, 31), False, Truth.NO),
        (date(2020, 2, 1), True, Truth.YES),
        (date(2020, 4, 30), True, Truth.YES),
        (date(2020, 5, 1), False, Truth.NO),
    ],
)
def test_the_counted_days_at_each_end(as_of: date, is_open: bool, in_time: Truth) -> None:
    situation = on(as_of, contract_reached=date(2020, 1, 15))
    assert COUNTED.is_open(situation, CONFIRMED) is is_open
    assert InTime(COUNTED).truth(situation) is in_time


def test_an_unknown_date_leaves_the_window_unknown() -> None:
    asked, unasked = on(CONFIRMED, contract_reached=UNKNOWN), on(CONFIRMED)
    leaf = InTime(COUNTED)
    assert COUNTED.span(on(CONFIRMED)) is None
    assert COUNTED.is_open(unasked, CONFIRMED) is None
    assert leaf.truth(asked) is Truth.UNKNOWN
    assert leaf.missing(asked) == leaf.facts() == ("contract_reached",)
    assert leaf.attainable(unasked) == frozenset(Truth)
    assert leaf.attainable(asked) == {Truth.UNKNOWN}
    assert list(leaf.pivots(unasked, Matters(no=True, yes=False))) == ["contract_reached"]
    assert list(leaf.pivots(asked, Matters(no=True, yes=True))) == []


def test_fixed_days_read_no_fact_and_speak_only_outside() -> None:
    leaf = InTime(Window(date(2020, 2, 13), date(2020, 3, 31)))
    assert leaf.facts() == leaf.missing(on(date(2020, 3, 1))) == ()
    assert list(leaf.terms(on(date(2020, 3, 1)))) == []
    assert [term.truth for term in leaf.terms(on(date(2020, 4, 1)))] == [Truth.NO]
    assert [term.truth for term in leaf.terms(on(date(2020, 2, 12)))] == [Truth.NO]


@pytest.mark.parametrize(
    ("route_id", "start", "end"),
    [
        ("1.stop", date(2020, 2, 5), None),
        ("35.march", date(2020, 2, 13), date(2020, 3, 31)),
        ("35.flexible", date(2020, 2, 13), date(2020, 3, 31)),
        ("35.july", date(2020, 2, 13), date(2020, 7, 31)),
        ("40.stewards", date(2020, 2, 13), None),
    ],
)
def test_the_days_of_the_document(route_id: str, start: date, end: date | None) -> None:
    assert route(route_id).window.span(on(CONFIRMED)) == Span(start, end)


BY_SIZE = Window(
    date(2020, 3, 1),
    starts=(date(2020, 3, 1), date(2020, 3, 1), date(2020, 3, 16), date(2020, 4, 1)),
    standard=shipped().size_standard,
    end=CONFIRMED,
)
SMALL: dict[str, Value] = {"industry": "catering", "employees": 8}
MEDIUM: dict[str, Value] = {"industry": "catering", "employees": 200, "revenue": 3_000_000_000}
SMALL_OR_MEDIUM: dict[str, Value] = {"industry": "catering", "employees": 200}


@pytest.mark.parametrize(
    ("answers", "as_of", "start", "is_open"),
    [
        (SMALL, date(2020, 2, 29), date(2020, 3, 1), False),
        (SMALL, date(2020, 3, 1), date(2020, 3, 1), True),
        (MEDIUM, date(2020, 3, 15), date(2020, 3, 16), False),
        (MEDIUM, date(2020, 3, 16), date(2020, 3, 16), True),
        (SMALL_OR_MEDIUM, date(2020, 2, 29), None, False),
        (SMALL_OR_MEDIUM, date(2020, 3, 1), None, None),
        (SMALL_OR_MEDIUM, date(2020, 3, 16), None, True),
        ({}, date(2020, 3, 16), None, None),
        ({}, date(2020, 4, 1), None, True),
    ],
)
def test_a_start_by_size(answers: dict[str, Value], as_of: date, start: date | None, is_open: bool | None) -> None:
    assert BY_SIZE.span(on(as_of, **answers)) == Span(start, CONFIRMED)
    assert BY_SIZE.is_open(on(as_of, **answers), CONFIRMED) is is_open
    truth = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}[is_open]
    assert InTime(BY_SIZE).truth(on(as_of, **answers)) is truth


def test_what_a_start_by_size_still_asks() -> None:
    leaf, early, between = InTime(BY_SIZE), date(2020, 2, 29), date(2020, 3, 15)
    assert leaf.facts() == shipped().size_standard.facts()
    assert leaf.missing(on(between, industry="catering")) == ("employees", "revenue")
    assert leaf.missing(on(between, **SMALL)) == leaf.missing(on(early)) == ()
    assert leaf.attainable(on(between)) == frozenset(Truth)
    assert leaf.attainable(on(early)) == {Truth.NO}
    assert list(leaf.pivots(on(between), Matters(no=True, yes=True))) == ["industry"]
    assert list(leaf.pivots(on(early), Matters(no=True, yes=True))) == []


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2020, 4, 30), 1, date(2020, 5, 30)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2020, 12, 15), 12, date(2021, 12, 15)),
    ],
)
def test_months_after(day: date, months: int, end: date) -> None:
    assert months_after(day, months) == end


@pytest.mark.parametrize(
    ("days", "as_of", "truth"),
    [
        (90, date(2020, 1, 31), Truth.NO),
        (90, date(2020, 2, 1), Truth.UNKNOWN),
        (90, date(2021, 3, 31), Truth.UNKNOWN),
        (90, date(2021, 4, 1), Truth.NO),
        (400, date(2020, 12, 31), Truth.UNKNOWN),
        (400, date(2021, 1, 1), Truth.YES),
        (400, date(2021, 3, 6), Truth.YES),
        (400, date(2021, 3, 7), Truth.UNKNOWN),
    ],
)
def test_of_a_year_every_month_of_it_is_weighed(days: int, as_of: date, truth: Truth) -> None:
    window = Window(month_after="contract_reached", days=days)
    situation = on(as_of, contract_reached=Year(2020))
    assert InTime(window).truth(situation) is truth
    sure = Span(date(2021, 1, 1), date(2021, 3, 6)) if days == 400 else None
    assert window.span(situation) == sure
