"""Prints where nobody looks: into files and pipes, which want the text alone."""

from typing import TextIO

_CONTROLS = dict.fromkeys(map(ord, "\a\b\v\f\r"))


class PlainConsole:
    """What Rich's console does without a terminal, without the import, which takes as long as a whole assessment."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def print(self, text: str = "", style: str | None = None, end: str = "\n") -> None:  # noqa: ARG002
        """Writes a text without what moves a cursor; no style shows here."""
        self.write(text.translate(_CONTROLS).expandtabs() + end)

    def write(self, text: str) -> None:
        """Writes a text as it is."""
        self._file.write(text)
        self._file.flush()
