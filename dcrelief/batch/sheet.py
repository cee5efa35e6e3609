"""The columns for people: what is put behind the columns of a table of businesses."""

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import or_

import polars as pl
from msgspec import Struct

from dcrelief.columnar.expressions import col, joined, number
from dcrelief.columnar.sums import count_column, total_columns
from dcrelief.columnar.verdicts import ELIGIBLE, FIRST_MISSING, NEEDS_INFO, OUTCOME_BITS, UNCLASSED, ColumnRules
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.assessment import OUTCOMES
from dcrelief.rules.model import TOTALS, Catalogue, Route
from dcrelief.rules.money import FEN_PER_YUAN
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.size import SizeClass
from dcrelief.rules.windows import LAST_DAYS

# So many marks make one number, by which their text is looked up: of eight there are 256 texts.
TOGETHER = 8
_BITS = [pl.lit(1 << place, dtype=pl.UInt8) for place in range(TOGETHER)]
_NO_BIT = pl.lit(0, dtype=pl.UInt8)
MONEY = pl.Decimal(18, 2)


def in_yuan(column: str) -> pl.Expr:
    """A column of fen as exact yuan."""
    return (col(column).cast(MONEY) / FEN_PER_YUAN).cast(MONEY)  # two decimals are kept


def who(catalogue: Catalogue, numbers: pl.Series) -> list[pl.Expr]:
    """From a frame of facts, whose each row is: row (its number in the table), and id and name, null if not known."""
    facts = {"id": catalogue.id_fact, "name": catalogue.name_fact}
    known = (col(fact) if fact else pl.lit(None, dtype=pl.String) for fact in facts.values())
    return [pl.lit(numbers).alias("row"), *(value.alias(key) for key, value in zip(facts, known, strict=True))]


def headings_of_bad(height: int, bad: pl.DataFrame) -> pl.Series:
    """For each row of a batch, the list of the headings of its bad cells, null if it has none."""
    rows = pl.int_range(height, dtype=pl.UInt32, eager=True).alias("row").to_frame()
    return rows.join(bad.group_by("row").agg("heading"), on="row", how="left", maintain_order="left")["heading"]


class Listing(Struct, frozen=True):
    """The texts of the Boolean columns that are true, in order; null where none is.

    marks: the column and its text; name: what the list is called.
    """

    name: str
    marks: Sequence[tuple[str, str]]
    separator: str

    def text(self) -> pl.Expr:
        """The list, from the marks."""
        if not self.marks:
            return pl.lit(None, dtype=pl.String).alias(self.name)
        parts = []
        for start in range(0, len(self.marks), TOGETHER):
            group = self.marks[start : start + TOGETHER]
            bits = (
                pl.when(pl.col(column)).then(bit).otherwise(_NO_BIT)
                for bit, (column, _) in zip(_BITS, group, strict=False)
            )
            texts_of = _table([text for _, text in group], self.separator)
            parts.append(pl.lit(texts_of).gather(pl.sum_horizontal(bits)))
        return pl.concat_str(parts).str.strip_prefix(self.separator).replace("", None).alias(self.name)


def _table(texts: Sequence[str], separator: str) -> pl.Series:
    """For each number the texts of its bits, each after a separator."""
    texts_of = [""]
    for text in texts:
        texts_of += [before + separator + text for before in texts_of]
    return pl.Series(texts_of, dtype=pl.String)


class SheetColumns:
    """The columns of a catalogue's sheet, in order: the business as a whole, then a verdict a route.

    A verdict that waits for a single answer names it. headings: of each route's verdict, by its id. missing: the facts
    that each route can miss.
    """

    def __init__(self, catalogue: Catalogue, rules: ColumnRules) -> None:
        self._catalogue = catalogue
        self._words = catalogue.words
        self._kind = rules.state_kind
        self.missing = {route.id: rules.missing(route) for route in catalogue.routes()}
        self.headings = self._headings()
        self._routes = [route.id for route in catalogue.routes()]
        self._flags = list(self._flag_columns())
        self._marks = list(self._mark_columns())
        self._lists = list(self._listings())
        self._list_texts = [listing.text() for listing in self._lists]
        self._verdict_words = {route.id: self._words_of(route) for route in catalogue.routes()}
        self._verdicts = [
            col(route).cat.to(words).alias(self.headings[route]) for route, words in self._verdict_words.items()
        ]

    def texts(self) -> dict[str, pl.Series]:
        """The texts that the lists are made of."""
        return {
            listing.name: pl.Series([listing.separator, *(text for _, text in listing.marks)], dtype=pl.String)
            for listing in self._lists
        }

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns and their types."""
        words = self._words
        kinds: dict[str, pl.DataType] = {words("batch.size"): self._sizes()}
        kinds |= {words(f"batch.count_{outcome}"): pl.UInt16() for outcome in OUTCOMES}
        kinds |= {listing.name: pl.String() for listing in self._lists}
        kinds |= {heading: MONEY for headings in self._total_headings().values() for heading in headings}
        kinds |= {words(f"batch.first_{kind}"): pl.Date() for kind in LAST_DAYS}
        kinds[words("batch.unreadable")] = pl.String()
        return kinds | {self.headings[route]: words for route, words in self._verdict_words.items()}

    def columns(self, verdicts: pl.DataFrame, sums: pl.DataFrame, bad: pl.DataFrame) -> pl.DataFrame:
        """The sheet's columns of a batch; bad: its cells that could not be read."""
        marks = verdicts.select_seq(self._flags).select_seq(self._marks)
        whole = verdicts.select_seq(self._size()).hstack(sums.select_seq(self._counts()))
        whole = whole.hstack(marks.select_seq(self._list_texts))
        last_days = (col(kind).alias(self._words(f"batch.first_{kind}")) for kind in LAST_DAYS)
        whole = whole.hstack(sums.select_seq(*self._totals(), *last_days))
        unreadable = headings_of_bad(verdicts.height, bad).list.join(self._words("value.separator"))
        whole = whole.with_columns_seq(unreadable.alias(self._words("batch.unreadable")))
        return whole.hstack(verdicts.select_seq(self._places()).select_seq(self._verdicts))

    def fits(self, verdicts: pl.DataFrame) -> pl.DataFrame:
        """Which measures fit: a column a measure, by its id."""
        return verdicts.select_seq(pl.col(self._routes) == ELIGIBLE).select_seq(
            pl.max_horizontal(route.id for route in measure.routes).alias(measure.id)
            for measure in self._catalogue.measures
        )

    def fitting_routes(self, verdicts: pl.DataFrame) -> dict[str, int]:
        """How many businesses each route fits, by its id."""
        return verdicts.select_seq((pl.col(self._routes) == ELIGIBLE).sum()).row(0, named=True)

    def waiting(self, verdicts: pl.DataFrame) -> dict[str, int]:
        """For each fact, how many verdicts of a batch wait for it alone."""
        alone = (
            (pl.col(list(facts)) == number(bit, self._kind)).sum().name.suffix(_misses(bit))
            for bit, facts in self._missing_bits()
        )
        counts = verdicts.select_seq(alone).row(0, named=True)
        waiting = dict.fromkeys(chain(*self.missing.values()), 0)
        for bit, facts in self._missing_bits():
            for route, fact in facts.items():
                waiting[fact] += counts[route + _misses(bit)]
        return waiting

    def waiting_for(self, verdicts: pl.DataFrame) -> pl.DataFrame:
        """For each fact, how many verdicts of each business wait for it alone."""
        alone: dict[str, list[pl.Expr]] = {}
        for bit, facts in self._missing_bits():
            for route, fact in facts.items():
                alone.setdefault(fact, []).append((col(route) == number(bit, self._kind)).cast(pl.UInt8))
        return verdicts.select_seq(pl.sum_horizontal(waiting).alias(fact) for fact, waiting in alone.items())

    def _missing_bits(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each bit of states that stands for a missing answer, and which fact that is, by route."""
        for place in range(max(map(len, self.missing.values()))):
            facts = {route: missing[place] for route, missing in self.missing.items() if place < len(missing)}
            yield FIRST_MISSING << place, facts

    # ---- headings ------------------------------------------------------------------------------------------------

    def _headings(self) -> dict[str, str]:
        """The heading of each route's verdict; its key is added where two would be the same."""
        writer = RouteWriter(self._catalogue)
        names = [writer.short_name(route) for route in self._catalogue.routes()]
        return {
            route.id: name if names.count(name) == 1 else f"{name} {route.id}"
            for route, name in zip(self._catalogue.routes(), names, strict=True)
        }

    def _total_headings(self) -> dict[str, tuple[str, str]]:
        words = self._words
        labels = {total: words(f"total.{total}") for total in TOTALS}
        return {
            total: (words("batch.least", label=label), words("batch.most", label=label))
            for total, label in labels.items()
        }

    # ---- the business as a whole ---------------------------------------------------------------------------------

    def _sizes(self) -> pl.Enum:
        explainer = Explainer(self._catalogue.facts, self._words)
        return pl.Enum([explainer.size_name(size) for size in (*SizeClass, None)])

    def _size(self) -> pl.Expr:
        """The name of the class, or that it is open; empty for those who are in no class."""
        number = pl.when(col("size") != UNCLASSED).then(col("size")).when(col("size").is_null()).then(len(SizeClass))
        return number.cast(pl.UInt8).cat.to(self._sizes()).alias(self._words("batch.size"))

    def _counts(self) -> Iterator[pl.Expr]:
        for outcome in OUTCOMES:
            yield col(count_column(outcome)).cast(pl.UInt16).alias(self._words(f"batch.count_{outcome}"))

    def _totals(self) -> Iterator[pl.Expr]:
        for total, headings in self._total_headings().items():
            for column, heading in zip(total_columns(total), headings, strict=True):
                yield in_yuan(column).alias(heading)

    # ---- what is missing -----------------------------------------------------------------------------------------

    def _flag_columns(self) -> Iterator[pl.Expr]:
        """For each route: whether it fits, whether it waits for one answer, and its state."""
        routes = pl.col(self._routes)
        yield (routes == ELIGIBLE).name.suffix(_FITS)
        yield ((routes.bitwise_count_ones() == 1) & (routes >= FIRST_MISSING)).name.suffix(_WAITS)
        yield routes

    def _mark_columns(self) -> Iterator[pl.Expr]:
        """Which measures fit, which wait for one answer, and which answers are missing anywhere."""
        for measure in self._catalogue.measures:
            for mark in (_FITS, _WAITS):
                # Of columns without nulls the same as any_horizontal, which takes long to plan for many.
                yield pl.max_horizontal(route.id + mark for route in measure.routes).alias(f"{measure.id}{mark}")
        nothing = number(0, self._kind)
        misses: dict[str, list[pl.Expr]] = {}
        for bit, facts in self._missing_bits():
            routes: dict[str, list[pl.Expr]] = {}
            for route, fact in facts.items():
                routes.setdefault(fact, []).append(col(route))
            for fact, states in routes.items():
                misses.setdefault(fact, []).append(joined(or_, states) & number(bit, self._kind))
        for fact, bits in misses.items():
            yield (joined(or_, bits) != nothing).alias(_missing(fact))

    def _listings(self) -> Iterator[Listing]:
        words, catalogue = self._words, self._catalogue
        separator, measures = words("value.separator"), catalogue.measures
        yield Listing(words("batch.fits"), [(f"{m.id}{_FITS}", m.label) for m in measures], separator)
        yield Listing(words("batch.one_more"), [(f"{m.id}{_WAITS}", m.label) for m in measures], separator)
        missed = set(chain(*self.missing.values()))
        missing = [(_missing(fact.id), fact.column) for fact in catalogue.facts.values() if fact.id in missed]
        yield Listing(words("batch.missing"), missing, separator)

    # ---- verdicts ------------------------------------------------------------------------------------------------

    def _words_of(self, route: Route) -> pl.Enum:
        """The four verdicts, and the open one with each single answer that it may wait for."""
        words, facts = self._words, self._catalogue.facts
        verdicts = [words(f"batch.{outcome}") for outcome in ("needs_info", *OUTCOME_BITS)]
        return pl.Enum(
            verdicts + [words("batch.needs_one", fact=facts[fact].column) for fact in self.missing[route.id]]
        )

    def _places(self) -> pl.Expr:
        """The place of each verdict among its words: that of the bit of its state, if that is one bit."""
        state = pl.col(self._routes)
        place = pl.when(state.bitwise_count_ones() == 1).then(state.bitwise_trailing_zeros() + 1).otherwise(NEEDS_INFO)
        return place.cast(pl.UInt8, wrap_numerical=True)  # they are small; to have that checked takes twice as long


_FITS, _WAITS = " fits", " waits"  # behind the id of a route or of a measure


def _misses(bit: int) -> str:
    return f" misses {bit}"


def _missing(fact: str) -> str:
    return f"missing {fact}"
