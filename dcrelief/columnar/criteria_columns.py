"""What conditions ask of a fact, for many businesses at once: each criterion as an expression, null for unknown."""

from collections.abc import Callable, Mapping
from datetime import date
from operator import and_, or_
from typing import Any

import polars as pl

from dcrelief.columnar.expressions import col, joined
from dcrelief.columnar.kind_columns import last_column, several_column
from dcrelief.rules.conditions import Leaf
from dcrelief.rules.criteria import Bounds, Criterion, HasAny, HasNone, IsYes, NoneOf, OneOf, WithinYears


def asks(leaf: Leaf, as_of: date) -> pl.Expr:
    """Whether the answer of each business meets the criterion, on a day."""
    return EXPRESSIONS[type(leaf.criterion)](leaf.criterion, leaf.fact, as_of)


def _any_ticked(criterion: HasAny | HasNone, fact: str, _: date) -> pl.Expr:
    return joined(or_, (col(several_column(fact, key)) for key in criterion.keys))


def _within_years(criterion: WithinYears, fact: str, as_of: date) -> pl.Expr:
    earliest = criterion.earliest(as_of)
    not_within = col(last_column(fact)) < earliest
    return pl.when(col(fact) >= earliest).then(True).when(not_within).then(False)


def _within_bounds(bounds: Bounds, fact: str, _: date) -> pl.Expr:
    at_least, above, at_most, below = bounds.at_least, bounds.above, bounds.at_most, bounds.below
    number = col(fact)
    sides = ((at_least, number.ge), (above, number.gt), (at_most, number.le), (below, number.lt))
    return joined(and_, (compare(limit) for limit, compare in sides if limit is not None))


EXPRESSIONS: Mapping[type[Criterion], Callable[[Any, str, date], pl.Expr]] = {
    IsYes: lambda _, fact, __: col(fact),
    OneOf: lambda criterion, fact, _: col(fact).is_in(list(criterion.keys)),
    NoneOf: lambda criterion, fact, _: ~col(fact).is_in(list(criterion.keys)),
    HasAny: _any_ticked,
    HasNone: lambda criterion, fact, as_of: ~_any_ticked(criterion, fact, as_of),
    WithinYears: _within_years,
    Bounds: _within_bounds,
}
