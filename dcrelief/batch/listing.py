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
    """What each number says: the texts of its bits, each after a separator."""
    texts_of = [""]
    for text in texts:
        texts_of += [before + separator + text for before in texts_of]
    return pl.Series(texts_of, dtype=pl.String)
