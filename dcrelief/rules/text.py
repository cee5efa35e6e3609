"""Text as it is compared, wherever it was written."""

import unicodedata


def plain(text: str) -> str:
    """Text for comparison: half width, lower case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
