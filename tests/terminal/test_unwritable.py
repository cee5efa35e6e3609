"""What an encoding cannot hold is written as numbers, and that is said; never as question marks."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from dcrelief.terminal.unwritable import as_written, holds, lacks, use_numbers, what_was_lacking

SIZE = [sys.executable, "-m", "dcrelief", "size", "--set", "industry=catering", "--set", "employees=8"]
RARE = "\U00020bb7家"


def stream(encoding: str) -> io.TextIOWrapper:
    written = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    use_numbers(written)
    return written


def test_as_numbers_and_said_once() -> None:
    gbk = stream("gbk")
    gbk.write(RARE)
    gbk.flush()
    assert gbk.buffer.getvalue() == "\\U00020bb7家".encode("gbk")  # type: ignore[attr-defined]
    (message,) = what_was_lacking()
    assert "gbk" in message
    assert "\\U00020bb7" in message
    assert what_was_lacking() == []


def test_menus_write_the_same() -> None:
    assert as_written(RARE, stream("gbk")) == "\\U00020bb7家"
    assert as_written(RARE, stream("utf-8")) == RARE
    assert as_written(RARE, io.StringIO()) == RARE
    what_was_lacking()


def test_said_in_a_language_that_the_encoding_holds() -> None:
    assert lacks("gbk").startswith("这里的编码")
    assert lacks("ascii").isascii()
    assert holds("gbk")
    assert not holds("latin-1")


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
def test_a_command(variables: dict[str, str]) -> None:
    done = subprocess.run(SIZE, env={**os.environ, "PYTHONUTF8": "0", **variables}, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"?" not in done.stdout
    assert b"\\u5fae\\u578b" in done.stdout  # 微型
    assert b"PYTHONUTF8=1" in done.stderr
    assert done.stderr.isascii()


def test_questions_in_such_a_terminal_are_lines(tmp_path: Path) -> None:
    """Menus would be question marks; and what is typed there is read as letters that are no answer."""
    env = {
        **os.environ,
        "DCRELIEF_HOME": str(tmp_path),
        "TERM": "xterm",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
    }
    command = ["-m", "dcrelief", "--as-of", "2020-02-20"]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=30, env=env)
    child.expect_exact("PYTHONUTF8=1")
    child.expect_exact("b \\u8fd4\\u56de\\u4e0a\\u4e00\\u9898")
    child.sendline("一")
    child.expect_exact("b \\u8fd4\\u56de\\u4e0a\\u4e00\\u9898")
    child.sendcontrol("c")
    child.expect_exact("PYTHONUTF8=1")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 130
