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


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("measures.toml", 'units = ["某局"]', "", "没有联系人，也没有单位"),
        ("questions.toml", 'kind = "yes_no"', 'kind = "foreign"', "foreign 要写 unit"),
        (
            "measures.toml",
            '{ fact = "in_city" }',
            '{ fact = "growth", at_least = 10 }',
            '“10”不行，请写成 "10%" 这样的文字',
        ),
        ("measures.toml", '{ fact = "in_city" }', '{ fact = "growth", at_least = "多" }', '“多”不行，请写成 "10%"'),
        ("measures.toml", '{ fact = "in_city" }', '{ fact = "sold", at_most = "5元" }', '“5元”不行，请写成 "12.5美元"'),
        (
            "measures.toml",
            'basis = "服务"',
            'basis = "服务"\nexclusive = "x"\n'
            'estimate = { amount = "1万元", cap_with = "both" }\n[caps]\nboth = "1万元"',
            "cap_with 不和 exclusive、support 一起写",
        ),
    ],
)
def test_what_cannot_be(measures: Path, file: str, old: str, new: str, said: str) -> None:
    others = [{"id": "growth", "kind": "percent"}, {"id": "sold", "kind": "foreign", "unit": "美元"}]
    questions = QUESTIONS
    for other in others:
        lines = "\n".join(f'{key} = "{value}"' for key, value in {**other, "label": other["id"]}.items())
        page = f'[[pages]]\nkey = "{other["id"]}"\ntitle = "{other["id"]}"\nfacts = ["{other["id"]}"]\n'
        questions += f"\n[[facts]]\n{lines}\n\n{page}"
    measures.with_name("questions.toml").write_text(questions, encoding="utf-8")
    path = measures.with_name(file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnusableFileError) as refused:
        load_catalogue(measures)
    assert said in str(refused.value)
