"""Assessments as an Excel workbook to be sent: the clients, what fits each, what could not be read, and everything."""

import os
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from msgspec.structs import astuple
from rich.cells import cell_len

from dcrelief.batch.assessor import Assessor, BadCell
from dcrelief.batch.client_rows import CLIENT_KEYS, STAKE, client_rows
from dcrelief.batch.fits import FIT_KEYS, fit_rows
from dcrelief.batch.pipeline import OutgoingBatch, Sink
from dcrelief.batch.summary import Tally, summary_view
from dcrelief.errors import UnusableFileError
from dcrelief.files.csv_writer import Parts
from dcrelief.files.whole import report_name
from dcrelief.files.workbook_look import Looks, set_up_page
from dcrelief.language import _
from dcrelief.rules.words import Words

MOST_ROWS = 1_048_576  # of a sheet, by its format; so are the letters of a cell, and the columns
MOST_LETTERS, MOST_COLUMNS = 32_767, 16_384
_CLIENT_WIDTHS = dict(zip(CLIENT_KEYS, (4, 7, 18, 6, 5, 12, 12, 12, 12, 22, 20), strict=True))
_FIT_WIDTHS = dict(zip(FIT_KEYS, (5, 8, 18, 4, 34, 8, 12, 12, 11, 11, 18, 12, 22), strict=True))
_REJECT_WIDTHS = dict(zip(BadCell.__struct_fields__, (5, 18, 20, 26, 50, 22), strict=True))
_MOST_OWN, _OWN_WIDTH = 2, 12
_LINE, _MOST_LINES = 13.5, 12  # points that a line is high; Excel shows no row higher than 409


class WorkbookSink(Sink):
    """XLSX, in bounded memory: the clients to be read, what fits them, the bad cells, and every column there is.

    What fits and the bad cells are written as they come, the others at the end, when all can be sorted and what is
    empty is known. parts: a folder for what has come so far; its owner clears it away. columns: the headings of the
    table's own cells. reports: the folder of the reports, if there are any.
    """

    def __init__(self, path: Path, parts: Path, assessor: Assessor, columns: list[str], reports: Path | None) -> None:
        self._assessor = assessor
        self._words = assessor.catalogue.words
        self._columns = columns
        self._all, self._clients = Parts(parts / "all"), Parts(parts / "clients")
        self._reports = None if reports is None else os.path.relpath(reports.resolve(), path.resolve().parent)
        # In this mode a row is written out when the next begins: rows in order, and a sheet's summary before its rows.
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(parts)})
        self._book.use_zip64()  # beyond 300,000 rows a sheet is more than the old format can hold
        self._looks = Looks(self._book)
        self._own = self._own_columns()
        self._own_keys = [f"own {place}" for place, _heading in enumerate(self._own)]
        self._clients_sheet = self._book.add_worksheet(self._words("batch.sheet_clients"))
        own = dict.fromkeys(self._own, _OWN_WIDTH)
        self._fits = _Rows(self._book, self._looks, self._words, "batch.sheet_fits", _FIT_WIDTHS, own)
        self._rejects = _Rows(self._book, self._looks, self._words, "batch.sheet_rejects", _REJECT_WIDTHS)
        self._all_sheet = self._book.add_worksheet(self._words("batch.sheet_all"))

    def _own_columns(self) -> list[str]:
        """Of the columns that are copied, those that tell whom to call at the client, or else the first."""
        copied = [heading for heading in self._columns if heading not in self._assessor.headings]
        signs = self._words("batch.contact_words").split("|")
        contacts = [heading for heading in copied if any(sign in heading.casefold() for sign in signs)]
        return (contacts or copied)[:_MOST_OWN]

    def write(self, batch: OutgoingBatch) -> None:
        """See Sink. Raises UnusableFileError beyond the rows that a sheet can have."""
        catalogue, assessed = self._assessor.catalogue, batch.assessed
        _refuse_long_cells(batch)
        self._all.add(batch.cells.hstack(assessed.sheet))
        if self._all.rows > MOST_ROWS - 100:  # the summary has rows, too
            raise UnusableFileError(
                _("XLSX 一张表最多 {most_rows:,} 行，放不下。", most_rows=MOST_ROWS),
                _("请把结果写成 .csv 或 .parquet。"),
            )
        texts = zip(self._own_keys, self._own, strict=True)
        own = pl.DataFrame(
            [batch.numbers.alias("row"), *(batch.cells[h].cast(pl.String).alias(key) for key, h in texts)]
        )
        fits = fit_rows(catalogue, batch.numbers, assessed)
        clients = client_rows(catalogue, self._assessor.sheet, batch.numbers, assessed, fits)
        self._clients.add(clients.join(own, on="row", how="left", maintain_order="left"))
        with_own = fits.join(own, on="row", how="left", maintain_order="left").select(*FIT_KEYS, *self._own_keys)
        self._fits.add(with_own.iter_rows())
        self._rejects.add(map(astuple, batch.bad))

    def finish(self, tally: Tally) -> None:
        """See Sink. Raises OSError."""
        self._finish_clients(tally)
        self._fits.finish()
        self._rejects.finish()
        self._finish_all(tally)
        _close(self._book)

    # ---- the clients, to be read and sent ------------------------------------------------------------------------

    def _finish_clients(self, tally: Tally) -> None:
        """A client a row, those with most at stake first, on paper as wide as the page."""
        sheet, words = self._clients_sheet, self._words
        head = self._write_summary(tally) + 2
        rows = self._clients.together().sort(STAKE, "fitting_count", "row", descending=[True, True, False]).collect()
        keys = [key for key in CLIENT_KEYS if key != "id" or rows["id"].null_count() < rows.height]
        headings = [*(words(f"batch.{key}") for key in keys), *self._own]
        widths = [*(_CLIENT_WIDTHS[key] for key in keys), *[_OWN_WIDTH] * len(self._own)]
        sheet.set_row(head, 2 * _LINE + 2)
        self._looks.write_headings(sheet, head, headings, widths)
        name, last = keys.index("name"), head
        for row, id_ in zip(rows.select(*keys, *self._own_keys).iter_rows(), rows["id"], strict=True):
            last += 1
            _write_wrapped(sheet, last, row, self._looks, widths)
            if self._reports is not None:
                named = [text for text in (id_, row[name]) if text is not None]
                # These two mean something in a link; Excel writes the other letters as they are.
                page = f"{self._reports}/{report_name(row[0], named)}".replace("%", "%25").replace("#", "%23")
                shown = row[name] or str(row[0])
                sheet.write_url(last, name, f"external:{page}", self._looks.link, shown)
        sheet.freeze_panes(head + 1, name + 1)
        sheet.autofilter(head, 0, last, len(headings) - 1)
        set_up_page(sheet, head)

    def _write_summary(self, tally: Tally) -> int:
        """The summary above the clients; the number of its last row."""
        summary = summary_view(self._assessor.catalogue, tally, self._assessor.as_of, by_measure=False)
        self._clients_sheet.set_row(0, 24)
        self._clients_sheet.write_string(0, 0, summary.title, self._looks.title)
        lines = [*summary.lines]
        for section in summary.sections:
            text = self._words("value.also").join(section.lines)
            lines.append(self._words("batch.summary_line", title=section.title, text=text))
        for place, line in enumerate(lines, 1):
            self._clients_sheet.write_string(place, 0, line, self._looks.by_type[str])
        return len(lines)

    # ---- every column --------------------------------------------------------------------------------------------

    def _finish_all(self, tally: Tally) -> None:
        """Every column but those in which nothing stands, in the order of the table."""
        policy, own = self._assessor.catalogue.policy, self._assessor.sheet
        named = {policy.id_fact, policy.name_fact}
        who = [heading for heading, fact in self._assessor.headings.items() if fact.id in named]
        rows = self._all.together()
        filled = rows.select(pl.all().cast(pl.String).fill_null("").ne("").any()).collect().row(0, named=True)
        order = [*who, *own.schema, *(heading for heading in self._columns if heading not in who)]
        order = [heading for heading in order if filled[heading] or heading in who]
        if len(order) > MOST_COLUMNS:
            raise UnusableFileError(
                _("XLSX 一张表最多 {most:,} 列，放不下。", most=MOST_COLUMNS), _("请把结果写成 .csv 或 .parquet。")
            )
        for route, heading in own.headings.items():
            if heading in order:
                fitting = self._words("batch.fitting", count=f"{tally.routes[route]:,}")
                self._all_sheet.write_string(0, order.index(heading), fitting, self._looks.bold)
        head = last = 1
        self._all_sheet.set_row(head, 58)
        self._looks.write_headings(self._all_sheet, head, order, [self._width(heading, who) for heading in order])
        for part in self._all.each():
            for row in part.select(order).iter_rows():
                last += 1
                _write(self._all_sheet, last, row, self._looks.by_type)
        verdicts = set(own.headings.values())
        whole = next((place for place, heading in enumerate(order) if heading in verdicts), len(order))
        self._set_up_all(head, last, len(order), len(who), whole)

    def _width(self, heading: str, who: list[str]) -> int:
        """Cells across: names and lists want more, verdicts the words that they have."""
        if heading in who or self._assessor.sheet.schema.get(heading) == pl.String:
            return 28
        return 18 if heading in self._assessor.sheet.headings.values() else 15

    def _set_up_all(self, head: int, last: int, width: int, frozen: int, whole: int) -> None:
        """The filter, the colours and the page; frozen: how many columns stay in sight; whole: how many are printed."""
        sheet = self._all_sheet
        sheet.freeze_panes(head + 1, frozen)
        sheet.autofilter(head, 0, last, width - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        for key, fill in self._looks.fills.items():
            begins = {"type": "text", "criteria": "begins with", "value": self._words(f"batch.{key}"), "format": fill}
            sheet.conditional_format(head + 1, 0, max(last, head + 1), width - 1, begins)
        # On paper, what is said of the business as a whole: the verdicts of each route are to be looked up.
        sheet.print_area(head, 0, last, whole - 1)
        set_up_page(sheet, head)


class _Rows:
    """A sheet that rows are added to, and another when it is full.

    columns, own: how wide the columns are, by the keys of ours, and by the headings of the table's own behind them.
    """

    def __init__(
        self,
        book: Any,
        looks: Looks,
        words: Words,
        title: str,
        columns: Mapping[str, int],
        own: Mapping[str, int] | None = None,
    ) -> None:
        own = own or {}
        self._book, self._looks, self._title = book, looks, words(title)
        self._widths = [*columns.values(), *own.values()]
        self._headings = [*(words(f"batch.{key}") for key in columns), *own]
        self._sheets = 0
        self._begin()

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows."""
        for row in rows:
            if self._last == MOST_ROWS - 1:
                self.finish()
                self._begin()
            self._last += 1
            _write_wrapped(self._sheet, self._last, row, self._looks, self._widths)

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


def _refuse_long_cells(batch: OutgoingBatch) -> None:
    """Raises UnusableFileError for a text that a cell of a workbook cannot hold, which counts as UTF-16 does."""
    # Most are far shorter in bytes, which are counted at once.
    most = batch.cells.select(pl.all().cast(pl.String).str.len_bytes().max()).row(0, named=True)
    for column in (column for column, length in most.items() if (length or 0) > MOST_LETTERS):
        for number, text in zip(batch.numbers, batch.cells[column].cast(pl.String), strict=True):
            letters = len((text or "").encode("utf-16-le")) // 2
            if letters > MOST_LETTERS:
                where = {"row": number, "column": column, "count": f"{letters:,}", "most": f"{MOST_LETTERS:,}"}
                raise UnusableFileError(
                    _("第 {row} 行“{column}”一格有 {count} 个字，XLSX 一格最多 {most} 个，放不下。", **where),
                    _("请把结果写成 .csv 或 .parquet。"),
                )


def _write(sheet: Any, place: int, row: Sequence[Any], looks: Mapping[type, Any]) -> None:
    """Writes a row; text as text, whatever it looks like. looks: of cells by their type, str for any other."""
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        look = looks.get(type(value), looks[str])
        if isinstance(value, str):
            sheet.write_string(place, column, value, look)
        elif isinstance(value, date):
            sheet.write_datetime(place, column, value, look)
        else:
            sheet.write_number(place, column, value, look)


def _write_wrapped(sheet: Any, place: int, row: Sequence[Any], looks: Looks, widths: Sequence[int]) -> None:
    """Writes a row as high as its longest text needs: not every program makes it so by itself."""
    texts = ((value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str))
    lines = max((ceil(cell_len(text) / (width - 1)) for text, width in texts), default=1)
    sheet.set_row(place, _LINE * min(lines, _MOST_LINES) + 2)
    _write(sheet, place, row, looks.top_by_type)


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
