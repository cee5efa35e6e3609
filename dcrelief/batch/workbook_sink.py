"""Where a batch run writes a workbook to."""

from pathlib import Path

import polars as pl

from dcrelief.batch.assessor import Batch
from dcrelief.batch.fits import fit_rows
from dcrelief.batch.pipeline import Written
from dcrelief.batch.summary import Tally, summary_view
from dcrelief.batch.workbook import MOST_ROWS, Column, Workbook
from dcrelief.errors import UnusableFileError
from dcrelief.files.csv_writer import Parts
from dcrelief.language import _


class WorkbookSink:
    """XLSX; parts: a folder for what has come so far, since a summary stands above it."""

    def __init__(self, path: Path, parts: Path, batch: Batch, columns: list[str]) -> None:
        self._batch = batch
        self._columns = columns
        self._parts = Parts(parts)
        self._book = Workbook(path, parts, batch.catalogue.words)

    def write(self, batch: Written) -> None:
        """See Sink. Raises UnusableFileError beyond the rows that a sheet can have."""
        self._parts.add(batch.cells.hstack(batch.assessed.sheet))
        if self._parts.rows > MOST_ROWS - 100:  # the summary has rows, too
            raise UnusableFileError(
                _("XLSX 一张表最多 {most_rows:,} 行，放不下。", most_rows=MOST_ROWS),
                _("请把结果写成 .csv 或 .parquet。"),
            )
        catalogue, assessed = self._batch.catalogue, batch.assessed
        self._book.add_fits(fit_rows(catalogue, batch.numbers, assessed.facts, assessed.told))
        self._book.add_rejects((bad.row, bad.column, bad.written, bad.expected, bad.nearest) for bad in batch.bad)

    def finish(self, tally: Tally) -> None:
        """See Sink."""
        catalogue, sheet = self._batch.catalogue, self._batch.sheet
        routes = {heading: route for route, heading in sheet.headings.items()}
        named = {catalogue.policy.id_fact, catalogue.policy.name_fact}
        who = [heading for heading, fact in self._batch.headings.items() if fact.id in named]
        order = [*who, *sheet.schema, *(heading for heading in self._columns if heading not in who)]
        columns = [Column(h, self._fitting(tally, routes.get(h)), self._width(h, who)) for h in order]
        summary = summary_view(catalogue, tally, self._batch.as_of, by_measure=False)
        self._book.finish(summary, columns, (rows.select(order) for rows in self._parts.each()), frozen=len(who))

    def _width(self, heading: str, who: list[str]) -> int:
        """Cells across: names and lists want more, verdicts the words that they have."""
        if heading in who or self._batch.sheet.schema.get(heading) == pl.String:
            return 28
        return 18 if heading in self._batch.sheet.headings.values() else 15

    def _fitting(self, tally: Tally, route: str | None) -> str:
        return "" if route is None else self._batch.catalogue.words("batch.fitting", count=f"{tally.routes[route]:,}")
