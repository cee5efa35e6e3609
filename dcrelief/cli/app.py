"""The program: its help, its version, its commands; without a command it assesses."""

from copy import copy
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from dcrelief import __version__

# In the order of the help. Each is in a module of its own, NAME_command.py, that adds it to the app.
COMMANDS = ("assess", "size", "list", "show", "check", "draft", "diff", "contacts", "email", "batch", "template")

HELP = """惠企措施自测：哪些适合您，怎么办，找谁。随附的是北京市东城区2020年2月13日发布的42条。
不写命令就是 assess。

例子：

  dcrelief
      问答，然后出报告
  dcrelief --answers 我的企业.toml --no-input
      用答案文件，不提问
  dcrelief --set employees=12 --set 行业=餐饮
      先给几个答案，其余再问
  dcrelief list
      看全部措施
  dcrelief show 6
      看第6条
  dcrelief size --set 行业=餐饮 --set 从业人员=8
      只看企业规模
  dcrelief batch 客户.csv -o 结果.xlsx
      一张客户表，一次评估
  dcrelief template 客户表.xlsx
      一张空表，有全部的列
  dcrelief --html 报告.html
      报告另存一个网页文件
  dcrelief contacts --unit 区金融办
      一个单位的联系人表
  dcrelief check --source 实施细则.txt
      措施目录和文件原文逐条核对
  dcrelief draft 别的区.txt -o 别的区
      从文件原文起一份措施目录的稿
  dcrelief diff 2020-02-20 2020-04-01
      两天之间，哪些开始、哪些截止
  dcrelief email 6 --answers 我的楼宇.toml
      申请邮件的草稿
"""


class OwnHelp:
    """A command or group whose help is ours: see dcrelief.cli.help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from dcrelief.cli.help import help_text
        from dcrelief.terminal.console import line_width

        formatter.write(help_text(self, ctx, line_width()))


class OwnHelpCommand(OwnHelp, TyperCommand):
    """A command whose help is ours."""


class AssessByDefault(OwnHelp, TyperGroup):
    """`dcrelief --json` is `dcrelief assess --json`: without a command, it assesses."""

    own_options = ("--help", "--version", "--install-completion", "--show-completion")

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        bare = not args and not ctx.resilient_parsing  # a shell that completes is still to name a command
        if bare or (args and args[0].startswith("-") and args[0].partition("=")[0] not in self.own_options):
            args = ["assess", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Commands and options of the program, and the options of `assess`, for which nothing need be named."""
        offered = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            of_assess = self.commands["assess"].shell_complete(ctx, incomplete)
            offered += [item for item in of_assess if item.value not in self.own_options]
        return offered


app = typer.Typer(
    cls=AssessByDefault,
    help=HELP,
    context_settings={"help_option_names": ["--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the help is our own, and Rich need not be imported for it
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dcrelief {__version__}")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="版本号")] = False,
) -> None:
    """Options of the program itself; the help text is the app's."""


def with_commands(arguments: list[str]) -> typer.Typer:
    """The program with the command that the arguments name, or with all commands if they name none.

    Typer prepares every command that it has, which takes time.
    """
    named = [name for name in COMMANDS if name in arguments[:1]] or COMMANDS
    for name in named:
        import_module(f"dcrelief.cli.{name}_command")
    program = copy(app)
    added = {command.name: command for command in app.registered_commands}
    program.registered_commands = [added[name] for name in named]
    return program
