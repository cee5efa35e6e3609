"""Columns of text as columns of facts. How a value is read is defined once, in rules.kinds.read.

Each spelling (a text as it stands in a cell) is read once, by that definition, and looked up from then on. Columns in
which a spelling means the same whatever the fact (yes/no, dates) share what they have met. Of amounts and names nearly
every cell differs: simple ones are read a quick way, the others are looked up like the rest.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from msgspec import Struct

from dcrelief.columnar.kind_columns import COLUMNS, QuickWay
from dcrelief.rules.facts import UNKNOWN, BadValue, Fact, Tokens, Value
from dcrelief.rules.kinds import read

# Spellings are kept from batch to batch. Beyond so many they are forgotten, so that memory is bounded.
MOST_SPELLINGS = 100_000

_UNKNOWN_CODE, _BAD_CODE, _FIRST_CODE = 0, 1, 2  # values have codes from 2 on

_MOST_SMALL = 256  # so many codes fit in a byte, which is quicker to look up

_MOST_BY_HASH = 64
_MASKS = [(1 << bits) - 1 for bits in range(8, 17)]  # the last 8 to 16 bits of hashes: as few as tell texts apart

BAD_SCHEMA = {"row": pl.UInt32(), "heading": pl.String(), "written": pl.String()}


class Cells(Struct, frozen=True):
    """What columns of text say: the facts, a row a business, and the cells that could not be read.

    bad: in BAD_SCHEMA, rows from 0 in the batch; the fact of such a cell is unknown. spelt: the columns of few
    spellings as they stand, each an Enum of them.
    """

    facts: pl.DataFrame
    bad: pl.DataFrame
    spelt: pl.DataFrame


class CellReader:
    """Reads batches of columns of text, and gives out all facts.

    headings: of the columns that are facts, and which. A fact without a column is unknown.
    """

    def __init__(self, facts: Mapping[str, Fact], headings: Mapping[str, Fact], tokens: Tokens, as_of: date) -> None:
        self._fact_of = headings
        alike = {heading: fact.kind if COLUMNS[fact.kind].alike else fact.id for heading, fact in headings.items()}
        shared = {alike[heading]: _Spellings(fact, tokens, as_of) for heading, fact in headings.items()}
        self._spellings = {heading: shared[name] for heading, name in alike.items()}
        ways = {h: way(fact, tokens) for h, fact in headings.items() if (way := COLUMNS[fact.kind].quick) is not None}
        self._quick = list(ways)
        self._tries = [try_ for heading, way in ways.items() for try_ in _tries(heading, way)]
        self._takes = [_take(heading, headings[heading], way) for heading, way in ways.items()]
        self._by_spellings: dict[_Spellings, list[str]] = {}
        for heading, spellings in self._spellings.items():
            self._by_spellings.setdefault(spellings, [])
            if heading not in ways:
                self._by_spellings[spellings].append(heading)
        named = {fact.id for fact in headings.values()}
        self._absent = [
            pl.lit(None, dtype=kind).alias(column)
            for fact in facts.values()
            if fact.id not in named
            for column, kind in COLUMNS[fact.kind].schema(fact).items()
        ]

    def read(self, batch: pl.DataFrame) -> Cells:
        """The facts of a batch; columns that are no fact's are passed over."""
        quick = batch.select_seq(self._tries).select_seq(self._takes)
        slow = batch.select_seq(list(self._spellings)).with_columns_seq(
            pl.when(quick[heading].is_null()).then(pl.col(heading)) for heading in self._quick
        )
        for spellings in self._by_spellings:
            spellings.forget_too_many()
        numbers = self._numbers(slow)
        for heading, most in zip(numbers.columns, numbers.max().row(0), strict=True):
            self._spellings[heading].learn_up_to(most)
        spelt = numbers.select_seq(
            spellings.spelt(headings)
            for spellings, headings in self._by_spellings.items()
            if headings and spellings.are_few
        )
        codes = numbers.select_seq(spellings.codes(heading) for heading, spellings in self._spellings.items())
        values = (v for h, spellings in self._spellings.items() for v in spellings.values(h, self._fact_of[h]))
        facts = codes.select_seq(values).with_columns_seq(
            pl.coalesce(quick[heading], pl.col(self._fact_of[heading].id)).alias(self._fact_of[heading].id)
            for heading in self._quick
        )
        return Cells(facts.with_columns_seq(self._absent), _bad(codes, slow), spelt)

    def problem(self, heading: str, written: str) -> BadValue:
        """What is wrong with a cell that could not be read."""
        value = self._spellings[heading].read(written)
        assert isinstance(value, BadValue)
        return value

    def _numbers(self, texts: pl.DataFrame) -> pl.DataFrame:
        """The number of the spelling in each cell, null for an empty one."""
        tables = {h: table for h, spellings in self._spellings.items() if (table := spellings.by_hash()) is not None}
        hashes = texts.select_seq(pl.col(heading).hash() for heading in tables)
        found = hashes.select_seq(table.found(heading) for heading, table in tables.items())
        complete = {name for name in found.columns if found[name].null_count() == texts[name].null_count()}
        return texts.select_seq(
            found[heading] if heading in complete else spellings.numbers(heading)
            for heading, spellings in self._spellings.items()
        )


def _tries(heading: str, way: QuickWay) -> tuple[pl.Expr, pl.Expr]:
    """Every cell read the quick way, and whether it is simple enough for that."""
    text = pl.col(heading)
    return way.value(text), way.is_simple(text).alias(f"{heading}?")


def _take(heading: str, fact: Fact, way: QuickWay) -> pl.Expr:
    """Of tries, the values of simple cells, null for the others."""
    value, is_simple = pl.col(heading), pl.col(f"{heading}?")
    stands = is_simple if way.stands is None else is_simple & way.stands(value)
    return pl.when(stands).then(value).cast(COLUMNS[fact.kind].schema(fact)[fact.id])


def _bad(codes: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    is_bad = codes.select_seq(pl.all() == _BAD_CODE)
    counts = is_bad.sum().row(0, named=True)
    bad = {heading: is_bad[heading] for heading, count in counts.items() if count}
    if not bad:
        return pl.DataFrame(schema=BAD_SCHEMA)
    rows = pl.int_range(codes.height, dtype=pl.UInt32, eager=True)
    columns = {
        "row": pl.concat([rows.filter(here) for here in bad.values()]),
        "heading": [heading for heading in bad for _ in range(counts[heading])],
        "written": pl.concat([texts[heading].filter(here) for heading, here in bad.items()]),
    }
    return pl.DataFrame(columns, schema_overrides=BAD_SCHEMA).sort("row", maintain_order=True)


class _ByHash(Struct, frozen=True):
    """The numbers of a few texts, found by their hashes: that takes less than half as long as by the texts.

    The last bits of a hash (mask) are its place in both series. Two texts with the same 64 bits are less likely than
    a failure of the memory.
    """

    mask: int
    hashes: pl.Series
    numbers: pl.Series

    @classmethod
    def of(cls, texts: pl.Series) -> "_ByHash | None":
        """The table of one text or more, numbered from 0; None for too many to be worth it."""
        if len(texts) > _MOST_BY_HASH:
            return None
        hashes = texts.hash()
        numbers = pl.int_range(len(texts), dtype=pl.UInt8, eager=True)
        for mask in _MASKS:
            places = hashes & mask
            if places.n_unique() == len(texts):
                # The free places are filled with the first hash: whatever is looked up there has other last bits.
                filled = pl.repeat(hashes[0], mask + 1, dtype=pl.UInt64, eager=True)
                nothing = pl.repeat(0, mask + 1, dtype=pl.UInt8, eager=True)
                return cls(mask, filled.scatter(places, hashes), nothing.scatter(places, numbers))
        return None

    def found(self, heading: str) -> pl.Expr:
        """The numbers of the texts of a column of hashes, null for another text."""
        hashed = pl.col(heading)
        place = hashed.cast(pl.UInt16, wrap_numerical=True) & self.mask
        is_known = pl.lit(self.hashes).gather(place) == hashed
        return pl.when(is_known).then(pl.lit(self.numbers).gather(place)).alias(heading)


class _Spellings:
    """The spellings met so far, and the values that they are.

    A spelling has a number, in the order in which they were met. The number leads to the code of its value, and the
    code to a row of the table, which has the cells of that value.
    """

    def __init__(self, fact: Fact, tokens: Tokens, as_of: date) -> None:
        self._fact = fact
        self._tokens = tokens
        self._as_of = as_of
        self._kind = COLUMNS[fact.kind]
        self._schema = self._kind.schema(fact)
        self._begin()

    def _begin(self) -> None:
        self._categories = pl.Categories.random()
        # Polars forgets categories of which there is no column left.
        self._kept = pl.Series([], dtype=pl.Categorical(self._categories))
        self._texts = pl.Series([], dtype=pl.String)
        self._hashed = 0
        self._by_hash: _ByHash | None = None
        self._codes = pl.Series([], dtype=pl.UInt32)
        self._values = {value: code for code, value in enumerate(self._kind.values, _FIRST_CODE)}
        self._table = self._rows([UNKNOWN, UNKNOWN, *self._values])

    def forget_too_many(self) -> None:
        """Begins anew beyond MOST_SPELLINGS."""
        if len(self._codes) > MOST_SPELLINGS:
            self._begin()

    def by_hash(self) -> "_ByHash | None":
        """The spellings by their hashes, None if they are none or many."""
        if self._hashed != len(self._texts):
            self._hashed, self._by_hash = len(self._texts), _ByHash.of(self._texts)
        return self._by_hash

    @property
    def are_few(self) -> bool:
        """Whether there are so few that a number fits in a byte."""
        return len(self._texts) < _MOST_SMALL

    def numbers(self, heading: str) -> pl.Expr:
        """The number of each spelling of a column, null for an empty cell."""
        return pl.col(heading).cast(pl.Categorical(self._categories)).to_physical()

    def learn_up_to(self, most: int | None) -> None:
        """Reads the spellings up to this number that have not been met before."""
        met = len(self._codes)
        if most is None or most < met:
            return
        numbers = pl.int_range(met, most + 1, dtype=pl.UInt32, eager=True)
        texts = numbers.cat.to(pl.Categorical(self._categories)).cast(pl.String)
        new = [self.read(text) for text in texts.to_list()]
        known = dict.fromkeys(value for value in new if value is not UNKNOWN and not isinstance(value, BadValue))
        new_values = [value for value in known if value not in self._values]
        if new_values:
            self._values |= {value: place for place, value in enumerate(new_values, len(self._table))}
            self._table = self._table.vstack(self._rows(new_values))
        self._texts = pl.concat([self._texts, texts])
        self._codes = pl.concat([self._codes, pl.Series(map(self._code, new), dtype=pl.UInt32)])

    def read(self, written: str) -> Value | BadValue:
        """The value of a spelling."""
        return read(self._fact, written, self._as_of, self._tokens)

    def _code(self, value: Value | BadValue) -> int:
        if isinstance(value, BadValue):
            return _BAD_CODE
        return _UNKNOWN_CODE if value is UNKNOWN else self._values[value]

    def _rows(self, values: Sequence[Value]) -> pl.DataFrame:
        return pl.DataFrame([self._kind.cells(self._fact, value) for value in values], schema=self._schema)

    def codes(self, heading: str) -> pl.Expr:
        """The code of the value of each spelling, from its number."""
        codes = self._codes.cast(pl.UInt8) if len(self._table) <= _MOST_SMALL else self._codes
        return pl.lit(codes).gather(pl.col(heading)).fill_null(_UNKNOWN_CODE).alias(heading)

    def values(self, heading: str, fact: Fact) -> list[pl.Expr]:
        """The columns of a fact, from the codes of its values."""
        code = pl.col(heading)
        if self._kind.values:  # there are two, and the code alone says which
            return [pl.when(code > _BAD_CODE).then(code == _FIRST_CODE).alias(fact.id)]
        names = zip(self._table.columns, self._kind.schema(fact), strict=True)
        return [pl.lit(self._table[name]).gather(code).alias(own) for name, own in names]

    def spelt(self, headings: Sequence[str]) -> pl.Expr:
        """The spellings themselves, from their numbers."""
        return pl.col(headings).cast(pl.UInt8, wrap_numerical=True).cat.to(pl.Enum(self._texts))
