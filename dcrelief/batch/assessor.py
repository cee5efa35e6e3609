"""Rows of text in, assessments out, a batch at a time: what the command, its reports and a cluster all call."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from threading import Lock

import polars as pl
from msgspec import Struct

from dcrelief.batch.sheet import SheetColumns
from dcrelief.columnar.cells import CellReader
from dcrelief.columnar.sums import ColumnSums
from dcrelief.columnar.verdicts import ColumnRules
from dcrelief.rules.facts import BadValue, Fact
from dcrelief.rules.model import Catalogue


class AssessedBatch(Struct, frozen=True):
    """A batch assessed, row for row.

    facts: see columnar.frames. verdicts, sums: what the rules say of them (ColumnRules, ColumnSums). sheet: the columns
    for people (SheetColumns). bad, spelt: see Cells. flagged: bad, and what stands outside the headings.
    """

    facts: pl.DataFrame
    verdicts: pl.DataFrame
    sums: pl.DataFrame
    sheet: pl.DataFrame
    bad: pl.DataFrame
    flagged: pl.DataFrame
    spelt: pl.DataFrame


class Assessor:
    """Assesses batches of rows whose columns of text are facts by their headings; others are passed over.

    The rules are made into columns when they are first asked for, by whichever thread: the first rows can be read
    meanwhile.
    """

    def __init__(self, catalogue: Catalogue, headings: Mapping[str, Fact], as_of: date) -> None:
        self.catalogue = catalogue
        self.headings = headings
        self.as_of = as_of
        self._making = Lock()
        self._reader = CellReader(catalogue.facts, headings, catalogue.tokens, as_of)
        self.problem = lru_cache(maxsize=10_000)(self._problem)

    @cached_property
    def sheet(self) -> SheetColumns:
        """The columns for people."""
        return SheetColumns(self.catalogue, self._rules)

    @property
    def _rules(self) -> ColumnRules:
        with self._making:
            return self._made_rules

    @cached_property
    def _made_rules(self) -> ColumnRules:
        return ColumnRules(self.catalogue, self.as_of)

    @cached_property
    def _sums(self) -> ColumnSums:
        return ColumnSums(self.catalogue)

    def assess(self, rows: pl.DataFrame, beyond: pl.DataFrame | None = None) -> AssessedBatch:
        """The assessment of each row; beyond: cells outside the headings, in the form of Cells.bad, to be flagged too.

        Errors: none; a cell that cannot be read is unknown, and named in bad.
        """
        cells = self._reader.read(rows)
        verdicts = self._rules.evaluate(cells.facts)
        sums = self._sums.evaluate(cells.facts, verdicts)
        flagged = cells.bad if beyond is None else pl.concat([cells.bad, beyond])
        sheet = self.sheet.columns(verdicts, sums, flagged)
        return AssessedBatch(cells.facts, verdicts, sums, sheet, cells.bad, flagged, cells.spelt)

    def missing(self) -> dict[str, tuple[str, ...]]:
        """The facts that each route can miss, by its id."""
        return {route.id: self._rules.missing(route) for route in self.catalogue.routes()}

    def _problem(self, heading: str, written: str) -> BadValue:
        """What is wrong with a cell that could not be read."""
        return self._reader.problem(heading, written)
