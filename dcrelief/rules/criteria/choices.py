"""Of a choice, or of several: which they are, and which they are not."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from dcrelief.rules.criteria.base import Criterion, Flaw, Keys
from dcrelief.rules.facts import Fact, Known
from dcrelief.rules.words import Words


class OfChoices(Criterion, frozen=True):
    """Names some keys of choices."""

    keys: Keys

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        (keys,) = fields.values()
        return cls(keys)

    def flaw(self) -> Flaw | None:
        return None if self.keys else "form"

    def wanted(self, fact: Fact, as_of: date | None, words: Words) -> str:  # noqa: ARG002
        """The choices; nothing where any will do."""
        return self._labels(fact, words) if len(self.keys) < len(fact.choices) else ""

    def ticked(self, key: str) -> bool:
        return key in self.keys

    def _labels(self, fact: Fact, words: Words) -> str:
        return words("value.or").join(map(fact.choice_label, self.keys))

    def _names_all(self, fact: Fact) -> bool:
        return set(self.keys) == {choice.key for choice in fact.choices}


class OneOf(OfChoices, frozen=True):
    """A choice is one of these keys."""

    fields: ClassVar = {"in": Keys}
    form = "in = [...]"
    kinds = ("choice",)

    def holds(self, value: Known, as_of: date) -> bool:  # noqa: ARG002
        return value in self.keys

    def ways(self, fact: Fact, published: date) -> tuple[bool, bool]:  # noqa: ARG002
        return True, not self._names_all(fact)


class NoneOf(OfChoices, frozen=True):
    """A choice is none of these keys."""

    fields: ClassVar = {"not_in": Keys}
    form = "not_in = [...]"
    kinds = ("choice",)

    def holds(self, value: Known, as_of: date) -> bool:  # noqa: ARG002
        return value not in self.keys

    def wanted(self, fact: Fact, as_of: date | None, words: Words) -> str:  # noqa: ARG002
        return words("reason.none_of", choices=self._labels(fact, words))

    def ways(self, fact: Fact, published: date) -> tuple[bool, bool]:  # noqa: ARG002
        return not self._names_all(fact), True


class HasAny(OfChoices, frozen=True):
    """Of several choices, at least one of these keys is ticked."""

    fields: ClassVar = {"has": Keys}
    form = "has = [...]"
    kinds = ("several",)

    def holds(self, value: Known, as_of: date) -> bool:  # noqa: ARG002
        return isinstance(value, frozenset) and not value.isdisjoint(self.keys)


class HasNone(OfChoices, frozen=True):
    """Of several choices, none of these keys is ticked."""

    fields: ClassVar = {"has_none": Keys}
    form = "has_none = [...]"
    kinds = ("several",)

    def holds(self, value: Known, as_of: date) -> bool:  # noqa: ARG002
        return isinstance(value, frozenset) and value.isdisjoint(self.keys)

    def wanted(self, fact: Fact, as_of: date | None, words: Words) -> str:  # noqa: ARG002
        return words("reason.has_none", choices=self._labels(fact, words))
