"""The city's catalogue, which is shipped, against its document: whole, and every digit of it counts."""

from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from dcrelief.catalogue.load import load_catalogue
from dcrelief.cli import run
from dcrelief.proof.agreement import agreement
from dcrelief.proof.articles import Document
from dcrelief.proof.document_files import load_document, save_facts
from dcrelief.proof.lint import lint
from tests.examples import BEIJING, HERE, beijing
from tests.proof.test_second_document import spoilt

FACTS = HERE / "beijing_hard_facts.json"
SOURCE = Path(__file__).parents[3] / "shared" / "documents" / "beijing-7hao.txt"


@cache
def facts() -> Document:
    return load_document(FACTS, beijing().policies[0].document)


def test_the_catalogue_says_what_the_document_says() -> None:
    found = agreement(beijing(), facts())
    assert found.whole, found.differences
    assert [coverage.measure for coverage in found.covered] == list(range(1, 17))
    assert all(coverage.of_article == coverage.of_measure for coverage in found.covered)
    assert run(["check", "--catalogue", "beijing", "--source", str(FACTS)]) == 0


@pytest.mark.skipif(not SOURCE.exists(), reason="the document is not part of the project; its facts, tested above, are")
def test_the_facts_are_those_of_the_document() -> None:
    document = load_document(SOURCE, beijing().policies[0].document)
    assert save_facts(document, beijing().policies[0].title) == FACTS.read_text(encoding="utf-8")
    assert agreement(beijing(), document).whole


def test_nothing_in_it_is_suspicious() -> None:
    assert lint(beijing()) == ()


def test_of_a_hundred_spoilt_digits_95_are_found() -> None:
    tried, passed = 0, []
    for measure in beijing().measures:
        (article,) = (article for article in facts().articles if article.number == measure.number)
        document = replace(facts(), articles=(article,))
        assert agreement(replace(beijing(), measures=(measure,)), document).whole
        for text, changed in spoilt(measure):
            tried += 1
            if agreement(replace(beijing(), measures=(changed,)), document).whole:
                passed.append(text)
    assert tried > 500
    assert len(passed) <= tried // 20, "\n".join(passed)


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ('units = ["市财政局", "市发展改革委", ', 'units = ["市财政局", ', 1),
        ('base = "soe_office_rent", rate = "50%"', 'base = "soe_office_rent", rate = "60%"', 2),
        ('at_most = "20万元"', 'at_most = "30万元"', 4),
        ('above = "50%"', 'above = "40%"', 5),
        ('at_least = "0%", below = "20%"', 'at_least = "0%", below = "25%"', 12),
        ('each = "1000元"', 'each = "1500元"', 12),
        ('cap = "20万元"', 'cap = "50万元"', 15),
    ],
)
def test_a_changed_rule_is_found(tmp_path: Path, old: str, new: str, number: int) -> None:
    text = BEIJING.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "measures.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "questions.toml").write_bytes(BEIJING.with_name("questions.toml").read_bytes())
    found = agreement(load_catalogue(tmp_path / "measures.toml"), facts())
    assert {difference.measure for difference in found.differences} == {number}
