"""The environment: streams, whether they are terminals, width, encoding, the day, and where drafts are kept."""

import codecs
import io
import os
import shutil
import sys
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO

from rich.cells import cell_len

from dcrelief.signs import shown
from dcrelief.terminal.cjk import UNWRAPPED

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from rich.console import Console


_AS_TERMINAL = ("FORCE_COLOR", "TTY_COMPATIBLE")  # with one of these, Rich takes any stream for a terminal
_TAB = 8
_ACTING, _NO_LETTER = ("Cc", "Cf"), "Cs"  # controls and marks; bytes that are no letter of the encoding
WIDEST = 100
NARROWEST = 20


@dataclass(frozen=True)
class Environment:
    """What a command may touch; tests pass another one."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    today: date
    state: Path
    asks: bool
    """Whether there is a person to ask: stdin and stderr are a terminal."""
    fixed_width: int = 0
    """Cells of a line where they do not follow the window; 0 where they do."""
    styled: bool = True
    """Whether colours and bold letters may be used."""
    shows: bool = False
    """Whether a person reads stdout as it comes: it is a terminal."""

    @property
    def width(self) -> int:
        """Cells of a line, as the window is now; UNWRAPPED for a sentence a line."""
        return self.fixed_width or line_width()

    @staticmethod
    def real(state: Path) -> "Environment":
        """The environment of this process; state: the folder of the draft."""
        return Environment(
            stdin=sys.stdin or _nowhere(),
            stdout=sys.stdout or _nowhere(),
            stderr=sys.stderr or _nowhere(),
            today=date.today(),  # noqa: DTZ011 - the person's own day
            state=state,
            asks=_is_terminal(sys.stdin) and _is_terminal(sys.stderr),
            shows=_is_terminal(sys.stdout),
        )

    def for_screen_reader(self) -> "Environment":
        """The same for a screen reader: a line is as long as its sentence, and has no style."""
        return replace(self, fixed_width=UNWRAPPED, styled=False)

    def out(self) -> "Console | BareConsole":
        """Where data goes."""
        return self._console(self.stdout)

    def err(self) -> "Console | BareConsole":
        """Where messages to the person go."""
        return self._console(self.stderr)

    def say(self, text: str = "", style: str | None = None, end: str = "\n") -> None:
        """Says something to the person."""
        self.err().print(shown(text), style=style, end=end)

    def drop_unread(self) -> None:
        """Drops what was typed or pasted before it was asked for: it was not meant for the next question."""
        if not _is_terminal(self.stdin):
            return
        if sys.platform == "win32":
            import msvcrt

            while msvcrt.kbhit():
                msvcrt.getwch()
        else:
            import termios

            with suppress(termios.error):  # the terminal has gone
                termios.tcflush(self.stdin, termios.TCIFLUSH)

    def write_for_programs(self, text: str) -> None:
        """Writes what a program reads: UTF-8 on stdout whatever the terminal has, line ends as they are."""
        binary = self.for_programs()
        binary.write(text.encode(errors="replace"))
        binary.flush()

    def for_programs(self) -> IO[bytes]:
        """Standard output for UTF-8 that a program reads; a person at a terminal sees nothing of it that acts."""
        self.stdout.flush()  # earlier text comes first
        binary: IO[bytes] | None = getattr(self.stdout, "buffer", None)
        # Without one it holds text, as a stream of another program in this process may.
        return _Shown(self.stdout) if binary is None or _is_terminal(self.stdout) else binary

    def _console(self, stream: TextIO) -> "Console | BareConsole":
        as_terminal = _is_terminal(stream) or any(map(os.environ.get, _AS_TERMINAL))
        return self.rich(stream) if as_terminal else BareConsole(stream)

    def rich(self, stream: TextIO) -> "Console":
        """Rich's console on a stream."""
        from rich.console import Console  # not imported for files and pipes

        return Console(
            file=stream,
            width=self.width,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=True,
            color_system="auto" if self.styled else None,
        )

    def speaks_dumb(self) -> bool:
        """Whether the terminal cannot move its cursor."""
        return os.environ.get("TERM") in ("dumb", "")


def _nowhere() -> TextIO:
    """A stream in place of one that was closed before the start: it is empty, and drops what it gets."""
    return io.TextIOWrapper(_Nowhere(), encoding="utf-8")


class _Nowhere(io.BytesIO):
    """Bytes that are not kept."""

    def write(self, content: Any) -> int:
        """How many there were."""
        return len(content)


def line_width() -> int:
    """Cells of a line: as wide as the terminal, but not wider or narrower than reads well."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


class _Shown(io.BytesIO):
    """Bytes of UTF-8 on their way to a stream of text, their acting signs shown."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._letters = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, data: "ReadableBuffer") -> int:
        text = self._letters.decode(bytes(data))
        self._stream.write(shown(text))
        return len(bytes(data))

    def flush(self) -> None:
        self._stream.flush()


def window_height() -> int:
    """Lines that the terminal shows at once."""
    return shutil.get_terminal_size().lines


def one_line(text: str) -> str:
    """Text that was typed or pasted, in one line, and without letters that act instead of being seen."""
    kinds = ((letter, unicodedata.category(letter)) for letter in " ".join(text.split()))
    return "".join("\ufffd" if kind == _NO_LETTER else letter for letter, kind in kinds if kind not in _ACTING)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


class BareConsole:
    """In place of Rich's console where there is no terminal: to import Rich takes as long as a whole assessment."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def print(self, text: str = "", style: str | None = None, end: str = "\n") -> None:  # noqa: ARG002
        """Writes a text; style has no effect."""
        self.write("\n".join(map(_spaced, text.split("\n"))) + end)

    def write(self, text: str) -> None:
        """Writes a text, with signs for what would act."""
        self._file.write(shown(text))
        self._file.flush()


def _spaced(line: str) -> str:
    """A line with spaces for tabs. Python's expandtabs counts letters, not cells."""
    *before, last = line.split("\t")
    return "".join(part + " " * (_TAB - cell_len(part) % _TAB) for part in before) + last
