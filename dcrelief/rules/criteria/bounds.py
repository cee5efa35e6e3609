"""Of a count or an amount: within which bounds it lies."""

from datetime import date
from typing import ClassVar

from dcrelief.rules.criteria.base import Criterion, Flaw, Limit
from dcrelief.rules.facts import Fact, Known
from dcrelief.rules.kinds import KINDS, kind_of
from dcrelief.rules.words import Words

_SIDES = ("at_least", "above", "at_most", "below")


class Bounds(Criterion, frozen=True):
    """A count (in its unit) or an amount (in fen) lies within bounds; None is no bound."""

    at_least: int | None = None
    above: int | None = None
    at_most: int | None = None
    below: int | None = None

    fields: ClassVar = dict.fromkeys(_SIDES, Limit)
    form = " / ".join(_SIDES)
    kinds = tuple(name for name, kind in KINDS.items() if kind.span is not None)

    @property
    def low(self) -> int | None:
        """The lower bound, whether it may be met or not."""
        return self.above if self.at_least is None else self.at_least

    @property
    def high(self) -> int | None:
        """The upper bound, whether it may be met or not."""
        return self.below if self.at_most is None else self.at_most

    def flaw(self) -> Flaw | None:
        if None not in (self.at_least, self.above) or None not in (self.at_most, self.below):
            return "one_side_twice"
        if self.low is None or self.high is None:
            return "form" if self.low is self.high else None
        strict = self.above is not None or self.below is not None
        return "contradiction" if self.low > self.high or (strict and self.low == self.high) else None

    def holds(self, value: Known, as_of: date) -> bool:  # noqa: ARG002
        number = int(str(value))
        return self.short_by(number) == 0 == self.over_by(number) and number not in (self.above, self.below)

    def short_by(self, number: int) -> int:
        """How far below the lower bound it lies; 0 if it does not."""
        return 0 if self.low is None else max(0, self.low - number)

    def over_by(self, number: int) -> int:
        """How far above the upper bound it lies; 0 if it does not."""
        return 0 if self.high is None else max(0, number - self.high)

    def within(self, fact: Fact) -> tuple[int, int]:
        """The least and the most that it lets through."""
        least, most = kind_of(fact).range(fact)
        lowest = least if self.low is None else self.low + (self.above is not None)
        return lowest, most if self.high is None else self.high - (self.below is not None)

    def wanted(self, fact: Fact, as_of: date | None, words: Words) -> str:  # noqa: ARG002
        limits = {side: limit for side in _SIDES if (limit := getattr(self, side)) is not None}
        shown = {side: kind_of(fact).show(fact, limit, words) for side, limit in limits.items()}
        return words("value.separator").join(words(f"reason.{side}", bound=bound) for side, bound in shown.items())

    def distance(self, fact: Fact, value: Known, as_of: date, words: Words) -> str:  # noqa: ARG002
        number = int(str(value))
        short, over = self.short_by(number), self.over_by(number)
        if over:
            return words("reason.over", gap=kind_of(fact).show(fact, over, words))
        return words("reason.short", gap=kind_of(fact).show(fact, short, words)) if short else ""

    def ways(self, fact: Fact, published: date) -> tuple[bool, bool]:  # noqa: ARG002
        least, most = kind_of(fact).range(fact)
        lowest, highest = self.within(fact)
        return max(least, lowest) <= min(most, highest), least < lowest or highest < most
