"""Asks a person: one of, some of, or a line of text, on stderr; with questionary, or line by line when plain."""

import os
import re
import unicodedata
from collections.abc import Callable
from enum import Enum
from typing import Any, Protocol

from dcrelief.console import Environment
from dcrelief.report.cjk import wrap
from dcrelief.rules.words import Words


class Back(Enum):
    """What a person answers who wants the question before."""

    BACK = "back"


BACK = Back.BACK
Option = tuple[str, str]
"""A key and its label."""


class Prompter(Protocol):
    """A way to ask. Every question can be answered with BACK. Ctrl-C raises KeyboardInterrupt."""

    def choose(self, options: list[Option], default: str) -> str | Back:
        """The key of one option."""

    def tick(self, options: list[Option], ticked: frozenset[str]) -> frozenset[str] | Back:
        """The keys of any of the options, none included."""

    def write(self, hint: str, complaint: Callable[[str], str], default: str) -> str | Back:
        """A line of text about which `complaint` has nothing to say."""


class LinePrompter:
    """Numbers and lines, for screen readers and terminals that cannot move their cursor."""

    def __init__(self, environment: Environment, words: Words) -> None:
        self._environment = environment
        self._words = words

    def choose(self, options: list[Option], default: str) -> str | Back:
        """See Prompter."""
        self._list(options)
        labels = dict(options)
        while True:
            line = self._read(self._words("interview.plain_choose", default=labels[default]))
            if isinstance(line, Back):
                return line
            if not line:
                return default
            picked = self._picked(line, options)
            if picked is not None and len(picked) == 1:
                return picked[0]
            self._say(self._words("interview.check_bad", most=len(options)))

    def tick(self, options: list[Option], ticked: frozenset[str]) -> frozenset[str] | Back:
        """See Prompter."""
        self._list(options, ticked)
        while True:
            line = self._read(self._words("interview.plain_tick"))
            if isinstance(line, Back):
                return line
            picked = self._picked(line, options)
            if picked is not None:
                return frozenset(picked)
            self._say(self._words("interview.check_bad", most=len(options)))

    def write(self, hint: str, complaint: Callable[[str], str], default: str) -> str | Back:
        """See Prompter."""
        if default:
            self._say(self._words("interview.plain_now", value=default))
        while True:
            line = self._read(hint)
            if isinstance(line, Back) or not (said := complaint(line)):
                return line
            self._say(said)

    @staticmethod
    def _picked(line: str, options: list[Option]) -> list[str] | None:
        parts = re.split(r"[\s、，,;；]+", unicodedata.normalize("NFKC", line).strip()) if line else []
        if not all(part.isdecimal() and 1 <= int(part) <= len(options) for part in parts):
            return None
        return [options[int(part) - 1][0] for part in parts]

    def _list(self, options: list[Option], ticked: frozenset[str] = frozenset()) -> None:
        for number, (key, label) in enumerate(options, 1):
            mark = self._words("interview.plain_ticked") if key in ticked else ""
            self._say(f"{number}. {label}{mark}")

    def _say(self, text: str) -> None:
        self._environment.err().print(text)

    def _read(self, hint: str) -> str | Back:
        self._environment.err().print(hint, end="")
        self._environment.stderr.flush()
        line = self._environment.stdin.readline()
        if not line:  # the input has ended: nobody is there any more
            raise KeyboardInterrupt
        line = line.strip()
        return BACK if line.casefold() in ("b", "返回") else line


class MenuPrompter:
    """Menus with questionary; a question disappears once answered, the caller says what was answered."""

    def __init__(self, environment: Environment, words: Words, **streams: Any) -> None:
        """streams: prompt_toolkit's `input` and `output`, for tests."""
        self._environment = environment
        self._words = words
        self._streams = streams

    def choose(self, options: list[Option], default: str) -> str | Back:
        """See Prompter."""
        import questionary

        answer: str | Back = self._ask(
            questionary.select,
            message=self._words("interview.choose_hint"),
            choices=[questionary.Choice(self._label(label, 5), key) for key, label in options],
            default=default,
            use_shortcuts=True,
            use_jk_keys=False,
            pointer=">",
        )
        return answer

    def tick(self, options: list[Option], ticked: frozenset[str]) -> frozenset[str] | Back:
        """See Prompter."""
        import questionary

        answer = self._ask(
            questionary.checkbox,
            message=self._words("interview.tick_hint"),
            choices=[questionary.Choice(self._label(label, 5), key, checked=key in ticked) for key, label in options],
            pointer=">",
        )
        return answer if isinstance(answer, Back) else frozenset(answer)

    def write(self, hint: str, complaint: Callable[[str], str], default: str) -> str | Back:
        """See Prompter."""
        import questionary

        def check(text: str) -> bool | str:
            return complaint(text) or True

        answer: str | Back = self._ask(questionary.text, message=hint + "\n>", validate=check, default=default)
        return answer

    def _label(self, label: str, indent: int) -> str:
        """A label in lines that fit, the later ones indented below the first."""
        return ("\n" + " " * indent).join(wrap(label, self._environment.width - indent - 2))

    def _ask(self, kind: Callable[..., Any], message: str, **arguments: Any) -> Any:
        from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
        from prompt_toolkit.output import ColorDepth, create_output
        from prompt_toolkit.styles import Style

        streams = {"output": create_output(self._environment.stderr), **self._streams}
        question = kind(
            message,
            qmark="",
            instruction=" ",
            style=Style(_STYLE),
            erase_when_done=True,
            color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else ColorDepth.DEPTH_4_BIT,
            **streams,
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
    ("validation-toolbar", "ansired bold noreverse"),
    ("bottom-toolbar", "noreverse"),
]


def prompter(environment: Environment, words: Words, plain_mode: bool) -> Prompter:
    """Menus where the terminal can show them, lines else."""
    if plain_mode or environment.speaks_dumb():
        return LinePrompter(environment, words)
    return MenuPrompter(environment, words)
