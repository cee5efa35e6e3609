"""A workbook as sheets of text, as Excel shows them: the right sheet, merged cells filled, failed formulas named.

The cells, and which of them failed, are what fastexcel reports; sheet_look has what it does not say.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import polars as pl
from msgspec import Struct

from dcrelief.batch.number_formats import BUILT_IN, is_percent, shows_otherwise, text_of
from dcrelief.batch.sheet_load import UnreadableSheetError, load_sheet
from dcrelief.batch.sheet_look import Merged, Place, SheetLook, blocks, column_of, letters_of
from dcrelief.errors import UnusableFileError
from dcrelief.language import _

# How Excel shows the errors that the reader names.
_ERRORS = {
    "NA": "#N/A",
    "Name": "#NAME?",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "Div0": "#DIV/0!",
    "Null": "#NULL!",
    "Num": "#NUM!",
}
_ERROR = re.compile(r"Error\((\w+)\)")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>")
_CELL_PLACE, _STYLE, _TEXT = (
    re.compile(rb'\br="([A-Z]+)(\d+)"'),
    re.compile(rb'\bs="(\d+)"'),
    re.compile(rb'\bt="(?!n")'),
)
# In a number format: text in quotation marks, or letters that need none; signs that show less than there is.
_LITERAL = re.compile(r'"[^"]*"|[^\x00-\x7f]+')
_COMMAS, _MOVED_POINT = re.compile(r"[0#?](,+)(?![0#?,])"), re.compile(r"[!\\]\.([0#?]+)")
_READ_NUMBER = r"^-?\d+(?:\.\d+)?$"
_MIDNIGHT = " 00:00:00"  # behind every date
_TIME_OF_DAY = r"^1899-12-31 (\d\d:\d\d)(?::00$)?"  # the reader gives it a day, and seconds that nobody wrote
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The reader makes room for every cell up to the last, some 100 bytes each. Beyond so many, those that lie far away are
# left out, and a sheet that still has more is refused, as is one whose texts are longer.
_MOST_CELLS, _MOST_BYTES, _MOST_BYTES_TO_CUT = 11_000_000, 1 << 30, 1 << 28
# What the libraries raise for a part that is not there, is in no known form, has a password, or is broken off.
_BROKEN = (BadZipFile, KeyError, ElementTree.ParseError, ValueError, OSError, RuntimeError, EOFError, zlib.error)
_MOST_OF_A_PART = 20 << 20
_WORKSHEET, _TEXTS = "/worksheet", "xl/sharedStrings.xml"


class Sheet(Struct, frozen=True):
    """A sheet that holds cells: its name, its file in the workbook, and whether one sees it."""

    name: str
    path: str
    is_seen: bool


class FormatUnit(Struct, frozen=True):
    """What a number format writes behind a number: the format, the text, and by which power of ten it shows less."""

    code: str
    text: str
    power: int


class SheetCells(Struct, frozen=True):
    """The cells of a sheet as text, from column A and row 1 on; what was done to them, or is odd about them.

    filled: the merged cells whose value was written in each of their rows, and the last of those. hidden: the numbers
    of hidden rows; hidden_columns: the letters of hidden columns. far: the cells that lie so far away that they were
    left out. units: by column, from 0, what number formats write behind numbers (`0"万元"`), None where they write
    nothing. long_numbers: the cells of numbers with more digits than a workbook keeps. percents: the columns of numbers
    that show as percentages, and came as that. formatted: the cells of numbers that show otherwise than they are, with
    the number format; they came as they are.
    """

    frame: pl.DataFrame
    filled: tuple[tuple[str, int], ...]
    hidden: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    far: tuple[str, ...]
    units: Mapping[int, frozenset[FormatUnit | None]]
    long_numbers: Sequence[Place]
    percents: frozenset[int]
    formatted: Mapping[Place, tuple[str, Decimal]]


class Workbook:
    """An open workbook. Raises UnusableFileError for what is none; name: of the file."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._content = content
        try:
            with ZipFile(BytesIO(content)) as book:
                self.sheets = _sheets(book)
                self._styles = _number_styles(book)
        except _BROKEN:
            raise self._unusable() from None

    def cells(self, sheet: Sheet) -> SheetCells:
        """The cells of a sheet. Raises UnusableFileError for one that is too large."""
        styles = self._styles
        with ZipFile(BytesIO(self._content)) as book:
            large = sum(file.file_size for file in book.infolist() if file.filename in (sheet.path, _TEXTS))
        if large > _MOST_BYTES:
            raise self._too_large(sheet)
        try:
            look = SheetLook(self._content, sheet.path, styles.codes)
        except _BROKEN:
            raise self._unusable() from None
        far: tuple[str, ...] = ()
        extent = look.extent
        if (extent > _MOST_CELLS or look.is_wide) and look.may_have_far and large < _MOST_BYTES_TO_CUT:
            self._content, far, extent = look.without_far(self._content)
        if extent > _MOST_CELLS:
            raise self._too_large(sheet)
        try:
            try:
                loaded, batch, errors = load_sheet(self._content, sheet.name)
            except UnreadableSheetError as failed:
                if not failed.has_odd_error or large > _MOST_BYTES_TO_CUT:
                    raise
                self._content = look.with_errors_as_texts(self._content)
                loaded, batch, errors = load_sheet(self._content, sheet.name)
        except UnreadableSheetError:
            raise self._unusable() from None
        frame = pl.DataFrame(pl.from_arrow(batch))
        left = loaded.available_columns()[0].absolute_index if frame.width else 0
        del loaded, batch  # as large as all of the rest
        shown = pl.all().str.replace(_TIME_OF_DAY, "$1").str.strip_suffix(_MIDNIGHT)
        frame = frame.with_columns(pl.when(pl.all() != "").then(shown))
        frame = frame.select(
            *(pl.lit(None, dtype=pl.String).alias(f"blank {place}") for place in range(left)), pl.all()
        )
        texts = dict(look.unworked_out(left))
        for error in errors.errors if errors is not None else ():
            row, column = error.offset_position
            texts[row, left + column] = _as_excel_shows(error.detail)
        styled = {place: (styles.codes[style], number) for place, style, number in look.styled}
        percents = {place: _percent(number) for place, (code, number) in styled.items() if is_percent(code)}
        frame = with_texts(_with_fine_numbers(frame, look.fine_numbers), {**percents, **texts})
        frame, filled = _merged_filled(frame, look.merged)
        return SheetCells(
            frame,
            filled,
            look.hidden,
            look.hidden_columns(frame.width),
            far,
            self._units(sheet, styles.units),
            look.long_numbers,
            frozenset(column for _row, column in percents),
            _in_merged({place: styled[place] for place in styled.keys() - percents.keys()}, look.merged, frame.height),
        )

    def texts(self, sheet: Sheet) -> Iterator[Place]:
        """The cells in which anything but a number stands; a day is a number to a workbook."""
        with ZipFile(BytesIO(self._content)) as book, book.open(sheet.path) as stream:
            for cell in (match[1] for block in blocks(stream) for match in _CELL.finditer(block)):
                if _TEXT.search(cell) and (place := _CELL_PLACE.search(cell)):
                    yield int(place[2]) - 1, column_of(place[1])

    def _units(self, sheet: Sheet, styles: Mapping[int, FormatUnit]) -> dict[int, frozenset[FormatUnit | None]]:
        """What number formats write behind the numbers of each column."""
        found: dict[int, set[FormatUnit | None]] = {}
        if styles:  # only then are the cells worth a look
            with ZipFile(BytesIO(self._content)) as book, book.open(sheet.path) as stream:
                for cell in (match[1] for block in blocks(stream) for match in _CELL.finditer(block)):
                    place, style = _CELL_PLACE.search(cell), _STYLE.search(cell)
                    if place and not _TEXT.search(cell) and not cell.endswith(b"/"):
                        unit = styles.get(int(style[1])) if style else None
                        found.setdefault(column_of(place[1]), set()).add(unit)
        return {column: frozenset(units) for column, units in found.items()}

    def _too_large(self, sheet: Sheet) -> UnusableFileError:
        return UnusableFileError(
            _("{name} 的工作表“{sheet}”太大，读它要的内存太多。", name=self._name, sheet=sheet.name),
            _("请在 Excel 里另存为“CSV UTF-8”再试，CSV 多长都读得了。"),
        )

    def _unusable(self) -> UnusableFileError:
        return UnusableFileError(
            _("{name} 打不开，可能损坏，或者不是 .xlsx。", name=self._name),
            _("请在 Excel 里打开它，另存为 .xlsx 再试。"),
        )


@cache
def _as_excel_shows(detail: str) -> str:
    """A failed formula, from what the reader says of it."""
    found = _ERROR.search(detail)
    return _ERRORS.get(found[1], f"#{found[1]}") if found else "#"


def is_encrypted(content: bytes) -> bool:
    """Whether a file is a workbook with a password."""
    return _ENCRYPTED in content


def _part(book: ZipFile, name: str) -> ElementTree.Element:
    """A part of a workbook, as it stands in it. Raises ValueError for one that no program would write so large."""
    if book.getinfo(name).file_size > _MOST_OF_A_PART:
        raise ValueError(name)
    return ElementTree.fromstring(book.read(name))


def _sheets(book: ZipFile) -> list[Sheet]:
    """The sheets of cells, in their order."""
    relations = {relation.get("Id", ""): relation for relation in _part(book, "xl/_rels/workbook.xml.rels")}
    sheets = []
    for element in _part(book, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        by_id = next((value for key, value in element.items() if key.endswith("}id")), "")
        relation = relations.get(by_id)
        if relation is not None and relation.get("Type", "").endswith(_WORKSHEET):
            target = relation.get("Target", "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            is_seen = element.get("state", "visible") == "visible"
            sheets.append(Sheet(element.get("name", ""), path, is_seen))
    return sheets


class _NumberStyles(Struct, frozen=True):
    """The styles of cells whose number format writes something behind a number.

    codes: the number formats of those that show numbers otherwise than they are, percentages too.
    """

    units: Mapping[int, FormatUnit]
    codes: Mapping[int, str]


def _number_styles(book: ZipFile) -> _NumberStyles:
    try:
        styles = _part(book, "xl/styles.xml")
    except (KeyError, ElementTree.ParseError):
        return _NumberStyles({}, {})
    known: dict[str, str] = dict(BUILT_IN)
    units: dict[int, FormatUnit] = {}
    codes: dict[int, str] = {}
    for part in styles:
        match part.tag.rpartition("}")[2]:
            case "numFmts":
                known |= {each.get("numFmtId", ""): each.get("formatCode", "") for each in part}
            case "cellXfs":
                for style, each in enumerate(part):
                    code = known.get(each.get("numFmtId", ""), "")
                    if is_percent(code):
                        codes[style] = code
                        continue
                    if shows_otherwise(code):
                        codes[style] = code
                    if text := text_of(code):
                        # A comma behind the digits shows thousands; an escaped point moves it by the digits behind it.
                        bare = _LITERAL.sub("", code.partition(";")[0])
                        commas, moved = _COMMAS.search(bare), _MOVED_POINT.search(bare)
                        power = 3 * len(commas[1] if commas else "") + len(moved[1] if moved else "")
                        units[style] = FormatUnit(code, text, power)
    return _NumberStyles(units, codes)


def _percent(number: Decimal) -> str:
    """A number as a percentage: `5.25%` of 0.0525, with the digits that are sure."""
    return f"{(100 * Decimal(f'{number:.12g}')).normalize():f}%"


def _with_fine_numbers(frame: pl.DataFrame, fine: pl.DataFrame) -> pl.DataFrame:
    """The cells with numbers of many digits as they are; what the reader takes for a day or a time stays one."""
    for (column,), cells in fine.filter(pl.col("row") < frame.height).group_by("column"):
        if int(str(column)) < frame.width:
            texts = frame.to_series(int(str(column)))
            cells = cells.filter(texts.gather(cells["row"]).str.contains(_READ_NUMBER))
            frame = frame.replace_column(int(str(column)), texts.scatter(cells["row"], cells["text"]))
    return frame


def with_texts(frame: pl.DataFrame, texts: Mapping[Place, str]) -> pl.DataFrame:
    """The cells with some texts in their places, by row and column from 0."""
    by_column: dict[int, dict[int, str]] = {}
    height, width = frame.shape
    for (row, column), text in texts.items():
        if row < height and column < width:
            by_column.setdefault(column, {})[row] = text
    for column, rows in by_column.items():
        frame = frame.replace_column(column, frame.to_series(column).scatter(list(rows), list(rows.values())))
    return frame


def _further_rows(merged: Iterable[Merged], height: int) -> Iterator[tuple[Merged, range]]:
    """The rows of merged cells below their first, each once: in a sheet that is broken, they may overlap."""
    until: dict[int, int] = {}
    for cell in sorted(merged):
        first, left, last, _right = cell
        end = min(last + 1, height)
        rows = range(max(first + 1, until.get(left, 0)), end)
        until[left] = max(until.get(left, 0), end)
        if rows:
            yield cell, rows


def _in_merged(
    formatted: dict[Place, tuple[str, Decimal]], merged: Iterable[Merged], height: int
) -> dict[Place, tuple[str, Decimal]]:
    """The formatted numbers with those of merged cells in each row that they take."""
    for (first, left, _last, _right), rows in _further_rows(merged, height):
        if (first, left) in formatted:
            formatted |= dict.fromkeys(((row, left) for row in rows), formatted[first, left])
    return formatted


def _merged_filled(frame: pl.DataFrame, merged: Iterable[Merged]) -> tuple[pl.DataFrame, tuple[tuple[str, int], ...]]:
    """The cells with the value of merged ones in each row that they take, and which those are."""
    texts: dict[Place, str] = {}
    filled = []
    for (first, left, last, right), rows in _further_rows(merged, frame.height):
        value = frame.item(first, left) if left < frame.width and first >= 0 else None
        if value is not None:
            texts |= dict.fromkeys(((row, left) for row in rows), value)
            filled.append((f"{letters_of(left)}{first + 1}:{letters_of(right)}{last + 1}", last + 1))
    return with_texts(frame, texts), tuple(filled)
