"""Amounts and formulas in words."""

from fractions import Fraction

import pytest

from dcrelief.report.amounts import formula, interval
from dcrelief.rules.estimates import EstimateRule, Interval, Tier
from dcrelief.rules.facts import Answers, Value
from dcrelief.rules.reasons import Explainer
from tests.examples import route, shipped

WORDS = shipped().words
EXPLAINER = Explainer(shipped().facts, WORDS)
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
        ("6.building", 120 * WAN, "{label} 120万元 × 30%—50% = 36万元至60万元，最高 50万元"),
        ("6.building", 60 * WAN, "{label} 60万元 × 30%—50% = 18万元至30万元"),
        ("8.rd_grant", 50 * WAN, "{label} 50万元 × 5% = 2.5万元"),
        ("8.rd_grant", 260 * WAN, "{label} 260万元，按档不超过 10万元"),
    ],
)
def test_the_formula_of_an_amount(route_id: str, base: int, text: str) -> None:
    rule = route(route_id).estimate
    assert rule is not None
    answers = Answers({rule.base: base})
    amount = rule.amount(answers)
    assert amount is not None
    assert formula(EXPLAINER, rule, answers, amount) == text.format(label=shipped().fact_label(rule.base))


def test_an_unknown_base_asks_for_it() -> None:
    rule = route("13.toudai").estimate
    assert rule is not None
    assert formula(EXPLAINER, rule, Answers(), Interval(0, None)).startswith("没有填“")


MONTHLY = EstimateRule("revenue", (Tier(rates=(Fraction(3, 10), Fraction(3, 10))),), 2 * WAN, "employees", 3)
A_HEAD = EstimateRule("employees", (Tier(rates=(Fraction(100_000), Fraction(100_000))),), 10 * WAN, a_head=True)


@pytest.mark.parametrize(
    ("rule", "answers", "text"),
    [
        (
            MONTHLY,
            {"revenue": WAN, "employees": 2},
            "{revenue} 1万元 × {employees} 2 人（最多算 3 人） × 30% = 6,000元",
        ),
        (
            MONTHLY,
            {"revenue": 5 * WAN, "employees": 9},
            "{revenue} 5万元 × {employees} 9 人（最多算 3 人） × 30% = 4.5万元，最高 2万元",
        ),
        (MONTHLY, {"revenue": WAN}, "没有填“{employees}”，填了能算得更准"),
        (A_HEAD, {"employees": 8}, "{employees} 8 人 × 1,000元 = 8,000元"),
        (A_HEAD, {"employees": 120}, "{employees} 120 人 × 1,000元 = 12万元，最高 10万元"),
    ],
)
def test_times_and_heads(rule: EstimateRule, answers: dict[str, Value], text: str) -> None:
    amount = rule.amount(Answers(answers))
    assert amount is not None
    labels = {fact.id: fact.label for fact in shipped().facts.values()}
    assert formula(EXPLAINER, rule, Answers(answers), amount) == text.format(**labels)
