"""Two catalogues, or two days of one: what changed, and which businesses of a table gain or lose what."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import polars as pl

from dcrelief.batch.assessor import Assessor
from dcrelief.batch.businesses import ROW
from dcrelief.batch.headings import named_facts
from dcrelief.batch.run import opened, progress, say_how
from dcrelief.batch.shift_rows import SHIFT_KEYS, ShiftRows
from dcrelief.files.csv_writer import CsvWriter, whole_table
from dcrelief.files.whole import stop_cleanly
from dcrelief.report.changes import Side
from dcrelief.report.shift_lines import MOST_BUSINESSES, ShiftTally
from dcrelief.rules.shifts import SHIFTS, UNSURE
from dcrelief.rules.words import Words
from dcrelief.terminal.console import Environment

MOST_NAMED = 3  # of the routes that only may fit, or no longer may


def compare_clients(
    environment: Environment,
    old: Side,
    new: Side,
    clients: str,
    out: Path | None,
    encoding: str | None,
    sheet: str | None,
) -> ShiftTally:
    """What the businesses of a table gain and lose; out: a CSV of every shift, a row a business and route.

    Raises UnusableFileError, UsageError.
    """
    stop_cleanly()
    words, tally = new.catalogue.words, ShiftTally()
    shift_rows = ShiftRows(old.catalogue, new.catalogue)
    with ExitStack() as stack:
        table = opened(stack, environment, (old.catalogue, new.catalogue), clients, encoding, sheet)
        sides = [
            Assessor(side.catalogue, named_facts(side.catalogue, table.headings, table.top.units), side.day)
            for side in (old, new)
        ]
        say_how(environment, new.catalogue, clients, table, sides[1].headings)
        writer = None
        if out is not None:
            writer = CsvWriter(stack.enter_context(stack.enter_context(whole_table(out)).open("wb")))
        with progress(environment, table) as progressed:
            for rows in table.batches():
                before, after = (side.assess_rows(rows.cells) for side in sides)
                found = shift_rows.rows(rows.cells[ROW], before, after)
                unread = pl.concat([before.bad, after.bad]).unique(["row", "heading"]).height
                tally.bad_cells += unread + len(rows.surplus) + len(rows.set_aside)
                tally.businesses += rows.cells.height
                add_shifts(words, tally, found)
                if writer is not None:
                    writer.write(shift_sheet(words, found))
                progressed(tally.businesses, rows.done)
    return tally


def add_shifts(words: Words, tally: ShiftTally, found: pl.DataFrame, changed: Mapping[int, str] | None = None) -> None:
    """Adds what shifted; changed: by row, the facts of a business that did."""
    counted = found.group_by("shift", "route", maintain_order=True).len()
    tally.counts.update({(kind, route): count for kind, route, count in counted.iter_rows()})
    by_business = found.group_by("row", maintain_order=True).agg(pl.all())
    tally.touched += by_business.height
    for business in by_business.head(MOST_BUSINESSES - len(tally.first)).iter_rows(named=True):
        shifted = list(zip(business["shift"], business["route"], strict=True))
        parts = []
        for kind in SHIFTS:
            routes = [route for of, route in shifted if of == kind]
            if len(routes) > MOST_NAMED and kind in UNSURE:
                parts.append(words("diff.brief_count", kind=words(f"diff.{kind}"), count=len(routes)))
            elif routes:
                names = words("value.separator").join(routes)
                parts.append(words("diff.brief", kind=words(f"diff.{kind}"), names=names))
        name = business["name"][0] or business["id"][0]
        key, together = "diff.business" if name else "diff.unnamed", words("value.also").join(parts)
        why = (changed or {}).get(business["row"], "")
        if why:
            together = words("diff.because", shifts=together, facts=why)
        tally.first.append(words(key, row=business["row"], name=name, shifts=together))


def shift_sheet(words: Words, found: pl.DataFrame) -> pl.DataFrame:
    """The rows under headings for people."""
    kinds = pl.col("shift").replace_strict({kind: words(f"diff.{kind}") for kind in SHIFTS}, return_dtype=pl.String)
    return found.with_columns(kinds).rename({key: words(f"diff.{key}_heading") for key in SHIFT_KEYS})
