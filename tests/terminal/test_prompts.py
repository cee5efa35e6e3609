"""The menus, driven key by key without a terminal."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

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


def not_twelve(text: str) -> str:
    return "" if text == "12万" else "不是 12万"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("12万" + ENTER, "12万"),
        ("13万" + ENTER + "\x7f\x7f\x7f" + "12万" + ENTER, "12万"),
        ("一二三\x7f\x7f\x7f12万" + ENTER, "12万"),
        (ESCAPE, Back),
    ],
)
def test_writing(menus: MenuPrompter, keys: PipeInput, typed: str, written: object) -> None:
    keys.send_text(typed)
    assert answer_or_back(lambda: menus.write(TEXT, "写", not_twelve)) == written


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
