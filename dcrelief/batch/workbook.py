"""Assessments as an Excel workbook to be sent: the clients, what fits each, what could not be read, and everything."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl
import polars.selectors as cs
from msgspec.structs import astuple, replace

from dcrelief.batch.assessor import Assessor, BadCell
from dcrelief.batch.client_rows import CLIENT_KEYS, STAKE, client_rows
from dcrelief.batch.fits import FIT_KEYS, fit_rows
from dcrelief.batch.pipeline import OutgoingBatch, OwnColumns, Sink
from dcrelief.batch.summary import Tally, summary_view
from dcrelief.batch.written_book import HEADING_HEIGHT, MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, WrittenBook
from dcrelief.errors import UnusableFileError
from dcrelief.files.csv_writer import Parts
from dcrelief.files.whole import report_name
from dcrelief.language import _
from dcrelief.report.cites import level_note
from dcrelief.terminal.cjk import wrap

_CLIENT_WIDTHS = dict(zip(CLIENT_KEYS, (4, 7, 18, 6, 5, 12, 12, 12, 12, 22, 20), strict=True))
_FIT_WIDTHS = dict(zip(FIT_KEYS, (5, 8, 18, 5, 34, 8, 12, 12, 18, 11, 11, 18, 12, 22), strict=True))
_REJECT_WIDTHS = dict(zip(BadCell.__struct_fields__, (5, 18, 20, 26, 50, 22), strict=True))
_MOST_OWN, _OWN_WIDTH = 2, 12
# What writes links writes these signs so, but only in those in which none is written so.
_IN_LINKS = str.maketrans({sign: f"%{ord(sign):02x}" for sign in '% "<>[]^`{}'})
_AT_ONCE = 3_000  # clients that are made ready to be written together: each has some fifteen rows of what fits


class WorkbookSink(Sink):
    """XLSX, in bounded memory: the clients to be read, what fits them, the bad cells, and every column there is.

    What fits and the bad cells are written as they come, the others at the end, when all can be sorted and what is
    empty is known. parts: a folder for what has come so far; its owner clears it away. reports: the folder that links
    to reports lead to, see sinks.linked_folder.
    """

    def __init__(self, path: Path, parts: Path, assessor: Assessor, columns: OwnColumns, reports: str | None) -> None:
        _refuse_long_headings(columns.headings)
        self._path = path
        self._assessor = assessor
        self._words = assessor.catalogue.words
        self._columns = columns
        self._all, self._clients = Parts(parts / "all"), Parts(parts / "clients")
        self._reports = reports
        self._book = WrittenBook(parts)
        self._own = self._own_columns()
        self._own_keys = [f"own {place}" for place, _heading in enumerate(self._own)]
        self._clients_sheet = self._book.sheet(self._words("batch.sheet_clients"), wrapped=True)
        own = [(heading, _OWN_WIDTH) for heading in self._own]
        has_id = any(fact.id == assessor.catalogue.id_fact for fact in assessor.headings.values())
        several_levels = any(level_note(assessor.catalogue, route) for route in assessor.catalogue.routes())
        shown = {"id": has_id, "level": several_levels}
        self._fit_keys = [key for key in FIT_KEYS if shown.get(key, True)]
        self._fits = self._rows("batch.sheet_fits", {key: _FIT_WIDTHS[key] for key in self._fit_keys}, own)
        self._rejects = self._rows("batch.sheet_rejects", _REJECT_WIDTHS)
        self._all_sheet = self._book.sheet(self._words("batch.sheet_all"), wrapped=False)

    def _rows(self, title: str, widths: Mapping[str, int], own: Sequence[tuple[str, int]] = ()) -> "_Rows":
        """A sheet for rows of ours. widths: of the columns, by their keys; own: the table's own columns behind them."""
        columns = [(self._words(f"batch.{key}"), width) for key, width in widths.items()]
        return _Rows(self._book, self._words(title), [*columns, *own])

    def _own_columns(self) -> list[str]:
        """Of the columns that are copied, those that tell whom to call at the client, or else the first.

        Before them the sheet that it stands in, if there are several.
        """
        sheet = self._columns.sheet
        of_facts = self._assessor.headings.keys() | {sheet}
        copied = [heading for heading in self._columns.headings if heading not in of_facts]
        signs = self._words("batch.contact_words").split("|")
        contacts = [heading for heading in copied if any(sign in heading.casefold() for sign in signs)]
        return [*filter(None, [sheet]), *(contacts or copied)[:_MOST_OWN]]

    def write(self, batch: OutgoingBatch) -> None:
        """See Sink. Raises UnusableFileError for what a workbook cannot hold."""
        _refuse_long_cells(batch)
        texts = batch.cells.cast({cs.enum(): pl.String})  # the next batch may have other words
        self._all.add(texts.hstack(batch.assessed.sheet))
        if self._all.rows > MOST_ROWS - 100:  # the summary has rows, too
            raise UnusableFileError(
                _("XLSX 一张表最多 {most_rows:,} 行，放不下。", most_rows=MOST_ROWS),
                _("请把结果写成 .csv 或 .parquet。"),
            )
        for start in range(0, max(batch.numbers.len(), 1), _AT_ONCE):
            self._add_clients(batch, slice(start, start + _AT_ONCE))
        schema = {"row": pl.UInt32(), **dict.fromkeys(BadCell.__struct_fields__[1:], pl.String())}
        self._rejects.add(pl.DataFrame(map(astuple, batch.bad()), schema=schema, orient="row"))

    def _add_clients(self, batch: OutgoingBatch, part: slice) -> None:
        """Adds a part of a batch to what is said of each client, and of what fits it."""
        catalogue, whole, numbers = self._assessor.catalogue, batch.assessed, batch.numbers[part]
        frames = {name: getattr(whole, name)[part] for name in ("facts", "verdicts", "sums", "sheet")}
        assessed = replace(whole, **frames)
        texts = zip(self._own_keys, self._own, strict=True)
        columns = (batch.cells[heading][part].cast(pl.String).alias(key) for key, heading in texts)
        own = pl.DataFrame([numbers.alias("row"), *columns])
        fits = fit_rows(catalogue, numbers, assessed, self._assessor.as_of)
        clients = client_rows(catalogue, self._assessor.sheet, numbers, assessed, fits)
        self._clients.add(clients.join(own, on="row", how="left", maintain_order="left"))
        with_own = fits.join(own, on="row", how="left", maintain_order="left")
        self._fits.add(with_own.select(*self._fit_keys, *self._own_keys))

    def finish(self, tally: Tally) -> None:
        """See Sink. Raises OSError."""
        self._finish_clients(tally)
        self._fits.finish()
        self._rejects.finish()
        self._finish_all(tally)
        self._book.close(self._path)

    # ---- the clients, to be read and sent ------------------------------------------------------------------------

    def _finish_clients(self, tally: Tally) -> None:
        """A client a row, those with most at stake first, on paper as wide as the page."""
        sheet, words = self._clients_sheet, self._words
        rows = self._clients.together().sort(STAKE, "fitting_count", "row", descending=[True, True, False]).collect()
        keys = [key for key in CLIENT_KEYS if key != "id" or rows["id"].null_count() < rows.height]
        headings = [*(words(f"batch.{key}") for key in keys), *self._own]
        widths = [*(_CLIENT_WIDTHS[key] for key in keys), *[_OWN_WIDTH] * len(self._own)]
        self._write_summary(tally, sum(widths))
        sheet.headings(headings, widths, HEADING_HEIGHT)
        name = keys.index("name")
        for part in rows.iter_slices(_AT_ONCE):
            shown = part.select(*keys, *self._own_keys)
            if self._reports is None:
                sheet.add(shown)
            else:
                named = shown.with_columns(pl.coalesce("name", pl.col("row").cast(pl.String)))
                sheet.add(named, (name, self._pages(part)))
        sheet.finish(frozen=name + 1)

    def _pages(self, rows: pl.DataFrame) -> pl.Series:
        """Where the reports of clients are, as a link says it."""

        def link(row: int, *named: str | None) -> str:
            page = f"{self._reports}/{report_name(row, [text for text in named if text is not None])}"
            return f"file:///{page.translate(_IN_LINKS)}"

        named = [*self._own_keys[: bool(self._columns.sheet)], "id", "name"]
        return pl.Series([link(*row) for row in rows.select("row", *named).iter_rows()], dtype=pl.String)

    def _write_summary(self, tally: Tally, width: int) -> None:
        """The summary above the clients, and a line between. width: in letters; a longer line would widen the page."""
        summary = summary_view(self._assessor.catalogue, tally, self._assessor.as_of, by_measure=False)
        self._clients_sheet.line(summary.title, self._book.looks.title, height=32)
        lines = [*summary.lines]
        for section in summary.sections:
            text = self._words("value.also").join(section.lines)
            lines.append(self._words("batch.summary_line", title=section.title, text=text))
        for part in [*(part for line in lines for part in wrap(line, width)), ""]:
            self._clients_sheet.line(part, self._book.looks.by_type[str])

    # ---- every column --------------------------------------------------------------------------------------------

    def _finish_all(self, tally: Tally) -> None:
        """Every column but those in which nothing stands, in the order of the table."""
        catalogue, own, sheet = self._assessor.catalogue, self._assessor.sheet, self._all_sheet
        named = {catalogue.id_fact, catalogue.name_fact}
        who = [heading for heading, fact in self._assessor.headings.items() if fact.id in named]
        rows = self._all.together()
        filled = rows.select(pl.all().cast(pl.String).fill_null("").ne("").any()).collect().row(0, named=True)
        if self._columns.sheet:
            who.insert(0, self._columns.sheet)
        order = [*who, *own.schema, *(heading for heading in self._columns.headings if heading not in who)]
        order = [heading for heading in order if filled[heading] or heading in who]
        if len(order) > MOST_COLUMNS:
            raise UnusableFileError(
                _("XLSX 一张表最多 {most:,} 列，放不下。", most=MOST_COLUMNS), _("请把结果写成 .csv 或 .parquet。")
            )
        places = {heading: place for place, heading in enumerate(order)}
        fitting = {places[h]: f"{tally.routes[route]:,}" for route, h in own.headings.items() if h in places}
        sheet.texts({place: self._words("batch.fitting", count=count) for place, count in fitting.items()})
        sheet.headings(order, [self._width(heading, who) for heading in order], 78)
        sheet.fill({self._words(f"batch.{key}"): fill for key, fill in self._book.looks.fills.items()}, self._all.rows)
        numbers = self._columns.numbers() & places.keys()
        for part in self._all.each():
            for few in part.iter_slices(_AT_ONCE):
                sheet.add(_with_numbers(few.select(order), numbers))
        # On paper, what is said of the business as a whole: the verdicts of each route are to be looked up.
        sheet.finish(frozen=len(who), printed=min(fitting, default=len(order)))

    def _width(self, heading: str, who: list[str]) -> int:
        """Cells across: names and lists want more, verdicts the words that they have."""
        if heading in who or self._assessor.sheet.schema.get(heading) == pl.String:
            return 28
        return 18 if heading in self._assessor.sheet.headings.values() else 15


class _Rows:
    """A sheet that rows are added to, and another when it is full. columns: their headings, and how wide they are."""

    def __init__(self, book: WrittenBook, title: str, columns: Sequence[tuple[str, int]]) -> None:
        self._book, self._title, self._columns = book, title, columns
        self._sheets = 0
        self._begin()

    def add(self, rows: pl.DataFrame) -> None:
        """Adds rows."""
        while not rows.is_empty():
            room = self._sheet.room
            if not room:
                self.finish()
                self._begin()
                continue
            self._sheet.add(rows[:room])
            rows = rows[room:]

    def finish(self) -> None:
        """The filter over all rows."""
        self._sheet.finish(frozen=0)

    def _begin(self) -> None:
        self._sheets += 1
        name = self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        self._sheet = self._book.sheet(name, wrapped=True)
        headings, widths = zip(*self._columns, strict=True)
        self._sheet.headings(headings, widths)


def _with_numbers(rows: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Rows with numbers in those columns of text, as the table has them, where there is nothing else in them."""
    numbers = (rows[column].cast(pl.String).cast(pl.Float64, strict=False) for column in columns)
    return rows.with_columns(each for each in numbers if each.null_count() == rows[each.name].null_count())


def _letters(text: str) -> int:
    """How many letters a text has, as a workbook counts them."""
    return len(text.encode("utf-16-le")) // 2


def _refuse_long_headings(headings: Sequence[str]) -> None:
    """Raises UnusableFileError for a heading that a cell of a workbook cannot hold."""
    for heading in headings:
        letters = _letters(heading)
        if letters > MOST_LETTERS:
            what = {"heading": heading[:20], "count": f"{letters:,}", "most": f"{MOST_LETTERS:,}"}
            raise UnusableFileError(
                _("表头“{heading}…”有 {count} 个字，XLSX 一格最多 {most} 个，放不下。", **what),
                _("请把结果写成 .csv 或 .parquet。"),
            )


def _refuse_long_cells(batch: OutgoingBatch) -> None:
    """Raises UnusableFileError for a text that a cell of a workbook cannot hold."""
    # Most are far shorter in bytes, which are counted at once.
    most = batch.cells.select(pl.all().cast(pl.String).str.len_bytes().max()).row(0, named=True)
    for column in (column for column, length in most.items() if (length or 0) > MOST_LETTERS):
        for number, text in zip(batch.numbers, batch.cells[column].cast(pl.String), strict=True):
            letters = _letters(text or "")
            if letters > MOST_LETTERS:
                where = {"row": number, "column": column, "count": f"{letters:,}", "most": f"{MOST_LETTERS:,}"}
                raise UnusableFileError(
                    _("第 {row} 行“{column}”一格有 {count} 个字，XLSX 一格最多 {most} 个，放不下。", **where),
                    _("请把结果写成 .csv 或 .parquet。"),
                )
