"""A day or a month, however it is written; what could be two days is none."""

from datetime import date, datetime

import pytest

from dcrelief.rules.facts import BadValue, Month, Year
from dcrelief.rules.kinds.date_kind import read_day
from tests.examples import AS_OF, shipped
from tests.rules.kinds import reading, reading_in_english

DAY, MONTH = date(2018, 5, 1), Month(2018, 5)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2018-05-01", DAY),
        ("2018年5月1日", DAY),
        ("2018.5.1", DAY),
        ("２０１８／５／１", DAY),
        ("20180501", DAY),
        ("2018-05-01 09:30:00", DAY),
        (DAY, DAY),
        (datetime(2018, 5, 1, 9, 0), DAY),  # noqa: DTZ001 - as TOML has it
        (AS_OF, AS_OF),
        ("2018/5", MONTH),
        ("2018年5月", MONTH),
        ("2018-05", MONTH),
        ("2020-02", Month(2020, 2)),
        ("2018年", Year(2018)),
        ("18/5/1", DAY),
        ("99.5.1", date(1999, 5, 1)),
        ("18年5月1日", DAY),
        ("18年5月", MONTH),
        ("2018年5月1号", DAY),
        ("2018年5月1日 星期二", DAY),
        ("2018-05-01（周二）", DAY),
        ("周二 2018/5/1 09:30", DAY),
        ("二〇一八年五月一日", DAY),
        ("二零一八年五月", MONTH),
        ("二〇一八年十二月三十一日", date(2018, 12, 31)),
        ("二〇一八年", Year(2018)),
        ("2018.10", Month(2018, 10)),
        ("2018.01", Month(2018, 1)),
        ("2018-1", Month(2018, 1)),
        ("２０１８", Year(2018)),
        ("2020", Year(2020)),
    ],
)
def test_as_people_write_it(written: object, value: date | Month | Year) -> None:
    assert reading("founded", written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("31/1/2018", date(2018, 1, 31)),
        ("13/5/2018", date(2018, 5, 13)),
        ("1.31.2018", date(2018, 1, 31)),
        ("2/2/2018", date(2018, 2, 2)),
        ("1 May 2018", DAY),
        ("1st May 2018", DAY),
        ("May 1, 2018", DAY),
        ("1-MAY-2018", DAY),
        ("Sept. 2018", Month(2018, 9)),
    ],
)
def test_as_english_readers_write_it(written: str, value: date | Month) -> None:
    assert reading("founded", written) == value
    assert reading_in_english("founded", written) == value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2018.1", "2018-01 / 2018-10"),
        ("43221", "2018-05-01"),
        ("99999", ""),
        ("18-05-01", ""),
        ("12/5/1", ""),
        ("18/13/1", ""),
        ("二〇一八年十三月", ""),
        ("星期二", ""),
        ("五月一日", ""),
        ("2018年5月1日星期", ""),
    ],
)
def test_what_may_be_another_day_is_not_guessed(written: str, meant: str) -> None:
    value = reading("founded", written)
    assert isinstance(value, BadValue)
    assert value.nearest == meant


@pytest.mark.parametrize("written", ["2021", "1899年", "0000", "2018-", "18年", "2018-2019"])
def test_what_is_no_year_of_the_past(written: str) -> None:
    assert isinstance(reading("founded", written), BadValue)


def test_a_day_that_is_no_fact() -> None:
    months = shipped().tokens.months
    assert read_day("2020年2月20日", months) == date(2020, 2, 20)
    assert read_day("2100-12-31", months) == date(2100, 12, 31)  # it may lie ahead
    assert [read_day(written, months) for written in ("昨天", "2020-02", "2020", "2101-01-01", 20200220)] == [None] * 5
