"""A workbook as sheets of text, as Excel shows them: the right sheet, merged cells filled, failed formulas named.

The cells, and which of them failed, are what fastexcel reports; sheet_look has what it does not say.
"""

import logging
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from itertools import chain
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import polars as pl
from msgspec import Struct

from dcrelief.batch.sheet_look import Place, SheetLook, blocks, column_of, letters_of
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
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_CELL_PLACE, _STYLE, _TEXT = re.compile(rb'\br="([A-Z]+)'), re.compile(rb'\bs="(\d+)"'), re.compile(rb'\bt="(?!n")')
# In a number format: text in quotation marks, or letters that need none; signs that show less than there is.
_LITERAL = re.compile(r'"([^"]*)"|([^\x00-\x7f]+)')
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]|(?<!\[)\$")
_PADDED = re.compile(r"(?:\[[^\]]*\])?(0{2,15})(?:_.)?")
_COMMAS, _MOVED_POINT = re.compile(r"[0#?](,+)(?![0#?,])"), re.compile(r"[!\\]\.([0#?]+)")
_MIDNIGHT = " 00:00:00"  # behind every date
_TIME_OF_DAY = r"^1899-12-31 (\d\d:\d\d)(?::00$)?"  # the reader gives it a day, and seconds that nobody wrote
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The reader makes room for every cell up to the last, some 100 bytes each. Beyond so many, those that lie far away are
# left out, and a sheet that still has more is refused, as is one whose texts are longer.
_MOST_CELLS, _MOST_BYTES, _MOST_BYTES_TO_CUT = 11_000_000, 1 << 30, 1 << 28
# What the libraries raise for a part that is not there, is in no known form, has a password, or is broken off.
_BROKEN = (BadZipFile, KeyError, ElementTree.ParseError, ValueError, OSError, RuntimeError, EOFError, zlib.error)
_MOST_OF_A_PART = 20 << 20
_PERCENTS = ("9", "10")  # the formats 0% and 0.00%, which every workbook has
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
    nothing. long_numbers: the cells of numbers with more digits than a workbook keeps. shown_otherwise:
    the columns of numbers that show as percentages, or with zeros in front.
    """

    frame: pl.DataFrame
    filled: tuple[tuple[str, int], ...]
    hidden: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    far: tuple[str, ...]
    units: Mapping[int, frozenset[FormatUnit | None]]
    long_numbers: Sequence[Place]
    shown_otherwise: frozenset[int]


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
        import fastexcel  # only workbooks need it

        styles = self._styles
        with ZipFile(BytesIO(self._content)) as book:
            large = sum(file.file_size for file in book.infolist() if file.filename in (sheet.path, _TEXTS))
        if large > _MOST_BYTES:
            raise self._too_large(sheet)
        try:
            look = SheetLook(self._content, sheet.path, styles.shown)
        except _BROKEN:
            raise self._unusable() from None
        far: tuple[str, ...] = ()
        extent = look.extent
        if (extent > _MOST_CELLS or look.is_wide) and look.may_have_far and large < _MOST_BYTES_TO_CUT:
            self._content, far, extent = look.without_far(self._content)
        if extent > _MOST_CELLS:
            raise self._too_large(sheet)
        try:
            loaded = fastexcel.read_excel(self._content).load_sheet(
                sheet.name, header_row=None, skip_rows=0, dtypes="string"
            )
            batch, errors = loaded.to_arrow_with_errors()
        except fastexcel.FastExcelError:
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
            (row, column), found = error.offset_position, _ERROR.search(error.detail)
            texts[row, left + column] = _ERRORS.get(found[1], f"#{found[1]}") if found else "#"
        frame = _with(_as_shown(frame, look.styled, styles.shown), texts)
        frame, filled = _merged_filled(frame, look.merged)
        return SheetCells(
            frame,
            filled,
            look.hidden,
            look.hidden_columns(frame.width),
            far,
            self._units(sheet, styles.units),
            look.long_numbers,
            frozenset(column for (_row, column), _style in look.styled),
        )

    def number_columns(self, sheet: Sheet, first: int) -> frozenset[int]:
        """The columns, from 0, in which only numbers stand from a row on, as spreadsheets count."""
        import fastexcel

        logging.getLogger("fastexcel").setLevel(logging.ERROR)  # it warns of columns in which nothing stands
        found = fastexcel.read_excel(self._content).load_sheet(
            sheet.name, header_row=None, skip_rows=first - 1, schema_sample_rows=None
        )
        return frozenset(
            column.absolute_index for column in found.available_columns() if column.dtype in ("int", "float")
        )

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

    shown: those that show percentages, as 0, or so many digits at least, as 00012345.
    """

    units: Mapping[int, FormatUnit]
    shown: Mapping[int, int]


def _number_styles(book: ZipFile) -> _NumberStyles:
    try:
        styles = _part(book, "xl/styles.xml")
    except (KeyError, ElementTree.ParseError):
        return _NumberStyles({}, {})
    codes: dict[str, str] = dict.fromkeys(_PERCENTS, "%")
    units: dict[int, FormatUnit] = {}
    shown: dict[int, int] = {}
    for part in styles:
        match part.tag.rpartition("}")[2]:
            case "numFmts":
                codes |= {each.get("numFmtId", ""): each.get("formatCode", "") for each in part}
            case "cellXfs":
                for style, each in enumerate(part):
                    code = codes.get(each.get("numFmtId", ""), "").partition(";")[0]
                    currency = "".join("$" if sign[1] is None else sign[1] for sign in _CURRENCY.finditer(code))
                    text = currency + "".join(chain.from_iterable(_LITERAL.findall(_CURRENCY.sub("", code))))
                    bare = _LITERAL.sub("", code)
                    padded = None if currency else _PADDED.fullmatch(code)
                    if "%" in bare:
                        shown[style] = 0
                    elif padded:
                        shown[style] = len(padded[1])
                    elif text.strip():
                        # A comma behind the digits shows thousands; an escaped point moves it by the digits behind it.
                        commas, moved = _COMMAS.search(bare), _MOVED_POINT.search(bare)
                        power = 3 * len(commas[1] if commas else "") + len(moved[1] if moved else "")
                        units[style] = FormatUnit(code, text.strip(), power)
    return _NumberStyles(units, shown)


def _as_shown(frame: pl.DataFrame, styled: Iterable[tuple[Place, int]], shown: Mapping[int, int]) -> pl.DataFrame:
    """The cells with numbers as they look: 5.25% of 0.0525, 00012345 of 12345. shown: see _NumberStyles."""
    texts = {}
    for (row, column), style in styled:
        text = frame.item(row, column) if row < frame.height and column < frame.width else None
        if text is not None and shown[style] and text.isdecimal():
            texts[row, column] = text.zfill(shown[style])
        elif text is not None and not shown[style]:
            with suppress(ArithmeticError):
                # As many digits as are sure: what binary fractions leave behind is no part of the number.
                texts[row, column] = f"{(100 * Decimal(f'{Decimal(text):.12g}')).normalize():f}%"
    return _with(frame, texts)


def _with(frame: pl.DataFrame, texts: dict[tuple[int, int], str]) -> pl.DataFrame:
    """The cells with some texts in their places, by row and column from 0."""
    by_column: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        if row < frame.height and column < frame.width:
            by_column.setdefault(column, {})[row] = text
    for column, rows in by_column.items():
        frame = frame.replace_column(column, frame.to_series(column).scatter(list(rows), list(rows.values())))
    return frame


def _merged_filled(
    frame: pl.DataFrame, merged: Iterable[tuple[int, int, int, int]]
) -> tuple[pl.DataFrame, tuple[tuple[str, int], ...]]:
    """The cells with the value of merged ones in each row that they take, and which those are."""
    texts: dict[tuple[int, int], str] = {}
    filled = []
    for first, left, last, right in merged:
        if last == first or first >= frame.height or left >= frame.width:
            continue
        value = frame.item(first, left)
        if value is not None:
            texts |= {(row, left): value for row in range(first + 1, min(last + 1, frame.height))}
            filled.append((f"{letters_of(left)}{first + 1}:{letters_of(right)}{last + 1}", last + 1))
    return _with(frame, texts), tuple(filled)
