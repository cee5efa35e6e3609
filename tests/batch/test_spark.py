"""On Spark the columns are, cell for cell, what the batch command gives: here on Sail, a Spark Connect server.

spark.py and batch/cluster.py are tested through it.
"""

import os
import pickle
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from benchmarks.clients import blocks
from dcrelief.batch import cluster
from dcrelief.batch.assessor import Assessor
from dcrelief.batch.cluster import assessed_batches
from dcrelief.batch.headings import named_facts
from dcrelief.spark import assess, assess_path
from tests.catalogue.test_joined import SHOP
from tests.examples import AS_OF, both, shipped

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ROWS = 100_000


@pytest.fixture(scope="module")
def session() -> Iterator["SparkSession"]:
    """A session of the Spark that is installed: the client's with Sail as its server, or the whole, on two cores."""
    from pyspark.sql import SparkSession

    if os.environ.get("DCRELIEF_REAL_SPARK"):
        real = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        yield real
        real.stop()
        return
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    connected = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    yield connected
    connected.stop()
    server.stop()


@pytest.fixture(scope="module")
def messy() -> pl.DataFrame:
    """Messy rows, each with its number."""
    return pl.concat(blocks(ROWS)).with_row_index("number")


def by_batch(rows: pl.DataFrame) -> pl.DataFrame:
    """What the batch function gives, in Spark's types."""
    assessor = Assessor(shipped(), named_facts(shipped(), rows.columns), AS_OF)
    text = rows.cast(dict.fromkeys(assessor.headings, pl.String))
    sheet = assessor.assess_rows(text).sheet
    return rows.hstack(sheet.cast({name: pl.String for name, kind in sheet.schema.items() if kind == pl.Enum}))


def collected(frame: "DataFrame", like: pl.DataFrame) -> pl.DataFrame:
    """The rows of a Spark frame in the order of their numbers, in those types."""
    return pl.DataFrame(pl.from_arrow(frame.toArrow())).sort("number").cast(like.schema)


def test_cell_for_cell_what_the_batch_gives(session: "SparkSession", messy: pl.DataFrame, tmp_path: Path) -> None:
    messy.write_parquet(tmp_path / "clients.parquet")
    wanted = by_batch(messy)
    frame = assess_path(session, str(tmp_path / "clients.parquet"), AS_OF)
    assert frame.columns == wanted.columns
    frame.write.parquet(str(tmp_path / "out"))
    assert pl.read_parquet(tmp_path / "out" / "*.parquet").sort("number").cast(wanted.schema).equals(wanted)


def test_a_path_of_csv(session: "SparkSession", messy: pl.DataFrame, tmp_path: Path) -> None:
    few = messy.head(1_000).cast(pl.String)
    few.write_csv(tmp_path / "clients.csv")
    wanted = by_batch(few)
    frame = assess_path(session, str(tmp_path / "clients.csv"), AS_OF)
    empty = {"": None}  # whether a quoted empty cell is null is Spark's affair
    got = collected(frame, wanted).sort(pl.col("number").cast(pl.Int64))
    assert got.with_columns(pl.col(pl.String).replace(empty)).equals(
        wanted.with_columns(pl.col(pl.String).replace(empty))
    )


def test_columns_of_sparks_own_types(session: "SparkSession") -> None:
    rows = [(1, "甲", 8, 3_000_000.5, True, date(2018, 5, 1), "原来的"), (2, "乙", None, None, None, None, None)]
    names = ["number", "名称", "从业人员", "营业收入", "在东城区", "成立日期", "规模"]
    kinds = ["int", "string", "int", "double", "boolean", "date", "string"]
    schema = ", ".join(f"`{name}` {kind}" for name, kind in zip(names, kinds, strict=True))
    frame = assess(session.createDataFrame(rows, schema), AS_OF)
    assert frame.columns[:7] == [*names[:6], "规模（原表）"]
    first = frame.orderBy("number").collect()[0].asDict()
    assert (first["营业收入"], first["成立日期"], first["规模（原表）"]) == (3_000_000.5, date(2018, 5, 1), "原来的")
    assert first["看不懂的格"] is None
    assert first["第26条 12345企业诉求优先办理"] == "待确认：身份"


def test_what_comes_in_small_batches_is_assessed_in_large_ones(
    messy: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ROWS_TOGETHER", 25)
    rows = messy.head(70).drop("number")
    packed = pickle.dumps((shipped(), tuple(rows.columns), AS_OF))
    batches = rows.to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches(max_chunksize=10)
    got = list(assessed_batches(packed, iter(batches)))
    assert [batch.num_rows for batch in got] == [30, 30, 10]
    assert list(assessed_batches(packed, iter([]))) == []
    wanted = by_batch(rows)
    together = pl.concat([pl.DataFrame(pl.from_arrow(batch)) for batch in got])
    assert together.cast(wanted.schema).equals(wanted)


def test_two_documents_at_once(session: "SparkSession") -> None:
    rows = pl.DataFrame([{fact: str(value) for fact, value in SHOP.items()}])
    frame = session.createDataFrame(rows.rows(), rows.columns)
    (row,) = assess(frame, AS_OF, both()).collect()
    assert row["可少缴的费用最少（元）"] == 20_000
    assert row["市第2条 承租市属、区属国企房产做生产经营"] == row["区第4条 承租用于生产经营的房产"] == "初步符合"
