"""Facts that are an amount of money: int, in fen, not below nothing."""

from datetime import date

from dcrelief.rules.facts import BadValue, Fact, Tokens
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.money import MAX_FEN, as_number, decimal_yuan, read_money, whole_fen, yuan_of


def _read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> int | BadValue:
    if isinstance(written, str):
        fen = read_money(written, tokens, fact.yuan)
    else:
        number = as_number(written, tokens)
        fen = None if number is None else whole_fen(number * fact.yuan)
    return BadValue(fact, written, as_of) if fen is None or fen < 0 else fen


MONEY = FactKind(
    read=_read,
    show=lambda _, value, words: words.money(int(str(value))),
    canonical=lambda _, value: decimal_yuan(int(str(value))),
    example=lambda _, words: f'"{words("template.money_example")}"',
    is_unit=lambda _, text, tokens: yuan_of(text, tokens) == 1,
    span=lambda _: (0, MAX_FEN),
    is_money=True,
)
