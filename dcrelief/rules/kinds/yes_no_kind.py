"""Facts that are so or not: bool."""

from datetime import date

from dcrelief.rules.facts import BadValue, Fact, Tokens
from dcrelief.rules.kinds.base import FactKind
from dcrelief.rules.text import STOPS, folded, folded_set


def _read(fact: Fact, written: object, as_of: date, tokens: Tokens) -> bool | BadValue:
    if isinstance(written, bool):
        return written
    token = folded(str(written)).rstrip(STOPS)
    if token in folded_set(tokens.yes):
        return True
    return False if token in folded_set(tokens.no) else BadValue(fact, written, as_of)


YES_NO = FactKind(
    read=_read,
    show=lambda _, value, words: words("value.yes" if value else "value.no"),
    canonical=lambda _, value: value is True,
    example=lambda _, words: f'"{words("value.yes")}"',
    options=lambda _, words: [("yes", words("value.yes"), True), ("no", words("value.no"), False)],
    asked="choose",
    together=True,
    untouched=False,
)
