"""From the tables of a data file to the formulas of estimates."""

from fractions import Fraction
from itertools import pairwise

from dcrelief.catalogue.problems import Spot
from dcrelief.catalogue.schema import EstimateTable, TierTable
from dcrelief.language import _
from dcrelief.rules.estimates import EstimateRule, Tier
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.money import read_rate

# The columns work in whole numbers of 64 bits: base × times × twice the numerator of the rate must fit.
_LARGEST_EXACT = 2**63 - 1


def estimate(table: EstimateTable, spot: Spot) -> EstimateRule:
    """The formula of a table."""
    base = spot.at("base").fact_of_kind(table.base, ("money",) if table.each is None else ("count",))
    cap = None if table.cap is None else spot.at("cap").money(table.cap)
    if [table.rate is None, table.each is None, not table.tiers].count(False) != 1:
        spot.report(_("rate、each、tiers 写其中一个"))
    if (table.times == "") != (table.times_at_most == 0) or table.times_at_most < 0:
        spot.report(_("times 和 times_at_most（至少 1）要一起写"))
    if table.times:
        spot.at("times").fact_of_kind(table.times, ("count",))
        if table.tiers:
            spot.report(_("times 不和 tiers 一起写"))
    rule = _formula(table, cap, spot)
    if base is None:
        return rule
    largest = kind_of(base).range(base)[1]
    finest = max((2 * rate.numerator for tier in rule.tiers for rate in tier.rates or ()), default=1)
    if largest * rule.times_at_most * finest > _LARGEST_EXACT:
        spot.report(_("数字太大或小数位太多，算不准；请减少 times_at_most 或比例的小数位"))
    return rule


def _formula(table: EstimateTable, cap: int | None, spot: Spot) -> EstimateRule:
    if not table.tiers:
        a_head = table.each is not None
        each = Fraction(spot.at("each").money(table.each or "")) if a_head else Fraction(0)
        rates = (each, each) if a_head else _rates(table.rate, spot)
        times = table.times, max(table.times_at_most, 1)
        return EstimateRule(table.base, (Tier(rates=rates),), cap, *times, a_head=a_head)
    tiers = tuple(_tier(tier, spot.at(f"tiers.{n}")) for n, tier in enumerate(table.tiers, 1))
    for n, (tier, after) in enumerate(pairwise(tiers), 1):
        at = spot.at(f"tiers.{n}")
        if tier.below is None or tier.below > after.start:
            at.report(_("和下一档重叠；请让 below 等于下一档的 from"))
        elif tier.below < after.start:
            at.report(_("和下一档之间有空档；请让 below 等于下一档的 from"))
    return EstimateRule(table.base, tiers, cap)


def _tier(table: TierTable, spot: Spot) -> Tier:
    start = spot.at("from").money(table.start)
    below = None if table.below is None else spot.at("below").money(table.below)
    if below is not None and below <= start:
        spot.report(_("below 要大于 from"))
    if (table.rate is None) == (table.at_most is None):
        spot.report(_("rate 和 at_most 写其中一个"))
    if table.at_most is not None:
        return Tier(start, below, limit=spot.at("at_most").money(table.at_most))
    return Tier(start, below, rates=_rates(table.rate, spot))


def _rates(texts: str | tuple[str, str] | None, spot: Spot) -> tuple[Fraction, Fraction]:
    low, high = (texts, texts) if isinstance(texts, str) else texts or ("0%", "0%")
    rates = [read_rate(text) for text in (low, high)]
    if rates[0] is None or rates[1] is None or rates[0] > rates[1]:
        spot.at("rate").report(
            _('“{low}”“{high}”不是从小到大的百分比，请写成 "5%" 或 ["30%", "50%"]', low=low, high=high)
        )
        return (Fraction(0), Fraction(0))
    return (rates[0], rates[1])
