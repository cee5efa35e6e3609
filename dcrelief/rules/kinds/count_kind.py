"""Facts that are a whole number of something."""

from datetime import date

from dcrelief.rules.facts import BadValue, Fact, Tokens, Value
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.money import as_number
from dcrelief.rules.text import STOPS, folded, unspaced
from dcrelief.rules.words import Words


class CountKind(FactKind):
    """Values: int, in the fact's unit."""

    def read(self, fact: Fact, written: object, as_of: date, tokens: Tokens) -> int | BadValue:
        number = as_number(_without_counter(fact, written) if isinstance(written, str) else written, tokens)
        if number is None or not fact.at_least <= number <= fact.at_most or number % 1:
            return BadValue(fact, written, as_of)
        return int(number)

    def canonical(self, fact: Fact, value: Value) -> int:  # noqa: ARG002
        assert isinstance(value, int)
        return value

    def show(self, fact: Fact, value: Value, words: Words) -> str:
        return words("value.count", number=value, unit=fact.unit)

    def _places(self, fact: Fact, as_of: date, words: Words) -> dict[str, object]:  # noqa: ARG002
        return {"at_least": fact.at_least, "at_most": fact.at_most}

    def example(self, fact: Fact, words: Words) -> str:  # noqa: ARG002
        return "12"

    def is_unit(self, fact: Fact, text: str, tokens: Tokens) -> bool:  # noqa: ARG002
        return text in map(folded, (fact.unit, *fact.counters))

    def limits(self, fact: Fact) -> tuple[int, ...]:
        return self.range(fact)

    def range(self, fact: Fact) -> tuple[int, int]:
        return fact.at_least, fact.at_most


def _without_counter(fact: Fact, written: str) -> str:
    text = unspaced(written).rstrip(STOPS)
    return text.removesuffix(next(filter(text.endswith, fact.folded_counters), ""))
