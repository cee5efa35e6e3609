"""What a business comes to over all its routes, for many businesses at once: counts, totals, the nearest deadline."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import add, and_, or_

import polars as pl

from dcrelief.columnar.expressions import col, joined, number
from dcrelief.columnar.size_columns import Stage
from dcrelief.columnar.verdicts import ELIGIBLE, NOTHING, OUTCOME_BITS, amount_columns
from dcrelief.rules.estimates import SharedCap
from dcrelief.rules.levels import side_of
from dcrelief.rules.model import TOTALS, Catalogue, Route
from dcrelief.rules.windows import LAST_DAYS, LastDay, Window


def count_column(outcome: str) -> str:
    """The column of how many routes have an outcome."""
    return f"count {outcome}"


def total_columns(total: str) -> tuple[str, str]:
    """The columns of the least and the most of a total, in fen.

    Both are null where no amount is counted, the most alone where there is no limit.
    """
    return f"total {total} least", f"total {total} most"


class ColumnSums:
    """The sums of a catalogue, from the verdicts of ColumnRules and the facts that they rest on."""

    def __init__(self, catalogue: Catalogue, as_of: date) -> None:
        self._as_of = as_of
        self._routes = catalogue.routes()
        priced = [route for route in self._routes if route.estimate is not None and route.total]
        taken = {route.id: fact for fact, routes in catalogue.taken.items() for route in routes}
        self._taken = list(catalogue.taken)
        self._counted = [*(column for route in priced for column in _counted(route, taken)), *self._settled()]
        self._choices = list(_choices(priced))
        self._ends = list(dict.fromkeys(route.window.month_after for route in self._routes if route.window.month_after))
        by_total = {total: [route for route in priced if route.total == total] for total in TOTALS}
        self._sums = [*self._counts(), *(sum_ for total, group in by_total.items() for sum_ in _total(total, group))]
        self._sums += map(self._first_last_day, LAST_DAYS)

    def evaluate(self, facts: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
        """Counts by outcome (count_column), totals (total_columns), and of each of LAST_DAYS the first."""
        rows = verdicts.hstack(facts.select(self._taken)).with_columns_seq(self._counted)
        for stage in self._choices:
            rows = rows.with_columns_seq(stage)
        return rows.with_columns_seq(facts.select_seq(self._ends)).select_seq(self._sums)

    def _settled(self) -> Iterator[pl.Expr]:
        """How many routes come to each outcome that needs no answers."""
        one, none = number(1, pl.UInt16), number(0, pl.UInt16)
        routes = pl.col([route.id for route in self._routes])
        for outcome, bit in OUTCOME_BITS.items():
            yield pl.sum_horizontal(pl.when(routes == bit).then(one).otherwise(none)).alias(count_column(outcome))

    def _counts(self) -> Iterator[pl.Expr]:
        settled = [col(count_column(outcome)) for outcome in OUTCOME_BITS]
        yield from settled
        yield (number(len(self._routes), pl.UInt16) - joined(add, settled)).alias(count_column("needs_info"))

    def _first_last_day(self, kind: LastDay) -> pl.Expr:
        """The first last day of a kind among what fits; windows without one have none."""
        fits_by_window: dict[Window, list[pl.Expr]] = {}
        for route in self._routes:
            own = route.window.in_year_of(self._as_of)
            if own.last_day == kind and (own.month_after or own.end):
                # Windows with the same last day are one, whatever else is particular to them.
                window = Window(end=own.end, month_after=own.month_after, days=own.days)
                fits_by_window.setdefault(window, []).append(col(route.id) == ELIGIBLE)
        ends = [
            pl.when(joined(or_, fits)).then(last_day(window, self._as_of)) for window, fits in fits_by_window.items()
        ]
        return (pl.min_horizontal(ends) if ends else pl.lit(None, dtype=pl.Date)).alias(kind)


def last_day(window: Window, as_of: date) -> pl.Expr:
    """The last day of a window, null if it has none: fixed, that of the year, or some days after a date's month."""
    if window.month_after:
        return col(window.month_after).dt.month_end() + timedelta(days=window.days)
    return pl.lit(window.in_year_of(as_of).end, dtype=pl.Date)


def _counts_column(route: Route) -> str:
    return f"{route.id} counts"


def _most_column(route: Route) -> str:
    """What a route counts for at most: its own most, or that of what is left out for it; null is no limit."""
    return f"{route.id} counts for at most"


def _counted(route: Route, taken: Mapping[str, str]) -> Iterator[pl.Expr]:
    """Whether a route counts. taken: by the id of a route, the fact that says that it was had already."""
    least, most = amount_columns(route)
    counts = (col(route.id) == ELIGIBLE) & col(least).is_not_null()
    if fact := taken.get(route.id):
        counts &= ~col(fact).fill_null(value=False)
    yield counts.alias(_counts_column(route))
    yield col(most).alias(_most_column(route))


def _choices(priced: Sequence[Route]) -> Iterator[Stage]:
    """Of routes that exclude each other, and of the same support at several levels, only the better side counts.

    See estimates.choose.
    """
    yield from _choose((route, f"exclusive {route.exclusive}", route.id) for route in priced if route.exclusive)
    supported = [(route, route.support) for route in priced if route.support is not None]
    carried = {(support.kind, side_of(route)) for route, support in supported if support.carries_out}
    yield from _choose(((route, support.kind, side_of(route)) for route, support in supported), carried)


def _choose(
    named: Iterable[tuple[Route, str, str]], settled: Container[tuple[str, str]] = frozenset()
) -> Iterator[Stage]:
    """Of each kind the best side is kept. settled: kinds and sides that are kept, whatever another may come to."""
    kinds: dict[str, dict[str, list[Route]]] = {}
    for route, kind, side in named:
        kinds.setdefault(kind, {}).setdefault(side, []).append(route)
    for kind, sides in kinds.items():
        if len(sides) == 1:
            continue
        yield [column for side, group in sides.items() for column in _rank(f"{kind} {side}", group)]
        yield [
            joined(and_, (col(_counts_column(route)), *beats)).alias(_counts_column(route))
            for side, group in sides.items()
            for beats in [[_beats(kind, side, other, settled) for other in sides if other != side]]
            for route in group
        ]
        open_sides = {side: group for side, group in sides.items() if (kind, side) not in settled}
        yield [_widened(kind, side, route, sides) for side, group in open_sides.items() for route in group]


def _widened(kind: str, side: str, route: Route, sides: Mapping[str, Iterable[Route]]) -> pl.Expr:
    """What a route counts for at most: the first of the side that is kept has more where another may come to more."""
    earlier = [col(_counts_column(other)) for other in sides[side] if other.id < route.id]
    first = joined(and_, (col(_counts_column(route)), *(~here for here in earlier)))
    limits = [pl.when(col(f"{kind} {each} any")).then(col(f"{kind} {each} most")) for each in sides]
    boundless = joined(or_, (col(f"{kind} {each} any") & col(f"{kind} {each} unlimited") for each in sides))
    own = col(_most_column(route))
    beyond = pl.when(~boundless).then(own + pl.max_horizontal(limits) - col(f"{kind} {side} most"))
    return pl.when(first & ~col(f"{kind} {side} unlimited")).then(beyond).otherwise(own).alias(_most_column(route))


def _rank(name: str, group: list[Route]) -> Iterator[pl.Expr]:
    """How one side ranks (see estimates.Interval.rank), and whether any of its routes counts."""
    least, most, unlimited = _interval(group)
    yield least.alias(f"{name} least")
    yield unlimited.alias(f"{name} unlimited")
    yield pl.when(unlimited).then(NOTHING).otherwise(most).alias(f"{name} most")
    yield _any_counts(group).alias(f"{name} any")


def _beats(kind: str, side: str, other: str, settled: Container[tuple[str, str]]) -> pl.Expr:
    """Whether a side is kept rather than another: one that is settled, the higher rank, the name that comes last."""
    if ((kind, side) in settled) != ((kind, other) in settled):
        return pl.lit((kind, side) in settled) | ~col(f"{kind} {other} any")
    better = pl.lit(side > other)
    for part in ("most", "unlimited", "least"):
        mine, theirs = col(f"{kind} {side} {part}"), col(f"{kind} {other} {part}")
        better = (mine > theirs) | ((mine == theirs) & better)
    return better | ~col(f"{kind} {other} any")


def _total(total: str, group: list[Route]) -> Iterator[pl.Expr]:
    names = total_columns(total)
    if not group:
        yield from (pl.lit(None, dtype=pl.Int64).alias(name) for name in names)
        return
    least, most, unlimited = _interval(group)
    any_counts = _any_counts(group)
    yield pl.when(any_counts).then(least).alias(names[0])
    yield pl.when(any_counts & ~unlimited).then(most).alias(names[1])


def _any_counts(group: list[Route]) -> pl.Expr:
    return joined(or_, (col(_counts_column(route)) for route in group))


def _interval(group: list[Route]) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """What some routes come to together: least, most of those that have a limit, and whether any has none."""
    by_cap: dict[SharedCap | None, list[Route]] = {}
    for route in group:
        by_cap.setdefault(route.estimate.shared if route.estimate else None, []).append(route)
    sums = [_within(cap, *_sums(own)) for cap, own in by_cap.items()]
    least, most, unlimited = zip(*sums, strict=True)
    return joined(add, least), joined(add, most), joined(or_, unlimited)


def _within(
    cap: SharedCap | None, least: pl.Expr, most: pl.Expr, unlimited: pl.Expr
) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The same sums within a cap that their routes share."""
    if cap is None:
        return least, most, unlimited
    limit = pl.lit(cap.most, dtype=pl.Int64)
    most = pl.when(unlimited).then(limit).otherwise(pl.min_horizontal(most, limit))
    return pl.min_horizontal(least, limit), most, pl.lit(value=False)


def _sums(group: list[Route]) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    counted = [(col(_counts_column(route)), col(amount_columns(route)[0]), col(_most_column(route))) for route in group]
    least = joined(add, (pl.when(here).then(low).otherwise(NOTHING) for here, low, _ in counted))
    most = joined(add, (pl.when(here).then(high.fill_null(0)).otherwise(NOTHING) for here, _, high in counted))
    return least, most, joined(or_, (here & high.is_null() for here, _, high in counted))
