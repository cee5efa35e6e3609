"""A program that is ended or suspended at a question leaves the terminal as it was, and the answers on disk.

terminal/suspending.py is tested through it.
"""

import io
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from dcrelief.files.drafts import Draft, load_draft
from tests.examples import shipped

PROGRAM = [sys.executable, "-m", "dcrelief", "--as-of", "2020-02-20"]
# Modes that a menu may turn on, and what turns each off.
OFF = {"\x1b[?25l": "\x1b[?25h", "\x1b[?2004h": "\x1b[?2004l", "\x1b[?1h": "\x1b[?1l", "\x1b[?1049h": "\x1b[?1049l"}
MENU, TICKS, LINE = "在东城区注册或经营吗", "您个人有哪些情况", "主要做哪一行"
TO: dict[str, list[tuple[str, str]]] = {
    MENU: [],
    LINE: [(MENU, "1\r"), ("您是哪一种", "1\r")],
    TICKS: [(MENU, "1\r"), ("您是哪一种", "5\r")],
}
Start = Callable[..., "pexpect.spawn[str]"]


def heard() -> None:
    """The signals of a terminal end a program again, though what runs the tests may have had them ignored."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a command in a terminal of its own; logfile_read keeps all that it shows."""
    started: list[pexpect.spawn[str]] = []

    def begin(command: list[str], **variables: str) -> "pexpect.spawn[str]":
        env = {**os.environ, "DCRELIEF_HOME": str(tmp_path), "TERM": "xterm", "PYTHONUTF8": "1", **variables}
        child: pexpect.spawn[str] = pexpect.spawn(
            command[0], command[1:], encoding="utf-8", timeout=30, dimensions=(40, 80), env=env, preexec_fn=heard
        )
        child.logfile_read = io.StringIO()
        started.append(child)
        return child

    yield begin
    for child in started:
        child.close(force=True)


def go_to(child: "pexpect.spawn[str]", question: str) -> None:
    for text, keys in (*TO[question], (question, "")):
        child.expect_exact(text)
        child.expect_exact("返回上一题")
        child.send(keys)


def local_modes(child: "pexpect.spawn[str]") -> list[Any]:
    return termios.tcgetattr(child.child_fd)[:4]


def left_on(shown: str) -> list[str]:
    return [on for on, off in OFF.items() if shown.rfind(on) > shown.rfind(off)]


def draft_in(home: Path) -> Draft:
    draft = load_draft(home, shipped())
    assert draft is not None
    return draft


@pytest.mark.parametrize("question", [MENU, TICKS, LINE])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_at_a_question(start: Start, number: signal.Signals, question: str, tmp_path: Path) -> None:
    child = start(PROGRAM)
    before = local_modes(child)
    go_to(child, question)
    if question == TICKS:
        child.send(" ")
        child.expect_exact("●")
    assert child.pid is not None
    os.kill(child.pid, number)
    child.expect_exact("先停在这里")
    child.expect(pexpect.EOF)
    assert local_modes(child) == before
    child.wait()
    assert child.exitstatus == 128 + number
    assert left_on(child.logfile_read.getvalue()) == []
    if question != MENU:
        assert len(draft_in(tmp_path).interview.screens) == 2
    if question == TICKS:
        assert draft_in(tmp_path).begun is not None


def test_a_signal_where_lines_are_asked_for(start: Start) -> None:
    child = start([*PROGRAM, "--plain"])
    child.expect_exact("返回上一题：")
    assert child.pid is not None
    os.kill(child.pid, signal.SIGTERM)
    child.expect_exact("先停在这里")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 128 + signal.SIGTERM


def test_a_signal_after_the_plan(start: Start) -> None:
    child = start([*PROGRAM, "--set", "in_dongcheng=no"])
    child.expect_exact("直接回车结束")
    child.expect_exact(">")
    assert child.pid is not None
    os.kill(child.pid, signal.SIGTERM)
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 128 + signal.SIGTERM
    assert left_on(child.logfile_read.getvalue()) == []


def test_a_window_that_is_closed_keeps_what_was_ticked(start: Start, tmp_path: Path) -> None:
    child = start(PROGRAM)
    go_to(child, TICKS)
    child.send(" ")
    child.expect_exact("●")
    child.ptyproc.fileobj.close()  # the system sends HUP, and the terminal is gone
    child.ptyproc.closed = True
    child.wait()
    assert child.exitstatus == 128 + signal.SIGHUP
    assert draft_in(tmp_path).begun is not None


@pytest.mark.parametrize("question", [MENU, TICKS, LINE])
@pytest.mark.parametrize("way", ["Ctrl-Z", "kill -TSTP", "Ctrl-Z twice"])
def test_a_program_is_suspended_and_comes_back(start: Start, way: str, question: str) -> None:
    shell = start(["bash", "--norc", "--noprofile", "--noediting", "-i"], PS1="$ ")
    shell.expect_exact("$ ")
    shell.sendline(" ".join(PROGRAM))
    go_to(shell, question)
    if way == "Ctrl-Z twice":
        shell.send("\x1a")
        shell.expect_exact("Stopped")
        shell.sendline("fg")
        shell.expect_exact(question)
        shell.expect_exact("返回上一题")
    if way == "kill -TSTP":
        assert shell.pid is not None
        (program,) = Path(f"/proc/{shell.pid}/task/{shell.pid}/children").read_text().split()
        os.kill(int(program), signal.SIGTSTP)
    else:
        shell.send("\x1a")
    shell.expect_exact("Stopped")
    shell.expect_exact("$ ")
    assert left_on(shell.logfile_read.getvalue()) == []
    shell.sendline("stty -a")
    shell.expect(r" echo ")
    shell.expect_exact("$ ")
    shell.sendline("fg")
    shell.expect_exact(question)
    shell.expect_exact("返回上一题")
    shell.send("\x03")
    shell.expect_exact("先停在这里")
    shell.expect_exact("$ ")
    assert left_on(shell.logfile_read.getvalue()) == []


# Runs the program, and has the signal come when a module is first looked for.
AT_AN_IMPORT = """
import os, sys
module, number = sys.argv[1], int(sys.argv[2])
class Finder:
    def find_spec(self, name, *_):
        if name == module:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), number)
sys.meta_path.insert(0, Finder())
sys.argv[1:] = sys.argv[3:]
from dcrelief.__main__ import main
main()
"""
COMMANDS = {
    "signal": ["list"],
    "dcrelief.cli": ["list"],
    "typer": ["list"],
    "dcrelief.cli.list_command": ["list"],
    "tomli": ["list"],
    "polars": ["batch", "-", "-o", "o.csv"],
    "dcrelief.columnar": ["batch", "-", "-o", "o.csv"],
}


@pytest.mark.parametrize("module", COMMANDS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_it_starts(module: str, number: signal.Signals, tmp_path: Path) -> None:
    code = ["-c", AT_AN_IMPORT, module, str(int(number)), *COMMANDS[module]]
    done = subprocess.run(
        [sys.executable, *code], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if module != "signal" or number == signal.SIGINT:  # before that, nobody listens to the other
        assert (done.returncode, done.stderr) == (130 if number == signal.SIGINT else 143, "")
