"""A workbook written a batch of rows at a time, in bounded memory, its sheets set up to be read and printed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs
from rvgsrust_xlsxwriter import ConditionalFormatFormula, Format, Workbook

from dcrelief.batch.sheet_look import letters_of
from dcrelief.files.workbook_look import A4, FOOTER, MARGINS, Looks

MOST_ROWS = 1_048_576  # of a sheet, by its format; so are the letters of a cell, the columns, and the links
MOST_LETTERS, MOST_COLUMNS, MOST_LINKS = 32_767, 16_384, 65_530
_LINE, _SPACE, _MOST_LINES = 18, 3, 12  # pixels; Excel shows no row higher than 545
_CELL_BYTES, _MOST_BYTES = 64, 3 << 30  # around the text of a cell; of a sheet in an archive of the older format
_MOST_HEIGHTS = 100_000  # rows whose height is given: each is kept until the end, and nobody prints so many
HEADING_HEIGHT = 2 * _LINE + _SPACE
_SETTERS: Mapping[str, Callable[[Format, Any], object]] = {
    "font_name": Format.set_font_name,
    "font_size": Format.set_font_size,
    "font_color": Format.set_font_color,
    "bg_color": Format.set_background_color,
    "num_format": Format.set_num_format,
    "align": Format.set_align,
    "valign": Format.set_vertical_align,
    "bold": lambda made, _: made.set_bold(),
    "underline": lambda made, _: made.set_underline(),
    "text_wrap": lambda made, _: made.set_text_wrap(),
    "border": lambda made, _: made.set_border("thin"),
}


def _format(properties: Mapping[str, object]) -> Format:
    made = Format()
    for name, value in properties.items():
        _SETTERS[name](made, value)
    return made


class WrittenBook:
    """A workbook under way. parts: a folder for what has come so far; its owner clears it away."""

    def __init__(self, parts: Path) -> None:
        self.looks = Looks(_format)
        self._book = Workbook()
        self._book.set_tempdir(str(parts))
        self._sheets: list[WrittenSheet] = []

    def sheet(self, name: str, *, wrapped: bool) -> "WrittenSheet":
        """A new sheet behind the others; wrapped: see WrittenSheet."""
        self._sheets.append(WrittenSheet(self._book, name, self.looks, wrapped=wrapped))
        return self._sheets[-1]

    def close(self, path: Path) -> None:
        """Writes the file. Raises OSError."""
        # LibreOffice opens no archive of the newer format, which alone can hold more.
        self._book.use_zip_large_file(max(sheet.most_bytes for sheet in self._sheets) > _MOST_BYTES)
        self._book.close(str(path))


class WrittenSheet:
    """A sheet under way. Rows come from the top down; what has been written is not changed any more.

    wrapped: whether texts take several lines, and rows are as high as their longest needs.
    """

    def __init__(self, book: Workbook, name: str, looks: Looks, *, wrapped: bool) -> None:
        self._sheet = book.add_worksheet(name, constant_memory=True)
        self._looks, self._wrapped = looks, wrapped
        self._head = self._links = 0
        self._widths: Sequence[float] = ()
        self._begun = False  # whether rows have come
        self.last = -1  # the row written last, from 0
        self.most_bytes = 0  # that its file may have

    @property
    def room(self) -> int:
        """How many rows it can still have."""
        return MOST_ROWS - 1 - self.last

    def line(self, text: str, look: Format, height: int | None = None) -> None:
        """Writes a text into the next row, over as many columns as it needs. height: of the row, in pixels."""
        self.last += 1
        if height is not None:
            self._sheet.set_row_height_pixels(self.last, height)
        self._sheet.write(self.last, 0, text, look)

    def texts(self, texts: Mapping[int, str]) -> None:
        """Writes some texts, by their column, into the next row."""
        self.last += 1
        for column, text in sorted(texts.items()):
            self._sheet.write(self.last, column, text, self._looks.bold)

    def headings(self, headings: Sequence[str], widths: Sequence[float], height: int | None = None) -> None:
        """Writes the headings into the next row. widths: of columns, in letters; height: of the row, in pixels."""
        self.last += 1
        self._head, self._widths = self.last, widths
        self._sheet.ignore_error_range(self.last, 0, MOST_ROWS - 1, len(widths) - 1, "number_stored_as_text")
        if height is not None:
            self._sheet.set_row_height_pixels(self.last, height)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            self._sheet.set_column_width(column, width)
            self._sheet.write(self.last, column, heading, self._looks.head)

    def add(self, rows: pl.DataFrame, links: tuple[int, pl.Series] | None = None) -> None:
        """Writes rows, of the same columns each time; text as text, whatever it looks like.

        links: a column, from 0, and where its cells lead to.
        """
        if not self._begun:
            self._begun = True
            for column, kind in enumerate(rows.dtypes):
                self._sheet.set_column_format(column, self._look(kind))
        first = self.last + 1
        self.last += rows.height
        if self._wrapped and first < _MOST_HEIGHTS:
            for row, height in enumerate(self._heights(rows), first):
                self._sheet.set_row_height_pixels(row, height)
        cells = _as_written(rows)
        self.most_bytes += int(cells.estimated_size()) + cells.height * cells.width * _CELL_BYTES
        if links is not None:
            self._add_with_links(cells, first, *links)
            return
        days = {name: self._look(kind) for name, kind in rows.schema.items() if kind == pl.Date}
        self._sheet.write_dataframe(first, 0, cells, write_header=False, column_formats=days)

    def _add_with_links(self, cells: pl.DataFrame, first: int, column: int, targets: pl.Series) -> None:
        """Writes rows whose cells of one column are links, as many as a sheet can have; the others are bare texts."""
        for place, (row, target) in enumerate(zip(cells.iter_rows(), targets, strict=True), first):
            for at, value in enumerate(row):
                if at == column and self._links < MOST_LINKS:
                    self._links += 1
                    self._sheet.write_url(place, at, target, self._looks.link, value)
                elif value is not None:
                    self._sheet.write(place, at, value)

    def _look(self, kind: pl.DataType) -> Format:
        """The look of a column by what it holds."""
        by_type: Mapping[type, Format] = self._looks.top_by_type if self._wrapped else self._looks.by_type
        if kind.is_decimal():
            return by_type[Decimal]
        if kind == pl.Date:
            return by_type[date]
        return by_type[int] if kind.is_integer() else by_type[str]

    def _heights(self, rows: pl.DataFrame) -> pl.Series:
        """How high each row is, in pixels: not every program makes it as high as its longest text by itself."""
        lines = [
            # A Chinese letter is three bytes, and as wide as two others.
            ((pl.col(name).str.len_chars() + pl.col(name).str.len_bytes()) / (2 * (width - 1))).ceil()
            for (name, kind), width in zip(rows.schema.items(), self._widths, strict=True)
            if kind == pl.String
        ]
        highest = pl.max_horizontal(pl.lit(1.0), *lines).clip(upper_bound=_MOST_LINES)
        return rows.select((highest * _LINE + _SPACE).cast(pl.UInt16)).to_series()

    def finish(self, frozen: int, *, printed: int | None = None) -> None:
        """Sets the sheet up to be read and printed: on A4 lying, as wide as the page, headings on every page.

        frozen: how many columns stay in sight. printed: how many of them are printed, if not all.
        """
        sheet, width = self._sheet, len(self._widths)
        sheet.freeze_panes(self._head + 1, frozen)
        sheet.autofilter(self._head, 0, self.last, width - 1)
        sheet.set_landscape()
        sheet.set_paper_size(A4)
        sheet.set_margins(**MARGINS, header=0.3, footer=0.3)
        sheet.set_print_fit_to_pages(1, 0)
        sheet.set_repeat_rows(self._head, self._head)
        sheet.set_footer(FOOTER)
        if printed is not None:
            sheet.set_print_area(self._head, 0, self.last, printed - 1)

    def fill(self, beginnings: Mapping[str, Format], rows: int) -> None:
        """Colours the cells whose text begins so, in so many rows below the headings; before they come."""
        first = self._head + 2  # as spreadsheets count
        cells = f"A{first}:{letters_of(len(self._widths) - 1)}{first + max(rows, 1) - 1}"
        for beginning, look in beginnings.items():
            rule = ConditionalFormatFormula()
            rule.set_rule(f'=LEFT(A{first},{len(beginning)})="{beginning}"')
            rule.set_format(look)
            # The range is given twice: what is given here is taken for written, and could not be written any more.
            rule.set_multi_range(cells)
            self._sheet.add_conditional_format(self._head, 0, self._head, 0, rule)


def _as_written(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of the kinds that can be written, cells with nothing in them empty."""
    texts = rows.with_columns((cs.enum() | cs.categorical()).cast(pl.String), cs.decimal().cast(pl.Float64))
    return texts.with_columns(pl.when(cs.string() != "").then(cs.string()))
