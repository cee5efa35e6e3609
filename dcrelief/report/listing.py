"""Lists in words for many rows at once: which of some marks hold, as one text a row."""

from collections.abc import Sequence

import polars as pl
from msgspec import Struct

# So many marks go into one number, whose text is looked up: eight make a table of 256.
TOGETHER = 8
_BITS = [pl.lit(1 << place, dtype=pl.UInt8) for place in range(TOGETHER)]
_NO_BIT = pl.lit(0, dtype=pl.UInt8)


class Listing(Struct, frozen=True):
    """The texts of the Boolean columns that are true, in order; null where none is.

    marks: the column and its text; name: what the list is called, unique in a frame.
    """

    name: str
    marks: Sequence[tuple[str, str]]
    separator: str

    def bits(self) -> list[pl.Expr]:
        """Each mark as its bit in the number of its group: columns that text() reads."""
        return [
            pl.when(pl.col(column)).then(_BITS[place]).otherwise(_NO_BIT).alias(f"{group} {place}")
            for group, marks in self._groups()
            for place, (column, _) in enumerate(marks)
        ]

    def text(self) -> pl.Expr:
        """The list, from the bits."""
        if not self.marks:
            return pl.lit(None, dtype=pl.String).alias(self.name)
        parts = [
            pl.lit(_table([text for _, text in marks], self.separator)).gather(
                pl.sum_horizontal(f"{group} {place}" for place in range(len(marks)))
            )
            for group, marks in self._groups()
        ]
        return pl.concat_str(parts).str.strip_prefix(self.separator).replace("", None).alias(self.name)

    def _groups(self) -> list[tuple[str, Sequence[tuple[str, str]]]]:
        starts = range(0, len(self.marks), TOGETHER)
        return [(f"{self.name} {start}", self.marks[start : start + TOGETHER]) for start in starts]


def _table(texts: Sequence[str], separator: str) -> pl.Series:
    """What each number says: the texts of its bits, each after a separator."""
    said = [""]
    for text in texts:
        said += [before + separator + text for before in said]
    return pl.Series(said, dtype=pl.String)
