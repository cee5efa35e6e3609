"""A few journeys in a real pseudo-terminal: back, an unknown, Ctrl-C and on again, a narrow window, no colours."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from dcrelief.files.drafts import load_draft
from dcrelief.rules.facts import UNKNOWN
from tests.examples import shipped

ENTER, ESCAPE, SPACE, CONTROL_C = "\r", "\x1b", " ", "\x03"
# The shortest way to a plan: somebody in flexible employment.
WORKER = (
    ("在东城区注册或经营吗", "1" + ENTER),
    ("您是哪一种", "5" + ENTER),
    ("您个人有哪些情况", SPACE + ENTER),
    ("核对一下", ENTER),
)
Start = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Starts dcrelief in a terminal of its own; whatever still runs is ended."""
    started: list[pexpect.spawn[str]] = []

    def begin(*arguments: str, columns: int = 80, **variables: str) -> "pexpect.spawn[str]":
        child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "dcrelief", *arguments],
            encoding="utf-8",
            timeout=30,
            dimensions=(40, columns),
            env={
                **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
                "DCRELIEF_HOME": str(home),
                "TERM": "xterm-256color",
                "PYTHONUTF8": "1",
                **variables,
            },
        )
        started.append(child)
        return child

    yield begin
    for child in started:
        child.close(force=True)


def screens(child: "pexpect.spawn[str]", *conversation: tuple[str, str]) -> None:
    """Waits for each text and then presses the keys that go with it, once the menu below it is drawn."""
    for text, keys in conversation:
        child.expect_exact(text)
        child.expect_exact("Esc")
        for key in keys:
            child.send(key)


def rest_of(child: "pexpect.spawn[str]") -> str:
    """What it says until it ends, without colours."""
    child.expect(pexpect.EOF)
    child.wait()
    return without_colours(child.before or "")


def plan_of(child: "pexpect.spawn[str]") -> str:
    """What it says until it asks what else is wanted; then enough is enough."""
    child.expect_exact("直接回车结束")
    plan = without_colours(child.before or "")
    child.send(ENTER)
    assert rest_of(child).strip(" \r\n>：") == ""
    return plan


def without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_back_then_a_change_to_not_known(start: Start, home: Path) -> None:
    child = start("--as-of", "2020-02-20")
    screens(
        child,
        ("在东城区注册或经营吗", "1" + ENTER),
        ("您是哪一种", "1" + ENTER),
        ("主要做哪一行", ESCAPE),
        ("您是哪一种", "5" + ENTER),
        ("您个人有哪些情况", SPACE + ENTER),
        ("核对一下", "1" + ENTER),
        ("在东城区注册或经营吗", "3" + ENTER),
        ("核对一下", ENTER),
    )
    report = plan_of(child)
    assert "要知道“注册、经营或有项目在东城区”" in report
    draft = load_draft(home, shipped())
    assert draft is not None
    assert draft.interview.answers["in_dongcheng"] is UNKNOWN


def test_a_person_gets_their_report(start: Start) -> None:
    child = start("--as-of", "2020-02-20")
    screens(child, *WORKER)
    report = plan_of(child)
    assert "1、2月社保费延到3月底" in report
    assert "区人力社保局 89945471" in report
    assert child.exitstatus == 0


def test_after_the_plan_a_measure_in_full_and_what_is_worth_keeping(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    child = start("--as-of", "2020-02-20", "--set", "name=王/师傅")
    screens(child, *WORKER)
    for typed, told in (
        ("四十", "没有第"),
        ("35", "在东城区"),
        ("ｓ", "答案已存到"),
        ("h", "报告写到"),
        ("S", "2020-02-20-2.toml"),
    ):
        child.expect_exact("直接回车结束")
        child.send("\x15" + typed + ENTER)  # the line is emptied first
        child.expect_exact(told) if typed != "35" else child.expect_exact("灵活就业人员延至3月底")
    child.expect_exact("直接回车结束")
    child.send(CONTROL_C)
    rest_of(child)
    assert child.exitstatus == 0
    assert (tmp_path / "王_师傅-2020-02-20.toml").is_file()
    assert "办事单：王/师傅" in (tmp_path / "王_师傅-2020-02-20.html").read_text(encoding="utf-8")


def test_control_c_in_the_middle_and_on_again(start: Start) -> None:
    child = start("--as-of", "2020-02-20")
    screens(child, ("在东城区注册或经营吗", "1" + ENTER), ("您是哪一种", "6" + ENTER))
    child.expect_exact("您个人有哪些情况")
    child.expect_exact("Esc")
    child.send(CONTROL_C)
    assert "答案已存为草稿" in rest_of(child)
    assert child.exitstatus == 130
    again = start("--as-of", "2020-02-20")
    screens(again, ("上次的答案还在", ENTER), ("您个人有哪些情况", ENTER), ("核对一下", ENTER))
    assert "初步符合" in plan_of(again)


def test_a_closed_window_loses_nothing(start: Start) -> None:
    child = start("--as-of", "2020-02-20")
    screens(child, ("在东城区注册或经营吗", "1" + ENTER))
    child.expect_exact("您是哪一种")
    child.close(force=True)
    again = start("--as-of", "2020-02-20")
    screens(again, ("答了 1 题", ENTER))
    again.expect_exact("您是哪一种")


def test_the_date_is_asked_years_later(start: Start) -> None:
    child = start()
    screens(child, ("按哪一天评估", "2" + ENTER), ("在东城区注册或经营吗", "2" + ENTER), ("核对一下", ENTER))
    assert "按 2020-02-13 算" in plan_of(child)


def test_forty_columns_without_colours(start: Start) -> None:
    child = start("--as-of", "2020-02-20", columns=40, NO_COLOR="1")
    screens(child, ("在东城区注册或经营吗", "2" + ENTER), ("核对一下", ENTER))
    child.expect_exact("存网页")
    assert "\x1b[3" not in (child.before or "").partition("按 2020-02-20 算")[2]


def test_line_by_line_for_a_screen_reader(start: Start) -> None:
    child = start("--as-of", "2020-02-20", "--plain")
    for text, line in (("返回上一题", "1"), ("返回上一题", "5"), ("返回上一题", "1 4"), ("直接回车出报告", "")):
        child.expect_exact(text)
        child.sendline(line)
    report = plan_of(child)
    assert "医保在职转退休可延期" in report
    assert "──" not in report


@pytest.mark.parametrize("plain", [True, False])
def test_lines_pasted_at_once_answer_one_question_at_most(start: Start, home: Path, plain: bool) -> None:
    child = start("--as-of", "2020-02-20", *(["--plain"] if plain else []))
    child.expect_exact("在东城区注册或经营吗")
    child.expect_exact("返回上一题：" if plain else "3) 不清楚")
    child.send("1\n5\n1 4\n\n")
    if not plain:
        child.send("1" + ENTER)
    child.expect_exact("您是哪一种")
    child.expect_exact("返回上一题")
    child.send(CONTROL_C)
    rest_of(child)
    draft = load_draft(home, shipped())
    assert draft is not None
    assert [screen.answers for screen in draft.interview.screens] == [{"in_dongcheng": True}]


@pytest.mark.parametrize("plain", [True, False])
def test_escapes_that_are_typed_or_pasted_do_not_come_back(start: Start, plain: bool) -> None:
    child = start("--as-of", "2020-02-20", "--set", "in_dongcheng=yes", *(["--plain"] if plain else []))
    for text, line in (("您是哪一种", "1"), ("主要做哪一行", "q\x1b]52;c;aGk=\x07\x9b2J\x1b[31m")):
        child.expect_exact(text)
        child.expect_exact("返回上一题：" if plain else "返回上一题")
        if not plain and "q" in line:
            line = f"\x1b[200~{line}\x1b[201~"
        child.send(line + ENTER)
    child.expect_exact("q]52;c;aGk=2J[31m")
    child.expect_exact("返回上一题")
    shown = child.before or ""
    child.send(CONTROL_C)
    shown += rest_of(child)
    assert "\x1b]52" not in shown
    assert "\x9b" not in shown
    assert "\x1b[31m" not in shown


def test_no_english_of_a_library_where_the_terminal_does_not_say_where_its_cursor_is(start: Start) -> None:
    child = start("--as-of", "2020-02-20")
    child.expect_exact("3) 不清楚")
    assert child.expect(["WARNING", "CPR", r"\x1b\[6n", pexpect.TIMEOUT], timeout=3) == 3
    assert "\x1b[6n" not in (child.before or "")


def test_json_to_a_file_still_asks(tmp_path: Path) -> None:
    out = tmp_path / "x.json"
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", f"{sys.executable} -m dcrelief --as-of 2020-02-20 --json > {out}"],
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 80),
        env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"},
    )
    screens(child, ("在东城区注册或经营吗", "2" + ENTER), ("核对一下", ENTER))
    rest_of(child)
    assert out.read_text(encoding="utf-8").startswith('{\n  "schema": 2')
