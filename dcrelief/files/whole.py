"""Files out: whole or not at all."""

import os
import re
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
    target = path.resolve()  # what a link points at is written, and the link stays
    device = target.exists() and not target.is_file() and not target.is_dir()
    half = target if device else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if not device:
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


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file, text as UTF-8. Raises UnusableFileError."""
    with whole(path) as half:
        half.write_bytes(content.encode() if isinstance(content, str) else content)


def report_name(number: int, named: Iterable[str]) -> str:
    """The name of the page of a business: its row, and its number and name as far as they are known."""
    texts = list(named)
    return "-".join([f"{number:05}", *(file_name(text, MOST_OF_A_NAME, len(texts)) for text in texts)]) + ".html"
