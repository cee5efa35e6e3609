"""A catalogue in outline from the text of a document: what a machine can find in it, and TODO for what it cannot."""

import json
import re
from collections.abc import Iterable, Iterator

from dcrelief.catalogue.schema import LayoutsFile
from dcrelief.language import _
from dcrelief.proof.articles import Article, Desk, Document, read_document
from dcrelief.proof.hard_facts import HardFact
from dcrelief.proof.lint import TO_DO
from dcrelief.proof.numbering import starts
from dcrelief.proof.spelling import loosely
from dcrelief.rules.layout import Layout
from dcrelief.rules.words import Words

_LONGEST_TITLE = 60
# Said by the fields of a measure themselves; phones and mailboxes by its contacts, as far as they have them.
_NO_COMMENT = ("desk", "responsible", "unit")


def guessed_layout(text: str, known: LayoutsFile) -> Layout:
    """How a text is laid out: the numbering by which it has the most measures, and the labels that it has."""

    def found(labels: Iterable[str]) -> tuple[str, ...]:
        return tuple(label for label in labels if re.search(loosely(label) + r"\s*[:：]", text))

    numbering = max(known.numberings, key=lambda each: len(starts(text, each)))  # of as many, the commoner
    return Layout(numbering, found(known.units), found(known.people), found(known.phones), found(known.email))


def skeleton(text: str, layout: Layout, words: Words) -> dict[str, str]:
    """The files of a catalogue of a document, by their names. It states no condition and no amount of its own.

    Everything that a person must decide is marked TODO. The hard facts of each article stand above its measure.
    """
    document = read_document(text, layout)
    desks = {desk: f"contact_{n}" for n, desk in enumerate(_desks(document), 1)}
    title = next((line.strip() for line in text.splitlines() if line.strip()), TO_DO)
    parts = [
        *_policy(title, document, layout),
        *(line for desk, key in desks.items() for line in _contact(desk, key, document)),
        *(_("# {todo}：第{number}条的编号没有找到，文字在前一条里", todo=TO_DO, number=n) for n in document.lost),
        *(line for article in document.articles for line in _measure(article, desks, words)),
    ]
    return {"measures.toml": "\n".join(parts) + "\n", "questions.toml": "\n".join(_questions()) + "\n"}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # a basic string of TOML is written as one of JSON


def _policy(title: str, document: Document, layout: Layout) -> Iterator[str]:
    days = sorted(fact.value for fact in document.general if fact.kind == "day" and re.match(r"\d{4}-", fact.value))
    day = days[-1] if days else "2020-01-01"
    yield _("# 从文件原文起的稿：要人来定的都标着，check 数还剩几处；每条上面的注释是原文里的硬事实。")
    yield "[policy]"
    yield f"title = {_text(title)}"
    for name in ("short_title", "issuer", "out_of_scope", "in_scope", "scope_unknown", "report_title"):
        yield f"{name} = {_text(TO_DO)}"
    for name in ("published", "effective", "confirmed_until"):
        yield f"{name} = {day}  # {TO_DO}"
    yield f'scope = [{{ fact = "in_scope" }}]  # {TO_DO}'
    yield "country_code = 86"
    yield f'area_code = "10"  # {TO_DO}'
    yield 'name_fact = "name"'
    yield 'id_fact = "client_id"'
    yield ""
    yield "[policy.document]"
    for name in layout.__struct_fields__:
        value = getattr(layout, name)
        if value:
            yield f"{name} = {_text(value)}"
    yield _("# closing = 最后一条以后的文字怎样开头  # {todo}", todo=TO_DO)


def _desks(document: Document) -> Iterator[Desk]:
    yield from dict.fromkeys(desk for article in document.articles for desk in article.desks)


def _contact(desk: Desk, key: str, document: Document) -> Iterator[str]:
    units = [unit for article in document.articles if desk in article.desks for unit in article.units]
    yield ""
    yield f"[contacts.{key}]"
    yield f"unit = {_text(desk.unit or next(iter(units), TO_DO))}"
    yield f"people = {_text(desk.people)}"
    yield f"phones = {_text(desk.phones)}"
    if desk.email:
        yield f"email = {_text(desk.email)}"
    elif not desk.phones:
        yield f"address = {_text(TO_DO)}"  # a contact must have some way to reach it


def _measure(article: Article, desks: dict[Desk, str], words: Words) -> Iterator[str]:
    title = re.split(r"[。\n]", article.text.strip())[0].strip()
    yield ""
    in_contacts = {value for desk in article.desks for value in (*desk.phones, desk.email)}
    facts = (fact for fact in article.facts if fact.kind not in _NO_COMMENT and fact.value not in in_contacts)
    for kind, values in _by_kind(facts, words):
        yield f"# {kind}：{values}".replace("\n", " ")
    yield "[[measures]]"
    yield f"number = {article.number}"
    yield f"title = {_text(title if 0 < len(title) <= _LONGEST_TITLE else TO_DO)}"
    yield f"summary = {_text(TO_DO)}"
    yield f"units = {_text(article.units or (TO_DO,))}"
    yield ""
    yield "[[measures.routes]]"
    yield 'key = "main"'
    yield f"title = {_text(TO_DO)}"
    yield f'action = "none"  # {TO_DO}'
    yield f'benefit = "service"  # {TO_DO}'
    yield f"window = {{ text = {_text(TO_DO)} }}"
    yield "steps = []"
    yield f"contacts = {_text([desks[desk] for desk in article.desks])}"
    yield f"basis = {_text(TO_DO)}"


def _by_kind(facts: Iterable[HardFact], words: Words) -> Iterator[tuple[str, str]]:
    kinds: dict[str, list[str]] = {}
    for fact in sorted(facts):
        kinds.setdefault(fact.kind, []).append(fact.value)
    yield from ((words(f"hard_fact.{kind}"), words.joined(values)) for kind, values in kinds.items())


def _questions() -> Iterator[str]:
    yield "extends = true"
    for table in ("facts", "pages"):
        yield ""
        yield f"[[{table}]]"
        if table == "facts":
            yield 'id = "in_scope"'
            yield 'kind = "yes_no"'
            yield f"label = {_text(TO_DO)}"
        else:
            yield 'key = "in_scope"'
            yield f"title = {_text(TO_DO)}"
            yield 'facts = ["in_scope"]'
            yield 'before = "kind"'
