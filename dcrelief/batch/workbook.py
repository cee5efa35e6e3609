"""Assessments as an Excel workbook: a sheet of businesses, one of what fits each, one of what could not be read."""

import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from msgspec.structs import astuple

from dcrelief.batch.assessor import Assessor, BadCell
from dcrelief.batch.fits import FIT_KEYS, fit_rows
from dcrelief.batch.pipeline import OutgoingBatch, Sink
from dcrelief.batch.summary import Tally, summary_view
from dcrelief.errors import UnusableFileError
from dcrelief.files.csv_writer import Parts
from dcrelief.files.workbook_look import Looks, set_up_page
from dcrelief.language import _
from dcrelief.rules.words import Words

MOST_ROWS = 1_048_576  # of a sheet, by its format; so are the letters of a cell
MOST_LETTERS = 32_767
_FIT_WIDTHS = dict(zip(FIT_KEYS, (6, 12, 26, 46, 12, 15, 15, 12, 12, 30, 18, 30), strict=True))
_REJECT_WIDTHS = dict(zip(BadCell.__struct_fields__, (6, 24, 30, 60, 24), strict=True))


class WorkbookSink(Sink):
    """XLSX, in bounded memory: what fits and the bad cells as they come; the businesses at the end, below a summary.

    parts: a folder for what has come so far; its owner clears it away. columns: the headings of the table's own cells.
    """

    def __init__(self, path: Path, parts: Path, assessor: Assessor, columns: list[str]) -> None:
        self._assessor = assessor
        self._words = assessor.catalogue.words
        self._columns = columns
        self._parts = Parts(parts)
        # In this mode a row is written out when the next begins: rows in order, and a sheet's summary before its rows.
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(parts)})
        self._book.use_zip64()  # beyond 300,000 rows a sheet is more than the old format can hold
        self._looks = Looks(self._book)
        self._clients = self._book.add_worksheet(self._words("batch.sheet_clients"))
        self._fits = _Rows(self._book, self._looks, self._words, "batch.sheet_fits", _FIT_WIDTHS)
        self._rejects = _Rows(self._book, self._looks, self._words, "batch.sheet_rejects", _REJECT_WIDTHS)

    def write(self, batch: OutgoingBatch) -> None:
        """See Sink. Raises UnusableFileError beyond the rows that a sheet can have."""
        self._parts.add(batch.cells.hstack(batch.assessed.sheet))
        if self._parts.rows > MOST_ROWS - 100:  # the summary has rows, too
            raise UnusableFileError(
                _("XLSX 一张表最多 {most_rows:,} 行，放不下。", most_rows=MOST_ROWS),
                _("请把结果写成 .csv 或 .parquet。"),
            )
        self._fits.add(fit_rows(self._assessor.catalogue, batch.numbers, batch.assessed).iter_rows())
        self._rejects.add(map(astuple, batch.bad))

    def finish(self, tally: Tally) -> None:
        """See Sink. Raises OSError."""
        policy, own = self._assessor.catalogue.policy, self._assessor.sheet
        named = {policy.id_fact, policy.name_fact}
        who = [heading for heading, fact in self._assessor.headings.items() if fact.id in named]
        order = [*who, *own.schema, *(heading for heading in self._columns if heading not in who)]
        head = self._write_summary(tally) + 2
        for route, heading in own.headings.items():
            fitting = self._words("batch.fitting", count=f"{tally.routes[route]:,}")
            self._clients.write_string(head - 1, order.index(heading), fitting, self._looks.bold)
        self._clients.set_row(head, 58)
        self._looks.write_headings(self._clients, head, order, [self._width(heading, who) for heading in order])
        last = head
        for rows in self._parts.each():
            for row in rows.select(order).iter_rows():
                last += 1
                _write(self._clients, last, row, self._looks)
        self._set_up_clients(head, last, len(order), len(who))
        self._fits.finish()
        self._rejects.finish()
        _close(self._book)

    def _write_summary(self, tally: Tally) -> int:
        """The summary above the businesses; the number of its last row."""
        summary = summary_view(self._assessor.catalogue, tally, self._assessor.as_of, by_measure=False)
        self._clients.set_row(0, 24)
        self._clients.write_string(0, 0, summary.title, self._looks.title)
        lines = [*summary.lines]
        for section in summary.sections:
            text = self._words("value.also").join(section.lines)
            lines.append(self._words("batch.summary_line", title=section.title, text=text))
        for place, line in enumerate(lines, 1):
            self._clients.write_string(place, 0, line, self._looks.by_type[str])
        return len(lines)

    def _width(self, heading: str, who: list[str]) -> int:
        """Cells across: names and lists want more, verdicts the words that they have."""
        if heading in who or self._assessor.sheet.schema.get(heading) == pl.String:
            return 28
        return 18 if heading in self._assessor.sheet.headings.values() else 15

    def _set_up_clients(self, head: int, last: int, width: int, frozen: int) -> None:
        """The filter, the colours and the page of the businesses; frozen: how many columns stay in sight."""
        sheet = self._clients
        sheet.freeze_panes(head + 1, frozen)
        sheet.autofilter(head, 0, last, width - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        for key, fill in self._looks.fills.items():
            begins = {"type": "text", "criteria": "begins with", "value": self._words(f"batch.{key}"), "format": fill}
            sheet.conditional_format(head + 1, 0, max(last, head + 1), width - 1, begins)
        set_up_page(sheet, head, all_columns=False)
        sheet.repeat_columns(0, frozen - 1)


class _Rows:
    """A sheet that rows are added to, and another when it is full; columns: their keys, and how wide they are."""

    def __init__(self, book: Any, looks: Looks, words: Words, title: str, columns: Mapping[str, int]) -> None:
        self._book, self._looks, self._title, self._widths = book, looks, words(title), list(columns.values())
        self._headings = [words(f"batch.{key}") for key in columns]
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
    hook = sys.unraisablehook
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        # The archive that is left would complain once more, on stderr, when it is thrown away: now, and unheard.
        sys.unraisablehook = lambda _: None
        traceback.clear_frames(error.__traceback__)
        raise error.args[0] from None
    finally:
        sys.unraisablehook = hook
