"""Workbooks as they are written: what stands in their cells, and how they look. See batch/written_book.py."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest

from dcrelief.batch import written_book
from dcrelief.batch.written_book import WrittenBook

ROWS = pl.DataFrame(
    {
        "text": ["=1+1", "", None, "0012", "甲\n乙"],
        "word": pl.Series(["是", "否", None, "是", "是"], dtype=pl.Enum(["是", "否"])),
        "amount": pl.Series(
            [Decimal("12.30"), None, Decimal("90071992547409.91"), None, None], dtype=pl.Decimal(18, 2)
        ),
        "day": [date(2020, 2, 20), None, None, None, None],
        "count": pl.Series([1, 2, None, 4, 5], dtype=pl.UInt32),
    }
)
WIDTHS = [10] * 5


def written(folder: Path, *, wrapped: bool = True, rows: pl.DataFrame = ROWS) -> openpyxl.worksheet.worksheet.Worksheet:
    """A sheet with a line, headings and these rows, read again."""
    book = WrittenBook(folder)
    sheet = book.sheet("表", wrapped=wrapped)
    sheet.line("标题", book.looks.title, height=32)
    sheet.headings(rows.columns, WIDTHS[: rows.width])
    sheet.fill({"初步符合": book.looks.fills["eligible"]}, rows.height)
    sheet.add(rows[:2])
    sheet.add(rows[2:])
    sheet.finish(frozen=1, printed=2)
    book.close(folder / "a.xlsx")
    return openpyxl.load_workbook(folder / "a.xlsx").active


def test_text_is_text_and_amounts_days_and_counts_are_what_they_are(tmp_path: Path) -> None:
    sheet = written(tmp_path)
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert cells[0] == ["=1+1", "是", 12.3, datetime.fromisoformat("2020-02-20"), 1]
    assert sheet["A3"].data_type in {"s", "inlineStr"}  # no formula
    assert [row[0] for row in cells] == ["=1+1", None, None, "0012", "甲\n乙"]
    assert cells[2] == [None, None, 90071992547409.91, None, None]
    assert sheet["C3"].number_format == "#,##0.00"
    assert sheet["D3"].number_format == "yyyy-mm-dd"


def test_every_cell_has_the_font_of_the_sheet(tmp_path: Path) -> None:
    sheet = written(tmp_path)
    fonts = {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert fonts == {"等线"}


def test_a_sheet_is_set_up_to_be_read_and_printed(tmp_path: Path) -> None:
    sheet = written(tmp_path)
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:E7"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.print_area == "'表'!$A$2:$B$7"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    ((cells, rules),) = sheet.conditional_formatting._cf_rules.items()
    assert str(cells.sqref) == "A3:E7"
    assert rules[0].formula == ['LEFT(A3,4)="初步符合"']  # letters, not bytes


def test_the_room_of_a_sheet_and_how_many_rows_get_a_height(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_book, "MOST_ROWS", 9)
    monkeypatch.setattr(written_book, "_MOST_HEIGHTS", 3)
    book = WrittenBook(tmp_path)
    sheet = book.sheet("表", wrapped=True)
    sheet.headings(["text"], [10])
    assert sheet.room == 8
    for _number in range(4):
        sheet.add(pl.DataFrame({"text": ["短", "短"]}))
    assert sheet.room == 0
    sheet.finish(frozen=0)
    book.close(tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    heights = [page.row_dimensions[row].height is not None for row in range(2, 10)]
    assert heights == [True] * 2 + [False] * 6


def test_numbers_that_are_text_are_no_errors(tmp_path: Path) -> None:
    written(tmp_path)
    with ZipFile(tmp_path / "a.xlsx") as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<ignoredError sqref="A2:E1048576" numberStoredAsText="1"/>' in page


def test_a_sheet_of_nobody_has_its_colours_in_one_row(tmp_path: Path) -> None:
    sheet = written(tmp_path, rows=ROWS[:0])
    ((cells, _rules),) = sheet.conditional_formatting._cf_rules.items()
    assert str(cells.sqref) == "A3:E3"


@pytest.mark.parametrize("wrapped", [True, False])
def test_rows_are_as_high_as_their_longest_text_needs(wrapped: bool, tmp_path: Path) -> None:
    rows = pl.DataFrame({"text": ["短", "一二三四五六七八九十", "long" * 5, "字" * 900, None], "n": [1, 2, 3, 4, 5]})
    sheet = written(tmp_path, wrapped=wrapped, rows=rows)
    heights = [sheet.row_dimensions[row].height for row in range(3, 8)]
    lines = [1, 3, 3, 12, 1]  # of nine letters each, of four Chinese ones
    assert heights == ([(18 * line + 3) * 0.75 for line in lines] if wrapped else [None] * 5)


def test_so_many_links_as_a_sheet_can_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_book, "MOST_LINKS", 2)
    book = WrittenBook(tmp_path)
    sheet = book.sheet("表", wrapped=True)
    sheet.headings(["name", "n"], [10, 10])
    targets = pl.Series(["file:///各户 a/1.html", "file:///100%25/2.html", "file:///3.html"])
    sheet.add(pl.DataFrame({"name": ["甲", "乙", "丙"], "n": [1, None, 3]}), (0, targets))
    sheet.finish(frozen=1)
    book.close(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [["甲", 1], ["乙", None], ["丙", 3]]
    links = [sheet.cell(row, 1).hyperlink for row in range(2, 5)]
    assert [link and link.target for link in links] == ["各户%20a/1.html", "100%25/2.html", None]


@pytest.mark.parametrize(("most", "version"), [(1 << 30, 20), (0, 45)])
def test_the_newer_archive_only_where_it_must_be(
    most: int, version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice opens no workbook in the newer one."""
    monkeypatch.setattr(written_book, "_MOST_BYTES", most)
    written(tmp_path)
    with ZipFile(tmp_path / "a.xlsx") as book:
        assert max(file.extract_version for file in book.infolist()) == version
