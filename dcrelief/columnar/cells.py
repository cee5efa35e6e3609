"""Columns of text as columns of facts, by the one definition of how a value is read (facts.read).

Each distinct spelling is read once, by that definition, and looked up from then on; yes and no, and dates, are spelt
alike in every column. Amounts and names, of which nearly every cell differs, have a quick way for the plain ones; what
it does not take is looked up like the rest.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from msgspec import Struct

from dcrelief.columnar.kind_columns import COLUMNS
from dcrelief.rules.facts import UNKNOWN, BadValue, Fact, Tokens, Value
from dcrelief.rules.kinds import read

# Spellings are kept from batch to batch; beyond so many of a column they are of no use, and memory is bounded.
MOST_SPELLINGS = 100_000

_UNKNOWN_CODE, _BAD_CODE, _FIRST_CODE = 0, 1, 2  # values from 2 on

_MOST_SMALL = 256  # so many codes fit in a byte, which is quicker to look up

_MOST_BY_HASH = 64
_MASKS = [(1 << bits) - 1 for bits in range(8, 17)]  # so many bits of the hashes may do to tell the texts apart


class Cells(Struct, frozen=True):
    """What text columns say: the facts, a row a business, and the cells that could not be read.

    bad: row (UInt32, from 0 in the batch), heading, written; the fact of such a cell is unknown. spelt: the columns
    of few spellings as they stand, each an Enum of them.
    """

    facts: pl.DataFrame
    bad: pl.DataFrame
    spelt: pl.DataFrame


BAD_SCHEMA = {"row": pl.UInt32(), "heading": pl.String(), "written": pl.String()}


class CellReader:
    """Reads batches of text columns; headings maps the heading of a column to its fact, all facts are given out."""

    def __init__(self, facts: Mapping[str, Fact], headings: Mapping[str, Fact], tokens: Tokens, as_of: date) -> None:
        alike = {heading: fact.kind if COLUMNS[fact.kind].alike else fact.id for heading, fact in headings.items()}
        facts_alike = {alike[heading]: fact for heading, fact in headings.items()}
        spellings = {name: _Spellings(fact, tokens, as_of) for name, fact in facts_alike.items()}
        self._spellings = list(spellings.values())
        self._columns = {
            heading: _Column(fact, spellings[alike[heading]], tokens) for heading, fact in headings.items()
        }
        self._quick = {heading: column for heading, column in self._columns.items() if column.has_quick_way}
        self._alike: dict[_Spellings, list[str]] = {}
        for heading, column in self._columns.items():
            if not column.has_quick_way:
                self._alike.setdefault(column.spellings, []).append(heading)
        named = {fact.id for fact in headings.values()}
        self._absent = [
            pl.lit(None, dtype=kind).alias(column)
            for fact in facts.values()
            if fact.id not in named
            for column, kind in COLUMNS[fact.kind].schema(fact).items()
        ]

    def read(self, batch: pl.DataFrame) -> Cells:
        """The facts of a batch of text columns; columns that are no fact's are passed over."""
        tried = batch.select_seq(e for heading, column in self._quick.items() for e in column.tried(heading))
        quick = tried.select_seq(column.quick(heading) for heading, column in self._quick.items())
        slow = batch.select_seq(list(self._columns)).with_columns_seq(
            pl.when(quick[heading].is_null()).then(pl.col(heading)) for heading in self._quick
        )
        for known in self._spellings:
            known.forget_too_many()
        numbers = self._numbers(slow)
        for heading, most in zip(numbers.columns, numbers.max().row(0), strict=True):
            self._columns[heading].spellings.learn(most)
        spelt = numbers.select_seq(known.spelt(headings) for known, headings in self._alike.items() if known.are_few)
        codes = numbers.select_seq(column.spellings.codes(heading) for heading, column in self._columns.items())
        values = (value for heading, column in self._columns.items() for value in column.values(heading))
        facts = codes.select_seq(values).with_columns_seq(
            pl.coalesce(quick[heading], pl.col(column.fact.id)).alias(column.fact.id)
            for heading, column in self._quick.items()
        )
        return Cells(facts.with_columns_seq(self._absent), self._bad(codes, slow), spelt)

    def problem(self, heading: str, written: str) -> BadValue:
        """What is wrong with a cell that could not be read."""
        return self._columns[heading].spellings.problem(written)

    def _numbers(self, texts: pl.DataFrame) -> pl.DataFrame:
        """The number of the spelling in each cell, null for an empty one."""
        tables = {heading: column.spellings.by_hash() for heading, column in self._columns.items()}
        hashes = texts.select_seq(pl.col(heading).hash() for heading, table in tables.items() if table is not None)
        found = hashes.select_seq(table.found(heading) for heading, table in tables.items() if table is not None)
        complete = {name for name in found.columns if found[name].null_count() == texts[name].null_count()}
        return texts.select_seq(
            found[heading] if heading in complete else column.spellings.numbers(heading)
            for heading, column in self._columns.items()
        )

    @staticmethod
    def _bad(codes: pl.DataFrame, slow: pl.DataFrame) -> pl.DataFrame:
        is_bad = codes.select_seq(pl.all() == _BAD_CODE)
        counts = is_bad.sum().row(0, named=True)
        bad = {heading: is_bad[heading] for heading, count in counts.items() if count}
        if not bad:
            return pl.DataFrame(schema=BAD_SCHEMA)
        rows = pl.int_range(codes.height, dtype=pl.UInt32, eager=True)
        columns = {
            "row": pl.concat([rows.filter(here) for here in bad.values()]),
            "heading": [heading for heading in bad for _ in range(counts[heading])],
            "written": pl.concat([slow[heading].filter(here) for heading, here in bad.items()]),
        }
        return pl.DataFrame(columns, schema_overrides=BAD_SCHEMA).sort("row", maintain_order=True)


class _ByHash(Struct, frozen=True):
    """The numbers of a few texts by their hashes, which are found in less than half the time of the texts.

    A hash has 64 bits: that another text has the same is less likely than that the memory fails.
    """

    mask: int
    hashes: pl.Series
    numbers: pl.Series

    @classmethod
    def of(cls, texts: pl.Series) -> "_ByHash | None":
        """Numbers from 0 on for each text; None if there are too many for it to be worth it."""
        if not 0 < len(texts) <= _MOST_BY_HASH:
            return None
        hashes = texts.hash()
        numbers = pl.int_range(len(texts), dtype=pl.UInt8, eager=True)
        for mask in _MASKS:
            places = hashes & mask
            if places.n_unique() == len(texts):
                # Of the other places, none is that of the first hash: filled with it, they are nobody's.
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

    A spelling has a number, its place among the categories; that has the code of its value; that its row in a table.
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
        # Categories last only as long as a column of them.
        self._kept = pl.Series([], dtype=pl.Categorical(self._categories))
        self._texts = pl.Series([], dtype=pl.String)
        self._hashed = 0
        self._by_hash: _ByHash | None = None
        self._codes = pl.Series([], dtype=pl.UInt32)
        self._values = {value: code for code, value in enumerate(self._kind.values, _FIRST_CODE)}
        self.table = self._rows([UNKNOWN, UNKNOWN, *self._values])

    def forget_too_many(self) -> None:
        """Begins anew beyond MOST_SPELLINGS."""
        if len(self._codes) > MOST_SPELLINGS:
            self._begin()

    def by_hash(self) -> "_ByHash | None":
        """How to find the numbers of what has been met before by hashes."""
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

    def learn(self, most: int | None) -> None:
        """Reads the spellings up to this number that have not been met before."""
        met = len(self._codes)
        if most is None or most < met:
            return
        numbers = pl.int_range(met, most + 1, dtype=pl.UInt32, eager=True)
        texts = numbers.cat.to(pl.Categorical(self._categories)).cast(pl.String)
        new = [self._read(text) for text in texts.to_list()]
        known = dict.fromkeys(value for value in new if value is not UNKNOWN and not isinstance(value, BadValue))
        new_values = [value for value in known if value not in self._values]
        if new_values:
            self._values |= {value: place for place, value in enumerate(new_values, len(self.table))}
            self.table = self.table.vstack(self._rows(new_values))
        self._texts = pl.concat([self._texts, texts])
        self._codes = pl.concat([self._codes, pl.Series(map(self._code, new), dtype=pl.UInt32)])

    def _code(self, value: Value | BadValue) -> int:
        if isinstance(value, BadValue):
            return _BAD_CODE
        return _UNKNOWN_CODE if value is UNKNOWN else self._values[value]

    def _rows(self, values: Sequence[Value]) -> pl.DataFrame:
        rows = [self._kind.cells(self._fact, value) for value in values]
        return pl.DataFrame({name: [row[name] for row in rows] for name in self._schema}, schema=self._schema)

    def codes(self, heading: str) -> pl.Expr:
        """The code of the value of each spelling, from its number."""
        codes = self._codes.cast(pl.UInt8) if len(self.table) <= _MOST_SMALL else self._codes
        return pl.lit(codes).gather(pl.col(heading)).fill_null(_UNKNOWN_CODE).alias(heading)

    def spelt(self, headings: Sequence[str]) -> pl.Expr:
        """The spellings themselves, from their numbers."""
        return pl.col(headings).cast(pl.UInt8, wrap_numerical=True).cat.to(pl.Enum(self._texts))

    def problem(self, written: str) -> BadValue:
        """What is wrong with a spelling that is bad."""
        value = self._read(written)
        assert isinstance(value, BadValue)
        return value

    def _read(self, written: str) -> Value | BadValue:
        return read(self._fact, written, self._as_of, self._tokens)


class _Column:
    """One column: its fact, and how that is spelt."""

    def __init__(self, fact: Fact, spellings: _Spellings, tokens: Tokens) -> None:
        self.fact = fact
        self.spellings = spellings
        self._kind = COLUMNS[fact.kind]
        self._quick = None if self._kind.quick is None else self._kind.quick(tokens)

    @property
    def has_quick_way(self) -> bool:
        """Whether plain texts are read another way."""
        return self._quick is not None

    def tried(self, heading: str) -> tuple[pl.Expr, pl.Expr]:
        """Every cell read the quick way, and whether it is plain enough for that."""
        assert self._quick is not None
        text = pl.col(heading)
        return self._quick.value(text), self._quick.is_plain(text).alias(f"{heading}?")

    def quick(self, heading: str) -> pl.Expr:
        """The values of plain cells, null for the others."""
        assert self._quick is not None
        value, is_plain = pl.col(heading), pl.col(f"{heading}?")
        stands = is_plain if self._quick.stands is None else is_plain & self._quick.stands(value)
        return pl.when(stands).then(value).cast(self._kind.schema(self.fact)[self.fact.id])

    def values(self, heading: str) -> list[pl.Expr]:
        """The columns of the fact from the codes of its values."""
        code = pl.col(heading)
        if self._kind.values:  # two: which of them is told by its code alone
            return [pl.when(code > _BAD_CODE).then(code == _FIRST_CODE).alias(self.fact.id)]
        table = self.spellings.table
        names = zip(table.columns, self._kind.schema(self.fact), strict=True)
        return [pl.lit(table[name]).gather(code).alias(own) for name, own in names]
