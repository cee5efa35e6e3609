"""Facts that are a line of text: str, without line breaks and doubled spaces."""

import re
import unicodedata
from datetime import date

from dcrelief.rules.facts import LONGEST_TEXT, BadValue, Fact, Tokens
from dcrelief.rules.kinds.base import FactKind

# What a spreadsheet shows where a formula failed, or where it has dropped the digits of a long number (9.11E+17).
_LOST = re.compile(r"#(?:n/a|name\?|ref!|value!|div/0!|null!|num!)|#+|\d(?:\.\d+)?e\+\d{2}", re.IGNORECASE)


def _read(fact: Fact, written: object, as_of: date, _: Tokens) -> str | BadValue:
    text = " ".join(written.split()) if isinstance(written, str) else "\0"
    fine = len(text) <= LONGEST_TEXT and _is_seen(text) and not _LOST.fullmatch(text)
    return text if fine else BadValue(fact, written, as_of)


def _is_seen(text: str) -> bool:
    """Whether every sign can be seen; one that Python does not know yet may be a letter, as of a rare surname."""
    return text.isprintable() or all(sign.isprintable() or _is_new(sign) for sign in text)


def _is_new(sign: str) -> bool:
    is_no_character = "\ufdd0" <= sign <= "\ufdef" or ord(sign) & 0xFFFE == 0xFFFE
    return unicodedata.category(sign) == "Cn" and not is_no_character


TEXT = FactKind(read=_read, blanks=lambda *_: {"longest_text": LONGEST_TEXT}, number_format="@")
