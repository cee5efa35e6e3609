"""Signs that act on a terminal, and break or turn around its lines, shown as what they are."""

import re

# Controls but the tab and the line break, of one byte or two; marks of direction, and the breaks of Unicode.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """A text in which no sign acts: `<U+001B>` for an escape; its line breaks stay."""
    return text if text.isprintable() else _ACTING.sub(_sign, text)


def shown_in_a_line(text: str) -> str:
    """The same, without line breaks: what a file says must not look like a line of ours."""
    return text if text.isprintable() else shown(text).replace("\n", "<U+000A>")


def _sign(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"
