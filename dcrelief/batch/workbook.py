"""Assessments as an Excel workbook: a sheet of businesses, one of what fits each, one of what could not be read."""

import sys
import traceback
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from msgspec import Struct

from dcrelief.batch.assessor import Assessor
from dcrelief.batch.fits import FIT_KEYS, fit_rows
from dcrelief.batch.pipeline import OutgoingBatch
from dcrelief.batch.summary import Tally, summary_view
from dcrelief.errors import UnusableFileError
from dcrelief.files.csv_writer import Parts
from dcrelief.files.workbook_look import Looks, set_up_page
from dcrelief.language import _
from dcrelief.report.parts import View
from dcrelief.rules.words import Words

MOST_ROWS = 1_048_576  # of a sheet, by its format; so are the letters of a cell
MOST_LETTERS = 32_767
REJECT_KEYS = ("row", "column", "written", "expected", "nearest")
_FIT_WIDTHS = (6, 12, 26, 46, 12, 15, 15, 12, 30, 18, 30)
_REJECT_WIDTHS = (6, 24, 30, 60, 24)


class Column(Struct, frozen=True):
    """A column of the sheet of businesses: its heading, what stands above it, may be nothing, and how wide it is."""

    heading: str
    above: str
    width: int


class Workbook:
    """Writes a workbook in bounded memory: fits and rejects as they come, the businesses at the end.

    workspace: a folder for what has come so far; who made it clears it away.
    """

    def __init__(self, path: Path, workspace: Path, words: Words) -> None:
        self._words = words
        # In this mode a row is written out when the next begins: rows in order, and a sheet's summary before its rows.
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(workspace)})
        self._book.use_zip64()  # beyond 300,000 rows a sheet is more than the old format can hold
        self._looks = Looks(self._book)
        self._clients = self._book.add_worksheet(words("batch.sheet_clients"))
        headings = [[words(f"batch.{key}") for key in keys] for keys in (FIT_KEYS, REJECT_KEYS)]
        self._fits = _Rows(self._book, words("batch.sheet_fits"), headings[0], _FIT_WIDTHS, self._looks)
        self._rejects = _Rows(self._book, words("batch.sheet_rejects"), headings[1], _REJECT_WIDTHS, self._looks)

    def add_fits(self, rows: pl.DataFrame) -> None:
        """Adds rows of fit_rows."""
        money = (pl.col("amount_least", "amount_most").cast(pl.Decimal(18, 0)) * Decimal("0.01")).cast(
            pl.Decimal(18, 2)
        )
        self._fits.add(rows.with_columns(money).rows())

    def add_rejects(self, rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows of REJECT_KEYS."""
        self._rejects.add(rows)

    def finish(self, summary: View, columns: Sequence[Column], batches: Iterable[pl.DataFrame], *, frozen: int) -> None:
        """Writes the sheet of businesses below a summary, and closes the workbook. Raises OSError.

        batches: of those columns. frozen: how many columns on the left stay in sight.
        """
        sheet, words = self._clients, self._words
        sheet.set_row(0, 24)
        sheet.write_string(0, 0, summary.title, self._looks.title)
        lines = [*summary.lines]
        for section in summary.sections:
            lines.append(words("batch.summary_line", title=section.title, text=words("value.also").join(section.lines)))
        for place, line in enumerate(lines, 1):
            sheet.write_string(place, 0, line, self._looks.by_type[str])
        above, head = len(lines) + 1, len(lines) + 2
        for place, column in enumerate(columns):
            if column.above:
                sheet.write_string(above, place, column.above, self._looks.bold)
        sheet.set_row(head, 58)
        self._looks.write_headings(sheet, head, [c.heading for c in columns], [c.width for c in columns])
        last = head
        for batch in batches:
            for row in batch.iter_rows():
                last += 1
                _write(sheet, last, row, self._looks)
        width = len(columns)
        sheet.freeze_panes(head + 1, frozen)
        sheet.autofilter(head, 0, last, width - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        for key, fill in self._looks.fills.items():
            begins = {"type": "text", "criteria": "begins with", "value": words(f"batch.{key}"), "format": fill}
            sheet.conditional_format(head + 1, 0, max(last, head + 1), width - 1, begins)
        set_up_page(sheet, head, all_columns=False)
        sheet.repeat_columns(0, frozen - 1)
        self._fits.finish()
        self._rejects.finish()
        _close(self._book)


class _Rows:
    """A sheet that rows are added to, and another when it is full."""

    def __init__(self, book: Any, title: str, headings: Sequence[str], widths: Sequence[int], looks: Looks) -> None:
        self._book, self._title, self._headings, self._widths, self._looks = book, title, headings, widths, looks
        self._sheets = 0
        self._begin()

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows."""
        for row in rows:
            if self._last == MOST_ROWS - 1:
                self.finish()
                self._begin()
            self._last += 1
            _write(self._sheet, self._last, row, self._looks)

    def finish(self) -> None:
        """The filter over all rows."""
        self._sheet.autofilter(0, 0, self._last, len(self._headings) - 1)
        set_up_page(self._sheet, 0)

    def _begin(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(self._title if self._sheets == 1 else f"{self._title} {self._sheets}")
        self._last = 0
        self._looks.write_headings(self._sheet, 0, self._headings, self._widths)
        self._sheet.freeze_panes(1, 0)


def _write(sheet: Any, place: int, row: Sequence[Any], looks: Looks) -> None:
    """Writes a row; text as text, whatever it looks like."""
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        look = looks.by_type.get(type(value), looks.by_type[str])
        if isinstance(value, str):
            sheet.write_string(place, column, value[:MOST_LETTERS], look)
        elif isinstance(value, date):
            sheet.write_datetime(place, column, value, look)
        else:
            sheet.write_number(place, column, value, look)


def _close(book: Any) -> None:
    """Writes the workbook out. Raises OSError."""
    said_later = sys.unraisablehook
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        # The archive that is left would complain once more, on stderr, when it is thrown away: now, and unheard.
        sys.unraisablehook = lambda _: None
        traceback.clear_frames(error.__traceback__)
        raise error.args[0] from None
    finally:
        sys.unraisablehook = said_later


class WorkbookSink:
    """XLSX; parts: a folder for what has come so far, since a summary stands above it."""

    def __init__(self, path: Path, parts: Path, assessor: Assessor, columns: list[str]) -> None:
        self._assessor = assessor
        self._columns = columns
        self._parts = Parts(parts)
        self._book = Workbook(path, parts, assessor.catalogue.words)

    def write(self, batch: OutgoingBatch) -> None:
        """See Sink. Raises UnusableFileError beyond the rows that a sheet can have."""
        self._parts.add(batch.cells.hstack(batch.assessed.sheet))
        if self._parts.rows > MOST_ROWS - 100:  # the summary has rows, too
            raise UnusableFileError(
                _("XLSX 一张表最多 {most_rows:,} 行，放不下。", most_rows=MOST_ROWS),
                _("请把结果写成 .csv 或 .parquet。"),
            )
        catalogue, assessed = self._assessor.catalogue, batch.assessed
        self._book.add_fits(fit_rows(catalogue, batch.numbers, assessed.facts, assessed.verdicts))
        self._book.add_rejects((bad.row, bad.column, bad.written, bad.expected, bad.nearest) for bad in batch.bad)

    def finish(self, tally: Tally) -> None:
        catalogue, sheet = self._assessor.catalogue, self._assessor.sheet
        routes = {heading: route for route, heading in sheet.headings.items()}
        named = {catalogue.policy.id_fact, catalogue.policy.name_fact}
        who = [heading for heading, fact in self._assessor.headings.items() if fact.id in named]
        order = [*who, *sheet.schema, *(heading for heading in self._columns if heading not in who)]
        columns = [Column(h, self._fitting(tally, routes.get(h)), self._width(h, who)) for h in order]
        summary = summary_view(catalogue, tally, self._assessor.as_of, by_measure=False)
        self._book.finish(summary, columns, (rows.select(order) for rows in self._parts.each()), frozen=len(who))

    def _width(self, heading: str, who: list[str]) -> int:
        """Cells across: names and lists want more, verdicts the words that they have."""
        if heading in who or self._assessor.sheet.schema.get(heading) == pl.String:
            return 28
        return 18 if heading in self._assessor.sheet.headings.values() else 15

    def _fitting(self, tally: Tally, route: str | None) -> str:
        words = self._assessor.catalogue.words
        return "" if route is None else words("batch.fitting", count=f"{tally.routes[route]:,}")
