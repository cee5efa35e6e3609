"""Reports and contact sheets as one HTML file. It fetches nothing, and what people typed is never read as HTML."""

import re
from collections.abc import Container, Sequence
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dcrelief.report.cites import cite
from dcrelief.report.contact_sheet import ContactSheet
from dcrelief.report.parts import Bar, View
from dcrelief.report.phones import dialled
from dcrelief.rules.model import Catalogue

_PAGES = Path(__file__).parent / "pages"
# How long an amount without a bound is drawn, in percent of the longest that has one.
_BEYOND = 115
_MIDDLE = "<!-- sheets -->"  # where they go
_SHORT = 5  # digits of a number that is told in one, such as 12345
_WEB = re.compile(r"https?://[\w./-]+", re.ASCII)


class PageWriter:
    """Writes the pages of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words = catalogue.words
        self._cited = partial(cite, catalogue)
        self._linker = _Linker(catalogue)

    def report(self, view: View, business: str = "", *, full: bool = False) -> str:
        """The report of an assessment as a page; full: what a screen folds stands open, and is printed, too."""
        cards = {card.anchor for section in view.sections for card in section.cards}
        linked = partial(self._linker.linked, business=business, cards=cards)
        return self._page("report.html", view=view, linked=linked, full=full, prefix="", only_print=False)

    def sheet(self, view: View, prefix: str) -> str:
        """What is printed of a report, as a part of a page of several; prefix: what its places are told apart by."""
        linked = self._linker.linked
        body = self._page("report_body.html", view=view, linked=linked, full=False, prefix=prefix, only_print=True)
        return f'<div class="sheet">\n{body}</div>\n'

    def around_sheets(self, title: str) -> tuple[str, str]:
        """What stands before and behind the sheets of a page of several."""
        before, _, behind = self._page("sheets.html", title=title, full=False, sheets=Markup(_MIDDLE)).partition(
            _MIDDLE
        )
        return before, behind

    def index(self, title: str, print_all: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
        """A page that leads to others. rows: the address of each, and its cells."""
        return self._page("index.html", title=title, print_all=print_all, headings=headings, rows=rows, full=True)

    def contacts(self, sheet: ContactSheet, *, a3: bool = False) -> str:
        """The contact sheet as a page, for two sheets of A4 or one of A3."""
        return self._page("contacts.html", sheet=sheet, linked=self._linker.linked, full=True, a3=a3)

    def _page(self, name: str, **shown: object) -> str:
        return _pages().get_template(name).render(words=self._words, cited=self._cited, spans=spans, **shown)


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
    """Makes links of the catalogue's phones, e-mail and web addresses, and of the numbers of measures, in a line."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        contacts = catalogue.contacts
        self._emails = {contact.email for contact in contacts.values() if contact.email}
        phones = [(phone, catalogue.policy_of(key)) for key, contact in contacts.items() for phone in contact.phones]
        phones += [(policy.switchboard, policy) for policy in catalogue.policies if policy.switchboard]
        numbers = {phone.partition("-")[0]: policy for phone, policy in phones}
        self._phones = {number: dialled(number, policy).main for number, policy in numbers.items()}
        webs = {web.rstrip("/") for web in _WEB.findall(catalogue.source)}
        self._webs = {web: web for web in webs} | {web.partition("://")[2]: web for web in webs}
        self._cards = {cite(catalogue, m.id): f"measure-{m.id}" for m in catalogue.measures}
        longest_first = sorted((*self._emails, *self._phones, *self._webs), key=len, reverse=True)
        known = "|".join(map(re.escape, longest_first)) or r"(?!)"  # which nothing matches
        cited = "|".join(map(re.escape, self._cards))
        self._known = re.compile(rf"(?<![\w.@/-])(?:{known})(?![\w.@-])|(?:{cited})(?!\w)", re.ASCII)

    def linked(self, text: str, business: str = "", cards: Container[str] = ()) -> Markup:
        """A line, escaped, with its links. business: who writes the mails; cards: which measures the page has."""
        parts, end = [], 0
        for found in self._known.finditer(text):
            parts.append(escape(text[end : found.start()]))
            parts.append(self._link(found[0], business, cards))
            end = found.end()
        return Markup("").join([*parts, escape(text[end:])])

    def _link(self, text: str, business: str, cards: Container[str]) -> Markup:
        if text in self._cards:
            anchor = self._cards[text]
            return Markup('<a href="#{}">{}</a>').format(anchor, text) if anchor in cards else escape(text)
        if text in self._phones:
            parts = Markup("</span><span>").join(in_fours(text))
            return Markup('<a class="phone" href="{}"><span>{}</span></a>').format(self._phones[text], parts)
        if text in self._emails:
            return Markup('<a href="mailto:{}?subject={}">{}</a>').format(text, quote(self._subject(business)), text)
        return Markup('<a href="{}">{}</a>').format(self._webs[text], text)

    def _subject(self, business: str) -> str:
        words, title = self._catalogue.words, self._catalogue.title
        return (
            words("page.mail_subject_of", title=title, business=business)
            if business
            else words("page.mail_subject", title=title)
        )


def in_fours(phone: str) -> list[str]:
    """A number in parts that are easy to dial: `8994 5471`, `136 8127 8787`; a short one in one."""
    if len(phone) <= _SHORT:
        return [phone]
    first = len(phone) % 4
    return [*filter(None, [phone[:first]]), *(phone[place : place + 4] for place in range(first, len(phone), 4))]
