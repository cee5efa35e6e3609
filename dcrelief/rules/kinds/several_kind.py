"""Facts that are any of some choices, or none of them: frozenset of their keys."""

import re
from datetime import date

from dcrelief.rules.facts import BadValue, Choice, Fact, Tokens, Value
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.kinds.choice_kind import offered, options, read_choice
from dcrelief.rules.text import folded, folded_set
from dcrelief.rules.words import Words

# What parts the choices in a cell, as people and the programs of surveys write them; a number may stand before each.
_SEPARATOR = re.compile(r"([、,，;；|┋／/+＋&\s])")
_NUMBER = re.compile(r"^[(（]?\d{1,2}[)）.．、]\s*(?=\D)")


def _read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> frozenset[str] | BadValue:
    if isinstance(written, str) and folded(written) in folded_set(tokens.no):
        return frozenset()
    parts: list[object] = written if isinstance(written, list) else [written]
    parts = [*_choices_in(fact, written)] if isinstance(written, str) else parts
    keys = set()
    for part in parts:
        key = read_choice(fact, part, as_of, tokens)
        if isinstance(key, BadValue):
            return key
        keys.add(key)
    return frozenset(keys)


def _choices_in(fact: Fact, written: str) -> list[str]:
    """The parts of a list of choices; a label may have a separator in it, so the longest that is one goes first."""
    if folded(written) in fact.spellings:
        return [written]
    pieces = _SEPARATOR.split(written.strip())  # texts and the separators between them, in turn
    most = 2 * max((len(_SEPARATOR.findall(text)) for text in _written_ways(fact)), default=0) + 1
    parts, begin = [], 0
    while begin < len(pieces):
        ends = range(min(begin + most, len(pieces)), begin, -2)
        end = next((end for end in ends if folded("".join(pieces[begin:end])) in fact.spellings), begin + 1)
        parts.append(_NUMBER.sub("", "".join(pieces[begin:end]).strip()))
        begin = end + 1
    return [part for part in parts if part] or [written]


def _written_ways(fact: Fact) -> list[str]:
    return [text for choice in fact.choices for text in (choice.key, choice.label, *choice.aliases)]


def _ticked(fact: Fact, value: Value) -> list[Choice]:
    return [choice for choice in fact.choices if isinstance(value, frozenset) and choice.key in value]


def _show(fact: Fact, value: Value, words: Words) -> str:
    return words("value.separator").join(choice.label for choice in _ticked(fact, value)) or words("value.none")


SEVERAL = FactKind(
    read=_read,
    show=_show,
    canonical=lambda fact, value: [choice.key for choice in _ticked(fact, value)],
    blanks=offered,
    example=lambda fact, _: f'["{fact.choices[0].label}"]',
    options=options,
    asked="tick",
    has_choices=True,
    untouched=frozenset(),
)
