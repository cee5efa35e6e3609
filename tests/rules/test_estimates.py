"""Intervals at every tier bound, caps, unknown bases; totals that keep kinds apart and count support once."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations

import pytest
from msgspec.structs import replace

from dcrelief.rules.assessment import situation
from dcrelief.rules.conditions import Leaf, Situation
from dcrelief.rules.criteria import IsYes
from dcrelief.rules.estimates import (
    Counted,
    EstimateRule,
    Formula,
    Interval,
    Raise,
    SharedCap,
    Support,
    Tier,
    choose,
    total,
    totals,
)
from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.money import read_money
from tests.examples import AS_OF, route, shipped

WAN = 1_000_000  # 万元 in fen


def rule(route_id: str) -> EstimateRule:
    estimate = route(route_id).estimate
    assert estimate is not None
    return estimate


def on(answers: Mapping[str, Value]) -> Situation:
    return situation(shipped(), Answers(answers), AS_OF)


def by_base(route_id: str, base: Value) -> Interval | None:
    estimate = rule(route_id)
    return estimate.amount(on({estimate.formulas[0].base: base}))


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
    assert by_base(route_id, in_fen[0] or 0) == Interval(in_fen[1] or 0, in_fen[2])


@pytest.mark.parametrize(
    ("route_id", "interval"),
    [("6.building", Interval(0, 50 * WAN)), ("8.rd_grant", Interval(0, 20 * WAN)), ("13.toudai", Interval(0, None))],
)
def test_an_unknown_base_widens_the_interval(route_id: str, interval: Interval) -> None:
    assert by_base(route_id, UNKNOWN) == interval


def test_a_base_below_the_first_tier_has_no_amount() -> None:
    assert by_base("8.rd_grant", 20 * WAN - 1) is None


def test_rounding_is_half_up_to_a_fen() -> None:
    fifth = Formula("x", (Tier(rates=(Fraction(1, 20), Fraction(1, 20))),))
    assert fifth.interval(10) == Interval(1, 1)
    assert fifth.interval(9) == Interval(0, 0)


def test_a_closed_tier_bounds_an_unknown_base() -> None:
    closed = Formula("x", (Tier(start=100, below=201, rates=(Fraction(1, 10), Fraction(1, 2))),))
    assert closed.interval(UNKNOWN) == Interval(0, 100)  # the base may lie below the tier
    without_end = Formula("x", (Tier(start=100, rates=(Fraction(1, 10), Fraction(1, 2))),))
    assert without_end.interval(UNKNOWN) == Interval(0, None)


def test_tiers_are_shares_not_money_a_head() -> None:
    assert not rule("8.rd_grant").formulas[0].a_head


def test_only_these_routes_have_a_formula() -> None:
    """A formula where the document gives none would be an invented amount."""
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
    interval = by_base("6.building", base)
    assert interval is not None
    assert interval.most is not None
    assert interval.least <= interval.most <= 50 * WAN


MONTHLY = Formula("rent", (Tier(rates=(Fraction(3, 10), Fraction(1, 2))),), 2 * WAN, "months", 3)


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
    assert MONTHLY.amount(on({"rent": rent, "months": months})) == Interval(least, most)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, "rent"),
        ({"months": 2}, "rent"),
        ({"rent": 5}, "months"),
        ({"rent": 0}, ""),
        ({"rent": UNKNOWN}, "months"),  # it may be none of them
        ({"rent": UNKNOWN, "months": 2}, ""),
        ({"rent": 5, "months": UNKNOWN}, ""),
    ],
)
def test_what_narrows_the_amount(answers: dict[str, Value], asked: str) -> None:
    assert MONTHLY.sharpening(on(answers)) == asked


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


FIXED = Formula("", (Tier(sums=(20 * WAN, 20 * WAN)),))
AT_MOST = Formula("", (Tier(sums=(0, 200 * WAN)),))


def test_a_sum_that_hangs_on_nothing() -> None:
    assert EstimateRule((FIXED,)).amount(on({})) == Interval(20 * WAN, 20 * WAN)
    assert EstimateRule((AT_MOST,)).amount(on({})) == Interval(0, 200 * WAN)
    assert EstimateRule((FIXED,)).facts() == ()
    assert EstimateRule((FIXED,)).sharpening(on({})) == ""


def test_a_fixed_sum_is_better_than_what_may_be_more() -> None:
    fixed, at_most = (
        Counted(key, "money_received", amount, exclusive="pair")
        for key, amount in (("fixed", Interval(20, 20)), ("at_most", Interval(0, 200)))
    )
    assert choose([fixed, at_most]).left_out == {"at_most": "fixed"}


PLACED = Formula(
    "placed",
    (
        Tier(50, 100, sums=(24_000_00, 24_000_00)),
        Tier(100, 200, sums=(45_000_00, 45_000_00)),
        Tier(200, None, sums=(90_000_00, 90_000_00)),
    ),
    a_head=True,
)


@pytest.mark.parametrize(
    ("placed", "yuan"), [(49, None), (50, 24_000), (99, 24_000), (100, 45_000), (200, 90_000), (5000, 90_000)]
)
def test_a_sum_by_how_many(placed: int, yuan: int | None) -> None:
    fen = None if yuan is None else yuan * 100
    assert EstimateRule((PLACED,)).amount(on({"placed": placed})) == (None if fen is None else Interval(fen, fen))


def test_how_many_is_not_known() -> None:
    assert EstimateRule((PLACED,)).amount(on({})) == Interval(0, 90_000_00)


RAISED = Formula(
    "loan", (Tier(rates=(Fraction(1, 100), Fraction(2, 100))),), raised=Raise(Fraction(2, 100), Leaf("first", IsYes()))
)


@pytest.mark.parametrize(("first", "least", "most"), [(True, 3, 4), (False, 1, 2), (UNKNOWN, 1, 4)])
def test_a_rate_that_a_condition_raises(first: Value, least: int, most: int) -> None:
    assert RAISED.amount(on({"loan": 100, "first": first})) == Interval(least, most)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, "loan"),
        ({"loan": UNKNOWN}, ""),
        ({"loan": 0}, ""),
        ({"loan": 5}, ""),  # five fen give nothing at either rate
        ({"loan": 100}, "first"),
        ({"loan": 100, "first": UNKNOWN}, ""),
        ({"loan": 100, "first": True}, ""),
    ],
)
def test_the_condition_that_raises_a_rate_is_asked(answers: dict[str, Value], asked: str) -> None:
    assert RAISED.sharpening(on(answers)) == asked
    assert RAISED.facts() == ("loan", "first")


def test_a_raised_rate_tells_of_a_base_that_is_not_known_where_its_tiers_end() -> None:
    from_a_hundred = replace(RAISED, tiers=(replace(RAISED.tiers[0], start=100),))
    assert RAISED.sharpening(on({"loan": UNKNOWN})) == ""
    assert replace(RAISED, tiers=(replace(RAISED.tiers[0], below=100),)).sharpening(on({"loan": UNKNOWN})) == "first"
    assert from_a_hundred.sharpening(on({"loan": UNKNOWN})) == ""  # it may be too small for any of it


HALF = Formula("rent", (Tier(rates=(Fraction(1, 2), Fraction(1, 2))),), cap=30)
A_HEAD = Formula("heads", (Tier(rates=(Fraction(10), Fraction(10))),), a_head=True)
SUM = EstimateRule((HALF, A_HEAD), cap=50)


@pytest.mark.parametrize(
    ("answers", "amount"),
    [
        ({"rent": 20, "heads": 3}, Interval(40, 40)),
        ({"rent": 80, "heads": 1}, Interval(40, 40)),  # the cap of a part
        ({"rent": 80, "heads": 3}, Interval(50, 50)),  # that of the whole
        ({"rent": 20}, Interval(10, 50)),
        ({}, Interval(0, 50)),
    ],
)
def test_parts_are_added_up_under_one_cap(answers: dict[str, Value], amount: Interval) -> None:
    assert SUM.amount(on(answers)) == amount
    assert SUM.facts() == ("rent", "heads")


def test_a_part_that_states_nothing_adds_nothing() -> None:
    assert EstimateRule((HALF, PLACED)).amount(on({"rent": 20, "placed": 49})) == Interval(10, 10)
    assert EstimateRule((PLACED, PLACED)).amount(on({"placed": 49})) is None


def test_the_parts_are_asked_one_after_the_other() -> None:
    assert [SUM.sharpening(on(given)) for given in ({}, {"rent": 1}, {"rent": 1, "heads": 1})] == ["rent", "heads", ""]


YEARS = EstimateRule((AT_MOST,), cap=100 * WAN, used="had")


@pytest.mark.parametrize(
    ("had", "most"), [(0, 100 * WAN), (70 * WAN, 30 * WAN), (100 * WAN, 0), (500 * WAN, 0), (UNKNOWN, 100 * WAN)]
)
def test_what_was_had_already_is_taken_from_the_cap(had: Value, most: int) -> None:
    assert YEARS.amount(on({"had": had})) == Interval(0, most)


def test_what_was_had_already_may_be_all_of_a_fixed_sum() -> None:
    fixed = EstimateRule((FIXED,), cap=100 * WAN, used="had")
    assert fixed.amount(on({"had": 90 * WAN})) == Interval(10 * WAN, 10 * WAN)
    assert fixed.amount(on({})) == Interval(0, 20 * WAN)
    assert fixed.facts() == ("had",)
    assert [fixed.sharpening(on(given)) for given in ({}, {"had": UNKNOWN})] == ["had", ""]


@pytest.mark.parametrize(("rent", "asked"), [(5, "had"), (UNKNOWN, "had"), (0, ""), (1, "")])
def test_what_was_had_is_not_asked_of_one_who_gets_nothing(rent: Value, asked: str) -> None:
    from_two = Formula("rent", (Tier(below=1, rates=HALF.tiers[0].rates), Tier(start=2, rates=HALF.tiers[0].rates)))
    assert EstimateRule((from_two,), cap=100, used="had").sharpening(on({"rent": rent})) == asked


def test_a_cap_that_routes_share() -> None:
    cap = SharedCap("both", 50)
    one, two = (Counted(key, "x", Interval(least, 40), cap=cap) for key, least in (("a", 20), ("b", 40)))
    assert totals([one, two]) == {"x": Interval(50, 50)}
    assert totals([one]) == {"x": Interval(20, 40)}
    assert totals([one, Counted("c", "x", Interval(1, None), cap=cap), Counted("d", "x", Interval(7, 7))]) == {
        "x": Interval(28, 57)
    }
