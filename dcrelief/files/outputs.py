"""Tables out: cells that a spreadsheet cannot take for more than text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

import polars as pl
from msgspec import Struct

from dcrelief.files.whole import whole

# A spreadsheet runs what begins like this, unless it is no more than a number or a dash.
_FORMULA, _NUMBER_OR_DASH = r"^[=+\-@\t\r]", r"^[+\-]?[0-9][0-9.,]*%?$|^[+\-]$"
_TO_QUOTE = r'[",\n\r]'
_TO_CARE = rf'{_FORMULA}|"'
_ANY_TO_QUOTE, _ANY_TO_CARE = re.compile(_TO_QUOTE), re.compile(r'(?:^|\0)[=+\-@\t\r]|"')  # of texts joined by \0
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


class Look(Struct, frozen=True):
    """What texts have among them: what must be quoted; beginnings of formulas or quotation marks, which want care."""

    breaks: bool
    care: bool


class CsvWriter:
    """Writes batches as CSV that Excel opens as it is: UTF-8 with its mark, text that is harmless."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._begun = False
        self._seen: dict[str, tuple[pl.Series, Look]] = {}

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
        looks = {name: self._seen[name][1] for name in few}
        looks |= _look_at_cells(rows.select(n for n, kind in kinds.items() if kind == pl.String and n not in few))
        safe = [_escaped(name, look) for name, look in looks.items() if look.breaks or look.care]
        # Quoted by hand, cell by cell where a column needs it: half the time of having every cell looked at.
        rows.with_columns(safe).write_csv(self._stream, include_header=False, quote_style="never")

    def _look_at_new(self, texts: Mapping[str, pl.Series]) -> None:
        """Looks at the texts that are not those which were looked at last time."""
        new = {name: text for name, text in texts.items() if name not in self._seen or self._seen[name][0] is not text}
        together = _look_at_texts({id(column): column for column in new.values()}.values())
        for name, column in new.items():  # one look tells that most have nothing
            self._seen[name] = column, together if together == _NOTHING else _look_at_texts([column])


_NOTHING = Look(breaks=False, care=False)


def _look_at_cells(cells: pl.DataFrame) -> dict[str, Look]:
    """What each column has among its cells; most have nothing, which one look tells."""
    anything = cells.select(pl.all().str.contains(f"{_FORMULA}|{_TO_QUOTE}").any()).to_dicts()
    some = [name for row in anything for name, here in row.items() if here]
    care = cells.select(pl.col(some).str.contains(_TO_CARE).any()).to_dicts()
    return {name: Look(breaks=True, care=here) for row in care for name, here in row.items()}


def _look_at_texts(texts: Iterable[pl.Series]) -> Look:
    """What a few texts have among them."""
    joined = "\0".join(text for column in texts for text in column.to_list())
    return Look(breaks=bool(_ANY_TO_QUOTE.search(joined)), care=bool(_ANY_TO_CARE.search(joined)))


def _escaped(name: str, look: Look) -> pl.Expr:
    """A column made harmless and quoted."""
    safe = pl.col(name).cast(pl.String)
    safe = harmless(safe) if look.care else safe
    doubled = safe.str.replace_all('"', '""', literal=True) if look.care else safe
    quoted = pl.concat_str(pl.lit('"'), doubled, pl.lit('"'))
    return pl.when(safe.str.contains(_TO_QUOTE)).then(quoted).otherwise(safe).alias(name)


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
