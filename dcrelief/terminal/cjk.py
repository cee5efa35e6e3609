"""Breaks Chinese text into lines: numbers stay with their units, no line starts with closing punctuation."""

import re

from rich.cells import cell_len

_OPENING = "“‘（《〈【「『〔([第"
_CLOSING = "”’）》〉】」』〕，。、；：？！…%％)],.;:!?·"
_UNITS = "元万亿人天日月年号条项个档岁家次时周点分步页份%％"
# What must not be broken: a number with its units (12 人, 20万元), an address, a Latin word; else a single character.
_PIECE = re.compile(rf"[\w.-]+@[\w.-]+|[\d][\d,.:/\-–—~]*\d?(?: ?[{_UNITS}]+)?|[!-~]+|\s+|.", re.ASCII)


# So wide that no sentence is broken: for screen readers.
UNWRAPPED = 10_000


def pieces(text: str) -> list[str]:
    """The smallest parts of a text between which a line may break, in order."""
    parts: list[str] = []
    for piece in _PIECE.findall(text):
        joins = parts and not parts[-1].isspace() and (piece[0] in _CLOSING or parts[-1][-1] in _OPENING)
        if joins:
            parts[-1] += piece
        else:
            parts.append(piece)
    return parts


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The text as lines of at most `width` cells; the first line starts with `first`, the others with `rest`.

    A part longer than a whole line, such as an address, is cut where the line ends. width 0 is no limit.
    """
    text = " ".join(text.split())
    if not width or cell_len(first) + cell_len(text) <= width:
        return [(first + text).rstrip()]
    lines, line, used = [], first, cell_len(first)
    empty = True
    for part in pieces(text):
        for bit in _cut(part, width - max(cell_len(first), cell_len(rest))):
            if not empty and used + cell_len(bit.rstrip()) > width:
                lines.append(line.rstrip())
                line, used, empty = rest, cell_len(rest), True
            if empty and bit.isspace():
                continue
            line, used, empty = line + bit, used + cell_len(bit), False
    return [*lines, line.rstrip()]


def _cut(part: str, width: int) -> list[str]:
    if cell_len(part) <= width:
        return [part]
    bits, bit = [], ""
    for character in part:
        if bit and cell_len(bit + character) > width:
            bits.append(bit)
            bit = ""
        bit += character
    if len(bit) == 1 and bit in _CLOSING:  # no closing punctuation at the start of a line
        bits[-1], bit = bits[-1][:-1], bits[-1][-1] + bit
    return [*bits, bit]
