"""The help of a command in Chinese, wrapped as Chinese is: typer's own cuts short what has no spaces."""

import inspect
from collections.abc import Iterator
from typing import Any

from dcrelief.report.cjk import wrap

# What typer says of the options that it adds itself.
_TYPERS_OWN = {
    "help": "显示这份帮助",
    "install_completion": "给当前的 shell 装上补全",
    "show_completion": "显示补全脚本，可自己改了再装",
}


def help_text(command: Any, ctx: Any, width: int) -> str:
    """The help of a typer command, at most `width` cells wide."""
    return "\n".join(_lines(command, ctx, width)) + "\n"


def _lines(command: Any, ctx: Any, width: int) -> Iterator[str]:
    parameters = command.get_params(ctx)
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option" and not parameter.hidden]
    commands = [command.get_command(ctx, name) for name in command.list_commands(ctx)] if _is_group(command) else []
    parts = (*(["命令"] if commands else []), *(argument.metavar for argument in arguments), "[选项]")
    yield from wrap(f"用法：{ctx.command_path} {' '.join(parts)}", width, rest="  ")
    yield ""
    for line in inspect.cleandoc(command.help or "").split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        yield from wrap(line, width, indent, indent + "  " if indent else "")
    yield from _entries("命令", ((entry.name, entry.short_help) for entry in commands), width)
    yield from _entries("参数", ((argument.metavar, argument.help) for argument in arguments), width)
    yield from _entries(
        "选项", ((_name(option), _TYPERS_OWN.get(option.name, option.help)) for option in options), width
    )


def _is_group(command: Any) -> bool:
    return hasattr(command, "list_commands")


def _name(option: Any) -> str:
    names = "、".join(option.opts)
    return names if option.is_flag else f"{names} {option.metavar}"


def _entries(title: str, entries: Iterator[tuple[str, str]], width: int) -> Iterator[str]:
    """A titled list: each name, and what it does, indented below."""
    for place, (name, text) in enumerate(entries):
        if place == 0:
            yield from ("", f"{title}：")
        yield f"  {name}"
        yield from wrap(text or "", width, "      ", "      ")
