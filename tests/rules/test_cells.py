"""Cells of a table say what facts.read says of each of them: the plain ones, the messy ones, and the wrong ones."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcrelief.rules import cells as cells_module
from dcrelief.rules.cells import CellReader
from dcrelief.rules.facts import UNKNOWN, BadValue, Fact, read
from dcrelief.rules.frames import fact_row, schema
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
    for choice in fact.choices:
        written += [choice.key, choice.label, *choice.aliases, f" {choice.label} ", choice.key.upper()]
    labels = [choice.label for choice in fact.choices]
    return [*written, "、".join(labels), "；".join(labels[:2]), ",".join(choice.key for choice in fact.choices)]


def check(fact: Fact, written: list[str | None], reading: CellReader) -> None:
    """Reads the texts as a column, and each by the one definition."""
    said = reading.read(pl.DataFrame({fact.id: pl.Series(written, dtype=pl.String)}))
    values = [read(fact, text, AS_OF, TOKENS) for text in written]
    known = [UNKNOWN if isinstance(value, BadValue) else value for value in values]
    assert said.facts.select(list(schema([fact]))).to_dicts() == [fact_row(fact, value) for value in known]
    read_as = enumerate(zip(written, values, strict=True))
    assert said.bad.rows() == [(row, fact.id, text) for row, (text, value) in read_as if isinstance(value, BadValue)]
    assert set(said.facts.schema) == set(schema(FACTS.values()))


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS.keys())
def test_every_way_to_write_a_value(fact: Fact) -> None:
    check(fact, [None, *ways_to_write(fact)], reader(fact.id))


@settings(max_examples=60)
@given(
    st.sampled_from(["employees", "revenue", "founded", "name", "in_dongcheng", "industry", "carrier"]),
    st.lists(st.text("0123456789,.万元亿千eE+-/ ０，年月日人是否无、（）ab\u3000\n", max_size=14), max_size=40),
)
def test_whatever_is_written(fact: str, written: list[str]) -> None:
    check(FACTS[fact], list(written), reader(fact))


def test_spellings_are_learnt_from_batch_to_batch_and_forgotten_when_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cells_module, "MOST_SPELLINGS", 5)
    reading = reader("employees")
    for start in range(0, 40, 4):
        check(FACTS["employees"], [str(number) for number in range(start, start + 6)], reading)


def test_what_is_wrong_with_a_cell_is_said_by_the_one_definition() -> None:
    reading = reader("industry")
    assert reading.problem("industry", "餐钦").nearest == "餐饮业"


def test_the_spellings_of_columns_that_have_few_are_given_out() -> None:
    batch = pl.DataFrame({"in_dongcheng": ["是", "=1+1"], "revenue": ["1万", "=2"]})
    said = reader("in_dongcheng", "revenue").read(batch)
    assert said.spellings["in_dongcheng"].to_list() == ["是", "=1+1"]
    assert "revenue" not in said.spellings
