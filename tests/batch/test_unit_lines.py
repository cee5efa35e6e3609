"""Lines that state the unit of amounts, those that may, and those that do not."""

import pytest

from dcrelief.batch.unit_lines import may_state_a_unit, mentions_unit, stated_units
from tests.examples import shipped

TOKENS = shipped().tokens


def test_the_units_of_a_line() -> None:
    assert stated_units("单位：人、万元", TOKENS) == ["万元"]
    assert stated_units("客户表（单位：千元）", TOKENS) == ["千元"]
    assert stated_units("客户表（2020）", TOKENS) == stated_units("单位：某街道", TOKENS) == []
    assert stated_units("单位：万美元", TOKENS) == [""]


@pytest.mark.parametrize(
    "line", ["单位：3号楼1000室", "联系单位：0106500000", "单位：2020公司", "填报单位：1003部", "往来单位美元"]
)
def test_what_is_no_unit_of_money(line: str) -> None:
    assert stated_units(line, TOKENS) == []


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("（除特别注明外，金额以人民币千元列示）", "人民币千元"),
        ("本表金额为万元", "万元"),
        ("所有金额均以万元填报", "万元"),
        ("金额：万元 人数：人", "万元"),
        ("(in thousands of RMB)", "thousands"),
        ("(Expressed in millions of Renminbi)", "millions"),
        ("Amounts in RMB thousands", "rmbthousands"),
        ("Clients in Kunming, figures in thousands", "thousands"),
        ("RMB in thousands", "thousands"),
        ("in Renminbi millions", "renminbimillions"),
        ("(in thousands of US dollars)", ""),
        ("金额以港币列示", ""),
    ],
)
def test_a_unit_in_a_sentence(line: str, unit: str) -> None:
    assert stated_units(line, TOKENS) == [unit]


@pytest.mark.parametrize(
    "title",
    [
        "RMB '000",
        "RMB’000",
        "All figures in 000s",
        "(10,000 yuan)",
        "RMB 10k",
        "In ten thousand yuan",
        "（人民幣千元）",
    ],
)
def test_a_unit_in_words_that_are_not_read_is_seen(title: str) -> None:
    assert stated_units(title, TOKENS) == []
    assert may_state_a_unit(title, TOKENS)


@pytest.mark.parametrize(
    "title",
    [
        "资产500万元以上的客户",
        "Top 1000 clients 2019",
        "客户名单（1000户）",
        "万达广场的商户",
        "元大千的商户",
        "Kids, RMB",
    ],
)
def test_a_title_without_a_unit(title: str) -> None:
    assert stated_units(title, TOKENS) == []
    assert not may_state_a_unit(title, TOKENS)


def test_a_unit_behind_the_currency() -> None:
    assert stated_units("货币单位：人民币（万元）", TOKENS) == ["万元"]
    assert stated_units("单位：人民币", TOKENS) == ["人民币"]


def test_thousands_are_a_unit_that_is_mentioned() -> None:
    assert mentions_unit("千元楼宇", TOKENS)
    assert not mentions_unit("百元店", TOKENS)
