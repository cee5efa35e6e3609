"""What typer says, in the language in use: the help, wrapped as Chinese is, and what is wrong with a command line.

Typer itself has only English, and its help cuts short what has no spaces.
"""

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dcrelief.language import _, languages, later
from dcrelief.terminal.cjk import wrap

# The help of the options that typer adds itself.
_TYPERS_OWN = {
    "help": later("显示这份帮助"),
    "install_completion": later("给当前的 shell 装上补全"),
    "show_completion": later("显示补全脚本，可自己改了再装"),
}

# Typer's sentences, and ours for each; any other is shown as typer has it.
_MISTAKES = {
    r"No such option: (?P<name>\S+)": later("没有选项 {name}"),
    r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.*)\)": later("没有选项 {name}，相近的有 {near}"),
    r"No such command '(?P<name>[^']*)'\.": later("没有命令“{name}”"),
    r"No such command '(?P<name>[^']*)'\. Did you mean (?P<near>.*)\?\.?": later("没有命令“{name}”，相近的有 {near}"),
    r"Missing argument '(?P<name>.*)'\.": later("缺少{name}"),
    r"Option '(?P<name>.*)' requires an argument\.": later("{name} 后面要写一个值"),
    r"Option '(?P<name>.*)' does not take a value\.": later("{name} 后面不能写值"),
    r"Got unexpected extra argument(?:\(s\)|s)? \((?P<name>.*)\)": later("多写了“{name}”"),
}


def help_text(command: Any, ctx: Any, width: int) -> str:
    """The help of a typer command, at most `width` cells wide."""
    return "\n".join(_lines(command, ctx, width)) + "\n"


def mistake(message: str) -> str:
    """What typer says of a mistake, in the language in use."""
    for pattern, sentence in _MISTAKES.items():
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            return _(sentence, **{key: _(text) for key, text in match.groupdict().items()})
    return message


def _lines(command: Any, ctx: Any, width: int) -> Iterator[str]:
    parameters = command.get_params(ctx)
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option" and not parameter.hidden]
    names = command.list_commands(ctx) if hasattr(command, "list_commands") else []
    commands = [command.get_command(ctx, name) for name in names]
    parts = (*([_("命令")] if commands else []), *(_(argument.metavar) for argument in arguments), _("[选项]"))
    yield from wrap(_("用法：{command} {parts}", command=ctx.command_path, parts=" ".join(parts)), width, rest="  ")
    yield ""
    for line in _spoken(inspect.cleandoc(command.help or "")).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        yield from wrap(line, width, indent, indent + "  " if indent else "")
    yield from _entries(_("全部命令"), ((entry.name, _spoken(entry.short_help)) for entry in commands), width)
    yield from _entries(_("参数"), ((_(argument.metavar), _spoken(argument.help)) for argument in arguments), width)
    lines = [(_name(option), _spoken(_TYPERS_OWN.get(option.name) or option.help)) for option in options]
    lang = (f"--lang {'|'.join(languages())}", _("用哪种语言；也可以设环境变量 DCRELIEF_LANG"))
    yield from _entries(_("选项"), [*lines, lang], width)


def _name(option: Any) -> str:
    names = _("、").join(option.opts)
    return names if option.is_flag else f"{names} {_(option.metavar)}"


def _entries(title: str, entries: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """A titled list: each name, and what it does, indented below."""
    for place, (name, text) in enumerate(entries):
        if place == 0:
            yield from ("", _("{title}：", title=title))
        yield f"  {name}"
        yield from wrap(text or "", width, "      ", "      ")


def _spoken(text: str | None) -> str:
    return _(text) if text else ""
