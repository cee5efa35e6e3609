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

    read: what is written as a value; it is not empty and no word for unknown, and no date may lie after the day given.
    show, canonical: a known value for people, and for files. places: what fills the braces of its [expected].
    example: a value in TOML. options: what an interview offers to choose from. is_unit: whether a text, folded, is the
    unit that its numbers have anyway. span: the least and the most that its number can be. asked: how an interview
    asks: choose one option, tick any of them, or write a line. together: several such facts may be asked on one page.
    untouched: the value for a business that has nothing to do with the fact's topic. number_format: of a workbook's
    cells, empty for the usual one.
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
