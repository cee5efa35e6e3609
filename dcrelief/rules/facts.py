"""Facts, their values, and the one way to read a value, wherever it was written."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property
from typing import Literal

from msgspec import Struct

from dcrelief.language import _
from dcrelief.rules import money
from dcrelief.rules.text import folded, unspaced

Kind = Literal["yes_no", "count", "money", "date", "choice", "several", "text"]


class Unknown(Enum):
    """The value of a fact that was asked and is not known; a fact never asked is absent."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


class Month(Struct, frozen=True):
    """A date of which only the month is known."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def isoformat(self) -> str:
        """As ISO 8601 writes a month: `2018-05`."""
        return f"{self.year:04d}-{self.month:02d}"


# yes_no: bool; count: int; money: int, in fen; date: a day or a Month; choice, text: str; several: frozenset of keys.
Known = bool | int | date | Month | str | frozenset[str]
Value = Known | Unknown

LONGEST_TEXT = 200
LARGEST_COUNT = 10_000_000
EARLIEST_DATE, LATEST_DATE = date(1900, 1, 1), date(2100, 12, 31)


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """One choice of a fact: its key in files, its label on screens, other ways to write it."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()


class Fact(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Something about a business that a rule can ask for.

    heading: a short label, for the columns of a spreadsheet. aliases: other names by which a file may call it.
    counters: what may stand behind a number instead of its unit.
    """

    id: str
    kind: Kind
    label: str
    question: str = ""
    why: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    heading: str = ""
    aliases: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    at_least: int = 0
    at_most: int = LARGEST_COUNT

    @property
    def column(self) -> str:
        """The heading of its column: short, or else the label."""
        return self.heading or self.label

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to name it."""
        return tuple(dict.fromkeys((self.id, self.label, self.column, *self.aliases)))

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """The key of each way to write a choice, as plain text."""
        return {folded(text): c.key for c in self.choices for text in (c.key, c.label, *c.aliases)}

    @cached_property
    def folded_counters(self) -> tuple[str, ...]:
        """What may stand behind a number, as plain text, the longest first."""
        return tuple(sorted(map(folded, (self.unit, *self.counters) if self.unit else ()), key=len, reverse=True))

    def choice_label(self, key: str) -> str:
        """The label of a choice key; the key itself when the fact has no such choice."""
        return next((choice.label for choice in self.choices if choice.key == key), key)


class Tokens(Struct, frozen=True, forbid_unknown_fields=True):
    """The ways to write yes, no and "not known", compared without case, width or spaces.

    total: what a row of a table is called that adds up the others.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    total: tuple[str, ...] = ()


class Answers(Mapping[str, Value]):
    """An immutable map from fact id to value. An absent fact was never asked."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Value] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, fact: str) -> Value:
        return self._values[fact]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Answers({self._values!r})"

    def value(self, fact: str) -> Value:
        """The value, UNKNOWN when it was never asked."""
        return self._values.get(fact, UNKNOWN)

    def also(self, values: Mapping[str, Value]) -> "Answers":
        """These answers and those; where both answer a fact, those."""
        return Answers({**self._values, **values})

    def without(self, facts: frozenset[str]) -> "Answers":
        """These answers, as if those facts had never been asked."""
        return Answers({fact: value for fact, value in self._values.items() if fact not in facts})


class BadValue(Struct, frozen=True, dict=True):
    """A value that cannot be read as its fact: what was written, what is expected, what is no choice of it."""

    fact: Fact
    written: str
    expected: str
    no_choice: str = ""

    @cached_property
    def nearest(self) -> str:
        """The choice that is nearest, if any is near; looked for when it is asked for, since it takes long."""
        if not self.no_choice:
            return ""
        return nearest_of(
            self.no_choice, {text: self.fact.choice_label(key) for text, key in self.fact.spellings.items()}
        )

    @property
    def complaint(self) -> str:
        """What is said where the fact is plain to see."""
        nearest = self.nearest
        did_you_mean = _("最接近的是“{nearest}”。", nearest=nearest) if nearest else ""
        return _(
            "看不懂“{written}”。请填{expected}。{did_you_mean}",
            written=self.written,
            expected=self.expected,
            did_you_mean=did_you_mean,
        )

    def __str__(self) -> str:
        return _("{label}（{name}）：{message}", label=self.fact.label, name=self.fact.id, message=self.complaint)


def read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> Value | BadValue:
    """The value of a fact from what a person typed or a file holds; dates may not lie after as_of.

    written: text, or what TOML and JSON have of their own (bool, int, Decimal, date, list of text, None).
    Empty text and None are UNKNOWN. Errors are returned, never raised.
    """
    if written is None:
        return UNKNOWN
    if isinstance(written, str):
        text = folded(written)
        if not text or _without_stop(text) in _folded_set(tokens.unknown):
            return UNKNOWN
    match fact.kind:
        case "yes_no":
            return _read_yes_no(fact, written, tokens)
        case "count":
            return _read_count(fact, written)
        case "money":
            return _read_money(fact, written)
        case "date":
            return _read_date(fact, written, as_of)
        case "choice":
            return _read_choice(fact, written)
        case "several":
            return _read_several(fact, written, tokens)
        case _:
            return _read_text(fact, written)


def _without_stop(text: str) -> str:
    """A word without the stop that some put behind it."""
    return text.rstrip(".。")


@cache
def _folded_set(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(folded, texts))


def canonical(fact: Fact, value: Value) -> bool | int | str | list[str] | None:
    """The value as JSON and answers files hold it: money as decimal yuan, dates as ISO 8601, unknown as null."""
    if value is UNKNOWN:
        return None
    if isinstance(value, date | Month):
        return value.isoformat()
    if isinstance(value, frozenset):
        return [choice.key for choice in fact.choices if choice.key in value]
    return money.decimal_yuan(int(value)) if fact.kind == "money" else value


def document(facts: Mapping[str, Fact], answers: Answers) -> dict[str, bool | int | str | list[str] | None]:
    """Answers as files and JSON hold them, in the order of the facts."""
    return {fact.id: canonical(fact, answers[fact.id]) for fact in facts.values() if fact.id in answers}


def bad_value(fact: Fact, written: object, expected: str, no_choice: str = "") -> BadValue:
    """A BadValue whose text is short enough to show."""
    text = str(written).replace("\n", " ")
    if isinstance(written, bool):
        text = "true" if written else "false"
    return BadValue(
        fact,
        text if len(text) <= 40 else _("{text}…（共 {count} 字）", text=text[:40], count=len(text)),
        expected,
        no_choice,
    )


def nearest_of(written: str, offered: Mapping[str, str], cutoff: float | None = None) -> str:
    """The offered spelling nearest to what was written, or nothing; offered maps spellings to what to show.

    cutoff: how near it must be, from 0 to 1; if not given, nearer in letters than in Chinese, where one sign says more.
    """
    from difflib import get_close_matches  # only a mistake needs it

    text = folded(written)[:LONGEST_TEXT]
    cutoff = cutoff or (0.75 if text.isascii() else 0.4)
    close = get_close_matches(text, offered, n=1, cutoff=cutoff)
    return offered[close[0]] if close else ""


def _read_yes_no(fact: Fact, written: object, tokens: Tokens) -> bool | BadValue:
    if isinstance(written, bool):
        return written
    token = _without_stop(folded(str(written)))
    if token in _folded_set(tokens.yes):
        return True
    if token in _folded_set(tokens.no):
        return False
    return bad_value(fact, written, _("“是”“否”或“不清楚”"))


def _number(written: object) -> Decimal | None:
    if isinstance(written, bool):
        return None
    if isinstance(written, int | Decimal):
        return Decimal(written)
    return money.read_number(written) if isinstance(written, str) else None


def _read_count(fact: Fact, written: object) -> int | BadValue:
    number = _number(_without_counter(fact, written) if isinstance(written, str) else written)
    if number is None or not number.is_finite() or not fact.at_least <= number <= fact.at_most or number % 1:
        return bad_value(
            fact, written, _(" {at_least:,} 到 {at_most:,} 之间的整数", at_least=fact.at_least, at_most=fact.at_most)
        )
    return int(number)


def _without_counter(fact: Fact, written: str) -> str:
    text = _without_stop(unspaced(written))
    return text.removesuffix(next(filter(text.endswith, fact.folded_counters), ""))


def _read_money(fact: Fact, written: object) -> int | BadValue:
    if isinstance(written, str):
        fen = money.read_money(written)
    else:
        number = _number(written)
        fen = money.whole_fen(number) if number is not None and number.is_finite() else None
    if fen is None or fen < 0:
        return bad_value(fact, written, _("不小于 0 的金额，如 1200万、1,200,000、0.5亿，单位元，最多到分"))
    return fen


# Spreadsheets and databases write a day with a time behind it.
_TIME_OF_DAY = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*$")
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|(\d{2})(\d{2}))")


_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_BETWEEN_DATE_PARTS = re.compile(r"[\s,./-]+")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTHS_OF_A_YEAR = 12
# `1 May 2018`, `May 1st 2018`, `May 2018`; the month by three letters or more.
_ENGLISH_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)? "
_ENGLISH_DATE = re.compile(
    rf"(?:{_ENGLISH_DAY.format('day')})?(?P<month>[a-z]{{3,9}}) (?:{_ENGLISH_DAY.format('day_2')})?(?P<year>\d{{4}})"
)


def _read_date(fact: Fact, written: object, as_of: date) -> date | Month | BadValue:
    day = _date(written)
    first = day.first if isinstance(day, Month) else day
    if day is None or first is None or not EARLIEST_DATE <= first <= as_of:
        expected = _(
            "不晚于 {as_of} 的日期，如 2018-05-01、2018年5月1日；只知道月份可填 2018/5；05/01/2018 分不清月和日",
            as_of=as_of,
        )
        return bad_value(fact, written, expected)
    return day


def _date(written: object) -> date | Month | None:
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    if not isinstance(written, str):
        return None
    text = written if (match := _DATE.fullmatch(written)) else _TIME_OF_DAY.sub("", written)
    match = match or _DATE.fullmatch(folded(text))
    if match is None:
        year, month, day = _year_last(folded(text)) or _english_date(text)
    else:
        year, month, day, month_2, day_2 = match.groups()
        month, day = month or month_2, day or day_2
    try:
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


def _english_date(text: str) -> tuple[str, str, str]:
    """Year, month and day in digits; nothing in any of them if it is no such date."""
    match = _ENGLISH_DATE.fullmatch(" ".join(_BETWEEN_DATE_PARTS.split(text.casefold().strip())))
    if match is None or (match["day"] and match["day_2"]):
        return "", "", ""
    month = next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(match["month"])), 0)
    return match["year"], str(month), match["day"] or match["day_2"] or ""


def read_day(written: object) -> date | None:
    """A day as a person types it or a file holds it, or None: for days that are not facts, as the assessment's.

    A month is no day, and days so far away that nobody can mean them are none.
    """
    day = _date(written)
    return day if isinstance(day, date) and EARLIEST_DATE <= day <= LATEST_DATE else None


def _read_choice(fact: Fact, written: object) -> str | BadValue:
    key = fact.spellings.get(folded(str(written)))
    if key is None:
        offered = _("；").join(choice.label for choice in fact.choices)
        return bad_value(fact, written, _("其中之一：{offered}", offered=offered), str(written))
    return key


def _read_several(fact: Fact, written: object, tokens: Tokens) -> frozenset[str] | BadValue:
    parts: list[object]
    if isinstance(written, str):
        if folded(written) in _folded_set(tokens.no):
            return frozenset()
        parts = [*_choices_in(fact, written)]
    else:
        parts = written if isinstance(written, list) else [written]
    keys = set()
    for part in parts:
        key = _read_choice(fact, part)
        if isinstance(key, BadValue):
            return key
        keys.add(key)
    return frozenset(keys)


def _choices_in(fact: Fact, written: str) -> list[str]:
    """The parts of a list of choices; a label may have a separator in it, so the longest that is one goes first."""
    pieces = re.split(r"([、,，;；|])", written)  # texts and the separators between them, in turn
    parts = []
    while pieces:
        ends = range(len(pieces), 0, -2)
        end = next((end for end in ends if folded("".join(pieces[:end])) in fact.spellings), 1)
        parts.append("".join(pieces[:end]))
        pieces = pieces[end + 1 :]
    return parts


def _read_text(fact: Fact, written: object) -> str | BadValue:
    text = " ".join(written.split()) if isinstance(written, str) else "\0"
    if len(text) > LONGEST_TEXT or not text.isprintable():
        return bad_value(fact, written, _("不超过 {longest_text} 字的文字", longest_text=LONGEST_TEXT))
    return text
