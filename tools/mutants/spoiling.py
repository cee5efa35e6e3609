"""One spoiling of one file, and the tests that must notice."""

import difflib
from typing import NamedTuple


class Spoiling(NamedTuple):
    """A file's text before and after. tests: what pytest is given, `first` before them, if anything.

    only: of the tests, the ones with that in their name. about: what in the file is spoiled, where its lines alone do
    not say it.
    """

    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    first: str = ""
    only: str = ""
    about: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What it is about; the lines taken out, marked -, and put in, marked +."""
        changed = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), n=0, lineterm="")
        lines = (line for line in changed if line[0] in "+-" and not line.startswith(("+++", "---")))
        return (*filter(None, [self.about]), *lines)
