"""The help of a command in the language in use, wrapped as Chinese is: typer's own cuts short what has no spaces."""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from dcrelief.language import _, languages, later
from dcrelief.terminal.cjk import wrap

# What typer says of the options that it adds itself.
_TYPERS_OWN = {
    "help": later("显示这份帮助"),
    "install_completion": later("给当前的 shell 装上补全"),
    "show_completion": later("显示补全脚本，可自己改了再装"),
}


def help_text(command: Any, ctx: Any, width: int) -> str:
    """The help of a typer command, at most `width` cells wide."""
    return "\n".join(_lines(command, ctx, width)) + "\n"


def _lines(command: Any, ctx: Any, width: int) -> Iterator[str]:
    parameters = command.get_params(ctx)
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option" and not parameter.hidden]
    commands = [command.get_command(ctx, name) for name in command.list_commands(ctx)] if _is_group(command) else []
    parts = (*([_("命令")] if commands else []), *(_(argument.metavar) for argument in arguments), _("[选项]"))
    yield from wrap(_("用法：{command} {parts}", command=ctx.command_path, parts=" ".join(parts)), width, rest="  ")
    yield ""
    for line in _spoken(_cleaned(command.help)).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        yield from wrap(line, width, indent, indent + "  " if indent else "")
    yield from _entries(_("全部命令"), ((entry.name, _spoken(entry.short_help)) for entry in commands), width)
    yield from _entries(_("参数"), ((_(argument.metavar), _spoken(argument.help)) for argument in arguments), width)
    lines = [(_name(option), _spoken(_TYPERS_OWN.get(option.name) or option.help)) for option in options]
    lang = (f"--lang {'|'.join(languages())}", _("用哪种语言；也可以设环境变量 DCRELIEF_LANG"))
    yield from _entries(_("选项"), [*lines, lang], width)


def _is_group(command: Any) -> bool:
    return hasattr(command, "list_commands")


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


def _cleaned(text: str | None) -> str:
    return inspect.cleandoc(text or "")
