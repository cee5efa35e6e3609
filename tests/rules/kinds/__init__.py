"""Reads values as the shipped catalogue does."""

from dcrelief.rules.facts import BadValue, Value
from dcrelief.rules.kinds import read
from tests.examples import AS_OF, in_english, shipped


def reading(fact: str, written: object) -> Value | BadValue:
    """What is written, read as that fact."""
    return read(shipped().facts[fact], written, AS_OF, shipped().tokens)


def reading_in_english(fact: str, written: object) -> Value | BadValue:
    """The same by the catalogue as English readers have it."""
    return read(in_english().facts[fact], written, AS_OF, in_english().tokens)


def is_bad(value: Value | BadValue) -> bool:
    """Whether it could not be read."""
    return isinstance(value, BadValue)
