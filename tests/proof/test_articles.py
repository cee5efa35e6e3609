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
    (article,) = read_document(text, shipped().policies[0].document).articles
    phones = {fact.value for fact in article.facts if fact.kind == "desk"}
    assert phones == {"丁三 64000004、64000005"}


ON_ONE_LINE = Layout("（{chinese}）", ("对接部门", "责任部门"), "联系人", ("联系电话", "电话"))


def test_units_people_and_phones_in_one_bracket() -> None:
    text = """（一）支持研发
　　对甲给予补贴。（对接部门：区甲局；联系人：丁三；联系电话：64000001）对乙，在2020年第一季度给予200万元。
　　（责任部门：区乙局、区丙局；联系人：王　五、李六；电话：64000002，64000003）对丙。（对接部门：区甲局；
　　联系人：丁三；联系电话：64000001）"""
    (article,) = read_document(text, ON_ONE_LINE).articles
    assert article.units == ("区甲局", "区乙局", "区丙局")
    assert article.desks == (
        Desk(("丁三",), ("64000001",), "", "区甲局"),
        Desk(("王五", "李六"), ("64000002", "64000003"), ""),
        Desk(("丁三",), ("64000001",), "", "区甲局"),
    )


@pytest.mark.parametrize(
    ("said", "desks"),
    [
        ("（对接部门：区甲局，联系人：丁三，电话：64000001）", (Desk(("丁三",), ("64000001",), "", "区甲局"),)),
        ("【对接部门：区甲局 联系人：丁三（科长） 电话：64000001】", (Desk(("丁三",), ("64000001",), "", "区甲局"),)),
        ("\n对接部门：区甲局；\n联系人：丁三；\n电话：64000001\n", (Desk(("丁三",), ("64000001",), ""),)),
        ("（电话：64000001，对接部门：区甲局）", ()),
        (
            "（联系人：丁三；电话：64000001）乙（联系人：李四；电话：64000002；邮箱：a@b.cn）",
            (Desk(("丁三",), ("64000001",), ""), Desk(("李四",), ("64000002",), "a@b.cn")),
        ),
        (
            "（对接部门：区甲局；联系人：丁三；电话：64000001；联系人：李四；电话：64000002；邮箱：a@b.cn）",
            (Desk(("丁三",), ("64000001",), "a@b.cn", "区甲局"), Desk(("李四",), ("64000002",), "a@b.cn", "区甲局")),
        ),
    ],
)
def test_desks(said: str, desks: tuple[Desk, ...]) -> None:
    (article,) = read_document(f"（一）甲。{said}", replace(ON_ONE_LINE, email="邮箱")).articles
    assert article.desks == desks


@pytest.mark.parametrize("between", ["，", ",", "、", "；", " ", "\u3000", "\n", " \n \n", "/"])
def test_what_parts_two_phones(between: str) -> None:
    (article,) = read_document(
        f"1.甲。联系人：丁三 联系电话：010—64000001{between}010—64000002\n邮箱：a@b.cn", LAYOUT
    ).articles
    assert article.desks == (Desk(("丁三",), ("64000001", "64000002"), "a@b.cn"),)


@pytest.mark.parametrize(
    ("said", "units"),
    [
        ("（牵头单位：区甲局；责任单位：各市（县、区）政府，区乙局等）", ("区甲局", "各市(县、区)政府", "区乙局")),
        ("〔责任单位：区甲局、区乙局；列首位的牵头，以下同〕", ("区甲局", "区乙局")),
        ("(责任单位：区甲局、\n区乙局、区丙\n局)", ("区甲局", "区乙局", "区丙局")),
        ("（责任单位：、区甲局、区乙局", ("区甲局", "区乙局")),
        ("（责任单位：区甲局\n具体流程：（1）申请；", ("区甲局",)),
        ("责任单位：区甲局 区乙局 联系人：丁三", ("区甲局", "区乙局")),
        ("［责任单位：区甲局，区乙局］对乙", ("区甲局", "区乙局")),
        ("。（责任单位：区甲局）对乙。（责任单位：区乙局、区甲局）", ("区甲局", "区乙局")),
        ("由责任单位办理。", ()),
    ],
)
def test_units(said: str, units: tuple[str, ...]) -> None:
    (article,) = read_document(f"1.甲{said}", replace(LAYOUT, units=("牵头单位", "责任单位"))).articles
    assert article.units == units
    assert {fact.value for fact in article.facts if fact.kind == "responsible"} == {*units}


@pytest.mark.parametrize(
    "heading",
    [
        "二、减轻2家企业负担",
        "（二）减轻2家企业负担",
        "第二章　减轻2家企业负担",
        "第二部分　3家\n二、减轻2家企业负担：\n",
        "（二）减轻2家企业负担\n\n",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "　　", " "])
def test_a_heading_is_of_no_measure(heading: str, gap: str) -> None:
    text = f"一、总则{gap}5.甲1家。{gap}6.乙（责任单位：区甲局）{gap}{heading}{gap}7.丙3家{gap}三、附则9家"
    document = read_document(text, replace(LAYOUT, closing="三、附则"))
    counts = [{fact.value for fact in article.facts if fact.kind == "count"} for article in document.articles]
    assert counts == [{"1家"}, set(), {"3家"}]
    assert HardFact("count", "2家") in document.general


@pytest.mark.parametrize("last", ["二、甲方承担。", "三、申请：2家", "2家企业"])
def test_what_is_no_heading(last: str) -> None:
    first = read_document(f"1.甲2家\n{last}\n2.乙", LAYOUT).articles[0]
    assert first.text.strip().endswith(last)


def test_a_number_that_is_damaged_is_named() -> None:
    document = read_document("1.甲1家\n2.乙2家\n3丙3家\n4.丁4家\n6.戊6家", LAYOUT)
    assert [article.number for article in document.articles] == [1, 2, 4, 6]
    assert document.lost == (3, 5)
    assert document.articles[1].numbers == ("2家", "3家")


def test_the_closing_words_however_they_are_spelt() -> None:
    document = read_document("1.甲。\n附则（後）:2家", replace(LAYOUT, closing="附则(后)："))
    assert HardFact("count", "2家") in document.general
    assert not document.unclosed


@pytest.mark.parametrize(("closing", "unclosed"), [("附录", True), ("附则", False), ("", False)])
def test_closing_words_that_are_not_there_are_known(closing: str, unclosed: bool) -> None:
    assert read_document("1.甲。\n附则：2家", replace(LAYOUT, closing=closing)).unclosed is unclosed


@pytest.mark.parametrize(
    "letter", ["1", "一", "（一）", " ", "联系人：", "联系电话：64000001、", "(责任单位：", "、", "1. ", "("]
)
def test_200_kb_of_anything_ends(letter: str) -> None:
    (article,) = read_document(
        "1.甲" + letter * (200_000 // len(letter.encode())), replace(LAYOUT, closing="附则")
    ).articles
    assert len(article.facts) < 10
