"""What conditions ask of a fact, for many businesses at once: an expression a criterion, null where it is unknown."""

from datetime import date
from functools import singledispatch
from operator import and_, or_

import polars as pl

from dcrelief.columnar.frames import col, joined
from dcrelief.columnar.kind_columns import last_column, several_column
from dcrelief.rules.conditions import Leaf
from dcrelief.rules.criteria import Bounds, Criterion, HasAny, HasNone, IsYes, NoneOf, OneOf, WithinYears


def asks(leaf: Leaf, as_of: date) -> pl.Expr:
    """Whether each business's answer passes, on a day."""
    return _asks(leaf.criterion, leaf.fact, as_of)


@singledispatch
def _asks(criterion: Criterion, fact: str, as_of: date) -> pl.Expr:
    raise NotImplementedError(criterion)


@_asks.register
def _(criterion: IsYes, fact: str, as_of: date) -> pl.Expr:  # noqa: ARG001
    return col(fact)


@_asks.register
def _(criterion: OneOf, fact: str, as_of: date) -> pl.Expr:  # noqa: ARG001
    return col(fact).is_in(list(criterion.keys))


@_asks.register
def _(criterion: NoneOf, fact: str, as_of: date) -> pl.Expr:  # noqa: ARG001
    return ~col(fact).is_in(list(criterion.keys))


@_asks.register
def _(criterion: HasAny, fact: str, as_of: date) -> pl.Expr:  # noqa: ARG001
    return joined(or_, (col(several_column(fact, key)) for key in criterion.keys))


@_asks.register
def _(criterion: HasNone, fact: str, as_of: date) -> pl.Expr:  # noqa: ARG001
    return ~joined(or_, (col(several_column(fact, key)) for key in criterion.keys))


@_asks.register
def _(criterion: WithinYears, fact: str, as_of: date) -> pl.Expr:
    earliest = criterion.earliest(as_of)
    not_within = col(last_column(fact)) < earliest
    return pl.when(col(fact) >= earliest).then(True).when(not_within).then(False)


@_asks.register
def _(criterion: Bounds, fact: str, as_of: date) -> pl.Expr:  # noqa: ARG001
    column = col(fact)
    sides = (
        (criterion.at_least, column.ge),
        (criterion.above, column.gt),
        (criterion.at_most, column.le),
        (criterion.below, column.lt),
    )
    return joined(and_, (compare(limit) for limit, compare in sides if limit is not None))
