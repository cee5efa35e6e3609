"""A catalogue against its document: both ways, and on the real document nothing differs."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from dcrelief.catalogue.load import load_catalogue
from dcrelief.proof.agreement import Agreement, Coverage, Difference, agreement
from dcrelief.proof.articles import Document, read_document
from dcrelief.proof.document_files import load_document, save_facts
from dcrelief.proof.hard_facts import HardFact
from dcrelief.rules.model import Catalogue, Contact, Exemption, Measure, Step
from tests.examples import HERE, OTHER_DISTRICT, other_district, shipped

FACTS = HERE / "hard_facts.json"
LAYOUT = replace(shipped().policies[0].document, closing="")  # of texts that end with their last article
SOURCES = sorted((Path(__file__).parents[3] / "shared" / "source").glob("*.txt"))


@pytest.fixture(scope="module")
def facts() -> Document:
    return load_document(FACTS, shipped().policies[0].document)


def with_measure(measure: Measure) -> Catalogue:
    measures = tuple(measure if each.number == measure.number else each for each in shipped().measures)
    return replace(shipped(), measures=measures)


def with_contact(key: str, contact: Contact) -> Catalogue:
    return replace(shipped(), contacts={**shipped().contacts, key: contact})


def test_the_shipped_catalogue_says_what_the_document_says(facts: Document) -> None:
    found = agreement(shipped(), facts)
    assert found.whole, found.differences
    assert [coverage.measure for coverage in found.covered] == list(range(1, 43))
    assert all(coverage.of_article == coverage.of_measure for coverage in found.covered)
    assert found.covered[5] == Coverage(6, 29, 29)


@pytest.mark.skipif(not SOURCES, reason="the document is not part of the project; its facts, tested above, are")
def test_the_facts_are_those_of_the_document() -> None:
    document = load_document(SOURCES[0], shipped().policies[0].document)
    assert save_facts(document, shipped().policies[0].title) == FACTS.read_text(encoding="utf-8")
    assert agreement(shipped(), document).whole


def test_another_document_in_another_layout(tmp_path: Path) -> None:
    catalogue = other_district()
    document = load_document(OTHER_DISTRICT.with_name("document.txt"), catalogue.policies[0].document)
    found = agreement(catalogue, document)
    assert found.whole, found.differences
    assert [coverage.of_article for coverage in found.covered] == [16, 14, 14, 17, 10, 10, 10, 13, 6]
    spoiled = (
        ("times_at_most = 3", "times_at_most = 4", 1),
        ('each = "1000元"', 'each = "2000元"', 3),
        ("medium = 2020-04-01", "medium = 2020-04-02", 4),
        ("grace_months = 1", "grace_months = 2", 7),
    )
    text = OTHER_DISTRICT.read_text(encoding="utf-8")
    for old, new, number in spoiled:
        assert text.count(old) == 1
        (tmp_path / "measures.toml").write_text(text.replace(old, new), encoding="utf-8")
        for name in ("questions.toml", "size_standard.toml"):
            (tmp_path / name).write_bytes(OTHER_DISTRICT.with_name(name).read_bytes())
        found = agreement(load_catalogue(tmp_path / "measures.toml"), document)
        assert {difference.measure for difference in found.differences} == {number}


def test_what_one_side_lacks(facts: Document) -> None:
    measure = shipped().measure("7")
    changed = replace(measure, summary=measure.summary.replace("3个月", "30%"))
    routes = tuple(replace(r, window=replace(r.window, text=""), basis="", gain="") for r in changed.routes)
    assert agreement(with_measure(replace(changed, routes=routes)), facts).differences == (
        Difference(7, "only_document", "span", "3个月", (36,)),
        Difference(7, "only_catalogue", "share", "30%", (6, 15)),
    )


def test_what_is_in_quotation_marks_is_held_to_the_text() -> None:
    text = "1.提供“一站式”服务。(责任单位：区甲局)　　联系人：丁三　联系电话：64000004"
    document = read_document(text, LAYOUT)
    measure = replace(
        shipped().measure("40"), number=1, title="一站式", summary="“服务”和“没有的话”", units=("区甲局",)
    )
    measure = replace(measure, routes=())
    found = agreement(replace(shipped(), measures=(measure,)), document)
    assert [(each.side, each.kind, each.value) for each in found.differences] == [
        ("only_document", "desk", "丁三 64000004"),
        ("only_document", "phone", "64000004"),
        ("only_catalogue", "quoted", "没有的话"),
    ]


def test_what_the_document_has_in_quotation_marks_must_stand_in_the_measure() -> None:
    text = "1.提供“一站式”服务，收费30%。(责任单位：区甲局)　　联系人：丁三　联系电话：64000004"
    document = read_document(text, LAYOUT)
    stated = replace(shipped().measure("40"), number=1, title="服务", summary="一站式", units=("区甲局",), routes=())
    for summary, lacking in (("一站式，30%", set()), ("一站，30%", {"一站式"}), ("一站式", {"30%"})):
        measure = replace(stated, summary=summary)
        found = agreement(replace(shipped(), measures=(measure,)), document).differences
        assert {each.value for each in found if each.kind in ("quoted", "share")} == lacking, summary


def test_measures_that_one_side_lacks(facts: Document) -> None:
    fewer = replace(facts, articles=facts.articles[:41])
    assert agreement(shipped(), fewer).not_in_document == (42,)
    found = agreement(replace(shipped(), measures=shipped().measures[1:]), facts)
    assert found.not_in_catalogue == (1,)
    assert not found.whole


def test_a_desk_is_held_as_a_whole(facts: Document) -> None:
    contact = shipped().contacts["bian_nianyi"]
    swapped = replace(contact, phones=contact.phones[::-1])
    found = agreement(with_contact("bian_nianyi", swapped), facts)
    assert {each.kind for each in found.differences} == {"desk"}
    assert {each.measure for each in found.differences} == {33, 36}


def test_the_unit_of_a_desk(facts: Document) -> None:
    moved = replace(shipped().contacts["bian_nianyi"], unit="区民政局")
    sides = {
        (each.side, each.kind, each.value) for each in agreement(with_contact("bian_nianyi", moved), facts).differences
    }
    assert sides == {("only_catalogue", "answering", "区民政局")}
    stated = replace(shipped().contacts["song_dongfang"], unit="区教委")
    found = agreement(with_contact("song_dongfang", stated), facts)
    assert {each.kind for each in found.differences} == {"desk"}


def test_an_exception_is_one_with_a_reason_and_no_more(facts: Document) -> None:
    measure = shipped().measure("4")
    without = agreement(with_measure(replace(measure, exceptions=())), facts)
    assert {each.value for each in without.differences} == {"50%", "2月"}
    idle = (*measure.exceptions, Exemption("60%", "没有"))
    (difference,) = agreement(with_measure(replace(measure, exceptions=idle)), facts).differences
    assert (difference.side, difference.value) == ("unused_exception", "60%")


def test_a_fact_that_only_the_document_has_can_be_an_exception(facts: Document) -> None:
    article = replace(facts.articles[0], facts=facts.articles[0].facts | {HardFact("share", "7%")})
    document = replace(facts, articles=(article, *facts.articles[1:]))
    assert not agreement(shipped(), document).whole
    measure = replace(shipped().measure("1"), exceptions=(Exemption("7%", "与企业无关"),))
    assert agreement(with_measure(measure), document).whole


@pytest.mark.parametrize(
    ("start", "end", "kind", "value"),
    [
        (date(2020, 2, 6), None, "day", "2020-02-06"),
        (date(2020, 2, 13), date(2020, 5, 4), "day", "2020-05-04"),
        (date(2020, 2, 13), date(2020, 4, 30), "month", "4月底"),
        (date(2020, 2, 13), date(2021, 7, 31), "year", "2021年"),
    ],
)
def test_the_days_of_a_window(facts: Document, start: date, end: date | None, kind: str, value: str) -> None:
    measure = shipped().measure("35")
    first = measure.routes[0]
    route = replace(first, window=replace(first.window, start=start, end=end))
    found = agreement(with_measure(replace(measure, routes=(route, *measure.routes[1:]))), facts)
    assert (kind, value) in [(each.kind, each.value) for each in found.differences if each.side == "only_catalogue"]


@pytest.mark.parametrize(
    ("stated", "missing"), [("3月底", []), ("3月31日", []), ("2020年3月31日", []), ("4月", [("month", "3月底")])]
)
def test_the_last_day_as_the_text_has_it(stated: str, missing: list[tuple[str, str]]) -> None:
    assert in_catalogue_alone(f"1.缴费到{stated}前。(1)申请", "(1)") == missing


def test_a_step_that_the_text_has_not() -> None:
    assert in_catalogue_alone("1.缴费到3月底前。(1)申请", "(2)") == [("step", "(2)")]
    assert in_catalogue_alone("1.缴费到3月底前。（2）申请", "申请流程（2）") == []


def in_catalogue_alone(text: str, at: str) -> list[tuple[str, str]]:
    """What a measure of nothing but the days of 35's first route, and a step, has beyond an article."""
    (route,) = (route for route in shipped().measure("35").routes if route.key == "march")
    bare = replace(
        route,
        title="",
        gain="",
        begin="",
        ask_first="",
        basis="",
        notes=(),
        contacts=(),
        steps=(Step("", at),),
        window=replace(route.window, text=""),
    )
    measure = Measure(number=1, title="", summary="", units=(), routes=(bare,))
    found = agreement(replace(shipped(), measures=(measure,)), read_document(text, LAYOUT))
    return [(each.kind, each.value) for each in found.differences if each.side == "only_catalogue"]


# ---- numbers in their order ----------------------------------------------------------------------------------------


def spoiled_tier(**changed: object) -> Catalogue:
    """Measure 8 with another number in its second tier, 100万元 to 500万元 for which 10万元 is the most."""
    measure = shipped().measure("8")
    (route,) = measure.routes
    assert route.estimate is not None
    (formula,) = route.estimate.formulas
    first, second, third = formula.tiers
    formula = replace(formula, tiers=(first, replace(second, **changed), third))
    rule = replace(route.estimate, formulas=(formula,))
    return with_measure(replace(measure, routes=(replace(route, estimate=rule),)))


def test_a_tier_that_takes_the_amount_of_the_next(facts: Document) -> None:
    difference = Difference(8, "only_catalogue", "order", "200000元、1000000元、200000元、5000000元、200000元")
    assert agreement(spoiled_tier(sums=(0, 20_000_000)), facts).differences == (difference,)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("最高20万元；其中一项10万元，再一项30万元", False),
        ("20万元、30万元、10万元", False),
        ("10万元、20万元、20万元", False),
        ("10万元、30万元", True),
        ("三十万元以内的10万元", False),
        ("10万元，30%", True),
        ("20%的10万元、30%的20万元", True),
        ("30%的10万元、20%的20万元", False),
        ("3个工作日内，6个月", True),
        ("6个月、3个月", False),
    ],
)
def test_numbers_of_a_unit_are_held_in_order(said: str, held: bool) -> None:
    text = "1.按20%给10万元，按30%给20万元，最高30万元；3至6个月，3个工作日。"
    measure = Measure(number=1, title="", summary=said, units=(), routes=())
    catalogue = replace(shipped(), measures=(measure,))
    found = agreement(catalogue, read_document(text, LAYOUT)).differences
    assert not [each for each in found if each.side == "only_catalogue" and each.kind != "order"]
    assert [each.kind for each in found if each.side == "only_catalogue"] == ([] if held else ["order"])


@pytest.mark.parametrize(
    "text",
    [
        "1.研发费20万元至100万元的按5%，100万元至500万元的10万元，500万元以上的20万元。",
        "1.研发费500万元以上的20万元，100万元以上的10万元，20万元以上的5%。",
        "1.研发费20万元以上、不足100万元的按5%，不足500万元的10万元，500万元以上的20万元。",
    ],
)
def test_tiers_upwards_or_downwards(text: str) -> None:
    (route,) = shipped().measure("8").routes
    bare = replace(route, basis="", notes=(), when=route.audience)
    document = read_document(text, LAYOUT)
    measure = Measure(number=1, title="", summary="", units=(), routes=(bare,))
    found = agreement(replace(shipped(), measures=(measure,)), document).differences
    assert [each for each in found if each.kind == "order"] == []


def test_an_order_of_our_own_can_be_an_exception(facts: Document) -> None:
    measure = replace(shipped().measure("6"), summary="50%—30%")
    orders = [each.value for each in agreement(with_measure(measure), facts).differences if each.kind == "order"]
    assert orders == ["50%、30%"]
    excepted = replace(measure, exceptions=(Exemption("50%、30%", "先说多的"),))
    kinds = {each.kind for each in agreement(with_measure(excepted), facts).differences}
    assert not kinds & {"order", "exception"}


# ---- damaged numbers -----------------------------------------------------------------------------------------------


def of_text(text: str, *summaries: str) -> Agreement:
    """A catalogue of measures that have nothing but a summary, and a text."""
    measures = tuple(
        Measure(number=number, title="", summary=summary, units=(), routes=())
        for number, summary in enumerate(summaries, 1)
    )
    return agreement(replace(shipped(), measures=measures), read_document(text, LAYOUT))


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("1.给1元。\n2.给2元。\nS.给3元。\n4.给4元。", (3,)),
        ("1.给1元。\n2.给2元。\n给3元。\n4.给4元。", (3,)),
        ("1.给1元。\n2.给2元。\n4.给3元。\n4.给4元。", (3,)),
        ("1.给1元。\n给2元。\n给3元。\n4.给4元。", (2, 3)),
        ("给1元。\n2.给2元。\n3.给3元。\n4.给4元。", (1,)),
    ],
)
def test_a_damaged_number_costs_its_measure_alone(text: str, lost: tuple[int, ...]) -> None:
    summaries = [f"{number}元" for number in range(1, 5)]
    found = of_text(text, *summaries)
    assert (found.lost, found.differences, found.not_in_document) == (lost, (), ())
    assert not found.whole
    assert [coverage.measure for coverage in found.covered] == [number for number in range(1, 5) if number not in lost]
    assert {(coverage.of_article, coverage.of_measure) for coverage in found.covered} == {(1, 1)}
    assert [each.measure for each in of_text(text, *summaries[:3], "5元").differences] == [4, 4]


def test_a_damaged_last_number_is_not_in_the_document() -> None:
    found = of_text("1.给1元。\n2.给2元。\n？给3元。", "1元", "2元", "3元")
    assert (found.lost, found.differences, found.not_in_document) == ((), (), (3,))


# ---- units and desks -----------------------------------------------------------------------------------------------


def test_units_of_the_catalogue_are_parted_like_those_of_the_document() -> None:
    document = read_document("1.甲。(责任单位：各市、县(市、区)政府，区甲局等)", LAYOUT)
    measure = Measure(number=1, title="", summary="", units=("各市、县（市、区）政府", "区甲局"), routes=())
    assert agreement(replace(shipped(), measures=(measure,)), document).whole


def test_older_forms_of_letters_are_no_difference() -> None:
    assert of_text("1.“疫情後”办理《馀额表》。", "“疫情后”办《余额表》").whole


def test_without_a_label_of_units_the_text_says_nothing_of_them() -> None:
    policy = replace(shipped().policies[0], document=replace(LAYOUT, units=()))
    measure = Measure(number=1, title="", summary="甲。", units=("省甲厅",), routes=())
    catalogue = replace(shipped(), measures=(measure,))
    document = read_document("1.甲。", policy.document)
    assert [each.kind for each in agreement(catalogue, document).differences] == ["responsible"]
    assert agreement(replace(catalogue, policies=(policy,)), document).whole


def test_people_named_with_their_unit_and_without(facts: Document) -> None:
    """5 names 张苒 alone, 6 with 区发改委 in brackets; where a number is damaged, both stand in one article."""
    five, six = facts.articles[4:6]
    both = replace(five, desks=(*five.desks, *six.desks), facts=five.facts | six.facts, numbers=six.numbers)
    articles = tuple(both if each is five else each for each in facts.articles if each is not six)
    found = agreement(shipped(), replace(facts, articles=articles, lost=(6,)))
    assert (found.lost, found.differences) == ((6,), ())
