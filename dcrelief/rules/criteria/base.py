"""What a condition may ask of one known value."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self

from msgspec import Struct

from dcrelief.rules.facts import Fact, Kind, Known
from dcrelief.rules.words import Words

# What is wrong with a criterion in a data file. form: it is not written as `form` says; or one side has two bounds; or
# no value can pass.
Flaw = Literal["form", "one_side_twice", "contradiction"]
# A number of a fact's unit, or an amount as people write it: "20万元".
Limit = int | str
Keys = tuple[str, ...]


class Criterion(Struct, frozen=True):
    """What a condition asks of a fact. A subclass gives the three below, and `holds`; the other methods where needed.

    fields: the fields by which a term of a data file writes it, each with its type there; catalogue/ turns a Limit into
    a number (fen for money) before `of`. form: how to write it, for people. kinds: the kinds of facts it may be asked.
    """

    fields: ClassVar[Mapping[str, Any]] = {}
    form: ClassVar[str] = ""
    kinds: ClassVar[tuple[Kind, ...]] = ()

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The criterion of these fields, some or all of `fields`."""
        return cls(**fields)

    def flaw(self) -> Flaw | None:
        """What is wrong with it, if anything."""
        return None

    def holds(self, value: Known, as_of: date) -> bool:
        """Whether the value passes, on a day."""
        raise NotImplementedError

    def wanted(self, fact: Fact, as_of: date | None, words: Words) -> str:  # noqa: ARG002
        """What it asks for, in words; empty where the fact's label says it. as_of: None where no day is known."""
        return ""

    def distance(self, fact: Fact, value: Known, as_of: date, words: Words) -> str:  # noqa: ARG002
        """How far a value misses it, in words; empty where that has no sense."""
        return ""

    def ways(self, fact: Fact, published: date) -> tuple[bool, bool]:  # noqa: ARG002
        """Whether any answer makes it hold, and whether any makes it fail; for lint.

        published: the day of the document.
        """
        return True, True

    def ticked(self, key: str) -> bool | None:  # noqa: ARG002
        """Whether it names that choice; None if it is not about choices."""
        return None
