"""How much money a route may be: exact intervals in fen, and totals that never mix kinds or count support twice."""

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from dcrelief.rules.facts import UNKNOWN, Value
from dcrelief.rules.money import share


class Interval(Struct, frozen=True):
    """From least to most, in fen; most is None when the text sets no limit and the base is unknown."""

    least: int
    most: int | None

    def __add__(self, other: "Interval") -> "Interval":
        most = None if self.most is None or other.most is None else self.most + other.most
        return Interval(self.least + other.least, most)

    def rank(self) -> tuple[int, bool, int]:
        """For comparison: what promises more, by what is sure, then by what is possible, ranks higher."""
        return (self.least, self.most is None, self.most or 0)


class Tier(Struct, frozen=True):
    """One stretch of the base, [start, below) in fen; a rate interval of it, or a limit without a rate (at most)."""

    start: int = 0
    below: int | None = None
    rates: tuple[Fraction, Fraction] | None = None
    limit: int | None = None

    def covers(self, base: int) -> bool:
        """Whether the base lies in it."""
        return self.start <= base and (self.below is None or base < self.below)

    def interval(self, base: int) -> Interval:
        """What the tier gives for this base."""
        if self.rates is None:
            return Interval(0, self.limit)
        low, high = self.rates
        return Interval(share(base, low), share(base, high))

    def least_and_most(self) -> Interval:
        """What the tier gives for a base that may lie anywhere in it."""
        if self.rates is None:
            return Interval(0, self.limit)
        low, high = self.rates
        return Interval(share(self.start, low), None if self.below is None else share(self.below - 1, high))


class EstimateRule(Struct, frozen=True):
    """The formula of a route: the money fact it starts from, its tiers in order, and a cap on the whole, in fen."""

    base: str
    tiers: tuple[Tier, ...]
    cap: int | None = None

    def interval(self, base: Value) -> Interval | None:
        """The amount for a base in fen; an unknown base widens it to all tiers; None where no tier covers the base."""
        if base is UNKNOWN:
            spans = [tier.least_and_most() for tier in self.tiers]
            highest = [span.most for span in spans if span.most is not None]
            most = max(highest) if len(highest) == len(spans) else None
            covered = self.tiers[0].start == 0 and self.tiers[-1].below is None  # else it may come to nothing
            return self._capped(Interval(min(span.least for span in spans) if covered else 0, most))
        fen = int(str(base))
        tier = next((tier for tier in self.tiers if tier.covers(fen)), None)
        return None if tier is None else self._capped(tier.interval(fen))

    def _capped(self, interval: Interval) -> Interval:
        if self.cap is None:
            return interval
        return Interval(
            min(interval.least, self.cap), self.cap if interval.most is None else min(interval.most, self.cap)
        )


class Support(Struct, frozen=True):
    """What a benefit is support for, and which level of government gives it: one kind is taken at one level only."""

    kind: str
    level: str


class Counted(Struct, frozen=True):
    """One amount on its way into a total: its key, the total it belongs to, and the support it is."""

    key: str
    total: str
    amount: Interval
    support: Support | None = None


def choose_levels(amounts: Iterable[Counted]) -> dict[str, str]:
    """Which amounts are left out of the totals, each with the one preferred: the same support at another level.

    The better level is kept; on a tie, the one whose name comes last, which is the district. It does not depend on the
    order given.
    """
    by_level: dict[str, dict[str, list[Counted]]] = {}
    for amount in amounts:
        if amount.support is not None:
            by_level.setdefault(amount.support.kind, {}).setdefault(amount.support.level, []).append(amount)
    left_out = {}
    for levels in by_level.values():
        kept = max(levels, key=lambda level: (total(levels[level]).rank(), level))
        best = min(amount.key for amount in levels[kept])
        for level, group in levels.items():
            left_out.update({amount.key: best for amount in group if level != kept})
    return left_out


def total(amounts: Iterable[Counted]) -> Interval:
    """The sum of some amounts."""
    return sum((amount.amount for amount in amounts), start=Interval(0, 0))


def totals(amounts: Iterable[Counted]) -> dict[str, Interval]:
    """The sum for each total that has an amount, the same support at two levels counted once."""
    amounts = tuple(amounts)
    left_out = choose_levels(amounts)
    sums: dict[str, Interval] = {}
    for amount in amounts:
        if amount.key not in left_out:
            sums[amount.total] = sums.get(amount.total, Interval(0, 0)) + amount.amount
    return sums
