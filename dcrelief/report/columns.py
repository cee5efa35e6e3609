"""What a sheet says of many businesses: the columns that are put behind their own."""

from collections.abc import Iterator

import polars as pl

from dcrelief.report.listing import Listing
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.assessment import OUTCOMES
from dcrelief.rules.catalogue import TOTALS, Catalogue, Measure, Route
from dcrelief.rules.column_sums import DEADLINE, count_column, total_columns
from dcrelief.rules.columns import ELIGIBLE, OUTCOME_CODES, ColumnRules, missing_column
from dcrelief.rules.frames import col, number
from dcrelief.rules.money import FEN_PER_YUAN
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.size import SizeClass

MONEY = pl.Decimal(18, 2)
_FITS, _NO_ANSWER = number(ELIGIBLE, pl.UInt8), number(0, pl.UInt8)
_FIRST_ANSWER = len(OUTCOME_CODES)  # in the words of a verdict, the answers it may wait for come after the outcomes


class SheetColumns:
    """The columns of a catalogue's sheet, in order: the business as a whole, then a verdict a route.

    A verdict that waits for a single answer names it.
    """

    def __init__(self, catalogue: Catalogue, rules: ColumnRules) -> None:
        self._catalogue = catalogue
        self._words = catalogue.words
        self._missing = {route.id: rules.missing(route) for route in catalogue.routes()}
        self.headings = self._headings()
        self._waiting = [self._waiting_column(route) for route in catalogue.routes()]
        self._marks = list(self._mark_columns())
        self._lists = list(self._listings())
        self._bits = [bit for listing in self._lists for bit in listing.bits()]
        self._verdicts = [self._verdict(route) for route in catalogue.routes()]

    def texts(self) -> dict[str, pl.Series]:
        """The texts that the lists are made of."""
        return {
            listing.name: pl.Series([listing.separator, *(text for _, text in listing.marks)], dtype=pl.String)
            for listing in self._lists
        }

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns and their types."""
        words = self._words
        kinds: dict[str, pl.DataType] = {words("batch.size"): self._sizes()}
        kinds |= {words(f"batch.count_{outcome}"): pl.UInt16() for outcome in OUTCOMES}
        kinds |= {listing.name: pl.String() for listing in self._lists}
        kinds |= {heading: MONEY for headings in self._total_headings().values() for heading in headings}
        kinds |= {words("batch.deadline"): pl.Date(), words("batch.unreadable"): pl.String()}
        return kinds | {self.headings[route.id]: self._verdict_words(route) for route in self._catalogue.routes()}

    def columns(self, told: pl.DataFrame, sums: pl.DataFrame, bad: pl.DataFrame) -> pl.DataFrame:
        """The sheet's columns of a batch; bad: its cells that could not be read."""
        rows = told.with_columns_seq(self._waiting)
        bits = rows.select_seq(self._marks).select_seq(self._bits)
        whole = told.select_seq(self._size()).hstack(sums.select_seq(self._counts()))
        whole = whole.hstack(bits.select_seq(listing.text() for listing in self._lists))
        whole = whole.hstack(sums.select_seq(*self._totals(), col(DEADLINE).alias(self._words("batch.deadline"))))
        return whole.with_columns_seq(self._unreadable(told.height, bad)).hstack(rows.select_seq(self._verdicts))

    def fits(self, told: pl.DataFrame) -> pl.DataFrame:
        """Which measures fit: a column a measure, by its number."""
        return told.select_seq(
            pl.any_horizontal(col(route.id) == _FITS for route in measure.routes).alias(str(measure.number))
            for measure in self._catalogue.measures
        )

    def fitting_routes(self, told: pl.DataFrame) -> dict[str, int]:
        """How many businesses each route fits, by its id."""
        return told.select_seq((col(route.id) == _FITS).sum() for route in self._catalogue.routes()).row(0, named=True)

    def waiting(self, sheet: pl.DataFrame) -> dict[str, int]:
        """For each fact, how many verdicts of a batch wait for it alone."""
        waiting: dict[str, list[pl.Expr]] = {}
        for route in self._catalogue.routes():
            code = col(self.headings[route.id]).cat.physical()
            for place, fact in enumerate(self._missing[route.id], _FIRST_ANSWER):
                waiting.setdefault(fact, []).append((code == number(place, pl.UInt8)).sum())
        return sheet.select_seq(pl.sum_horizontal(sums).alias(fact) for fact, sums in waiting.items()).row(
            0, named=True
        )

    # ---- headings ------------------------------------------------------------------------------------------------

    def _headings(self) -> dict[str, str]:
        """The heading of each route's verdict; its key is added where two would be the same."""
        writer = RouteWriter(self._catalogue)
        names = [writer.short_name(route) for route in self._catalogue.routes()]
        return {
            route.id: name if names.count(name) == 1 else f"{name} {route.id}"
            for route, name in zip(self._catalogue.routes(), names, strict=True)
        }

    def _total_headings(self) -> dict[str, tuple[str, str]]:
        words = self._words
        labels = {total: words(f"total.{total}") for total in TOTALS}
        return {
            total: (words("batch.least", label=label), words("batch.most", label=label))
            for total, label in labels.items()
        }

    # ---- the business as a whole ---------------------------------------------------------------------------------

    def _sizes(self) -> pl.Enum:
        explainer = Explainer(self._catalogue.facts, self._words)
        return pl.Enum([explainer.size_name(size) for size in (*SizeClass, None)])

    def _size(self) -> pl.Expr:
        return (
            col("size").fill_null(len(SizeClass)).cast(pl.UInt8).cat.to(self._sizes()).alias(self._words("batch.size"))
        )

    def _counts(self) -> Iterator[pl.Expr]:
        for outcome in OUTCOMES:
            yield col(count_column(outcome)).cast(pl.UInt16).alias(self._words(f"batch.count_{outcome}"))

    def _totals(self) -> Iterator[pl.Expr]:
        for total, headings in self._total_headings().items():
            for column, heading in zip(total_columns(total), headings, strict=True):
                yuan = col(column).cast(MONEY) / FEN_PER_YUAN  # exact: two decimals are kept
                yield yuan.cast(MONEY).alias(heading)

    def _unreadable(self, height: int, bad: pl.DataFrame) -> pl.Series:
        name, rows = self._words("batch.unreadable"), pl.int_range(height, dtype=pl.UInt32, eager=True).alias("row")
        if bad.is_empty():
            return pl.repeat(None, height, dtype=pl.String, eager=True).alias(name)
        cells = bad.group_by("row").agg(col("heading").str.join(self._words("value.separator")))
        return rows.to_frame().join(cells, on="row", how="left", maintain_order="left")["heading"].alias(name)

    # ---- what is missing -----------------------------------------------------------------------------------------

    def _waiting_column(self, route: Route) -> pl.Expr:
        """Which answer alone a route waits for: its place among those it can miss, from 1; 0 where it is not one."""
        none = number(0, pl.UInt8)
        missing = [col(missing_column(route, fact)) for fact in self._missing[route.id]]
        ones = (pl.when(here).then(number(1, pl.UInt8)).otherwise(none) for here in missing)
        places = (pl.when(h).then(number(place, pl.UInt8)).otherwise(none) for place, h in enumerate(missing, 1))
        if not missing:
            return none.alias(_waiting(route))
        single = pl.sum_horizontal(ones) == number(1, pl.UInt8)
        return pl.when(single).then(pl.sum_horizontal(places)).otherwise(none).alias(_waiting(route))

    def _missing_of(self) -> dict[str, list[Route]]:
        """The routes that can miss each fact, facts in their own order."""
        routes = self._catalogue.routes()
        of = {fact: [route for route in routes if fact in self._missing[route.id]] for fact in self._catalogue.facts}
        return {fact: missing for fact, missing in of.items() if missing}

    def _mark_columns(self) -> Iterator[pl.Expr]:
        """Which measures fit, which wait for one answer, and which answers are missing anywhere."""
        for measure in self._catalogue.measures:
            yield pl.any_horizontal(col(route.id) == _FITS for route in measure.routes).alias(_fits(measure))
            yield pl.any_horizontal(col(_waiting(route)) > number(0, pl.UInt8) for route in measure.routes).alias(
                _waits(measure)
            )
        for fact, routes in self._missing_of().items():
            yield pl.any_horizontal(missing_column(route, fact) for route in routes).alias(f"missing {fact}")

    def _listings(self) -> Iterator[Listing]:
        words, catalogue = self._words, self._catalogue
        separator = words("value.separator")
        yield Listing(words("batch.fits"), [(_fits(m), str(m.number)) for m in catalogue.measures], separator)
        yield Listing(words("batch.one_more"), [(_waits(m), str(m.number)) for m in catalogue.measures], separator)
        missing = [(f"missing {fact}", catalogue.facts[fact].column) for fact in self._missing_of()]
        yield Listing(words("batch.missing"), missing, separator)

    # ---- verdicts ------------------------------------------------------------------------------------------------

    def _verdict_words(self, route: Route) -> pl.Enum:
        """The four verdicts, and the open one with each single answer that it may wait for."""
        words, facts = self._words, self._catalogue.facts
        verdicts = [words(f"batch.{outcome}") for outcome in OUTCOME_CODES]
        return pl.Enum(
            verdicts + [words("batch.needs_one", fact=facts[fact].column) for fact in self._missing[route.id]]
        )

    def _verdict(self, route: Route) -> pl.Expr:
        waiting = col(_waiting(route))
        place = waiting + number(_FIRST_ANSWER - 1, pl.UInt8)
        code = pl.when(waiting > _NO_ANSWER).then(place).otherwise(col(route.id))
        return code.cat.to(self._verdict_words(route)).alias(self.headings[route.id])


def _fits(measure: Measure) -> str:
    return f"fits {measure.number}"


def _waits(measure: Measure) -> str:
    return f"waits {measure.number}"


def _waiting(route: Route) -> str:
    return f"{route.id} waits for"
