"""The numbered articles of a document, and the contacts that each names."""

import re
from collections.abc import Iterator

from msgspec import Struct

from dcrelief.proof.hard_facts import HardFact, hard_facts, unspaced
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
    """A numbered measure of the document. text: empty where only its facts are at hand."""

    number: int
    units: tuple[str, ...]
    desks: tuple[Desk, ...]
    facts: frozenset[HardFact]
    text: str = ""


class Document(Struct, frozen=True):
    """The articles, and the hard facts that stand before and after them, which hold for every article."""

    articles: tuple[Article, ...]
    general: frozenset[HardFact]


def read_document(text: str, layout: Layout) -> Document:
    """The document of a text, its articles counted from 1."""
    end = text.find(layout.closing) if layout.closing else -1
    body, after = (text[:end], text[end:]) if end >= 0 else (text, "")
    starts: list[re.Match[str]] = []
    while found := layout.start(len(starts) + 1).search(body, starts[-1].end() if starts else 0):
        starts.append(found)
    ends = [*(start.start() for start in starts[1:]), len(body)]
    parts = (body[start.end() : end] for start, end in zip(starts, ends))  # noqa: B905 - without a start, no end
    before = body[: starts[0].start()] if starts else body
    return Document(
        tuple(_article(number, part, layout) for number, part in enumerate(parts, 1)),
        frozenset(hard_facts(before) | hard_facts(after)),
    )


def _article(number: int, text: str, layout: Layout) -> Article:
    rest_of_line = r"\s*[:：]\s*([^()（）【】。\n]*?)(?=[()（）【】。\n]|\u3000\u3000|\Z)"
    stated = re.search(_spaced(layout.units) + rest_of_line, text)
    units = tuple(filter(None, re.split(r"[、,]", unspaced(stated[1])))) if stated else ()
    desks = tuple(_desks(text, layout))
    facts = {HardFact("responsible", unit) for unit in units} | {desk.fact() for desk in desks}
    return Article(number, units, desks, frozenset(hard_facts(text) | facts), text)


def _spaced(label: str) -> str:
    """A pattern of a label, between whose letters spaces may stand."""
    return r"\s*".join(map(re.escape, label))


def _desks(text: str, layout: Layout) -> Iterator[Desk]:
    """Each group of people with the phones after it; a mailbox is that of every group before it that has none yet."""
    labels = "|".join(map(_spaced, (layout.people, layout.phones, layout.email)))
    open_desks: list[Desk] = []
    people: tuple[str, ...] = ()
    unit = ""
    for label_in_text, rest in re.findall(rf"({labels})[:：]\s*(.*?)(?={labels}|\Z)", text, re.DOTALL):
        label = unspaced(label_in_text)
        if label == layout.people:
            people, unit = _people(rest)
        elif label == layout.phones and people:
            without_area = re.sub(r"(?<!\d)\(?0\d{2,3}\)?-?(?=\d{7})", "", unspaced(rest.split("　　")[0]))
            phones = re.findall(r"[\d转或-]+", without_area.split("(")[0])
            open_desks.append(Desk(people, tuple(_as_in_catalogue(phone) for phone in phones), "", unit))
            people = ()
        elif label == layout.email:
            mailbox = re.search(r"[\w.-]+@[\w.-]+", rest, re.ASCII)
            yield from (Desk(desk.people, desk.phones, mailbox[0] if mailbox else "", desk.unit) for desk in open_desks)
            open_desks = []
    yield from open_desks


def _people(names_and_unit: str) -> tuple[tuple[str, ...], str]:
    """The names; a space stands within a name of two letters, or between two names."""
    unit = re.search(r"[(（](.*?)[)）]", names_and_unit)
    names: list[str] = []
    for name in re.split(r"[、\s]+", re.sub(r"[(（].*?[)）]", "", names_and_unit).strip()):
        if names and len(name) == 1 and len(names[-1]) == 1:
            names[-1] += name
        else:
            names.append(name)
    return tuple(filter(None, names)), unit[1] if unit else ""


def _as_in_catalogue(phone: str) -> str:
    """As the catalogue writes it: `64031118-2538/2539`."""
    return phone.replace("转", "-").replace("或", "/")
