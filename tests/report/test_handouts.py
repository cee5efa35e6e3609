"""Files that a person takes along, as the commands write them.

cli/contacts_command.py, cli/email_command.py, cli/letters.py, report/contact_workbook.py and files/workbook_look.py
are tested through it.
"""

import csv
import io
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import openpyxl
import pytest
import vobject

from dcrelief.catalogue.locate import shipped
from dcrelief.cli import run
from dcrelief.terminal.console import Environment

SAMPLE = str(shipped("sample_business.toml"))
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assess(*arguments: str) -> int:
    return run(["assess", "--answers", SAMPLE, "--no-input", *arguments])


def email(number: str, *arguments: str) -> int:
    return run(["email", number, "--as-of", "2020-02-20", *arguments])


def landlord(*facts: str, carrier: str = "商务楼宇") -> list[str]:
    facts = ("kind=企业", "在东城区=是", f"carrier={carrier}", "rent_cut_sme=是", "rent_cut_in_direction=是", *facts)
    return [part for fact in facts for part in ("--set", fact)]


def test_the_report_as_page_and_calendar(capsys: Captured) -> None:
    assert assess("--html", "报告.html", "--ics", "截止日.ics") == 0
    captured = capsys.readouterr()
    assert "报告写到 报告.html。" in captured.err
    assert "截止日日历写到 截止日.ics。" in captured.err
    assert captured.out.startswith("示例餐馆（虚构），按 2020-02-20 算")
    assert "办事单：示例餐馆（虚构）" in Path("报告.html").read_text(encoding="utf-8")
    assert len(vobject.readOne(Path("截止日.ics").read_text(encoding="utf-8")).vevent_list) == 3


def test_a_calendar_without_deadlines_is_not_written(folder: Path, capsys: Captured) -> None:
    assert assess("--as-of", "2020-08-01", "--ics", "x.ics") == 0
    assert "符合的措施都没有截止日，没有写 x.ics" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_json_and_a_page_together(capsys: Captured) -> None:
    assert assess("--json", "--html", "x.html") == 0
    assert capsys.readouterr().out.startswith("{")
    assert Path("x.html").exists()


def test_contacts_in_the_terminal(capsys: Captured) -> None:
    assert run(["contacts", "--unit", "区金融办"]) == 0
    captured = capsys.readouterr()
    assert "65258800 转 8642或8641或8643" in captured.out
    assert captured.err == ""


def test_contacts_in_every_form(capsys: Captured) -> None:
    files = ["--html", "c.html", "--csv", "c.csv", "--xlsx", "c.xlsx", "--vcard", "c.vcf"]
    assert run(["contacts", "--measure", "6", "--measure", "第24条", *files]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("联系人表写到") == 4
    rows = list(csv.DictReader(io.StringIO(Path("c.csv").read_text(encoding="utf-8-sig"))))
    assert [row["联系人"] for row in rows] == ["张苒", "张付晓", "孔祥鑫", "蔡勇", "赵京延"]
    assert rows[3]["手机"] == "13691064114"
    assert rows[2]["办公电话"] == "67075772、64031118 转 2538或2539"
    page = openpyxl.load_workbook("c.xlsx").active
    assert page is not None
    cells = [[cell or "" for cell in row] for row in page.iter_rows(values_only=True)]
    assert [[str(cell).replace("\n", "、") for cell in row] for row in cells[-5:]] == [
        list(row.values()) for row in rows
    ]
    assert page.print_title_rows == "$7:$7"
    assert len(list(vobject.readComponents(Path("c.vcf").read_text(encoding="utf-8")))) == 5
    assert "<span>1118</span></a> 转 2538或2539" in Path("c.html").read_text(encoding="utf-8")


def test_a_part_of_a_name_does_if_it_tells_which(capsys: Captured) -> None:
    assert run(["contacts", "--unit", "金融办"]) == 0
    assert "区金融办" in capsys.readouterr().out


def test_only_the_offices(capsys: Captured) -> None:
    assert run(["contacts", "--office-only"]) == 0
    printed = capsys.readouterr().out
    assert "（手机）" not in printed
    assert "13681278787" not in printed
    assert "64033742" in printed


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["contacts", "--unit", "区金局办"], 2, "最接近的是“区金融办”"),
        (["contacts", "--unit", "市场监管局、"], 2, "没有“市场监管局、”"),
        (["contacts", "--unit", "局"], 2, "名字里有“局”的单位不止一个：区市场监管局、区财政局、"),
        (["contacts", "--unit", "[/财]"], 2, "没有“[/财]”这个单位"),
        (["contacts", "--measure", "43"], 2, "没有第“43”条。\n条号是 1 到 42"),
        (["contacts", "--measure", "六"], 2, "没有第“六”条"),
        (["contacts", "--unit", "区金融办", "--measure", "1"], 2, "没有符合这些条件的联系人"),
        (["contacts", "--csv", "no/c.csv"], 3, "没有文件夹 no，写不了 no/c.csv"),
        (["contacts", "--html", "a.htm", "--pdf", "b.pdf", "--vcard", "x.txt"], 2, "x.txt 的后缀应是 .vcf或.vcard"),
        (["contacts", "--html", "."], 2, ". 是文件夹，不是文件"),
        (["contacts", "--html", "a.html", "--html", "b.html", "--pdf", "b.html"], 2, "b.html 不能又读又写，也"),
        (["assess", "--no-input", "--answers", SAMPLE, "--html", SAMPLE, "--force"], 2, "不能写两样东西"),
        (["contacts", "--pdf", "c.pdf", "--chromium", "nowhere"], 2, "nowhere 不是能运行的程序"),
        (["email", "8"], 2, "第8条不是用邮件申请的。\n用邮件申请的是第1、4、6条"),
        (["email", "0"], 2, "没有第“0”条"),
    ],
)
def test_a_mistake_is_said_politely(arguments: list[str], status: int, said: str, capsys: Captured) -> None:
    assert run(arguments) == status
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_without_a_browser_it_says_so_before_the_work(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    assert assess("--html", "x.html", "--pdf", "x.pdf") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "没有找到 Chromium、Chrome 或 Edge" in captured.err
    assert "请改用 --html 文件.html" in captured.err
    assert list(folder.iterdir()) == []


def test_a_file_that_is_there_stays(capsys: Captured) -> None:
    Path("x.html").write_text("mine")
    assert assess("--html", "x.html") == 2
    captured = capsys.readouterr()
    assert "x.html 已经有了，不写在它上面。" in captured.err
    assert "--force" in captured.err
    assert captured.out == ""
    assert Path("x.html").read_text() == "mine"
    assert assess("--html", "x.html", "--force") == 0
    assert "示例餐馆" in Path("x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("typed", "status"), [("是\n", 0), ("y\n", 0), ("\n", 2), ("不\n", 2), ("", 2)])
def test_in_a_terminal_the_person_is_asked(
    typed: str, status: int, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("c.csv").write_text("mine")
    real = Environment.real

    def with_a_person(state: Path) -> Environment:
        from dataclasses import replace

        return replace(real(state), asks=True, stdin=io.StringIO(typed))

    monkeypatch.setattr(Environment, "real", staticmethod(with_a_person))
    assert run(["contacts", "--csv", "c.csv"]) == status
    assert "c.csv 已经有了。要写在它上面吗？" in capsys.readouterr().err
    assert (Path("c.csv").read_text(encoding="utf-8-sig") == "mine") is (status == 2)


def test_a_draft_to_the_right_desk(capsys: Captured) -> None:
    assert email("6", *landlord("city_rent_subsidy=否"), "-o", "x.eml") == 0
    message = message_from_bytes(Path("x.eml").read_bytes(), policy=default)
    assert message["To"] == "区发改委 <fgwtck@bjdch.gov.cn>"
    said = capsys.readouterr().err
    assert "邮件草稿写到 x.eml，收件人 区发改委 <fgwtck@bjdch.gov.cn>。还没有发送" in said
    assert "还差答案" not in said


def test_a_draft_that_may_not_fit_says_so(capsys: Captured) -> None:
    assert email("6", *landlord()) == 0
    assert "不一定符合：已享受市级的减租补贴" in capsys.readouterr().err
    assert Path("申请-第6条-商务楼宇减租补贴.eml").exists()


def test_a_route_that_is_ruled_out_gets_no_draft(folder: Path) -> None:
    assert email("6", "--set", "carrier=商务楼宇") == 0
    assert [path.name for path in folder.iterdir()] == ["申请-第6条-商务楼宇减租补贴.eml"]


def test_a_route_that_waits_while_another_fits_is_named(folder: Path, capsys: Captured) -> None:
    known = ["kind=企业", "在东城区=是", "carrier=商务楼宇、文化产业园", "rent_cut_sme=是"]
    assert email("6", *(part for fact in known for part in ("--set", fact)), "-o", "x.eml") == 0
    assert [path.name for path in folder.iterdir()] == ["x.eml"]
    said = capsys.readouterr().err.replace("\n", "")
    assert "另外，商务楼宇减租补贴还差答案，没有写邮件：减租的租户里有符合东城区产业发展方向的中小微企业" in said


def test_a_carrier_of_two_kinds_writes_to_two_desks() -> None:
    assert email("6", *landlord("city_rent_subsidy=否", carrier="商务楼宇、文化产业园"), "-o", "x.eml") == 0
    desks = {path.name: message_from_bytes(path.read_bytes(), policy=default)["To"] for path in Path().glob("*.eml")}
    assert desks == {
        "x-building.eml": "区发改委 <fgwtck@bjdch.gov.cn>",
        "x-culture_park.eml": "区文促中心 <dcwczx@163.com>",
    }


def test_nothing_is_drafted_for_what_does_not_fit(folder: Path, capsys: Captured) -> None:
    assert email("6", "--answers", SAMPLE) == 1
    said = capsys.readouterr().err
    assert "第6条用邮件申请的情形都不符合，没有写邮件" in said
    assert "经营的楼宇或载体：都没有" in said
    assert list(folder.iterdir()) == []


def test_a_page_needs_no_polars_and_a_report_no_page(tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys; from dcrelief.cli import run;"
        f"run({['assess', '--answers', SAMPLE, '--no-input', '--html', str(tmp_path / 'x.html')]!r});"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    imported = set(done.stderr.decode().split())
    assert "jinja2" in imported
    assert imported.isdisjoint({"polars", "xlsxwriter", "icalendar", "questionary"})
