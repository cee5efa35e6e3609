"""Text as it is compared, wherever it was written."""

import unicodedata
from functools import cache, lru_cache

# Signs that nobody sees: they come along when a text is copied from a page or a chat.
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF]
)
STOPS = ".。"  # some put one behind a word or an amount


def folded(text: str) -> str:
    """Text for comparison: half width, lower case, no spaces."""
    return "".join(_one_width(text).split())


def unspaced(text: str) -> str:
    """The same of a number: a line break or a tab inside it stays, since it parts two numbers."""
    return _one_width(text).strip().replace(" ", "")


@lru_cache(maxsize=4096)
def folded_word(word: str) -> str:
    """The same of a word that is looked for in many texts."""
    return folded(word)


@cache
def folded_set(texts: tuple[str, ...]) -> frozenset[str]:
    """Some texts for comparison."""
    return frozenset(map(folded, texts))


def _one_width(text: str) -> str:
    """Half width and lower case; plain ASCII needs less for it, and stands in most cells."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
