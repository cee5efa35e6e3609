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
    """What is particular to a kind of fact.

    Its sentences are in words.toml: [expected] and [template], and [hint] where a line is written.
    read: the value of what is written, which is not empty and no word for unknown. No date may lie after the day given.
    show, canonical: a known value for people, and for files.
    blanks: what fills the braces of its [expected]. example: a value in TOML.
    options: what an interview offers. asked: how: choose one, tick any of them, or write a line.
    is_unit: whether a text, folded, is the unit of its numbers, as `人` and `元` are.
    span: of a kind whose values are whole numbers, the least and the most; conditions can set bounds only to such.
    together: several such facts may be asked on one page.
    untouched: the value for a business that has nothing to do with the fact's topic.
    number_format: of a workbook's cells, empty for the usual one.
    """

    read: Callable[[Fact, object, date, Tokens], Value | BadValue]
    show: Callable[[Fact, Value, Words], str] = lambda fact, value, words: str(value)  # noqa: ARG005
    canonical: Callable[[Fact, Value], Canonical] = lambda fact, value: str(value)  # noqa: ARG005
    blanks: Callable[[Fact, date, Words], dict[str, object]] = lambda fact, as_of, words: {}  # noqa: ARG005
    example: Callable[[Fact, Words], str] = lambda fact, words: '""'  # noqa: ARG005
    options: Callable[[Fact, Words], list[Option]] = lambda fact, words: []  # noqa: ARG005
    is_unit: Callable[[Fact, str, Tokens], bool] = lambda fact, text, tokens: False  # noqa: ARG005
    span: Callable[[Fact], tuple[int, int]] | None = None
    asked: Literal["choose", "tick", "write"] = "write"
    has_choices: bool = False
    together: bool = False
    is_money: bool = False
    untouched: Value = UNKNOWN
    number_format: str = ""

    def expected(self, fact: Fact, as_of: date, words: Words) -> str:
        """What may be written, for somebody who wrote something else."""
        return words(f"expected.{fact.kind}", **self.blanks(fact, as_of, words))

    def range(self, fact: Fact) -> tuple[int, int]:
        """The least and the most that a number of this kind can be; of no other kind."""
        assert self.span is not None
        return self.span(fact)
