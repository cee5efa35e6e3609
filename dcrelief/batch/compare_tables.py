"""A table of clients then and now: who gained and lost what, and by which of their facts; who came, and who is gone."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from dcrelief.batch.assessor import AssessedBatch, Assessor
from dcrelief.batch.businesses import ROW
from dcrelief.batch.compare import add_shifts, shift_sheet
from dcrelief.batch.headings import named_facts
from dcrelief.batch.run import opened, say_how
from dcrelief.batch.shift_rows import ShiftRows
from dcrelief.errors import UnusableFileError
from dcrelief.files.csv_writer import CsvWriter, whole_table
from dcrelief.files.whole import stop_cleanly
from dcrelief.language import _
from dcrelief.report.changes import Side
from dcrelief.report.shift_lines import ShiftTally
from dcrelief.rules.facts import Fact
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue
from dcrelief.rules.words import Words
from dcrelief.terminal.console import Environment

_MOST_FACTS = 5  # that are told of a business
_MOST_ROWS = 5  # that are told of the same name
_MOST_CLIENTS = 500_000  # both tables are kept in memory


class _Assessed(Struct, frozen=True):
    """A table, assessed: the number of each row, what its cells hold by fact, the assessment, and its unread cells."""

    numbers: pl.Series
    written: pl.DataFrame
    assessed: AssessedBatch
    bad_cells: int


def compare_tables(
    environment: Environment,
    sides: tuple[Side, Side],
    tables: tuple[str, str],
    out: Path | None,
    encoding: str | None,
    sheet: str | None,
) -> ShiftTally:
    """What the businesses of two tables gained and lost, told apart by their number, or else by their name.

    out: a CSV of every shift, a row a business and route, with the facts that changed. Raises UnusableFileError where
    two businesses of a table are called the same.
    """
    stop_cleanly()
    before, after = (
        _assessed(environment, side, table, encoding, sheet) for side, table in zip(sides, tables, strict=True)
    )
    catalogue, tally = sides[1].catalogue, ShiftTally(bad_cells=before.bad_cells + after.bad_cells)
    keys = _keys(catalogue, tables, before, after)
    places = {key: place for place, key in enumerate(keys[0])}
    common = [(places[key], place) for place, key in enumerate(keys[1]) if key in places]
    old, new = (_rows_of(each, [pair[n] for pair in common]) for n, each in enumerate((before, after)))
    found = ShiftRows(sides[0].catalogue, catalogue).rows(new.numbers, old.assessed, new.assessed)
    changed = {row: text for row, text in zip(new.numbers, _changed(catalogue, old, new), strict=True) if text}
    tally.businesses = len(common)
    tally.come = [key for key in keys[1] if key not in places]
    now = set(keys[1])
    tally.gone = [key for key in keys[0] if key not in now]
    add_shifts(catalogue.words, tally, found, changed)
    if out is not None:
        with whole_table(out) as path, path.open("wb") as stream:
            CsvWriter(stream).write(
                shift_sheet(catalogue.words, found).with_columns(_why(catalogue.words, found, changed))
            )
    return tally


def _assessed(environment: Environment, side: Side, written: str, encoding: str | None, sheet: str | None) -> _Assessed:
    """A whole table: a consultant's clients, not a city's."""
    with ExitStack() as stack:
        table = opened(stack, environment, (side.catalogue,), written, encoding, sheet)
        assessor = Assessor(side.catalogue, named_facts(side.catalogue, table.headings, table.top.units), side.day)
        say_how(environment, side.catalogue, written, table, assessor.headings)
        parts, numbers, cells, bad = [], [], [], 0
        for rows in table.batches():
            assessed = assessor.assess_rows(rows.cells)
            parts.append(assessed)
            numbers.append(rows.cells[ROW])
            cells.append(
                rows.cells.select(pl.col(heading).alias(fact.id) for heading, fact in assessor.headings.items())
            )
            bad += assessed.bad.height + len(rows.surplus) + len(rows.set_aside)
            if sum(map(len, numbers)) > _MOST_CLIENTS:
                raise UnusableFileError(
                    _(
                        "{table} 超过 {count} 家，两张表比不了：要的内存太多。",
                        table=written,
                        count=f"{_MOST_CLIENTS:,}",
                    ),
                    _("请分成几张表，一张一张比。"),
                )
    whole = replace(
        parts[0],
        facts=pl.concat(part.facts for part in parts),
        verdicts=pl.concat(part.verdicts for part in parts),
        sums=pl.concat(part.sums for part in parts),
    )
    return _Assessed(pl.concat(numbers), pl.concat(cells), whole, bad)


def _keys(catalogue: Catalogue, tables: tuple[str, str], *sides: _Assessed) -> list[list[str]]:
    """What the businesses of each table are called: by the first of number and name that all of them have."""
    for fact in filter(None, (catalogue.id_fact, catalogue.name_fact)):
        columns = [side.assessed.facts[fact] for side in sides]
        if all(column.null_count() == 0 for column in columns):
            for table, side, column in zip(tables, sides, columns, strict=True):
                if (twice := column.filter(column.is_duplicated())).len():
                    same = side.numbers.filter(column == twice[0])
                    rows = _("、").join(map(str, same.head(_MOST_ROWS))) + ("…" if same.len() > _MOST_ROWS else "")
                    raise UnusableFileError(
                        _("{table} 里“{name}”不止一个：第 {rows} 行。", table=table, name=twice[0], rows=rows),
                        _("两张表靠编号（没有就靠名称）对应，请让它们各不相同。"),
                    )
            return [column.to_list() for column in columns]
    raise UnusableFileError(_("两张表对应不起来：有的行没有编号，也有的没有名称。"), _("请给每一行写上编号或名称。"))


def _rows_of(side: _Assessed, places: list[int]) -> _Assessed:
    assessed = side.assessed
    kept = replace(
        assessed, facts=assessed.facts[places], verdicts=assessed.verdicts[places], sums=assessed.sums[places]
    )
    return _Assessed(side.numbers[places], side.written[places], kept, side.bad_cells)


def _changed(catalogue: Catalogue, old: _Assessed, new: _Assessed) -> Iterator[str]:
    """Of each business, which of its facts changed, and what they were and are."""
    words, columns = catalogue.words, old.assessed.facts.columns
    both = zip(old.assessed.facts.iter_rows(), new.assessed.facts.iter_rows(), strict=True)
    texts = zip(old.written.iter_rows(named=True), new.written.iter_rows(named=True), strict=True)
    for (before, after), (then, now) in zip(both, texts, strict=True):
        told: dict[str, str] = {}
        for column, was, is_ in zip(columns, before, after, strict=True):
            fact = catalogue.facts[column.partition(":")[0]]
            if was != is_ and fact.id not in told:
                shown = [_shown(catalogue, fact, *value) for value in ((was, then), (is_, now))]
                told[fact.id] = words("diff.fact", label=fact.column, old=shown[0], new=shown[1])
        yield words("value.also").join([*told.values()][:_MOST_FACTS])


def _shown(catalogue: Catalogue, fact: Fact, value: object, written: Mapping[str, str | None]) -> str:
    """A value for people: a number in its unit, anything else as it was written."""
    if isinstance(value, int) and not isinstance(value, bool):
        return kind_of(fact).show(fact, value, catalogue.words)
    return written.get(fact.id) or catalogue.words("value.unknown")


def _why(words: Words, found: pl.DataFrame, changed: Mapping[int, str]) -> pl.Series:
    """The facts that changed, beside each shift."""
    return pl.Series(words("diff.changed_heading"), [changed.get(row, "") for row in found["row"]], dtype=pl.String)
