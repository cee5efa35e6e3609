"""Facts that are one of some choices."""

from datetime import date

from dcrelief.rules.facts import BadValue, Fact, Tokens, Value
from dcrelief.rules.kinds.base import FactKind, How
from dcrelief.rules.text import folded
from dcrelief.rules.words import Words


class ChoiceKind(FactKind):
    """Values: str, the key of a choice."""

    asked: How = "choose"
    has_choices = True

    def read(self, fact: Fact, written: object, as_of: date, tokens: Tokens) -> str | BadValue:  # noqa: ARG002
        return read_choice(fact, written, as_of)

    def canonical(self, fact: Fact, value: Value) -> str:  # noqa: ARG002
        return str(value)

    def show(self, fact: Fact, value: Value, words: Words) -> str:  # noqa: ARG002
        return fact.choice_label(str(value))

    def _places(self, fact: Fact, as_of: date, words: Words) -> dict[str, object]:  # noqa: ARG002
        return {"offered": words("value.also").join(choice.label for choice in fact.choices)}

    def example(self, fact: Fact, words: Words) -> str:  # noqa: ARG002
        return f'"{fact.choices[0].label}"'

    def options(self, fact: Fact, words: Words) -> list[tuple[str, str, Value]]:  # noqa: ARG002
        return [(choice.key, choice.label, choice.key) for choice in fact.choices]

    def offered(self, fact: Fact, words: Words) -> list[str]:  # noqa: ARG002
        return [choice.label for choice in fact.choices]


def read_choice(fact: Fact, written: object, as_of: date) -> str | BadValue:
    """The key of a choice, however it is written."""
    key = fact.spellings.get(folded(str(written)))
    return BadValue(fact, written, as_of, str(written)) if key is None else key
