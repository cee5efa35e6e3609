"""What fits each business, a row a business and route, with whom to call."""

from datetime import date

import polars as pl

from dcrelief.batch.assessor import AssessedBatch
from dcrelief.batch.sheet import in_yuan, who
from dcrelief.columnar.sums import last_day
from dcrelief.columnar.verdicts import ELIGIBLE, amount_columns
from dcrelief.report.cites import level_note
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.model import Catalogue, Measure, Route
from dcrelief.rules.plan import first_contact, phones_for
from dcrelief.rules.windows import LAST_DAYS, LastDay

_WHAT, _WHOM = ("number", "route", "action", "amount_least", "amount_most"), ("unit", "people", "phones")
FIT_KEYS = ("row", "id", "name", *_WHAT, "level", *LAST_DAYS, *_WHOM)


def fit_rows(catalogue: Catalogue, numbers: pl.Series, assessed: AssessedBatch, as_of: date) -> pl.DataFrame:
    """The rows of a batch: FIT_KEYS, `call`, and whether a route comes to a sum, known or not (`has_sum`).

    call: the office and its first phone, empty where none is to be called. An amount of which nothing is known is null.
    numbers: of the rows, as a spreadsheet counts them.
    """
    ends = (last_day(route.window, as_of).alias(f"{route.id} until") for route in catalogue.routes())
    rows = assessed.facts.select(*who(catalogue, numbers), *ends).hstack(assessed.verdicts)
    parts = [_fitting(catalogue, place, route, rows) for place, route in enumerate(catalogue.routes())]
    return pl.concat(parts).sort("row", "place").select(*FIT_KEYS, "call", "has_sum")


def _last_day(route: Route, kind: LastDay) -> pl.Expr:
    """The last day of a route, if it is of that kind."""
    return pl.col(f"{route.id} until") if route.window.last_day == kind else pl.lit(None, dtype=pl.Date)


def _fitting(catalogue: Catalogue, place: int, route: Route, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of one route; place: of the route in the catalogue."""
    writer, words = RouteWriter(catalogue), catalogue.words
    contacts = [catalogue.contacts[key] for key in route.contacts]
    also, separator = words("value.also"), words("value.separator")
    no_amount = pl.lit(None, dtype=pl.Decimal(18, 2))
    least, most = map(in_yuan, amount_columns(route)) if route.estimate is not None else (no_amount, no_amount)
    return rows.filter(pl.col(route.id) == ELIGIBLE).select(
        "row",
        "id",
        "name",
        pl.lit(place).alias("place"),
        _number(catalogue.measure(route.measure)).alias("number"),
        pl.lit(writer.name(route)).alias("route"),
        pl.lit(words(f"action.{route.action}")).alias("action"),
        pl.when((least > 0) | most.is_not_null()).then(least).alias("amount_least"),
        most.alias("amount_most"),
        pl.lit(level_note(catalogue, route)).alias("level"),
        *(_last_day(route, kind).alias(kind) for kind in LAST_DAYS),
        pl.lit(also.join(dict.fromkeys(contact.unit for contact in contacts))).alias("unit"),
        pl.lit(also.join(separator.join(c.people) for c in contacts if c.people)).alias("people"),
        pl.lit(also.join(separator.join(map(writer.phone, c.phones)) for c in contacts if c.phones)).alias("phones"),
        pl.lit(_call(writer, route)).alias("call"),
        pl.lit(route.estimate is not None).alias("has_sum"),
    )


def _number(measure: Measure) -> pl.Expr:
    """A number in a workbook, too; of several documents, a label."""
    return pl.lit(measure.label) if measure.mark else pl.lit(measure.number, dtype=pl.UInt16)


def _call(writer: RouteWriter, route: Route) -> str:
    """The office and the phone that the plan says to call first for a route."""
    contact = first_contact(writer.catalogue, route)
    phones = phones_for(contact, route)
    return f"{contact.unit} {writer.phone(phones[0])}" if phones else ""
