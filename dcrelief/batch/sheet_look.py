"""A look at a sheet's own file in a workbook, for what no reader tells: what is merged or hidden, how far it reaches.

Also which formulas nobody has worked out, which numbers show otherwise than they are, and which have lost digits.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from string import ascii_uppercase
from typing import IO
from zipfile import ZipFile

import polars as pl

# A prefix may stand before every name in a sheet's file; the longer patterns are kept from most blocks by a word.
_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b")
_HIDDEN, _NUMBER = r'\bhidden="(?:1|true)"', r'\br="(\d+)"'
_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^<>]*>")
_FROM, _TO = re.compile(rb'\bmin="(\d+)"'), re.compile(rb'\bmax="(\d+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_PLACE = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]+)(\d+)"')
# A formula whose value nobody has worked out: the program that saved the file could not. An empty text is a value.
_NO_VALUE = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"(?![^<>]*\bt="str")[^<>]*>'
    rb"<(?:\w+:)?f\b[^<>]*(?:/>|>([^<]*)</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
# A number of more digits than a workbook keeps.
_LONG = r"-?(?:\d{16}|\d(?:\.\d+)?[Ee]\+(?:1[5-9]|[2-9]\d|\d{3}))"
# One that the reader writes with other digits: of many, or of many decimals.
_FINE = r"-?(?:\d{7,}\.\d+|\d*\.\d{10,}|\d(?:\.\d+)?[Ee][-+]?\d{1,3})"
_NO_TEXT = rb'<(?:\w+:)?c\b(?![^<>]*\bt="[^n])'
_WITH_VALUE = rb'[^<>]*?\br="([A-Z]+)(\d+)"[^<>]*>(?:<(?:\w+:)?f\b[^<>]*>(?:[^<]*</(?:\w+:)?f>)?)?<(?:\w+:)?v>'
_LONG_CELL = re.compile(_NO_TEXT + _WITH_VALUE + b"(" + _LONG.encode() + rb"[^<]*)")
_FINE_CELL = re.compile(_NO_TEXT + _WITH_VALUE + b"(" + _FINE.encode() + b")<")
_ANY_NUMBER = rb"(-?\d*\.?\d+(?:[Ee][-+]?\d{1,3})?)<"
_WHOLE_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?(?:/>|>.*?</(?:\w+:)?row>)", re.DOTALL)
_WHOLE_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]+)\d+"[^<>]*?(?:/>|>.*?</(?:\w+:)?c>)', re.DOTALL)
_FAILED = re.compile(rb'(<(?:\w+:)?c\b[^<>]*?\b)t="e"')
_ROW_NUMBER = re.compile(_NUMBER.encode())
_BLOCK, _LONGEST_ROW = 1 << 24, 1 << 23
_MOST_COLUMNS = 16_384
# Cells from a column on, and how many columns there are up to it, or up to the last that begins with its letter.
_REACHES = [
    *((rf'\br="(?:[{letter}-Z]\d|[A-Z]{{2,3}}\d)', place) for place, letter in enumerate(ascii_uppercase, 1)),
    *((rf'\br="(?:[{letter}-Z][A-Z]|[A-Z]{{3}})\d', 26 * place) for place, letter in enumerate(ascii_uppercase, 2)),
    (r'\br="[A-Z]{3}\d', _MOST_COLUMNS),
]
# Beyond so many cells, those that lie far away are left out.
_FAR_ROWS, _FAR_COLUMNS, _WIDE = 1_000, 200, 1_000
# A row or a column that no sheet has.
_NO_PLACE = r'\br="(?:[A-Z]{4}|[A-Z]*\d{8})'
_SURE_DIGITS, _KEPT_DIGITS = 10, 15
_FINE_SCHEMA = {"row": pl.UInt32, "column": pl.UInt32, "text": pl.String}

Place = tuple[int, int]  # a row and a column, from 0
Merged = tuple[int, int, int, int]  # first row, left column, last row, right column, from 0


class SheetLook:
    """What the file of a sheet says; path: of the file in the workbook. styles: those whose cells are to be found.

    merged: the cells that are merged. hidden: the numbers of rows. styled: the cells of numbers in
    those styles, with the style and the number. long_numbers: the cells of numbers that have more digits than a
    workbook keeps. fine_numbers: the cells (row, column, from 0) of numbers that the reader may write with other
    digits, as text.
    """

    def __init__(self, content: bytes, path: str, styles: Iterable[int]) -> None:
        self._path = path
        self.merged: list[Merged] = []
        self.styled: list[tuple[Place, int, Decimal]] = []
        self.long_numbers: list[Place] = []
        self._hidden_columns: set[int] = set()
        self._unworked: list[tuple[Place, str]] = []
        self._reach = 0  # which of _REACHES the cells come up to
        rows: list[pl.DataFrame] = []
        fine = [pl.DataFrame(schema=_FINE_SCHEMA)]
        either = b"|".join(str(style).encode() for style in styles)
        styled = re.compile(_NO_TEXT + rb'(?=[^<>]*\bs="(' + either + rb')")' + _WITH_VALUE + _ANY_NUMBER)
        with ZipFile(BytesIO(content)) as book, book.open(path) as sheet:
            prefix = ""
            for number, block in enumerate(blocks(sheet)):
                if number == 0 and (root := _ROOT.search(block)):
                    prefix = root[1].decode()
                try:
                    text = pl.Series([block]).cast(pl.String)
                except pl.exceptions.PolarsError:
                    raise ValueError(path) from None  # it is no UTF-8
                if text.str.contains(_NO_PLACE).item():
                    raise ValueError(path)
                tags = text.str.extract_all(rf"<{prefix}row\b[^<>]*>").explode().drop_nulls()
                rows.append(
                    tags.to_frame("tag").select(
                        pl.col("tag").str.extract(_NUMBER).cast(pl.Int64).alias("row"),
                        pl.col("tag").str.contains(_HIDDEN).alias("hidden"),
                    )
                )
                self._look_at_columns(block, text)
                if text.str.contains(rf"{prefix}v>{_LONG}").item():
                    long = _LONG_CELL.findall(block)
                    self.long_numbers += (_place(letters, row) for letters, row, value in long if not _is_round(value))
                if text.str.contains(rf"{prefix}v>{_FINE}<").item():
                    cells = ((*_place(*place), _written_out(value)) for *place, value in _FINE_CELL.findall(block))
                    fine.append(pl.DataFrame(list(cells), schema=_FINE_SCHEMA, orient="row"))
                if either:
                    for style, letters, row, value in styled.findall(block):
                        self.styled.append((_place(letters, row), int(style), Decimal(_written_out(value))))
                if f"<{prefix}f".encode() in block:
                    for match in _NO_VALUE.finditer(block):
                        letters, row, formula = match.groups(b"")
                        self._unworked.append((_place(letters, row), f"={formula.decode()}"))
                if b"mergeCell" in block:
                    for left, first, right, last in (match.groups() for match in _MERGED.finditer(block)):
                        self.merged.append((int(first) - 1, column_of(left), int(last) - 1, column_of(right)))
        self.fine_numbers = pl.concat(fine)
        found = pl.concat(rows)
        self._rows = _numbered(found["row"])
        self.hidden = tuple(self._rows.filter(found["hidden"]).unique(maintain_order=True))

    def _look_at_columns(self, block: bytes, text: pl.Series) -> None:
        """Which are hidden, and how far the cells of a block reach."""
        if b"hidden=" in block:
            for column in filter(re.compile(_HIDDEN.encode()).search, _COLUMNS.findall(block)):
                ends = _FROM.search(column), _TO.search(column)
                if ends[0] and ends[1]:
                    first, last = int(ends[0][1]), min(int(ends[1][1]), _MOST_COLUMNS)
                    self._hidden_columns.update(range(max(first, 1) - 1, last))
        while self._reach < len(_REACHES) and text.str.contains(_REACHES[self._reach][0]).item():
            self._reach += 1

    @property
    def _columns(self) -> int:
        """How many columns there are up to the last cell, or a few more."""
        return _REACHES[self._reach - 1][1] if self._reach else 0

    @property
    def extent(self) -> int:
        """How many cells there is room for up to the last, or a few more."""
        return int(self._rows.max() or 0) * self._columns  # type: ignore[arg-type]

    @property
    def is_wide(self) -> bool:
        """Whether cells reach so far to the right that to read them takes long."""
        return self._columns > _WIDE

    @property
    def may_have_far(self) -> bool:
        """Whether there may be cells that lie far from the others."""
        gaps = self._rows.diff().max()
        return self._columns > _FAR_COLUMNS or (isinstance(gaps, int) and gaps > _FAR_ROWS)

    def hidden_columns(self, width: int) -> tuple[str, ...]:
        """The letters of the hidden ones of so many columns."""
        return tuple(letters_of(column) for column in sorted(self._hidden_columns) if column < width)

    def unworked_out(self, left: int) -> Iterable[tuple[Place, str]]:
        """The formulas without a value, from the first column that has cells."""
        return ((place, formula) for place, formula in self._unworked if place[1] >= left)

    def without_far(self, content: bytes) -> tuple[bytes, tuple[str, ...], int]:
        """The workbook without the cells of this sheet that lie far from the others; where those are; its extent."""
        with ZipFile(BytesIO(content)) as book:
            sheet = book.read(self._path)
        last_row = _before_gap(self._rows.to_list(), _FAR_ROWS)
        columns = sorted({column_of(match[1]) for match in _PLACE.finditer(sheet)})
        last_column = _before_gap(columns, _FAR_COLUMNS)
        far: list[str] = []

        def near_cells(row: re.Match[bytes]) -> bytes:
            number = _ROW_NUMBER.search(row[0])
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

        near = _with_part(content, self._path, _WHOLE_ROW.sub(near_cells, sheet))
        return near, tuple(far), last_row * (1 + last_column)

    def with_errors_as_texts(self, content: bytes) -> bytes:
        """The workbook with what failed cells of this sheet say as texts: some programs have errors of their own."""
        with ZipFile(BytesIO(content)) as book:
            sheet = book.read(self._path)
        return _with_part(content, self._path, _FAILED.sub(rb'\1t="str"', sheet))


def _with_part(content: bytes, path: str, part: bytes) -> bytes:
    """The workbook with another part in the place of that."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w") as new:
        for inside in old.namelist():
            new.writestr(inside, part if inside == path else old.read(inside))
    return stream.getvalue()


def _is_round(value: bytes) -> bool:
    """Whether a long number ends in so many zeros that nothing can be lost, as 1e15."""
    mantissa = re.split(rb"[Ee]", value)[0].replace(b".", b"").strip(b"-0")
    return len(mantissa) < _SURE_DIGITS


def _written_out(value: bytes) -> str:
    """A number with as many digits as a workbook keeps, without an exponent."""
    return f"{Decimal(f'{Decimal(value.decode()):.{_KEPT_DIGITS}g}').normalize():f}"


def _place(letters: bytes, row: bytes) -> Place:
    return int(row) - 1, column_of(letters)


def _numbered(rows: pl.Series) -> pl.Series:
    """The numbers of rows; one that does not say its own comes after the one before it."""
    if not rows.null_count():
        return rows
    numbers, last = [], 0
    for number in rows:
        last = last + 1 if number is None else number
        numbers.append(last)
    return pl.Series(numbers, dtype=pl.Int64)


def blocks(sheet: IO[bytes]) -> Iterator[bytes]:
    """The file in blocks that end where a row begins, so that none of what is looked for is cut."""
    rest = b""
    while block := sheet.read(_BLOCK):
        rest += block
        last = max(rest.rfind(b"<row "), rest.rfind(b"<", 0, max(rest.rfind(b":row "), 0)))
        if last > 0:
            yield rest[:last]
            rest = rest[last:]
        if len(rest) > _LONGEST_ROW:
            raise ValueError("row")
    yield rest


def _before_gap(numbers: Sequence[int], gap: int) -> int:
    """The last of some numbers in order before which none is further from the one before it than that."""
    last = numbers[0]
    for number in numbers:
        if number - last > gap:
            break
        last = number
    return last


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
