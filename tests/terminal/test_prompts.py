"""The menus, driven key by key without a terminal."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

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
def menus(keys: PipeInput, tmp_path: Path) -> MenuPrompter:
    environment = Environment(
        stdin=io.StringIO(),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
        today=date(2026, 11, 24),
        state=tmp_path,
        asks=True,
        width=40,
    )
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
    asked: list[tuple[str, ...]] = []

    def ask(_self: MenuPrompter, _kind: object, text: tuple[str, ...], **_: object) -> tuple[()]:
        asked.append(text)
        return ()

    monkeypatch.setattr(MenuPrompter, "_ask", ask)
    monkeypatch.setenv("LINES", lines)
    menus.choose(TEXT, OPTIONS, "c")
    menus.tick(TEXT, OPTIONS, frozenset())
    assert [any("上下按" in paragraph for paragraph in text) for text in asked] == [told, told]
