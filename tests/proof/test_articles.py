"""A document of numbered articles, with the traps of real ones."""

import pytest
from msgspec.structs import replace

from dcrelief.proof.articles import Desk, read_document
from dcrelief.proof.hard_facts import HardFact
from dcrelief.rules.layout import Layout
from tests.examples import shipped

LAYOUT = Layout("{number}.", "责任单位", "联系人", "联系电话", "邮箱")
TEXT = """
各单位：　　依据〔2020〕1号，制定本细则。　　1.对企业减免10%，见第2条。(责任单位：区甲局、区乙办)　　具体流程：(1)申请；
　　联系人：马　诚　联系电话：64000001、64000002转101或102　　联系人：王一　李　二(区乙办)　联系电话：64000003
　　邮　箱：a@b.cn　　2.12345企业服务。(责任单位：区丙中心)
　　联系人：丁三　联系电话：64000004　　附则：自2020年3月1日起施行。"""


def test_articles() -> None:
    document = read_document(TEXT, replace(LAYOUT, closing="附则："))
    first, second = document.articles
    assert first.number == 1
    assert first.units == ("区甲局", "区乙办")
    assert first.desks == (
        Desk(("马诚",), ("64000001", "64000002-101/102"), "a@b.cn"),
        Desk(("王一", "李二"), ("64000003",), "a@b.cn", "区乙办"),
    )
    assert HardFact("share", "10%") in first.facts
    assert HardFact("desk", "王一、李二 64000003 a@b.cn 区乙办") in first.facts
    assert HardFact("responsible", "区甲局") in first.facts
    assert second.units == ("区丙中心",)
    assert second.desks == (Desk(("丁三",), ("64000004",), ""),)
    assert HardFact("phone", "12345") in second.facts
    assert HardFact("day", "2020-03-01") not in second.facts
    assert document.general == {HardFact("document", "〔2020〕1号"), HardFact("day", "2020-03-01")}


def test_without_the_closing_words_the_last_article_goes_on() -> None:
    for closing in ("", "没有这句"):
        second = read_document(TEXT, replace(LAYOUT, closing=closing)).articles[1]
        assert HardFact("day", "2020-03-01") in second.facts


def test_a_text_without_numbers_has_no_articles() -> None:
    document = read_document("第一条 减免10%。", LAYOUT)
    assert document.articles == ()
    assert document.general == {HardFact("share", "10%")}


def test_an_article_that_names_nobody() -> None:
    (article,) = read_document("1.减免。联系电话：64000001", LAYOUT).articles
    assert (article.units, article.desks) == ((), ())


def test_people_without_a_phone_are_no_desk() -> None:
    (article,) = read_document("1.减免。联系人：丁三　邮箱：无", LAYOUT).articles
    assert article.desks == ()


def test_another_layout() -> None:
    layout = Layout("第{chinese}条", "主管部门", "咨询人", "咨询电话", "电子邮箱", "附则")
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    body = "\n".join(f"第{number}条　减免，见第二条。（主管部门：区甲局）" for number in numbers)
    desk = "咨询人：马　诚　咨询电话：64000001转8001　电子邮箱：a@b.cn"
    document = read_document(f"{body}\n{desk}\n附则", layout)
    assert [article.number for article in document.articles] == list(range(1, 13))
    assert document.articles[1].units == ("区甲局",)
    assert document.articles[-1].desks == (Desk(("马诚",), ("64000001-8001",), "a@b.cn"),)


@pytest.mark.parametrize(
    "said",
    [
        "（牵头单位：区甲局、区乙局）",
        "\n牵头单位：区甲局、区乙局\n",
        "【牵头单位：区甲局、区乙局】",
        "(牵 头 单 位：区甲局、区乙局。)",
    ],
)
def test_units_in_brackets_or_on_a_line(said: str) -> None:
    layout = Layout("{number}.", "牵头单位", "联络员", "电话", "邮箱")
    (article,) = read_document(f"1.减免。{said}\n联络员：丁三　电话：0591-88231070转216", layout).articles
    assert article.units == ("区甲局", "区乙局")
    assert article.desks == (Desk(("丁三",), ("88231070-216",), ""),)


def test_what_stands_in_brackets_behind_the_phones_is_no_phone() -> None:
    text = "1.服务。(责任单位：区甲局)　　联系人：丁三　联系电话：64000004、(010)64000005(传真64000006)"
    (article,) = read_document(text, shipped().policy.document).articles
    phones = {fact.value for fact in article.facts if fact.kind == "desk"}
    assert phones == {"丁三 64000004、64000005"}
