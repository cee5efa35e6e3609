"""海淀区's 15 measures, a real document in another layout: held against its hard facts, and against spoilt digits."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from dcrelief.catalogue.load import load_catalogue
from dcrelief.cli import run
from dcrelief.proof.agreement import agreement
from dcrelief.proof.articles import Document
from dcrelief.proof.document_files import load_document, save_facts
from dcrelief.rules.model import Catalogue, Measure
from tests.examples import HERE

HAIDIAN = HERE / "haidian"
FACTS = HAIDIAN / "hard_facts.json"
SOURCE = Path(__file__).parents[3] / "shared" / "documents" / "haidian.txt"


@cache
def haidian() -> Catalogue:
    return load_catalogue(HAIDIAN / "measures.toml")


@cache
def facts() -> Document:
    return load_document(FACTS, haidian().policies[0].document)


def test_the_catalogue_says_what_the_document_says() -> None:
    found = agreement(haidian(), facts())
    assert found.whole, found.differences
    assert [coverage.measure for coverage in found.covered] == list(range(1, 16))
    assert sum(coverage.of_article for coverage in found.covered) == 163
    assert not any(measure.exceptions for measure in haidian().measures)
    assert run(["check", "--catalogue", str(HAIDIAN / "measures.toml"), "--source", str(FACTS)]) == 0


@pytest.mark.skipif(not SOURCE.exists(), reason="the document is not part of the project; its facts, tested above, are")
def test_the_facts_are_those_of_the_document() -> None:
    document = load_document(SOURCE, haidian().policies[0].document)
    assert save_facts(document, haidian().policies[0].title) == FACTS.read_text(encoding="utf-8")
    assert agreement(haidian(), document).whole


def with_another_digit(text: str) -> Iterator[str]:
    """The text with the last digit of one of its numbers changed, every number and every digit."""
    for number in re.finditer(r"\d+", text):
        for digit in "0123456789":
            if digit != number[0][-1]:
                yield text[: number.end() - 1] + digit + text[number.end() :]


def spoilt(measure: Measure) -> Iterator[tuple[str, Measure]]:
    """Every measure that has one digit wrong in its titles, its summary or a basis, and the text that has it."""
    for field in ("title", "summary"):
        for text in with_another_digit(getattr(measure, field)):
            yield text, replace(measure, **{field: text})
    for place, route in enumerate(measure.routes):
        for field in ("title", "basis"):
            for text in with_another_digit(getattr(route, field)):
                routes = (*measure.routes[:place], replace(route, **{field: text}), *measure.routes[place + 1 :])
                yield text, replace(measure, routes=routes)


def test_of_a_hundred_spoilt_digits_95_are_found() -> None:
    tried, passed = 0, []
    for measure in haidian().measures:
        (article,) = (article for article in facts().articles if article.number == measure.number)
        document = replace(facts(), articles=(article,))
        assert agreement(replace(haidian(), measures=(measure,)), document).whole
        for text, changed in spoilt(measure):
            tried += 1
            if agreement(replace(haidian(), measures=(changed,)), document).whole:
                passed.append(text)
    assert tried > 500
    assert len(passed) <= tried // 20, "\n".join(passed)


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ("phones = [\"88497200\", \"88499091\"]", "phones = [\"88499091\", \"88497200\"]", 4),
        ("unit = \"区国资委\"\npeople = [\"邵永旭\"]", "unit = \"区金融办\"\npeople = [\"邵永旭\"]", 9),
        ("units = [\"区金融办\", \"区科信局\",", "units = [\"区金融办\",", 8),
        ("2020年第一季度", "2020年第二季度", 6),
        ("展期3至6个月", "展期3至9个月", 10),
        ("100亿元", "100万元", 9),
    ],
)  # fmt: skip
def test_what_is_changed_is_found(tmp_path: Path, old: str, new: str, number: int) -> None:
    for name in ("measures.toml", "questions.toml", "size_standard.toml"):
        text = (HAIDIAN / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
        assert (old in text) == (name == "measures.toml")
    found = agreement(load_catalogue(tmp_path / "measures.toml"), facts())
    assert {difference.measure for difference in found.differences} == {number}
