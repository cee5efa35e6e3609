"""The first sheet of a workbook as cells of text: where it begins, and failed formulas, which are not passed over."""

import io
import re
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from dcrelief.batch.xlsx import first_sheet
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


def rows(content: bytes) -> list[tuple[str | None, ...]]:
    return first_sheet("表", content)[0].rows()


def test_cells_are_text_from_column_a_on() -> None:
    frame, name = first_sheet("表", workbook({"C2": "名称", "D2": "人数", "C3": "甲", "D3": 8}))
    assert name == "客户"
    assert frame.rows()[-2:] == [(None, None, "名称", "人数"), (None, None, "甲", "8")]


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
        first_sheet("表", content)
