"""The first sheet of a workbook as cells of text, with what its reader does not say of it.

That is the column at which it begins, and the cells in which a formula failed.
"""

import re
from functools import partial
from io import BytesIO
from itertools import chain
from zipfile import BadZipFile, ZipFile

import polars as pl

from dcrelief.errors import UnusableFileError
from dcrelief.language import _

_FIRST_SHEET = re.compile(rb"<sheet\b[^>]*?\br:id=\"([^\"]+)\"")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_DIMENSION = re.compile(rb'<dimension ref="([A-Z]+)')
_ERROR = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*? t=\"e\"[^>]*>.*?<v>([^<]*)</v>", re.DOTALL)
# A formula whose value nobody has worked out: the program that saved the file could not.
_NO_VALUE = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f\b[^>]*(?:/>|>([^<]*)</f>)(?:<v\s*/>|<v></v>)?</c>')
_BLOCK, _LONGEST_CELL = 1 << 24, 1 << 12


def first_sheet(name: str, content: bytes) -> tuple[pl.DataFrame, str]:
    """The cells of the first sheet, from column A on, and what the sheet is called.

    A cell of a failed formula has the error that it shows, or the formula if it shows nothing, so that it is named and
    not passed over. name: of the file. Raises UnusableFileError.
    """
    import fastexcel  # only workbooks need it

    try:
        book = fastexcel.read_excel(content)
        frame = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError:
        raise UnusableFileError(
            _("{name} 打不开，可能损坏或有密码。", name=name), _("请在 Excel 里打开它，另存一份再试。")
        ) from None
    left, failed = _left_and_failed(content)
    frame = frame.select(*(pl.lit(None, dtype=pl.String).alias(f"blank {place}") for place in range(left)), pl.all())
    for column, texts in failed.items():
        rows = [row for row in texts if row < frame.height]
        if column < frame.width:
            frame.replace_column(column, frame.to_series(column).scatter(rows, [texts[row] for row in rows]))
    return frame, book.sheet_names[0]


def _left_and_failed(content: bytes) -> tuple[int, dict[int, dict[int, str]]]:
    """The column at which the sheet begins, and the texts of failed cells by column and row, all from 0.

    Of a workbook that is put together in a way that is not known: 0, and none.
    """
    left, failed = 0, dict[int, dict[int, str]]()
    try:
        with ZipFile(BytesIO(content)) as book, book.open(_first_sheet(book)) as sheet:
            top = sheet.read(_LONGEST_CELL)
            if dimension := _DIMENSION.search(top):
                left = _column(dimension[1])
            rest = b""
            for block in chain([top], iter(partial(sheet.read, _BLOCK), b"")):
                rest += block
                end = 0
                for pattern, before in ((_ERROR, ""), (_NO_VALUE, "=")):
                    for match in pattern.finditer(rest):
                        letters, row, text = match.groups(b"")
                        failed.setdefault(_column(letters), {})[int(row) - 1] = before + text.decode()
                        end = max(end, match.end())
                rest = rest[max(end, len(rest) - _LONGEST_CELL) :]
    except (BadZipFile, KeyError, StopIteration):
        pass
    return left, failed


def _first_sheet(book: ZipFile) -> str:
    found = _FIRST_SHEET.search(book.read("xl/workbook.xml"))
    wanted = b'Id="%s"' % (found[1] if found else b"")
    relations = _RELATION.findall(book.read("xl/_rels/workbook.xml.rels"))
    relation = next(relation for relation in relations if wanted in relation)
    target = re.search(rb'Target="([^"]+)"', relation)
    path = target[1].decode() if target else ""
    return path.removeprefix("/") if path.startswith("/") else f"xl/{path}"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number - 1
