"""What a person is told of a failure: the system's reason in the language in use, and the exit status."""

import errno

import pytest

from dcrelief.errors import DcreliefError, NoTerminalError, UnusableFileError, UsageError, errno_of, why
from dcrelief.language import speaking


@pytest.mark.parametrize(
    ("error", "number", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), errno.ENOSPC, "磁盘满了"),
        (FileNotFoundError(errno.ENOENT, "No such file"), errno.ENOENT, "没有这个文件或文件夹"),
        (RuntimeError("No space left on device (os error 28): a.parquet"), errno.ENOSPC, "磁盘满了"),
        (OSError(errno.EXDEV, "Cross-device link"), errno.EXDEV, "Cross-device link"),
        (RuntimeError("something else\nand more"), 0, "something else"),
    ],
)
def test_the_systems_reason(error: Exception, number: int, reason: str) -> None:
    assert (errno_of(error), why(error)) == (number, reason)


def test_in_english_too() -> None:
    with speaking("en"):
        assert why(OSError(errno.ENOSPC, "")) == "the disk is full"


def test_what_is_said_and_the_status_of_each() -> None:
    errors = [kind("什么", "怎么办") for kind in (DcreliefError, UsageError, UnusableFileError, NoTerminalError)]
    assert [error.exit_status for error in errors] == [1, 2, 3, 4]
    assert {(error.message, error.hint, str(error)) for error in errors} == {("什么", "怎么办", "什么")}
