"""What is particular to a kind of fact: how its values are read, shown, kept in files and asked for."""

from datetime import date
from typing import Literal

from dcrelief.rules.facts import UNKNOWN, BadValue, Fact, Tokens, Value
from dcrelief.rules.words import Words

How = Literal["choose", "tick", "write"]
# A value as JSON and answers files hold it.
Canonical = bool | int | str | list[str] | None


class FactKind:
    """A kind of fact. Its texts are in words.toml: [expected], [hint] and [template] have a sentence for each kind."""

    asked: How = "write"
    """How an interview asks: one of some options, any of some, or a line of text."""
    has_choices = False
    """Whether its facts list their choices."""
    together = False
    """Whether several of its facts may be asked on one page."""
    is_money = False
    """Whether it is an amount, in fen."""
    untouched: Value = UNKNOWN
    """What it is of a business that its topic has nothing to do with."""
    number_format = ""
    """How a workbook shows it; empty for the usual way."""

    def read(self, fact: Fact, written: object, as_of: date, tokens: Tokens) -> Value | BadValue:
        """The value of what is written, which is not empty and not a word for unknown."""
        raise NotImplementedError

    def canonical(self, fact: Fact, value: Value) -> Canonical:
        """A known value as files hold it."""
        raise NotImplementedError

    def show(self, fact: Fact, value: Value, words: Words) -> str:
        """A known value as people read it."""
        raise NotImplementedError

    def expected(self, fact: Fact, as_of: date, words: Words) -> str:
        """What may be written, for somebody who wrote something else."""
        return words(f"expected.{fact.kind}", **self._places(fact, as_of, words))

    def _places(self, fact: Fact, as_of: date, words: Words) -> dict[str, object]:  # noqa: ARG002
        """What fills the places of that sentence."""
        return {}

    def example(self, fact: Fact, words: Words) -> str:  # noqa: ARG002
        """A value as an answers file has it, in TOML."""
        return '""'

    def options(self, fact: Fact, words: Words) -> list[tuple[str, str, Value]]:  # noqa: ARG002
        """What an interview offers: a key, a label, and the value that it is."""
        return []

    def offered(self, fact: Fact, words: Words) -> list[str]:  # noqa: ARG002
        """What a cell of a workbook can be picked from; empty where it is written."""
        return []

    def is_unit(self, fact: Fact, text: str, tokens: Tokens) -> bool:  # noqa: ARG002
        """Whether a text, folded, is the unit that its numbers have anyway."""
        return False

    def limits(self, fact: Fact) -> tuple[int, ...]:  # noqa: ARG002
        """The least and the most that the fact itself sets; none where it cannot."""
        return ()

    def range(self, fact: Fact) -> tuple[int, int]:
        """The least and the most that a number of it can be."""
        raise NotImplementedError
