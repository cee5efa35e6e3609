"""Facts that are any of some choices, or none of them."""

import re
from datetime import date

from dcrelief.rules.facts import BadValue, Fact, Tokens, Value
from dcrelief.rules.kinds.base import Canonical
from dcrelief.rules.kinds.choice_kind import ChoiceKind, read_choice
from dcrelief.rules.text import folded, folded_set
from dcrelief.rules.words import Words


class SeveralKind(ChoiceKind):
    """Values: frozenset of the keys of choices."""

    asked = "tick"
    untouched = frozenset()

    def read(  # type: ignore[override]
        self, fact: Fact, written: object, as_of: date, tokens: Tokens
    ) -> frozenset[str] | BadValue:
        if isinstance(written, str) and folded(written) in folded_set(tokens.no):
            return frozenset()
        parts: list[object] = written if isinstance(written, list) else [written]
        parts = [*_choices_in(fact, written)] if isinstance(written, str) else parts
        keys = set()
        for part in parts:
            key = read_choice(fact, part, as_of)
            if isinstance(key, BadValue):
                return key
            keys.add(key)
        return frozenset(keys)

    def canonical(self, fact: Fact, value: Value) -> Canonical:  # type: ignore[override]
        return [choice.key for choice in fact.choices if isinstance(value, frozenset) and choice.key in value]

    def show(self, fact: Fact, value: Value, words: Words) -> str:
        labels = [choice.label for choice in fact.choices if isinstance(value, frozenset) and choice.key in value]
        return words("value.separator").join(labels) if labels else words("value.none")

    def example(self, fact: Fact, words: Words) -> str:
        return f"[{super().example(fact, words)}]"

    def offered(self, fact: Fact, words: Words) -> list[str]:  # noqa: ARG002
        return []  # a cell is picked one of


def _choices_in(fact: Fact, written: str) -> list[str]:
    """The parts of a list of choices; a label may have a separator in it, so the longest that is one goes first."""
    pieces = re.split(r"([、,，;；|])", written)  # texts and the separators between them, in turn
    parts = []
    while pieces:
        ends = range(len(pieces), 0, -2)
        end = next((end for end in ends if folded("".join(pieces[:end])) in fact.spellings), 1)
        parts.append("".join(pieces[:end]))
        pieces = pieces[end + 1 :]
    return parts
