"""What a report is made of: titled sections of lines and cards, before anyone decides how they look."""

from msgspec import Struct

from dcrelief.rules.truth import Truth


class Field(Struct, frozen=True):
    """A label and its lines; marks say for each line whether it speaks for, against, or is open."""

    label: str
    lines: tuple[str, ...]
    marks: tuple[Truth | None, ...] = ()


class Card(Struct, frozen=True):
    """One route, whole: a heading, a tag (what one does), and its fields."""

    heading: str
    tag: str
    fields: tuple[Field, ...]


class Section(Struct, frozen=True):
    """A titled part of the report: lines, or cards."""

    title: str
    lines: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()


class View(Struct, frozen=True):
    """The whole report."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]


def card(heading: str, tag: str, *fields: Field) -> Card:
    """A card without the fields that have nothing to say."""
    return Card(heading, tag, tuple(field for field in fields if field.lines))
