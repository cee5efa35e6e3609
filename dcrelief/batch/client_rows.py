"""A business a row, as a consultant reads it: what fits by money, days, whom to call first, what to ask."""

from collections.abc import Iterator, Sequence
from heapq import nlargest

import polars as pl

from dcrelief.batch.assessor import AssessedBatch
from dcrelief.batch.sheet import SheetColumns, who
from dcrelief.columnar.sums import count_column, total_columns
from dcrelief.report.amounts import interval
from dcrelief.rules.estimates import Interval
from dcrelief.rules.model import TOTALS, Catalogue
from dcrelief.rules.windows import LAST_DAYS

MOST_CALLS, MOST_QUESTIONS = 2, 3
CLIENT_KEYS = ("row", "id", "name", "size", "fitting_count", *TOTALS, "days", "calls", "questions")
STAKE = "stake"  # by which they are sorted: what they may receive or need not pay, in fen


def client_rows(
    catalogue: Catalogue, columns: SheetColumns, numbers: pl.Series, assessed: AssessedBatch, fits: pl.DataFrame
) -> pl.DataFrame:
    """The rows of a batch: CLIENT_KEYS and STAKE. fits: what fit_rows gives of it; numbers: of its rows."""
    words = catalogue.words
    rows = assessed.facts.select(who(catalogue, numbers))
    texts = {total: list(_totals(catalogue, assessed.sums, total)) for total in TOTALS}
    days = [_days(catalogue, row) for row in assessed.sums.select(LAST_DAYS).iter_rows()]
    received, not_paid, _deferred = (_most(assessed.sums, total) for total in TOTALS)
    rows = rows.with_columns(
        assessed.sheet[words("batch.size")].cast(pl.String).alias("size"),
        assessed.sums[count_column("eligible")].alias("fitting_count"),
        *(pl.Series(total, values, dtype=pl.String) for total, values in texts.items()),
        pl.Series("days", days, dtype=pl.String),
        pl.Series("questions", list(_questions(catalogue, columns, assessed.verdicts)), dtype=pl.String),
        (received + not_paid).alias(STAKE),
    )
    return rows.join(_calls(catalogue, fits), on="row", how="left", maintain_order="left").select(*CLIENT_KEYS, STAKE)


def _totals(catalogue: Catalogue, sums: pl.DataFrame, total: str) -> Iterator[str]:
    """The sum of a kind in words, empty for none."""
    for least, most in sums.select(total_columns(total)).iter_rows():
        yield "" if least is None else interval(catalogue.words, Interval(least, most))


def _most(sums: pl.DataFrame, total: str) -> pl.Series:
    least, most = (sums[column] for column in total_columns(total))
    return most.fill_null(least).fill_null(0)


def _days(catalogue: Catalogue, days: Sequence[object]) -> str:
    words = catalogue.words
    shown = (words(f"batch.day_{kind}", day=day) for kind, day in zip(LAST_DAYS, days, strict=True) if day is not None)
    return words("value.also").join(shown)


def _calls(catalogue: Catalogue, fits: pl.DataFrame) -> pl.DataFrame:
    """By row, whom to call first: the offices of the largest sums, then of what has a last day; else nobody."""
    words, stake = catalogue.words, pl.coalesce("amount_most", "amount_least", 0)
    has_day = pl.any_horizontal(pl.col(LAST_DAYS).is_not_null())
    first = (
        fits.filter((pl.col("call") != "") & (pl.col("has_sum") | has_day))
        .sort("row", stake, has_day, descending=[False, True, True], maintain_order=True)
        .group_by("row", maintain_order=True)
        .agg(pl.col("call").unique(maintain_order=True).head(MOST_CALLS))
    )
    return first.select("row", pl.col("call").list.join(words("value.also")).alias("calls"))


def _questions(catalogue: Catalogue, columns: SheetColumns, verdicts: pl.DataFrame) -> Iterator[str]:
    """The facts whose answer alone settles most, the first ones of as many as can be asked."""
    counts = columns.waiting_for(verdicts)
    labels = [catalogue.facts[fact].column for fact in counts.columns]
    places = range(len(labels))
    for row in counts.iter_rows():
        asked = nlargest(MOST_QUESTIONS, (place for place in places if row[place]), key=row.__getitem__)
        yield catalogue.words("value.separator").join(labels[place] for place in asked)
