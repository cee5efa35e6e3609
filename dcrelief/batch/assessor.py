"""Rows of text in, assessments out, a batch at a time: what the command, its reports and a cluster all call."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from threading import Lock

import polars as pl
from msgspec import Struct

from dcrelief.batch.sheet import SheetColumns
from dcrelief.columnar.cells import BAD_SCHEMA, CellReader
from dcrelief.columnar.sums import ColumnSums
from dcrelief.columnar.verdicts import ColumnRules
from dcrelief.rules.facts import BadValue, Fact
from dcrelief.rules.kinds import kind_of, read
from dcrelief.rules.model import Catalogue
from dcrelief.rules.money import DIVIDED
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.usual import is_unlikely, likely_meant, usual_span

# Amounts that reading rounds: of so many decimals. What adding in binary leaves behind is not: 0.30000000000000004.
_DIVIDED, _ADDED = rf"\.\d{{{DIVIDED},}}", r"\.\d{0,2}(?:0{5,}|9{5,})\d*"


class AssessedBatch(Struct, frozen=True):
    """A batch assessed, row for row.

    facts: see columnar.kind_columns. verdicts, sums: what the rules say of them (ColumnRules, ColumnSums). sheet: the
    columns for people (SheetColumns). bad, spelt: see Cells. flagged: bad, and the cells outside the headings.
    doubtful: in the form of bad, the cells that were read but are most likely a slip.
    """

    facts: pl.DataFrame
    verdicts: pl.DataFrame
    sums: pl.DataFrame
    sheet: pl.DataFrame
    bad: pl.DataFrame
    flagged: pl.DataFrame
    doubtful: pl.DataFrame
    spelt: pl.DataFrame


class BadCell(Struct, frozen=True):
    """A cell that could not be used: its row as a spreadsheet counts it, its column, what stands in it, what should.

    name: of the business, empty if it is not known. nearest: the choice that it is most like.
    """

    row: int
    name: str
    column: str
    written: str
    expected: str
    nearest: str = ""


class Assessor:
    """Assesses batches of rows of text; headings: those that name facts, other columns are passed over.

    problem: what is wrong with a bad cell, from its heading and what stands in it. The rules are made into columns by
    the first thread that needs them, while the first rows are being read.
    """

    def __init__(self, catalogue: Catalogue, headings: Mapping[str, Fact], as_of: date) -> None:
        self.catalogue = catalogue
        self.headings = headings
        self.as_of = as_of
        self._making = Lock()
        self._reader = CellReader(catalogue.facts, headings, catalogue.tokens, as_of)
        self.problem = lru_cache(maxsize=10_000)(self._reader.problem)

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
        return ColumnSums(self.catalogue, self.as_of)

    def assess_rows(self, rows: pl.DataFrame, beyond: pl.DataFrame | None = None) -> AssessedBatch:
        """The assessment of each row; a cell that cannot be read is unknown, and stands in bad.

        beyond: cells outside the headings, in the form of Cells.bad, to be flagged, too.
        """
        cells = self._reader.read(rows)
        verdicts = self._rules.evaluate(cells.facts)
        sums = self._sums.evaluate(cells.facts, verdicts)
        flagged = cells.bad if beyond is None else pl.concat([cells.bad, beyond])
        sheet = self.sheet.columns(verdicts, sums, flagged)
        doubtful = self._doubtful(rows, cells.facts)
        return AssessedBatch(cells.facts, verdicts, sums, sheet, cells.bad, flagged, doubtful, cells.spelt)

    def doubt(self, heading: str, written: str) -> tuple[str, str]:
        """What is to be said of a doubtful cell, and what may be meant by it, empty if nobody knows."""
        fact, words = self.headings[heading], self.catalogue.words
        value = read(fact, written, self.as_of, self.catalogue.tokens)
        assert not isinstance(value, BadValue)
        show, meant = Explainer(self.catalogue.facts, words).show, likely_meant(fact, value)
        key = "unlikely" if is_unlikely(fact, value) else "rounded"
        return words(f"batch.{key}", value=show(fact, value)), "" if meant is None else show(fact, meant)

    def _doubtful(self, rows: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
        """The cells that were read, and are most likely a slip, or rounded; in the form of BAD_SCHEMA."""
        found = [pl.DataFrame(schema=BAD_SCHEMA)]
        # All columns at once: most have no such cell.
        unusual = facts.select_seq(
            (~pl.col(fact.id).is_between(*span) & (pl.col(fact.id) != 0)).alias(heading)
            for heading, fact in self.headings.items()
            if (span := usual_span(fact)) is not None
        )
        divided = rows.select_seq(
            pl.col(heading).str.contains(_DIVIDED) for heading, fact in self.headings.items() if kind_of(fact).is_money
        )
        some_unusual, some_divided = ({column.name for column in frame if column.any()} for frame in (unusual, divided))
        for heading, fact in self.headings.items():
            places = [unusual[heading].arg_true()] if heading in some_unusual else []
            if heading in some_divided:
                at = divided[heading].arg_true()
                rounded = ~rows[heading].gather(at).str.contains(_ADDED) & facts[fact.id].gather(at).is_not_null()
                places.append(at.filter(rounded))
            if places:
                at = pl.concat(places).unique().sort().cast(pl.UInt32)
                cells = {"row": at, "heading": [heading] * len(at), "written": rows[heading].gather(at)}
                found.append(pl.DataFrame(cells, schema_overrides=BAD_SCHEMA))
        return pl.concat(found)
