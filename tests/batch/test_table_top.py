"""Where the table is: headings in one row or two, with marks and numbers; units above, beside and below them."""

import io
from collections.abc import Sequence

import pytest

from dcrelief.batch.businesses import Knowledge
from dcrelief.batch.headings import bare_heading, named_facts
from dcrelief.batch.reading import open_table
from dcrelief.batch.table import Table
from dcrelief.batch.table_top import find_top
from dcrelief.batch.unit_lines import mentions_unit
from dcrelief.errors import UnusableFileError
from tests.examples import shipped

KNOWLEDGE, TOKENS = Knowledge.of(shipped()), shipped().tokens


def top(*rows: str) -> Table:
    raw = "\n".join(rows).encode()
    return open_table("表", io.BytesIO(raw), len(raw), KNOWLEDGE)


def yuan(table: Table) -> dict[str, int]:
    """How many yuan a number counts in each column of an amount."""
    facts = named_facts(shipped(), table.headings, table.top.units)
    return {fact.id: fact.yuan for fact in facts.values() if fact.kind == "money"}


def names(table: Table) -> list[str]:
    return [cell for batch in table.batches() for cell in batch.cells["名称"]]


def names_of(table: Table) -> list[str]:
    """The cells of the first column."""
    return [cell for batch in table.batches() for cell in batch.cells.to_series(1)]


def test_a_line_of_labels_above_a_table_of_one_fact_is_no_heading() -> None:
    table = top("客户名称：,张三咨询公司,填表日期：,2020-02-01", "名称,联系人,电话", "东城小馆,李,1")
    assert (table.headings, names(table)) == (("名称", "联系人", "电话"), ["东城小馆"])


def test_letters_that_number_the_columns_are_no_units() -> None:
    """K is a thousand elsewhere, M a million, and F no unit of people."""
    head = "名称,编号,身份,行业,成立日期,从业人员,备注,联系人,电话,地址,资产总额,邮编,营业收入"
    table = top(head, "A,B,C,D,E,F,G,H,I,J,K,L,M", "真公司,1,企业,建筑业,2018-05-01,12,,,,,300,,600")
    assert (yuan(table)["revenue"], yuan(table)["assets"], names(table)) == (1, 1, ["真公司"])


def test_units_below_numbers_of_the_columns_are_refused() -> None:
    with pytest.raises(UnusableFileError, match="第 3 行提到了金额的单位"):
        top("名称,编号,从业人员,营业收入", "甲,乙,1,2", ",,,万元", "真一,1,8,100")


def test_a_line_of_labels_wider_than_the_headings_is_no_part_of_them() -> None:
    table = top("客户名称：,东城公司,经办：,李,从业人员：,300", "名称,行业,营业收入", "真一,软件,500万,,5")
    assert (table.headings, table.top.rows) == (("名称", "行业", "营业收入"), (2,))


def test_headings_may_end_with_a_colon_where_there_are_no_others() -> None:
    table = top("名称：,行业:", "东城小馆,餐饮")
    assert (table.top.rows, names_of(table)) == ((1,), ["东城小馆"])


def understood(*rows: str) -> tuple[dict[str, int], list[str]]:
    table = top(*rows)
    return yuan(table), names(table)


@pytest.mark.parametrize(
    ("rows", "worth"),
    [
        (["客户台账,,", "单位：万元,,", "名称,营业收入,资产总额"], 10_000),
        (["客户台账（单位：万元）,,", "名称,营业收入,资产总额"], 10_000),
        (["客户台账（万元）,,", "名称,营业收入,资产总额"], 10_000),
        (["金额单位:千元,,", "名称,营业收入,资产总额"], 1_000),
        (["货币单位：人民币万元,,", "名称,营业收入,资产总额"], 10_000),
        (["计量单位：人、万元,,", "名称,营业收入,资产总额"], 10_000),
        (["填报单位：某街道办,,", "名称,营业收入,资产总额"], 1),
        ([",单位：,百万元", "名称,营业收入,资产总额"], 1_000_000),
        (["单位为亿元,,", "名称,营业收入,资产总额"], 100_000_000),
        (["名称,营业收入（万元）,资产总额(万元)"], 10_000),
        (["名称,营业收入（单位：万元）,资产总额【万元】"], 10_000),
        (["名称,营业收入/万元,资产总额-万元"], 10_000),
        (["名称,营业收入万元,资产总额万元"], 10_000),
        (["名称,营业收入（元）,资产总额（元）"], 1),
        (["名称,营业收入,资产总额", ",万元,万元"], 10_000),
        (["名称,营业收入,资产总额", "单位,（千元）,（千元）"], 1_000),
        (["名称,经营情况（万元）,", ",营业收入,资产总额"], 10_000),
        ([",经营情况（万元）,", "名称,营业收入,资产总额"], 10_000),
        (["单位：万元,,", "名称,营业收入（万元）,资产总额"], 10_000),
        (["Unit: RMB million,,", "名称,营业收入,资产总额"], 1_000_000),
        (["编制单位：诚信会计事务所    2019年度    单位：万元,,", "名称,营业收入,资产总额"], 10_000),
        (["面积单位：平方米 金额单位：万元,,", "名称,营业收入,资产总额"], 10_000),
        (["单位：万元 人,,", "名称,营业收入,资产总额"], 10_000),
        (["单位 万元,,", "名称,营业收入,资产总额"], 10_000),
        (["单位：万元（人民币）,,", "名称,营业收入,资产总额"], 10_000),
        (["单位：万元。,,", "名称,营业收入,资产总额"], 10_000),
        (["【单位：万元】,,", "名称,营业收入,资产总额"], 10_000),
        (["客户表（金额以万元为单位）,,", "名称,营业收入,资产总额"], 10_000),
        (["注：本表金额单位均为万元,,", "名称,营业收入,资产总额"], 10_000),
        (["台账,,", ",,万元", "名称,营业收入,资产总额"], 10_000),
        (["名称,营业收入,资产总额,单位：万元"], 10_000),
        (["名称,营业收入【万元】,资产总额〔万元〕"], 10_000),
        (["名称,营业收入,资产总额", "（全称）,单位：万元,单位：万元"], 10_000),
        (["金额：万元,,", "名称,营业收入,资产总额"], 10_000),
        (["客户表（2019年，万元）,,", "名称,营业收入,资产总额"], 10_000),
        (["币种：人民币,,", "名称,营业收入（万元）,资产总额（万元）"], 10_000),
        (["资产500万元以上的客户,,", "名称,营业收入,资产总额"], 1),
        (["亿元楼宇的客户,,", "名称,营业收入,资产总额"], 1),
    ],
)
def test_a_unit_is_applied_wherever_it_stands(rows: Sequence[str], worth: int) -> None:
    table = top(*rows, "甲,90,120", "乙,3200,1200")
    assert yuan(table) == {"revenue": worth, "assets": worth}
    assert names(table) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            ["单位：万元,,", "名称,营业收入（元）,资产总额"],
            "“营业收入（元）”的单位说法不一：表头“营业收入（元）”；第 1 行",
        ),
        (["单位：万元,,", "单位：元,,", "名称,营业收入,资产总额"], "金额单位说法不一：第 1 行“单位：万元”；第 2 行"),
        (["名称,营业收入（万元）,资产总额", ",千元,千元"], "“营业收入（万元）”的单位说法不一"),
        (["单位：万美元,,", "名称,营业收入,资产总额"], "第 1 行“单位：万美元” 里的单位不是人民币元"),
        (["名称,从业人员,营业收入", ",万人,万元"], "第 2 行“万人”：“从业人员”的单位不是人"),
        (["名称,营业收入,资产总额", "甲,1,2", "注：金额单位：万元,,"], "第 3 行才说单位：“注：金额单位：万元”"),
        (["名称,营业收入,资产总额", "甲,1,2", "注：本表金额单位均为万元,,"], "第 3 行才说单位"),
        (["名称,营业收入,资产总额", "甲,1,2", "备注：金额以万元计。,,"], "第 3 行才说单位"),
        (["名称,营业收入,资产总额", "甲,1,2", "单位：万元,,"], "第 3 行才说单位"),
        (["名称,营业收入,金额单位", "甲,35000,万元", "乙,350000000,元"], "“金额单位”一列给每一行写了单位，如“万元”"),
        (["名称,营业收入,资产总额", "（全称）,（2019年，万元）,（2019年末，万元）"], "第 2 行提到了金额的单位"),
        (["名称,营业收入（万元）,,从业人员", ",2018,2019,"], "“营业收入（万元）”下面分成了几列：2018、2019"),
        (["名称,营业收入（万元）,,从业人员", ",2018年,2019年,"], "“营业收入（万元）”下面分成了几列：2018年、2019年"),
        (["名称,营业收入,从业人员,", ",,男,女"], "“从业人员”下面分成了几列：男、女"),
    ],
)
def test_units_that_do_not_agree_are_refused_with_their_places(rows: Sequence[str], said: str) -> None:
    with pytest.raises(UnusableFileError) as refused:
        understood(*rows, "甲,90,120")
    assert said in refused.value.message


def test_a_note_that_states_the_unit_by_which_amounts_were_read_is_a_note() -> None:
    assert names(top("单位：万元,", "名称,营业收入", "甲,1", "注：单位：万元,")) == ["甲"]
    assert names(top("名称,营业收入", "甲,1", "注：单位：元,")) == ["甲"]


@pytest.mark.parametrize(
    ("rows", "headings", "at"),
    [
        (["名称,规模,,备注", ",从业人员,资产总额,"], ("名称", "从业人员", "资产总额", "备注"), (1, 2)),
        ([",规模,,", "名称,从业人员,资产总额,备注"], ("名称", "从业人员", "资产总额", "备注"), (2,)),
        (["名称,,,备注", ",从业人员,资产总额,"], ("名称", "从业人员", "资产总额", "备注"), (1, 2)),
        (["台账,,,", "名称,从业人员,资产总额,备注"], ("名称", "从业人员", "资产总额", "备注"), (2,)),
        (["名称,从业人员,资产总额,备注", "名称,,,"], ("名称", "从业人员", "资产总额", "备注"), (1,)),
    ],
)
def test_headings_in_one_row_or_two(rows: Sequence[str], headings: tuple[str, ...], at: tuple[int, ...]) -> None:
    table = top(*rows, "甲,8,3,")
    assert (table.top.headings, table.top.rows) == (headings, at)
    assert names(table)[-1] == "甲"


def test_the_first_business_is_no_second_row_of_headings() -> None:
    assert names(top("名称,行业,从业人员", "甲,,", "乙,餐饮,8")) == ["甲", "乙"]


@pytest.mark.parametrize("heading", ["*名称", "1、名称", "1.名称", "（1）名称", "1) 名称", "①名称", "★名称：", "名称*"])
def test_marks_and_numbers_are_no_part_of_a_name(heading: str) -> None:
    assert bare_heading(heading) == "名称"
    assert list(named_facts(shipped(), (heading,))) == [heading]


@pytest.mark.parametrize(
    "rows",
    [
        ["名称,甲,乙", "在东城区,是,是", "身份,企业,企业", "行业,餐饮,零售"],
        ["序,项目,甲,乙", "1,名称,甲,乙", "2,行业,餐饮,零售", "3,从业人员,8,9"],
    ],
)
def test_facts_in_rows_are_refused_as_that(rows: Sequence[str]) -> None:
    with pytest.raises(UnusableFileError, match="一行一个事实、一列一家"):
        top(*rows)


@pytest.mark.parametrize("amount", ["五百万元", "3.2亿元", "两千万元", "1,200万元", "约 5 万元", "三亿零五千万元"])
def test_an_amount_in_the_first_row_is_no_unit(amount: str) -> None:
    assert not mentions_unit(amount, TOKENS)
    assert names(top("名称,营业收入", f'甲,"{amount}"')) == ["甲"]


@pytest.mark.parametrize(
    "line",
    ["单位：10000元", "单位：1万元", "Unit: 10,000 yuan", "单位：RMB 10,000", "UNIT: RMB'000", "金额单位：1000元/户"],
)
def test_a_unit_in_figures_is_refused(line: str) -> None:
    with pytest.raises(UnusableFileError, match="里的单位看不懂"):
        top(f'"{line}",', "名称,营业收入", "甲,90")


def test_clients_may_be_called_as_facts_are() -> None:
    assert top("名称,备注", "行业,x").top.rows == (1,)
    assert top("名称,行业,从业人员", "行业,餐饮,8", "从业人员,零售,9").top.rows == (1,)


def test_headings_again_in_one_row_are_not_those_above() -> None:
    table = top("名称,规模,", ",从业人员,资产总额", "甲,8,3", "名称,从业人员,资产总额", "乙,9,4")
    assert (table.top.rows, names(table)) == ((1, 2), ["甲", "乙"])


def test_units_of_groups_are_those_of_their_columns() -> None:
    found = top(",经营（万元）,,资产（千元）", "名称,营业收入,从业人员,资产总额", "甲,1,2,3").top
    assert found.rows == (1, 2)
    assert {heading: [unit.text for unit in units] for heading, units in found.units.items()} == {
        "营业收入": ["万元"],
        "从业人员": ["万元"],
        "资产总额": ["千元"],
    }
    assert top("名称,营业收入（万元）,,", ",,资产总额,从业人员", "甲,1,2,3").top.units == {}


def test_units_of_one_worth_agree() -> None:
    assert yuan(top("单位：万元,", "（单位：人民币万元）,", "名称,营业收入", "甲,1")) == {"revenue": 10_000}


def test_a_unit_may_be_long() -> None:
    assert top("名称,营业收入", ",人民币百万元", "甲,1").top.unit_row == 2


def test_the_rows_of_a_top_are_numbered_from_one() -> None:
    rows = [["台账"], ["名称", "营业收入"], ["", "万元"], ["甲", "1"]]
    found = find_top("表", rows, KNOWLEDGE.names, TOKENS)
    assert (found.rows, found.unit_row, found.first) == ((2,), 3, 4)
    assert [unit.place() for unit in found.units["营业收入"]] == ["第 3 行“万元”"]
