"""Asks a person: one of, some of, or a line of text, on stderr; with questionary, or line by line when plain."""

import os
import re
import unicodedata
from collections.abc import Callable
from enum import Enum
from typing import Any, Protocol

from dcrelief.language import _
from dcrelief.rules.facts import LONGEST_TEXT
from dcrelief.rules.words import Words
from dcrelief.terminal.cjk import wrap
from dcrelief.terminal.console import Environment, window_height


class Back(Enum):
    """What a person answers who wants the question before."""

    BACK = "back"


BACK = Back.BACK
Option = tuple[str, str]
"""A key and its label."""


class Prompter(Protocol):
    """A way to ask. Every question can be answered with BACK. Ctrl-C raises KeyboardInterrupt.

    text: what stands above the question, a paragraph each: how far, the question, why it is asked.
    """

    def choose(self, text: tuple[str, ...], options: list[Option], default: str) -> str | Back:
        """The key of one option."""

    def tick(self, text: tuple[str, ...], options: list[Option], ticked: frozenset[str]) -> frozenset[str] | Back:
        """The keys of any of the options, none included; ticked: those that are so at first."""

    def write(self, text: tuple[str, ...], hint: str, complaint: Callable[[str], str]) -> str | Back:
        """A line of text, perhaps empty, about which `complaint` has nothing to say."""


class LinePrompter:
    """Numbers and lines, for screen readers and terminals that cannot move their cursor."""

    def __init__(self, environment: Environment, words: Words) -> None:
        self._environment = environment
        self._words = words

    def choose(self, text: tuple[str, ...], options: list[Option], default: str) -> str | Back:
        hint = _("输入序号后回车；直接回车为“{default}”；b 返回上一题：", default=dict(options)[default])
        picked = self._picked(text, options, frozenset(), hint, one=True)
        return picked if isinstance(picked, Back) else next(iter(picked), default)

    def tick(self, text: tuple[str, ...], options: list[Option], ticked: frozenset[str]) -> frozenset[str] | Back:
        again = _("输入序号，几个用空格隔开；直接回车保持已勾的；0 为都没有；b 返回上一题：")
        hint = again if ticked else _("输入序号，几个用空格隔开；直接回车为“都没有”；b 返回上一题：")
        picked = self._picked(text, options, ticked, hint, one=False)
        if isinstance(picked, Back):
            return picked
        return frozenset(picked) - {_NOTHING} if picked else ticked

    def write(self, text: tuple[str, ...], hint: str, complaint: Callable[[str], str]) -> str | Back:
        self._say(*text)
        while True:
            line = self._read(_("{hint}；b 返回上一题：", hint=hint))
            if isinstance(line, Back) or not (problem := complaint(line)):
                return line
            self._say(problem)

    def _picked(
        self, text: tuple[str, ...], options: list[Option], ticked: frozenset[str], hint: str, *, one: bool
    ) -> list[str] | Back:
        """The keys whose numbers were typed; empty for an empty line, _NOTHING for a nought among several."""
        self._say(*text)
        for number, (key, label) in enumerate(options, 1):
            self._say(f"{number}. {label}{_('（已勾）') if key in ticked else ''}")
        keys = dict(enumerate((key for key, _ in options), 1)) | ({} if one else {0: _NOTHING})
        while True:
            line = self._read(hint)
            if isinstance(line, Back):
                return line
            numbers = re.split(r"[\s、，,;；]+", unicodedata.normalize("NFKC", line)) if line else []
            if all(number.isdecimal() and int(number) in keys for number in numbers) and (len(numbers) < 2 or not one):
                return [keys[int(number)] for number in numbers]
            self._say(_("请输入 1 到 {most} 之间的序号，或直接回车。", most=len(options)))

    def _say(self, *paragraphs: str) -> None:
        for paragraph in paragraphs:
            self._environment.err().print(paragraph)

    def _read(self, hint: str) -> str | Back:
        self._environment.err().print(hint, end="")
        self._environment.stderr.flush()
        line = self._environment.stdin.readline()
        if not line:  # the input has ended: nobody is there any more
            raise KeyboardInterrupt
        line = line.strip()
        return BACK if line.casefold() in ("b", "返回") else line


_NOTHING = ""
# Up to so many options have a digit in front of each; of more, some have letters.
_DIGITS = 9


class MenuPrompter:
    """Menus with questionary; a question disappears once answered, the caller says what was answered."""

    def __init__(self, environment: Environment, words: Words, **streams: Any) -> None:
        """streams: prompt_toolkit's `input` and `output`, for tests."""
        self._environment = environment
        self._words = words
        self._streams = streams

    def choose(self, text: tuple[str, ...], options: list[Option], default: str) -> str | Back:
        import questionary

        few = len(options) <= _DIGITS
        hint = (
            _("↑↓ 或按前面的序号选，回车确认，Esc 返回上一题")
            if few
            else _("↑↓ 或按前面的数字、字母选，回车确认，Esc 返回上一题")
        )
        labels = [self._label(label, 6) for _, label in options]
        answer: str | Back = self._ask(
            questionary.select,
            self._with_hint(text, hint, labels),
            choices=[questionary.Choice(label, key) for (key, _), label in zip(options, labels, strict=True)],
            default=default,
            use_shortcuts=len(options) <= len(questionary.prompts.common.InquirerControl.SHORTCUT_KEYS),
            use_jk_keys=False,
            pointer=">",
        )
        return answer

    def tick(self, text: tuple[str, ...], options: list[Option], ticked: frozenset[str]) -> frozenset[str] | Back:
        import questionary

        labels = [self._label(label, 5) for _, label in options]
        answer = self._ask(
            questionary.checkbox,
            self._with_hint(text, _("↑↓ 移动，空格勾选，回车确认，Esc 返回上一题；都没有就直接回车"), labels),
            choices=[
                questionary.Choice(label, key, checked=key in ticked)
                for (key, _), label in zip(options, labels, strict=True)
            ],
            pointer=">",
        )
        return answer if isinstance(answer, Back) else frozenset(answer)

    def write(self, text: tuple[str, ...], hint: str, complaint: Callable[[str], str]) -> str | Back:
        import questionary

        problem, typed = "", ""
        while True:
            paragraphs = (*text, *filter(None, (problem,)), _("{hint}；Esc 返回上一题", hint=hint), ">")
            answer: str | Back = self._ask(questionary.text, paragraphs, default=typed[:LONGEST_TEXT])
            if isinstance(answer, Back) or not (problem := complaint(answer)):
                return answer
            typed = answer

    def _with_hint(self, text: tuple[str, ...], hint: str, labels: list[str]) -> tuple[str, ...]:
        """What stands above a menu; of one that the window cannot show at once, that there is more below."""
        lines = sum(len(self._wrapped(paragraph)) for paragraph in (*text, hint))
        lines += sum(label.count("\n") + 1 for label in labels)
        return (*text, hint) if lines < window_height() else (*text, _("窗口放不下，下面还有：往下按就看到。"), hint)

    def _wrapped(self, paragraph: str) -> list[str]:
        """A paragraph in lines: one cell is questionary's own at the start, one is left free at the end."""
        return wrap(paragraph, self._environment.width - 2)

    def _label(self, label: str, indent: int) -> str:
        """A label in lines that fit, the later ones indented below the first."""
        return ("\n" + " " * indent).join(wrap(label, self._environment.width - indent - 3))

    def _ask(self, kind: Callable[..., Any], text: tuple[str, ...], **arguments: Any) -> Any:
        from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
        from prompt_toolkit.output import ColorDepth, create_output
        from prompt_toolkit.styles import Style

        lines = [line for paragraph in text for line in self._wrapped(paragraph)]
        question = kind(
            "\n ".join(lines),
            qmark="",
            instruction=" ",
            style=Style(_STYLE),
            erase_when_done=True,
            color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else ColorDepth.DEPTH_4_BIT,
            **{"output": create_output(self._environment.stderr), **self._streams},
            **arguments,
        )
        bindings = KeyBindings()

        @bindings.add("escape", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=BACK)

        application = question.application
        application.key_bindings = merge_key_bindings([application.key_bindings, bindings])
        application.ttimeoutlen = 0.1
        return question.unsafe_ask()


# Colours of the terminal's own palette, so that light and dark themes both read.
_STYLE = [
    ("question", ""),
    ("instruction", ""),
    ("pointer", "bold"),
    ("highlighted", "bold"),
    ("selected", "ansigreen noreverse"),
    ("answer", "bold"),
]


def prompter(environment: Environment, words: Words, plain_mode: bool) -> Prompter:
    """Menus where the terminal can show them, lines else."""
    if plain_mode or environment.speaks_dumb():
        return LinePrompter(environment, words)
    return MenuPrompter(environment, words)
