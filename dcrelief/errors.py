"""What a person is told when something cannot be used: a message, a hint, and the exit status."""

import errno
import re

from dcrelief.language import _, later

EXIT_PROBLEMS = 1  # finished, but something could not be read, or problems were found
EXIT_USAGE = 2
EXIT_FILE = 3
EXIT_NO_TERMINAL = 4
EXIT_UNFORESEEN = 70  # as BSD has it: a mistake of the program
EXIT_INTERRUPTED = 130  # Ctrl-C
EXIT_CLOSED_PIPE = 141  # as shells have it: 128 + 13, the number of SIGPIPE, which Windows does not have


_WHY = {
    errno.ENOENT: later("没有这个文件或文件夹"),
    errno.EACCES: later("没有权限"),
    errno.EPERM: later("没有权限"),
    errno.EROFS: later("这里只能读，不能写"),
    errno.EISDIR: later("这是文件夹，不是文件"),
    errno.ENOTDIR: later("路径里有一段不是文件夹"),
    errno.ENOSPC: later("磁盘满了"),
    errno.EEXIST: later("已经有同名的文件"),
    errno.ENAMETOOLONG: later("名字太长"),
    errno.ELOOP: later("链接绕成了圈"),
}


def errno_of(error: Exception) -> int:
    """The number that the system gives an error, 0 if none; Polars has it only in its text."""
    found = re.search(r"\(os error (\d+)\)", str(error))
    return getattr(error, "errno", None) or (int(found[1]) if found else 0)


def why(error: Exception) -> str:
    """The system's reason in Chinese; its own words for one that is seldom met."""
    known = _WHY.get(errno_of(error))
    return (known and _(known)) or getattr(error, "strerror", None) or str(error).splitlines()[0]


class DcreliefError(Exception):
    """A mistake of input or surroundings, said politely.

    message: what happened and where. hint: what to do now, may be empty. exit_status: one of EXIT_….
    """

    exit_status = EXIT_PROBLEMS

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DcreliefError):
    """Wrong arguments."""

    exit_status = EXIT_USAGE


class UnusableFileError(DcreliefError):
    """A catalogue, answers file or draft that cannot be used."""

    exit_status = EXIT_FILE


class NoTerminalError(DcreliefError):
    """Questions to ask, and no terminal to ask them on."""

    exit_status = EXIT_NO_TERMINAL
