"""The same condition tree for many businesses at once: Polars expressions in which null is unknown.

A frame has one column a fact: yes/no as Boolean, counts and money (fen) as Int64, dates as Date, a choice as String;
a fact of several choices has a Boolean column a choice, named by several_column; a date has its last possible day,
where only the month is known, in a column named by last_column. Polars' AND and OR are Kleene's.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import pairwise
from operator import add, and_, or_

import polars as pl

from dcrelief.rules.assessment import Outcome
from dcrelief.rules.catalogue import Catalogue, Route
from dcrelief.rules.conditions import (
    All,
    AnyOf,
    Bounds,
    Condition,
    HasAny,
    IsYes,
    Leaf,
    Not,
    OneOf,
    SizeAtMost,
    WithinYears,
)
from dcrelief.rules.estimates import EstimateRule, Tier
from dcrelief.rules.facts import UNKNOWN, Fact, Month, Value
from dcrelief.rules.size import Row, SizeClass
from dcrelief.rules.windows import NotOver, Window

BOOLEAN_UNKNOWN = pl.lit(None, dtype=pl.Boolean)


def several_column(fact: str, key: str) -> str:
    """The column that says whether a choice of a fact of several is ticked."""
    return f"{fact}:{key}"


def last_column(fact: str) -> str:
    """The column of the last day that a date can be: the date itself unless only its month is known."""
    return f"{fact}:last"


def schema(facts: Iterable[Fact]) -> dict[str, pl.DataType]:
    """The columns of a frame and their types."""
    kinds: dict[str, pl.DataType] = {
        "yes_no": pl.Boolean(),
        "count": pl.Int64(),
        "money": pl.Int64(),
        "date": pl.Date(),
        "choice": pl.String(),
        "text": pl.String(),
    }
    columns: dict[str, pl.DataType] = {}
    for fact in facts:
        if fact.kind == "several":
            columns |= {several_column(fact.id, choice.key): pl.Boolean() for choice in fact.choices}
        else:
            columns[fact.id] = kinds[fact.kind]
            if fact.kind == "date":
                columns[last_column(fact.id)] = pl.Date()
    return columns


def row_of(facts: Iterable[Fact], answers: dict[str, Value]) -> dict[str, object]:
    """The row of one business in such a frame."""
    row: dict[str, object] = {}
    for fact in facts:
        value = answers.get(fact.id, UNKNOWN)
        if fact.kind == "several":
            ticked = value if isinstance(value, frozenset) else None
            row |= {several_column(fact.id, c.key): None if ticked is None else c.key in ticked for c in fact.choices}
        elif isinstance(value, Month):
            row |= {fact.id: value.first, last_column(fact.id): value.last}
        else:
            row[fact.id] = None if value is UNKNOWN else value
            if fact.kind == "date":
                row[last_column(fact.id)] = row[fact.id]
    return row


OUTCOME_CODES: dict[Outcome, int] = {"needs_info": 0, "eligible": 1, "not_eligible": 2, "not_for_you": 3}
Judged = Leaf | SizeAtMost | NotOver


class ColumnRules:
    """The rules of a catalogue on a date, for frames of many businesses.

    In stages, so that nothing is worked out twice: every leaf of every tree first, then each route from them.
    """

    def __init__(self, catalogue: Catalogue, as_of: date) -> None:
        self._catalogue = catalogue
        self._as_of = as_of
        self._names: dict[Judged, str] = {}
        for route in catalogue.routes():
            for condition in self._catalogue.tree(route):
                self._name_leaves(condition)

    def evaluate(self, frame: pl.DataFrame) -> pl.DataFrame:
        """What the rules say of each row of a frame of facts.

        size: the class as its number, null while open. For each route: its outcome as a code of OUTCOME_CODES, by the
        route's id; its amount in fen, `id least` and `id most`, where it has a formula; and for each fact it can read,
        whether its answer is missing, `id? fact`.
        """
        rows = frame.with_columns(self._size_rows())
        leaves = [self._leaf(leaf).alias(name) for leaf, name in self._names.items()]
        sizes = [self._size_at_most(size).alias(f"upto {size}") for size in SizeClass]
        judged = rows.with_columns(*leaves, *sizes)
        judged = judged.with_columns(expression for size in SizeClass for expression in self._size_missing(size))
        routes = [expression for route in self._catalogue.routes() for expression in self._route(route)]
        told = judged.select(self._size_class().alias("size"), *routes)
        amounts = [expression for route in self._catalogue.routes() for expression in self._amount(route)]
        return told.with_columns(frame.with_columns(told).select(amounts))

    def _name_leaves(self, condition: Condition) -> None:
        match condition:
            case All(parts) | AnyOf(parts):
                for part in parts:
                    self._name_leaves(part)
            case Not(part):
                self._name_leaves(part)
            case _:
                assert isinstance(condition, Leaf | SizeAtMost | NotOver)
                self._names.setdefault(condition, f"leaf {len(self._names)}")

    # ---- leaves --------------------------------------------------------------------------------------------------

    def _leaf(self, leaf: Judged) -> pl.Expr:
        """A leaf as a Boolean, null where it is unknown."""
        if isinstance(leaf, SizeAtMost):
            return self._size_at_most(leaf.largest)
        if isinstance(leaf, NotOver):
            return self._not_over(leaf.window)
        column = pl.col(leaf.fact)
        match leaf.test:
            case IsYes():
                return column
            case OneOf(keys):
                return column.is_in(list(keys))
            case HasAny(keys):
                return pl.any_horizontal(*(pl.col(several_column(leaf.fact, key)) for key in keys))
            case WithinYears() as within:
                earliest = within.earliest(self._as_of)
                ways = [(column >= earliest, pl.lit(True)), (pl.col(last_column(leaf.fact)) < earliest, pl.lit(False))]
                return _first(ways, BOOLEAN_UNKNOWN)
        assert isinstance(leaf.test, Bounds)
        bounds = leaf.test
        sides = (
            (bounds.at_least, column.ge),
            (bounds.above, column.gt),
            (bounds.at_most, column.le),
            (bounds.below, column.lt),
        )
        return reduce(and_, (compare(limit) for limit, compare in sides if limit is not None))

    def _not_over(self, window: Window) -> pl.Expr:
        if window.month_after:
            last = pl.col(window.month_after).dt.month_end() + pl.duration(days=window.days)
            return last >= self._as_of
        return pl.lit(window.end is None or self._as_of <= window.end)

    # ---- the size class: in stages too, for its questions are asked again and again ----------------------------------

    def _size_rows(self) -> Iterator[pl.Expr]:
        """Whether each row of the standard is the business's, null while the industry is; and what it says alone."""
        standard = self._catalogue.size_standard
        for place, row in enumerate(standard.rows):
            yield pl.col(standard.industry_fact).is_in(list(row.industries)).alias(f"row {place}")
            for size in SizeClass:
                yield _row_at_most(row, size).alias(f"row {place} upto {size}")

    def _size_at_most(self, largest: SizeClass) -> pl.Expr:
        """The business's own row decides; while the industry is unknown, all rows where they agree."""
        standard = self._catalogue.size_standard
        rows = [(pl.col(f"row {n}"), pl.col(f"row {n} upto {largest}")) for n in range(len(standard.rows))]
        by_row = reduce(or_, (here & truth for here, truth in rows))
        return by_row | (pl.col(standard.industry_fact).is_null() & reduce(and_, (truth for _, truth in rows)))

    def _size_missing(self, largest: SizeClass) -> Iterator[pl.Expr]:
        """The industry and the numbers of rows that they do not settle yet."""
        standard = self._catalogue.size_standard
        unsettled, no_industry = pl.col(f"upto {largest}").is_null(), pl.col(standard.industry_fact).is_null()
        yield (unsettled & no_industry).alias(f"upto {largest}? {standard.industry_fact}")
        for fact in standard.facts()[1:]:
            open_in = [
                pl.col(f"row {n} upto {largest}").is_null() & (no_industry | pl.col(f"row {n}"))
                for n, row in enumerate(standard.rows)
                if fact in row.facts()
            ]
            yield (unsettled & pl.col(fact).is_null() & reduce(or_, open_in)).alias(f"upto {largest}? {fact}")

    @staticmethod
    def _size_class() -> pl.Expr:
        upto = {size: pl.col(f"upto {size}") for size in SizeClass}
        ways = [(upto[SizeClass.MICRO], pl.lit(0, dtype=pl.UInt8))]
        for lower, size in pairwise(SizeClass):
            ways.append((upto[size] & ~upto[lower], pl.lit(int(size), dtype=pl.UInt8)))
        return _first(ways, pl.lit(None, dtype=pl.UInt8))

    # ---- routes --------------------------------------------------------------------------------------------------

    def _truth(self, condition: Condition) -> pl.Expr:
        """A condition from the columns of its leaves."""
        match condition:
            case All(parts):
                return reduce(and_, map(self._truth, parts), pl.lit(True))
            case AnyOf(parts):
                return reduce(or_, map(self._truth, parts), pl.lit(False))
            case Not(part):
                return ~self._truth(part)
        assert isinstance(condition, Leaf | SizeAtMost | NotOver)
        return pl.col(self._names[condition])

    def _route(self, route: Route) -> Iterator[pl.Expr]:
        """The outcome of a route, and what is missing for it."""
        if route.action == "none":
            yield pl.lit(OUTCOME_CODES["not_for_you"], dtype=pl.UInt8).alias(route.id)
            return
        tree = self._catalogue.tree(route)
        scope, audience, conditions = map(self._truth, tree)
        for_others = (scope & ~audience).fill_null(value=False)
        against = (~scope | (audience & ~conditions)).fill_null(value=False)
        fits = (scope & audience & conditions).fill_null(value=False)
        codes = ((fits, "eligible"), (against, "not_eligible"), (for_others, "not_for_you"))
        outcome = [truth.cast(pl.UInt8) * OUTCOME_CODES[name] for truth, name in codes]  # type: ignore[index]
        yield reduce(add, outcome).cast(pl.UInt8).alias(route.id)
        waits = ~(fits | against | for_others)
        missing: dict[str, pl.Expr] = {}
        for condition in tree:
            missing |= self._missing(condition)
        for fact, is_missing in missing.items():
            yield (waits & is_missing).alias(f"{route.id}? {fact}")

    def _missing(self, condition: Condition) -> dict[str, pl.Expr]:
        """For each fact: whether it is one of the unknown ones that could settle the condition."""
        match condition:
            case All(parts) | AnyOf(parts):
                unknown = self._truth(condition).is_null()
                return {fact: unknown & here for part in parts for fact, here in self._missing(part).items()}
            case Not(part):
                return self._missing(part)
            case SizeAtMost():
                return {fact: pl.col(f"upto {condition.largest}? {fact}") for fact in condition.facts()}
            case Leaf() | NotOver() if condition.fact:
                return {condition.fact: pl.col(self._names[condition]).is_null()}
        return {}

    # ---- amounts -------------------------------------------------------------------------------------------------

    @staticmethod
    def _amount(route: Route) -> Iterator[pl.Expr]:
        """Least and most in fen; both null where nothing is stated or due, most alone where there is no limit."""
        rule = route.estimate
        if rule is None:
            return
        outcome = pl.col(route.id)
        wide = rule.interval(UNKNOWN)
        assert wide is not None
        base = pl.when(outcome == OUTCOME_CODES["eligible"]).then(pl.col(rule.base))
        unknown = outcome.is_in([OUTCOME_CODES["eligible"], OUTCOME_CODES["needs_info"]]) & base.is_null()
        for end, at_unknown in enumerate((wide.least, wide.most)):
            ways = [(unknown, pl.lit(at_unknown, dtype=pl.Int64))]
            for tier in rule.tiers:
                covers = base >= tier.start
                covers = covers if tier.below is None else covers & (base < tier.below)
                ways.append((covers, _tier_amount(tier, rule, base, end)))
            yield _first(ways, pl.lit(None, dtype=pl.Int64)).alias(f"{route.id} {'most' if end else 'least'}")


def _row_at_most(row: Row, largest: SizeClass) -> pl.Expr:
    """The class is the least that any number reaches: at most this one when any lies below the next bound."""
    if row.own_fact:
        return pl.col(row.own_fact).is_in([size.key for size in SizeClass if size <= largest])
    if largest is SizeClass.LARGE:
        return pl.lit(True)
    return reduce(or_, (pl.col(metric.fact) < metric.bounds[largest] for metric in row.metrics))


def _tier_amount(tier: Tier, rule: EstimateRule, base: pl.Expr, end: int) -> pl.Expr:
    """The least (end 0) or most (end 1) that a tier gives, capped."""
    if tier.rates is None:
        amount = pl.lit(tier.limit if end else 0, dtype=pl.Int64)
    else:
        rate = tier.rates[end]  # half a fen up, in whole numbers
        amount = (base * (2 * rate.numerator) + rate.denominator) // (2 * rate.denominator)
    if rule.cap is None:
        return amount
    cap = pl.lit(rule.cap, dtype=pl.Int64)
    return pl.when(amount > cap).then(cap).otherwise(amount)


def _first(ways: Sequence[tuple[pl.Expr, pl.Expr]], otherwise: pl.Expr) -> pl.Expr:
    """The value of the first way whose condition holds."""

    def before(rest: pl.Expr, way: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
        return pl.when(way[0]).then(way[1]).otherwise(rest)

    return reduce(before, reversed(ways), otherwise)
