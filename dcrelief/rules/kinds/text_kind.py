"""Facts that are a line of text: str, without line breaks and doubled spaces."""

from datetime import date

from dcrelief.rules.facts import LONGEST_TEXT, BadValue, Fact, Tokens
from dcrelief.rules.kinds.base import FactKind


def _read(fact: Fact, written: object, as_of: date, _: Tokens) -> str | BadValue:
    text = " ".join(written.split()) if isinstance(written, str) else "\0"
    return text if len(text) <= LONGEST_TEXT and text.isprintable() else BadValue(fact, written, as_of)


TEXT = FactKind(read=_read, blanks=lambda *_: {"longest_text": LONGEST_TEXT}, number_format="@")
