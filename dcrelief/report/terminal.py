"""Prints a view with Rich: wrapped as Chinese is, coloured where the terminal has colours, linear when plain."""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from dcrelief.report.cjk import wrap
from dcrelief.report.view import Card, Field, Section, View
from dcrelief.rules.truth import Truth
from dcrelief.rules.words import Words

# Colours of the terminal's own palette, so that light and dark themes both read.
_MARK_STYLES = {Truth.YES: "green", Truth.NO: "red", Truth.UNKNOWN: "yellow"}
# From this width on, a field's label stands beside its lines; narrower, above them.
_BESIDE, _LABEL_WIDTH = 60, 12
_TITLE, _HEADING, _TAG, _LABEL = "bold", "bold cyan", "magenta", "bold"


def print_view(console: Console, view: View, words: Words, *, width: int, plain: bool = False) -> None:
    """Prints a view; plain: one line a sentence, no ornament, no hanging columns, for screen readers."""
    _Printer(console, words, 0 if plain else width).view(view)


class _Printer:
    def __init__(self, console: Console, words: Words, width: int) -> None:
        self._console = console
        self._words = words
        self._width = width

    def view(self, view: View) -> None:
        self._line(view.title, _TITLE)
        for line in view.lines:
            self._line(line)
        for section in view.sections:
            self._section(section)

    def _section(self, section: Section) -> None:
        if section.title:
            self._console.print()
            # No rule across the whole line: terminals of East Asia may draw it twice as wide.
            self._line(f"── {section.title} ──" if self._width else section.title, _HEADING)
        for line in section.lines:
            self._line(line, first="- ", rest="  ")
        for card in section.cards:
            self._card(card)

    def _card(self, card: Card) -> None:
        self._console.print()
        lines = wrap(f"{card.heading}〔{card.tag}〕", self._width)
        for line in lines:
            self._console.print(Text(line, _TITLE))
        for field in card.fields:
            self._field(field)

    def _field(self, field: Field) -> None:
        if not self._width:
            self._line(f"{field.label}：", _LABEL)
            for place, line in enumerate(field.lines):
                self._line(f"{self._mark(field, place)[0]}{line}")
            return
        beside = self._width >= _BESIDE
        indent = " " * (_LABEL_WIDTH if beside else 4)
        label = f"  {field.label}"
        if not beside:
            self._console.print(Text(label, _LABEL))
        for place, line in enumerate(field.lines):
            mark, style = self._mark(field, place)
            lines = wrap(line, self._width, indent + mark, indent + " " * cell_len(mark))
            first = Text(lines[0])
            first.stylize(style, len(indent), len(indent) + len(mark))
            if beside and place == 0:
                first = Text(label + " " * (_LABEL_WIDTH - cell_len(label)), _LABEL) + first[len(indent) :]
            self._console.print(first)
            for more in lines[1:]:
                self._console.print(Text(more))

    def _mark(self, field: Field, place: int) -> tuple[str, str]:
        mark = field.marks[place] if field.marks else None
        return ("", "") if mark is None else (f"{self._words(f'mark.{mark.value}')} ", _MARK_STYLES[mark])

    def _line(self, text: str, style: str = "", first: str = "", rest: str = "") -> None:
        for line in wrap(text, self._width, first, rest):
            self._console.print(Text(line, style))
