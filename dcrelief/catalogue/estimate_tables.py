"""From the tables of a data file to the formulas of estimates."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise

from msgspec.structs import replace

from dcrelief.catalogue.problems import Spot
from dcrelief.catalogue.schema import EstimateTable, FormulaTable, RaiseTable, TermTable, TierTable
from dcrelief.language import _
from dcrelief.rules.conditions import Condition
from dcrelief.rules.estimates import EstimateRule, Formula, Raise, SharedCap, Tier
from dcrelief.rules.facts import Fact
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.money import read_rate

# The columns work in whole numbers of 64 bits: base × times × twice the numerator of the rate must fit.
_LARGEST_EXACT = 2**63 - 1
_NOTHING = Fraction(0)


class EstimateBuilder:
    """Builds estimates; caps: those that routes share, by name; condition: builds the conditions that raise rates."""

    def __init__(
        self, caps: Mapping[str, str], condition: Callable[[tuple[TermTable, ...], Spot], Condition], spot: Spot
    ) -> None:
        self._caps = {name: SharedCap(name, spot.at(f"caps.{name}").money(most)) for name, most in caps.items()}
        self._condition = condition

    def estimate(self, table: EstimateTable, spot: Spot) -> EstimateRule:
        """How the amount of a route is worked out."""
        if not table.parts:
            formulas = [replace(self._formula(table, spot, 1), cap=None)]  # its cap is that of the whole
        else:
            if any((table.base, table.rate, table.each, table.amount, table.at_most, table.tiers, table.times)):
                spot.report(_("parts 不和 base、rate、each、amount、at_most、tiers、times 一起写"))
            parts = enumerate(table.parts, 1)
            formulas = [self._formula(part, spot.at(f"parts.{n}"), len(table.parts)) for n, part in parts]
        cap = None if table.cap is None else spot.at("cap").money(table.cap)
        if table.used:
            spot.at("used").fact_of_kind(table.used, ("money",))
            if cap is None:
                spot.at("used").report(_("used 要和 cap 一起写：已经拿过的从 cap 里减去"))
        if table.cap_with and table.cap_with not in self._caps:
            known = _("、").join(self._caps) or _("（没有）")
            named = {"cap_with": table.cap_with, "known": known}
            spot.at("cap_with").report(_("[caps] 里没有 {cap_with}；有：{known}；请改正或加上", **named))
        shared = self._caps.get(table.cap_with)
        if shared is not None and cap is None:
            cap = shared.most  # alone it comes to no more, either
        return EstimateRule(tuple(formulas), cap, table.used, shared)

    def _formula(self, table: FormulaTable, spot: Spot, parts: int) -> Formula:
        """One formula; parts: how many are added up."""
        ways = (table.rate, table.each, table.amount, table.at_most, table.tiers or None)
        if [way is None for way in ways].count(False) != 1:
            spot.report(_("rate、each、amount、at_most、tiers 写其中一个"))
        base = _base(table, spot)
        if (table.times == "") != (table.times_at_most == 0) or table.times_at_most < 0:
            spot.report(_("times 和 times_at_most（至少 1）要一起写"))
        if table.times:
            spot.at("times").fact_of_kind(table.times, ("count",))
            if table.rate is None and table.each is None:
                spot.report(_("times 只和 rate、each 一起写"))
        tiers = _tiers(table, base, spot) if table.tiers else (_only_tier(table, spot),)
        formula = Formula(
            table.base,
            tiers,
            None if table.cap is None else spot.at("cap").money(table.cap),
            table.times,
            max(table.times_at_most, 1),
            a_head=base is not None and not kind_of(base).is_money,
            raised=self._raise(table.raised, spot.at("raised")) if table.raised else None,
        )
        self._check_size(formula, base, parts, spot)
        return formula

    def _raise(self, table: RaiseTable, spot: Spot) -> Raise:
        by, _high = _rates(table.by, spot.at("by"))
        if not table.when:
            spot.report(_("没有条件，请写 when"))
        return Raise(by, self._condition(table.when, spot.at("when")))

    @staticmethod
    def _check_size(formula: Formula, base: Fact | None, parts: int, spot: Spot) -> None:
        rates = [
            rate
            for tier in formula.with_rates(least_raised=True, most_raised=True).tiers
            if tier.rates
            for rate in tier.rates
        ]
        if formula.raised and (not rates or formula.a_head):
            spot.at("raised").report(_("raised 只和 rate 一起写"))
        elif formula.raised and max(rates) > 1:
            spot.at("raised").report(_("加上以后超过 100%，请改正"))
        if base is None:
            return
        finest = max((2 * rate.numerator for rate in rates), default=1)
        if kind_of(base).range(base)[1] * formula.times_at_most * finest > _LARGEST_EXACT // parts:
            spot.report(_("数字太大或小数位太多，算不准；请减少 times_at_most 或比例的小数位"))


def _base(table: FormulaTable, spot: Spot) -> Fact | None:
    """The fact that a formula starts from, None if there is none, or it is none of those."""
    if table.amount is not None or table.at_most is not None:
        if table.base:
            spot.at("base").report(_("amount、at_most 不看任何事实，不写 base"))
        return None
    kinds = ("money",) if table.rate is not None else ("count",) if table.each is not None else ("money", "count")
    return spot.at("base").fact_of_kind(table.base, kinds)


def _only_tier(table: FormulaTable, spot: Spot) -> Tier:
    if table.amount is not None:
        amount = spot.at("amount").money(table.amount)
        return Tier(sums=(amount, amount))
    if table.at_most is not None:
        return Tier(sums=(0, spot.at("at_most").money(table.at_most)))
    if table.each is not None:
        return Tier(rates=_each(table.each, spot))
    return Tier(rates=_rates(table.rate, spot.at("rate")))


def _tiers(table: FormulaTable, base: Fact | None, spot: Spot) -> tuple[Tier, ...]:
    tiers = tuple(_tier(tier, base, spot.at(f"tiers.{n}")) for n, tier in enumerate(table.tiers, 1))
    for n, (tier, after) in enumerate(pairwise(tiers), 1):
        at = spot.at(f"tiers.{n}")
        if tier.below is None or tier.below > after.start:
            at.report(_("和下一档重叠；请让 below 等于下一档的 from"))
        elif tier.below < after.start:
            at.report(_("和下一档之间有空档；请让 below 等于下一档的 from"))
    return tiers


def _tier(table: TierTable, base: Fact | None, spot: Spot) -> Tier:
    start = spot.at("from").limit(base, table.start) if base else 0
    below = spot.at("below").limit(base, table.below) if base and table.below is not None else None
    if below is not None and below <= start:
        spot.report(_("below 要大于 from"))
    of_money = base is None or kind_of(base).is_money
    own = table.rate if of_money else table.each
    if [own is None, table.amount is None, table.at_most is None].count(False) != 1:
        spot.report(_("rate（按人数的写 each）、amount、at_most 写其中一个"))
    if table.amount is not None:
        amount = spot.at("amount").money(table.amount)
        return Tier(start, below, sums=(amount, amount))
    if table.at_most is not None:
        return Tier(start, below, sums=(0, spot.at("at_most").money(table.at_most)))
    rates = _rates(table.rate, spot.at("rate")) if of_money else _each(table.each or "", spot)
    return Tier(start, below, rates=rates)


def _each(text: str, spot: Spot) -> tuple[Fraction, Fraction]:
    each = Fraction(spot.at("each").money(text))
    return each, each


def _rates(texts: str | tuple[str, str] | None, spot: Spot) -> tuple[Fraction, Fraction]:
    low, high = (texts, texts) if isinstance(texts, str) else texts or ("0%", "0%")
    rates = [read_rate(text) for text in (low, high)]
    if rates[0] is None or rates[1] is None or rates[0] > rates[1]:
        spot.report(_('“{low}”“{high}”不是从小到大的百分比，请写成 "5%"、"3‰" 或 ["30%", "50%"]', low=low, high=high))
        return (_NOTHING, _NOTHING)
    return (rates[0], rates[1])
