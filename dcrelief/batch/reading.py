"""Tables in: CSV and XLSX as batches of text cells under their headings, in bounded memory."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import IO

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from dcrelief.batch.businesses import ROW, Businesses, Knowledge, NoBusiness
from dcrelief.batch.decode import HEAD, Decoder, records
from dcrelief.batch.headings import Unit, in_round_brackets, names_a_fact
from dcrelief.batch.sheet_look import column_of
from dcrelief.batch.table_top import TableTop, find_top, mentions_unit
from dcrelief.batch.xlsx import FormatUnit, Sheet, SheetCells, Workbook, is_encrypted
from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.language import _, later
from dcrelief.rules.facts import Tokens
from dcrelief.rules.money import yuan_of
from dcrelief.rules.text import folded

# The rows among which the one of headings is looked for: a title often stands above it.
HEADING_ROWS = 20
SHEET_BATCH = 50_000
_SEPARATORS = {",": later("逗号"), ";": later("分号"), "\t": later("制表符")}
_FEW_CELLS = 3
csv.field_size_limit((1 << 31) - 1)  # a cell may be as long as it is
_MOST_LISTED = 5
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Surplus(Struct, frozen=True):
    """A cell to the right of the headings: its row, its column (from 1), and what stands in it."""

    row: int
    column: int
    written: str


class Rows(Struct, frozen=True):
    """A batch: its cells as columns of text, the number of each row in ROW; the cells outside the headings.

    set_aside: the rows that are left out since they are no business. bare: those of which only a name is known. done:
    how many bytes or rows of the table have been read so far.
    """

    cells: pl.DataFrame
    surplus: list[Surplus]
    set_aside: list[NoBusiness]
    bare: list[int]
    done: int


class Table(Struct, frozen=True):
    """An open table: where its headings and units stand, and how it is read, in words.

    size: what Rows.done comes to at the end, 0 if nobody knows. read: its parts, each still to be made into cells.
    businesses: tells which rows are some. notes: what else is to be said of it, in words.
    """

    top: TableTop
    how: Callable[[], str]
    size: int
    read: Callable[[], Iterator["PieceReader"]]
    businesses: Businesses
    notes: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, left to right."""
        return self.top.headings

    def parts(self) -> Iterator[Callable[[], Rows]]:
        """What makes its rows, without blank ones and those that are no business, a batch a call: one by one, in order.

        Parts and their calls raise UnusableFileError where the table cannot be read on.
        """
        return (partial(self._rows, part) for part in self.read())

    def batches(self) -> Iterator[Rows]:
        """Its rows, without blank ones and those that are no business. Raises UnusableFileError where it ends badly."""
        return (rows() for rows in self.parts())

    def _rows(self, part: "PieceReader") -> Rows:
        raw, done = part()
        cells = [_cell(place) for place in range(raw.width - 1)]
        rows, set_aside, bare = self.businesses.among(_without_blank(raw, cells), cells)
        beyond = cells[len(self.headings) :]
        surplus = [
            Surplus(row, column, written)
            for column, name in enumerate(beyond, len(self.headings) + 1)
            for row, written in rows.select(ROW, name).drop_nulls(name).rows()
        ]
        return Rows(
            rows.drop(beyond).rename(dict(zip(cells, self.headings, strict=False))), surplus, set_aside, bare, done
        )


PieceReader = Callable[[], tuple[pl.DataFrame, int]]  # makes cells, and how much of the table has been read so far


def open_table(
    name: str, stream: IO[bytes], size: int, knowledge: Knowledge, encoding: str | None = None, sheet: str | None = None
) -> Table:
    """The table of a file's stream; size: its bytes, 0 if nobody knows.

    knowledge: the facts and words that it is understood by. sheet: the name or number of the one wanted of a workbook.
    Raises UnusableFileError, UsageError for an encoding that nobody knows and a sheet that is not there.
    """
    head = stream.read(HEAD)
    if head.startswith(_ZIP):
        return _workbook(name, head + stream.read(), knowledge, sheet)
    if head.startswith(_OLE) and is_encrypted(head + stream.read()):
        raise UnusableFileError(
            _("{name} 有密码，打不开。", name=name), _("请在 Excel 里去掉密码（文件、信息、保护工作簿），再试。")
        )
    if sheet is not None:
        raise UsageError(_("{name} 不是工作簿，没有工作表可选。", name=name), _("请去掉 --sheet。"))
    return _csv_table(name, stream, head, size, knowledge, encoding)


def _cell(place: int) -> str:
    return f"cell {place}"


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
    below = len(begin.getvalue()[: ends[top.first - 2]].encode())
    number = top.first

    def part(block: bytes, start: int) -> tuple[pl.DataFrame, int]:
        nonlocal number
        text = first[below:] if block is first else decoder.utf8(block, start)
        cells = _cells(name, text, separator, width, number)
        if _lines(text) > cells.height:
            _refuse_swallowed_rows(cells, top.headings)
        number += cells.height
        return cells, start + len(block)

    def read() -> Iterator[PieceReader]:
        done = 0
        for block in chain([first], blocks):
            yield partial(part, block, done)
            done += len(block)

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
    except pl.exceptions.ComputeError:  # odd quotation marks, or cells further to the right
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
    width = max(width, *map(len, rows))
    cells = ((n, *(cell or None for cell in row), *[None] * (width - len(row))) for n, row in enumerate(rows, first))
    return pl.DataFrame(list(cells), schema=_schema(width), orient="row")


def _lines(text: bytes) -> int:
    """How many lines there are, however they end. If a cell holds several there are more lines than records."""
    ends = text.count(b"\n")
    if b"\r" in text:
        ends += text.count(b"\r") - text.count(b"\r\n")
    return ends + (not text.endswith((b"\n", b"\r")))


def _refuse_swallowed_rows(rows: pl.DataFrame, headings: Sequence[str]) -> None:
    """Raises UnusableFileError where a cell holds rows of the table: a quotation mark is missing there."""
    for place, heading in enumerate(headings):
        cell = pl.col(_cell(place))
        separators = cell.str.count_matches(f"[{''.join(_SEPARATORS)}]")
        holds_rows = cell.str.contains("\n", literal=True) & (separators >= len(headings) - 1)
        at = rows.filter(holds_rows).head(1)
        if not at.is_empty():
            lines = at[_cell(place)].item().count("\n") + 1
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
    cells: dict[str, pl.DataType] = {_cell(place): pl.String() for place in range(width)}
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


# ---- XLSX --------------------------------------------------------------------------------------------------------


def _workbook(name: str, content: bytes, knowledge: Knowledge, wanted: str | None) -> Table:
    book = Workbook(name, content)
    sheet, cells = _sheet(name, book, knowledge, wanted)
    frame = cells.frame
    frame.columns = [_cell(place) for place in range(frame.width)]
    rows = _first_rows(frame)
    if not rows:
        raise UnusableFileError(
            _("{name} 的工作表“{sheet}”是空的。", name=name, sheet=sheet.name), _("别的工作表用 --sheet 名字 选。")
        )
    top = find_top(name, rows, knowledge.names, knowledge.tokens)
    top = replace(top, units=_with_formats(name, top, cells, knowledge.tokens))
    below = frame[top.first - 1 :].with_row_index(ROW, offset=top.first)

    def part(start: int) -> tuple[pl.DataFrame, int]:
        batch = below[start : start + SHEET_BATCH]
        return batch, start + batch.height

    def read() -> Iterator[PieceReader]:
        return (partial(part, start) for start in range(0, max(below.height, 1), SHEET_BATCH))

    how = _("XLSX，工作表“{sheet_names}”", sheet_names=sheet.name)
    notes = tuple(_notes(book, sheet, cells, top))
    return Table(top, lambda: how, below.height, read, Businesses(name, top, knowledge), notes)


def _with_formats(name: str, top: TableTop, cells: SheetCells, tokens: Tokens) -> dict[str, tuple[Unit, ...]]:
    """The units of a sheet, with those that number formats write behind amounts. Raises UnusableFileError."""
    units = dict(top.units)
    yuan_word = folded(tokens.yuan[0])
    for column, formats in cells.units.items():
        shown = [each for each in formats if each is not None and _is_money(each, tokens)]
        if column >= len(top.headings) or not shown:
            continue
        heading = top.headings[column]
        for each in sorted(shown, key=lambda unit: unit.code):
            text = in_round_brackets(each.text).strip("()")
            yuan = yuan_of(text, tokens)
            in_yuan = yuan == 10**each.power  # what shows as 90万元 may be 900,000 in the cell, and in yuan
            if yuan is None or (each.power and not in_yuan) or (len(shown) < len(formats) and not in_yuan):
                where = {"name": name, "heading": heading, "code": each.code}
                raise UnusableFileError(
                    _("{name} 的“{heading}”有的格用格式“{code}”，看不出每一格的单位。", **where),
                    _("请在 Excel 里把这一列的格式改成“常规”，把单位写进表头。"),
                )
            units[heading] = (*units.get(heading, ()), Unit(yuan_word if each.power else text, each.code, 0))
    return units


def _is_money(unit: FormatUnit, tokens: Tokens) -> bool:
    """Whether a number format writes a unit of money, or something with one in it."""
    text = in_round_brackets(unit.text)
    return yuan_of(text.strip("()"), tokens) is not None or mentions_unit(text, tokens)


def _first_rows(frame: pl.DataFrame) -> list[list[str]]:
    return [["" if cell is None else cell for cell in row] for row in frame.head(HEADING_ROWS).rows()]


def _sheet(name: str, book: Workbook, knowledge: Knowledge, wanted: str | None) -> tuple[Sheet, SheetCells]:
    """The sheet that is wanted; else the first one sees that names at least half as many facts as any other."""
    if wanted is not None:
        for place, sheet in enumerate(book.sheets, 1):
            if folded(wanted) in (folded(sheet.name), str(place)):
                return sheet, book.cells(sheet)
        listed = _("、").join(sheet.name for sheet in book.sheets)
        raise UsageError(
            _("{name} 没有工作表“{wanted}”。", name=name, wanted=wanted[:40]), _("有：{sheets}。", sheets=listed)
        )
    seen = [sheet for sheet in book.sheets if sheet.is_seen] or list(book.sheets)
    if not seen:
        raise UnusableFileError(_("{name} 里没有工作表。", name=name), _("请检查是不是选错了文件。"))
    read = [(sheet, book.cells(sheet)) for sheet in seen]
    named = [_most_named(cells, knowledge) for _sheet, cells in read]
    return next(pair for pair, count in zip(read, named, strict=True) if 2 * count >= max(named))


def _most_named(cells: SheetCells, knowledge: Knowledge) -> int:
    """How many facts the fullest of the first rows names."""
    rows = _first_rows(cells.frame)
    named = (sum(names_a_fact(cell, knowledge.names, knowledge.tokens) for cell in row) for row in rows)
    return max(named, default=0)


def _notes(book: Workbook, sheet: Sheet, cells: SheetCells, top: TableTop) -> Iterator[str]:
    """What was done to the sheet, and what else is in the workbook."""
    others = [
        other.name if other.is_seen else _("{name}（隐藏）", name=other.name) for other in book.sheets if other != sheet
    ]
    if others:
        yield _("另有工作表：{sheets}，没有读；要读用 --sheet 名字。", sheets=_listed(others))
    filled = [place for place, row in cells.filled if row >= top.first]
    if filled:
        yield _("合并的单元格，每一行都算有它的内容：{cells}。", cells=_listed(filled))
    hidden = [str(row) for row in cells.hidden if top.first <= row <= cells.frame.height]
    if hidden:
        yield _("隐藏的行也读了：第 {rows} 行。", rows=_listed(hidden))
    shown = [letter for letter in cells.hidden_columns if column_of(letter.encode()) < len(top.headings)]
    if shown:
        yield _("隐藏的列也读了：{columns} 列。", columns=_listed(shown))
    if cells.far:
        yield _("离表很远的格没有读，请看看是什么：{cells}。", cells=_listed(cells.far))


def _listed(texts: Sequence[str]) -> str:
    shown = _("、").join(texts[:_MOST_LISTED])
    return shown if len(texts) <= _MOST_LISTED else _("{shown} 等 {count} 个", shown=shown, count=f"{len(texts):,}")


# ---- what a batch must not have ----------------------------------------------------------------------------------


def _without_blank(rows: pl.DataFrame, cells: Sequence[str]) -> pl.DataFrame:
    """The rows in which something stands; spaces are nothing."""
    filled = rows.select(pl.sum_horizontal(pl.col(cells).is_not_null())).to_series()
    few = (filled <= _FEW_CELLS).arg_true()  # only these are worth a look at what stands in them
    empty = pl.all_horizontal(pl.col(cells).fill_null("").str.strip_chars() == "")
    blank = few.filter(rows[few].select(empty).to_series())
    if blank.is_empty():
        return rows
    return rows.filter(pl.repeat(True, rows.height, dtype=pl.Boolean, eager=True).scatter(blank, False))
