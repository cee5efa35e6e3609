"""Amounts and formulas in words."""

from fractions import Fraction

import pytest

from dcrelief.report.amounts import formula, interval
from dcrelief.rules.estimates import EstimateRule, Interval, Tier
from dcrelief.rules.facts import UNKNOWN
from tests.examples import route, shipped

WORDS = shipped().words
WAN = 1_000_000


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Interval(36 * WAN, 50 * WAN), "36万元至50万元"),
        (Interval(0, 10 * WAN), "不超过 10万元"),
        (Interval(420_050, 420_050), "4,200.5元"),
        (Interval(0, 0), "0元"),
        (Interval(WAN, None), "至少 1万元"),
        (Interval(0, None), "没有填金额，算不出"),
    ],
)
def test_an_interval(amount: Interval, text: str) -> None:
    assert interval(WORDS, amount) == text


@pytest.mark.parametrize(
    ("route_id", "base", "text"),
    [
        ("6.building", 120 * WAN, "减免的房租 120万元 × 30%—50% = 36万元至60万元，最高 50万元"),
        ("6.building", 60 * WAN, "减免的房租 60万元 × 30%—50% = 18万元至30万元"),
        ("8.rd_grant", 50 * WAN, "减免的房租 50万元 × 5% = 2.5万元"),
        ("8.rd_grant", 260 * WAN, "减免的房租 260万元，按档不超过 10万元"),
    ],
)
def test_the_formula_of_an_amount(route_id: str, base: int, text: str) -> None:
    rule = route(route_id).estimate
    assert rule is not None
    amount = rule.interval(base)
    assert amount is not None
    assert formula(WORDS, rule, "减免的房租", base, amount) == text


def test_an_unknown_base_asks_for_it() -> None:
    rule = EstimateRule("x", (Tier(rates=(Fraction(1, 5), Fraction(1, 5))),))
    assert formula(WORDS, rule, "奖励额", UNKNOWN, Interval(0, None)) == "没有填“奖励额”，填了能算得更准"
