"""How much money a route may be: exact intervals in fen, and totals that never mix kinds or count support twice."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.money import share

Level = Literal["district", "city"]


class Interval(Struct, frozen=True):
    """From least to most, in fen; most is None when the text sets no limit and the base is unknown."""

    least: int
    most: int | None

    def __add__(self, other: "Interval") -> "Interval":
        most = None if self.most is None or other.most is None else self.most + other.most
        return Interval(self.least + other.least, most)

    def rank(self) -> tuple[int, bool, int]:
        """For comparison: first by what is sure, then by what is possible; the more, the higher."""
        return (self.least, self.most is None, self.most or 0)


class Tier(Struct, frozen=True):
    """One stretch of the base, [start, below) in fen, and what is paid there.

    rates: the least and the most part of the base. limit: without rates, a sum in fen that it is at most.
    """

    start: int = 0
    below: int | None = None
    rates: tuple[Fraction, Fraction] | None = None
    limit: int | None = None

    def covers(self, base: int) -> bool:
        """Whether the base lies in it."""
        return self.start <= base and (self.below is None or base < self.below)

    def interval(self, least: int, most: int | None) -> Interval:
        """What the tier gives for a base from least to most; most is None for one without limit."""
        if self.rates is None:
            return Interval(0, self.limit)
        low, high = self.rates
        return Interval(share(least, low), None if most is None else share(most, high))

    def widest(self) -> Interval:
        """What the tier gives for a base that may lie anywhere in it."""
        return self.interval(self.start, None if self.below is None else self.below - 1)


class EstimateRule(Struct, frozen=True):
    """The formula of a route: the fact it starts from, its tiers in order, and a cap on the whole, in fen.

    base: an amount in fen; or a count, and then the rates are fen a head (a_head). times: a count that the base is
    taken times, such as months, at most times_at_most; then there is one tier.
    """

    base: str
    tiers: tuple[Tier, ...]
    cap: int | None = None
    times: str = ""
    times_at_most: int = 1
    a_head: bool = False

    def facts(self) -> tuple[str, ...]:
        """What it is worked out from."""
        return (self.base, self.times) if self.times else (self.base,)

    def sharpening(self, answers: Answers) -> str:
        """The fact not asked yet whose answer narrows the amount, empty if there is none."""
        if any(answers.value(fact) == 0 for fact in self.facts()):
            return ""  # nothing times whatever is nothing
        if self.base not in answers:
            return self.base
        # While the base is unknown, the number of times narrows nothing.
        tells = self.times and self.times not in answers and answers.value(self.base) is not UNKNOWN
        return self.times if tells else ""

    def amount(self, answers: Answers) -> Interval | None:
        """The amount by these answers; see interval."""
        return self.interval(answers.value(self.base), answers.value(self.times) if self.times else 1)

    def interval(self, base: Value, times: Value = UNKNOWN) -> Interval | None:
        """The amount for a base, and how many times of it; None where no tier covers the base.

        What is unknown widens it: an unknown base to all tiers, unknown times to any number of them.
        """
        if self.times and times == 0:
            return Interval(0, 0)
        if base is UNKNOWN:
            spans = [tier.widest() for tier in self.tiers]
            highest = [span.most for span in spans if span.most is not None]
            most = max(highest) if len(highest) == len(spans) else None
            covered = self.tiers[0].start == 0 and self.tiers[-1].below is None  # else it may come to nothing
            return self._capped(Interval(min(span.least for span in spans) if covered else 0, most))
        number = int(str(base))
        tier = next((tier for tier in self.tiers if tier.covers(number)), None)
        if tier is None:
            return None
        most_times = self.times_at_most if times is UNKNOWN else min(int(str(times)), self.times_at_most)
        fewest_times = 0 if self.times and times is UNKNOWN else most_times
        return self._capped(tier.interval(number * fewest_times, number * most_times))

    def _capped(self, interval: Interval) -> Interval:
        if self.cap is None:
            return interval
        most = self.cap if interval.most is None else min(interval.most, self.cap)
        return Interval(min(interval.least, self.cap), most)


class Support(Struct, frozen=True, forbid_unknown_fields=True):
    """What a benefit is support for, and which level of government gives it: one kind is taken at one level only."""

    kind: str
    level: Level


class Counted(Struct, frozen=True):
    """One amount on its way into a total: its key, the total it belongs to, and the support it is.

    exclusive: a name that it shares with those of which only one may be taken, all of the same support.
    """

    key: str
    total: str
    amount: Interval
    support: Support | None = None
    exclusive: str = ""


class Selection(Struct, frozen=True):
    """What counts of some amounts, and which are left out, each with one that is preferred to it."""

    counted: tuple[Counted, ...]
    left_out: dict[str, str]


def choose(amounts: Iterable[Counted]) -> Selection:
    """What counts in the totals, whatever the order given.

    First of each exclusive set all but the best are left out, then the same support at another level. The better is
    kept; on a tie, the one whose name comes last, which of the levels is the district. What is kept may come to as much
    as what is left out may.
    """
    within = _choose(tuple(amounts), lambda amount: (amount.exclusive, amount.key))
    levels = _choose(within.counted, _level)
    return Selection(levels.counted, within.left_out | levels.left_out)


def _level(amount: Counted) -> tuple[str, str]:
    return ("", "") if amount.support is None else (amount.support.kind, amount.support.level)


def _choose(amounts: tuple[Counted, ...], named: Callable[[Counted], tuple[str, str]]) -> Selection:
    """Of each kind the best side is kept; named: the kind and side of an amount, no kind for one that always counts."""
    kinds: dict[str, dict[str, list[Counted]]] = {}
    for amount in amounts:
        kind, side = named(amount)
        if kind:
            kinds.setdefault(kind, {}).setdefault(side, []).append(amount)
    left_out: dict[str, str] = {}
    wider: dict[str, int | None] = {}
    for sides in kinds.values():
        sums = {side: total(group) for side, group in sides.items()}
        kept = max(sides, key=lambda side: (sums[side].rank(), side))
        best = min(amount.key for amount in sides[kept])
        wider[best] = _beyond(sums[kept], sums.values())
        for side, group in sides.items():
            left_out.update({amount.key: best for amount in group if side != kept})
    kept_amounts = (amount for amount in amounts if amount.key not in left_out)
    return Selection(tuple(_widened(amount, wider.get(amount.key, 0)) for amount in kept_amounts), left_out)


def _beyond(kept: Interval, all_sides: Iterable[Interval]) -> int | None:
    """By how much the most of any side is beyond that of the one kept; None for without limit."""
    most = [side.most for side in all_sides]
    if kept.most is None:
        return 0
    limited = [end for end in most if end is not None]
    return None if len(limited) < len(most) else max(limited) - kept.most


def _widened(amount: Counted, beyond: int | None) -> Counted:
    most = amount.amount.most
    end = None if beyond is None or most is None else most + beyond
    return replace(amount, amount=Interval(amount.amount.least, end))


def total(amounts: Iterable[Counted]) -> Interval:
    """The sum of some amounts."""
    return sum((amount.amount for amount in amounts), start=Interval(0, 0))


def totals(amounts: Iterable[Counted]) -> dict[str, Interval]:
    """The sum for each total that has an amount, without what choose leaves out."""
    sums: dict[str, Interval] = {}
    for amount in choose(amounts).counted:
        sums[amount.total] = sums.get(amount.total, Interval(0, 0)) + amount.amount
    return sums
