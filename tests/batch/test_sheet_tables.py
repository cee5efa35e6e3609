"""Tables of workbooks: one sheet or all of them, numbers that lost digits, columns of numbers."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from dcrelief.batch.businesses import Knowledge
from dcrelief.batch.reading import open_table
from dcrelief.batch.table import Table
from dcrelief.cli import run
from dcrelief.errors import UnusableFileError
from tests.examples import shipped

HEAD = ["名称", "行业", "营业收入"]
Sheets = dict[str, Sequence[Sequence[object]]]


def saved(sheets: Sheets, path: Path | None = None) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
        if name == "旧":
            page.sheet_state = "hidden"
    book.save(stream)
    if path is not None:
        path.write_bytes(stream.getvalue())
    return stream.getvalue()


def table(sheets: Sheets, wanted: str | None = "*") -> Table:
    content = saved(sheets)
    return open_table("表", io.BytesIO(content), len(content), Knowledge.of(shipped()), None, wanted)


MONTHS: Sheets = {
    "说明": [["给顾问看的"]],
    "1月": [HEAD, ["甲", "餐饮", "90万"], ["乙", "零售", 900]],
    "2月": [["客户表"], HEAD, ["甲", "软件", "80万"]],
    "旧": [HEAD, ["丙", "餐饮", 1]],
}


def test_all_sheets_come_one_below_the_other() -> None:
    opened = table(MONTHS)
    assert opened.headings == ("工作表", *HEAD)
    batches = list(opened.batches())
    assert [(batch.sheet, batch.done) for batch in batches] == [("1月", 2), ("2月", 3)]
    assert [row for batch in batches for row in batch.cells.rows()] == [
        (2, "1月", "甲", "餐饮", "90万"),
        (3, "1月", "乙", "零售", "900"),
        (3, "2月", "甲", "软件", "80万"),
    ]
    assert (opened.size, opened.how()) == (3, "XLSX，工作表“1月、2月”")
    assert opened.notes[0] == "没有读的工作表：旧（隐藏）、说明。"


def test_a_heading_of_its_own_for_the_sheets() -> None:
    assert table({"a": [["工作表", *HEAD], ["x", "甲"]]}).headings == ("工作表（工作簿）", "工作表", *HEAD)


@pytest.mark.parametrize("last", [["资产总额"], ["营业收入（万元）"], []])
def test_sheets_with_other_headings_are_refused(last: list[str]) -> None:
    with pytest.raises(UnusableFileError, match="工作表“a”和“b”的表头不一样：营业收入"):
        table({"a": [HEAD, ["甲"]], "b": [[*HEAD[:2], *last], ["乙"]]})


def test_sheets_with_other_units_are_refused() -> None:
    with pytest.raises(UnusableFileError, match="工作表“a”和“b”的单位不一样"):
        table({"a": [HEAD, ["甲"]], "b": [["单位：万元"], HEAD, ["乙"]]})
    people = ["名称", "从业人员", "营业收入"]
    with pytest.raises(UnusableFileError, match="的单位不一样：从业人员"):
        table({"a": [people, ["", "人", "万元"], ["甲", 1, 1]], "b": [people, ["", "千人", "万元"], ["乙", 2, 1]]})


def test_yuan_is_what_amounts_are_in_where_nothing_is_said() -> None:
    assert table({"a": [HEAD, ["甲"]], "b": [["单位：元"], HEAD, ["乙"]]}).headings == ("工作表", *HEAD)


def test_a_sheet_that_explains_is_passed_over() -> None:
    """It names one fact a row."""
    explained = [["列", "怎么填"], ["名称", "文字"], ["行业", "选"], ["营业收入", "金额"]]
    opened = table({"客户": [HEAD, ["甲"]], "填法": explained})
    assert (opened.how(), opened.notes[0]) == ("XLSX，工作表“客户”", "没有读的工作表：填法。")


def test_sheets_whose_reports_would_be_called_alike_are_refused() -> None:
    with pytest.raises(UnusableFileError, match="“a#b”和“a%b”的名字太像"):
        table({"a#b": [HEAD, ["甲"]], "a%b": [HEAD, ["甲"]]})


def test_titles_of_all_sheets_are_known() -> None:
    opened = table({"一": [["一月名单"], HEAD, ["甲"]], "二": [["二月名单（金额取万元数）"], HEAD, ["乙"]]})
    assert opened.top.titles == {"一月名单", "二月名单（金额取万元数）"}


def test_sheets_may_have_their_columns_in_another_order() -> None:
    batches = list(table({"a": [HEAD, ["甲", "餐饮", 1]], "b": [HEAD[::-1], [2, "零售", "乙"]]}).batches())
    assert [batch.cells["名称"].item() for batch in batches] == ["甲", "乙"]


def test_a_workbook_without_facts_is_refused() -> None:
    with pytest.raises(UnusableFileError, match="没有一列是本工具认得的"):
        table({"a": [["x"]], "b": [["y"]]})


def test_the_sheet_that_names_most_is_read_and_the_others_are_told() -> None:
    opened = table(MONTHS, None)
    assert opened.how() == "XLSX，工作表“1月”"
    assert opened.notes[0] == "另有工作表：说明、2月、旧（隐藏），没有读；要读用 --sheet 名字，全读用 --sheet '*'。"
    assert table({"a": [["名称"], ["甲"]], "b": [HEAD]}, None).how() == "XLSX，工作表“b”"


def with_format(code: str) -> Table:
    """A table whose amount shows in that number format."""
    stream, book = io.BytesIO(), openpyxl.Workbook()
    assert book.active is not None
    for row in (HEAD, ["甲", "餐饮", 3000000]):
        book.active.append(row)
    book.active["C2"].number_format = code
    book.save(stream)
    return open_table("表", io.BytesIO(stream.getvalue()), 1, Knowledge.of(shipped()))


@pytest.mark.parametrize(
    "code", ["[$$-409]#,##0.00", '#,##0 "JPY"', '0"万美元"', "$#,##0", "[$€-407]0", "[$$-409]0000000"]
)
def test_amounts_that_show_in_another_currency_are_refused(code: str) -> None:
    with pytest.raises(UnusableFileError, match="看不出每一格的单位"):
        with_format(code)


@pytest.mark.parametrize("code", ['0"千人"', '0.0"万人"'])
def test_people_that_show_in_thousands_are_refused(code: str) -> None:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    assert book.active is not None
    for row in (["名称", "从业人员"], ["甲", 8]):
        book.active.append(row)
    book.active["B2"].number_format = code
    book.save(stream)
    with pytest.raises(UnusableFileError, match="看不出每一格的单位"):
        open_table("表", io.BytesIO(stream.getvalue()), 1, Knowledge.of(shipped()))


@pytest.mark.parametrize("code", ["[$¥-804]#,##0.00", '"¥"#,##0', "[$-804]0"])
def test_amounts_that_show_in_yuan_are_read(code: str) -> None:
    assert with_format(code).top.units == {}


COPIED = ["名称", "编号", "电话", "级别", "合同额", "保证金", "用时", "从业人员", "营业收入", "比"]
FORMATS = [
    "",
    '"DC-"0000',
    "000-0000-0000",
    '+0;-0;"无"',
    '#,##0"美元"',
    '"¥"#,##0.00',
    "[h]:mm",
    '0"人"',
    "#,##0",
    "# ?/?",
]


def test_copied_numbers_come_as_they_show_and_amounts_as_numbers() -> None:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    assert book.active is not None
    for row in (
        COPIED,
        ["甲", 12, 13812345678, 5, 1234, 900.5, 1.5, 8, 92429067.79, 0.5],
        ["乙", None, 13812345679, 0, None, None, 0.3, 9, 3000000, 0.25],
    ):
        book.active.append(row)
    for place in (2, 3):
        for column, code in enumerate(FORMATS, 1):
            if code:
                book.active.cell(place, column).number_format = code
    book.active.merge_cells("B2:B3")
    book.save(stream)
    opened = open_table("表", io.BytesIO(stream.getvalue()), 1, Knowledge.of(shipped()))
    (batch,) = opened.batches()
    assert batch.cells.rows() == [
        (2, "甲", "DC-0012", "138-1234-5678", "+5", "1,234美元", "900.5", "36:00", "8", "92429067.79", "0.5"),
        (3, "乙", "DC-0012", "138-1234-5679", "无", None, None, "7:12", "9", "3000000", "0.25"),
    ]
    assert opened.notes[-1] == "“比”有的格用格式“# ?/?”，照抄的是格里的数，和 Excel 里显示的不一样。"
    assert [note for note in opened.notes if "格式" in note] == [opened.notes[-1]]
    assert opened.numbers() == {"保证金", "从业人员", "营业收入"}


@pytest.mark.parametrize(("hidden", "listed"), [(5, "4、5、6、7、8"), (6, "4、5、6、7、8 等 6 个")])
def test_what_is_said_of_merged_cells_and_hidden_rows(hidden: int, listed: str) -> None:
    """Of the title above, nothing."""
    stream, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["客户表"], [], HEAD, *([f"店{place}", "餐饮", 1] for place in range(8))):
        sheet.append(row)
    sheet.merge_cells("A1:C2")
    for number in range(1, 4 + hidden):
        sheet.row_dimensions[number].hidden = number != 3
    sheet.row_dimensions[60].hidden = True  # nothing stands there
    book.save(stream)
    opened = open_table("表", io.BytesIO(stream.getvalue()), 1, Knowledge.of(shipped()))
    assert opened.notes == (f"隐藏的行也读了：第 {listed} 行。",)


def read_csv(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(path).read_text("utf-8-sig"))))


def test_all_sheets_in_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    months: Sheets = {**MONTHS, "2月": [*MONTHS["2月"], ["乙", "什么", ""], ["甲", "零售", ""]]}
    saved(months, tmp_path / "in.xlsx")
    command = ["batch", "in.xlsx", "--sheet", "*", "--as-of", "2020-02-20"]
    assert run([*command, "-o", "a.csv", "--rejects", "bad.csv", "--reports", "各户"]) == 1
    rows = read_csv("a.csv")
    assert [(row["工作表"], row["名称"]) for row in rows] == [
        ("1月", "甲"),
        ("1月", "乙"),
        *[("2月", n) for n in "甲乙甲"],
    ]
    bad = [(row["行"], row["列"], row["填的内容"]) for row in read_csv("bad.csv")]
    assert bad == [("3", "1月!营业收入", "900"), ("4", "2月!行业", "什么")]
    pages = {path.name for path in Path("各户").iterdir()}
    assert {"00002-1月-甲.html", "00003-1月-乙.html", "00003-2月-甲.html", "00004-2月-乙.html"} < pages
    assert run([*command, "-o", "a.xlsx", "--reports", "各户"]) == 1
    run([*command, "-o", "a.jsonl"])
    lines = [json.loads(line) for line in Path("a.jsonl").read_text("utf-8").splitlines()]
    assert [(line["sheet"], line["row"]) for line in lines] == [
        ("1月", 2),
        ("1月", 3),
        ("2月", 3),
        ("2月", 4),
        ("2月", 5),
    ]
    clients = openpyxl.load_workbook("a.xlsx")["客户"]
    head = next(row for row in range(1, 20) if clients.cell(row, 1).value == "行")
    assert [cell.value for cell in clients[head]][-1] == "工作表"
    links = [row[1].hyperlink.target for row in clients.iter_rows(min_row=head + 1)]
    assert {Path(link).name for link in links} < pages


def test_the_same_client_in_two_sheets_is_no_slip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    saved({**MONTHS, "2月": [HEAD, ["甲", "餐饮"], ["乙", "餐饮"], ["甲", "餐饮"]]}, tmp_path / "in.xlsx")
    run(["batch", "in.xlsx", "--sheet", "*", "--as-of", "2020-02-20", "-o", "a.csv"])
    assert "有 1 行的名称前面已经有过，请核对：第4行（甲，第2行已有）" in capsys.readouterr().err


def test_numbers_stay_numbers_in_a_workbook_and_what_lost_digits_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows: list[list[object]] = [
        ["编号", "名称", "行业", "营业收入", "电话", "占比", "备注"],
        [911101017934123456, "甲", "餐饮", 900000, 13800000000, 0.5, 1],
        [12, "乙", "零售", 800000.5, 13900000000, 0.25, "x"],
    ]
    saved({"a": rows}, tmp_path / "in.xlsx")
    book = openpyxl.load_workbook("in.xlsx")
    for row in (2, 3):
        book["a"].cell(row, 6).number_format = "0%"
    book.save("in.xlsx")
    assert run(["batch", "in.xlsx", "-o", "a.xlsx", "--rejects", "bad.csv", "--as-of", "2020-02-20"]) == 1
    (bad,) = read_csv("bad.csv")
    assert (bad["行"], bad["名称"], bad["列"]) == ("2", "甲", "编号")
    assert "后面几位已经丢了" in bad["应填"]
    page = openpyxl.load_workbook("a.xlsx")["全部"]
    cells = {cell.value: page.cell(3, cell.column).value for cell in page[2]}
    assert (cells["营业收入"], cells["电话"], cells["占比"], cells["备注"]) == (900000, 13800000000, "50%", "1")
    assert isinstance(cells["编号"], str)


def test_what_stands_in_rows_that_are_no_client_leaves_numbers_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows: list[list[object]] = [
        ["名称", "行业", "电话", "积分", "备注", "空", "日期", "是否"],
        ["甲", "餐饮", 13800000000, 1.5, 1, None, datetime(2018, 5, 1), True],  # noqa: DTZ001
        ["小计", None, "共1户", "1.5分", "2", "无"],
        ["名称", "行业"],
        ["名称", "行业", "电话", "积分", "备注", "空", "日期", "是否"],
        ["乙", "零售", 13900000000, 2, "3", None, None, False],
        ["注：略", None, "略", "略", "略"],
    ]
    opened = table({"a": rows}, None)
    assert opened.numbers() == {"电话", "积分", "空", "日期"}
    assert table({"a": rows, "b": [rows[0], *rows[5:]]}).numbers() == {"电话", "积分", "空", "日期"}
    saved({"a": rows}, tmp_path / "in.xlsx")
    assert run(["batch", "in.xlsx", "-o", "a.xlsx", "--as-of", "2020-02-20"]) == 1
    page = openpyxl.load_workbook("a.xlsx")["全部"]
    cells = {cell.value: [page.cell(row, cell.column).value for row in (3, 4)] for cell in page[2]}
    assert (cells["电话"], cells["积分"]) == ([13800000000, 13900000000], [1.5, 2])
    assert (cells["备注"], cells["日期"]) == (["1", "3"], ["2018-05-01", None])


@pytest.mark.parametrize(
    ("written", "named"),
    [("9.11E+17", True), ("-1.2E+12", True), ("9e+11", True), ("1.5E+3", False), ("E+17", False), ("9.11E17店", False)],
)
def test_a_shortened_number_in_a_csv_is_named(written: str, named: bool) -> None:
    content = f"编号,名称,营业收入,备注\n1,甲,90万,{written}\n{written},乙,90万,\n".encode()
    (batch,) = open_table("表", io.BytesIO(content), len(content), Knowledge.of(shipped())).batches()
    expected = [(1, "编号", written), (0, "备注", written)] if named else []
    assert batch.shortened.rows() == expected
