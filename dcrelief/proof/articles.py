"""The numbered articles of a document, and the contacts that each names."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from dcrelief.proof.hard_facts import HardFact, hard_facts, in_order, numbers_of, phones
from dcrelief.proof.numbering import starts
from dcrelief.proof.numerals import DIGITS, SCALES
from dcrelief.proof.spelling import loosely, same_letters, unspaced
from dcrelief.rules.layout import Layout


class Desk(Struct, frozen=True, order=True):
    """Whom an article names: people in order, phones as the catalogue writes them, mailbox, the unit if named."""

    people: tuple[str, ...]
    phones: tuple[str, ...]
    email: str
    unit: str = ""

    def fact(self) -> HardFact:
        """All of it as one fact, since it belongs together."""
        parts = ("、".join(self.people), "、".join(self.phones), self.email, self.unit)
        return HardFact("desk", " ".join(filter(None, parts)))


class Article(Struct, frozen=True):
    """A numbered measure of the document. text: empty where only its facts are at hand.

    numbers: its amounts, shares, spans and counts, one after the other.
    """

    number: int
    units: tuple[str, ...]
    desks: tuple[Desk, ...]
    facts: frozenset[HardFact]
    numbers: tuple[str, ...]
    text: str = ""


class Document(Struct, frozen=True):
    """The articles, and the hard facts that stand before, between and after them, which hold for every article.

    lost: the numbers that are left out in the row of the articles, since they are damaged or missing. unclosed: what
    the layout says to follow the last article was not found, so that all that follows counts as the last one's.
    """

    articles: tuple[Article, ...]
    general: frozenset[HardFact]
    lost: tuple[int, ...] = ()
    unclosed: bool = False


def read_document(text: str, layout: Layout) -> Document:
    """The document of a text. What follows a damaged number is of the article before."""
    closing = re.search(loosely(layout.closing), text) if layout.closing else None
    body, after = (text[: closing.start()], text[closing.start() :]) if closing else (text, "")
    found = starts(body, layout.numbering)
    ends = [*(start.begin for start in found[1:]), len(body)]
    general = [body[: found[0].begin] if found else body, after]
    articles: list[Article] = []
    for start, end in zip(found, ends):  # noqa: B905 - without a start, no end
        part, heading = _without_heading(body[start.text : end])
        articles.append(_article(start.number, part, layout))
        general.append(heading)
    numbers = {start.number for start in found}
    lost = tuple(number for number in range(1, max(numbers, default=0)) if number not in numbers)
    unclosed = closing is None and bool(layout.closing)
    return Document(tuple(articles), frozenset().union(*map(hard_facts, general)), lost, unclosed)


_IN_WORDS = f"[{DIGITS}{SCALES}]+"
# The last line of an article that is numbered in another way and is no sentence: it heads what follows.
_HEADING = re.compile(rf"\s(?:第?{_IN_WORDS}(?:[、.．章节编篇]|部分)|[(（]{_IN_WORDS}[)）])[^。；;：:\n]*[:：]?\s*\Z")
_LONGEST_HEADING = 80


def _without_heading(part: str) -> tuple[str, str]:
    """A part of the text without the headings at its end, and those."""
    at = len(part.rstrip())
    while heading := _HEADING.search(part, max(0, at - _LONGEST_HEADING), at):
        at = heading.start()
    return part[:at], part[at:]


def _article(number: int, text: str, layout: Layout) -> Article:
    lines = same_letters(re.sub(r"\u3000{2,}", "\n", text))
    labelled = tuple(_labelled(lines, layout))
    units = tuple(dict.fromkeys(unit for each in labelled if each.field == "units" for unit in _units(each)))
    desks = tuple(_desks(labelled))
    facts = in_order(text)
    contacts = (*(HardFact("responsible", unit) for unit in units), *(desk.fact() for desk in desks))
    return Article(number, units, desks, frozenset((*facts, *contacts)), numbers_of(facts), text)


_OPENING, _CLOSING = r"(〔【\[", r")〕】\]"


class _Labelled(NamedTuple):
    """What follows a label, as far as the next one. field: of the layout. bracketed: the label is in brackets."""

    field: str
    rest: str
    bracketed: bool

    def on_one_line(self) -> bool:
        """Whether the next label stands in the same brackets, or on the same line."""
        return not re.search(rf"[{_CLOSING}]" if self.bracketed else rf"[{_CLOSING}\n]", self.rest)


def _labelled(text: str, layout: Layout) -> Iterator[_Labelled]:
    fields = {unspaced(label): field for label, field in layout.labels().items()}
    if not fields:
        return
    labels = "|".join(map(loosely, sorted(fields, key=len, reverse=True)))
    found = list(re.finditer(rf"({labels})\s*:\s*", text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    before, bracketed = 0, False
    for match, end in zip(found, ends):  # noqa: B905 - without a label, no end
        brackets = re.findall(rf"[{_OPENING}{_CLOSING}]", text[before : match.start()])
        bracketed = brackets[-1] in _OPENING if brackets else bracketed
        yield _Labelled(fields[unspaced(match[1])], text[match.end() : end], bracketed)
        before = match.end()


# What a label is followed by: to the end of its line or sentence, or of the brackets that it stands in.
_LINE = re.compile(rf"(?:[、,]\s*|\([^()\n]*\)|[^{_OPENING}{_CLOSING}。;\n])*")
_IN_BRACKETS = re.compile(rf"(?:\([^()]*\)|[^{_OPENING}{_CLOSING}。;:])*(?=[{_CLOSING};])")


def _units(labelled: _Labelled) -> tuple[str, ...]:
    stated = (labelled.bracketed and _IN_BRACKETS.match(labelled.rest)) or _LINE.match(labelled.rest)
    return unit_names(stated[0]) if stated else ()


def unit_names(text: str) -> tuple[str, ...]:
    """The units of a list. 、 in brackets is of a name, 各县(市、区)政府; between 局 and 区 one ends, one begins."""
    parted = re.sub(r"(?<=[局委办府])(?=[省市县区])", "、", unspaced(text))
    names = re.findall(r"(?:\([^()]*\)|[^、,()])+", parted)
    return tuple(name for name in (re.sub(r"等(?:单位|部门)?$", "", name) for name in names) if name)


def _desks(labelled: tuple[_Labelled, ...]) -> Iterator[Desk]:
    """Each group of people with the phones after it; a mailbox is that of every group before it that has none yet.

    Their unit stands alone before them on the same line, or in brackets behind them. What stands in brackets together
    has nothing to do with what stands in others.
    """
    open_desks: list[Desk] = []
    people: tuple[str, ...] = ()
    unit = unit_of_line = ""
    for each in labelled:
        if each.field == "units":
            units = _units(each)
            unit_of_line = units[0] if len(units) == 1 else ""
        elif each.field == "people":
            people, unit = _people(each.rest)
            unit = unit_of_line or unit
        elif each.field == "phones" and people:
            open_desks.append(Desk(people, phones(each.rest), "", unit))
            people = ()
        elif each.field == "email":
            mailbox = re.search(r"[\w.-]+@[\w.-]+", each.rest, re.ASCII)
            yield from (Desk(desk.people, desk.phones, mailbox[0] if mailbox else "", desk.unit) for desk in open_desks)
            open_desks = []
        if not each.on_one_line():
            unit_of_line = ""
            if each.bracketed:
                yield from open_desks
                open_desks = []
    yield from open_desks


def _people(names_and_unit: str) -> tuple[tuple[str, ...], str]:
    """The names; a space stands within a name of two letters, or between two names."""
    line = _LINE.match(names_and_unit)
    stated = line[0] if line else ""
    unit = re.search(r"\((.*?)\)", stated)
    names: list[str] = []
    for name in re.split(r"[、,/\s]+", re.sub(r"\(.*?\)", "", stated).strip()):
        if names and len(name) == 1 and len(names[-1]) == 1:
            names[-1] += name
        else:
            names.append(name)
    return tuple(filter(None, names)), unit[1] if unit else ""
