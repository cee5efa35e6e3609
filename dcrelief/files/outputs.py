"""Files out: whole or not at all, and cells that a spreadsheet cannot take for more than text."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import polars as pl

from dcrelief.errors import UnusableFileError, why

# A spreadsheet runs what begins like this, unless it is no more than a number or a dash.
_FORMULA, _NUMBER_OR_DASH = r"^[=+\-@\t\r]", r"^[+\-]?[0-9][0-9.,]*%?$|^[+\-]$"
_TO_QUOTE = r'[",\n\r]'
BOM = b"\xef\xbb\xbf"


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write at, which becomes the file of that name when all is written, and vanishes when it is not.

    Raises UnusableFileError where it cannot be written.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half.open("wb"):
            pass  # a folder that is not there, or may not be written, is known before the work
        yield half
        half.replace(path)
    except (OSError, pl.exceptions.ComputeError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error).splitlines()[0]
        raise UnusableFileError(f"写不了 {path}：{reason}。", "请换一个能写、空间够的地方。") from None
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


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

    def write(self, rows: pl.DataFrame, spellings: Mapping[str, pl.Series] | None = None) -> None:
        """Adds rows; spellings: of some columns, every text that can stand in them, which is quicker to look at."""
        if not self._begun:
            self._stream.write(BOM)
            rows.clear().write_csv(self._stream)
            self._begun = True
        texts = dict(spellings or {})
        rows.with_columns(
            column for name in rows.columns if (column := _escaped(rows[name], texts.get(name))) is not None
        ).write_csv(self._stream, include_header=False, quote_style="never")  # half the time of looking at each cell


def _escaped(column: pl.Series, texts: pl.Series | None) -> pl.Expr | None:
    """The column made harmless and quoted, or None if it is both as it stands."""
    if isinstance(column.dtype, pl.Enum):
        texts = column.dtype.categories
    elif column.dtype != pl.String:
        return None
    text = pl.col("text")
    looks = {
        "begins": text.str.contains(_FORMULA),
        "breaks": text.str.contains(_TO_QUOTE),
        "quotes": text.str.contains('"'),
    }
    looked_at = (
        (column if texts is None else texts).to_frame("text").select(look.any().alias(n) for n, look in looks.items())
    )
    begins, breaks, quotes = looked_at.row(0)
    if not (begins or breaks):
        return None
    safe = pl.col(column.name).cast(pl.String)
    safe = harmless(safe) if begins else safe
    if not breaks:
        return safe.alias(column.name)
    doubled = safe.str.replace_all('"', '""', literal=True) if quotes else safe
    quoted = pl.concat_str(pl.lit('"'), doubled, pl.lit('"'))
    return pl.when(safe.str.contains(_TO_QUOTE)).then(quoted).otherwise(safe).alias(column.name)
