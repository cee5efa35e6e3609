"""What a sheet says of many businesses: the columns that are put behind their own."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import polars as pl

from dcrelief.report.listing import Listing
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.assessment import OUTCOMES
from dcrelief.rules.catalogue import TOTALS, Catalogue, Measure, Route
from dcrelief.rules.column_sums import DEADLINE, count_column, total_columns
from dcrelief.rules.columns import ELIGIBLE, OUTCOME_CODES, ColumnRules, missing_column
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.size import SizeClass

MONEY = pl.Decimal(18, 2)
_NO = pl.lit(value=False)


def alone_column(route: Route, fact: str) -> str:
    """The column that says whether a route waits for the answer to one fact alone."""
    return f"{route.id} waits for {fact}"


class SheetColumns:
    """The columns of a catalogue's sheet, in order: the business as a whole, then a verdict a route.

    A verdict that waits for a single answer names it.
    """

    def __init__(self, catalogue: Catalogue, rules: ColumnRules) -> None:
        self._catalogue = catalogue
        self._words = catalogue.words
        self._missing = {route.id: rules.missing(route) for route in catalogue.routes()}
        self.headings = self._headings()
        self._several = [self._several_column(route) for route in catalogue.routes()]
        self._alone = [column for route in catalogue.routes() for column in self._alone_columns(route)]
        self._marks = list(self._mark_columns())
        self._lists = list(self._listings())
        self._bits = [bit for listing in self._lists for bit in listing.bits()]
        self._verdicts = [self._verdict(route) for route in catalogue.routes()]

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

    def columns(self, told: pl.DataFrame, sums: pl.DataFrame, bad: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The sheet's columns of a batch; bad: its cells that could not be read.

        With them, whether a route waits for the answer to one fact alone (alone_column).
        """
        alone = told.with_columns(self._several).select(self._alone)
        rows = told.hstack(alone)
        bits = rows.select(self._marks).select(self._bits)
        whole = told.select(self._size()).hstack(sums.select(self._counts()))
        whole = whole.hstack(bits.select(listing.text() for listing in self._lists))
        whole = whole.hstack(sums.select(*self._totals(), pl.col(DEADLINE).alias(self._words("batch.deadline"))))
        return whole.with_columns(self._unreadable(told.height, bad)).hstack(rows.select(self._verdicts)), alone

    def waiting(self, alone: pl.DataFrame) -> dict[str, int]:
        """For each fact, how many verdicts of a batch wait for it alone."""
        sums: dict[str, list[pl.Expr]] = {}
        for route in self._catalogue.routes():
            for fact in self._missing[route.id]:
                sums.setdefault(fact, []).append(pl.col(alone_column(route, fact)).sum())
        return alone.select(pl.sum_horizontal(parts).alias(fact) for fact, parts in sums.items()).row(0, named=True)

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
            pl.col("size")
            .fill_null(len(SizeClass))
            .cast(pl.UInt8)
            .cat.to(self._sizes())
            .alias(self._words("batch.size"))
        )

    def _counts(self) -> Iterator[pl.Expr]:
        for outcome in OUTCOMES:
            yield pl.col(count_column(outcome)).cast(pl.UInt16).alias(self._words(f"batch.count_{outcome}"))

    def _totals(self) -> Iterator[pl.Expr]:
        for total, headings in self._total_headings().items():
            for column, heading in zip(total_columns(total), headings, strict=True):
                fen = pl.col(column).cast(pl.Decimal(18, 0)) * pl.lit(Decimal("0.01"))
                yield fen.cast(MONEY).alias(heading)

    def _unreadable(self, height: int, bad: pl.DataFrame) -> pl.Series:
        name, rows = self._words("batch.unreadable"), pl.int_range(height, dtype=pl.UInt32, eager=True).alias("row")
        if bad.is_empty():
            return pl.repeat(None, height, dtype=pl.String, eager=True).alias(name)
        cells = bad.group_by("row").agg(pl.col("heading").str.join(self._words("value.separator")))
        return rows.to_frame().join(cells, on="row", how="left", maintain_order="left")["heading"].alias(name)

    # ---- what is missing -----------------------------------------------------------------------------------------

    def _several_column(self, route: Route) -> pl.Expr:
        _, several = _any_and_several([pl.col(missing_column(route, fact)) for fact in self._missing[route.id]])
        return several.alias(f"{route.id} waits for several")

    def _alone_columns(self, route: Route) -> Iterator[pl.Expr]:
        for fact in self._missing[route.id]:
            alone = pl.col(missing_column(route, fact)) & ~pl.col(f"{route.id} waits for several")
            yield alone.alias(alone_column(route, fact))

    def _missing_of(self) -> dict[str, list[Route]]:
        """The routes that can miss each fact, facts in their own order."""
        routes = self._catalogue.routes()
        of = {fact: [route for route in routes if fact in self._missing[route.id]] for fact in self._catalogue.facts}
        return {fact: missing for fact, missing in of.items() if missing}

    def _mark_columns(self) -> Iterator[pl.Expr]:
        """Which measures fit, which wait for one answer, and which answers are missing anywhere."""
        for measure in self._catalogue.measures:
            yield pl.any_horizontal(pl.col(route.id) == ELIGIBLE for route in measure.routes).alias(_fits(measure))
            alone = [alone_column(route, fact) for route in measure.routes for fact in self._missing[route.id]]
            if alone:
                yield pl.any_horizontal(alone).alias(_waits(measure))
        for fact, routes in self._missing_of().items():
            yield pl.any_horizontal(missing_column(route, fact) for route in routes).alias(f"missing {fact}")

    def _listings(self) -> Iterator[Listing]:
        words, catalogue = self._words, self._catalogue
        separator = words("value.separator")
        yield Listing(words("batch.fits"), [(_fits(m), str(m.number)) for m in catalogue.measures], separator)
        waiting = [m for m in catalogue.measures if any(self._missing[route.id] for route in m.routes)]
        yield Listing(words("batch.one_more"), [(_waits(m), str(m.number)) for m in waiting], separator)
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
        code = pl.col(route.id)
        for place, fact in enumerate(self._missing[route.id], len(OUTCOME_CODES)):
            waits = pl.col(alone_column(route, fact))
            code = pl.when(waits).then(pl.lit(place, dtype=pl.UInt8)).otherwise(code)
        return code.cat.to(self._verdict_words(route)).alias(self.headings[route.id])


def _fits(measure: Measure) -> str:
    return f"fits {measure.number}"


def _waits(measure: Measure) -> str:
    return f"waits {measure.number}"


def _any_and_several(marks: Sequence[pl.Expr]) -> tuple[pl.Expr, pl.Expr]:
    """Whether any of some marks holds, and whether more than one does."""
    if len(marks) < 2:
        return (marks[0] if marks else _NO), _NO
    (any_left, several_left), (any_right, several_right) = (
        _any_and_several(half) for half in (marks[: len(marks) // 2], marks[len(marks) // 2 :])
    )
    return any_left | any_right, several_left | several_right | (any_left & any_right)
