"""Numbers that are most likely a slip: 950 yuan where 950万 was meant, 120万 people where 120 were."""

from dcrelief.rules.facts import Fact, Value
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.money import FEN_PER_YUAN

# What people leave out, or write once too often: 万.
_SLIP = 10_000


def usual_span(fact: Fact) -> tuple[int, int] | None:
    """From least to most, what is usual of a fact, as its values are; None where nothing is said of it."""
    if fact.usual is None:
        return None
    least, most = fact.usual
    unit = FEN_PER_YUAN if kind_of(fact).is_money else 1
    return least * unit, most * unit


def is_unlikely(fact: Fact, value: Value) -> bool:
    """Whether a value is so far from what is usual that it may be a slip."""
    span = usual_span(fact)
    return span is not None and isinstance(value, int) and value != 0 and not span[0] <= value <= span[1]


def likely_meant(fact: Fact, value: Value) -> int | None:
    """What may have been meant by an unlikely value; None if that is not usual, either."""
    assert isinstance(value, int)
    others = (value * _SLIP, *((value // _SLIP,) if value % _SLIP == 0 else ()))
    return next((other for other in others if not is_unlikely(fact, other)), None)
