"""The same condition tree for many businesses at once: Polars expressions in which null is unknown.

Polars' AND and OR are Kleene's. Everything is worked out once, in stages: the leaves, then each condition from its
parts, then the routes from their conditions, then the amounts.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import chain
from operator import add, and_, or_

import polars as pl
from msgspec.structs import replace

from dcrelief.columnar.criteria_columns import asks
from dcrelief.columnar.expressions import col, joined, number
from dcrelief.columnar.kind_columns import last_column
from dcrelief.columnar.size_columns import ColumnSizes, Stage, upto, upto_missing
from dcrelief.rules.assessment import Outcome
from dcrelief.rules.conditions import All, AnyOf, Condition, Leaf, Not, SizeAtMost
from dcrelief.rules.criteria import IsYes
from dcrelief.rules.estimates import EstimateRule, Formula, Tier
from dcrelief.rules.facts import UNKNOWN
from dcrelief.rules.model import Catalogue, Route
from dcrelief.rules.size import SizeClass
from dcrelief.rules.windows import InTime, Window

# The column of a route holds its state for each business: the bit of its outcome or, while it needs answers, a bit for
# each that is missing, from FIRST_MISSING on. So one bit alone is a verdict, or the one answer that it waits for.
OUTCOME_BITS: dict[Outcome, int] = {"eligible": 1, "not_eligible": 2, "not_for_you": 4}
ELIGIBLE, NOT_ELIGIBLE, NOT_FOR_YOU = OUTCOME_BITS.values()
NEEDS_INFO = 0
FIRST_MISSING = 8
# In place of a size class, for those whom the size standard does not classify.
UNCLASSED = len(SizeClass)

_KINDS: dict[int, type[pl.DataType]] = {16: pl.UInt16, 32: pl.UInt32, 64: pl.UInt64}
_UNKNOWN = "?"

# What is known of a condition: the column that holds its truth, or its truth where that is the same for everyone.
KnownTruth = str | bool
Missing = dict[str, pl.Expr]
Join = Callable[[pl.Expr, pl.Expr], pl.Expr]


def amount_columns(route: Route) -> tuple[str, str]:
    """The columns of the least and the most of a route."""
    return f"{route.id} least", f"{route.id} most"


class ColumnRules:
    """The rules of a catalogue on a date, for frames of many businesses; state_kind: the type of a route's state."""

    def __init__(self, catalogue: Catalogue, as_of: date) -> None:
        self._as_of = as_of
        self._routes = catalogue.routes()
        self._levels = _Levels(catalogue, as_of) if catalogue.taken else None
        self._trees = {route.id: catalogue.tree(route) for route in self._routes if route.action != "none"}
        self._known: dict[Condition, KnownTruth] = {}
        self._misses: dict[Condition, Missing] = {}
        self._depths: dict[str, int] = {}
        self._stages: dict[int, Stage] = {}
        self._classified = catalogue.classified
        raises = (formula.raised.when for _, _, formula in _formulas(self._routes) if formula.raised)
        for condition in chain([self._classified], *self._trees.values(), raises):
            self._name(condition)
        self._sizes = ColumnSizes(catalogue.size_standard)
        pairs = dict.fromkeys((scope, audience) for scope, audience, _ in self._trees.values())
        self._groups = {pair: f"group {place}" for place, pair in enumerate(pairs)}
        above = FIRST_MISSING << max(len(self.missing(route)) for route in self._routes)
        self.state_kind = next(kind for size, kind in _KINDS.items() if above <= 1 << size)
        self._number = partial(number, kind=self.state_kind)
        self._before = [*self._sizes.stages(), *(self._stages[depth] for depth in sorted(self._stages))]
        self._before += [self._unknown_columns(), self._group_columns(), self._outcomes()]
        self._outputs = [self._size_class(), *map(self._state, self._routes)]
        formulas = list(_formulas(self._routes))
        self._bases = [base for each in formulas for base in _bases(*each, self._raised(each[-1]))]
        self._formulas = [amount for each in formulas for amount in _of_formula(*each)]
        self._amounts = [
            amount
            for route in self._routes
            if route.estimate is not None
            for amount in _amount(route, route.estimate, [name for name, own, _ in formulas if own is route])
        ]

    @property
    def route_ids(self) -> list[str]:
        """The ids of its routes, the columns of their states."""
        return [route.id for route in self._routes]

    def missing(self, route: Route) -> tuple[str, ...]:
        """The facts whose answer a route can miss, in the order of the text."""
        return tuple(dict.fromkeys(fact for c in self._trees.get(route.id, ()) for fact in self._missing(c)))

    def evaluate(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The verdicts of each row of a frame of facts.

        size: the class as its number, null while open, UNCLASSED for those who have none. The state of each route, by
        its id: see OUTCOME_BITS; the bits of answers are in the order of missing. The amount of a route that has a
        formula, in fen: see amount_columns; both are null where nothing is stated or due, the most alone where there is
        no limit.
        """
        rows = frame
        if self._levels is not None:
            rows = self._levels.told(rows)
        for stage in self._before:
            rows = rows.with_columns_seq(stage)
        verdicts = rows.select_seq(self._outputs)
        if not self._amounts:
            return verdicts
        bases = rows.with_columns_seq(verdicts).with_columns_seq(self._bases)
        return verdicts.with_columns_seq(bases.with_columns_seq(self._formulas).select_seq(self._amounts))

    def _raised(self, formula: Formula) -> KnownTruth:
        """What is known of the condition that raises the rates of a formula."""
        return self._name(formula.raised.when) if formula.raised else False

    # ---- conditions: each a column, from the columns of its parts ------------------------------------------------

    def _name(self, condition: Condition) -> KnownTruth:
        """What is known of a condition, its column added to a stage after those of its parts."""
        if condition not in self._known:
            self._known[condition] = self._new_name(condition)
        return self._known[condition]

    def _new_name(self, condition: Condition) -> KnownTruth:
        match condition:
            case All(parts):
                return self._joined(parts, and_, neutral=True)
            case AnyOf(parts):
                return self._joined(parts, or_, neutral=False)
            case Not(part):
                known = self._name(part)
                return not known if isinstance(known, bool) else self._column(~col(known), known)
            case SizeAtMost():
                return upto(condition.largest) if condition.largest is not SizeClass.LARGE else True
            case InTime(window):
                return self._in_time(window)
        assert isinstance(condition, Leaf)
        return condition.fact if isinstance(condition.criterion, IsYes) else self._column(asks(condition, self._as_of))

    def _in_time(self, window: Window) -> KnownTruth:
        if started := window.started_for(self._as_of):
            return self._name(started)
        if not window.month_after:
            window = window.in_year_of(self._as_of)
            start = min(window.starts, default=window.start)
            return (start is None or start <= self._as_of) and (window.end is None or self._as_of <= window.end)
        # It begins with the month after that date; its last day is so many days after the end of the date's own month.
        first, after = (self._as_of - timedelta(days=window.days)).replace(day=1), self._as_of.replace(day=1)
        earliest, latest = col(window.month_after), col(last_column(window.month_after))
        in_time, possible = (earliest >= first) & (latest < after), (latest >= first) & (earliest < after)
        return self._column(pl.when(in_time).then(True).when(~possible).then(False))

    def _joined(self, parts: Iterable[Condition], join: Join, *, neutral: bool) -> KnownTruth:
        known = [self._name(part) for part in parts]
        if (not neutral) in known:
            return not neutral
        columns = [name for name in known if isinstance(name, str)]
        if len(columns) <= 1:
            return columns[0] if columns else neutral
        return self._column(joined(join, map(col, columns)), *columns)

    def _column(self, expression: pl.Expr, *parts: str) -> str:
        depth = 1 + max((self._depths.get(part, 0) for part in parts), default=0)
        name = f"condition {len(self._depths)}"
        self._depths[name] = depth
        self._stages.setdefault(depth, []).append(expression.alias(name))
        return name

    # ---- routes: in groups of the same scope and audience ----------------------------------------------------------

    def _unknown_columns(self) -> Stage:
        """Where each condition is unknown."""
        names = dict.fromkeys(name for name in self._known.values() if isinstance(name, str))
        return [pl.col(*names).is_null().name.suffix(_UNKNOWN)]

    def _size_class(self) -> pl.Expr:
        unclassed = pl.when(~self._truth(self._classified)).then(number(UNCLASSED, pl.UInt8))
        return unclassed.otherwise(self._sizes.size_class()).alias("size")

    def _truth(self, condition: Condition) -> pl.Expr:
        known = self._known[condition]
        return pl.lit(known) if isinstance(known, bool) else col(known)

    def _group_columns(self) -> Stage:
        """What the routes of a group come to if their own conditions hold, fail or are unknown; what they all miss."""
        stage = []
        for (scope, audience), group in self._groups.items():
            within, meant = self._truth(scope), self._truth(audience)
            shut = pl.when(~within).then(self._number(NOT_ELIGIBLE)).when(~meant).then(self._number(NOT_FOR_YOU))
            waits, fits = self._number(NEEDS_INFO), self._number(ELIGIBLE)
            stage += [
                shut.when(within & meant).then(fits).otherwise(waits).alias(f"{group} yes"),
                shut.otherwise(self._number(NOT_ELIGIBLE)).alias(f"{group} no"),
                shut.otherwise(waits).alias(f"{group} unknown"),
                self._missing_bits((scope, audience), ()).alias(f"{group} missing"),
            ]
        return stage

    def _outcomes(self) -> Stage:
        """What each route comes to, NEEDS_INFO while that depends on missing answers."""
        stage = []
        for route, (scope, audience, conditions) in self._trees.items():
            group, met = self._groups[scope, audience], self._truth(conditions)
            unmet = pl.when(~met).then(col(f"{group} no")).otherwise(col(f"{group} unknown"))
            stage.append(pl.when(met).then(col(f"{group} yes")).otherwise(unmet).alias(_outcome(route)))
        return stage

    def _state(self, route: Route) -> pl.Expr:
        if route.action == "none":
            return self._number(NOT_FOR_YOU).alias(route.id)
        scope, audience, conditions = self._trees[route.id]
        outcome = col(_outcome(route.id))
        missing = col(f"{self._groups[scope, audience]} missing") | self._missing_bits((conditions,), (scope, audience))
        return pl.when(outcome == NEEDS_INFO).then(missing).otherwise(outcome).alias(route.id)

    def _missing_bits(self, conditions: Sequence[Condition], before: Sequence[Condition]) -> pl.Expr:
        """The bits of the facts that conditions miss, after those of other conditions."""
        facts = dict.fromkeys(fact for condition in (*before, *conditions) for fact in self._missing(condition))
        bits = {fact: self._number(FIRST_MISSING << place) for place, fact in enumerate(facts)}
        none, here = self._number(NEEDS_INFO), _either(self._missing(condition) for condition in conditions)
        missing = [pl.when(unknown).then(bits[fact]).otherwise(none) for fact, unknown in here.items()]
        return pl.sum_horizontal(missing) if missing else none

    def _missing(self, condition: Condition) -> Missing:
        """Each fact that can be missing, and for whom: where it is unknown and could settle the condition."""
        if condition not in self._misses:
            self._misses[condition] = self._new_missing(condition)
        return self._misses[condition]

    def _new_missing(self, condition: Condition) -> Missing:
        known = self._known[condition]
        if isinstance(known, bool):
            return {}
        match condition:
            case All(parts) | AnyOf(parts):
                return _either(self._within(known, part) for part in parts)
            case Not(part):
                return self._missing(part)
            case InTime(window) if started := window.started_for(self._as_of):
                return self._missing(started)
            case SizeAtMost(largest):
                return {fact: col(upto_missing(largest, fact)) for fact in condition.facts()}
        assert isinstance(condition, Leaf | InTime)
        return {condition.fact: col(_unknown(known))}

    def _within(self, whole: str, part: Condition) -> Missing:
        """What a part misses while the whole is unknown."""
        missing = self._missing(part)
        if self._known[part] == whole:
            return missing
        return {fact: col(_unknown(whole)) & here for fact, here in missing.items()}


def _either(parts: Iterable[Missing]) -> Missing:
    """What any part misses."""
    together: dict[str, list[pl.Expr]] = {}
    for part in parts:
        for fact, here in part.items():
            together.setdefault(fact, []).append(here)
    return {fact: joined(or_, anywhere) for fact, anywhere in together.items()}


def _unknown(name: str) -> str:
    return f"{name}{_UNKNOWN}"


def _outcome(route: str) -> str:
    return f"{route} outcome"


# ---- amounts -----------------------------------------------------------------------------------------------------

NO_TIMES = number(0, pl.Int64)
NOTHING = pl.lit(0, dtype=pl.Int64)


def _formulas(routes: Iterable[Route]) -> Iterator[tuple[str, Route, Formula]]:
    """Every formula, with a name for its columns."""
    for route in routes:
        for place, formula in enumerate(route.estimate.formulas if route.estimate else ()):
            yield f"{route.id} {place}", route, formula


def _bases(name: str, route: Route, formula: Formula, raised: KnownTruth) -> Iterator[pl.Expr]:
    """What a formula of a route that fits, or may, is worked out from; raised: whether its rates are."""
    base = col(formula.base) if formula.base else NOTHING
    yield pl.when(_may_fit(route)).then(base).alias(f"{name} base")
    if formula.times:
        most = number(formula.times_at_most, pl.Int64)
        counted = pl.when(col(formula.times) > most).then(most).otherwise(col(formula.times))
        for end, unknown in enumerate((NO_TIMES, most)):
            yield counted.fill_null(unknown).alias(f"{name} times {end}")
    if formula.raised:
        for end, if_unknown in enumerate((False, True)):
            holds = pl.lit(raised) if isinstance(raised, bool) else col(raised).fill_null(if_unknown)
            yield holds.alias(f"{name} raised {end}")


def _may_fit(route: Route) -> pl.Expr:
    return (col(route.id) != NOT_ELIGIBLE) & (col(route.id) != NOT_FOR_YOU)


def _ends(name: str) -> tuple[str, str]:
    return f"{name} least", f"{name} most"


def _of_formula(name: str, route: Route, formula: Formula) -> Iterator[pl.Expr]:
    """Least and most of a formula in fen."""
    for end, column in enumerate(_ends(name)):
        amount = _with_rates(name, route, formula.with_rates(least_raised=False, most_raised=False), end)
        if formula.raised:
            raised = _with_rates(name, route, formula.with_rates(least_raised=True, most_raised=True), end)
            amount = pl.when(col(f"{name} raised {end}")).then(raised).otherwise(amount)
        yield amount.alias(column)


def _with_rates(name: str, route: Route, formula: Formula, end: int) -> pl.Expr:
    """The least (end 0) or most (end 1) of a formula by the rates that it has."""
    base = col(f"{name} base")
    wide = formula.interval(UNKNOWN)
    assert wide is not None
    unknown = _may_fit(route) & base.is_null()
    amount = pl.lit(None, dtype=pl.Int64)
    for tier in formula.tiers:
        covers = base >= tier.start
        covers = covers if tier.below is None else covers & (base < tier.below)
        taken = base * col(f"{name} times {end}") if formula.times else base
        amount = pl.when(covers).then(_tier_amount(tier, formula, taken, end)).otherwise(amount)
    if formula.times:
        nothing = _may_fit(route) & (col(f"{name} times 1") == 0)  # times whatever is nothing
        unknown, amount = unknown & ~nothing, pl.when(nothing).then(NO_TIMES).otherwise(amount)
    return pl.when(unknown).then(pl.lit((wide.least, wide.most)[end], dtype=pl.Int64)).otherwise(amount)


def _tier_amount(tier: Tier, formula: Formula, base: pl.Expr, end: int) -> pl.Expr:
    """The least (end 0) or most (end 1) that a tier gives, capped."""
    if tier.rates is None:
        amount = pl.lit(tier.sums[end], dtype=pl.Int64)
    elif (rate := tier.rates[end]) == 1:
        amount = base
    else:  # half a fen up, in whole numbers
        amount = (base * (2 * rate.numerator) + rate.denominator) // (2 * rate.denominator)
    if formula.cap is None:
        return amount
    cap = pl.lit(formula.cap, dtype=pl.Int64)
    return pl.when(amount > cap).then(cap).otherwise(amount)


def _together(names: Sequence[str]) -> tuple[pl.Expr, pl.Expr]:
    """Least and most of some formulas together; those that state nothing add nothing."""
    least, most = (list(map(col, columns)) for columns in zip(*map(_ends, names), strict=True))
    if len(names) == 1:
        return least[0], most[0]
    stated = joined(or_, (amount.is_not_null() for amount in least))
    boundless = joined(or_, (low.is_not_null() & high.is_null() for low, high in zip(least, most, strict=True)))
    sums = (joined(add, (amount.fill_null(NOTHING) for amount in amounts)) for amounts in (least, most))
    return pl.when(stated).then(next(sums)), pl.when(stated & ~boundless).then(next(sums))


def _amount(route: Route, rule: EstimateRule, names: Sequence[str]) -> Iterator[pl.Expr]:
    """Least and most of a route in fen: its formulas together, within its cap, or what is left of that."""
    least, most = _together(names)
    if rule.cap is not None:
        stated, cap = least.is_not_null(), pl.lit(rule.cap, dtype=pl.Int64)
        left = pl.when(col(rule.used) > cap).then(NOTHING).otherwise(cap - col(rule.used)) if rule.used else cap
        surely_left, maybe_left = left.fill_null(NOTHING), left.fill_null(cap)
        least = pl.when(least > surely_left).then(surely_left).otherwise(least)
        most = pl.when(stated & (most.is_null() | (most > maybe_left))).then(maybe_left).otherwise(most)
    for name, amount in zip(amount_columns(route), (least, most), strict=True):
        yield amount.alias(name)


class _Levels:
    """Answers for a frame what needs no asking: that support was not taken at another level, where none can fit."""

    def __init__(self, catalogue: Catalogue, as_of: date) -> None:
        routes = {route.id: route for others in catalogue.taken.values() for route in others}
        measures = (replace(measure, routes=_kept(measure.routes, routes)) for measure in catalogue.measures)
        others = replace(catalogue, measures=tuple(m for m in measures if m.routes), taken={})
        self._rules = ColumnRules(others, as_of)
        self._untaken = [
            pl.when(col(fact).is_null() & joined(and_, (~_may_fit(route) for route in others)))
            .then(pl.lit(value=False))
            .otherwise(col(fact))
            .alias(fact)
            for fact, others in catalogue.taken.items()
        ]

    def told(self, facts: pl.DataFrame) -> pl.DataFrame:
        """The facts with those answers."""
        outcomes = facts.hstack(self._rules.evaluate(facts).select(self._rules.route_ids))
        return outcomes.with_columns_seq(self._untaken).select_seq(facts.columns)


def _kept(routes: Iterable[Route], wanted: Container[str]) -> tuple[Route, ...]:
    return tuple(route for route in routes if route.id in wanted)
