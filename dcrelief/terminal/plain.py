"""Prints where nobody looks: into files and pipes, which want the text alone."""

from typing import TextIO

from rich.cells import cell_len

_TAB = 8
_CONTROLS = dict.fromkeys(map(ord, "\a\b\v\f\r"))


class PlainConsole:
    """What Rich's console does without a terminal, without the import, which takes as long as a whole assessment."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def print(self, text: str = "", style: str | None = None, end: str = "\n") -> None:  # noqa: ARG002
        """Writes a text without what moves a cursor; no style shows here."""
        self.write("\n".join(map(_spaced, text.translate(_CONTROLS).split("\n"))) + end)

    def write(self, text: str) -> None:
        """Writes a text as it is."""
        self._file.write(text)
        self._file.flush()


def _spaced(line: str) -> str:
    """A line with spaces for tabs, which Python's own expandtabs counts in letters, not in cells."""
    *before, last = line.split("\t")
    return "".join(part + " " * (_TAB - cell_len(part) % _TAB) for part in before) + last
