"""Two tables of clients, then and now: who gained and lost what, by which facts; who came, and who is gone."""

import csv
import io
from pathlib import Path

import pytest

from dcrelief.batch import compare_tables
from dcrelief.cli import run

HEAD = "编号,名称,在东城区,身份,行业,从业人员,营业收入（万元）,受疫情影响"
THEN = [HEAD, "1,甲,是,企业,餐饮,8,90,受影响", "2,乙,是,企业,零售,8,90,没有影响", "3,丙,是,企业,零售,5,9000,受影响"]
NOW = [
    HEAD.replace("（万元）", ""),
    "3,丙,是,企业,零售,500,9亿,受影响",
    "1,甲,是,企业,餐饮,8,90万,受影响",
    "4,丁,否,企业,餐饮,8,90万,受影响",
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("then.csv").write_text("\n".join(THEN), encoding="utf-8")
    Path("now.csv").write_text("\n".join(NOW), encoding="utf-8")


def diff(*more: str) -> int:
    return run(["diff", "--clients-before", "then.csv", "--clients", "now.csv", "--as-of", "2020-02-20", *more])


def test_who_lost_what_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert diff("-o", "out.csv") == 0
    said = "".join(capsys.readouterr().out.split())
    assert "2家，其中1家有变化" in said  # 90万元 in another unit is no change
    assert "新来的1家：4" in said
    assert "不在新表里的1家：2" in said
    assert "第2行丙：失去第9条" in said
    assert "（变了：从业人员5人→500人；营业收入9,000万元→9亿元）" in said
    rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text(encoding="utf-8-sig"))))
    assert {row["名称"] for row in rows} == {"丙"}
    assert {row["变了的"] for row in rows} == {"从业人员 5 人→500 人；营业收入 9,000万元→9亿元"}
    lost = [row["办理情形"] for row in rows if row["变化"] == "失去"]
    assert "第17条 中小微企业风险补偿资金 · 企业申请纳入风险补偿范围" in lost


def test_businesses_are_told_apart_by_their_names_where_they_have_no_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in ("then.csv", "now.csv"):
        text = Path(path).read_text(encoding="utf-8").replace("编号", "序")
        Path(path).write_text(text, encoding="utf-8")
    assert diff() == 0
    assert "新来的 1 家：丁" in capsys.readouterr().out


def test_two_that_are_called_the_same_are_refused_with_their_rows(capsys: pytest.CaptureFixture[str]) -> None:
    Path("now.csv").write_text("\n".join([*NOW, NOW[1]]), encoding="utf-8")
    assert diff() == 3
    assert "now.csv 里“3”不止一个：第 2、5 行" in capsys.readouterr().err


def test_rows_without_number_and_name_cannot_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    Path("now.csv").write_text("\n".join([*NOW, ",,是,企业,餐饮,8,90万,"]), encoding="utf-8")
    assert diff() == 3
    assert "对应不起来" in capsys.readouterr().err


def test_two_days_may_be_compared_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["diff", "2020-02-20", "2020-04-10", "--clients-before", "then.csv", "--clients", "then.csv"]
    assert run(arguments) == 0
    assert "从 2020-02-20 到 2020-04-10" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["diff"], ["diff", "2020-02-20"], ["diff", "--clients", "now.csv"], ["diff", "--clients-before", "then.csv"]],
)
def test_what_is_missing_is_asked_for(arguments: list[str]) -> None:
    assert run(arguments) == 2


def test_tables_of_too_many_are_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(compare_tables, "_MOST_CLIENTS", 2)
    assert diff() == 3
    assert "then.csv 超过 2 家，两张表比不了" in capsys.readouterr().err


def test_a_name_that_comes_again_and_again_is_told_with_its_first_rows(capsys: pytest.CaptureFixture[str]) -> None:
    Path("then.csv").write_text("名称,从业人员\n" + "甲,8\n" * 1000, encoding="utf-8")
    assert diff() == 3
    assert "then.csv 里“甲”不止一个：第 2、3、4、5、6… 行。" in capsys.readouterr().err
