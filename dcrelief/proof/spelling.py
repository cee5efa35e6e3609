"""Letters that mean the same: of either width, in an older form, with spaces between them."""

import re
import unicodedata

_OLDER_FORMS = {"後": "后", "馀": "余", "餘": "余", "裏": "里", "裡": "里"}
_NEWER = str.maketrans(_OLDER_FORMS)


def same_letters(text: str) -> str:
    """The text with letters and digits of one width, and without older forms of letters."""
    return unicodedata.normalize("NFKC", text).translate(_NEWER)


def unspaced(text: str) -> str:
    """The same letters without spaces, but for one between two phones, mailboxes or words of Latin letters."""
    return re.sub(r"\s+", "", re.sub(r"(?<=[A-Za-z\d])\s+(?=[A-Za-z\d])", "\0", same_letters(text))).replace("\0", " ")


def loosely(text: str) -> str:
    """A pattern of a text: each letter in any of its forms, with or without spaces between them."""
    return r"\s*".join(_any_form(letter) for letter in unspaced(text))


def _any_form(letter: str) -> str:
    wide = [chr(ord(letter) + 0xFEE0)] if "!" <= letter <= "~" else []
    forms = [letter, *wide, *(old for old, new in _OLDER_FORMS.items() if new == letter)]
    return f"[{''.join(map(re.escape, forms))}]" if len(forms) > 1 else re.escape(letter)
