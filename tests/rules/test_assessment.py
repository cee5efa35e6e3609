"""The gates; near misses; the order of the report; the totals."""

from collections.abc import Mapping
from datetime import date
from itertools import product

import pytest
from msgspec.structs import replace

from dcrelief.rules.assessment import FITS, OUTCOMES, Verdict, assess, outcome_of
from dcrelief.rules.estimates import Interval, Support
from dcrelief.rules.facts import Answers
from dcrelief.rules.size import SizeClass
from dcrelief.rules.truth import Truth
from tests.examples import AS_OF, answers, sample, shipped

WAN = 1_000_000
NO, UNKNOWN, YES = Truth


def verdict(route_id: str, given: Answers, as_of: date = AS_OF) -> Verdict:
    assessed = assess(shipped(), given, as_of)
    return next(verdict for verdict in assessed.verdicts if verdict.route.id == route_id)


@pytest.mark.parametrize(
    ("gates", "outcome"),
    [
        ((YES, YES, YES), "eligible"),
        ((YES, YES, NO), "not_eligible"),
        ((YES, NO, YES), "not_for_you"),
        ((NO, YES, YES), "not_eligible"),
        ((NO, UNKNOWN, UNKNOWN), "not_eligible"),
        ((YES, NO, UNKNOWN), "not_for_you"),
        ((YES, YES, UNKNOWN), "needs_info"),
        ((YES, UNKNOWN, NO), "not_eligible"),
        ((UNKNOWN, YES, NO), "not_eligible"),
        ((UNKNOWN, YES, YES), "needs_info"),
        ((UNKNOWN, NO, YES), "not_for_you"),
        ((UNKNOWN, UNKNOWN, NO), "not_eligible"),
        ((UNKNOWN, NO, UNKNOWN), "not_for_you"),
        ((NO, NO, UNKNOWN), "not_eligible"),
    ],
)
def test_the_gates(gates: tuple[Truth, Truth, Truth], outcome: str) -> None:
    assert outcome_of(*gates) == outcome


@pytest.mark.parametrize("gates", list(product(Truth, repeat=3)))
def test_whether_it_fits_is_settled_when_no_answer_can_change_it(gates: tuple[Truth, Truth, Truth]) -> None:
    ways = product(*((YES, NO) if gate is UNKNOWN else (gate,) for gate in gates))
    answered = {FITS[outcome_of(*way)] for way in ways}
    assert FITS[outcome_of(*gates)] == (answered.pop() if len(answered) == 1 else UNKNOWN)


HIGH_TECH: Mapping[str, object] = {
    "in_dongcheng": True,
    "kind": "enterprise",
    "industry": "software",
    "zgc_hightech": True,
    "employees": 60,
    "founded": date(2016, 5, 1),
    "revenue": "800万",
    "rd_expense": "260万",
}


@pytest.mark.parametrize(
    ("changed", "near_miss"),
    [
        ({}, ""),
        ({"employees": 108}, "超出 8 人"),
        ({"revenue": "1000.5万"}, "超出 5,000元"),
        ({"rd_expense": "19万"}, "还差 1万元"),
        ({"founded": date(2015, 2, 1)}, "早了 19 天"),
        ({"employees": 108, "rd_expense": "19万"}, ""),
        ({"employees": 108, "founded": "不清楚"}, ""),
        ({"zgc_hightech": False}, ""),
        ({"kind": "institution", "employees": 108}, ""),
    ],
)
def test_a_near_miss_is_one_number_short(changed: Mapping[str, object], near_miss: str) -> None:
    assert verdict("8.rd_grant", answers(**{**HIGH_TECH, **changed})).near_miss == near_miss


def test_a_size_class_missed_tells_how_far_each_number_is() -> None:
    found = verdict(
        "9.volunteer_lawyer",
        answers(in_dongcheng=True, kind="enterprise", industry="catering", employees=320, revenue="1.2亿"),
    )
    assert found.near_miss == "从业人员须低于 300 人（现超出 20 人）或营业收入须低于 1亿元（现超出 2,000万元）"


def test_a_route_past_its_last_day_does_not_fit_and_says_since_when() -> None:
    given = answers(in_dongcheng=True, kind="government", impact="some", missed_si=True)
    late = verdict("35.march", given, date(2020, 4, 2))
    assert late.outcome == "not_eligible"
    assert late.open is False
    assert late.near_miss == ""
    assert "已于 2020-03-31 截止，过了 2 天" in [reason.text for reason in late.reasons]


def test_before_its_first_day_nothing_fits_and_says_from_when() -> None:
    early = assess(shipped(), sample(), date(2020, 2, 12))
    assert {verdict.route.id for verdict in early.with_outcome("eligible")} == {"1.stop"}
    (automatic,) = (verdict for verdict in early.verdicts if verdict.route.id == "3.automatic")
    assert automatic.outcome == "not_eligible"
    assert [reason.text for reason in automatic.reasons if reason.truth is NO] == ["2020-02-13 起才能办，还没开始"]
    assert early.totals.keys() == {"fees_not_paid"}


def test_long_after_the_document_an_open_ended_window_is_unconfirmed() -> None:
    given = answers(in_dongcheng=True, kind="enterprise")
    assert verdict("20.platform", given).open is True
    assert verdict("20.platform", given, date(2020, 7, 31)).open is True
    assert verdict("20.platform", given, date(2026, 11, 24)).open is None


def test_a_route_that_may_fit_is_worth_what_its_base_gives() -> None:
    base = {"in_dongcheng": True, "kind": "enterprise", "toudai_amount": "50万"}
    assert verdict("13.toudai", answers(**base, toudai_award=True)).amount == Interval(10 * WAN, 10 * WAN)
    assert verdict("13.toudai", answers(**base)).amount == Interval(10 * WAN, 10 * WAN)
    assert verdict("13.toudai", answers(**base, toudai_award=False)).amount is None
    waiting = {**HIGH_TECH, "founded": "不清楚"}
    assert verdict("8.rd_grant", answers(**{**waiting, "rd_expense": "20万"})).amount == Interval(WAN, WAN)
    assert verdict("8.rd_grant", answers(**{**waiting, "rd_expense": "不清楚"})).amount == Interval(0, 20 * WAN)


LANDLORD: Mapping[str, object] = {
    "in_dongcheng": True,
    "kind": "enterprise",
    "industry": "catering",
    "employees": 8,
    "impact": "severe",
    "carrier": ["building"],
    "rent_cut_sme": True,
    "rent_cut_in_direction": True,
    "city_rent_subsidy": False,
    "rent_forgone": "120万",
    "inspection_fee_payer": True,
    "city_inspection": False,
    "inspection_fee": "4200",
    "social_insurance_due": "2万",
}


def test_totals_keep_kinds_apart_and_take_only_what_fits() -> None:
    assert assess(shipped(), answers(**LANDLORD), AS_OF).totals == {
        "money_received": Interval(36 * WAN, 50 * WAN),
        "fees_not_paid": Interval(420_000, 420_000),
        "payments_put_off": Interval(2 * WAN, 2 * WAN),
    }


def test_who_has_taken_the_citys_support_does_not_get_the_districts() -> None:
    taken = answers(**{**LANDLORD, "city_rent_subsidy": True})
    assert verdict("6.building", taken).outcome == "not_eligible"
    assert "money_received" not in assess(shipped(), taken, AS_OF).totals


def test_the_same_support_at_two_levels_is_counted_once() -> None:
    """A catalogue that also has a city measure for the same rent: the better of the two is counted."""
    catalogue = shipped()
    district = next(measure for measure in catalogue.measures if measure.number == 6)
    rule = district.routes[0].estimate
    assert rule is not None
    city_route = replace(
        district.routes[0], measure="99", support=Support("rent_subsidy", "city"), estimate=replace(rule, cap=60 * WAN)
    )
    city = replace(district, number=99, routes=(city_route,))
    both = replace(catalogue, measures=(city, *catalogue.measures))
    assessed = assess(both, answers(**LANDLORD), AS_OF)
    assert assessed.totals["money_received"] == Interval(36 * WAN, 60 * WAN)
    left_out = {verdict.route.id: verdict.left_out_for for verdict in assessed.verdicts if verdict.left_out_for}
    assert left_out == {"6.building": "99.building"}


def test_the_report_order() -> None:
    """Fitting first, money first in it, then the larger amount, the nearer deadline, the document's order."""
    given = answers(**{**LANDLORD, "toudai_award": True, "toudai_amount": "500万", "fangzutong_award": True})
    verdicts = assess(shipped(), given, AS_OF).verdicts
    outcomes = [OUTCOMES.index(verdict.outcome) for verdict in verdicts]
    assert outcomes == sorted(outcomes)
    fitting = [verdict.route.id for verdict in verdicts if verdict.outcome == "eligible"]
    assert fitting[:9] == [
        "13.fangzutong",  # its amount is not known: it may be anything
        "13.toudai",
        "6.building",
        "32.unemployment_refund",
        "32.social_insurance_subsidy",
        "32.training",
        "1.stop",
        "35.july",
        "17.apply",
    ]


def test_the_size_of_the_assessment() -> None:
    assessed = assess(shipped(), answers(industry="catering"), AS_OF)
    assert assessed.size.size_class is None
    assert set(assessed.size.missing) == {"employees", "revenue"}
    assert assess(shipped(), answers(industry="catering", employees=8), AS_OF).size.size_class is SizeClass.MICRO


@pytest.mark.parametrize("kind", ["enterprise", "sole_trader"])
def test_enterprises_and_sole_traders_have_a_size(kind: str) -> None:
    size = assess(shipped(), answers(kind=kind, industry="catering", employees=8), AS_OF).size
    assert (size.classified, size.size_class) == (True, SizeClass.MICRO)
    assert shipped().classified.facts() == ("kind",)


@pytest.mark.parametrize("kind", ["institution", "government", "flexible", "resident"])
def test_who_is_no_enterprise_has_no_size(kind: str) -> None:
    size = assess(shipped(), answers(kind=kind, industry="health", employees=8), AS_OF).size
    assert (size.classified, size.size_class, size.missing) == (False, None, ())
    assert [reason.text for reason in size.reasons] == [
        "300号划分的是企业，个体工商户参照；事业单位、社会组织、机关和个人不划型。"
    ]


def test_a_business_outside_the_district_fits_nothing() -> None:
    assessed = assess(shipped(), answers(in_dongcheng=False), AS_OF)
    assert set(assessed.in_scope.values()) == {NO}
    assert {v.outcome for v in assessed.verdicts if v.route.action != "none"} == {"not_eligible"}
