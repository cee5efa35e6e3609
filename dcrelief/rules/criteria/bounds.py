"""Of a count or an amount: within which bounds it lies."""

from datetime import date
from typing import ClassVar

from dcrelief.rules.criteria.base import Criterion, Flaw, Limit
from dcrelief.rules.facts import Fact, Known
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.words import Words

_SIDES = ("at_least", "above", "at_most", "below")


class Bounds(Criterion, frozen=True):
    """A count (of its unit) or an amount (fen) lies within bounds; None is no bound."""

    at_least: int | None = None
    above: int | None = None
    at_most: int | None = None
    below: int | None = None

    fields: ClassVar = dict.fromkeys(_SIDES, Limit)
    form = " / ".join(_SIDES)
    kinds = ("count", "money")

    def flaw(self) -> Flaw | None:
        lows = [limit for limit in (self.at_least, self.above) if limit is not None]
        highs = [limit for limit in (self.at_most, self.below) if limit is not None]
        if len(lows) > 1 or len(highs) > 1:
            return "one_side_twice"
        strict = self.above is not None or self.below is not None
        if lows and highs and (lows[0] > highs[0] or (strict and lows[0] == highs[0])):
            return "contradiction"
        return None if lows or highs else "form"

    def holds(self, value: Known, as_of: date) -> bool:  # noqa: ARG002
        number = int(str(value))
        return self.short_by(number) == 0 == self.over_by(number) and number not in (self.above, self.below)

    def short_by(self, number: int) -> int:
        """How far below the lower bound it lies; 0 if it does not."""
        lowest = self.at_least if self.at_least is not None else self.above
        return max(0, lowest - number) if lowest is not None else 0

    def over_by(self, number: int) -> int:
        """How far above the upper bound it lies; 0 if it does not."""
        highest = self.at_most if self.at_most is not None else self.below
        return max(0, number - highest) if highest is not None else 0

    def within(self, fact: Fact) -> tuple[int, int]:
        """The least and the most that it lets through."""
        least, most = kind_of(fact).span(fact)
        lows = (self.at_least, None if self.above is None else self.above + 1)
        highs = (self.at_most, None if self.below is None else self.below - 1)
        return (
            next((low for low in lows if low is not None), least),
            next((high for high in highs if high is not None), most),
        )

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
        least, most = kind_of(fact).span(fact)
        lowest, highest = self.within(fact)
        return max(least, lowest) <= min(most, highest), least < lowest or highest < most
