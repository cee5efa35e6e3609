"""Facts that are a whole number of something: int, in the fact's unit."""

from datetime import date

from dcrelief.rules.facts import BadValue, Fact, Tokens
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.money import as_number
from dcrelief.rules.text import STOPS, folded, unspaced


def _read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> int | BadValue:
    number = as_number(_without_counter(fact, written) if isinstance(written, str) else written, tokens)
    if number is None or not fact.at_least <= number <= fact.at_most or number % 1:
        return BadValue(fact, written, as_of)
    return int(number)


def _without_counter(fact: Fact, written: str) -> str:
    text = unspaced(written).rstrip(STOPS)
    for _ in range(2):  # 两个人
        text = text.removesuffix(next(filter(text.endswith, fact.folded_counters), ""))
    return text


COUNT = FactKind(
    read=_read,
    show=lambda fact, value, words: words("value.count", number=value, unit=fact.unit),
    canonical=lambda _, value: int(str(value)),
    blanks=lambda fact, *_: {"at_least": fact.at_least, "at_most": fact.at_most},
    example=lambda *_: "12",
    is_unit=lambda fact, text, _: text in map(folded, (fact.unit, *fact.counters)),
    span=lambda fact: (fact.at_least, fact.at_most),
)
