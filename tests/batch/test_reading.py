"""Tables in: headings found, rows numbered as a spreadsheet does, odd cells kept or named, rubbish refused.

batch/headings.py and batch/table.py are tested through it.
"""

import io
import re
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from msgspec.structs import replace

from dcrelief.batch import reading
from dcrelief.batch.businesses import ROW, Knowledge, NoBusiness
from dcrelief.batch.headings import named_facts
from dcrelief.batch.reading import open_table
from dcrelief.batch.table import Surplus, Table
from dcrelief.errors import UnusableFileError, UsageError
from tests.examples import shipped

KNOWLEDGE = Knowledge.of(shipped())


def table(content: str | bytes) -> Table:
    raw = content.encode() if isinstance(content, str) else content
    return open_table("表", io.BytesIO(raw), len(raw), KNOWLEDGE)


def rows(content: str | bytes) -> list[tuple[object, ...]]:
    """Every row: its number, then its cells."""
    opened = table(content)
    return [row for batch in opened.batches() for row in batch.cells.select(ROW, *opened.headings).rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_separates_cells_is_found(separator: str) -> None:
    content = separator.join(("名称", "员工数", "x")) + "\n" + separator.join(("客户", "12", "")) + "\n"
    assert rows(content) == [(2, "客户", "12", None)]


def test_spaces_are_nothing_however_many_cells_have_them() -> None:
    assert rows("名称,员工数,行业,备注\n , ,\u3000,\n客户,1,,\n , , , \n") == [(3, "客户", "1", None, None)]


def test_a_title_may_stand_above_the_headings() -> None:
    opened = table("2020年客户清单,,\n\n名称,员工数,备注\n客户,12,好\n")
    assert (opened.headings, opened.top.rows) == (("名称", "员工数", "备注"), (3,))
    assert rows("2020年客户清单,,\n\n名称,员工数,备注\n客户,12,好\n") == [(4, "客户", "12", "好")]


def test_blank_rows_are_left_out_and_counted() -> None:
    assert rows("名称,员工数\n,\n  ,\u3000\n客户,12\n\n又一家,3") == [(4, "客户", "12"), (6, "又一家", "3")]


def test_a_row_that_adds_up_the_others_is_nobody_and_named() -> None:
    opened = table("序号,名称,员工数\n1,客户,3\n合 计：,,3\n2,合计软件公司,4\n3,又一家,合计\n,Grand Total,7\n")
    (batch,) = opened.batches()
    assert batch.cells[ROW].to_list() == [2, 4, 5]
    assert batch.set_aside == [NoBusiness(3, "序号", "合 计：", "total"), NoBusiness(6, "名称", "Grand Total", "total")]


def test_without_words_for_totals_every_row_is_somebody() -> None:
    raw = "名称,员工数\n合计,3\n".encode()
    for words in ((), ("",)):
        tokens = replace(shipped().tokens, total=words, part=words, note=words, unit=words)
        (batch,) = open_table("表", io.BytesIO(raw), len(raw), replace(KNOWLEDGE, tokens=tokens)).batches()
        assert (batch.cells[ROW].to_list(), batch.set_aside) == ([2], [])


def test_short_rows_end_in_empty_cells_and_surplus_cells_are_named() -> None:
    opened = table("名称,员工数,,\n客户\n又一家,3,,多\n再一家,4,,,更多\n")
    (batch,) = opened.batches()
    assert batch.cells.rows() == [(2, "客户", None), (3, "又一家", "3"), (4, "再一家", "4")]
    assert batch.surplus == [Surplus(3, 4, "多"), Surplus(4, 5, "更多")]


def test_a_blank_heading_between_others_is_called_by_its_column() -> None:
    assert table("名称,,员工数\n客户,x,1\n").headings == ("名称", "（第2列）", "员工数")


def test_cells_of_several_lines_and_quotation_marks_in_them() -> None:
    assert rows('名称,备注\n客户,"两\n行"\n"又一""家",好\n末,x\n') == [
        (2, "客户", "两\n行"),
        (3, '又一"家', "好"),
        (4, "末", "x"),
    ]


def test_quotation_marks_where_they_do_not_belong_are_taken_as_excel_does() -> None:
    assert rows('名称,备注\n5"管厂,好\n客户,"a"b\n末,x,y\n') == [(2, '5"管厂', "好"), (3, "客户", "ab"), (4, "末", "x")]


def test_a_missing_quotation_mark_is_refused_with_its_row() -> None:
    many = "\n".join(f"客户{n},{n},好,是" for n in range(40))
    with pytest.raises(UnusableFileError, match=r"第 2 行“名称”一格里有 42 行.*并进了这一格"):
        rows(f'名称,员工数,备注,在东城区\n"甲,1,好,是\n{many}\n')


@pytest.mark.parametrize("second", ["乙", '"乙"'])
def test_a_missing_quotation_mark_in_a_short_table(second: str) -> None:
    with pytest.raises(UnusableFileError, match="第 2 行“名称”一格里有"):
        rows(f'编号,名称,行业,从业人员\n1,"甲,餐饮业,5\n2,{second},零售业,6\n3,丙,零售业,7\n')


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_missing_quotation_mark_in_the_last_row(end: str) -> None:
    with pytest.raises(UnusableFileError, match="第 2 行“名称”一格里有 2 行"):
        rows(f'名称,备注\n"甲,1\n乙,2"{end}')


def test_a_cell_of_several_lines_with_many_signs_in_it_is_no_rows() -> None:
    note = "tel: '1 2 3'\nfax: '4 5 6'"
    assert rows(f'名称,备注,行业\n客户,"{note}",零售业\n') == [(2, "客户", note, "零售业")]


def test_surplus_cells_far_down_are_all_named() -> None:
    opened = table("名称,员工数\n" + "客户,1\n" * 60 + "末,2,甲,乙,丙\n")
    (batch,) = opened.batches()
    assert batch.surplus == [Surplus(62, 3, "甲"), Surplus(62, 4, "乙"), Surplus(62, 5, "丙")]


@pytest.mark.parametrize("empty", range(5))
def test_a_surplus_cell_behind_empty_ones_is_named(empty: int) -> None:
    """It was lost in silence where the first cell beyond the headings was empty."""
    opened = table("名称,员工数\n" + "客户,3\n" * 60 + f"客户,3,{',' * empty}甲\n")
    (batch,) = opened.batches()
    assert batch.surplus == [Surplus(62, 3 + empty, "甲")]


def test_how_far_it_has_been_read_comes_to_its_size() -> None:
    opened = table("名称,员工数\n客户,3\n")
    assert [batch.done for batch in opened.batches()] == [opened.size]


def test_headings_alone_are_a_table_of_no_rows() -> None:
    (batch,) = table("名称,员工数\n").batches()
    assert batch.cells.is_empty()


def test_headings_that_are_twice_the_same_are_refused_with_their_columns() -> None:
    with pytest.raises(UnusableFileError, match="“行业”在第 2、4 列"):
        table("名称,行业,员工数,行业\n")
    assert table("名称,备注,员工数,备注,备注\n").headings == ("名称", "备注", "员工数", "备注（2）", "备注（3）")


def test_a_table_without_a_heading_that_is_known_is_refused() -> None:
    with pytest.raises(UnusableFileError, match="第 1 行是：甲、乙"):
        table("甲,乙\n1,2\n")


def workbook(path: Path, *sheet: list[object]) -> bytes:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("客户")
    for row, cells in enumerate(sheet):
        page.write_row(row, 0, cells)
    book.close()
    return path.read_bytes()


def test_a_workbook(tmp_path: Path) -> None:
    content = workbook(
        tmp_path / "a.xlsx",
        ["清单"],
        ["名称", "员工数", "营业收入"],
        ["客户", 12, 1200000.5],
        [],
        ["乙", "3人", 0.1 + 0.2],
    )
    opened = table(content)
    assert opened.how() == "XLSX，工作表“客户”"
    assert rows(content) == [(3, "客户", "12", "1200000.5"), (5, "乙", "3人", "0.3")]


def test_days_truths_and_errors_of_a_workbook(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet("客户")
    page.write_row(0, 0, ["名称", "成立日期", "在东城区", "营业收入"])
    page.write_string(1, 0, "客户")
    page.write_datetime(1, 1, datetime(2018, 5, 1), book.add_format({"num_format": "yyyy年m月d日"}))  # noqa: DTZ001
    page.write_boolean(1, 2, boolean=True)
    page.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    page.write_formula(40, 27, "=1/0", None, "#DIV/0!")
    page.write_formula(2, 3, "=100000*3", None, "")
    book.close()
    (batch,) = table((tmp_path / "a.xlsx").read_bytes()).batches()
    first, second = batch.cells.rows()
    assert batch.set_aside == [NoBusiness(41, "（第28列）", "#DIV/0!", "group")]
    assert first == (2, "客户", "2018-05-01", "true", "#DIV/0!")
    assert second == (3, None, None, None, "=100000*3")


def test_a_table_that_begins_further_down_and_to_the_right(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_row(3, 2, ["名称", "营业收入"])
    page.write_string(4, 2, "客户")
    page.write_formula(4, 3, "=1/0", None, "#DIV/0!")
    book.close()
    opened = table((tmp_path / "a.xlsx").read_bytes())
    assert (opened.headings[2:], opened.top.rows) == (("名称", "营业收入"), (4,))
    (batch,) = opened.batches()
    assert batch.cells.rows() == [(5, None, None, "客户", "#DIV/0!")]


def test_a_workbook_of_headings_alone(tmp_path: Path) -> None:
    (batch,) = table(workbook(tmp_path / "a.xlsx", ["名称", "员工数"])).batches()
    assert batch.cells.is_empty()


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="的工作表“客户”是空的"):
        table(workbook(tmp_path / "a.xlsx"))


def test_a_broken_workbook_is_refused() -> None:
    with pytest.raises(UnusableFileError, match="打不开"):
        table(b"PK\x03\x04 not a workbook")


def test_rows_are_numbered_on_from_block_to_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dcrelief.batch.decode.BLOCK", 64)
    content = "名称,员工数\n" + "客户,1\n" * 30_000
    numbers = pl.concat([batch.cells[ROW] for batch in table(content).batches()])
    assert numbers.to_list() == list(range(2, 30_002))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b"a\nb\n", 2),
        (b"a\nb", 2),
        (b"a\r\nb\r\n", 2),
        (b"a\rb\rc", 3),
        (b"a\rb\r", 2),
        (b"a\r\nb\rc\nd", 4),
        (b"a\rb\r\nc\rd\r", 4),
    ],
)
def test_lines_are_counted_however_they_end(text: bytes, lines: int) -> None:
    assert reading._lines(text) == lines


def test_amounts_with_commas_in_a_table_with_semicolons() -> None:
    content = "名称;营业收入;资产总额\n甲;1,200,000;3,400,000\n乙;5,600,000;7,800,000\n"
    assert rows(content)[0] == (2, "甲", "1,200,000", "3,400,000")


def test_a_last_line_without_an_end_is_read_with_the_others() -> None:
    (batch,) = table("名称,员工数\n甲,1\n乙,2").batches()
    assert batch.cells["名称"].to_list() == ["甲", "乙"]


def test_headings_may_be_as_long_as_they_are() -> None:
    long = "备注" * 40_000
    assert table(f"名称,{long},员工数\n甲,x,1\n").headings == ("名称", long, "员工数")


def test_a_file_with_a_password_is_called_so() -> None:
    content = b"\xd0\xcf\x11\xe0" + bytes(70_000) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnusableFileError, match="有密码"):
        table(content)


def sheets(path: Path, **pages: list[list[object]]) -> bytes:
    book = xlsxwriter.Workbook(str(path))
    for title, page in pages.items():
        sheet = book.add_worksheet(title)
        for row, cells in enumerate(page):
            sheet.write_row(row, 0, cells)
        if title.startswith("旧"):
            sheet.hide()
    book.close()
    return path.read_bytes()


def test_the_sheet_is_the_first_that_one_sees_and_that_names_facts(tmp_path: Path) -> None:
    clients: list[list[object]] = [["名称", "员工数"], ["甲", 8]]
    content = sheets(tmp_path / "a.xlsx", 封面=[["客户台账"]], 旧=clients, 客户=clients, 乙街道=[["名称"], ["乙"]])
    opened = table(content)
    assert opened.how() == "XLSX，工作表“客户”"
    assert opened.notes == ("另有工作表：封面、旧（隐藏）、乙街道，没有读；要读用 --sheet 名字，全读用 --sheet '*'。",)


@pytest.mark.parametrize("wanted", ["乙街道", " 乙街道 ", "2"])
def test_a_sheet_can_be_wanted(tmp_path: Path, wanted: str) -> None:
    content = sheets(tmp_path / "a.xlsx", 客户=[["名称"], ["甲"]], 乙街道=[["名称"], ["乙"]])
    (batch,) = open_table("表", io.BytesIO(content), 0, KNOWLEDGE, sheet=wanted).batches()
    assert batch.cells["名称"].to_list() == ["乙"]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    content = sheets(tmp_path / "a.xlsx", 客户=[["名称"], ["甲"]])
    with pytest.raises(UsageError) as refused:
        open_table("表", io.BytesIO(content), 0, KNOWLEDGE, sheet="丙")
    assert (refused.value.message, refused.value.hint) == ("表 没有工作表“丙”。", "有：客户。")
    with pytest.raises(UsageError, match="不是工作簿"):
        open_table("表", io.BytesIO(b"x"), 0, KNOWLEDGE, sheet="丙")


def test_what_is_odd_about_a_sheet_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["名称", "行业"], ["甲", "餐饮"], ["乙"], ["丙", "零售"]):
        page.append(row)
    page.merge_cells("B2:B3")
    page.row_dimensions[4].hidden = True
    page.column_dimensions["B"].hidden = True
    page["XFD1048576"] = " "
    book.save(path)
    opened = table(path.read_bytes())
    assert opened.notes == (
        "合并的单元格，每一行都算有它的内容：B2:B3。",
        "隐藏的行也读了：第 4 行。",
        "隐藏的列也读了：B 列。",
        "离表很远的格没有读，请看看是什么：XFD1048576。",
    )
    (batch,) = opened.batches()
    assert batch.cells["行业"].to_list() == ["餐饮", "餐饮", "零售"]


@pytest.mark.parametrize(
    ("code", "yuan"),
    [
        ('0"万元"', 10_000),
        ('#,##0.00"千元"', 1_000),
        ("0万元", 10_000),
        ('#,##0.00"（万元）"', 10_000),
        ('0"元"', 1),
        ('0!.0,"万元"', 1),
        ('0\\.0,"万元"', 1),
        ('#,##0,"千元"', 1),
        ('0"人"', None),
        ("0.00", None),
        ("yyyy年m月d日", None),
    ],
)
def test_a_unit_that_the_format_of_the_cells_shows(tmp_path: Path, code: str, yuan: int | None) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_row(0, 0, ["名称", "营业收入", "从业人员"])
    page.write_row(1, 0, ["甲", None, 8])
    page.write_number(1, 1, 90, book.add_format({"num_format": code}))
    page.write_string(0, 3, "备注", book.add_format({"num_format": code}))
    book.close()
    opened = table((tmp_path / "a.xlsx").read_bytes())
    facts = named_facts(shipped(), opened.headings, opened.top.units)
    assert facts["营业收入"].yuan == (yuan or 1)
    assert [unit.place() for unit in opened.top.units.get("营业收入", ())] == ([f"单元格格式“{code}”"] if yuan else [])


@pytest.mark.parametrize(
    ("heading", "codes", "said"),
    [
        ("营业收入（元）", ['0"万元"'], '“营业收入（元）”的单位说法不一：表头“营业收入（元）”；单元格格式“0"万元"”'),
        ("营业收入（万元）", ['0!.0,"万元"'], "的单位说法不一"),
        ("营业收入", ['0"万元"', '0"千元"'], "的单位说法不一"),
        ("营业收入", ['0,"万元"'], "看不出每一格的单位"),
        ("营业收入", ['0"万元"', "0"], "看不出每一格的单位"),
        ("营业收入", ['"约"0"万元"'], "看不出每一格的单位"),
    ],
)
def test_formats_that_do_not_agree_are_refused(tmp_path: Path, heading: str, codes: list[str], said: str) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_row(0, 0, ["名称", heading])
    for row, code in enumerate(codes, 1):
        page.write_string(row, 0, "甲")
        page.write_number(row, 1, 90, book.add_format({"num_format": code}))
    book.close()
    content = (tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(UnusableFileError, match=re.escape(said)):
        understood(content)


def understood(content: bytes) -> None:
    opened = table(content)
    named_facts(shipped(), opened.headings, opened.top.units)


def test_open_documents_are_refused_as_such() -> None:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", "<office/>")
    content = stream.getvalue()
    with pytest.raises(UnusableFileError, match=r"是 OpenDocument 的表（\.ods），读不了"):
        open_table("表", io.BytesIO(content), len(content), KNOWLEDGE)
