"""The menus, driven key by key without a terminal."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest
import questionary
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.cells import cell_len

from dcrelief.terminal.console import Environment
from dcrelief.terminal.prompts import Back, MenuPrompter
from tests.terminal import answer_or_back

OPTIONS = [("a", "甲"), ("b", "乙" * 60), ("c", "丙")]
TEXT = ("第 1 步", "问" * 40)
ENTER, ESCAPE, DOWN, UP, SPACE, CONTROL_C = "\r", "\x1b", "\x1b[B", "\x1b[A", " ", "\x03"
ALT_B, ALT_F, KEYPAD_ENTER, KEYPAD_1, PASTE = "\x1bb", "\x1bf", "\x1bOM", "\x1bOq", "\x1b[200~{}\x1b[201~"
# Where the cursor is, what the terminal is, its colours and name, a window that comes and goes, the mouse.
SENT_BY_TERMINALS = (
    "\x1b[12;40R",
    "\x1b[?62;1;4c",
    "\x1b[>41;388;0c",
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]10;rgb:ffff/ffff/ffff\x07",
    "\x1bP>|XTerm(388)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b[I",
    "\x1b[O",
    "\x1b[<0;10;10M",
    "\x1b[M !!",
    "\x1b[?2026;2$y",
    "\x1b[8;40;80t",
    "\x1b[27;5u",
)


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe:
        yield pipe


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment(
        stdin=io.StringIO(),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
        today=date(2026, 11, 24),
        state=tmp_path,
        asks=True,
        fixed_width=40,
    )


@pytest.fixture
def menus(keys: PipeInput, environment: Environment) -> MenuPrompter:
    return MenuPrompter(environment, input=keys, output=DummyOutput())


@pytest.mark.parametrize(
    ("typed", "chosen"), [(ENTER, "c"), (UP + ENTER, "b"), (DOWN + ENTER, "a"), ("2" + ENTER, "b"), (ESCAPE, Back)]
)
def test_choosing(menus: MenuPrompter, keys: PipeInput, typed: str, chosen: object) -> None:
    keys.send_text(typed)
    assert answer_or_back(lambda: menus.choose(TEXT, OPTIONS, "c")) == chosen


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [
        (ENTER, {"b"}),
        (SPACE + ENTER, {"a", "b"}),
        (DOWN + SPACE + ENTER, set()),
        (SPACE + DOWN + DOWN + SPACE + ENTER, {"a", "b", "c"}),
        (ESCAPE, Back),
    ],
)
def test_ticking(menus: MenuPrompter, keys: PipeInput, typed: str, ticked: object) -> None:
    keys.send_text(typed)
    assert answer_or_back(lambda: menus.tick(TEXT, OPTIONS, frozenset({"b"}))) == ticked


@contextmanager
def pressed(keys: PipeInput, text: str) -> Iterator[Thread]:
    """Keys that are pressed again and again once started, since those before a question are dropped."""
    enough = Event()

    def press() -> None:
        while not enough.wait(0.2):
            keys.send_text(text)

    thread = Thread(target=press)
    try:
        yield thread
    finally:
        enough.set()
        thread.join()


def not_twelve(text: str) -> str:
    return "" if text == "12万" else "不是 12万"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("12万" + ENTER, "12万"),
        ("一二三\x7f\x7f\x7f12万" + ENTER, "12万"),
        ("12" + ALT_B + "万" + ALT_F + "\x7f\x7f" + "12万" + ENTER, "万12万"),
        ("12万" + KEYPAD_ENTER, "12万"),
        (KEYPAD_1 + "2万" + ENTER, "12万"),
        (PASTE.format("12\r\n万\r\x1b[31m") + ENTER, "12 万 [31m"),
        (ESCAPE, Back),
        (ESCAPE * 2, Back),
        *((f"1{sent}2万" + ENTER, "12万") for sent in SENT_BY_TERMINALS),
    ],
)
def test_writing(menus: MenuPrompter, keys: PipeInput, typed: str, written: object) -> None:
    keys.send_text(typed)
    assert answer_or_back(lambda: menus.write(TEXT, "写", lambda _: "")) == written


def test_what_is_wrong_is_said_and_what_was_typed_stays(menus: MenuPrompter, keys: PipeInput) -> None:
    def complaint(text: str) -> str:
        if text == "13万":
            again.start()
        return not_twelve(text)

    keys.send_text("13万" + ENTER)
    with pressed(keys, "\x7f\x7f2万" + ENTER) as again:
        assert menus.write(TEXT, "写", complaint) == "12万"


def test_lines_pasted_without_marks_are_one_line(menus: MenuPrompter, keys: PipeInput) -> None:
    keys.send_text("12\r万\r")
    with pressed(keys, ENTER) as enter:
        enter.start()
        assert menus.write(TEXT, "写", lambda _: "") == "12 万"


@pytest.mark.parametrize("sent", [*SENT_BY_TERMINALS, ALT_B, "\x1bz", "\x1b1", PASTE.format("1\r1\r"), "1\r1\r"])
def test_what_is_no_key_of_a_menu_changes_nothing(menus: MenuPrompter, keys: PipeInput, sent: str) -> None:
    keys.send_text(UP + sent + UP + DOWN + ENTER)
    assert menus.choose(TEXT, OPTIONS, "c") == "b"
    keys.send_text(SPACE + UP + DOWN + sent + UP + DOWN + ENTER)
    assert menus.tick(TEXT, OPTIONS, frozenset()) == {"a"}


@pytest.mark.parametrize("later", ["a\r", "\r", PASTE.format("a"), "\x1b[A", "\x03"])
def test_what_comes_along_with_an_answer_does_not_answer_the_next(
    menus: MenuPrompter, keys: PipeInput, later: str
) -> None:
    keys.send_text(ENTER + later)
    assert menus.choose(TEXT, OPTIONS, "c") == "c"
    with pressed(keys, "12万" + ENTER) as answer:
        answer.start()
        assert menus.write(TEXT, "写", lambda _: "") == "12万"


def test_esc_is_waited_for_as_long_as_a_slow_line_takes(menus: MenuPrompter, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the library's half second; tests/terminal/test_keyboard.py has what comes in packets."""
    waits: list[float | None] = []

    def ask(question: questionary.Question) -> str:
        waits.append(question.application.ttimeoutlen)
        return "c"

    monkeypatch.setattr(questionary.Question, "unsafe_ask", ask)
    menus.choose(TEXT, OPTIONS, "c")
    assert waits == [0.5]


ASKS: dict[str, Callable[[MenuPrompter], object]] = {
    "choose": lambda menus: menus.choose(TEXT, OPTIONS, "a"),
    "tick": lambda menus: menus.tick(TEXT, OPTIONS, frozenset()),
    "write": lambda menus: menus.write(TEXT, "写", not_twelve),
}


@pytest.mark.parametrize("ask", list(ASKS.values()), ids=list(ASKS))
def test_control_c_leaves(menus: MenuPrompter, keys: PipeInput, ask: Callable[[MenuPrompter], object]) -> None:
    keys.send_text(CONTROL_C)
    with pytest.raises(KeyboardInterrupt):
        ask(menus)


@pytest.mark.parametrize(("lines", "told"), [("8", True), ("30", False)])
def test_more_than_the_window_holds_is_said(
    lines: str, told: bool, menus: MenuPrompter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_self: MenuPrompter, _kind: object, text: str, **_: object) -> tuple[()]:
        asked.append(f"{text}")
        return ()

    monkeypatch.setattr(MenuPrompter, "_ask", ask)
    monkeypatch.setenv("LINES", lines)
    menus.choose(TEXT, OPTIONS, "c")
    menus.tick(TEXT, OPTIONS, frozenset())
    assert ["上下按" in text.replace("\n ", "") for text in asked] == [told, told]


@pytest.mark.parametrize(("leaving", "how"), [(CONTROL_C, KeyboardInterrupt), (ESCAPE, Back)])
def test_what_was_ticked_is_told_when_the_menu_is_left(
    leaving: str, how: type[BaseException], menus: MenuPrompter, keys: PipeInput
) -> None:
    told: list[frozenset[str]] = []
    keys.send_text(SPACE + leaving)
    with pytest.raises(how):
        menus.tick(TEXT, OPTIONS, frozenset({"b"}), told.append)
    assert told == [{"a", "b"}]


def test_a_menu_is_laid_out_for_the_window_as_it_is_when_it_is_drawn(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[list[int]] = []

    def ask(_self: MenuPrompter, _kind: object, text: str, choices: list[questionary.Choice], **_: object) -> str:
        for columns in ("60", "30"):
            monkeypatch.setenv("COLUMNS", columns)
            drawn.append([max(map(cell_len, f"{each}".split("\n"))) for each in (text, choices[1].title)])
        return "c"

    monkeypatch.setattr(MenuPrompter, "_ask", ask)
    MenuPrompter(replace(environment, fixed_width=0)).choose(TEXT, OPTIONS, "c")
    assert drawn == [[59, 56], [29, 26]]
