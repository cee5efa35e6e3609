"""What is particular to a kind of fact: how its values are read, shown, kept in files and asked for."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from msgspec import Struct

from dcrelief.rules.facts import UNKNOWN, BadValue, Fact, Tokens, Value
from dcrelief.rules.words import Words

# A value as JSON and answers files hold it.
Canonical = bool | int | str | list[str] | None
# What an interview offers: a key, a label, and the value that it is.
Option = tuple[str, str, Value]


class FactKind(Struct, frozen=True):
    """A kind of fact. Its texts are in words.toml: [expected], [hint] and [template] have a sentence for each kind.

    read: the value of what is written, which is neither empty nor a word for unknown; dates may not lie after the day.
    show, canonical: a known value as people read it, and as files hold it. places: what [expected] is filled with.
    example: a value in TOML. is_unit: whether a text, folded, is the unit that its numbers have anyway. span: the least
    and the most that a number of it can be. asked: how an interview asks, for one of some options, any of some, or a
    line of text. together: several of its facts may be asked on one page. untouched: what it is of a business that its
    topic has nothing to do with. number_format: how a workbook shows it, empty for the usual way.
    """

    read: Callable[[Fact, object, date, Tokens], Value | BadValue]
    show: Callable[[Fact, Value, Words], str] = lambda fact, value, words: str(value)  # noqa: ARG005
    canonical: Callable[[Fact, Value], Canonical] = lambda fact, value: str(value)  # noqa: ARG005
    places: Callable[[Fact, date, Words], dict[str, object]] = lambda fact, as_of, words: {}  # noqa: ARG005
    example: Callable[[Fact, Words], str] = lambda fact, words: '""'  # noqa: ARG005
    options: Callable[[Fact, Words], list[Option]] = lambda fact, words: []  # noqa: ARG005
    is_unit: Callable[[Fact, str, Tokens], bool] = lambda fact, text, tokens: False  # noqa: ARG005
    span: Callable[[Fact], tuple[int, int]] = lambda fact: (0, 0)  # noqa: ARG005
    asked: Literal["choose", "tick", "write"] = "write"
    has_choices: bool = False
    together: bool = False
    is_money: bool = False
    untouched: Value = UNKNOWN
    number_format: str = ""

    def expected(self, fact: Fact, as_of: date, words: Words) -> str:
        """What may be written, for somebody who wrote something else."""
        return words(f"expected.{fact.kind}", **self.places(fact, as_of, words))
