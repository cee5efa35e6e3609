"""What a report is made of: titled sections of lines and cards, before anyone decides how they look.

Its lines say everything. What a page can show besides (a table, bars, a time line, anchors to jump to) stands beside
them, and a terminal passes over it.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from dcrelief.rules.truth import Truth


class Field(Struct, frozen=True):
    """A label and its lines.

    marks: for each line, whether it speaks for or against, or is open. ticked: which lines are to do.
    """

    label: str
    lines: tuple[str, ...]
    marks: tuple[Truth | None, ...] = ()
    ticked: frozenset[int] = frozenset()


class Card(Struct, frozen=True):
    """One route or contact: a heading, a tag (what one does, which measures), fields. brief: amount and deadline."""

    heading: str
    tag: str
    fields: tuple[Field, ...]
    anchor: str = ""
    brief: str = ""


class Grid(Struct, frozen=True):
    """Rows under headings, each row with the anchor of its card."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    anchors: tuple[str, ...]


class Bar(Struct, frozen=True):
    """An amount as a picture: from least to most, in fen; most is None where there is no bound."""

    label: str
    text: str
    least: int
    most: int | None
    anchor: str


class Day(Struct, frozen=True):
    """A day on a time line."""

    day: date
    text: str
    left: str
    anchor: str


class Group(Struct, frozen=True):
    """Things to do at one place, a line each, under its name. more: a line that is nothing to do."""

    heading: str
    lines: tuple[str, ...]
    more: str = ""


class Section(Struct, frozen=True):
    """A titled part of the report: lines, groups of lines, or cards.

    table and days say what the lines say; bars add to them. ticked: which lines are to do. folded:
    seldom read. leads: a page has it first, a terminal last, where the eye is. hints: commands, for a terminal.
    """

    title: str
    lines: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    cards: tuple[Card, ...] = ()
    table: Grid | None = None
    bars: tuple[Bar, ...] = ()
    days: tuple[Day, ...] = ()
    ticked: frozenset[int] = frozenset()
    folded: bool = False
    leads: bool = False
    hints: tuple[str, ...] = ()


class View(Struct, frozen=True):
    """The whole report. figures: a few of its numbers, each with a label."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    figures: tuple[tuple[str, str], ...] = ()


def filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections that have something to say."""
    return tuple(section for section in sections if section.lines or section.groups or section.cards or section.hints)


def card(heading: str, tag: str, *fields: Field, anchor: str = "", brief: str = "") -> Card:
    """A card without the fields that have nothing to say."""
    return Card(heading, tag, tuple(field for field in fields if field.lines), anchor, brief)
