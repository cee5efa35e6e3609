"""A table as it is read: batches of text cells under their headings, in bounded memory, whatever file it comes from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import polars as pl
from msgspec import Struct, field
from msgspec.structs import replace

from dcrelief.batch.businesses import ROW, Businesses, NoBusiness
from dcrelief.batch.headings import unnamed
from dcrelief.batch.table_top import TableTop
from dcrelief.columnar.cells import BAD_SCHEMA

# The rows among which the one of headings is looked for: a title often stands above it.
HEADING_ROWS = 20
_FEW_CELLS = 3
# How a spreadsheet shows a number that is too long for it, whose last digits are lost where it is saved as text.
_SHORTENED = r"^\s*-?\d(?:\.\d+)?[Ee]\+?(?:1[1-9]|[2-9]\d|\d{3,})\s*$"


class Surplus(Struct, frozen=True):
    """A cell to the right of the headings: its row, its column (from 1), and what stands in it."""

    row: int
    column: int
    written: str


class Rows(Struct, frozen=True):
    """A batch: its cells as columns of text, the number of each row in ROW.

    surplus: the cells outside the headings, those of rows that are left out, too. set_aside: the rows that are left out
    since they are no business. bare: those of which only a name is known. shortened: the cells of numbers whose last
    digits are lost, in the form of BAD_SCHEMA. done: how many bytes or rows of the table have been read so far. sheet:
    where they stand, if several sheets are read.
    """

    cells: pl.DataFrame
    surplus: list[Surplus]
    set_aside: list[NoBusiness]
    bare: list[int]
    shortened: pl.DataFrame
    done: int
    sheet: str = ""

    def place(self, heading: str) -> str:
        """A column of it, with its sheet if there are several."""
        return f"{self.sheet}!{heading}" if self.sheet else heading


PieceReader = Callable[[], tuple[pl.DataFrame, int]]  # makes cells, and how much of the table has been read so far


class Table(Struct, frozen=True):
    """An open table: where its headings and units stand, and how it is read, in words.

    size: what Rows.done comes to at the end, 0 if nobody knows. read: its parts, each still to be made into cells.
    businesses: tells which rows are some. notes: what else is to be said of it, in words. long_numbers: by column, from
    0, the rows of numbers whose last digits are lost. numbers: gives the headings below which only numbers stand, of a
    workbook. sheet: the heading of the sheets' names, empty if only one is read.
    """

    top: TableTop
    how: Callable[[], str]
    size: int
    read: Callable[[], Iterator[PieceReader]]
    businesses: Businesses
    notes: tuple[str, ...] = ()
    long_numbers: Mapping[int, pl.Series] = field(default_factory=dict)
    numbers: Callable[[], frozenset[str]] = frozenset
    sheet: str = ""

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

    def _rows(self, part: PieceReader) -> Rows:
        raw, done = part()
        cells = [cell_column(place) for place in range(raw.width - 1)]
        filled = _without_blank(raw, cells)
        rows, set_aside, bare = self.businesses.among(filled, cells)
        beyond = cells[len(self.headings) :]
        listed = {(each.row, each.heading) for each in set_aside}  # with the cell that says why
        surplus = [
            Surplus(row, column, written)
            for column, name in enumerate(beyond, len(self.headings) + 1)
            for row, written in filled.filter(pl.col(name).str.strip_chars() != "").select(ROW, name).rows()
            if (row, unnamed(column)) not in listed
        ]
        shortened = self._shortened(rows)
        rows = rows.drop(beyond).rename(dict(zip(cells, self.headings, strict=False)))
        return Rows(rows, surplus, set_aside, bare, shortened, done)

    def _shortened(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The cells of numbers whose last digits are lost: those are no amounts, but what businesses are told by."""
        found = [pl.DataFrame(schema=BAD_SCHEMA)]
        for place in self.businesses.other_columns:
            texts = rows[cell_column(place)]
            lost = texts.str.contains(_SHORTENED)
            if place in self.long_numbers:
                lost |= rows[ROW].is_in(self.long_numbers[place].implode())
            at = lost.arg_true().cast(pl.UInt32)
            cells = {"row": at, "heading": [self.headings[place]] * len(at), "written": texts.gather(at)}
            found.append(pl.DataFrame(cells, schema_overrides=BAD_SCHEMA))
        return pl.concat(found)


class SeveralSheets(Table, frozen=True):
    """Tables of several sheets with the same headings, one below the other, with a column that says which sheet.

    top, size and so on: of the first, and the column of the sheets' names before it. tables: by the sheet's name.
    """

    tables: Mapping[str, Table] = field(default_factory=dict)

    def parts(self) -> Iterator[Callable[[], Rows]]:
        """See Table."""
        done = 0
        for name, table in self.tables.items():
            for part in table.parts():
                yield partial(self._of_sheet, name, part, done)
            done += table.size

    def _of_sheet(self, name: str, part: Callable[[], Rows], before: int) -> Rows:
        rows = part()
        cells = rows.cells.with_columns(pl.lit(name).alias(self.sheet)).select(ROW, *self.headings)
        return replace(rows, cells=cells, done=before + rows.done, sheet=name)


def cell_column(place: int) -> str:
    """The name of a column, from 0, before it has its heading."""
    return f"cell {place}"


def _without_blank(rows: pl.DataFrame, cells: Sequence[str]) -> pl.DataFrame:
    """The rows in which something stands; spaces are nothing."""
    filled = rows.select(pl.sum_horizontal(pl.col(cells).is_not_null())).to_series()
    few = (filled <= _FEW_CELLS).arg_true()  # only these are worth a look at what stands in them
    empty = pl.all_horizontal(pl.col(cells).fill_null("").str.strip_chars() == "")
    blank = few.filter(rows[few].select(empty).to_series())
    if blank.is_empty():
        return rows
    return rows.filter(pl.repeat(True, rows.height, dtype=pl.Boolean, eager=True).scatter(blank, False))
