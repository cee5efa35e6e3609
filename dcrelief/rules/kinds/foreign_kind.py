"""Facts that are an amount in another currency, which is their unit: int, in hundredths of it, not below nothing."""

from datetime import date
from decimal import Decimal

from dcrelief.rules.facts import BadValue, Fact, Tokens
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.money import FEN_PER_YUAN, MAX_FEN, as_number, decimal_yuan, whole_fen
from dcrelief.rules.text import STOPS, unspaced
from dcrelief.rules.words import Words


def _read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> int | BadValue:
    number = as_number(_without_currency(fact, written) if isinstance(written, str) else written, tokens)
    parts = None if number is None else whole_fen(number)
    return BadValue(fact, written, as_of) if parts is None or parts < 0 else parts


def _without_currency(fact: Fact, written: str) -> str:
    text = unspaced(written).rstrip(STOPS)
    before = text.removeprefix(next(filter(text.startswith, fact.folded_counters), ""))
    return before if before != text else text.removesuffix(next(filter(text.endswith, fact.folded_counters), ""))


def _show(fact: Fact, value: int, words: Words) -> str:
    return words("value.count", number=Decimal(value) / FEN_PER_YUAN, unit=fact.unit)


FOREIGN = FactKind(
    read=_read,
    show=lambda fact, value, words: _show(fact, int(str(value)), words),
    canonical=lambda _, value: decimal_yuan(int(str(value))),
    blanks=lambda fact, *_: {"unit": fact.unit},
    example=lambda fact, _: f'"12.5{fact.unit}"',
    is_unit=lambda fact, text, _: text in fact.folded_counters,
    span=lambda _: (0, MAX_FEN),
)
