"""Facts that are one of some choices: str, its key."""

from datetime import date

from dcrelief.rules.facts import BadValue, Fact, Tokens
from dcrelief.rules.kinds.base import FactKind, Option
from dcrelief.rules.text import folded
from dcrelief.rules.words import Words


def read_choice(fact: Fact, written: object, as_of: date, tokens: Tokens) -> str | BadValue:
    """The key of a choice, however it is written."""
    key = fact.spellings.get(folded(str(written)))
    return BadValue(fact, written, as_of, str(written), slips=tokens.slips) if key is None else key


def offered(fact: Fact, _: date, words: Words) -> dict[str, object]:
    """The choices, for somebody who wrote something else."""
    return {"offered": words("value.also").join(choice.label for choice in fact.choices)}


def options(fact: Fact, _: Words) -> list[Option]:
    """The choices, to be picked from."""
    return [(choice.key, choice.label, choice.key) for choice in fact.choices]


CHOICE = FactKind(
    read=read_choice,
    show=lambda fact, value, _: fact.choice_label(str(value)),
    blanks=offered,
    example=lambda fact, _: f'"{fact.choices[0].label}"',
    options=options,
    asked="choose",
    has_choices=True,
)
