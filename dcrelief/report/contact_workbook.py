"""The contact sheet as an Excel workbook, ready to print."""

from io import BytesIO
from pathlib import Path

import xlsxwriter
from rich.cells import cell_len

from dcrelief.files.whole import write_whole
from dcrelief.files.workbook_look import Looks, set_up_page
from dcrelief.report.contact_sheet import ContactSheet

_WIDTHS = (14, 12, 24, 13, 28, 20, 8, 26, 9, 36)


# In points. Not every program makes a row higher when its text wraps.
_LINE_HEIGHT = 16


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column. width: in Latin letters; a Chinese character counts for two."""
    return sum(max(1, -(-cell_len(line) // (width - 2))) for line in text.split("\n"))


def write_contact_workbook(path: Path, sheet: ContactSheet) -> None:
    """Writes a row for each contact, phones as text. Raises UnusableFileError."""
    words = sheet.catalogue.words
    content = BytesIO()  # the library has errors of its own for what goes wrong with a file
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    looks = Looks(book.add_format)
    page = book.add_worksheet(words("contacts.title"))
    page.write_string(0, 0, words("contacts.title"), looks.title)
    lines = sheet.head()
    for place, line in enumerate(lines, 1):
        page.write_string(place, 0, line)
    first = len(lines) + 2
    looks.write_headings(page, first, sheet.headings(), _WIDTHS)
    last = first
    for last, row in enumerate(sheet.rows("\n"), first + 1):
        page.set_row(last, max(map(_lines, row, _WIDTHS)) * _LINE_HEIGHT)
        for column, cell in enumerate(row):
            page.write_string(last, column, cell, looks.boxed)
    page.autofilter(first, 0, last, len(_WIDTHS) - 1)
    page.freeze_panes(first + 1, 2)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    set_up_page(page, first)
    book.close()
    write_whole(path, content.getvalue())
