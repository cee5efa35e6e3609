"""The kinds of facts, a file each, and the one way to read a value, wherever it was written.

To add one: its name in Kind (rules/facts.py), its FactKind in a file here and in KINDS below, its sentences in
data/words.toml ([expected], [hint], [template]), its columns in columnar/kind_columns.py, and then `make schemas`.
"""

from collections.abc import Mapping
from datetime import date

from dcrelief.rules.facts import LONGEST_WRITTEN, UNKNOWN, Answers, BadValue, Fact, Kind, Tokens, Value
from dcrelief.rules.kinds.base import Canonical, FactKind
from dcrelief.rules.kinds.choice_kind import CHOICE
from dcrelief.rules.kinds.count_kind import COUNT
from dcrelief.rules.kinds.date_kind import DATE
from dcrelief.rules.kinds.foreign_kind import FOREIGN
from dcrelief.rules.kinds.money_kind import MONEY
from dcrelief.rules.kinds.percent_kind import PERCENT
from dcrelief.rules.kinds.several_kind import SEVERAL
from dcrelief.rules.kinds.text_kind import TEXT
from dcrelief.rules.kinds.yes_no_kind import YES_NO
from dcrelief.rules.text import STOPS, folded, folded_set

KINDS: dict[Kind, FactKind] = {
    "yes_no": YES_NO,
    "count": COUNT,
    "money": MONEY,
    "foreign": FOREIGN,
    "percent": PERCENT,
    "date": DATE,
    "choice": CHOICE,
    "several": SEVERAL,
    "text": TEXT,
}


_MOST_BITS = 128  # of a whole number


def kind_of(fact: Fact) -> FactKind:
    """What is particular to the fact's kind."""
    return KINDS[fact.kind]


def read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> Value | BadValue:
    """The value of a fact from what a person typed or a file holds; dates may not lie after as_of.

    written: text, or what TOML and JSON have of their own (bool, int, Decimal, date, list of text, None).
    Empty text and None are UNKNOWN. Errors are returned, never raised.
    """
    if written is None:
        return UNKNOWN
    if isinstance(written, str):
        text = folded(written)
        if not text or text.rstrip(STOPS) in folded_set(tokens.unknown):
            return UNKNOWN
    if _too_long(written):  # whatever it is, it is no value; and to look at it closely may take very long
        return BadValue(fact, written, as_of)
    return kind_of(fact).read(fact, written, as_of, tokens)


def _too_long(written: object) -> bool:
    """Whether a text or a number is longer than that of any fact; so is every list with a list or a table in it."""
    if isinstance(written, list):
        return any(isinstance(part, list | dict) or _too_long(part) for part in written)
    if isinstance(written, int):
        return written.bit_length() > _MOST_BITS
    return isinstance(written, dict) or (isinstance(written, str) and len(written.strip()) > LONGEST_WRITTEN)


def canonical(fact: Fact, value: Value) -> Canonical:
    """The value as JSON and answers files hold it: money as decimal yuan, dates as ISO 8601, unknown as null."""
    return None if value is UNKNOWN else kind_of(fact).canonical(fact, value)


def document(facts: Mapping[str, Fact], answers: Answers) -> dict[str, Canonical]:
    """Answers as files and JSON hold them, in the order of the facts."""
    return {fact.id: canonical(fact, answers[fact.id]) for fact in facts.values() if fact.id in answers}
