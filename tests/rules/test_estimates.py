"""Intervals at every tier bound, caps, unknown bases; totals that keep kinds apart and count support once."""

from fractions import Fraction
from itertools import permutations

import pytest

from dcrelief.rules.estimates import Counted, EstimateRule, Interval, Support, Tier, choose, total, totals
from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.money import read_money
from tests.examples import route, shipped

WAN = 1_000_000  # 万元 in fen


def rule(route_id: str) -> EstimateRule:
    estimate = route(route_id).estimate
    assert estimate is not None
    return estimate


@pytest.mark.parametrize(
    ("route_id", "base", "least", "most"),
    [
        ("6.building", "120万", "36万", "50万"),
        ("6.building", "200万", "50万", "50万"),
        ("6.building", "60万", "18万", "30万"),
        ("6.building", "100万", "30万", "50万"),
        ("6.building", "0", "0", "0"),
        ("8.rd_grant", "20万", "1万", "1万"),
        ("8.rd_grant", "999999.99", "5万", "5万"),
        ("8.rd_grant", "100万", "0", "10万"),
        ("8.rd_grant", "4999999.99", "0", "10万"),
        ("8.rd_grant", "500万", "0", "20万"),
        ("8.rd_grant", "1亿", "0", "20万"),
        ("13.toudai", "50万", "10万", "10万"),
        ("13.fangzutong", "12万", "2.4万", "2.4万"),
        ("1.stop", "4200", "4200", "4200"),
        ("2.extension", "1.2万", "1.2万", "1.2万"),
        ("2.new", "0.03", "0.03", "0.03"),
        ("4.production", "8万", "8万", "8万"),
        ("4.office", "8万", "4万", "4万"),
        ("4.office", "0.01", "0.01", "0.01"),
        ("7.defer_tax", "3万", "3万", "3万"),
        ("35.july", "2.4万", "2.4万", "2.4万"),
    ],
)
def test_the_amounts_of_the_document(route_id: str, base: str, least: str, most: str) -> None:
    in_fen = [read_money(amount, shipped().tokens) for amount in (base, least, most)]
    assert rule(route_id).interval(in_fen[0] or 0) == Interval(in_fen[1] or 0, in_fen[2])


@pytest.mark.parametrize(
    ("route_id", "interval"),
    [("6.building", Interval(0, 50 * WAN)), ("8.rd_grant", Interval(0, 20 * WAN)), ("13.toudai", Interval(0, None))],
)
def test_an_unknown_base_widens_the_interval(route_id: str, interval: Interval) -> None:
    assert rule(route_id).interval(UNKNOWN) == interval


def test_a_base_below_the_first_tier_has_no_amount() -> None:
    assert rule("8.rd_grant").interval(20 * WAN - 1) is None


def test_rounding_is_half_up_to_a_fen() -> None:
    fifth = EstimateRule("x", (Tier(rates=(Fraction(1, 20), Fraction(1, 20))),))
    assert fifth.interval(10) == Interval(1, 1)
    assert fifth.interval(9) == Interval(0, 0)


def test_a_closed_tier_bounds_an_unknown_base() -> None:
    closed = EstimateRule("x", (Tier(start=100, below=201, rates=(Fraction(1, 10), Fraction(1, 2))),))
    assert closed.interval(UNKNOWN) == Interval(0, 100)  # the base may lie below the tier
    without_end = EstimateRule("x", (Tier(start=100, rates=(Fraction(1, 10), Fraction(1, 2))),))
    assert without_end.interval(UNKNOWN) == Interval(0, None)


def test_tiers_are_shares_not_money_a_head() -> None:
    assert not rule("8.rd_grant").a_head


def test_only_these_routes_have_a_formula() -> None:
    """A formula where the document gives none would be an invented amount."""
    from tests.examples import shipped

    formulas = {route_.id for route_ in shipped().routes() if route_.estimate}
    assert formulas == {
        "1.stop", "2.extension", "2.new", "4.production", "4.office", "6.building", "7.defer_tax", "8.rd_grant",
        "13.toudai", "13.fangzutong", "35.july",
    }  # fmt: skip


CITY = Counted("city", "money_received", Interval(30, 30), Support("rent", "city"))
DISTRICT_1 = Counted("district_1", "money_received", Interval(10, 20), Support("rent", "district"))
DISTRICT_2 = Counted("district_2", "money_received", Interval(10, 20), Support("rent", "district"))
OTHER = Counted("other", "money_received", Interval(5, 5), Support("fee", "city"))
PLAIN = Counted("plain", "fees_not_paid", Interval(7, None))


@pytest.mark.parametrize("order", list(permutations([CITY, DISTRICT_1, DISTRICT_2, OTHER, PLAIN])))
def test_the_same_support_counts_at_the_better_level_in_whatever_order(order: tuple[Counted, ...]) -> None:
    assert choose(order).left_out == {"district_1": "city", "district_2": "city"}
    assert totals(order) == {
        "money_received": Interval(35, 45),
        "fees_not_paid": Interval(7, None),
    }  # the district: up to 40


def test_support_at_one_level_only_is_all_counted() -> None:
    assert choose([DISTRICT_1, DISTRICT_2]).left_out == {}
    assert totals([DISTRICT_1, DISTRICT_2]) == {"money_received": Interval(20, 40)}


def test_no_limit_is_better_than_any_limit_when_as_much_is_sure() -> None:
    unlimited = Counted("u", "money_received", Interval(10, None), Support("rent", "city"))
    assert choose([unlimited, DISTRICT_1]).left_out == {"district_1": "u"}


def test_the_sum_of_nothing() -> None:
    assert total([]) == Interval(0, 0)
    assert totals([]) == {}


@pytest.mark.parametrize("base", [0, 1, 10**15])
def test_a_cap_is_never_passed(base: Value) -> None:
    interval = rule("6.building").interval(base)
    assert interval is not None
    assert interval.most is not None
    assert interval.least <= interval.most <= 50 * WAN


MONTHLY = EstimateRule("rent", (Tier(rates=(Fraction(3, 10), Fraction(1, 2))),), 2 * WAN, "months", 3)


@pytest.mark.parametrize(
    ("rent", "months", "least", "most"),
    [
        (10_000, 2, 6_000, 10_000),
        (10_000, 0, 0, 0),
        (10_000, 7, 9_000, 15_000),
        (10_000, UNKNOWN, 0, 15_000),
        (0, UNKNOWN, 0, 0),
        (10 * WAN, 1, 2 * WAN, 2 * WAN),
        (10 * WAN, UNKNOWN, 0, 2 * WAN),
        (UNKNOWN, 2, 0, 2 * WAN),
        (UNKNOWN, 0, 0, 0),
        (3, 1, 1, 2),  # half a fen up, of the whole
        (3, 3, 3, 5),
    ],
)
def test_so_many_months(rent: Value, months: Value, least: int, most: int) -> None:
    assert MONTHLY.interval(rent, months) == Interval(least, most)
    assert MONTHLY.amount(Answers({"rent": rent, "months": months})) == Interval(least, most)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, "rent"),
        ({"months": 2}, "rent"),
        ({"rent": 5}, "months"),
        ({"rent": 0}, ""),
        ({"rent": UNKNOWN}, ""),
        ({"rent": 5, "months": UNKNOWN}, ""),
    ],
)
def test_what_narrows_the_amount(answers: dict[str, Value], asked: str) -> None:
    assert MONTHLY.sharpening(Answers(answers)) == asked


RENT = Counted("3.rent", "money_received", Interval(10, 20), exclusive="pair")
INTEREST = Counted("9.interest", "money_received", Interval(15, 15), exclusive="pair")


@pytest.mark.parametrize("order", list(permutations([RENT, INTEREST, OTHER])))
def test_of_an_exclusive_pair_the_better_counts(order: tuple[Counted, ...]) -> None:
    assert choose(order).left_out == {"3.rent": "9.interest"}
    assert totals(order) == {"money_received": Interval(20, 25)}  # the rent may yet come to 20


def test_one_of_a_pair_alone_counts() -> None:
    assert choose([RENT, OTHER]).left_out == {}


@pytest.mark.parametrize(("city", "left_out"), [(14, {"a": "b", "city": "b"}), (16, {"a": "b", "b": "city"})])
def test_a_pair_is_settled_before_the_levels(city: int, left_out: dict[str, str]) -> None:
    district = Support("rent", "district")
    pair = [Counted(key, "x", Interval(n, n), district, "pair") for key, n in (("a", 10), ("b", 15))]
    other = Counted("city", "x", Interval(city, city), Support("rent", "city"))
    assert choose([*pair, other]).left_out == left_out
