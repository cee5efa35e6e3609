"""What a report is made of: titled sections of lines and cards, before anyone decides how they look.

Its lines say everything. What a page can show besides (bars, a time line, anchors to jump to) stands beside them, and a
terminal passes over it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from dcrelief.rules.truth import Truth


class Field(Struct, frozen=True):
    """A label and its lines.

    marks: for each line, whether it speaks for or against, or is open. ticked: which lines are to do. together: its
    lines make sense only one after the other. prose: its lines are sentences, that may follow one another on a line.
    """

    label: str
    lines: tuple[str, ...]
    marks: tuple[Truth | None, ...] = ()
    ticked: frozenset[int] = frozenset()
    together: bool = False
    prose: bool = False


class Card(Struct, frozen=True):
    """One measure, route or contact: a heading, a tag (what one does, which measures), fields, and cards within it.

    brief: amount and deadline.
    """

    heading: str
    tag: str
    fields: tuple[Field, ...]
    cards: "tuple[Card, ...]" = ()
    anchor: str = ""
    brief: str = ""


class Bar(Struct, frozen=True):
    """An amount as a picture: from least to most, in fen; most is None where there is no bound. kept: for good."""

    label: str
    text: str
    least: int
    most: int | None
    anchor: str
    kept: bool


class Day(Struct, frozen=True):
    """A day on a time line, how many are left till then, and what is to be done."""

    day: date
    left: str
    text: str


class Group(Struct, frozen=True):
    """Things to do at one place, a line each, under its name. people: whom to ask for; phones, emails: how to reach it.

    more: a line that is nothing to do.
    """

    name: str
    people: str
    phones: str
    emails: str
    lines: tuple[str, ...]
    more: str = ""


# Where a part belongs: on the plan, on the sheet of notes behind it, or to what is printed only if all is asked for.
Sheet = Literal["plan", "notes", "rest"]


class Section(Struct, frozen=True):
    """A titled part of the report: lines, groups of lines, or cards.

    days say what the lines say; bars add to them. ticked: which lines are to do. folded: seldom read. hints: commands,
    for a terminal.
    """

    title: str
    lines: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    cards: tuple[Card, ...] = ()
    bars: tuple[Bar, ...] = ()
    days: tuple[Day, ...] = ()
    ticked: frozenset[int] = frozenset()
    folded: bool = False
    sheet: Sheet = "rest"
    hints: tuple[str, ...] = ()


class View(Struct, frozen=True):
    """The whole report. figures: a few of its numbers, each with a label. running: the head of each sheet."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    figures: tuple[tuple[str, str], ...] = ()
    running: str = ""


def filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections that have something to say."""
    return tuple(each for each in sections if each.lines or each.groups or each.cards or each.bars or each.hints)


def card(heading: str, tag: str, *fields: Field, anchor: str = "", brief: str = "") -> Card:
    """A card without the fields that have nothing to say."""
    return Card(heading, tag, tuple(field for field in fields if field.lines), anchor=anchor, brief=brief)
