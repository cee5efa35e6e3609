"""What a person is told when something cannot be used: a message, a hint, and the exit status."""

import errno
import re

EXIT_PROBLEMS = 1
EXIT_USAGE = 2
EXIT_FILE = 3
EXIT_NO_TERMINAL = 4
EXIT_INTERRUPTED = 130


_WHY = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这里只能读，不能写",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EEXIST: "已经有同名的文件",
    errno.ENAMETOOLONG: "名字太长",
}


def errno_of(error: Exception) -> int:
    """The system's number of an error; Polars has it in its words alone."""
    said = re.search(r"\(os error (\d+)\)", str(error))
    return getattr(error, "errno", None) or (int(said[1]) if said else 0)


def why(error: Exception) -> str:
    """The system's reason in Chinese; its own words for one that is seldom met."""
    return _WHY.get(errno_of(error)) or getattr(error, "strerror", None) or str(error).splitlines()[0]


class DcreliefError(Exception):
    """A mistake of input or surroundings, said politely.

    message: what happened and where. hint: what to do now, may be empty. exit_status: see the design's table.
    """

    exit_status = 1

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
