"""Reasons in words: made from the label, the value, what is asked and the distance."""

from datetime import date

import pytest

from dcrelief.rules.conditions import Condition, Leaf, Situation, SizeAtMost
from dcrelief.rules.criteria import Bounds, OneOf, WithinYears
from dcrelief.rules.facts import UNKNOWN, Answers, Month, Value
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.size import SizeClass
from dcrelief.rules.windows import InTime, Window
from tests.examples import AS_OF, answers, route, shipped

EXPLAINER = Explainer(shipped().facts, shipped().words)
STANDARD = shipped().size_standard
ANY_KIND = Leaf("kind", OneOf(tuple(choice.key for choice in shipped().facts["kind"].choices)))


def reasons(condition: Condition, given: Answers, as_of: date = AS_OF) -> list[str]:
    on = Situation(given, as_of, STANDARD)
    return [EXPLAINER.reason(term, on).text for term in condition.terms(on)]


@pytest.mark.parametrize(
    ("condition", "given", "text"),
    [
        (
            Leaf("employees", Bounds(at_most=100)),
            {"employees": 108},
            "从业人员：108 人（要求：不超过 100 人），超出 8 人",
        ),
        (Leaf("employees", Bounds(at_most=100)), {"employees": 100}, "从业人员：100 人（要求：不超过 100 人）"),
        (Leaf("employees", Bounds(below=100)), {"employees": 100}, "从业人员：100 人（要求：少于 100 人）"),
        (Leaf("employees", Bounds(above=5)), {"employees": 3}, "从业人员：3 人（要求：多于 5 人），还差 2 人"),
        (Leaf("revenue", Bounds(at_least=2_000_000)), {}, "营业收入：还没有回答（要求：不少于 2万元）"),
        (Leaf("revenue", Bounds(at_least=2_000_000)), {"revenue": UNKNOWN}, "营业收入：不清楚（要求：不少于 2万元）"),
        (
            Leaf("founded", WithinYears(5)),
            {"founded": date(2015, 2, 19)},
            "成立日期：2015-02-19（要求：成立 5 年（含）以内，即 2015-02-20 或之后），早了 1 天",
        ),
        (
            Leaf("founded", WithinYears(5)),
            {"founded": date(2015, 2, 21)},
            "成立日期：2015-02-21（要求：成立 5 年（含）以内，即 2015-02-20 或之后）",
        ),
    ],
)
def test_a_number_or_a_date(condition: Condition, given: dict[str, Value], text: str) -> None:
    assert reasons(condition, Answers(given)) == [text]


def test_a_month() -> None:
    condition = Leaf("founded", WithinYears(5))
    assert reasons(condition, Answers({"founded": Month(2015, 1)}))[0].endswith("，早了 20 天")
    assert reasons(condition, Answers({"founded": Month(2015, 2)}))[0].startswith("成立日期：2015-02（要求：")


def test_a_yes_or_no_a_choice_and_several() -> None:
    given = answers(tax_difficulty=True, impact="none", kind="enterprise")
    assert reasons(route("7.defer_tax").when, given)[1:] == [
        "受疫情影响：没有影响（要求：受影响或影响较大或严重）",
        "经营困难，纳税申报有困难：是",
    ]
    assert reasons(ANY_KIND, given) == ["身份：企业"]
    landlord = answers(carrier=["building", "incubator"], rent_cut_sme="不清楚")
    assert reasons(route("6.culture_park").when, landlord) == [
        "经营的楼宇或载体：商务楼宇、科技企业孵化器（要求：文化产业园）",
        "疫情期间为承租的中小微企业减免租金：不清楚",
    ]
    assert "都没有" in reasons(route("6.culture_park").when, answers(carrier=[]))[0]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"industry": "catering", "employees": 8}, "企业规模：微型（要求：小型或更小）"),
        (
            {"industry": "catering", "employees": 120},
            "企业规模：可能是微型或小型或中型（要求：小型或更小），要看营业收入",
        ),
        (
            {"industry": "catering", "employees": 120, "revenue": "2500万"},
            "企业规模：中型（要求：小型或更小），"
            "从业人员须低于 100 人（现超出 20 人）或营业收入须低于 2,000万元（现超出 500万元）",
        ),
        ({"industry": "finance", "finance_size": "large"}, "企业规模：大型（要求：小型或更小）"),
    ],
)
def test_the_size_class(given: dict[str, object], text: str) -> None:
    assert reasons(SizeAtMost(SizeClass.SMALL, STANDARD), answers(**given)) == [text]


def test_a_class_that_every_row_agrees_on_without_the_industry_has_no_distance() -> None:
    huge = answers(employees=10**6, revenue="1万亿", assets="1万亿", finance_size="large", industry="不清楚")
    assert reasons(SizeAtMost(SizeClass.SMALL, STANDARD), huge) == ["企业规模：大型（要求：小型或更小）"]


def test_a_window() -> None:
    over = InTime(Window(date(2020, 2, 13), date(2020, 3, 31)))
    assert reasons(over, Answers(), date(2020, 4, 10)) == ["已于 2020-03-31 截止，过了 10 天"]
    assert reasons(over, Answers(), date(2020, 2, 10)) == ["2020-02-13 起才能办，还没开始"]
    counted = InTime(Window(month_after="contract_reached", days=90))
    assert reasons(counted, Answers()) == ["合同满半年或一年的日子：不清楚，办理期限算不出"]
    assert reasons(counted, answers(contract_reached="2020-02-03")) == ["2020-03-01 起才能办，还没开始"]


def test_a_window_that_starts_by_size() -> None:
    days = (date(2020, 2, 14), date(2020, 2, 14), date(2020, 3, 1), date(2020, 4, 1))
    by_size = InTime(Window(days[0], starts=days, standard=STANDARD))
    assert reasons(by_size, Answers(), days[0]) == ["从哪天起能办看企业规模，最早 2020-02-14"]
    medium_or_large = answers(industry="real_estate", revenue="1亿", assets="5000万")
    assert reasons(by_size, medium_or_large, days[0]) == ["2020-03-01 起才能办，还没开始"]


def size_reasons(**given: object) -> list[str]:
    on = Situation(answers(**given), AS_OF, STANDARD)
    return [reason.text for reason in EXPLAINER.size(STANDARD, on)]


def test_why_a_business_has_its_size() -> None:
    assert size_reasons(industry="catering", employees=8) == [
        "按工信部联企业〔2011〕300号“餐饮业”划型，要达到一型，下限须全部达到",
        "从业人员 8 人：微型（下限：小型 10 人、中型 100 人、大型 300 人）",
        "营业收入：不清楚（下限：小型 100万元、中型 2,000万元、大型 1亿元）",
    ]
    assert size_reasons() == ["行业不清楚，划型待确认"]
    assert size_reasons(industry="finance")[-1] == STANDARD.notes["own_fact"]
    assert size_reasons(industry="education", employees=8)[-1] == STANDARD.notes["by_reference"]


def test_what_a_route_asks_of_anyone() -> None:
    assert EXPLAINER.describe(route("8.rd_grant").when) == (
        "是中关村高新技术企业，或注册在示范区内的国高新企业",
        "从业人员：不超过 100 人",
        "成立日期：5 年（含）以内",
        "营业收入：不超过 1,000万元",
        "上一年度研发费用：不少于 20万元",
    )
    assert EXPLAINER.describe(ANY_KIND) == ("身份：不限",)
    reward = EXPLAINER.describe(route("11.reward").when)
    assert reward[0].startswith("以下之一：保障群众生活必需的商业企业（含门店、社区小店）；或百货")
    assert reward[1] == "不能是：已享受市级的保供或防疫物资奖励"
    assert "企业规模：中型或更小" in EXPLAINER.describe(route("1.stop").when)
