"""`dcrelief diff`: two catalogues, two days of one, one business, and a table of them.

report/changes.py, report/shift_lines.py and batch/compare.py are tested through it.
"""

# ruff: noqa: E501 - a change and what is said of it stand in one line

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.cli import run
from dcrelief.rules.model import Catalogue
from tests.examples import OTHER_DISTRICT, other_district

SHIPPED = shipped_path("measures.toml")
OLD = str(SHIPPED)
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., str]:
    """The shipped catalogue with some texts of a file replaced."""

    def make(*replaced: tuple[str, str], file: str = "measures.toml", source: Path = SHIPPED) -> str:
        folder = tmp_path / "new"
        folder.mkdir(exist_ok=True)
        for path in source.parent.glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            for old, new in replaced if path.name == file else ():
                assert text.count(old) >= 1, old
                text = text.replace(old, new)
            (folder / path.name).write_text(text, encoding="utf-8")
        return str(folder / "measures.toml")

    return make


def unwrapped(printed: str) -> str:
    return "".join(line.strip() for line in printed.splitlines())


@pytest.mark.parametrize(
    ("old", "new", "file", "said"),
    [
        ("at_most = 100 }", "at_most = 120 }", "measures.toml", "第8条 中关村高新企业研发补助：条件：原来“从业人员：不超过 100 人”，现在“从业人员：不超过 120 人”"),
        ('rate = ["30%", "50%"]', 'rate = ["30%", "60%"]', "measures.toml", "估算：原来“为符合方向的中小微企业减免的房租：30%—50%”，现在“为符合方向的中小微企业减免的房租：30%—60%”"),
        ('cap = "50万元"', 'cap = "60万元"', "measures.toml", "原来“最高 50万元”，现在“最高 60万元”"),
        ('at_most = "20万元"', 'at_most = "30万元"', "measures.toml", "从 500万元 起：不超过 20万元”，现在“上一年度研发费用从 500万元 起：不超过 30万元”"),
        ("pay_by = 2020-07-31", "pay_by = 2020-08-31", "measures.toml", "时间：原来“最晚 2020-07-31 缴费”，现在“最晚 2020-08-31 缴费”"),
        ("month_after = \"contract_reached\", days = 90", "month_after = \"contract_reached\", days = 60", "measures.toml", "的次月起 90 天”，现在"),
        ('"64033742"', '"64033743"', "measures.toml", "区市场监管局：曹军：怎么联系：原来“电话 13681278787、64033742”，现在“电话 13681278787、64033743”"),
        ("number = 42\n", "number = 43\n", "measures.toml", "去掉了：第42条 必需品补货与运输通道"),
        ("number = 42\n", "number = 43\n", "measures.toml", "新加了：第43条 必需品补货与运输通道"),
        ('key = "rd_grant"', 'key = "other"', "measures.toml", "新加了：第8条 中关村高新企业研发补助"),
        ('units = ["区司法局"]', 'units = ["区司法局", "区财政局"]', "measures.toml", "责任单位：加上“区财政局”"),
        ("effective = 2020-02-13", "effective = 2020-02-14", "measures.toml", "东城区42条实施细则：日期：原来“施行 2020-02-13”，现在“施行 2020-02-14”"),
        ('label = "从业人员"', 'label = "员工"', "questions.toml", "“员工”：名称：原来“从业人员”，现在“员工”"),
        ("[20, 300, 1000]", "[20, 300, 1001]", "size_standard.toml", "从业人员：小型、中型、大型的下限 20 人、300 人、1,001 人"),
        ('over = "超出 {gap}"', 'over = "多了 {gap}"', "words.toml", "内容没有变"),
    ],
)  # fmt: skip
def test_what_changed(changed: Callable[..., str], old: str, new: str, file: str, said: str, capsys: Captured) -> None:
    assert run(["diff", OLD, changed((old, new), file=file), "--as-of", "2020-02-20"]) == 0
    printed = capsys.readouterr().out
    assert said.replace(" ", "") in unwrapped(printed).replace(" ", "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("small = 2020-03-10", "small = 2020-03-11", "原来“小型企业自 2020-03-10 起”，现在“小型企业自 2020-03-11 起”"),
        ("grace_months = 1", "grace_months = 2", "现在“解除一级响应后 2 个月为止”"),
        ("times_at_most = 3", "times_at_most = 4", "现在“乘“已付租金的月数”，最多 4 个月”"),
        ('each = "1000元"', 'each = "900元"', "原来“新招用的人数：1,000元”，现在“新招用的人数：900元”"),
        ('below = "50万元", rate = "10%" }, { from = "50万元"', 'below = "60万元", rate = "10%" }, { from = "60万元"', "不到 60万元：10%"),
        ('exclusive = "rent_or_interest"\n', "", "同类支持：去掉“和第2条 贷款贴息只能选一项”"),
        ('level = "city"', 'level = "district"', "原来“inspection_fee（city）”，现在“inspection_fee（district）”"),
        ("by_call = true", "until = 2020-12-31", "原来“等通知”，现在“到 2020-12-31 止”"),
        ('materials = ["贷款合同", "利息支付凭证"]', 'materials = ["利息支付凭证", "贷款合同"]', "材料：只是次序变了"),
    ],
)  # fmt: skip
def test_what_changed_in_other_shapes(
    changed: Callable[..., str], old: str, new: str, said: str, capsys: Captured
) -> None:
    path = changed((old, new), source=OTHER_DISTRICT)
    assert run(["diff", str(OTHER_DISTRICT), path, "--as-of", "2020-03-20"]) == 0
    assert said.replace(" ", "") in unwrapped(capsys.readouterr().out).replace(" ", "")


def test_nothing_changed(capsys: Captured) -> None:
    assert run(["diff", OLD, OLD]) == 0
    assert "两边的目录一样。" in capsys.readouterr().out


def test_two_days(capsys: Captured) -> None:
    assert run(["diff", "2020-02-01", "2020-04-01"]) == 0
    printed = unwrapped(capsys.readouterr().out)
    assert "── 从 2020-02-01 到 2020-04-01 ──" in printed
    assert "原来还没开始，现在可以办：第1条" in printed
    assert "原来还没开始，现在已于 2020-03-31 截止：第35条" in printed
    assert run(["diff", "2020年2月20日", "2020-08-02"]) == 0
    assert "原来可以办，现在是否在办要打电话问：第1条" in unwrapped(capsys.readouterr().out)


SAMPLE = ["--answers", str(shipped_path("sample_business.toml"))]


def test_one_business(changed: Callable[..., str], capsys: Captured) -> None:
    new = changed(("pay_by = 2020-03-31", "pay_by = 2020-04-30"), ("pay_by = 2020-07-31", "pay_by = 2020-03-31"))
    assert run(["diff", OLD, new, *SAMPLE, "--as-of", "2020-04-10"]) == 0
    printed = capsys.readouterr().out
    assert "── 得到（1 项） ──" in printed
    assert "── 失去（1 项） ──" in printed
    flat = unwrapped(printed).replace(" ", "")
    assert "单位1月、2月社保费延至3月底：原来不符合（已于2020-03-31截止，过了10天），现在初步符合" in flat
    assert "受影响较大行业延至7月底：原来初步符合（2.4万元），现在不符合（已于2020-03-31" in flat
    assert "可缓缴（以后仍要缴）：原来5.4万元，现在3万元" in flat
    assert run(["diff", OLD, OLD, *SAMPLE]) == 0
    assert "这一家的结论和金额都没有变。" in capsys.readouterr().out


def test_an_answer_that_only_one_of_them_asks_for(changed: Callable[..., str], capsys: Captured) -> None:
    """A new catalogue may ask what the old does not know: the old one is assessed without it."""
    questions = '[[pages]]\nkey = "stars"\ntitle = "星"\nfacts = ["stars"]\n'
    new = changed(
        ('[[pages]]\nkey = "kind"', questions + '\n[[pages]]\nkey = "kind"'),
        (
            '[[facts]]\nid = "name"',
            '[[facts]]\nid = "stars"\nkind = "yes_no"\nlabel = "有星"\n\n[[facts]]\nid = "name"',
        ),
        file="questions.toml",
    )
    assert run(["diff", OLD, new, *SAMPLE, "--set", "有星=是", "--as-of", "2020-02-20"]) == 0
    assert "新加了：“有星”" in capsys.readouterr().out


def test_a_table(changed: Callable[..., str], tmp_path: Path, capsys: Captured) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_bytes(
        "名称,in_dongcheng,kind,industry,employees,revenue,impact,从业备注\n"
        "甲店,是,企业,餐饮业,8,90万,严重,x\n乙店,是,企业,餐饮业,许多,90万,严重,y\n丙厂,是,企业,工业,400,9000万,严重,\n".encode(
            "gb18030"
        )
    )
    old = changed(('sme = [{ size_at_most = "medium" }]', 'sme = [{ size_at_most = "small" }]'))
    assert run(["diff", old, OLD, "--clients", str(table), "-o", str(out), "--as-of", "2020-02-20"]) == 1
    said = capsys.readouterr()
    flat = unwrapped(said.out)
    assert "3 家，其中 1 家有变化。" in flat
    assert "有 1 格看不懂" in flat
    assert "第4行 丙厂：得到 第9条" in flat
    assert "变化写到" in said.err
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    third = next(row for row in rows if row["名称"] == "丙厂" and row["办理情形"].startswith("第9条"))
    assert (third["行"], third["变化"], third["原来的结论"], third["现在的结论"]) == ("4", "得到", "不符合", "初步符合")
    assert {row["名称"] for row in rows} == {"丙厂"}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["2020-02-20", "nowhere.toml"], 3, "没有文件"),
        (["2020-02-20"], 2, "请写明比哪两个"),
        (["2020-02-20", "2020-03-01", *SAMPLE, "--clients", "x.csv"], 2, "不能一起用"),
        (["2020-02-20", "2020-03-01", "-o", "x.csv"], 2, "要和 --clients 一起用"),
        (["2020-02-20", "2020-03-01", "--clients", "nowhere.csv"], 3, "读不了 nowhere.csv"),
        (["2020-02-20", "2020-03-01", "--clients", OLD, "-o", "x.xlsx"], 2, "后缀应是 .csv"),
        (["2020-02-20", "2020-03-01", "--set", "从业人员=许多"], 2, "看不懂"),
    ],
)
def test_a_mistake_is_said_politely(arguments: list[str], status: int, said: str, capsys: Captured) -> None:
    assert run(["diff", *arguments]) == status
    assert said in capsys.readouterr().err


def test_on_the_other_district(capsys: Captured) -> None:
    assert run(["diff", "2020-03-01", "2020-10-01", "--catalogue", str(OTHER_DISTRICT), "--set", "in_hedong=是"]) == 0
    printed = unwrapped(capsys.readouterr().out)
    assert "旧：河东区9条措施，2020-03-01" in printed
    assert "已于 2020-09-30 截止：第1条 房租补贴" in printed
    assert isinstance(other_district(), Catalogue)
