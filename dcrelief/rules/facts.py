"""Facts, their values, and the answers to them."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Literal

from msgspec import Struct, structs

from dcrelief.rules.text import folded

# Each is a file in rules/kinds.
Kind = Literal["yes_no", "count", "money", "foreign", "percent", "date", "choice", "several", "text"]


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

    def __str__(self) -> str:
        """As ISO 8601 writes a month: `2018-05`."""
        return f"{self.year:04d}-{self.month:02d}"


class Year(Struct, frozen=True):
    """A date of which only the year is known."""

    year: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 12, 31)

    def __str__(self) -> str:
        """As ISO 8601 writes a year: `2018`."""
        return f"{self.year:04d}"


PartialDate = Month | Year


# yes_no: bool; count: int; money: int, in fen; foreign: int, in hundredths of its unit, a currency; percent: int, in
# hundredths of a percent; date: a day, a Month or a Year; choice, text: str; several: frozenset of
# keys.
Known = bool | int | date | PartialDate | str | frozenset[str]
Value = Known | Unknown

LONGEST_TEXT = 200
LONGEST_WRITTEN = 2_000  # letters; a list of many choices has some hundreds
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
    counters: what may stand behind a number instead of its unit. usual: from least to most, what most have, in its unit
    or in yuan; nothing at all is always usual.
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
    usual: tuple[int, int] | None = None

    @property
    def yuan(self) -> int:
        """How many yuan a number without a unit of its own counts."""
        return 1

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
    def choice_labels(self) -> Mapping[str, str]:
        """What is shown for each way to write a choice, as plain text."""
        labels = {choice.key: choice.label for choice in self.choices}
        return {text: labels[key] for text, key in self.spellings.items()}

    @cached_property
    def folded_counters(self) -> tuple[str, ...]:
        """What may stand behind a number, as plain text, the longest first."""
        return tuple(sorted(map(folded, (self.unit, *self.counters) if self.unit else ()), key=len, reverse=True))

    def choice_label(self, key: str) -> str:
        """The label of a choice key; the key itself when the fact has no such choice."""
        return next((choice.label for choice in self.choices if choice.key == key), key)


class FactInUnits(Fact, frozen=True, forbid_unknown_fields=True, dict=True):
    """An amount in a column of a table whose numbers count so many yuan each, as 10,000 under 单位：万元."""

    yuan: int = 1


def in_units(fact: Fact, yuan: int) -> Fact:
    """The fact as a column has it whose numbers count so many yuan."""
    return fact if yuan == 1 else FactInUnits(**structs.asdict(fact), yuan=yuan)


class Tokens(Struct, frozen=True, forbid_unknown_fields=True):
    """The words that values are written in, compared without case, width or spaces.

    total: what a row of a table is called that adds up the others; part: one that takes a part of them; note: what a
    note or a signature below a table begins with; total_counters: what such a row may count; group: how the title of a
    group of rows ends; serials: what numbers the columns of a form besides figures, in its order, parted by spaces;
    column_words: what may stand around such a number; numbered: what a row of them is called. unit, unit_phrases: what
    a unit is said by; other_money: how units end that are no yuan. scales: what a word behind a number multiplies it by
    (万: 10000). numerals: figures in words (三: 3). about: what says that a number is not exact. yuan, before_yuan:
    what may stand behind and before an amount; before_percent: before a percentage. months: the number of each month;
    weekdays: what may stand beside a day. slips: a sign, and those that are written for it by mistake, since they sound
    or look alike.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    total: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    total_counters: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    unit_phrases: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    column_words: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    other_money: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    scales: dict[str, int] = {}
    numerals: dict[str, int] = {}
    about: tuple[str, ...] = ()
    yuan: tuple[str, ...] = ()
    before_yuan: tuple[str, ...] = ()
    before_percent: tuple[str, ...] = ()
    months: dict[str, int] = {}
    slips: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.unknown)  # enough for caches to look tokens up by, which have dicts that no hash is of


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
    """What was written, where it cannot be read as a value of its fact.

    as_of: the day of the assessment; no date may lie after it. no_choice: the part that is none of the fact's choices.
    meant: what it most likely means, which is not taken for granted. slips: see Tokens.
    """

    fact: Fact
    written: object
    as_of: date
    no_choice: str = ""
    meant: str = ""
    slips: tuple[str, ...] = ()

    @cached_property
    def nearest(self) -> str:
        """What is meant, or the choice nearest to no_choice, or nothing; worked out on demand, since it takes long."""
        if not self.no_choice:
            return self.meant
        return nearest_of(self.no_choice, self.fact.choice_labels, slips=self.slips)


def nearest_of(written: str, offered: Mapping[str, str], cutoff: float | None = None, slips: Sequence[str] = ()) -> str:
    """The offered spelling nearest to what was written, or nothing; offered maps spellings to what to show.

    cutoff: how near in letters it must be, from 0 to 1. If not given, that depends on the script: in Chinese one sign
    says as much as a word, and 期货 is not near to 客货运. slips: see Tokens.
    """
    text = folded(written)[:LONGEST_TEXT]
    if cutoff is None and not text.isascii():
        return _nearest_in_signs(text, offered, slips)
    from difflib import get_close_matches  # only a mistake needs it

    close = get_close_matches(text, offered, n=1, cutoff=cutoff or 0.75)
    return offered[close[0]] if close else ""


def _nearest_in_signs(text: str, offered: Mapping[str, str], slips: Sequence[str]) -> str:
    """The spelling that the text begins, or that it is but for a sign, which is most likely a slip.

    What stands behind a word says what it is (酒店用品批发 is no hotel): a longer text is near to nothing.
    """
    if len(text) < 2:
        return ""
    begun = {shown for spelling, shown in offered.items() if spelling.startswith(text)}
    if begun:
        return begun.pop() if len(begun) == 1 else ""
    near = (spelling for spelling in offered if _is_slip(text, spelling, slips) or _is_word(text, spelling, offered))
    return offered.get(next(near, ""), "")


def _is_slip(text: str, spelling: str, slips: Sequence[str]) -> bool:
    """Whether one sign of a spelling is another that sounds or looks alike: 餐钦 is meant to be 餐饮, 餐具 is not."""
    if len(text) != len(spelling):
        return False
    others = [(meant, sign) for meant, sign in zip(spelling, text, strict=True) if meant != sign]
    if len(others) != 1:
        return False
    ((meant, sign),) = others
    return any(group.startswith(meant) and sign in group for group in slips)


def _is_word(text: str, spelling: str, offered: Mapping[str, str]) -> bool:
    """Whether a text is a word that begins as what is shown for a spelling, but for a sign.

    In a short word another sign makes another word (住宅 is not 住宿, 旅社 no 旅行社); one behind it, or left out, says
    little where the word is what is shown, as 餐饮 of 餐饮业 is. 影响不大 is not meant to be 影响较大.
    """
    shown = offered[spelling]
    if text[:1] != spelling[:1] or not _one_sign_differs(text, spelling):
        return False
    if len(spelling) == 2:
        return text.startswith(spelling) and len(shown) <= 3 and shown.startswith(spelling)
    if len(spelling) == 3:
        return len(text) != len(spelling) and shown.startswith(spelling)
    return shown == spelling or text.startswith(spelling)


def _one_sign_differs(one: str, other: str) -> bool:
    """Whether two texts are the same but for a sign that is another, is left out, or stands in between."""
    short, long = sorted((one, other), key=len)
    begin = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[begin + 1 :] == long[begin + 1 :] or short[begin:] == long[begin + 1 :]
