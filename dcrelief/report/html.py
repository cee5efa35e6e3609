"""Reports and contact sheets as one HTML file. It fetches nothing, and what people typed is never read as HTML."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dcrelief.report.contact_sheet import ContactSheet
from dcrelief.report.parts import Bar, View
from dcrelief.report.phones import dialled
from dcrelief.rules.model import Catalogue

_PAGES = Path(__file__).parent / "pages"
# How long an amount without a bound is drawn, in percent of the longest that has one.
_BEYOND = 115


class PageWriter:
    """Writes the pages of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words = catalogue.words
        self._linker = _Linker(catalogue)

    def report(self, view: View) -> str:
        """The report of an assessment as a page."""
        return self._page("report.html", view=view)

    def contacts(self, sheet: ContactSheet) -> str:
        """The contact sheet as a page."""
        return self._page("contacts.html", sheet=sheet)

    def _page(self, name: str, **shown: object) -> str:
        return _pages().get_template(name).render(words=self._words, linked=self._linker.linked, spans=spans, **shown)


@cache
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def spans(bars: tuple[Bar, ...]) -> list[tuple[Bar, str, str]]:
    """Each bar with two lengths in percent of the longest: what is certain, and what is possible."""
    longest = max((bar.most or bar.least for bar in bars), default=0) or 1
    whole = longest * _BEYOND // 100 if any(bar.most is None for bar in bars) else longest
    return [(bar, _percent(bar.least, whole), _percent(whole if bar.most is None else bar.most, whole)) for bar in bars]


def _percent(part: int, whole: int) -> str:
    """The share to a tenth of a percent, without floats."""
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}"


class _Linker:
    """Makes links of the catalogue's phones and e-mail addresses, wherever they stand in a line."""

    def __init__(self, catalogue: Catalogue) -> None:
        contacts = catalogue.contacts.values()
        self._addresses = {contact.email: f"mailto:{contact.email}" for contact in contacts if contact.email}
        for written in (phone for contact in contacts for phone in contact.phones):
            self._addresses.setdefault(written.partition("-")[0], dialled(written, catalogue.policy).main)
        longest_first = sorted(self._addresses, key=len, reverse=True)
        known = "|".join(map(re.escape, longest_first))
        self._known = re.compile(rf"(?<![\w.@-])(?:{known})(?![\w.@-])", re.ASCII)

    def linked(self, text: str) -> Markup:
        """A line, escaped, with its links."""
        parts, end = [], 0
        for found in self._known.finditer(text):
            parts.append(escape(text[end : found.start()]))
            parts.append(Markup('<a href="{}">{}</a>').format(self._addresses[found[0]], found[0]))
            end = found.end()
        return Markup("").join([*parts, escape(text[end:])])
