"""Where a batch run writes a workbook to."""

from pathlib import Path

import polars as pl

from dcrelief.batch.assessor import Assessor
from dcrelief.batch.fits import fit_rows
from dcrelief.batch.pipeline import OutgoingBatch
from dcrelief.batch.summary import Tally, summary_view
from dcrelief.batch.workbook import MOST_ROWS, Column, Workbook
from dcrelief.errors import UnusableFileError
from dcrelief.files.csv_writer import Parts
from dcrelief.language import _


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
