"""Tables out: cells that a spreadsheet cannot take for more than text."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import accumulate
from pathlib import Path
from typing import IO

import polars as pl

from dcrelief.files.whole import whole

# A spreadsheet runs what begins like this, unless it is no more than a number or a dash.
_FORMULA, _NUMBER_OR_DASH = r"^[=+\-@\t\r]", r"^[+\-]?[0-9][0-9.,]*%?$|^[+\-]$"
_TO_QUOTE = r'[",\n\r]'
_ODD = f"{_FORMULA}|{_TO_QUOTE}"
BOM = b"\xef\xbb\xbf"


def whole_table(path: Path) -> AbstractContextManager[Path]:
    """As `whole`, for what Polars writes: it has an exception of its own for a full disk."""
    return whole(path, pl.exceptions.ComputeError)


def harmless(text: pl.Expr) -> pl.Expr:
    """A text before which an apostrophe stands where a spreadsheet would run it as a formula."""
    return pl.when(is_formula(text)).then(pl.lit("'") + text).otherwise(text)


def is_formula(text: pl.Expr) -> pl.Expr:
    """Whether a spreadsheet would run a text."""
    return text.str.contains(_FORMULA) & ~text.str.contains(_NUMBER_OR_DASH)


class CsvWriter:
    """Writes batches as CSV that Excel opens as it is: UTF-8 with its mark, text that is harmless."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._begun = False
        self._seen: dict[str, tuple[pl.Series, bool]] = {}

    def write(self, rows: pl.DataFrame, texts: Mapping[str, pl.Series] | None = None) -> None:
        """Adds rows; texts: of some columns, every text that their cells are, or are made of."""
        if not self._begun:
            self._stream.write(BOM)
            rows.clear().write_csv(self._stream)
            self._begun = True
        kinds = rows.schema
        few = {name: kind.categories for name, kind in kinds.items() if isinstance(kind, pl.Enum)}
        few |= {name: column for name, column in (texts or {}).items() if name in kinds}
        self._look_at_new(few)
        plain = {name for name in few if not self._seen[name][1]}
        cells = rows.select_seq(
            pl.col(n).cast(pl.String) for n, kind in kinds.items() if kind in (pl.String, pl.Enum) and n not in plain
        )
        # Quoted by hand, where it is needed: half the time of having every cell looked at.
        rows.with_columns_seq(_safe(cells)).write_csv(self._stream, include_header=False, quote_style="never")

    def _look_at_new(self, texts: Mapping[str, pl.Series]) -> None:
        """Whether any is odd, of the texts that are not those which were looked at last time."""
        new = {name: column for name, column in texts.items() if self._is_new(name, column)}
        odd = pl.concat([pl.Series(dtype=pl.String), *new.values()]).str.contains(_ODD)  # one look: many take longer
        for (name, column), end in zip(new.items(), accumulate(map(len, new.values())), strict=True):
            self._seen[name] = column, bool(odd[end - len(column) : end].any())

    def _is_new(self, name: str, texts: pl.Series) -> bool:
        last, _ = self._seen.get(name, (None, False))
        return last is None or (last is not texts and not last.equals(texts))


def _safe(cells: pl.DataFrame) -> Iterator[pl.Series]:
    """The columns in which something is odd, with that made harmless and quoted."""
    for odd in cells.select_seq(pl.all().str.contains(_ODD)):
        places = odd.arg_true()
        if len(places):
            column = cells[odd.name]
            yield column.clone().scatter(places, _escaped(column.gather(places)))


def _escaped(odd: pl.Series) -> pl.Series:
    text = pl.col(odd.name)
    frame = odd.to_frame()
    if frame.select(text.str.contains(_FORMULA).any()).item():
        frame = frame.select(harmless(text).alias(odd.name))
    doubled = text.str.replace_all('"', '""', literal=True)
    quoted = pl.concat_str(pl.lit('"'), doubled, pl.lit('"'))
    return frame.select(pl.when(text.str.contains(_TO_QUOTE)).then(quoted).otherwise(text)).to_series()


class Parts:
    """Batches kept in a folder until all have come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: list[Path] = []
        self.rows = 0

    def add(self, rows: pl.DataFrame) -> None:
        """Keeps a batch."""
        self._paths.append(self._folder / f"{len(self._paths):06}.parquet")
        rows.write_parquet(self._paths[-1])
        self.rows += rows.height

    def each(self) -> Iterator[pl.DataFrame]:
        """The batches, in order."""
        return map(pl.read_parquet, self._paths)

    def together(self) -> pl.LazyFrame:
        """All of them as one."""
        return pl.scan_parquet(self._paths)
