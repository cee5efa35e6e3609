"""A workbook as sheets of text, as Excel shows them: the right sheet, merged cells filled, failed formulas named.

The cells, and which of them failed, are what fastexcel reports. What it does not say is read from the sheet's own file:
which cells are merged, which rows are hidden, which formulas nobody has worked out, and how far the cells reach.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import IO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import polars as pl
from msgspec import Struct

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
# A prefix may stand before every name in a sheet's file.
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_FROM, _TO = re.compile(rb'\bmin="(\d+)"'), re.compile(rb'\bmax="(\d+)"')
_NUMBER, _HIDDEN = re.compile(rb'\br="(\d+)"'), re.compile(rb'\bhidden="(?:1|true)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)(\d+)"')
_FAR_COLUMN = re.compile(rb'\br="[A-Z]{3}\d')
# A formula whose value nobody has worked out: the program that saved the file could not. An empty text is a value.
_NO_VALUE = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"(?![^>]*\bt="str")[^>]*>'
    rb"<(?:\w+:)?f\b[^>]*(?:/>|>([^<]*)</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_CELL_PLACE, _STYLE, _TEXT = re.compile(rb'\br="([A-Z]+)'), re.compile(rb'\bs="(\d+)"'), re.compile(rb'\bt="(?!n")')
# In a number format: text in quotation marks, or letters that need none; signs that show less than there is.
_LITERAL = re.compile(r'"([^"]*)"|([^\x00-\x7f]+)')
_COMMAS, _MOVED_POINT = re.compile(r"[0#?](,+)(?![0#?,])"), re.compile(r"[!\\]\.([0#?]+)")
_WHOLE_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?(?:/>|>.*?</(?:\w+:)?row>)", re.DOTALL)
_WHOLE_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</(?:\w+:)?c>)', re.DOTALL)
_MIDNIGHT = " 00:00:00"  # behind every date
_NO_DAY = "1899-12-31 "  # before every time of day
_BLOCK = 1 << 24
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The reader makes room for every cell up to the last. Beyond so many, those that lie far away are left out.
_MOST_CELLS = 30_000_000
_FAR_ROWS, _FAR_COLUMNS = 1_000, 200
_WORKSHEET = "/worksheet"


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
    nothing.
    """

    frame: pl.DataFrame
    filled: tuple[tuple[str, int], ...]
    hidden: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    far: tuple[str, ...]
    units: Mapping[int, frozenset[FormatUnit | None]]


class Workbook:
    """An open workbook. Raises UnusableFileError for what is none; name: of the file."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._content = content
        try:
            with ZipFile(BytesIO(content)) as book:
                self.sheets = _sheets(book)
        except (BadZipFile, KeyError, ElementTree.ParseError, ValueError, OSError):
            raise self._unusable() from None

    def cells(self, sheet: Sheet) -> SheetCells:
        """The cells of a sheet."""
        import fastexcel  # only workbooks need it

        look = _Look(self._content, sheet.path)
        content, far = self._content, tuple[str, ...]()
        if look.too_many:
            content, far = look.without_far(content)
        try:
            loaded = fastexcel.read_excel(content).load_sheet(sheet.name, header_row=None, skip_rows=0, dtypes="string")
            batch, errors = loaded.to_arrow_with_errors()
        except fastexcel.FastExcelError:
            raise self._unusable() from None
        frame = pl.DataFrame(pl.from_arrow(batch))
        left = loaded.available_columns()[0].absolute_index if frame.width else 0
        frame = frame.with_columns(
            pl.when(pl.all() != "").then(pl.all().str.strip_suffix(_MIDNIGHT).str.strip_prefix(_NO_DAY))
        )
        frame = frame.select(
            *(pl.lit(None, dtype=pl.String).alias(f"blank {place}") for place in range(left)), pl.all()
        )
        texts = {(row, left + column): formula for (row, column), formula in look.unworked_out(left)}
        for error in errors.errors if errors is not None else ():
            (row, column), found = error.offset_position, _ERROR.search(error.detail)
            texts[row, left + column] = _ERRORS.get(found[1], f"#{found[1]}") if found else "#"
        frame = _with(frame, texts)
        frame, filled = _merged_filled(frame, look.merged)
        return SheetCells(frame, filled, look.hidden, look.hidden_columns(frame.width), far, self._units(sheet))

    def _units(self, sheet: Sheet) -> dict[int, frozenset[FormatUnit | None]]:
        """What number formats write behind the numbers of each column."""
        with ZipFile(BytesIO(self._content)) as book:
            styles = _format_units(book)
            found: dict[int, set[FormatUnit | None]] = {}
            if styles:  # only then are the cells worth a look
                with book.open(sheet.path) as stream:
                    for cell in (match[1] for block in _blocks(stream) for match in _CELL.finditer(block)):
                        place, style = _CELL_PLACE.search(cell), _STYLE.search(cell)
                        if place and not _TEXT.search(cell) and not cell.endswith(b"/"):
                            unit = styles.get(int(style[1])) if style else None
                            found.setdefault(column_of(place[1]), set()).add(unit)
        return {column: frozenset(units) for column, units in found.items()}

    def _unusable(self) -> UnusableFileError:
        return UnusableFileError(
            _("{name} 打不开，可能损坏，或者不是 .xlsx。", name=self._name),
            _("请在 Excel 里打开它，另存为 .xlsx 再试。"),
        )


def is_encrypted(content: bytes) -> bool:
    """Whether a file is a workbook with a password."""
    return _ENCRYPTED in content


def _sheets(book: ZipFile) -> list[Sheet]:
    """The sheets of cells, in their order."""
    relations = {
        relation.get("Id", ""): relation for relation in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    sheets = []
    for element in ElementTree.fromstring(book.read("xl/workbook.xml")).iter():
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


def _format_units(book: ZipFile) -> dict[int, FormatUnit]:
    """The styles of cells whose number format writes something behind a number."""
    try:
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))
    except (KeyError, ElementTree.ParseError):
        return {}
    codes: dict[str, str] = {}
    found: dict[int, FormatUnit] = {}
    for part in styles:
        match part.tag.rpartition("}")[2]:
            case "numFmts":
                codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in part}
            case "cellXfs":
                for style, each in enumerate(part):
                    code = codes.get(each.get("numFmtId", ""), "").partition(";")[0]
                    text = "".join(chain.from_iterable(_LITERAL.findall(code)))
                    if text.strip():
                        bare = _LITERAL.sub("", code)
                        # A comma behind the digits shows thousands; an escaped point moves it by the digits behind it.
                        commas, moved = _COMMAS.search(bare), _MOVED_POINT.search(bare)
                        power = 3 * len(commas[1] if commas else "") + len(moved[1] if moved else "")
                        found[style] = FormatUnit(code, text.strip(), power)
    return found


class _Look:
    """A look at a sheet's own file."""

    def __init__(self, content: bytes, path: str) -> None:
        self._path = path
        self.merged: list[tuple[int, int, int, int]] = []
        self._rows: list[int] = []
        hidden = []
        self._hidden_columns: list[int] = []
        self._unworked: list[tuple[int, int, str]] = []
        self._is_far = False
        with ZipFile(BytesIO(content)) as book, book.open(path) as sheet:
            for block in _blocks(sheet):
                for match in _ROW.finditer(block):
                    number = _NUMBER.search(match[1])
                    self._rows.append(int(number[1]) if number else (self._rows[-1] if self._rows else 0) + 1)
                    if _HIDDEN.search(match[1]):
                        hidden.append(self._rows[-1])
                for column in filter(_HIDDEN.search, _COLUMNS.findall(block)):
                    ends = _FROM.search(column), _TO.search(column)
                    if ends[0] and ends[1]:
                        self._hidden_columns += range(int(ends[0][1]) - 1, min(int(ends[1][1]), 16_384))
                self._is_far = self._is_far or _FAR_COLUMN.search(block) is not None
                for match in _NO_VALUE.finditer(block):
                    letters, row, formula = match.groups(b"")
                    self._unworked.append((int(row) - 1, column_of(letters), f"={formula.decode()}"))
                for left, first, right, last in (match.groups() for match in _MERGED.finditer(block)):
                    self.merged.append((int(first) - 1, column_of(left), int(last) - 1, column_of(right)))
        self.hidden = tuple(dict.fromkeys(hidden))
        widest = 16_384 if self._is_far else 702
        self.too_many = max(self._rows, default=0) * widest > _MOST_CELLS and self._extent(content) > _MOST_CELLS

    def hidden_columns(self, width: int) -> tuple[str, ...]:
        """The letters of the hidden ones of so many columns."""
        return tuple(letters_of(column) for column in self._hidden_columns if column < width)

    def unworked_out(self, left: int) -> Iterable[tuple[tuple[int, int], str]]:
        """The formulas without a value, by row and column from 0, the columns from the first that has cells."""
        return (((row, column - left), formula) for row, column, formula in self._unworked if column >= left)

    def _extent(self, content: bytes) -> int:
        """How many cells there are room for up to the last."""
        with ZipFile(BytesIO(content)) as book, book.open(self._path) as sheet:
            columns = {letters for block in _blocks(sheet) for letters in (m[1] for m in _PLACE.finditer(block))}
        return max(self._rows, default=0) * (1 + max(map(column_of, columns), default=0))

    def without_far(self, content: bytes) -> tuple[bytes, tuple[str, ...]]:
        """The workbook without the cells of this sheet that lie far from the others, and where those are."""
        with ZipFile(BytesIO(content)) as book:
            sheet = book.read(self._path)
        last_row = _before_gap(self._rows, _FAR_ROWS)
        columns = sorted({column_of(match[1]) for match in _PLACE.finditer(sheet)})
        last_column = _before_gap(columns, _FAR_COLUMNS)
        far: list[str] = []

        def near_cells(row: re.Match[bytes]) -> bytes:
            number = _NUMBER.search(row[0])
            if number is not None and int(number[1]) > last_row:
                far.extend(b"".join(match.groups()).decode() for match in _PLACE.finditer(row[0]))
                return b""
            return _WHOLE_CELL.sub(near_cell, row[0])

        def near_cell(cell: re.Match[bytes]) -> bytes:
            if column_of(cell[1]) <= last_column:
                return cell[0]
            place = _PLACE.search(cell[0])
            far.extend([b"".join(place.groups()).decode()] if place else [])
            return b""

        near = _WHOLE_ROW.sub(near_cells, sheet)
        stream = BytesIO()
        with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w") as new:
            for inside in old.namelist():
                new.writestr(inside, near if inside == self._path else old.read(inside))
        return stream.getvalue(), tuple(far)


def _blocks(sheet: IO[bytes]) -> Iterator[bytes]:
    """The file in blocks that end where a row begins, so that none of what is looked for is cut."""
    rest = b""
    while block := sheet.read(_BLOCK):
        rest += block
        last = max(rest.rfind(b"<row "), rest.rfind(b"<", 0, max(rest.rfind(b":row "), 0)))
        if last > 0:
            yield rest[:last]
            rest = rest[last:]
    yield rest


def _before_gap(numbers: Sequence[int], gap: int) -> int:
    """The last of some numbers in order before which none is further from the one before it than that."""
    last = numbers[0]
    for number in numbers:
        if number - last > gap:
            break
        last = number
    return last


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


def column_of(letters: bytes) -> int:
    """The number of a column, from 0: 0 of A, 26 of AA."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number - 1


def letters_of(column: int) -> str:
    """The letters of a column, from 0: A of 0, AA of 26."""
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
