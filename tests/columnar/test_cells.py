"""Cells of a table say what facts.read says of each of them: the plain ones, the messy ones, and the wrong ones."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcrelief.columnar import cells as cells_module
from dcrelief.columnar.cells import CellReader
from dcrelief.rules.facts import UNKNOWN, BadValue, Fact, Tokens, Value, in_units
from dcrelief.rules.kinds import read
from tests.columnar.frames import row_of, schema
from tests.examples import AS_OF, shipped

FACTS = shipped().facts
TOKENS = shipped().tokens


NUMBERS = "12 1 0 12人 12名 １２ 1,2 12.0 12.5 -1 +3 1e3 1E3 inf nan .5 5. 12.345 99999999999999 10000000000000"
AMOUNTS = "1200万 1,200 1,20 1200.5万元 0.5亿 1，200元 3千 12万3 5元3 0万5 ¥12 10000000000000.01 100000000万 1.12万"
DATES = "2018-05-01 2018/5/1 2018年5月1日 2018.05.01 20180501 2018年5月 2018/5 2018-13-01 2020-02-21 1899-12-31"


def reader(*facts: str) -> CellReader:
    return CellReader(FACTS, {fact: FACTS[fact] for fact in facts}, TOKENS, AS_OF)


def ways_to_write(fact: Fact) -> list[str]:
    """As people write a fact, right and wrong, and in odd forms of what is right."""
    written = [*TOKENS.yes, *TOKENS.no, *TOKENS.unknown, "", " ", "待核实", "#N/A", "x" * 201, "a\tb"]
    for more in (NUMBERS, AMOUNTS, DATES):
        written += more.split()
    written += ["2018-05-01 00:00:00", "2018/5/1 9:30", "2018-05-01T00:00:00.000", "9:30", "2018-05 00:00"]
    written += ["1 200", "12 元", "12 人", "名称很长很长很长的有限公司", "名称很长很长很长的　有限公司"]
    written += ["tobeconfirmed.", "n/a....................", "Yes.", "3 million", "RMB 20k", "12 staff", "12\n30"]
    written += ["1 May 2018", "31/1/2018", "01/05/2018"]
    written += [
        "Golden Dragon",
        "Golden  Dragon",
        " Golden",
        "Golden ",
        "客户\u200b",
        "㈱客户",
        "ＴＢＤ",
        "T B D",
        "不 详",
    ]
    written += ["不知", "TBDs", "9", "Ｇolden", "x" * 200, "客户." * 67]
    for choice in fact.choices:
        written += [choice.key, choice.label, *choice.aliases, f" {choice.label} ", choice.key.upper()]
    labels = [choice.label for choice in fact.choices]
    return [*written, "、".join(labels), "；".join(labels[:2]), ",".join(choice.key for choice in fact.choices)]


def check(fact: Fact, written: list[str | None], reading: CellReader) -> None:
    """Reads the texts as a column, and each by the one definition."""
    said = reading.read(pl.DataFrame({fact.id: pl.Series(written, dtype=pl.String)}))
    values = [read(fact, text, AS_OF, TOKENS) for text in written]
    known = [UNKNOWN if isinstance(value, BadValue) else value for value in values]
    assert said.facts.select(list(schema([fact]))).to_dicts() == [row_of([fact], {fact.id: value}) for value in known]
    read_as = enumerate(zip(written, values, strict=True))
    assert said.bad.rows() == [(row, fact.id, text) for row, (text, value) in read_as if isinstance(value, BadValue)]
    assert set(said.facts.schema) == set(schema(FACTS.values()))


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS.keys())
def test_every_way_to_write_a_value(fact: Fact) -> None:
    check(fact, [None, *ways_to_write(fact)], reader(fact.id))


@pytest.mark.parametrize("count", [254, 255, 256, 257, 300, 70_000])
def test_a_date_column_of_many_spellings(count: int) -> None:
    """Codes outgrow a byte, and then two; a second batch finds the spellings of the first again."""
    fact, reading = FACTS["founded"], reader("founded")
    days = [date(1900, 1, 1) + timedelta(days=day) for day in range(min(count, 40_000))]
    written = [f"{day:%Y-%m-%d}" for day in days] + [f"{day:%Y/%m/%d}" for day in days][: count - len(days)]
    values = [*days, *days][:count]
    for texts, expected in (
        (written, values),
        (written[::-1], values[::-1]),
        (["x", *written[-2:]], [None, *values[-2:]]),
    ):
        said = reading.read(pl.DataFrame({fact.id: texts}))
        assert said.facts[fact.id].to_list() == expected
        assert [row for row, *_ in said.bad.rows()] == ([0] if expected[0] is None else [])


@settings(max_examples=60)
@given(
    st.sampled_from(["employees", "revenue", "founded", "name", "in_dongcheng", "industry", "carrier"]),
    st.lists(st.text("0123456789,.万元亿千eE+-/ ０，年月日人是否无、（）ab\u3000\n", max_size=14), max_size=40),
)
def test_whatever_is_written(fact: str, written: list[str]) -> None:
    check(FACTS[fact], list(written), reader(fact))


@settings(max_examples=60)
@given(st.lists(st.text("".join({*"".join(TOKENS.unknown), *"客Gg9Ｇ. \u3000。\n\u200b"}), max_size=6), max_size=60))
def test_a_name_is_told_from_a_way_to_write_that_it_is_not_known(written: list[str]) -> None:
    check(FACTS["name"], list(written), reader("name"))


def test_names_and_amounts_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    one_by_one: list[object] = []

    def counted(fact: Fact, written: object, as_of: date, tokens: Tokens) -> Value | BadValue:
        one_by_one.append(written)
        return read(fact, written, as_of, tokens)

    monkeypatch.setattr(cells_module, "read", counted)
    names = [f"客户{number}有限公司" for number in range(99)] + [f"Golden Dragon {number}" for number in range(99)]
    amounts = [f"{number}万元" for number in range(99)] + [f"1,{number:03}.5" for number in range(99)]
    reader("name", "revenue").read(pl.DataFrame({"name": [*names, "不详"], "revenue": [*amounts, "1.2百万"]}))
    assert one_by_one == ["不详", "1.2百万"]


def test_spellings_are_learnt_from_batch_to_batch_and_forgotten_when_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cells_module, "MOST_SPELLINGS", 5)
    reading = reader("employees")
    for start in range(0, 40, 4):
        check(FACTS["employees"], [str(number) for number in range(start, start + 6)], reading)


def test_a_spelling_that_was_forgotten_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_module, "MOST_SPELLINGS", 2)
    read_each: list[object] = []

    def noted(fact: Fact, written: object, as_of: date, tokens: Tokens) -> Value | BadValue:
        read_each.append(written)
        return read(fact, written, as_of, tokens)

    monkeypatch.setattr(cells_module, "read", noted)
    reading = reader("industry")
    for written in (["餐饮", "零售"], ["餐饮"], ["旅游"], ["餐饮"]):
        reading.read(pl.DataFrame({"industry": written}))
    assert read_each == ["餐饮", "零售", "旅游", "餐饮"]


def test_what_is_wrong_with_a_cell_is_said_by_the_one_definition() -> None:
    reading = reader("industry")
    assert reading.problem("industry", "餐钦").nearest == "餐饮业"


def test_columns_of_few_spellings_are_given_out_as_they_stand() -> None:
    batch = pl.DataFrame({"in_dongcheng": ["是", None, "=1+1"], "revenue": ["1万", "=2", None]})
    spelt = reader("in_dongcheng", "revenue").read(batch).spelt
    assert spelt.cast(pl.String).to_dict(as_series=False) == {"in_dongcheng": ["是", None, "=1+1"]}
    assert isinstance(spelt.schema["in_dongcheng"], pl.Enum)


def test_columns_of_many_spellings_are_not_given_out() -> None:
    written = [f"{date(2010, 1, 1) + timedelta(days=day)}" for day in range(300)]
    assert reader("founded").read(pl.DataFrame({"founded": written})).spelt.columns == []


def test_bad_cells_come_row_by_row_and_in_each_from_left_to_right() -> None:
    headings = ["employees", "in_dongcheng", "founded"]
    bad = reader(*headings).read(pl.DataFrame({heading: ["同上"] * 5000 for heading in headings})).bad
    assert bad.select("row", "heading").rows() == [(row, heading) for row in range(5000) for heading in headings]


@pytest.mark.parametrize("masks", [[0xFF, 0xFFFF], [0xFFFF], [0]], ids=["few bits", "many bits", "told apart by none"])
def test_spellings_are_told_by_their_hashes(masks: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_module, "_MASKS", masks)
    reading = reader("in_dongcheng")
    for written in (["是", "否"], ["是", None, "是", "没有"], ["待核实", "是"], [None], ["是是", "待核实", "否"]):
        check(FACTS["in_dongcheng"], list(written), reading)


def test_spellings_may_become_too_many_to_be_told_by_their_hashes() -> None:
    reading = reader("in_dongcheng")
    for start in range(0, 400, 30):
        check(FACTS["in_dongcheng"], ["是", *(f"见附件{number}" for number in range(start, start + 40))], reading)


def test_dates_are_spelt_alike_in_every_column() -> None:
    reading = reader("founded", "contract_reached")
    batch = pl.DataFrame({"founded": ["2018/5", "同上"], "contract_reached": ["2019-01-02", "2018/5"]})
    said = reading.read(batch)
    for fact in ("founded", "contract_reached"):
        alone = reader(fact).read(batch.select(fact))
        columns = list(schema([FACTS[fact]]))
        assert said.facts.select(columns).equals(alone.facts.select(columns))
    assert said.bad.rows() == [(1, "founded", "同上")]


@pytest.mark.parametrize("yuan", [1_000, 10_000, 100_000_000])
def test_amounts_in_a_unit_are_read_as_one_by_one(yuan: int) -> None:
    fact = in_units(FACTS["revenue"], yuan)
    written = [
        "32000",
        "3,200.55",
        "0.3333",
        "3.2亿",
        "5万",
        "5千",
        "900000元",
        "¥9",
        None,
        "",
        "约",
        "9" * 13,
        "-3",
        "1.5",
    ]
    said = CellReader(FACTS, {"营业收入": fact}, TOKENS, AS_OF).read(pl.DataFrame({"营业收入": written}))
    values = [read(fact, text, AS_OF, TOKENS) for text in written]
    assert said.facts["revenue"].to_list() == [value if isinstance(value, int) else None for value in values]
    assert [row for row, *_ in said.bad.rows()] == [n for n, value in enumerate(values) if isinstance(value, BadValue)]
