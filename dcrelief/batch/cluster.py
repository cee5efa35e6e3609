"""The batch on a cluster: a Spark DataFrame in, the same columns out. Needs the extra `spark`.

Rows are independent, so all that a cluster needs is a function on an Arrow batch: mapInArrow calls the one that the
batch command uses. It runs on classic Spark and on Spark Connect.
"""

import argparse
import pickle
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from dcrelief.batch.assessor import Assessor
from dcrelief.batch.frames import ROWS_TOGETHER, as_text
from dcrelief.batch.headings import named_facts, renamed
from dcrelief.batch.sheet import MONEY
from dcrelief.catalogue.load import load_catalogue
from dcrelief.errors import UsageError
from dcrelief.language import _
from dcrelief.rules.kinds.date_kind import read_day
from dcrelief.rules.model import Catalogue

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# The types of the sheet's columns: as Spark calls the nearest it has, the same in Polars, the same in Arrow.
_TEXT = ("string", pl.String(), pa.string())
_TYPES: dict[type[pl.DataType], tuple[str, pl.DataType, pa.DataType]] = {
    pl.UInt16: ("int", pl.Int32(), pa.int32()),
    pl.Enum: _TEXT,
    pl.String: _TEXT,
    pl.Date: ("date", pl.Date(), pa.date32()),
    pl.Decimal: ("decimal(18,2)", MONEY, pa.decimal128(18, 2)),
}


def assess_frame(frame: "DataFrame", as_of: date, catalogue: Catalogue | None = None) -> "DataFrame":
    """The rows with the sheet's columns behind them, as `dcrelief batch` writes them.

    frame: a row a business, columns headed as a table's; other columns are kept. Raises UnusableFileError where two
    columns name the same fact.
    """
    catalogue = catalogue or load_catalogue()
    headings = tuple(frame.columns)
    assessor = Assessor(catalogue, named_facts(catalogue, headings), as_of)
    sheet = assessor.sheet.schema
    frame = frame.withColumnsRenamed(renamed(catalogue, headings, list(sheet)))
    # The schema is written by hand, since to_ddl is not in every version of Spark.
    columns = [(field.name, field.dataType.simpleString()) for field in frame.schema.fields]
    columns += [(heading, _TYPES[type(kind)][0]) for heading, kind in sheet.items()]
    schema = ", ".join(f"`{heading.replace('`', '``')}` {kind}" for heading, kind in columns)
    return frame.mapInArrow(_on_batches(catalogue, headings, as_of), schema)


def _on_batches(
    catalogue: Catalogue, headings: Sequence[str], as_of: date
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The function on Arrow batches that workers run; everything it needs goes with it.

    A worker has one core of a machine: it unpacks what it needs only when it has told Polars so, which asks but once.
    """
    packed = pickle.dumps((catalogue, headings, as_of))

    def on_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import os

        os.environ.setdefault("POLARS_MAX_THREADS", "1")
        from dcrelief.batch.cluster import assessed_batches

        return assessed_batches(packed, batches)

    return on_batches


def assessed_batches(packed: bytes, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Arrow batches with the sheet's columns behind theirs. packed: the pickled catalogue, headings and date."""
    catalogue, headings, as_of = pickle.loads(packed)  # of our own making
    assessor = Assessor(catalogue, named_facts(catalogue, headings), as_of)
    for arrow in _gathered(batches):
        rows = pl.DataFrame(pl.from_arrow(arrow)).rename(dict(zip(arrow.schema.names, headings, strict=True)))
        sheet = assessor.assess_rows(rows.with_columns(as_text(rows[heading]) for heading in assessor.headings)).sheet
        types = [_TYPES[type(kind)] for kind in sheet.dtypes]
        added = [c.cast(kind).to_arrow().cast(arrows) for c, (_, kind, arrows) in zip(sheet, types, strict=True)]
        yield pa.RecordBatch.from_arrays([*arrow.columns, *added], names=[*arrow.schema.names, *sheet.columns])


def _gathered(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows in batches as large as the batch command's own: to begin one costs as much as thousands of rows."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= ROWS_TOGETHER:
            yield from pa.Table.from_batches(waiting).combine_chunks().to_batches()
            waiting = []
    if waiting:
        yield from pa.Table.from_batches(waiting).combine_chunks().to_batches()


def assess_path(session: "SparkSession", source: str, as_of: date, catalogue: Catalogue | None = None) -> "DataFrame":
    """The same for a Parquet or CSV path; one that ends in .csv is CSV with headings in its first row."""
    read = session.read
    frame = (
        read.csv(source, header=True, escape='"', multiLine=True) if source.endswith(".csv") else read.parquet(source)
    )
    return assess_frame(frame, as_of, catalogue)


def main() -> None:
    """For spark-submit: from a path to a folder of Parquet."""
    parser = argparse.ArgumentParser(description=_("在 Spark 上批量评估：Parquet 或 CSV 进，Parquet 出"))
    parser.add_argument("source", help=_("Parquet 路径，或 .csv"))
    parser.add_argument("target", help=_("结果的 Parquet 文件夹"))
    parser.add_argument("--as-of", required=True, help=_("按哪一天评估，如 2020-02-20"))
    parser.add_argument("--catalogue", type=Path, action="append", default=[], help=_("换一份措施目录，写几次是几份"))
    arguments = parser.parse_args()
    catalogue = load_catalogue(*arguments.catalogue)
    as_of = read_day(arguments.as_of, catalogue.tokens.months)
    if as_of is None:
        raise UsageError(_("--as-of 看不懂“{as_of}”。", as_of=arguments.as_of[:40]), _("请写成 2020-02-20。"))
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("dcrelief").getOrCreate()
    assess_path(session, arguments.source, as_of, catalogue).write.parquet(arguments.target)
