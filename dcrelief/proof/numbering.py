"""Where the measures of a text begin: their numbers in a row, though one of them is damaged or missing."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dcrelief.proof.numerals import WORDS, value_of
from dcrelief.proof.spelling import loosely

_STOPS = ".．、"
# More digits than these are no decimals: 26.12345热线 begins a measure.
_DECIMALS = re.compile(r"\d{1,4}(?!\d)")
# At most so many numbers in a row may be missing.
_MOST_MISSING = 9


class Start(NamedTuple):
    """Where a measure begins, and where its text does. decimal: its number may as well be the 12 of 12.5."""

    number: int
    begin: int
    text: int
    decimal: bool


def starts(text: str, numbering: str) -> list[Start]:
    """The longest row of numbers that go up, by one wherever they can, each as early as can be."""
    longest: dict[int, tuple[int, Start]] = {}
    following: dict[Start, Start | None] = {}
    for start in reversed(list(_candidates(text, numbering))):
        length, following[start] = _after(start.number, longest)
        if start.number not in longest or length + 1 >= longest[start.number][0]:
            longest[start.number] = (length + 1, start)
    row: list[Start] = []
    _length, at = _after(0, longest)
    while at is not None:
        row.append(at)
        at = following[at]
    return row


def _after(number: int, longest: dict[int, tuple[int, Start]]) -> tuple[int, Start | None]:
    """The longest row that can go on after a number: its length and its first; nothing is 0 long."""
    rows: list[tuple[int, Start | None]] = [
        longest[other]
        for other in range(number + 1, number + 2 + _MOST_MISSING)
        if other in longest and (other == number + 1 or not longest[other][1].decimal)
    ]
    return max(rows, key=lambda row: row[0], default=(0, None))


def _candidates(text: str, numbering: str) -> Iterator[Start]:
    """Every number that is written as a measure's, at the beginning of a line or behind a space."""
    before, field, after = re.split(r"(\{number\}|\{chinese\})", numbering)
    stop = f"[{_STOPS}]" if after and after in _STOPS else loosely(after)
    begins = rf"{loosely(before)}\s*" if before else ""
    number = r"\d{1,3}" if field == "{number}" else WORDS
    for match in re.finditer(rf"(?:^|(?<=\s)){begins}({number})\s*{stop}", text):
        value = int(match[1]) if field == "{number}" else int(value_of(match[1]))
        decimal = match[0][-1] in ".．" and bool(_DECIMALS.match(text, match.end()))
        yield Start(value, match.start(), match.end(), decimal)
