"""Amounts and formulas in words."""

from fractions import Fraction

import pytest

from dcrelief.report.amounts import formula, interval
from dcrelief.rules.assessment import situation
from dcrelief.rules.conditions import Leaf
from dcrelief.rules.criteria import IsYes
from dcrelief.rules.estimates import EstimateRule, Formula, Interval, Raise, Tier
from dcrelief.rules.facts import Answers, Fact, Value
from dcrelief.rules.reasons import Explainer
from tests.examples import AS_OF, route, shipped

WORDS = shipped().words
EXPLAINER = Explainer({**shipped().facts, "affected": Fact("affected", "yes_no", "affected")}, WORDS)
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
    fact = rule.formulas[0].base
    on = situation(shipped(), Answers({fact: base}), AS_OF)
    amount = rule.amount(on)
    assert amount is not None
    assert formula(EXPLAINER, rule, on, amount) == text.format(label=shipped().fact_label(fact))


def test_an_unknown_base_asks_for_it() -> None:
    rule = route("13.toudai").estimate
    assert rule is not None
    assert formula(EXPLAINER, rule, situation(shipped(), Answers(), AS_OF), Interval(0, None)).startswith("没有填“")


MONTHLY = EstimateRule(
    (Formula("revenue", (Tier(rates=(Fraction(3, 10), Fraction(3, 10))),), None, "employees", 3),), 2 * WAN
)
A_HEAD = EstimateRule(
    (Formula("employees", (Tier(rates=(Fraction(100_000), Fraction(100_000))),), a_head=True),), 10 * WAN
)
FIXED = EstimateRule((Formula("", (Tier(sums=(WAN, WAN)),)),))
AT_MOST = EstimateRule((Formula("", (Tier(sums=(0, 200 * WAN)),)),))
RAISED = Formula(
    "revenue",
    (Tier(rates=(Fraction(1, 100), Fraction(1, 100))),),
    raised=Raise(Fraction(1, 50), Leaf("affected", IsYes())),
)
PARTS = EstimateRule(
    (Formula("revenue", (Tier(rates=(Fraction(1, 2), Fraction(1, 2))),), cap=3 * WAN), *A_HEAD.formulas), 5 * WAN
)
USED = EstimateRule(AT_MOST.formulas, 100 * WAN, "rd_expense")


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
        (FIXED, {}, "文件写明1万元"),
        (AT_MOST, {}, "文件写明不超过 200万元"),
        (EstimateRule((RAISED,)), {"revenue": WAN, "affected": True}, "{revenue} 1万元 × 3% = 300元"),
        (EstimateRule((RAISED,)), {"revenue": WAN, "affected": False}, "{revenue} 1万元 × 1% = 100元"),
        (EstimateRule((RAISED,)), {"revenue": WAN}, "没有填“affected”，填了能算得更准"),
        (
            PARTS,
            {"revenue": 4 * WAN, "employees": 10},
            "{revenue} 4万元 × 50% = 2万元；{employees} 10 人 × 1,000元 = 1万元，合计 3万元",
        ),
        (
            PARTS,
            {"revenue": 8 * WAN, "employees": 30},
            "{revenue} 8万元 × 50% = 4万元，最高 3万元；{employees} 30 人 × 1,000元 = 3万元，合计 6万元，最高 5万元",
        ),
        (USED, {"rd_expense": 70 * WAN}, "文件写明不超过 200万元，最高 100万元，已经拿过 70万元"),
        (USED, {"rd_expense": 0}, "文件写明不超过 200万元，最高 100万元"),
    ],
)
def test_times_and_heads(rule: EstimateRule, answers: dict[str, Value], text: str) -> None:
    on = situation(shipped(), Answers(answers), AS_OF)
    amount = rule.amount(on)
    assert amount is not None
    labels = {fact.id: fact.label for fact in EXPLAINER.facts.values()}
    assert formula(EXPLAINER, rule, on, amount) == text.format(**labels)
