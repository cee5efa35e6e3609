"""What a workbook's own parts tell of its first sheet: where it begins, and the cells of failed formulas."""

import io
from zipfile import ZipFile

import openpyxl
import pytest

from dcrelief.batch.xlsx import FailedCell, failed_cells, first_column

BOOK = '<workbook><sheet name="s" r:id="rId7"/></workbook>'
RELATION = '<Relationship Id="rId7" Target="{target}"/><Relationship Id="rId1" Target="worksheets/other.xml"/>'


def workbook(sheet: str, target: str = "worksheets/first.xml", path: str = "xl/worksheets/first.xml") -> bytes:
    """A workbook of that sheet, as far as it is looked at."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as book:
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", RELATION.format(target=target))
        book.writestr(path, sheet)
        book.writestr("xl/worksheets/other.xml", '<c r="A1" t="e"><v>#REF!</v></c>')
    return stream.getvalue()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('<c r="B3" t="e"><v>#N/A</v></c>', FailedCell(2, 1, "#N/A")),
        ('<c r="AA10" s="1" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', FailedCell(9, 26, "#DIV/0!")),
        ('<c r="C2"><f>SUM(A1)</f></c>', FailedCell(1, 2, "=SUM(A1)")),
        ('<c r="C2"><f>A1</f><v></v></c>', FailedCell(1, 2, "=A1")),
    ],
)
def test_a_cell_that_failed_or_was_never_worked_out(cell: str, found: FailedCell) -> None:
    assert list(failed_cells(workbook(cell))) == [found]


def test_a_cell_that_has_a_value_did_not_fail() -> None:
    assert list(failed_cells(workbook('<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>3</v></c>'))) == []


def test_the_first_sheet_is_found_wherever_it_is_kept() -> None:
    failed = '<c r="A1" t="e"><v>#N/A</v></c>'
    for target in ("/xl/worksheets/first.xml", "worksheets/first.xml"):
        assert [cell.text for cell in failed_cells(workbook(failed, target))] == ["#N/A"]


@pytest.mark.parametrize(("corner", "column"), [("A1", 0), ("C4", 2), ("AB1", 27)])
def test_where_the_sheet_begins(corner: str, column: int) -> None:
    assert first_column(workbook(f'<dimension ref="{corner}:AZ99"/>')) == column


def test_as_another_program_writes_it() -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active["C2"] = "=A1"
    book.save(stream)
    assert list(failed_cells(stream.getvalue())) == [FailedCell(1, 2, "=A1")]
    assert first_column(stream.getvalue()) == 2


@pytest.mark.parametrize("content", [b"", b"PK not a workbook", workbook("<c/>", target="worksheets/nowhere.xml")])
def test_what_is_put_together_in_an_unknown_way_says_nothing(content: bytes) -> None:
    assert list(failed_cells(content)) == []
    assert first_column(content) == 0
