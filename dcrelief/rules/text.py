"""Text as it is compared, wherever it was written."""

import unicodedata


def plain(text: str) -> str:
    """Text for comparison: half width, lower case, no spaces."""
    return "".join(unspaced(text).split())


def unspaced(text: str) -> str:
    """The same of a number: a line break or a tab inside it stays, since it parts two numbers."""
    return unicodedata.normalize("NFKC", text).casefold().strip().replace(" ", "")
