"""Facts that are an amount of money."""

from datetime import date

from dcrelief.rules import money
from dcrelief.rules.facts import BadValue, Fact, Tokens, Value
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.words import Words


class MoneyKind(FactKind):
    """Values: int, in fen, not below nothing."""

    is_money = True

    def read(self, fact: Fact, written: object, as_of: date, tokens: Tokens) -> int | BadValue:
        if isinstance(written, str):
            fen = money.read_money(written, tokens)
        else:
            number = money.as_number(written, tokens)
            fen = None if number is None else money.whole_fen(number)
        return BadValue(fact, written, as_of) if fen is None or fen < 0 else fen

    def canonical(self, fact: Fact, value: Value) -> str:  # noqa: ARG002
        assert isinstance(value, int)
        return money.decimal_yuan(value)

    def show(self, fact: Fact, value: Value, words: Words) -> str:  # noqa: ARG002
        assert isinstance(value, int)
        return words.money(value)

    def example(self, fact: Fact, words: Words) -> str:  # noqa: ARG002
        return f'"{words("template.money_example")}"'

    def is_unit(self, fact: Fact, text: str, tokens: Tokens) -> bool:  # noqa: ARG002
        return bool(text) and money.read_money(f"1{text}", tokens) == money.FEN_PER_YUAN

    def range(self, fact: Fact) -> tuple[int, int]:  # noqa: ARG002
        return 0, money.MAX_FEN
