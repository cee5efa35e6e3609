"""How much money a route may be: exact intervals in fen, and totals that never mix kinds or count support twice."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.rules.conditions import Condition, Situation
from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.money import share
from dcrelief.rules.truth import Truth

Level = Literal["district", "city"]


class Interval(Struct, frozen=True):
    """From least to most, in fen; most is None when the text sets no limit and the base is unknown."""

    least: int
    most: int | None

    def __add__(self, other: "Interval") -> "Interval":
        most = None if self.most is None or other.most is None else self.most + other.most
        return Interval(self.least + other.least, most)

    def upto(self, cap: int) -> "Interval":
        """The same, but no more than a cap."""
        return Interval(min(self.least, cap), cap if self.most is None else min(self.most, cap))

    def rank(self) -> tuple[int, bool, int]:
        """For comparison: first by what is sure, then by what is possible; the more, the higher."""
        return (self.least, self.most is None, self.most or 0)


class Tier(Struct, frozen=True):
    """One stretch of the base, [start, below), and what is paid there.

    rates: the least and the most part of the base. sums: without rates, the least and the most in fen, whatever the
    base; both are the same for a sum that is fixed.
    """

    start: int = 0
    below: int | None = None
    rates: tuple[Fraction, Fraction] | None = None
    sums: tuple[int, int] = (0, 0)

    def covers(self, base: int) -> bool:
        """Whether the base lies in it."""
        return self.start <= base and (self.below is None or base < self.below)

    def interval(self, least: int, most: int | None) -> Interval:
        """What the tier gives for a base from least to most; most is None for one without limit."""
        if self.rates is None:
            return Interval(*self.sums)
        low, high = self.rates
        return Interval(share(least, low), None if most is None else share(most, high))

    def widest(self) -> Interval:
        """What the tier gives for a base that may lie anywhere in it."""
        return self.interval(self.start, None if self.below is None else self.below - 1)


class Raise(Struct, frozen=True):
    """What is added to the rates of a formula where a condition holds."""

    by: Fraction
    when: Condition


class Formula(Struct, frozen=True):
    """What is paid for one fact: its tiers in order, and a cap in fen.

    base: an amount in fen; or a count, and then the rates are fen a head (a_head); empty where the sums of its only
    tier hang on nothing. times: a count that the base is taken times, such as months, at most times_at_most; then there
    is one tier. raised: what may be added to its rates.
    """

    base: str
    tiers: tuple[Tier, ...]
    cap: int | None = None
    times: str = ""
    times_at_most: int = 1
    a_head: bool = False
    raised: Raise | None = None

    def facts(self) -> tuple[str, ...]:
        """What it is worked out from."""
        conditions = self.raised.when.facts() if self.raised else ()
        return (*filter(None, (self.base, self.times)), *conditions)

    def sharpening(self, on: Situation) -> str:
        """The fact not asked yet whose answer narrows the amount, empty if there is none."""
        answers, counted = on.answers, tuple(filter(None, (self.base, self.times)))
        if any(answers.value(fact) == 0 for fact in counted):
            return ""  # nothing times whatever is nothing
        if self.base and self.base not in answers:
            return self.base
        if self.times and self.times not in answers:
            return self.times  # even of a base that is not known: no times of it are nothing
        missing = self.raised.when.missing(on) if self.raised and self._raising_tells(answers) else ()
        return next((fact for fact in missing if fact not in answers), "")

    def _raising_tells(self, answers: Answers) -> bool:
        """Whether the amount hangs on what may be added to the rates: of a base that is not known, it may not."""
        base = answers.value(self.base) if self.base else 0
        ways = (self.with_rates(least_raised=added, most_raised=added).interval(base) for added in (False, True))
        return len(set(ways)) > 1

    def amount(self, on: Situation) -> Interval | None:
        """The amount by the answers; see interval."""
        base = on.answers.value(self.base) if self.base else 0
        times = on.answers.value(self.times) if self.times else 1
        return self.in_force(on).interval(base, times)

    def in_force(self, on: Situation) -> "Formula":
        """The formula with its rates as they are by the answers, from the least to the most that they can be."""
        if self.raised is None:
            return self
        holds = self.raised.when.truth(on)
        return self.with_rates(least_raised=holds is Truth.YES, most_raised=holds is not Truth.NO)

    def with_rates(self, *, least_raised: bool, most_raised: bool) -> "Formula":
        """The formula with what may be added to its least and most rates added, or not."""
        by = self.raised.by if self.raised else Fraction(0)
        added = (by if least_raised else 0, by if most_raised else 0)
        tiers = (replace(t, rates=(t.rates[0] + added[0], t.rates[1] + added[1])) if t.rates else t for t in self.tiers)
        return replace(self, tiers=tuple(tiers), raised=None)

    def interval(self, base: Value, times: Value = UNKNOWN) -> Interval | None:
        """The amount for a base, and how many times of it, nothing added; None where no tier covers the base.

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
        return interval if self.cap is None else interval.upto(self.cap)


class SharedCap(Struct, frozen=True):
    """A cap in fen on what several routes come to together; name: by which they share it."""

    name: str
    most: int


class EstimateRule(Struct, frozen=True):
    """How the amount of a route is worked out: its formulas together, and a cap in fen on the whole.

    used: an amount that a business has had already of what the cap allows. shared: a cap that other routes share.
    """

    formulas: tuple[Formula, ...]
    cap: int | None = None
    used: str = ""
    shared: SharedCap | None = None

    def facts(self) -> tuple[str, ...]:
        """What it is worked out from."""
        facts = (fact for formula in self.formulas for fact in formula.facts())
        return tuple(dict.fromkeys((*facts, *filter(None, (self.used,)))))

    def sharpening(self, on: Situation) -> str:
        """The fact not asked yet whose answer narrows the amount, empty if there is none."""
        facts = filter(None, (formula.sharpening(on) for formula in self.formulas))
        return next(facts, self.used if self.used not in on.answers and self._may_be_capped(on) else "")

    def _may_be_capped(self, on: Situation) -> bool:
        """Whether there is anything that a cap could cut."""
        whole = self._uncapped(on)
        return whole is not None and whole.most != 0

    def amount(self, on: Situation) -> Interval | None:
        """The amount by the answers; what is unknown widens it. None where no formula says one."""
        whole = self._uncapped(on)
        return None if whole is None else self.capped(whole, on.answers)

    def _uncapped(self, on: Situation) -> Interval | None:
        amounts = [amount for formula in self.formulas if (amount := formula.amount(on)) is not None]
        return sum(amounts, start=Interval(0, 0)) if amounts else None

    def capped(self, amount: Interval, answers: Answers) -> Interval:
        """An amount within the cap, or what is left of it."""
        if self.cap is None:
            return amount
        if not self.used:
            return amount.upto(self.cap)
        used = answers.value(self.used)
        if used is UNKNOWN:
            return Interval(0, amount.upto(self.cap).most)
        return amount.upto(max(0, self.cap - int(str(used))))


class Support(Struct, frozen=True, forbid_unknown_fields=True):
    """What a benefit is support for, and which level of government gives it: one kind is taken at one level only.

    taken: the fact that says that it was taken at another level. carries_out: this level only carries out what another
    gives: both are one application and one sum, of which this level's says more.
    """

    kind: str
    level: Level
    taken: str = ""
    carries_out: bool = False


class Counted(Struct, frozen=True):
    """One amount on its way into a total: its key, the total it belongs to, and the support it is, of which document.

    exclusive: a name that it shares with those of which only one may be taken, all of the same support. cap: one that
    it shares with others of the same total, and then it is neither of these.
    """

    key: str
    total: str
    amount: Interval
    support: Support | None = None
    exclusive: str = ""
    cap: SharedCap | None = None
    document: str = ""


class Selection(Struct, frozen=True):
    """What counts of some amounts, and which are left out, each with one that is preferred to it."""

    counted: tuple[Counted, ...]
    left_out: dict[str, str]


def choose(amounts: Iterable[Counted]) -> Selection:
    """What counts in the totals, whatever the order given.

    First of each exclusive set all but the best are left out, then the same support at another level, or of another
    document. The better is
    kept; on a tie, the one whose name comes last, which of the levels is the district. What is kept may come to as much
    as what is left out may. Of one sum at two levels, that of the level that carries it out is kept, as it stands.
    """
    within = _choose(tuple(amounts), lambda amount: (amount.exclusive, amount.key))
    levels = _choose(within.counted, _level, _carries_out)
    return Selection(levels.counted, within.left_out | levels.left_out)


def _level(amount: Counted) -> tuple[str, str]:
    return ("", "") if amount.support is None else (amount.support.kind, f"{amount.support.level} {amount.document}")


def _carries_out(amount: Counted) -> bool:
    return amount.support is not None and amount.support.carries_out


def _choose(
    amounts: tuple[Counted, ...],
    named: Callable[[Counted], tuple[str, str]],
    settled: Callable[[Counted], bool] = lambda _: False,
) -> Selection:
    """Of each kind the best side is kept.

    named: the kind and side of an amount, no kind for one that always counts. settled: whether its side is kept,
    whatever another may come to.
    """
    kinds: dict[str, dict[str, list[Counted]]] = {}
    for amount in amounts:
        kind, side = named(amount)
        if kind:
            kinds.setdefault(kind, {}).setdefault(side, []).append(amount)
    left_out: dict[str, str] = {}
    wider: dict[str, int | None] = {}
    for sides in kinds.values():
        sums = {side: total(group) for side, group in sides.items()}
        kept = max(sides, key=lambda side: (any(map(settled, sides[side])), sums[side].rank(), side))
        best = min(amount.key for amount in sides[kept])
        if not any(map(settled, sides[kept])):
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
    """The sum of some amounts, those that share a cap within it."""
    sums: dict[SharedCap | None, Interval] = {}
    for amount in amounts:
        sums[amount.cap] = sums.get(amount.cap, Interval(0, 0)) + amount.amount
    return sum((sum_.upto(cap.most) if cap else sum_ for cap, sum_ in sums.items()), start=Interval(0, 0))


def totals(amounts: Iterable[Counted]) -> dict[str, Interval]:
    """The sum for each total that has an amount, without what choose leaves out."""
    by_total: dict[str, list[Counted]] = {}
    for amount in choose(amounts).counted:
        by_total.setdefault(amount.total, []).append(amount)
    return {name: total(group) for name, group in by_total.items()}
