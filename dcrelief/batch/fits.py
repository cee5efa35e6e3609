"""What fits each business, a row a business and route, with whom to call."""

from collections.abc import Iterator

import polars as pl

from dcrelief.columnar.sums import last_day
from dcrelief.columnar.verdicts import ELIGIBLE, amount_columns
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.model import Catalogue, Route

FIT_KEYS = ("row", "id", "name", "route", "action", "amount_least", "amount_most", "until", "unit", "people", "phones")


def fit_rows(catalogue: Catalogue, numbers: pl.Series, facts: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
    """The rows of a batch, columns FIT_KEYS, amounts in fen; numbers: of its rows, as a spreadsheet counts them."""
    policy = catalogue.policy
    who = [
        (pl.col(fact) if fact else pl.lit(None, dtype=pl.String)).alias(name)
        for name, fact in (("id", policy.id_fact), ("name", policy.name_fact))
    ]
    rows = facts.select(pl.lit(numbers).alias("row"), *who, *_ends(catalogue)).hstack(verdicts)
    parts = [_fitting(catalogue, place, route, rows) for place, route in enumerate(catalogue.routes())]
    return pl.concat(parts).sort("row", "place").select(FIT_KEYS)


def _ends(catalogue: Catalogue) -> Iterator[pl.Expr]:
    for route in catalogue.routes():
        window = route.window
        end = window.month_after or window.end
        day = pl.lit(None, dtype=pl.Date) if end is None else last_day(end, window.days)
        yield day.alias(f"{route.id} until")


def _fitting(catalogue: Catalogue, place: int, route: Route, rows: pl.DataFrame) -> pl.DataFrame:
    writer, words = RouteWriter(catalogue), catalogue.words
    contacts = [catalogue.contacts[key] for key in route.contacts]
    also, separator = words("value.also"), words("value.separator")
    no_amount = pl.lit(None, dtype=pl.Int64)
    least, most = map(pl.col, amount_columns(route)) if route.estimate is not None else (no_amount, no_amount)
    return rows.filter(pl.col(route.id) == ELIGIBLE).select(
        "row",
        "id",
        "name",
        pl.lit(place).alias("place"),
        pl.lit(writer.name(route)).alias("route"),
        pl.lit(words(f"action.{route.action}")).alias("action"),
        least.alias("amount_least"),
        most.alias("amount_most"),
        pl.col(f"{route.id} until").alias("until"),
        pl.lit(also.join(dict.fromkeys(contact.unit for contact in contacts))).alias("unit"),
        pl.lit(also.join(separator.join(c.people) for c in contacts if c.people)).alias("people"),
        pl.lit(also.join(separator.join(map(writer.phone, c.phones)) for c in contacts)).alias("phones"),
    )
