"""Asks a person on stderr for one of several, some of several, or a line of text: by menus, or line by line."""

import os
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from dcrelief.language import _
from dcrelief.rules.facts import LONGEST_TEXT
from dcrelief.terminal.cjk import wrap
from dcrelief.terminal.console import Environment, one_line, window_height
from dcrelief.terminal.unwritable import as_written, encoding_of, holds, lacks

if TYPE_CHECKING:  # slow to import: only where there is a question to ask
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.output import Output


class Back(Exception):  # noqa: N818 - no error: like Ctrl-C, a key that a person may press at any question
    """The person wants the question before."""


Option = tuple[str, str]
"""A key and its label."""

Left = Callable[[frozenset[str]], None]
"""Told the keys that were ticked in a menu that was left."""


class Prompter(Protocol):
    """A way to ask. At every question the person may go back, which raises Back; Ctrl-C raises KeyboardInterrupt.

    text: the paragraphs above the answer: how far the interview is, the question, why it is asked.
    """

    def choose(self, text: tuple[str, ...], options: list[Option], default: str) -> str:
        """The key of one option."""

    def tick(
        self, text: tuple[str, ...], options: list[Option], ticked: frozenset[str], left: "Left | None" = None
    ) -> frozenset[str]:
        """The keys of the ticked options, perhaps of none; ticked: those that are ticked at first.

        left: told what is ticked when the person leaves without an answer.
        """

    def write(self, text: tuple[str, ...], hint: str, complaint: Callable[[str], str], *, last: bool = False) -> str:
        """A line of text, perhaps empty. complaint: what is wrong with a line, empty if nothing is.

        last: there is no question before, and going back is not spoken of.
        """


class LinePrompter:
    """Numbers and lines, for screen readers and terminals that cannot move their cursor."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def choose(self, text: tuple[str, ...], options: list[Option], default: str) -> str:
        hint = _("输入序号后回车；直接回车为“{default}”；b 返回上一题：", default=dict(options)[default])
        return next(iter(self._picked(text, options, frozenset(), hint, one=True)), default)

    def tick(
        self,
        text: tuple[str, ...],
        options: list[Option],
        ticked: frozenset[str],
        left: Left | None = None,  # noqa: ARG002 - a line is whole, or it is nothing
    ) -> frozenset[str]:
        again = _("输入序号，几个用空格隔开；直接回车保持已勾的；0 为都没有；b 返回上一题：")
        hint = again if ticked else _("输入序号，几个用空格隔开；直接回车为“都没有”；b 返回上一题：")
        picked = self._picked(text, options, ticked, hint, one=False)
        return frozenset(picked) - {_NOTHING} if picked else ticked

    def write(self, text: tuple[str, ...], hint: str, complaint: Callable[[str], str], *, last: bool = False) -> str:
        self._environment.say("\n".join(text))
        while True:
            line = self._read(_("{hint}：", hint=hint) if last else _("{hint}；b 返回上一题：", hint=hint))
            problem = complaint(line)
            if not problem:
                return line
            self._environment.say(problem)

    def _picked(
        self, text: tuple[str, ...], options: list[Option], ticked: frozenset[str], hint: str, *, one: bool
    ) -> list[str]:
        """The keys of the numbers typed: none for an empty line, _NOTHING for 0. one: a single number only, no 0."""
        self._environment.say("\n".join(text))
        for number, (key, label) in enumerate(options, 1):
            mark = _("（已勾）") if key in ticked else ""
            self._environment.say(f"{number}. {label}{mark}")
        keys = dict(enumerate((key for key, _ in options), 1)) | ({} if one else {0: _NOTHING})
        while True:
            line = self._read(hint)
            numbers = re.split(r"[\s、，,;；]+", unicodedata.normalize("NFKC", line)) if line else []
            if all(number.isdecimal() and int(number) in keys for number in numbers) and (len(numbers) < 2 or not one):
                return [keys[int(number)] for number in numbers]
            self._environment.say(_("请输入 1 到 {most} 之间的序号，或直接回车。", most=len(options)))

    def _read(self, hint: str) -> str:
        self._environment.say(hint, end="")
        line = self._environment.stdin.readline()
        self._environment.drop_unread()  # more lines of a paste
        if not line:  # the input has ended: the person has left
            raise KeyboardInterrupt
        line = one_line(line)
        if line.casefold() in ("b", "返回"):
            raise Back
        return line


_NOTHING = ""
# Up to so many options, each has a digit in front; of more, some have letters.
_DIGITS = 9


class MenuPrompter:
    """Menus with questionary. A question disappears once it is answered; the caller says what the answer was."""

    def __init__(self, environment: Environment, **streams: Any) -> None:
        """streams: prompt_toolkit's `input` and `output`, for tests."""
        self._environment = environment
        self._streams = streams

    @cached_property
    def _keyboard(self) -> "Input":
        from prompt_toolkit.input import create_input

        from dcrelief.terminal.keyboard import only_keys

        return only_keys(self._streams.get("input") or create_input(self._environment.stdin))

    @cached_property
    def _screen(self) -> "Output":
        """Where menus are drawn. It is not asked where its cursor is: not every terminal answers, or in time."""
        from prompt_toolkit.output import create_output
        from prompt_toolkit.output.vt100 import Vt100_Output

        screen = self._streams.get("output") or create_output(self._environment.stderr)
        if isinstance(screen, Vt100_Output):
            screen.enable_cpr = False
        return screen

    def choose(self, text: tuple[str, ...], options: list[Option], default: str) -> str:
        import questionary

        by_digit = _("↑↓ 或按前面的序号选，回车确认，Esc 返回上一题")
        by_letter = _("↑↓ 或按前面的数字、字母选，回车确认，Esc 返回上一题")
        chosen = self._menu(
            questionary.select,
            text,
            by_digit if len(options) <= _DIGITS else by_letter,
            options,
            indent=6,
            default=default,
            use_shortcuts=len(options) <= len(questionary.prompts.common.InquirerControl.SHORTCUT_KEYS),
            use_jk_keys=False,
        )
        return str(chosen)

    def tick(
        self, text: tuple[str, ...], options: list[Option], ticked: frozenset[str], left: Left | None = None
    ) -> frozenset[str]:
        import questionary

        hint = _("↑↓ 移动，空格勾选，回车确认，Esc 返回上一题；都没有就直接回车")
        return frozenset(self._menu(questionary.checkbox, text, hint, options, indent=5, ticked=ticked, left=left))

    def write(self, text: tuple[str, ...], hint: str, complaint: Callable[[str], str], *, last: bool = False) -> str:
        import questionary

        problem, typed = "", ""
        while True:
            below = hint if last else _("{hint}；Esc 返回上一题", hint=hint)
            paragraphs = (*text, *filter(None, (problem,)), below, ">")
            typed = one_line(self._ask(questionary.text, self._laid_out(paragraphs), default=typed[:LONGEST_TEXT]))
            problem = complaint(typed)
            if not problem:
                return typed

    def _menu(
        self,
        kind: Callable[..., Any],
        text: tuple[str, ...],
        hint: str,
        options: list[Option],
        *,
        indent: int,
        ticked: frozenset[str] = frozenset(),
        **arguments: Any,
    ) -> Any:
        """What is picked from a menu. indent: where the later lines of a label start, below the first.

        If the window cannot show the whole menu at once, the text says that there is more below.
        """
        from questionary import Choice

        def label_lines(label: str) -> list[str]:
            return self._lines(label, self._environment.width - indent - 3)

        def menu_text() -> str:
            lines = len(self._wrapped((*text, hint))) + sum(len(label_lines(label)) for _, label in options)
            more = () if lines < window_height() else (_("窗口放不下，上下按就看到其余的。"),)
            return self._joined((*text, *more, hint))

        def title(label: str) -> _LaidOut:
            return _LaidOut(label, lambda: ("\n" + " " * indent).join(label_lines(label)))

        choices = [Choice(title(label), key, checked=key in ticked) for key, label in options]
        return self._ask(kind, _LaidOut(text[-1], menu_text), choices=choices, pointer=">", **arguments)

    def _laid_out(self, text: tuple[str, ...]) -> "_LaidOut":
        return _LaidOut(text[-1], lambda: self._joined(text))

    def _joined(self, text: tuple[str, ...]) -> str:
        return "\n ".join(self._wrapped(text))

    def _wrapped(self, text: tuple[str, ...]) -> list[str]:
        """Paragraphs in lines. questionary needs one cell at the start, and one stays free at the end."""
        return [line for paragraph in text for line in self._lines(paragraph, self._environment.width - 2)]

    def _lines(self, text: str, width: int) -> list[str]:
        return wrap(as_written(text, self._environment.stderr), width)

    def _ask(self, kind: Callable[..., Any], text: "_LaidOut", left: Left | None = None, **arguments: Any) -> Any:
        import questionary
        from prompt_toolkit.key_binding import merge_key_bindings
        from prompt_toolkit.output import ColorDepth
        from prompt_toolkit.styles import Style
        from questionary.prompts.common import InquirerControl

        from dcrelief.terminal.keyboard import forget_earlier
        from dcrelief.terminal.suspending import hear_suspension

        question = kind(
            text,
            qmark="",
            instruction=" ",
            style=Style(_STYLE),
            erase_when_done=True,
            color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else ColorDepth.DEPTH_4_BIT,
            input=self._keyboard,
            output=self._screen,
            **arguments,
        )
        application = question.application
        application.key_bindings = merge_key_bindings(
            [application.key_bindings, _keys(writes=kind is questionary.text)]
        )
        application.timeoutlen = 0  # the keyboard has waited for what may follow Esc
        application.pre_run_callables.append(hear_suspension)
        self._environment.drop_unread()
        forget_earlier(application.input)
        try:
            return question.unsafe_ask()
        except (Back, KeyboardInterrupt, SystemExit, EOFError):
            menus = (each for each in application.layout.find_all_controls() if isinstance(each, InquirerControl))
            if left is not None:
                left(frozenset(chain.from_iterable(menu.selected_options for menu in menus)))
            raise
        finally:
            with suppress(OSError):  # the terminal may have gone
                application.renderer.reset()  # a signal may have come before the library was ready to do it


def _keys(*, writes: bool) -> "KeyBindings":
    """Keys that mean the same at every question. writes: whether a line is written, so that what is pasted goes in."""
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from dcrelief.terminal.suspending import suspend_tidily

    keys = KeyBindings()

    @keys.add("escape")
    def back(event: KeyPressEvent) -> None:
        event.app.exit(exception=Back)

    @keys.add("<sigint>")
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add("c-z")
    def suspend(_event: KeyPressEvent) -> None:
        suspend_tidily(everyone=True)

    @keys.add("<bracketed-paste>")
    def paste(event: KeyPressEvent) -> None:
        if writes:
            event.current_buffer.insert_text(one_line(event.data)[: LONGEST_TEXT + 1])

    @keys.add("escape", "<any>")  # Alt with a key
    @keys.add("c-r")  # the library's search in earlier lines, of which there are none
    @keys.add("c-s")
    def nothing(event: KeyPressEvent) -> None: ...

    return keys


class _LaidOut(str):
    """A text that is laid out anew whenever format() draws it: the window may have another width by then."""

    __slots__ = ("_layout",)
    _layout: Callable[[], str]

    def __new__(cls, text: str, layout: Callable[[], str]) -> "_LaidOut":
        laid_out = super().__new__(cls, text)
        laid_out._layout = layout
        return laid_out

    def __format__(self, spec: str) -> str:
        return format(self._layout(), spec)


# Colours of the terminal's own palette, so that light and dark themes both read.
_STYLE = [
    ("question", ""),
    ("instruction", ""),
    ("pointer", "bold"),
    ("highlighted", "bold"),
    ("selected", "ansigreen noreverse"),
    ("answer", "bold"),
]


def prompter(environment: Environment, *, plain: bool) -> Prompter:
    """Menus where the terminal can show them, otherwise lines; plain: for a screen reader."""
    encoding = encoding_of(environment.stderr)
    if not holds(encoding):
        environment.say(lacks(encoding))
    lines = plain or environment.speaks_dumb() or not holds(encoding)
    return LinePrompter(environment) if lines else MenuPrompter(environment)
