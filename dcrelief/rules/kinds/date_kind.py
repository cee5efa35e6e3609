"""Facts that are a day, or the month or year of one: date, Month or Year; none lies after the day of the assessment."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache

from dcrelief.rules.facts import EARLIEST_DATE, LATEST_DATE, BadValue, Fact, Month, PartialDate, Tokens, Year
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.money import read_number
from dcrelief.rules.text import folded

# Spreadsheets and databases write a day with a time behind it.
_TIME_OF_DAY = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*$")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?|月)?|(\d{2})(\d{2})|年|)")
# `二〇一八年五月一日`, of which the year is written sign by sign.
_IN_NUMERALS = re.compile(
    r"(?P<year>[^\W\d_a-z]{4})年(?:(?P<month>[^\W\d_a-z]{1,2})月(?:(?P<day>[^\W\d_a-z]{1,3})[日号])?)?"
)
# `18年5月1日`; or `18/5/1`, where the last can be no year, and the first no month.
_SHORT_YEAR = re.compile(
    r"(?P<year>\d{2})(?:年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]?)?"
    r"|(?<=[2-9]\d|1[3-9])[-/.](?P<month_2>\d{1,2})[-/.](?P<day_2>\d))"
)
# A spreadsheet that drops a nought at the end makes 2018.1 of October; it may be January as well.
_LOST_NOUGHT = re.compile(r"\d{4}\.1")
_SERIAL = re.compile(r"[1-9]\d{4}")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTHS_OF_A_YEAR = 12
_LONGEST = 100  # letters, with the time and the weekday; to look for those in a long text takes very long
_BETWEEN_PARTS = re.compile(r"[\s,./-]+")
# `1 May 2018`, `May 1st 2018`, `May 2018`; the month by three letters or more.
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)? "
_MONTH_IN_WORDS = re.compile(
    rf"(?:{_DAY.format('day')})?(?P<month>[^\W\d_]{{3,}}) (?:{_DAY.format('day_2')})?(?P<year>\d{{4}})"
)


def _read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> date | PartialDate | BadValue:
    day = _date(_plain(written, tokens, as_of), tokens.months)
    first = day.first if isinstance(day, PartialDate) else day
    if day is None or first is None or not EARLIEST_DATE <= first <= as_of:
        return BadValue(fact, written, as_of, meant=_meant(written, as_of))
    return day


def _plain(written: object, tokens: Tokens, as_of: date) -> object:
    """A day without the weekday beside it; with its numerals as digits, and its year in four."""
    if not isinstance(written, str) or len(written.strip()) > _LONGEST:
        return written
    text = _weekday(tokens).sub(" ", written.strip()).strip()
    if (match := _IN_NUMERALS.fullmatch(folded(text))) is not None:
        year, month, day = match["year"], match["month"], match["day"]
        digits = "".join(str(tokens.numerals.get(sign, sign)) for sign in year)
        parts = [digits, *(str(read_number(part, tokens)) for part in (month, day) if part)]
        text = "-".join(parts)
    if (match := _SHORT_YEAR.fullmatch(folded(text))) is not None:
        year, month, day = match["year"], match["month"] or match["month_2"], match["day"] or match["day_2"]
        century = as_of.year // 100 * 100
        whole = century + int(year) if century + int(year) <= as_of.year else century - 100 + int(year)
        text = f"{whole}-{month}" + (f"-{day}" if day else "")
    return text


@cache
def _weekday(tokens: Tokens) -> re.Pattern[str]:
    """A weekday, alone or in brackets."""
    either = "|".join(map(re.escape, sorted(tokens.weekdays, key=len, reverse=True)))
    return re.compile(rf"\W*(?<![^\W\d_])(?:{either})(?![^\W\d_])\W*" if either else r"(?!)", re.IGNORECASE)


def _meant(written: object, as_of: date) -> str:
    """What a spreadsheet made of the day or months that may be meant; empty for anything else."""
    text = folded(written) if isinstance(written, str) else ""
    if _LOST_NOUGHT.fullmatch(text):
        return f"{text[:4]}-01 / {text[:4]}-10"
    if _SERIAL.fullmatch(text):
        day = date(1899, 12, 30) + timedelta(days=int(text))  # so spreadsheets count days
        return str(day) if day <= as_of else ""
    return ""


def read_day(written: object, months: Mapping[str, int]) -> date | None:
    """A day as a person types it or a file holds it, or None: for days that are not facts, as the assessment's.

    A month or a year is no day, and days so far away that nobody can mean them are none. months: the number of each
    by its name.
    """
    day = _date(written, months)
    return day if isinstance(day, date) and EARLIEST_DATE <= day <= LATEST_DATE else None


def _date(written: object, months: Mapping[str, int]) -> date | PartialDate | None:
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    if not isinstance(written, str) or len(written.strip()) > _LONGEST:
        return None
    written = written.strip()
    text = written if (match := _YEAR_FIRST.fullmatch(written)) else _TIME_OF_DAY.sub("", written)
    match = match or _YEAR_FIRST.fullmatch(folded(text))
    if _LOST_NOUGHT.fullmatch(folded(text)):
        return None
    if match is None:
        year, month, day = _year_last(folded(text)) or _month_in_words(text, months)
    else:
        year, month, day, month_2, day_2 = match.groups()
        month, day = month or month_2, day or day_2
    try:
        if match is not None and not month:
            return Year(date(int(year), 1, 1).year)
        whole = date(int(year), int(month), int(day or 1))
        return whole if day else Month(whole.year, whole.month)
    except ValueError:
        return None


def _year_last(text: str) -> tuple[str, str, str] | None:
    """Year, month and day of `31/1/2018` or `1/31/2018`, where it is plain which is the month; else None."""
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    first, second, year = match.groups()
    first_is_day = int(first) > _MONTHS_OF_A_YEAR
    if first_is_day == (int(second) > _MONTHS_OF_A_YEAR) and int(first) != int(second):
        return None
    return (year, second, first) if first_is_day else (year, first, second)


def _month_in_words(text: str, months: Mapping[str, int]) -> tuple[str, str, str]:
    """Year, month and day in digits; nothing in any of them if it is no such date."""
    match = _MONTH_IN_WORDS.fullmatch(" ".join(_BETWEEN_PARTS.split(text.casefold().strip())))
    if match is None or (match["day"] and match["day_2"]):
        return "", "", ""
    meant = {number for name, number in months.items() if name.startswith(match["month"])}
    month = str(meant.pop()) if len(meant) == 1 else ""
    return match["year"], month, match["day"] or match["day_2"] or ""


DATE = FactKind(
    read=_read,
    blanks=lambda _, as_of, __: {"as_of": as_of},
    example=lambda *_: '"2018-05-01"',
    number_format="yyyy-mm-dd",
)
