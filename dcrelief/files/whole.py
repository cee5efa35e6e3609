"""Files out: whole or not at all."""

import glob
import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dcrelief.errors import UnusableFileError, why
from dcrelief.language import _

MOST_OF_A_NAME = 40  # letters of each part of a report's name
_MOST_BYTES = 180  # of all such parts; with what stands around them they fit into the 255 that a name may have
# Besides what no system takes: # and %, which mean something in a link.
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|#%\x00-\x1f]')


def file_name(text: str, most: int, parts: int = 1) -> str:
    """A text as the name of a file, in so many letters at most, on any system; or as one of so many parts of a name."""
    short = _NO_FILE_NAME.sub("_", text)[:most].encode()[: _MOST_BYTES // parts].decode(errors="ignore")
    return short.strip(" .")


@contextmanager
def whole(path: Path, *failures: type[Exception]) -> Iterator[Path]:
    """A path to write at, which becomes the file of that name when all is written, and vanishes when it is not.

    A device or a pipe, such as /dev/null, is written straight to. failures: what a library raises instead of OSError.
    Raises UnusableFileError where it cannot be written.
    """
    known: tuple[type[Exception], ...] = (OSError, *failures)
    target = resolved(path)  # what a link points at is written, and the link stays
    device = target.exists() and not target.is_file() and not target.is_dir()
    half = target if device else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if not device:
            _clear_what_is_left_of(target)
            half.touch()  # a folder that is not there, or may not be written, is known before the work
            half.unlink()  # a file that is emptied to be written is put on the disk when it is closed, which takes long
        yield half
        if not device:
            half.replace(target)
    except known as error:
        raise UnusableFileError(
            _("写不了 {path}：{why}。", path=path, why=why(error)), _("请换一个能写、空间够的地方。")
        ) from None
    finally:
        if not device:
            with suppress(OSError):
                half.unlink(missing_ok=True)


def resolved(path: Path) -> Path:
    """The path without links; links that lead in a circle stay, and are told where they are opened."""
    return Path(os.path.realpath(path))


def _clear_what_is_left_of(target: Path) -> None:
    """Deletes what runs that were killed have left of a file half-written."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.part"):
        if not _is_running(left.suffixes[-2].removeprefix(".")):
            with suppress(OSError):
                left.unlink()


def _is_running(process: str) -> bool:
    """Whether there may be a process of that number."""
    if not (process.isascii() and process.isdecimal()):
        return True  # no part of ours
    if sys.platform == "win32":
        return False  # Windows deletes no file that somebody has open
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def stop_cleanly() -> None:
    """From now on a signal to stop is as Ctrl-C: half-written files are cleared away."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file, text as UTF-8. Raises UnusableFileError."""
    with whole(path) as half:
        half.write_bytes(content.encode() if isinstance(content, str) else content)


def report_name(number: int, named: Iterable[str]) -> str:
    """The name of the page of a business: its row, and its number and name as far as they are known."""
    texts = list(named)
    return "-".join([f"{number:05}", *(file_name(text, MOST_OF_A_NAME, len(texts)) for text in texts)]) + ".html"
