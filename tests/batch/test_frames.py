"""A frame of another program is read as the same table is."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dcrelief.batch import frames
from dcrelief.batch.assessor import Assessor
from dcrelief.batch.frames import AssessedFrame, as_text
from dcrelief.batch.headings import named_facts
from dcrelief.errors import DcreliefError
from tests.columnar.test_verdicts import some_people
from tests.examples import AS_OF, in_english, shipped
from tests.tables_of_businesses import table_of


def test_it_says_what_the_batch_says(monkeypatch: pytest.MonkeyPatch) -> None:
    table = table_of(some_people(shipped(), 7, 25))
    assessor = Assessor(shipped(), named_facts(shipped(), table.columns), AS_OF)
    wanted = table.hstack(assessor.assess_rows(table).sheet)
    assert_frame_equal(AssessedFrame(shipped(), table, AS_OF).rows, wanted)
    monkeypatch.setattr(frames, "ROWS_TOGETHER", 10)
    assert_frame_equal(AssessedFrame(shipped(), table, AS_OF).rows, wanted)


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pl.Series([8, None]), ["8", None]),
        (pl.Series([True, False]), ["true", "false"]),
        (pl.Series([2.5, float("nan")]), ["2.5", None]),
        (pl.Series([Decimal("2.50")]), ["2.50"]),
        (pl.Series([datetime(2018, 5, 1, 9, tzinfo=UTC), None]), ["2018-05-01", None]),
        (pl.Series([date(2018, 5, 1)]), ["2018-05-01"]),
        (pl.Series(["甲", None]), ["甲", None]),
        (pl.Series(["甲"], dtype=pl.Categorical), ["甲"]),
        (pl.Series([["building", "base"], [], None]), ["building,base", "", None]),
        (pl.Series([None], dtype=pl.Null), [None]),
    ],
    ids=lambda given: str(given.dtype) if isinstance(given, pl.Series) else "",
)
def test_cells_of_every_type(column: pl.Series, texts: list[str | None]) -> None:
    assert as_text(column).to_list() == texts


@pytest.mark.parametrize(
    "column",
    [
        pl.Series([{"a": 1}]),
        pl.Series([[[1]]]),
        pl.Series([b"8"]),
        pl.Series([timedelta(1)]),
        pl.Series([object()], dtype=pl.Object),
    ],
    ids=lambda column: str(column.dtype),
)
def test_what_is_no_cell_is_refused_where_it_is_a_facts(column: pl.Series) -> None:
    frame = pl.DataFrame({"employees": column})
    with pytest.raises(DcreliefError, match="“employees”一列是"):
        AssessedFrame(shipped(), frame, AS_OF)
    kept = AssessedFrame(shipped(), frame.rename({"employees": "自己的"}).with_columns(employees=8), AS_OF)
    assert kept.rows["自己的"].to_list() == column.to_list()


def test_values_are_read_whatever_the_type() -> None:
    typed = {
        "employees": [8],
        "营业收入（万元）": [260.5],
        "founded": [datetime(2018, 5, 1, tzinfo=UTC)],
        "在东城区": [True],
        "carrier": [["building", "incubator"]],
    }
    written = {
        "employees": ["8"],
        "营业收入（万元）": ["260.5"],
        "founded": ["2018-05-01"],
        "在东城区": ["是"],
        "carrier": ["building、incubator"],
    }
    columns = list(typed)
    by_type, by_text = (AssessedFrame(shipped(), pl.DataFrame(given), AS_OF).rows for given in (typed, written))
    assert by_type["看不懂的格"].to_list() == [None]
    assert_frame_equal(by_type.drop(columns), by_text.drop(columns))


def test_a_frame_without_rows_has_the_columns_all_the_same() -> None:
    frame = pl.DataFrame({"employees": [8]})
    whole = AssessedFrame(shipped(), frame, AS_OF).rows
    assert AssessedFrame(shipped(), frame.clear(), AS_OF).rows.schema == whole.schema


def test_the_columns_of_an_earlier_result_are_replaced() -> None:
    frame = pl.DataFrame({"employees": [8], "规模": ["自己的"]})
    first = AssessedFrame(shipped(), frame, AS_OF).rows
    assert first.columns[:3] == ["employees", "规模（原表）", "规模"]
    assert_frame_equal(AssessedFrame(shipped(), first, AS_OF).rows, first)


@pytest.mark.parametrize("frame", [pl.DataFrame(), pl.DataFrame({"a": [1], "b": [2]})], ids=["no columns", "no fact"])
def test_a_frame_in_which_nothing_is_a_fact(frame: pl.DataFrame) -> None:
    with pytest.raises(DcreliefError) as caught:
        AssessedFrame(shipped(), frame, AS_OF)
    assert "从业人员" in caught.value.hint


def test_what_is_doubtful_is_said() -> None:
    frame = pl.DataFrame({"营业收入": [950, 9_500_000, *[951] * 7], "从业人员数量数": 8})
    doubts = AssessedFrame(in_english(), frame, AS_OF).doubts
    assert len(doubts) == 1 + 5 + 1
    assert "从业人员数量数" in doubts[0]
    assert "第 0 行“营业收入”：“950”" in doubts[1]
    assert "CNY 9,500,000" in doubts[1]
    assert "第 2 行" in doubts[2]
    assert "8" in doubts[-1]
    assert AssessedFrame(shipped(), frame[1:2].drop("从业人员数量数"), AS_OF).doubts == []


def test_rows_of_later_parts_keep_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "ROWS_TOGETHER", 2)
    doubts = AssessedFrame(shipped(), pl.DataFrame({"营业收入": [9_500_000] * 4 + [950]}), AS_OF).doubts
    assert [doubt for doubt in doubts if "第 4 行" in doubt] == doubts != []
