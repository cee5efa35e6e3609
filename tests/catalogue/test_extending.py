"""Questions that extend the shipped ones: of those only what some rule reads; own pages at their places."""

from pathlib import Path

import pytest

from dcrelief.catalogue.load import load_catalogue
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.errors import UnusableFileError
from tests.examples import shipped

ONE_MEASURE = """
[[measures]]
number = 1
title = "措施"
summary = "措施"
units = ["某局"]

[[measures.routes]]
key = "only"
title = "情形"
action = "apply"
benefit = "service"
audience = [{ fact = "kind", in = ["enterprise"] }]
when = [{ fact = "in_city" }, { fact = "impact", in = ["severe"] }]
window = { text = "自2020年2月10日起" }
steps = [{ text = "申请" }]
basis = "服务"
"""
QUESTIONS = """
extends = true

[[facts]]
id = "in_city"
kind = "yes_no"
label = "在本市"

[[pages]]
key = "in_city"
title = "在本市"
facts = ["in_city"]
before = "industry"
"""


@pytest.fixture
def measures(tmp_path: Path) -> Path:
    text = shipped_path("measures.toml").read_text(encoding="utf-8")
    head = text[text.index("[policy]") : text.index("# ---- contacts")].replace("in_dongcheng", "impact")
    head = "\n".join(line for line in head.splitlines() if not line.startswith("scope = "))
    head = head.replace("[policy]\n", '[policy]\nscope = [{ fact = "tax_difficulty" }]\n', 1)
    head = head[: head.index("[[accepted]]")] + head[head.index("[conditions]") :]
    (tmp_path / "measures.toml").write_text(head + ONE_MEASURE, encoding="utf-8")
    (tmp_path / "questions.toml").write_text(QUESTIONS, encoding="utf-8")
    return tmp_path / "measures.toml"


def test_only_what_a_rule_reads_is_kept(measures: Path) -> None:
    catalogue = load_catalogue(measures)
    size = set(shipped().size_standard.facts())
    assert set(catalogue.facts) == {"in_city", "impact", "tax_difficulty", "kind", "name", "client_id"} | size
    assert {fact for page in catalogue.pages for fact in page.facts} == set(catalogue.facts) - {"name", "client_id"} | {
        fact for page in shipped().pages for fact in page.facts if fact in ("name", "client_id")
    }
    assert catalogue.facts["impact"] == shipped().facts["impact"]
    assert catalogue.tokens == shipped().tokens


def test_a_page_of_its_own_comes_where_it_says(measures: Path) -> None:
    keys = [page.key for page in load_catalogue(measures).pages]
    assert keys.index("in_city") == keys.index("industry") - 1


def test_a_page_that_comes_before_none_is_named(measures: Path) -> None:
    questions = measures.with_name("questions.toml")
    questions.write_text(QUESTIONS.replace('"industry"', '"nowhere"'), encoding="utf-8")
    with pytest.raises(UnusableFileError, match="before = nowhere"):
        load_catalogue(measures)


def test_without_words_it_must_extend(measures: Path) -> None:
    questions = measures.with_name("questions.toml")
    questions.write_text(QUESTIONS.replace("extends = true", ""), encoding="utf-8")
    with pytest.raises(UnusableFileError, match=r"没有 \[tokens\]"):
        load_catalogue(measures)
