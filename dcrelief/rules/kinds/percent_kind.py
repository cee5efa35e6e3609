"""Facts that are a percentage: int, in hundredths of a percent; a fact whose at_least is below 0 may be negative."""

from datetime import date
from decimal import Decimal

from dcrelief.rules.facts import BadValue, Fact, Tokens
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.money import as_number
from dcrelief.rules.text import STOPS, folded, unspaced

PARTS = 100  # of a percent
# What may stand behind the number, and how many parts each of it counts.
_SIGNS = {"%": PARTS, "‰": PARTS // 10}


def _read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> int | BadValue:
    parts = _parts(written, tokens)
    if parts is None or parts % 1 or not fact.at_least * PARTS <= parts <= fact.at_most * PARTS:
        return BadValue(fact, written, as_of)
    return int(parts)


def _parts(written: object, tokens: Tokens) -> Decimal | None:
    """Hundredths of a percent. Without a sign behind it a part of one is none: 0.2 may be 20% or 0.2%."""
    text = unspaced(written).rstrip(STOPS) if isinstance(written, str) else ""
    worth = _SIGNS.get(text[-1:])
    if worth is not None:
        number = as_number(text[:-1], tokens)
        return None if number is None else number * worth
    before = next(filter(text.startswith, map(folded, tokens.before_percent)), "")
    number = as_number(text.removeprefix(before) if text else written, tokens)
    return None if number is None or (0 < abs(number) < 1 and not before) else number * PARTS


def _plain(value: int) -> str:
    return f"{Decimal(value).scaleb(-2).normalize():f}%"


PERCENT = FactKind(
    read=_read,
    show=lambda _, value, __: _plain(int(str(value))),
    canonical=lambda _, value: _plain(int(str(value))),
    blanks=lambda fact, *_: {"at_least": fact.at_least, "at_most": fact.at_most},
    example=lambda *_: '"12.5%"',
    is_unit=lambda _, text, __: text in _SIGNS,
    span=lambda fact: (fact.at_least * PARTS, fact.at_most * PARTS),
)
