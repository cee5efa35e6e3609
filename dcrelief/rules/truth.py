"""Kleene's three truth values."""

from collections.abc import Iterable
from enum import Enum
from functools import reduce


class Truth(Enum):
    """NO < UNKNOWN < YES: AND is the least of its terms, OR the greatest, NOT turns the order round."""

    NO = "no"
    UNKNOWN = "unknown"
    YES = "yes"

    def __and__(self, other: "Truth") -> "Truth":
        if Truth.NO in (self, other):
            return Truth.NO
        return Truth.YES if self is other is Truth.YES else Truth.UNKNOWN

    def __or__(self, other: "Truth") -> "Truth":
        return ~(~self & ~other)

    def __invert__(self) -> "Truth":
        return {Truth.NO: Truth.YES, Truth.YES: Truth.NO}.get(self, Truth.UNKNOWN)

    @staticmethod
    def of(statement: bool) -> "Truth":
        """YES or NO, for what is known."""
        return Truth.YES if statement else Truth.NO


def all_of(terms: Iterable[Truth]) -> Truth:
    """Kleene's AND; YES when there are no terms."""
    return reduce(Truth.__and__, terms, Truth.YES)


def any_of(terms: Iterable[Truth]) -> Truth:
    """Kleene's OR; NO when there are no terms."""
    return reduce(Truth.__or__, terms, Truth.NO)
