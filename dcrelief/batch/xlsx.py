"""What the reader of workbooks does not tell of the first sheet: where it begins, and the cells of failed formulas."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from msgspec import Struct

_FIRST_SHEET = re.compile(rb"<sheet\b[^>]*?\br:id=\"([^\"]+)\"")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_DIMENSION = re.compile(rb'<dimension ref="([A-Z]+)')
_ERROR = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*? t=\"e\"[^>]*>.*?<v>([^<]*)</v>", re.DOTALL)
# A formula whose value nobody has worked out: the program that saved the file could not.
_NO_VALUE = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f\b[^>]*(?:/>|>([^<]*)</f>)(?:<v\s*/>|<v></v>)?</c>')
_BLOCK, _LONGEST_CELL = 1 << 24, 1 << 12


class FailedCell(Struct, frozen=True):
    """Its row and column, from 0, and the error that it shows, or its formula if it shows nothing."""

    row: int
    column: int
    text: str


def failed_cells(content: bytes) -> Iterator[FailedCell]:
    """The failed cells of a workbook; none where it is put together in a way that is not known."""
    try:
        with ZipFile(BytesIO(content)) as book, book.open(_first_sheet(book)) as sheet:
            rest = b""
            while block := sheet.read(_BLOCK):
                rest += block
                end = 0
                for pattern, before in ((_ERROR, ""), (_NO_VALUE, "=")):
                    for match in pattern.finditer(rest):
                        letters, row, text = match.groups(b"")
                        yield FailedCell(int(row) - 1, _column(letters), before + text.decode())
                        end = max(end, match.end())
                rest = rest[max(end, len(rest) - _LONGEST_CELL) :]
    except (BadZipFile, KeyError, StopIteration):
        return


def first_column(content: bytes) -> int:
    """The column, from 0, at which the sheet begins."""
    try:
        with ZipFile(BytesIO(content)) as book, book.open(_first_sheet(book)) as sheet:
            found = _DIMENSION.search(sheet.read(_LONGEST_CELL))
    except (BadZipFile, KeyError, StopIteration):
        found = None
    return _column(found[1]) if found else 0


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
