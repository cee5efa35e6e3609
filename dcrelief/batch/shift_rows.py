"""What businesses gain and lose between two assessments, a row a business and route that shifted."""

from collections.abc import Iterator

import polars as pl

from dcrelief.batch.assessor import AssessedBatch
from dcrelief.batch.sheet import in_yuan, who
from dcrelief.columnar.expressions import number
from dcrelief.columnar.sums import total_columns
from dcrelief.columnar.verdicts import ELIGIBLE, NOT_ELIGIBLE, NOT_FOR_YOU, OUTCOME_BITS, amount_columns
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.model import TOTALS, Catalogue, Route
from dcrelief.rules.shifts import KINDS, MAYBE, NO, SHIFTS, YES

AMOUNT_KEYS = ("least_before", "most_before", "least_after", "most_after")
SHIFT_KEYS = ("row", "id", "name", "shift", "route", "before", "after", *AMOUNT_KEYS)
_RANK = pl.Int8


class ShiftRows:
    """Finds what shifted between two catalogues, which may be the same on two days."""

    def __init__(self, old: Catalogue, new: Catalogue) -> None:
        self._old = {route.id: route for route in old.routes()}
        self._new = {route.id: route for route in new.routes()}
        writers = (RouteWriter(old), RouteWriter(new))
        self._names = {route.id: writer.name(route) for writer in writers for route in writer.catalogue.routes()}
        self._catalogue = new
        self._words = new.words

    def rows(self, numbers: pl.Series, before: AssessedBatch, after: AssessedBatch) -> pl.DataFrame:
        """The rows of a batch, columns SHIFT_KEYS, in the order of the businesses; shift is a key of SHIFTS.

        A total that shifted has a row, too, with its label as the route. numbers: of the rows, as a spreadsheet counts
        them. before, after: the same batch by the old catalogue and by the new one.
        """
        sides = before.verdicts, after.verdicts
        parts = [self._of_route(place, route, *sides) for place, route in enumerate(self._names)]
        parts += [self._of_total(place, total, before.sums, after.sums) for place, total in enumerate(TOTALS)]
        found = pl.concat(parts, how="diagonal")
        businesses = after.facts.select(who(self._catalogue, numbers)).with_row_index("at")
        order = pl.col("shift").cast(pl.Enum(SHIFTS))
        together = found.join(businesses, on="at", how="left").sort("at", order, "place")
        verdicts = (self._verdict(when) for when in ("before", "after"))
        return together.with_columns(*verdicts, *map(in_yuan, AMOUNT_KEYS)).select(SHIFT_KEYS)

    def _of_route(self, place: int, route: str, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
        """The rows of one route: their place in the batch (at), what shifted, the states and the amounts."""
        sides = ((self._old.get(route), before, "before"), (self._new.get(route), after, "after"))
        states = pl.DataFrame([column for side in sides for column in _side(*side)])
        shifted = states.with_columns(_shift().alias("shift")).with_row_index("at").filter(pl.col("shift") != "")
        return shifted.with_columns(pl.lit(place).alias("place"), pl.lit(self._names[route]).alias("route"))

    def _of_total(self, place: int, total: str, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
        """The rows of one total, in the columns of _of_route but for the states."""
        amounts = pl.DataFrame(
            sums[column].alias(f"{end}_{when}")
            for when, sums in (("before", before), ("after", after))
            for end, column in zip(("least", "most"), total_columns(total), strict=True)
        )
        labels = {"shift": "total", "place": place, "route": self._words(f"total.{total}")}
        shifted = amounts.with_row_index("at").filter(_other_amount())
        return shifted.with_columns(pl.lit(label).alias(column) for column, label in labels.items())

    def _verdict(self, when: str) -> pl.Expr:
        words, state = self._words, pl.col(when)
        text = pl.lit(words("batch.needs_info"))
        for outcome, bit in OUTCOME_BITS.items():
            text = pl.when(state == bit).then(pl.lit(words(f"batch.{outcome}"))).otherwise(text)
        absent = pl.when(pl.col("shift") == "total").then(pl.lit("")).otherwise(pl.lit(words("diff.absent")))
        return pl.when(state.is_null()).then(absent).otherwise(text).alias(when)


def _side(route: Route | None, verdicts: pl.DataFrame, when: str) -> Iterator[pl.Series]:
    """A route's states and amounts; null where it is not there."""
    absent, nothing = (pl.Series([None] * verdicts.height, dtype=kind) for kind in (pl.UInt64, pl.Int64))
    yield (absent if route is None else verdicts[route.id].cast(pl.UInt64)).alias(when)
    for end, name in zip(("least", "most"), amount_columns(route) if route is not None else ("", ""), strict=True):
        amount = verdicts[name] if route is not None and route.estimate is not None else nothing
        yield amount.alias(f"{end}_{when}")


def _shift() -> pl.Expr:
    """See rules.shifts.shift_kind; empty where nothing has changed."""
    before, after = _rank("before"), _rank("after")
    priced = (before == YES) & (after == YES) & _other_amount()
    kind = pl.when(priced).then(pl.lit("amount")).otherwise(pl.lit(""))
    for (rank, new_rank), name in KINDS.items():
        kind = pl.when((before == rank) & (after == new_rank)).then(pl.lit(name)).otherwise(kind)
    return kind


def _other_amount() -> pl.Expr:
    least, most = (pl.col(f"{end}_before").ne_missing(pl.col(f"{end}_after")) for end in ("least", "most"))
    return least | most


def _rank(when: str) -> pl.Expr:
    state = pl.col(when)
    ruled_out = state.is_null() | state.is_in([NOT_ELIGIBLE, NOT_FOR_YOU])
    open_ = pl.when(ruled_out).then(number(NO, _RANK)).otherwise(number(MAYBE, _RANK))
    return pl.when(state == ELIGIBLE).then(number(YES, _RANK)).otherwise(open_)
