"""The numbered articles of a document, as plain text, and the contacts that each names."""

import re
from collections.abc import Iterator

from msgspec import Struct

from dcrelief.rules.hard_facts import HardFact, hard_facts, plain_text

_LABELS = r"联系人|联系电话|邮箱"


class Desk(Struct, frozen=True, order=True):
    """Whom an article names: people in order, phones as printed, the mailbox, and the unit if it says one."""

    people: tuple[str, ...]
    phones: tuple[str, ...]
    email: str
    unit: str = ""

    def fact(self) -> HardFact:
        """All of it, which belongs together."""
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
    """The articles, and the hard facts of what stands before and after them, which hold for each."""

    articles: tuple[Article, ...]
    general: frozenset[HardFact]


def read_document(text: str, closing: str) -> Document:
    """The document of a plain text, its articles counted from 1; closing: how it goes on after the last of them."""
    end = text.find(closing) if closing else -1
    body, after = (text[:end], text[end:]) if end >= 0 else (text, "")
    starts: list[re.Match[str]] = []
    while found := _start(len(starts) + 1).search(body, starts[-1].end() if starts else 0):
        starts.append(found)
    ends = [*(start.start() for start in starts[1:]), len(body)]
    parts = (body[start.end() : end] for start, end in zip(starts, ends))  # noqa: B905 - without a start, no end
    before = body[: starts[0].start()] if starts else body
    return Document(
        tuple(_article(number, part) for number, part in enumerate(parts, 1)),
        frozenset(hard_facts(before) | hard_facts(after)),
    )


def _start(number: int) -> re.Pattern[str]:
    """Where an article begins: its number and a point, which another number may follow."""
    return re.compile(rf"(?:^|(?<=[\s\u3000])){number}[.．、]")


def _article(number: int, text: str) -> Article:
    stated = re.search(r"\(责任单位:([^()]*)\)", plain_text(text))
    units = tuple(re.split(r"[、,]", stated[1])) if stated else ()
    desks = tuple(_desks(re.sub(r"邮\s*箱", "邮箱", text)))
    facts = {HardFact("responsible", unit) for unit in units} | {desk.fact() for desk in desks}
    return Article(number, units, desks, frozenset(hard_facts(text) | facts), text)


def _desks(text: str) -> Iterator[Desk]:
    """Each `联系人` with the phones after it, and the mailbox that is printed after it or after a later one."""
    open_desks: list[Desk] = []
    people: tuple[str, ...] = ()
    unit = ""
    for label, said in re.findall(rf"({_LABELS})[:：]\s*(.*?)(?={_LABELS}|\Z)", text, re.DOTALL):
        if label == "联系人":
            people, unit = _people(said)
        elif label == "联系电话" and people:
            phones = re.findall(r"[\d转或-]+", plain_text(said.split("(")[0].split("　　")[0]))
            open_desks.append(Desk(people, tuple(_written(phone) for phone in phones), "", unit))
            people = ()
        elif label == "邮箱":
            mailbox = re.search(r"[\w.-]+@[\w.-]+", said, re.ASCII)
            yield from (Desk(desk.people, desk.phones, mailbox[0] if mailbox else "", desk.unit) for desk in open_desks)
            open_desks = []
    yield from open_desks


def _people(said: str) -> tuple[tuple[str, ...], str]:
    """The names; a space stands within a name of two letters, or between two names."""
    unit = re.search(r"[(（](.*?)[)）]", said)
    names: list[str] = []
    for name in re.split(r"[、\s]+", re.sub(r"[(（].*?[)）]", "", said).strip()):
        if names and len(name) == 1 and len(names[-1]) == 1:
            names[-1] += name
        else:
            names.append(name)
    return tuple(filter(None, names)), unit[1] if unit else ""


def _written(phone: str) -> str:
    """As the catalogue writes it: `64031118-2538/2539`."""
    return phone.replace("转", "-").replace("或", "/")
