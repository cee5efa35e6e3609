"""Files as tables: what kind of file it is, and CSV, however it is encoded, separated and quoted."""

import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import IO

import polars as pl

from dcrelief.batch.businesses import ROW, Businesses, Knowledge
from dcrelief.batch.decode import HEAD, MOST_LINES, Decoder, pieces, records
from dcrelief.batch.headings import names_a_fact
from dcrelief.batch.sheet_tables import workbook_table
from dcrelief.batch.table import HEADING_ROWS, PieceReader, Table, cell_column
from dcrelief.batch.table_top import find_top
from dcrelief.batch.xlsx import is_encrypted
from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.language import _, later

_SEPARATORS = {",": later("逗号"), ";": later("分号"), "\t": later("制表符")}
csv.field_size_limit((1 << 31) - 1)  # a cell may be as long as it is
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
# A workbook is read whole, and one that takes part in this has some ten million cells. What a pipe or a device gives
# may never end; a file does.
_MOST_OF_A_WORKBOOK = 1 << 28
_MOST_ROWS, _MOST_BYTES = 10_000_000, 1 << 32
# As many columns as a workbook has; cells that are read at once; and those where a row reaches beyond the others.
_MOST_COLUMNS, _MOST_CELLS, _MOST_CELLS_BEYOND = 16_384, 6_000_000, 20_000_000


def open_table(
    name: str, stream: IO[bytes], size: int, knowledge: Knowledge, encoding: str | None = None, sheet: str | None = None
) -> Table:
    """The table of a file's stream; size: its bytes, 0 if nobody knows, so that it may have no end.

    knowledge: the facts and words that it is understood by. sheet: the one wanted of a workbook, see workbook_table.
    Raises UnusableFileError, UsageError for an encoding that nobody knows and a sheet that is not there.
    """
    head = stream.read(HEAD)
    if head.startswith(_ZIP) and _OPEN_DOCUMENT in head:
        raise UnusableFileError(
            _("{name} 是 OpenDocument 的表（.ods），读不了。", name=name), _("请另存为 .xlsx 或“CSV UTF-8”再试。")
        )
    if head.startswith(_ZIP):
        return workbook_table(name, _whole(name, stream, head), knowledge, sheet)
    if head.startswith(_OLE) and is_encrypted(_whole(name, stream, head)):
        raise UnusableFileError(
            _("{name} 有密码，打不开。", name=name), _("请在 Excel 里去掉密码（文件、信息、保护工作簿），再试。")
        )
    if sheet is not None:
        raise UsageError(_("{name} 不是工作簿，没有工作表可选。", name=name), _("请去掉 --sheet。"))
    return _csv_table(name, stream, head, size, knowledge, encoding)


def _whole(name: str, stream: IO[bytes], head: bytes) -> bytes:
    """All that a stream gives; head: what has been read before. Raises UnusableFileError if it is too much."""
    content = head + stream.read(_MOST_OF_A_WORKBOOK + 1)
    if len(content) > _MOST_OF_A_WORKBOOK:
        raise UnusableFileError(
            _("{name} 超过 {number} MB，太大，读它要的内存太多。", name=name, number=_MOST_OF_A_WORKBOOK >> 20),
            _("请在 Excel 里另存为“CSV UTF-8”再试，CSV 多长都读得了。"),
        )
    return content


# ---- CSV ---------------------------------------------------------------------------------------------------------


def _csv_table(
    name: str, stream: IO[bytes], head: bytes, size: int, knowledge: Knowledge, encoding: str | None
) -> Table:
    decoder = Decoder(name, head, encoding)
    blocks = records(name, stream, head, decoder)
    first = decoder.utf8(next(blocks), 0)
    begin = io.StringIO(first.decode(), newline="")
    separator = _separator(begin, knowledge)
    rows, ends = [], []
    for row in islice(csv.reader(begin, delimiter=separator), HEADING_ROWS):
        rows.append(row)
        ends.append(begin.tell())
    top = find_top(name, rows, knowledge.names, knowledge.tokens)
    width = max(map(len, rows[top.rows[0] - 1 :]))
    if width > _MOST_COLUMNS:
        raise _too_wide(name, next(n for n, row in enumerate(rows, 1) if len(row) == width), width)
    below = len(begin.getvalue()[: ends[top.first - 2]].encode())
    number = top.first

    def part(block: bytes, start: int, *, decoded: bool) -> tuple[pl.DataFrame, int]:
        nonlocal number
        text = block if decoded else decoder.utf8(block, start, number)
        cells = _cells(name, text, separator, width, number)
        if _lines(text) > cells.height:
            _refuse_swallowed_rows(cells, top.headings)
        number += cells.height
        if not size and (number > _MOST_ROWS or start > _MOST_BYTES):
            raise UnusableFileError(
                _("{name} 读了 {rows} 行还没有完，看来没有尽头。", name=name, rows=f"{number:,}"),
                _("请先存成文件再试，文件多长都读得了。"),
            )
        return cells, start + len(block)

    def read() -> Iterator[PieceReader]:
        done, most = below, min(_MOST_CELLS // width, MOST_LINES)
        for block in chain([first], blocks):
            for piece in pieces(first[below:] if block is first else block, most):
                yield partial(part, piece, done, decoded=block is first)
                done += len(piece)

    return Table(
        top,
        lambda: _("{spoken}，{separator}分隔", spoken=decoder.spoken, separator=_(_SEPARATORS[separator])),
        size,
        read,
        Businesses(name, top, knowledge),
    )


def _cells(name: str, text: bytes, separator: str, width: int, first: int) -> pl.DataFrame:
    """Whole records as cells, rows numbered from first. Odd quotation marks are read as Excel does."""
    if not text:
        return pl.DataFrame(schema=_schema(width))
    try:
        cells = pl.read_csv(
            text, separator=separator, has_header=False, schema=_schema(width, numbered=False), missing_columns="insert"
        )
    except pl.exceptions.PolarsError:  # odd quotation marks, or cells further to the right
        return _cells_leniently(name, text, separator, width, first)
    return cells.rechunk().with_row_index(ROW, offset=first)  # what comes in pieces takes longer in every step


def _cells_leniently(name: str, text: bytes, separator: str, width: int, first: int) -> pl.DataFrame:
    """The same by the standard library: slower, but it takes quotation marks where they do not belong."""
    rows = []
    try:
        for row in csv.reader(io.StringIO(text.decode(), newline=""), delimiter=separator):
            rows.append(row)
    except csv.Error:
        message = _("{name} 第 {number} 行读不了。", name=name, number=first + len(rows))
        raise UnusableFileError(message, _("请检查这一行的引号是否成对。")) from None
    longest = max(map(len, rows))
    if longest > width and (longest > _MOST_COLUMNS or longest * len(rows) > _MOST_CELLS_BEYOND):
        raise _too_wide(name, first + next(n for n, row in enumerate(rows) if len(row) == longest), longest)
    width = max(width, longest)
    cells = ((n, *(cell or None for cell in row), *[None] * (width - len(row))) for n, row in enumerate(rows, first))
    return pl.DataFrame(list(cells), schema=_schema(width), orient="row")


def _too_wide(name: str, row: int, cells: int) -> UnusableFileError:
    return UnusableFileError(
        _("{name} 第 {row} 行有 {cells} 格，太多，不像一张表。", name=name, row=row, cells=f"{cells:,}"),
        _("请检查这一行的引号，和是不是多了逗号。"),
    )


def _lines(text: bytes) -> int:
    """How many lines there are, however they end. If a cell holds several there are more lines than records."""
    ends = text.count(b"\n")
    if b"\r" in text:
        ends += text.count(b"\r") - text.count(b"\r\n")
    return ends + (not text.endswith((b"\n", b"\r")))


def _refuse_swallowed_rows(rows: pl.DataFrame, headings: Sequence[str]) -> None:
    """Raises UnusableFileError where a cell holds rows of the table: a quotation mark is missing there."""
    for place, heading in enumerate(headings):
        cell = pl.col(cell_column(place))
        separators = cell.str.count_matches(f"[{''.join(_SEPARATORS)}]")
        holds_rows = cell.str.contains("\n", literal=True) & (separators >= len(headings) - 1)
        at = rows.filter(holds_rows).head(1)
        if not at.is_empty():
            lines = at[cell_column(place)].item().count("\n") + 1
            raise UnusableFileError(
                _(
                    "第 {item} 行“{heading}”一格里有 {lines} 行，看来后面的行都并进了这一格。",
                    item=at[ROW].item(),
                    heading=heading,
                    lines=lines,
                ),
                _('多半是这一格少了一个引号（"），请改正后再试。'),
            )


def _schema(width: int, *, numbered: bool = True) -> dict[str, pl.DataType]:
    cells: dict[str, pl.DataType] = {cell_column(place): pl.String() for place in range(width)}
    return {ROW: pl.UInt32(), **cells} if numbered else cells


def _separator(begin: io.StringIO, knowledge: Knowledge) -> str:
    """What separates the cells of the first rows: that by which they name most facts, else the most frequent."""
    lines = list(islice(begin, HEADING_ROWS))
    begin.seek(0)

    def facts_and_signs(separator: str) -> tuple[int, int]:
        rows = csv.reader(lines, delimiter=separator)
        named = (sum(names_a_fact(cell, knowledge.names, knowledge.tokens) for cell in row) for row in rows)
        return max(named, default=0), sum(line.count(separator) for line in lines)

    return max(_SEPARATORS, key=facts_and_signs)
