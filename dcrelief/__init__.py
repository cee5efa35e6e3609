"""Which relief measures of Dongcheng District (February 2020) fit a business, why, and what to do next."""

__version__ = "0.1.0"
