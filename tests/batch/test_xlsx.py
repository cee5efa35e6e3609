"""Sheets as text, as Excel shows them: where they begin, failed formulas, merged cells, hidden rows, far cells.

batch/sheet_look.py and batch/sheet_load.py are tested through it.
"""

import io
import re
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from dcrelief.batch import sheet_look, xlsx
from dcrelief.batch.sheet_look import column_of, letters_of
from dcrelief.batch.xlsx import SheetCells, Workbook, is_encrypted
from dcrelief.errors import UnusableFileError


def workbook(cells: dict[str, Any]) -> bytes:
    """A workbook whose first sheet has these cells; a formula has no value, as if nobody had worked it out."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.title = "客户"
    for place, value in cells.items():
        book.active[place] = value
    book.create_sheet("另一张")["A1"] = "#REF!"
    book.save(stream)
    return stream.getvalue()


def rewritten(content: bytes, pattern: bytes, by: bytes) -> bytes:
    """The workbook with something in its first sheet written otherwise."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, re.sub(pattern, by, text) if name.endswith("sheet1.xml") else text)
    return stream.getvalue()


CELL = rb'<c r="A2"[^>]*>.*?</c>'


def read(content: bytes) -> SheetCells:
    book = Workbook("表", content)
    return book.cells(book.sheets[0])


def rows(content: bytes) -> list[tuple[Any, ...]]:
    return read(content).frame.rows()


def test_cells_are_text_from_column_a_on() -> None:
    book = Workbook("表", workbook({"C2": "名称", "D2": "人数", "C3": "甲", "D3": 8}))
    assert [(sheet.name, sheet.is_seen) for sheet in book.sheets] == [("客户", True), ("另一张", True)]
    assert book.cells(book.sheets[0]).frame.rows()[-2:] == [(None, None, "名称", "人数"), (None, None, "甲", "8")]


def test_a_formula_that_nobody_worked_out_is_named() -> None:
    assert rows(workbook({"A1": "名称", "A2": "=B7", "B2": "x"}))[-1] == ("=B7", "x")


def test_a_formula_that_failed_has_its_error() -> None:
    failed = rewritten(
        workbook({"A1": "名称", "A2": "=1/0"}),
        rb'<c r="A2"[^>]*>.*?</c>',
        b'<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    )
    assert rows(failed)[-1] == ("#DIV/0!",)


def test_one_that_has_a_value_did_not_fail() -> None:
    worked = rewritten(
        workbook({"A1": "名称", "A2": "=1+1"}), rb'<c r="A2"[^>]*>.*?</c>', b'<c r="A2"><f>1+1</f><v>2</v></c>'
    )
    assert rows(worked)[-1] == ("2",)


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a workbook", workbook({"A1": "x"})[:400]])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableFileError, match="打不开"):
        Workbook("表", content)


ERRORS = ["#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"]


@pytest.mark.parametrize("prefix", [b"", b"x:"], ids=["plain", "with a prefix"])
def test_every_error_is_named_in_its_own_place(prefix: bytes) -> None:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    assert book.active is not None
    for place, error in enumerate(ERRORS, 1):
        cell = book.active.cell(place + 2, place + 27, error)
        cell.data_type = "e"
    book.active.cell(1, 2).fill = PatternFill("solid", fgColor="FFEEEEEE")  # coloured, but empty
    book.save(stream)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = stream.getvalue()
    if prefix:
        content = rewritten(content, rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix)
        content = rewritten(content, b'xmlns="' + main, b'xmlns:x="' + main)
    cells = rows(content)
    assert [cells[place + 1][place + 26] for place in range(1, len(ERRORS) + 1)] == ERRORS
    assert sum(cell is not None for row in cells for cell in row) == len(ERRORS)


@pytest.mark.parametrize("error", ["#SPILL!", "#ERROR!", "Err:502", "#n/a", "甲"])
def test_an_error_that_only_some_programs_have_is_a_text(error: str) -> None:
    content = workbook({"A1": "名称", "A2": "x", "B2": "y"})
    content = rewritten(content, rb'<c r="B2"[^>]*>.*?</c>', b'<c r="B2" t="e"><v>#REF!</v></c>')
    content = rewritten(content, rb'<c r="A2"[^>]*>.*?</c>', f'<c r="A2" t="e"><v>{error}</v></c>'.encode())
    assert rows(content)[-1] == (error, "#REF!")


def test_a_number_that_is_a_day_before_all_days(capfd: pytest.CaptureFixture[str]) -> None:
    content = workbook({"A1": datetime(2018, 5, 1)})  # noqa: DTZ001
    content = rewritten(content, b"<v>[^<]*</v>", b"<v>-1e12</v>")
    with pytest.raises(UnusableFileError, match="打不开"):
        read(content)
    assert capfd.readouterr().err == ""  # the library has its own opinion


@pytest.mark.parametrize(
    "endless",
    [b"<mergeCell ", b'<c r="B2" ', b"<c ", b"<row ", b'<row r="2">', b"<f ", b'<col hidden="1" ', b'<c r="A9" t="e" '],
)
@pytest.mark.parametrize("far", [b"", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'])
def test_what_is_begun_again_and_again_takes_no_time(endless: bytes, far: bytes) -> None:
    content = rewritten(workbook({"A1": "名称"}), b"</sheetData>", far + endless * 30_000)
    with pytest.raises(UnusableFileError):
        read(content)


def test_dates_come_without_the_time_that_nobody_wrote() -> None:
    assert rows(workbook({"A1": datetime(2018, 5, 1), "B1": datetime(2018, 5, 1, 8, 30)})) == [  # noqa: DTZ001
        ("2018-05-01", "2018-05-01 08:30:00")
    ]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.0525, "0.00%", "5.25%"),
        (0.07, "0%", "7%"),
        (0.105, "0.0%", "10.5%"),
        (1.5, "0%;[Red]-0%", "150%"),
        (-0.03, "0%", "-3%"),
        (0, "0%", "0%"),
        (-1 / 3, "0%", "-33.3333333333%"),
        (5.25, '0.00"%"', "5.25"),  # the sign is only written behind it
        (5.25, "General", "5.25"),
        ("5.25", "0%", "5.25"),  # text
        (time(8, 0), "h:mm", "08:00"),
        (time(8, 30, 15), "h:mm:ss", "08:30:15"),
    ],
)
def test_numbers_come_as_they_look(value: object, code: str, shown: str) -> None:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["C2"] = "名称", value
    book.active["C2"].number_format = code
    book.save(stream)
    cells = read(stream.getvalue())
    assert cells.frame.rows()[-1][2] == shown
    assert cells.percents == ({2} if shown.endswith("%") else set())


def styled(code: str, **cells: object) -> bytes:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    assert book.active is not None
    for place, value in cells.items():
        book.active[place] = value
        if not isinstance(value, str):
            book.active[place].number_format = code
    book.save(stream)
    return stream.getvalue()


def test_numbers_that_show_otherwise_are_told_with_their_format() -> None:
    content = styled('"DC-"0000', A1="编号", A2=12, A3=1 / 8, A4="x")
    cells = read(content)
    assert [row[0] for row in cells.frame.rows()] == ["编号", "12", "0.125", "x"]
    assert cells.formatted == {(1, 0): ('"DC-"0000', Decimal(12)), (2, 0): ('"DC-"0000', Decimal("0.125"))}
    assert read(styled("#,##0.00", A1="编号", A2=12)).formatted == {}


FINE = [0.1234567890123, 1e-10, -1.2e-10, 92429067.79, 86540403.7, 123456789012.125, 2 / 3, 1.5e-7, 12345678.9, 1e14]


def test_numbers_come_with_all_digits_that_a_workbook_keeps() -> None:
    cells = read(workbook({"A1": "数", **{f"A{row}": value for row, value in enumerate(FINE, 2)}}))
    exact = "0.1234567890123 0.0000000001 -0.00000000012 92429067.79 86540403.7 123456789012.125 0.666666666666667"
    assert [row[0] for row in cells.frame.rows()[1:]] == [*exact.split(), "0.00000015", "12345678.9", "100000000000000"]


@pytest.mark.parametrize("prefix", [b"", b"x:"], ids=["plain", "with a prefix"])
def test_numbers_of_formulas_and_with_exponents_are_exact_too(prefix: bytes) -> None:
    content = workbook({"A1": "数", "A2": 1, "A3": 1, "A4": 1, "A5": "92429067.790000007"})
    for place, written in (("A2", b"<f>B1</f><v>92429067.790000007</v>"), ("A3", b"<v>1.23456789012E-3</v>")):
        pattern = rb'(<c r="' + place.encode() + rb'"[^>]*>)<v>1</v>'
        content = rewritten(content, pattern, rb"\1" + written)
    content = rewritten(content, rb'(<c r="A4"[^>]*>)<v>1</v>', rb"\1<v>1.23456789125E+9</v>")
    if prefix:
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        content = rewritten(content, rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix)
        content = rewritten(content, b'xmlns="' + main, b'xmlns:x="' + main)
    assert [row[0] for row in rows(content)][1:] == [
        "92429067.79",
        "0.00123456789012",
        "1234567891.25",
        "92429067.790000007",  # text
    ]


@pytest.mark.parametrize("value", [b"abc", b"1.5E", b"1E+99999999", b"--1", b"1.2.3", b""])
def test_a_number_that_is_none_is_left_to_the_reader(value: bytes) -> None:
    content = rewritten(styled("0000", A1="编号", A2=1), rb'(<c r="A2"[^>]*>)<v>1</v>', rb"\1<v>" + value + b"</v>")
    if value in (b"1E+99999999", b""):
        assert read(content).formatted == {}
    else:
        with pytest.raises(UnusableFileError, match="打不开"):
            read(content)


def test_a_sheet_is_the_same_in_blocks_of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 60):
        sheet.append([f"店{row}", row, row / 7, 10**16 + row, 0.05, "=A1"])
        sheet.cell(row, 2).number_format, sheet.cell(row, 5).number_format = '0"号"', "0.0%"
        sheet.row_dimensions[row].hidden = row % 3 == 0
    sheet.merge_cells("A1:A2")
    book.save(stream)
    whole = read(stream.getvalue())
    assert (len(whole.formatted), len(whole.long_numbers), len(whole.hidden)) == (59, 54, 19)  # 1e16 has lost nothing
    for length in (150, 700):
        monkeypatch.setattr(sheet_look, "_BLOCK", length)
        cells = read(stream.getvalue())
        assert cells.frame.equals(whole.frame)
        for name in ("filled", "hidden", "units", "long_numbers", "percents", "formatted"):
            assert getattr(cells, name) == getattr(whole, name)


def test_days_with_a_time_stay_days() -> None:
    assert rows(workbook({"A1": datetime(2018, 5, 1, 8, 20, 13), "B1": time(8, 20, 13)})) == [  # noqa: DTZ001
        ("2018-05-01 08:20:13", "08:20:13")
    ]


def test_numbers_of_more_digits_than_a_workbook_keeps_are_told() -> None:
    content = workbook({"A1": "编号", "B1": "电话", "A2": 1, "A3": 1, "A4": "911101017934123456", "B2": 13800000000})
    content = rewritten(content, rb'(<c r="A2"[^>]*>)<v>1</v>', rb"\1<v>911101017934123456</v>")
    content = rewritten(content, rb'(<c r="A3"[^>]*>)<v>1</v>', rb"\1<v>9.1110101793412301E+17</v>")
    cells = read(content)
    assert list(cells.long_numbers) == [(1, 0), (2, 0)]


def test_cells_that_are_no_numbers() -> None:
    book = Workbook(
        "表", workbook({"B1": "名称", "C1": "人数", "B2": "甲", "C2": 8, "D2": True, "AA3": "x", "C3": 2.5})
    )
    assert list(book.texts(book.sheets[0])) == [(0, 1), (0, 2), (1, 1), (1, 3), (2, 26)]


@pytest.mark.parametrize("limit", ["_MOST_CELLS", "_MOST_BYTES"])
def test_a_sheet_that_takes_too_much_memory_is_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook({f"{letter}{row}": 1 for letter in "ABC" for row in range(1, 40)})
    assert read(content).frame.shape == (39, 3)
    monkeypatch.setattr(xlsx, limit, 116)
    with pytest.raises(UnusableFileError, match="太大"):
        read(content)


def test_an_empty_text_of_a_formula_is_nothing() -> None:
    written = rb'<c r="A2" t="str"><f>IF(B2="","","")</f><v></v></c>'
    assert rows(rewritten(workbook({"A1": "名称", "A2": "=B2", "B1": "x"}), CELL, written))[-1] == (None, None)


def test_merged_cells_are_filled_downwards() -> None:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["客户台账"], ["名称", "行业"], ["甲", "餐饮"], ["乙"], ["丙", None], ["丁", "零售"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:B5")
    book.save(stream)
    cells = read(stream.getvalue())
    assert cells.filled == (("B3:B5", 5),)
    assert cells.frame.rows()[2:] == [("甲", "餐饮"), ("乙", "餐饮"), ("丙", "餐饮"), ("丁", "零售")]
    assert cells.frame.rows()[0] == ("客户台账", None)


def test_merged_cells_that_overlap_are_filled_once() -> None:
    content = workbook({"A1": "名称", "A2": "甲", **{f"B{row}": row for row in range(2, 9_000)}})
    ranges = b'<mergeCell ref="A2:A9000"/>' * 9_000 + b'<mergeCell ref="A9:A2"/><mergeCell ref="A3:A4"/>'
    content = rewritten(content, b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")
    cells = read(content)
    assert cells.frame.to_series(0).to_list() == ["名称", *["甲"] * 8_998]
    assert cells.filled == (("A2:A9000", 9000),)


def test_hidden_rows_and_sheets_are_told() -> None:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["名称"], ["甲"], ["乙"], ["丙"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet["C1"] = "备注"
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["F"].hidden = True  # nothing stands there
    book.create_sheet("旧").sheet_state = "hidden"
    book.create_sheet("更旧").sheet_state = "veryHidden"
    book.create_chartsheet("图")
    book.save(stream)
    opened = Workbook("表", stream.getvalue())
    assert [(each.name, each.is_seen) for each in opened.sheets] == [("Sheet", True), ("旧", False), ("更旧", False)]
    cells = opened.cells(opened.sheets[0])
    assert (cells.hidden, cells.hidden_columns) == ((3,), ("C",))


@pytest.mark.parametrize("far", ["XFD1048576", "C1048576", "AAA900000"])
def test_a_cell_far_away_is_left_out_and_told(far: str) -> None:
    cells = read(workbook({"A1": "名称", "B1": "人数", "A2": "甲", "B2": 8, far: " "}))
    if far == "C1048576":  # there is room for it
        assert (cells.frame.shape, cells.far) == ((1_048_576, 3), ())
    else:
        assert (cells.frame.rows(), cells.far) == ([("名称", "人数"), ("甲", "8")], (far,))


def test_a_column_far_to_the_right_of_many_rows_is_left_out_and_told() -> None:
    cells = read(workbook({"A1": "名称", **{f"A{row}": "甲" for row in range(2, 2500)}, "XFD7": "x"}))
    assert (cells.frame.shape, cells.far) == ((2499, 1), ("XFD7",))


def test_cells_are_far_behind_more_than_a_thousand_empty_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MOST_CELLS", 5_000)
    cells = read(workbook({"A1": "名称", "A2": "甲", "B500": 8, "A1500": "乙", "C5000": "x"}))
    assert (cells.frame.shape, cells.far) == ((1500, 2), ("C5000",))


def test_rows_that_do_not_say_their_number_come_after_the_one_before() -> None:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    assert book.active is not None
    for text in ("名称", "甲", "乙", "丙"):
        book.active.append([text])
    book.active.row_dimensions[3].hidden = True
    book.save(stream)
    assert read(rewritten(stream.getvalue(), rb'<row r="\d+"', b"<row")).hidden == (3,)


def test_letters_of_columns() -> None:
    for column, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")):
        assert (column_of(letters.encode()), letters_of(column)) == (column, letters)


def test_a_password_is_known() -> None:
    assert is_encrypted(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    assert not is_encrypted(b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"))
