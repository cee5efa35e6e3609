"""The size class of many businesses at once: for each class, whether a business is that or smaller, null while open."""

from collections.abc import Iterator
from operator import add, or_

import polars as pl

from dcrelief.columnar.expressions import col, joined
from dcrelief.rules.size import SizeClass, SizeStandard

Stage = list[pl.Expr]


def upto(size: SizeClass) -> str:
    """The column that says whether the class is that or smaller."""
    return f"upto {size}"


def upto_missing(size: SizeClass, fact: str) -> str:
    """The column that says whether the answer to a fact is missing for it."""
    return f"upto {size}? {fact}"


BOUNDED = tuple(SizeClass)[:-1]  # everyone is large or smaller


class ColumnSizes:
    """The table of a size standard in stages of expressions, so that nothing is worked out twice."""

    def __init__(self, standard: SizeStandard) -> None:
        self._standard = standard

    def stages(self) -> Iterator[Stage]:
        """Columns to add in turn: what each row of the table says, each class from the rows, then what is missing."""
        yield list(self._row_columns())
        yield [self._at_most(size).alias(upto(size)) for size in BOUNDED] + list(self._open_rows())
        yield [column for size in BOUNDED for column in self._missing(size)]

    @staticmethod
    def size_class() -> pl.Expr:
        """The number of the class: how many smaller classes it exceeds; null while it is open."""
        return joined(add, ((~col(upto(size))).cast(pl.UInt8) for size in BOUNDED))

    def _row_columns(self) -> Iterator[pl.Expr]:
        """For each row of the table: whether it is the business's, and what it says; and which facts are unknown."""
        industry = col(self._standard.industry_fact)
        for place, row in enumerate(self._standard.rows):
            yield industry.is_in(list(row.industries)).alias(f"row {place}")
            for size in BOUNDED:
                if row.own_fact:
                    own = [smaller.key for smaller in SizeClass if smaller <= size]
                    says = col(row.own_fact).is_in(own)
                else:  # the class is the least that any number reaches
                    says = joined(or_, (col(metric.fact) < metric.bounds[size] for metric in row.metrics))
                yield says.alias(f"row {place} upto {size}")
        yield industry.is_null().alias("no industry")
        for fact in self._standard.facts()[1:]:
            yield col(fact).is_null().alias(f"no {fact}")

    def _at_most(self, size: SizeClass) -> pl.Expr:
        """The business's own row decides; while the industry is unknown, all rows where they agree."""
        rows = [(col(f"row {n}"), col(f"row {n} upto {size}")) for n in range(len(self._standard.rows))]
        by_row = pl.any_horizontal(here & says for here, says in rows)
        return by_row | (col("no industry") & pl.all_horizontal(says for _, says in rows))

    def _open_rows(self) -> Iterator[pl.Expr]:
        """Which rows may be the business's and cannot say yet whether its class is that or smaller."""
        for n in range(len(self._standard.rows)):
            possible = col("no industry") | col(f"row {n}")
            for size in BOUNDED:
                yield (col(f"row {n} upto {size}").is_null() & possible).alias(f"row {n} open {size}")

    def _missing(self, size: SizeClass) -> Iterator[pl.Expr]:
        """The industry, and the numbers of rows that they do not settle yet."""
        open_ = col(upto(size)).is_null()
        yield (open_ & col("no industry")).alias(upto_missing(size, self._standard.industry_fact))
        for fact in self._standard.facts()[1:]:
            open_in = (f"row {n} open {size}" for n, row in enumerate(self._standard.rows) if fact in row.facts())
            yield (open_ & col(f"no {fact}") & pl.any_horizontal(open_in)).alias(upto_missing(size, fact))
