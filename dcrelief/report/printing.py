"""Prints a view: wrapped as Chinese is, coloured where the terminal has colours, linear when plain."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from dcrelief.report.parts import Card, Field, Group, Section, View
from dcrelief.rules.truth import Truth
from dcrelief.rules.words import Words
from dcrelief.signs import shown
from dcrelief.terminal.cjk import UNWRAPPED, wrap
from dcrelief.terminal.console import BareConsole

if TYPE_CHECKING:
    from rich.console import Console

# Colours of the terminal's own palette, so that light and dark themes both read.
_MARK_STYLES = {Truth.YES: "green", Truth.NO: "red", Truth.UNKNOWN: "yellow"}
# From this width on, a field's label stands beside its lines; narrower, above them.
_BESIDE = 60
_TITLE, _OFFICE, _FIGURE, _DAY = "bold", "bold cyan", "bold green", "yellow"
_BETWEEN = " " * 4  # figures that stand side by side


def print_view(console: "Console | BareConsole", view: View, words: Words, *, width: int) -> None:
    """Prints a view. At width UNWRAPPED, for screen readers: a sentence a line, no ornament, no columns."""
    printer = _Printer(words, 0 if width == UNWRAPPED else width)
    printer.view(view)
    if isinstance(console, BareConsole):
        console.write("".join(text for text, _ in printer.pieces))
        return
    from rich.segment import Segment, Segments
    from rich.style import Style

    # The lines are broken already: as segments, Rich need not measure each of them again.
    styles = {name: Style.parse(name) for name in (_TITLE, _OFFICE, _FIGURE, _DAY, *_MARK_STYLES.values())}
    console.print(Segments(Segment(shown(text), styles.get(style)) for text, style in printer.pieces), end="")


class _Printer:
    """Lays a view out as pieces of text, each with its style."""

    def __init__(self, words: Words, width: int) -> None:
        self._words = words
        self._width = width
        self.pieces: list[tuple[str, str]] = []

    def view(self, view: View) -> None:
        cards = [card for section in view.sections for whole in section.cards for card in (whole, *whole.cards)]
        labels = (field.label for card in cards for field in card.fields)
        self._label_width = 4 + max(map(cell_len, labels), default=0)
        self._line(view.title, _TITLE)
        self._figures(view.figures)
        for line in view.lines:
            self._line(line)
        for section in view.sections:
            self._section(section)

    def _figures(self, figures: tuple[tuple[str, str], ...]) -> None:
        """Side by side, as many as the line is long enough for."""
        used = 0
        for label, value in figures:
            text = self._words("figure.label", label=label)
            cells = cell_len(text + value)
            beside = bool(used) and used + len(_BETWEEN) + cells <= self._width
            if used:
                self._put(_BETWEEN if beside else "\n")
            if self._width and cells > self._width:
                self._line(text + value)
                used = 0
                continue
            self._put(text)
            self._put(value, _FIGURE)
            used = used + len(_BETWEEN) + cells if beside else cells
        if used:
            self._put("\n")

    def _section(self, section: Section) -> None:
        if not (section.lines or section.groups or section.cards or section.hints):
            return  # what only a page can show
        if section.title or not (section.cards or section.hints):  # a card brings a blank line of its own
            self._put("\n")
        if section.title:
            # No rule across the whole line: terminals of East Asia may draw it twice as wide.
            self._line(f"── {section.title} ──" if self._width else section.title, _TITLE)
        for place, line in enumerate((*section.lines, *section.hints)):
            self._line(line, first="- ", rest="  ", marked=section.days[place].day.isoformat() if section.days else "")
        for group in section.groups:
            self._group(group)
        for place, card in enumerate(section.cards):
            if place or not section.title:
                self._put("\n")
            self._card(card)

    def _group(self, group: Group) -> None:
        reach = " ".join(filter(None, (group.phones, group.emails)))
        if not self._width or (self._width >= _BESIDE and cell_len(f"{group.name} {reach}") <= self._width):
            self._put(group.name, _OFFICE)
            self._put(f" {reach}".rstrip(), _TITLE)
            self._put("\n")
        else:  # each on a line of its own, so that it can be copied
            self._line(group.name, _OFFICE)
            for text in filter(None, (group.phones, group.emails)):
                self._line(text, _TITLE)
        # Terminals of East Asia draw the box two cells wide: one is kept free for it.
        width, box, indent = (self._width - 1, "□ ", "  ") if self._width else (0, "", "")
        for mark, text in (*((box, line) for line in group.lines), (indent, group.more)):
            for line in wrap(text, width, mark, indent) if text else ():
                self._put(f"{line}\n")

    def _card(self, card: Card) -> None:
        self._heading(card)
        for part in card.cards:
            self._heading(part, first="· ", rest="  ")

    def _heading(self, card: Card, first: str = "", rest: str = "") -> None:
        tag = self._words.joined(filter(None, (card.tag, card.brief)))
        text = self._words("card.heading", heading=card.heading, tag=tag) if tag else card.heading
        self._line(text, _TITLE, first, rest)
        for field in card.fields:
            self._field(field)

    def _field(self, field: Field) -> None:
        if not self._width:
            self._line(self._words("card.label", label=field.label), _TITLE)
            for place, line in enumerate(field.lines):
                self._line(f"{self._mark(field, place)[0]}{line}")
            return
        beside = self._width >= _BESIDE
        indent = " " * (self._label_width if beside else 4)
        label = f"  {field.label}"
        self._put(label if beside else f"{label}\n", _TITLE)
        for place, (line, mark, style) in enumerate(self._lines(field)):
            first, *rest = wrap(line, self._width, indent + mark, indent)
            self._put(" " * (self._label_width - cell_len(label)) if beside and place == 0 else indent)
            self._put(mark, style)
            self._put(first[len(indent) + len(mark) :] + "\n")
            for more in rest:
                self._put(f"{more}\n")

    def _lines(self, field: Field) -> Iterator[tuple[str, str, str]]:
        """What a field says, each with its mark and style: sentences in one paragraph, and all that fits in another."""
        if field.prose:
            yield " ".join(field.lines), "", ""
            return
        fits = [line for line, mark in zip(field.lines, field.marks, strict=False) if mark is Truth.YES]
        for place, line in enumerate(field.lines):
            if line in fits:
                if line == fits[0]:
                    yield self._words("value.also").join(fits), *self._mark(field, place)
            else:
                yield line, *self._mark(field, place)

    def _mark(self, field: Field, place: int) -> tuple[str, str]:
        mark = field.marks[place] if field.marks else None
        return ("", "") if mark is None else (f"{self._words(f'mark.{mark.value}')} ", _MARK_STYLES[mark])

    def _line(self, text: str, style: str = "", first: str = "", rest: str = "", marked: str = "") -> None:
        """marked: what stands out at the beginning of the text."""
        for line in wrap(text, self._width, first, rest):
            if marked and line.startswith(first + marked):
                self._put(first)
                self._put(marked, _DAY)
                line = line[len(first + marked) :]
            self._put(line, style)
            self._put("\n")

    def _put(self, text: str, style: str = "") -> None:
        self.pieces.append((text, style))
