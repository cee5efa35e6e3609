"""What nobody foresaw: a report to send, without what was typed, and what the person is told of it."""

import platform
import re
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from importlib.metadata import requires, version
from pathlib import Path

from dcrelief import __version__
from dcrelief.cli.app import COMMANDS
from dcrelief.language import _

_OPTION = re.compile(r"(--?[a-z][a-z0-9-]*)(?:=.*)?", re.DOTALL)
_PACKAGE_NAME = re.compile(r"[\w.-]+")


def keep_report(error: BaseException, arguments: Sequence[str]) -> str:
    """Writes a report of what went wrong into the folder of temporary files; what is said of it, and where it is."""
    report = "\n".join(_lines(error, arguments)) + "\n"
    happened = _("程序自己出了错（{kind}），没有做完。不是您的错。", kind=type(error).__name__)
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="dcrelief-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(report)
    except OSError:
        where = _("请把下面的报告发给做这个程序的人，里面没有您填的内容：")
        return "\n".join((happened, where, report))
    where = _("报告在 {path}，里面没有您填的内容，请发给做这个程序的人。", path=file.name)
    return "\n".join((happened, where))


def _lines(error: BaseException, arguments: Sequence[str]) -> Iterator[str]:
    """The versions, the command with the names of its options, and where in the code it happened.

    What the error says of itself is left out: it may hold what was typed.
    """
    yield f"dcrelief {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield ", ".join(_versions())
    named = (match[1] for match in map(_OPTION.fullmatch, arguments) if match)
    yield " ".join(("dcrelief", *(word for word in arguments[:1] if word in COMMANDS), *named))
    while error is not None:
        yield type(error).__qualname__
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        error = error.__cause__ or error.__context__  # type: ignore[assignment]


def _versions() -> Iterator[str]:
    """The libraries in use."""
    for wanted in requires("dcrelief") or ():
        name = _PACKAGE_NAME.match(wanted)
        if name is not None and ";" not in wanted:
            yield f"{name[0]} {version(name[0])}"
