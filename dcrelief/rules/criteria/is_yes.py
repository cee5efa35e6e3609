"""Of a yes/no fact: that it is so."""

from datetime import date

from dcrelief.rules.criteria.base import Criterion
from dcrelief.rules.facts import Known


class IsYes(Criterion, frozen=True):
    """It is yes."""

    kinds = ("yes_no",)

    def holds(self, value: Known, as_of: date) -> bool:  # noqa: ARG002
        return value is True
