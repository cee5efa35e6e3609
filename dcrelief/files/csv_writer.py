"""Tables out: cells that a spreadsheet cannot take for more than text."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import accumulate, product
from pathlib import Path
from typing import IO

import polars as pl

from dcrelief.files.whole import whole

# A spreadsheet runs a text that begins like this as a formula, unless it is only a number or a dash.
_FORMULA, _NUMBER_OR_DASH = r"^[=+\-@＝＋－＠\t\r\n]", r"^[+\-]?[0-9][0-9.,]*%?$|^[+\-]$"
_TO_QUOTE = r'[",\n\r]'
_SIGNS = r'[=+\-@＝＋－＠\t\r\n",]'  # a text without any of them is neither a formula nor to be quoted
BOM = b"\xef\xbb\xbf"

_ROWS_A_TEXT = 16  # making one text of several cells takes as long as writing a cell in so many rows


def whole_table(path: Path) -> AbstractContextManager[Path]:
    """As `whole`, for files that Polars writes: it has its own exception for a full disk."""
    return whole(path, pl.exceptions.ComputeError)


class CsvWriter:
    """Writes batches as CSV that Excel opens as it is: UTF-8 with a byte order mark, no text that it would run.

    harmless: columns of text that need no look: nothing in them is to be quoted or would be run.
    """

    def __init__(self, stream: IO[bytes], harmless: Collection[str] = ()) -> None:
        self._stream = stream
        self._harmless = harmless
        self._kinds: pl.Schema | None = None
        self._columns: list[pl.Expr] = []

    def write(self, rows: pl.DataFrame) -> None:
        """Adds rows, of the same columns each time; an Enum may have other words."""
        kinds = rows.schema
        if self._kinds is None:
            self._stream.write(BOM)
            _write(_harmless([rows.columns]), self._stream)
        if kinds != self._kinds:
            self._kinds, self._columns = kinds, list(_columns(kinds, rows.height // _ROWS_A_TEXT))
        texts = rows.select_seq(n for n, kind in kinds.items() if kind == pl.String and n not in self._harmless)
        _write(rows.with_columns_seq(_safe(texts)).select_seq(self._columns), self._stream)


def write_rows(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Writes a small table of text in the same way; its headings are one of the rows. Raises UnusableFileError."""
    with whole_table(path) as half, half.open("wb") as stream:
        stream.write(BOM)
        _write(_harmless(rows), stream)


def _harmless(rows: Iterable[Sequence[str]]) -> pl.DataFrame:
    cells = pl.DataFrame(list(rows), orient="row")
    return cells.with_columns_seq(_safe(cells))


def _write(cells: pl.DataFrame, stream: IO[bytes]) -> None:
    # Cells are quoted already, where they must be: Polars would look at every cell, which takes twice as long.
    cells.write_csv(stream, include_header=False, quote_style="never")


def _columns(kinds: Mapping[str, pl.DataType], most: int) -> Iterator[pl.Expr]:
    """The columns to write. Enums side by side are made one, while together they have at most so many texts."""
    enums = {name: kind.categories for name, kind in kinds.items() if isinstance(kind, pl.Enum)}
    texts = _without_odd(enums)
    groups: list[list[str]] = []
    ways = most + 1
    for name in kinds:
        own = len(enums[name]) + 1 if name in enums else most + 1  # a cell may be empty, too
        if ways * own > most:
            groups.append([])
            ways = 1
        groups[-1].append(name)
        ways *= own
    for group in groups:
        if len(group) > 1 or (group[0] in enums and texts[group[0]] is not enums[group[0]]):
            yield _together({name: texts[name] for name in group})
        else:
            yield pl.col(group)


def _without_odd(words: Mapping[str, pl.Series]) -> Mapping[str, pl.Series]:
    """The words of each column, escaped where they must be."""
    odd = pl.concat([pl.Series(dtype=pl.String), *words.values()]).str.contains(_SIGNS)  # all at once is quicker
    ends = accumulate(map(len, words.values()))
    return {
        name: _escaped(own) if odd[end - len(own) : end].any() else own
        for (name, own), end in zip(words.items(), ends, strict=True)
    }


def _together(texts: Mapping[str, pl.Series]) -> pl.Expr:
    """Enums side by side as one column of text: every line of cells that they can have is made once, and looked up."""
    place = pl.lit(0, dtype=pl.UInt32)
    for name, words in texts.items():
        place = place * (len(words) + 1) + pl.col(name).to_physical().cast(pl.UInt32).fill_null(len(words))
    cells = map(",".join, product(*([*words, ""] for words in texts.values())))
    return pl.lit(pl.Series(cells, dtype=pl.String)).gather(place).alias(next(iter(texts)))


def any_odd(texts: pl.Series) -> bool:
    """Whether any of some texts may have to be escaped."""
    return bool(texts.str.contains(_SIGNS).any())


def _safe(cells: pl.DataFrame) -> Iterator[pl.Series]:
    """The columns in which some text must be escaped, with that done; the others are left out."""
    for maybe in cells.select_seq(pl.all().str.contains(_SIGNS)):
        places = maybe.arg_true()
        odd = cells[maybe.name].gather(places)
        escaped = _escaped(odd)
        if escaped is not odd:
            yield cells[maybe.name].clone().scatter(places, escaped)


def _escaped(texts: pl.Series) -> pl.Series:
    """Texts with an apostrophe before what a spreadsheet would run, and quoted where they must be.

    If there is nothing to do, the very same series comes back.
    """
    text = pl.col(texts.name)
    if texts.str.contains(_FORMULA).any():
        runs = text.str.contains(_FORMULA) & ~text.str.contains(_NUMBER_OR_DASH)
        texts = texts.to_frame().select(pl.when(runs).then("'" + text).otherwise(text).alias(texts.name)).to_series()
    to_quote = texts.str.contains(_TO_QUOTE)
    if not to_quote.any():
        return texts
    quoted = pl.concat_str(pl.lit('"'), text.str.replace_all('"', '""', literal=True), pl.lit('"'))
    return texts.to_frame().select(pl.when(to_quote).then(quoted).otherwise(text).alias(texts.name)).to_series()


class Parts:
    """Batches kept in a folder until all have come."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
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
