"""Polars expressions that are wanted again and again. Making one costs as much as ten operations: it is made once."""

from collections.abc import Callable, Iterable
from functools import cache

import polars as pl


@cache
def number(value: int, kind: type[pl.DataType]) -> pl.Expr:
    """A whole number of that type."""
    return pl.lit(value, dtype=kind)


@cache
def col(name: str) -> pl.Expr:
    """A column."""
    return pl.col(name)


def joined(join: Callable[[pl.Expr, pl.Expr], pl.Expr], parts: Iterable[pl.Expr]) -> pl.Expr:
    """One or more parts joined in pairs, and those in pairs again: a long chain takes four times as long to plan."""
    here = list(parts)
    while len(here) > 1:
        pairs = zip(here[::2], here[1::2], strict=False)
        here = [join(first, second) for first, second in pairs] + here[len(here) // 2 * 2 :]
    return here[0]
