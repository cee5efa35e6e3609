"""Faults that were found once: whatever a person hands in gets a sentence and a status, and nothing in it acts.

Tests signs.py, catalogue/wording.py and cli/unforeseen.py, too. To add a fault: a line in FAULTS.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from msgspec import Struct

from dcrelief.catalogue.locate import shipped
from dcrelief.cli import run

CORPUS = Path(__file__).parent / "corpus"
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
DEEP, KEYS, DIGITS, HEX = "[" * 3000 + "]" * 3000, ".".join(["a"] * 5000), "9" * 5000, "0x" + "f" * 5000
EXPONENT = "1e999999999999999999999"
OSC_52 = "\x1b]52;c;aGk=\x07"


class Fault(Struct, frozen=True):
    """What is handed in (files by their names), the command, and what comes of it: a status, and words of stderr."""

    command: str
    files: Mapping[str, str | bytes]
    status: int
    said: str


def answers(content: str | bytes, said: str, ending: str = "toml", status: int = 3) -> Fault:
    return Fault(f"assess --no-input --answers a.{ending}", {f"a.{ending}": content}, status, said)


def table(content: str | bytes, said: str, more: str = "", status: int = 3) -> Fault:
    return Fault(f"batch a.csv -o o.csv {more}", {"a.csv": content}, status, said)


def words(content: str, said: str) -> Fault:
    files: dict[str, str | bytes] = {"m/measures.toml": shipped("measures.toml").read_bytes(), "m/words.toml": content}
    return Fault("list --catalogue m/measures.toml", files, 3, said)


def catalogue(content: str | bytes, said: str) -> Fault:
    return Fault("list --catalogue m.toml", {"m.toml": content}, 3, said)


def workbook(part: str, content: str, said: str = "打不开", status: int = 3) -> Fault:
    """A workbook whose part is that; in the content of its sheet, {} stands for its cells."""
    made = BytesIO()
    with ZipFile(CORPUS / "7-table.xlsx") as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            own = old.read(name).decode()
            if name == part:
                own = content.replace("{}", own.partition("</sheetData>")[0])
            if own:
                new.writestr(name, own.encode(errors="surrogateescape"))
    return Fault("batch a.xlsx -o o.csv", {"a.xlsx": made.getvalue()}, status, said)


def cells(content: str, said: str = "打不开", status: int = 3) -> Fault:
    return workbook("xl/worksheets/sheet1.xml", f"{{}}{content}</sheetData></worksheet>", said, status)


def facts(content: bytes) -> Fault:
    return Fault("check --source a.json", {"a.json": content}, 3, "不是 dcrelief check --save-facts 写的文件")


CITY = Path(__file__).parent / "examples/every_form"
PARTS: dict[str, str | bytes] = {
    f"m/{name}.toml": (CITY / f"{name}.toml").read_text(encoding="utf-8")
    for name in ("measures", "questions", "size_standard")
}


def beside(
    name: str, content: str, said: str = "和原文的样子不同|原文没有这一项|not like|does not", status: int = 3
) -> Fault:
    """Another language for a part of a small catalogue, which is listed in it."""
    files = {**PARTS, f"m/{name}.en.toml": content}
    return Fault("--lang en list --catalogue m/measures.toml", files, status, said)


def token(written: str) -> Fault:
    """Words of a small catalogue by which a table is read."""
    questions = str(PARTS["m/questions.toml"]).replace("[tokens]\n", f"[tokens]\n{written}\n", 1)
    files = {**PARTS, "m/questions.toml": questions, "a.csv": "客户（元）\n名称,从业人员,营业收入\n甲,5,5\n"}
    return Fault("batch a.csv -o o.csv --catalogue m/measures.toml", files, 0, "结果写到")


FAULTS = {
    **{
        f"measures in another language, {content}": beside("measures", content)
        for content in (
            "measures = 5",
            "policy = [[1]]",
            "[measures]\n1 = 5",
            "[measures]\n1 = 2020-01-01",
            "[measures.1]\nroutes = 5",
            "[measures.1]\ntitle = [1]",
        )
    },
    **{
        f"questions in another language, {content}": beside("questions", content)
        for content in ("facts = 5", "facts = [1]", "[facts]\nname = 5", "[facts.kind]\nchoices = 5")
    },
    "names in another language that are none": beside("questions", "[facts.name]\naliases = 2020-01-01", "", 0),
    **{
        f"words of nothing, {name}": token(f'{name} = ["", " ", "((("]')
        for name in ("unit_phrases", "unit", "total", "note", "group", "serials", "yuan", "before_yuan", "weekdays")
    },
    "a phrase of nothing but its unit": token('unit_phrases = ["{unit}", " {unit} "]'),
    "a workbook without its sheet": workbook("xl/worksheets/sheet1.xml", ""),
    "a workbook of endless styles": workbook("xl/styles.xml", f"<a>{' ' * (21 << 20)}</a>"),
    "a workbook of endless sheets": workbook("xl/workbook.xml", f"<a>{' ' * (21 << 20)}</a>"),
    "a cell beyond all columns": cells('<row r="9"><c r="ZZZZZZ9"><v>1</v></c></row>'),
    "a cell beyond all rows": cells('<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>'),
    "a cell in the last column": cells('<row r="9"><c r="XFD9"><v>1</v></c></row>', "离表很远的格没有读", 1),
    "a cell that never ends": cells(f'<row r="9"><c r="A9" t="inlineStr"><is><t>{"a" * (40 << 20)}'),
    "hidden columns again and again": workbook(
        "xl/worksheets/sheet1.xml",
        "{}</sheetData>" + '<col min="0" max="99999999999" hidden="1"/>' * 300 + "</worksheet>",
        "隐藏的列也读了：A、B、C 列",
        1,
    ),
    "a sheet that is no UTF-8": cells('<row r="9"><c r="A9" t="inlineStr"><is><t>\udcff</t></is></c></row>'),
    "a failed cell that says what no other does": cells(
        '<row r="9"><c r="A9" t="inlineStr"><is><t>丁</t></is></c><c r="C9" t="e"><v>#SPILL!</v></c></row>',
        "#SPILL!",
        1,
    ),
    "a failed cell that says nothing": cells(
        '<row r="9"><c r="A9" t="e"/><c r="C9" t="e"><v/></c></row>', "结果写到", 1
    ),
    "facts of a document that are no UTF-8": facts(b'{"title": "\xff"}'),
    "facts of a document with a bad name": facts(b'{"\xff": 1}'),
    "facts of a document nested": facts(f'{{"title": {DEEP}}}'.encode()),
    "facts of a document, cut off": facts(b'{"title": "a'),
    "headings of which none is quite a fact": table(
        "客户（全称）,从业人员（男）,营业收入（美元）\n甲,1,2\n", "没有一列是本工具认得的"
    ),
    "a row of far too many cells": table("名称,从业人员\n甲" + "," * 20_000 + "x\n", "第 2 行有 20,001 格，太多"),
    "a row of too many cells far down": table(
        "名称,从业人员\n" + "甲,5\n" * 30_000 + "乙" + "," * 900 + "x\n", "第 30002 行有 901 格，太多"
    ),
    "headings of far too many cells": table("名称,从业人员" + "," * 20_000 + "x\n甲,5\n", "第 1 行有 20,002 格"),
    "the same heading again and again": table("名称,从业人员" + ",备注" * 9_000 + "\n甲,5\n", "结果写到", status=0),
    "units again and again": table("单位：" * 100_000 + "\n名称,从业人员\n甲,5\n", "结果写到", status=0),
    "a unit said at length": table(
        "万元、" * 50_000 + "\n名称,营业收入\n甲,5\n", "万元…”，以 10,000 元为单位", status=0
    ),
    "a quotation mark in the middle, and more cells": table('名称,从业人员\n甲,1=1,"1+\n乙,,1\n', "第3列", status=1),
    "answers nested": answers(f"a = {DEEP}", "TOML 写法有误（套得太深"),
    "answers nested, JSON": answers(f'{{"a": {DEEP}}}', "看不懂|不是能用的 JSON|没有叫", "json"),
    "answers nested as much as JSON may be": answers(f'{{"employees": {"[" * 900}{"]" * 900}}}', "看不懂", "json"),
    "answers keyed": answers(f"{KEYS} = 1", "套得太深"),
    "answers of a table": answers("[employees]\na = 1", "看不懂"),
    "answers of many digits": answers(f"employees = {DIGITS}", "几千位的数"),
    "answers of many digits, JSON": answers(f'{{"employees": {DIGITS}}}', "不是能用的 JSON", "json"),
    "answers of many figures": answers(f"kind = {HEX}", "几千位的数"),
    "answers of some thousand digits": answers(f"revenue = {'9' * 4000}", "看不懂"),
    "answers of a large exponent": answers("revenue = 1e999999999", "看不懂"),
    "answers of a small exponent": answers("revenue = 1e-999999999", "看不懂"),
    "answers beyond all exponents": answers(f'{{"revenue": {EXPONENT}}}', "看不懂", "json"),
    "answers that are no UTF-8": answers(b'{"employees": "\xff"}', "不是 UTF-8", "json"),
    "answers of a day that is a list": answers(f"as_of = {'[' * 300}{']' * 300}", "不是日期"),
    "answers of the same name twice": answers('{"kind": 1, "kind": 2}', "写了不止一次", "json"),
    "answers too large": answers("#" * (1 << 20) + "\n", "太大"),
    "answers of many names": answers("\n".join(f"a{n} = 1" for n in range(30_000)), "有 30000 处看不懂"),
    "answers of many names, JSON": answers(
        "{" + ",".join(f'"a{n}":1' for n in range(30_000)) + "}", "有 30000 处看不懂", "json"
    ),
    "answers that never end": Fault("assess --no-input --answers /dev/zero", {}, 3, "太大"),
    "a catalogue that never ends": Fault("list --catalogue /dev/zero", {}, 3, "太大"),
    "a document that never ends": Fault("check --source /dev/zero", {}, 3, "太大"),
    "a day of slashes": answers(f'founded = "{"/" * 500_000}"', "看不懂"),
    "a day of the assessment": answers(f'as_of = "{"T" * 500_000}"', "不是日期"),
    "a day of weekdays": answers(f'founded = "{"（周一" * 100_000}"', "看不懂"),
    "choices of commas": answers(f'carrier = "{"商务楼宇," * 50_000}"', "看不懂"),
    "choices of commas alone": answers(f'carrier = "{"," * 1_600}"', "看不懂"),
    "a catalogue nested": catalogue(f"a = {DEEP}", "TOML 写法有误（套得太深"),
    "a catalogue keyed": catalogue(f"[{KEYS}]\nb = 1", "套得太深"),
    "a catalogue of many digits": catalogue(f"a = {DIGITS}", "几千位的数"),
    "a catalogue of many figures": catalogue(f"[[measures]]\nnumber = {HEX}", "几千位的数"),
    "a table of a mark alone": table(b"\xef\xbb\xbf", "是空的"),
    "a table of a mark of UTF-16 alone": table(b"\xff\xfe", "是空的"),
    **{
        f"a table in {encoding}": table("名称,从业人员\n甲,8\n", "没有叫", f"--encoding {encoding}", 2)
        for encoding in ("rot13", "base64", "zip", "punycode", "undefined", "idna", "utf-7", "cp500", "unicode_escape")
    },
    "a circle of links, read": Fault("assess --no-input --answers a.toml", {"a.toml": b"->"}, 3, "链接绕成了圈"),
    "a circle of links, a table": Fault("batch a.csv -o o.csv", {"a.csv": b"->"}, 3, "链接绕成了圈"),
    "a circle of links, a catalogue": Fault("list --catalogue a.toml", {"a.toml": b"->"}, 3, "链接绕成了圈"),
    "a circle of links, a document": Fault("check --source a.txt", {"a.txt": b"->"}, 3, "链接绕成了圈"),
    "a full disk, a workbook": Fault("contacts --xlsx /dev/full", {}, 3, "磁盘满了"),
    "a full disk, a table": Fault("contacts --csv /dev/full", {}, 3, "磁盘满了"),
    "an escape in a name of a fact": answers(
        f'"{OSC_52}" = 1'.replace("\x1b", "\\u001b").replace("\x07", "\\u0007"), "<U"
    ),
    "an escape in an answer": answers('employees = "\\u001b[2J\\u202e\\u009b"', "<U[+]001B>.*<U[+]202E><U[+]009B>"),
    "a line in an answer": answers('"a\\n措施目录没有问题" = 1', "a<U[+]000A>措施"),
    "an escape in a heading": table(f"{OSC_52},b\n1,2\n", "<U[+]001B>"),
    "an escape in a cell": table(f"名称,从业人员\n甲,{OSC_52}\n", "<U[+]001B>", status=1),
    "an escape on the command line": Fault(f"show {OSC_52}", {}, 2, "<U[+]001B>"),
    "an escape in an option": Fault(f"--{OSC_52}", {}, 2, "没有选项"),
    "an escape in a catalogue": catalogue("\x1b", "<U[+]001B>|TOML 写法有误"),
    "words that reach an attribute": words('[interview]\nas_of_today = "{today.__class__}"', "花括号里只能是"),
    "words of a width": words('[reason]\nat_most = "{bound:>1500000000}"', "花括号里只能是"),
    "words of another form": words('[reason]\nat_most = "{bound!r}"', "花括号里只能是"),
    "words of money": words('[value]\nmoney = "x"', "要写成"),
    "words of money for nothing": words('[value]\nmoney = "0 {amount}"', "要写成"),
    "words that must differ": words('[value]\nyes = "好"\nno = "好"', "不能一样"),
    "sheets that must differ": words('[template]\nsheet_clients = "a"\nsheet_facts = "A"', "不能一样"),
    "a sheet of no name": words('[template]\nsheet_clients = "a/b"', "工作表的名字"),
    "a sheet of a long name": words(f'[contacts]\ntitle = "{"长" * 40}"', "工作表的名字"),
    "words that act": words('[page]\nprint = "\\u001b]52;c;aGk=\\u0007"', "控制符"),
    "words of two directions": words('[page]\nprint = "\u202ea"', "控制符"),
    "words with a place in a width": words('[reason]\nat_most = "{bound:{bound}}"', "花括号里只能是"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_a_fault_gets_a_sentence(
    fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in fault.files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if content == b"->":
            path.symlink_to(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    status = run(fault.command.split())
    out, err = capsys.readouterr()
    assert status == fault.status, err
    assert re.search(fault.said, err, re.DOTALL), err
    assert not ACTS.search(out + err)
    assert not list(tmp_path.glob(".*.part"))


def test_what_nobody_foresaw_is_said_and_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("张三")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("dcrelief.cli.list_command.catalogue_of", broken)
    assert run(["list", "--catalogue=张三"]) == 70
    said = capsys.readouterr().err
    (report,) = tmp_path.glob("dcrelief-*.txt")
    kept = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in said
    assert str(report) in said
    assert "dcrelief list --catalogue\n" in kept
    assert "list_command.py" in kept
    assert "张三" not in kept + said
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert run(["list"]) == 70
    assert "list_command.py" in capsys.readouterr().err


def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with subprocess.Popen([sys.executable, "-c", ""]) as done:
        pass
    left = [Path(f".t.toml.{done.pid}.part"), Path(f".t.toml.{os.getppid()}.part"), Path(".t.toml.mine.part")]
    for path in left:
        path.touch()
    assert run(["template", "t.toml"]) == 0
    assert [path.exists() for path in left] == [False, True, True]


def test_a_stopped_pdf_ends_its_browser(tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(f"#!/bin/sh\nsleep 600 & echo $! > {tmp_path}/pid\nwait\n", encoding="utf-8")
    browser.chmod(0o755)
    command = [sys.executable, "-m", "dcrelief", "contacts", "--pdf", "a.pdf", "--chromium", str(browser)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as running:
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
    assert running.returncode == 130
    assert not _runs(int((tmp_path / "pid").read_text()))


def _runs(process: int) -> bool:
    """Whether it still runs: it may take a moment to go, and a container may keep its name."""
    for _ in range(100):
        stat = Path(f"/proc/{process}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] in "ZX":
            return False
        time.sleep(0.05)
    return True


def test_cells_and_headings_are_no_formulas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    odd = ["=1+1", "＝1+1", "＋1+1", "－1+1", "＠a", "@a", '"\n=1+1"']
    Path("in.csv").write_text(",".join(["从业人员", *odd]) + "\n" + ",".join(["x", *odd]) + "\n", encoding="utf-8")
    for out in ("out.csv", "out.xlsx"):
        assert run(["batch", "in.csv", "-o", out, "--rejects", "rejects.csv"]) == 1
    text = Path("out.csv").read_text(encoding="utf-8-sig")
    assert text.count("'＝1+1") == text.count("'＋1+1") == text.count("'－1+1") == 2
    assert text.count("'＠a") == text.count("'@a") == 2
    assert "'\n=1+1" in text
    cells = [cell for sheet in openpyxl.load_workbook("out.xlsx") for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert sum(cell.value == "=1+1" for cell in cells) >= 1


def test_a_test_that_opens_a_socket_fails() -> None:
    with socket.socket() as opened, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        opened.connect(("192.0.2.1", 80))
