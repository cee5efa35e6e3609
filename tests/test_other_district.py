"""Another district's catalogue, its facts, size standard and words its own: everything works, and no code knows it."""

import json
from pathlib import Path

import jsonschema
import pytest

from dcrelief.cli import run
from dcrelief.files.catalogue import load_catalogue
from dcrelief.files.locate import shipped as shipped_path
from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.interview import Interview, Step

MEASURES = Path(__file__).parent / "examples" / "other_district" / "measures.toml"
CATALOGUE = ["--catalogue", str(MEASURES)]
SHOP = [
    "here=是",
    "who=开店的",
    "trade=吃的",
    "seats=9",
    "leaks=否",
    "opened=2020-01-01",
    "water_bill=3000",
    "店名=面馆",
]
SETTINGS = [part for setting in SHOP for part in ("--set", setting)]
Captured = pytest.CaptureFixture[str]


def test_the_report(capsys: Captured) -> None:
    assert run([*CATALOGUE, *SETTINGS, "--as-of", "2021-07-01", "--no-input"]) == 0
    printed = capsys.readouterr().out
    for said in (
        "河东区小店自测",
        "对象：面馆",
        "适用：店在河东区。",
        "店的大小",
        "结论：微型",
        "可收到的钱：375元",
        "水费 3,000元 × 12.5% = 375元",
        "截止 2021-09-30，还有 91 天",
        "62345678 转 101或102",
        "第7条 清扫：区里自己扫街。",
    ):
        assert said in printed
    assert "东城" not in printed


def test_the_json(capsys: Captured) -> None:
    assert run([*CATALOGUE, *SETTINGS, "--as-of", "2021-07-01", "--no-input", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads(shipped_path("assessment.schema.json").read_text(encoding="utf-8")))
    assert document["totals"] == {"money_received": {"min": "375.00", "max": "375.00"}}


def test_before_after_and_elsewhere(capsys: Captured) -> None:
    assert run([*CATALOGUE, *SETTINGS, "--as-of", "2021-05-02", "--no-input"]) == 0
    assert "2021-06-01 起才能办，还没开始" in capsys.readouterr().out
    assert run([*CATALOGUE, *SETTINGS, "--as-of", "2021-10-01", "--no-input"]) == 0
    assert "已于 2021-09-30 截止，过了 1 天" in capsys.readouterr().out
    assert run([*CATALOGUE, "--set", "here=否", "--as-of", "2021-07-01", "--no-input"]) == 0
    assert "请问店所在的区。" in capsys.readouterr().out


def test_list_show_and_size(capsys: Captured) -> None:
    assert run(["list", *CATALOGUE]) == 0
    assert "第7条 清扫（区环卫局）" in capsys.readouterr().out
    assert run(["show", "1", *CATALOGUE]) == 0
    assert "以下之一：水管漏水；或开业日：2 年（含）以内" in capsys.readouterr().out.replace("\n            ", "")
    assert run(["show", "2", *CATALOGUE]) == 2
    assert "条号是 1 到 7" in capsys.readouterr().err
    assert run(["size", *CATALOGUE, "--set", "trade=用的", "--set", "shelves=20"]) == 0
    assert "结论：中型" in capsys.readouterr().out


def test_answers_saved_read_back(tmp_path: Path, capsys: Captured) -> None:
    saved = tmp_path / "a.toml"
    assert run([*CATALOGUE, *SETTINGS, "--as-of", "2021-07-01", "--no-input", "--save", str(saved)]) == 0
    first = capsys.readouterr().out
    assert run([*CATALOGUE, "--answers", str(saved), "--no-input"]) == 0
    assert capsys.readouterr().out == first


def test_the_interview_asks_what_this_catalogue_needs() -> None:
    told: dict[str, Value] = {"here": True, "who": "shop", "trade": "food", "seats": 9, "leaks": True}
    interview = Interview(load_catalogue(MEASURES), load_catalogue(MEASURES).policy.effective, Answers())
    asked = []
    while (question := interview.question()) is not None:
        (fact,) = question.facts
        asked.append(fact.id)
        interview = interview.answered(Step(question.page.key, {fact.id: told.get(fact.id, UNKNOWN)}))
    assert asked == ["here", "who", "trade", "seats", "leaks", "water_bill"]


def test_a_table_of_shops(tmp_path: Path, capsys: Captured) -> None:
    table, out, form = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "form.xlsx"
    headings = "店名,店在河东区,是谁,卖什么,座位,水管漏水,开业日,水费"
    table.write_text(f"{headings}\n面馆,是,开店的,吃的,9,否,2020-01-01,3000\n", encoding="utf-8")
    assert run(["batch", str(table), "-o", str(out), *CATALOGUE, "--as-of", "2021-07-01"]) == 0
    printed = capsys.readouterr().err
    assert "可收到的钱：375元（1 家）" in printed
    assert "东城" not in printed
    assert ",375.00,375.00," in out.read_text(encoding="utf-8-sig")
    assert run(["template", str(form), *CATALOGUE]) == 0
    assert run(["batch", str(form), "-o", str(out), *CATALOGUE, "--as-of", "2021-07-01"]) == 0


def test_what_one_takes_along(tmp_path: Path, capsys: Captured) -> None:
    page, calendar, cards = tmp_path / "r.html", tmp_path / "d.ics", tmp_path / "c.vcf"
    files = ["--html", str(page), "--ics", str(calendar)]
    assert run([*CATALOGUE, *SETTINGS, "--as-of", "2021-07-01", "--no-input", *files]) == 0
    assert "水费单 — 第1条 水费补贴" in capsys.readouterr().out
    assert '<a href="tel:+86-22-6234-5678">62345678</a> 转 101或102' in page.read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20210930" in calendar.read_text(encoding="utf-8")
    assert run(["contacts", *CATALOGUE, "--unit", "区小店办", "--vcard", str(cards)]) == 0
    assert "tel:+86-22-6234-5678;ext=102" in cards.read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(["email", "1", *CATALOGUE, *SETTINGS]) == 2
    assert capsys.readouterr().err.endswith("第1条不是用邮件申请的。\n")
