"""Of a date: how many years ago it may lie."""

from calendar import isleap
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from dcrelief.rules.criteria.base import Criterion, Flaw
from dcrelief.rules.facts import EARLIEST_DATE, Fact, Known, PartialDate
from dcrelief.rules.words import Words

_MOST_YEARS = 100


class WithinYears(Criterion, frozen=True):
    """A date lies at most so many years before the assessment, the anniversary itself included (含)."""

    years: int

    fields: ClassVar = {"within_years": int}
    form = f"within_years = 1…{_MOST_YEARS}"
    kinds = ("date",)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        return cls(fields["within_years"])

    def flaw(self) -> Flaw | None:
        return None if 1 <= self.years <= _MOST_YEARS else "form"

    def holds(self, value: Known, as_of: date) -> bool:
        return isinstance(value, date) and value >= self.earliest(as_of)

    def earliest(self, as_of: date) -> date:
        """The earliest date that passes: the same day so many years before.

        That many years before 29 February may be no leap year: then it is 1 March.
        """
        year = as_of.year - self.years
        if (as_of.month, as_of.day) == (2, 29) and not isleap(year):
            return date(year, 3, 1)
        return as_of.replace(year=year)

    def wanted(self, fact: Fact, as_of: date | None, words: Words) -> str:  # noqa: ARG002
        if as_of is None:
            return words("describe.within_years", years=self.years)
        return words("reason.within_years", years=self.years, earliest=self.earliest(as_of))

    def distance(self, fact: Fact, value: Known, as_of: date, words: Words) -> str:  # noqa: ARG002
        day = value.last if isinstance(value, PartialDate) else value
        return words("reason.too_early", days=(self.earliest(as_of) - day).days) if isinstance(day, date) else ""

    def ways(self, fact: Fact, published: date) -> tuple[bool, bool]:  # noqa: ARG002
        return True, self.earliest(published) > EARLIEST_DATE
