"""So many years before the assessment, the anniversary included, leap days and all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcrelief.rules.criteria import WithinYears
from dcrelief.rules.facts import Month
from tests.examples import AS_OF, shipped

FOUNDED, WORDS = shipped().facts["founded"], shipped().words


@pytest.mark.parametrize(
    ("as_of", "founded", "holds"),
    [
        (date(2020, 2, 20), date(2015, 2, 20), True),
        (date(2020, 2, 20), date(2015, 2, 19), False),
        # Assessed on 29 February, the day five years earlier is 1 March.
        (date(2020, 2, 29), date(2015, 3, 1), True),
        (date(2020, 2, 29), date(2015, 2, 28), False),
        # Founded on 29 February, the fifth year ends on 28 February.
        (date(2021, 2, 28), date(2016, 2, 29), True),
        (date(2021, 3, 1), date(2016, 2, 29), False),
        (date(2024, 2, 29), date(2016, 2, 29), False),
    ],
)
def test_within_five_years_the_day_included(as_of: date, founded: date, holds: bool) -> None:
    assert WithinYears(5).holds(founded, as_of) is holds


def test_eight_years_from_a_leap_day_to_another() -> None:
    assert WithinYears(8).earliest(date(2024, 2, 29)) == date(2016, 2, 29)


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 20))
def test_the_earliest_day_passes_and_the_day_before_does_not(as_of: date, years: int) -> None:
    earliest = WithinYears(years).earliest(as_of)
    assert WithinYears(years).holds(earliest, as_of)
    assert not WithinYears(years).holds(earliest - timedelta(days=1), as_of)


def test_a_text_that_looks_like_a_year_is_no_date() -> None:
    assert not WithinYears(5).holds("2018", AS_OF)


def test_in_words_with_a_day_and_without() -> None:
    assert WithinYears(5).wanted(FOUNDED, AS_OF, WORDS) == "成立 5 年（含）以内，即 2015-02-20 或之后"
    assert WithinYears(5).wanted(FOUNDED, None, WORDS) == "5 年（含）以内"
    assert WithinYears(5).distance(FOUNDED, Month(2015, 1), AS_OF, WORDS) == "早了 20 天"


@pytest.mark.parametrize(("years", "flaw"), [(0, "form"), (1, None), (100, None), (101, "form")])
def test_how_many_years_it_may_be(years: int, flaw: str | None) -> None:
    assert WithinYears(years).flaw() == flaw


def test_so_many_years_that_no_answer_fails() -> None:
    assert WithinYears(5).ways(FOUNDED, date(1905, 1, 2)) == (True, True)
    assert WithinYears(5).ways(FOUNDED, date(1905, 1, 1)) == (True, False)  # no date lies before 1900
