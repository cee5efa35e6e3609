"""Rows of text in, assessments out, a batch at a time: what the command, its reports and a cluster all call."""

from collections.abc import Mapping
from datetime import date

import polars as pl
from msgspec import Struct

from dcrelief.report.columns import SheetColumns
from dcrelief.rules.catalogue import Catalogue
from dcrelief.rules.cells import CellReader
from dcrelief.rules.column_sums import ColumnSums
from dcrelief.rules.columns import ColumnRules
from dcrelief.rules.facts import BadValue, Fact


class Assessed(Struct, frozen=True):
    """A batch assessed, row for row.

    facts: see rules.frames. told, sums: what the rules say of them (ColumnRules, ColumnSums). sheet: the columns for
    people (SheetColumns). alone: which routes wait for one answer only. bad: the cells that could not be read (Cells).
    """

    facts: pl.DataFrame
    told: pl.DataFrame
    sums: pl.DataFrame
    sheet: pl.DataFrame
    alone: pl.DataFrame
    bad: pl.DataFrame


class Batch:
    """Assesses batches of rows whose columns of text are facts by their headings; others are passed over."""

    def __init__(self, catalogue: Catalogue, headings: Mapping[str, Fact], as_of: date) -> None:
        self._reader = CellReader(catalogue.facts, headings, catalogue.tokens, as_of)
        self._rules = ColumnRules(catalogue, as_of)
        self._sums = ColumnSums(catalogue)
        self.sheet = SheetColumns(catalogue, self._rules)

    def assess(self, rows: pl.DataFrame) -> Assessed:
        """The assessment of each row. Errors: none; a cell that cannot be read is unknown, and named in bad."""
        cells = self._reader.read(rows)
        told = self._rules.evaluate(cells.facts)
        sums = self._sums.evaluate(cells.facts, told)
        sheet, alone = self.sheet.columns(told, sums, cells.bad)
        return Assessed(cells.facts, told, sums, sheet, alone, cells.bad)

    def problem(self, heading: str, written: str) -> BadValue:
        """What is wrong with a cell that could not be read."""
        return self._reader.problem(heading, written)
