"""What a shell offers behind TAB: typer's completion, mended where it offers nothing, or too little.

The shell starts the program with a variable set and reads what stands on stdout.
"""

import os
import re

import typer.main
from typer._click.shell_completion import CompletionItem, add_completion_class, split_arg_string
from typer._completion_classes import BashComplete, FishComplete, PowerShellComplete, ZshComplete

from dcrelief.cli.app import with_commands
from dcrelief.cli.spoken import after_language
from dcrelief.errors import DcreliefError
from dcrelief.language import _, languages

_SPECIAL_IN_BASH = re.compile(r"([\s'\"\\$`&;|<>()*?!\[\]#~])")


def offer() -> None:
    """Answers the shell, and ends the program."""
    program = typer.main.get_command(with_commands([]))  # brings typer's own classes, which ours replace
    for shell in (_Bash, _Zsh, _Fish, _PowerShell):
        add_completion_class(shell, shell.name)
    program(prog_name="dcrelief")


class _Whole:
    """What typer offers, each for the whole word; --lang may stand anywhere, and explanations are in its language."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """What may stand for the incomplete word; nothing where the line cannot be understood, or a file is meant."""
        before = ""
        if incomplete.startswith("-") and "=" in incomplete:  # --set=industry=cat
            option, _equals, incomplete = incomplete.partition("=")
            args, before = [*args, option], f"{option}="
        if args[-1:] == ["--lang"]:
            offered = [CompletionItem(each) for each in languages() if each.startswith(incomplete)]
        else:
            offered = self._of_typer(args, incomplete)
        for item in offered:
            item.value = before + item.value
            item.help = item.help and _(item.help)
        return offered

    def _of_typer(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        try:
            offered: list[CompletionItem] = super().get_completions(after_language(args), incomplete)  # type: ignore[misc]
        except DcreliefError:
            return []
        own = [CompletionItem("--lang")] if incomplete and "--lang".startswith(incomplete) else []
        return offered + own


class _Bash(_Whole, BashComplete):
    """Bash ends a word at an equals sign: of `industry=cat` typer gets three, and only the last is replaced."""

    _stands = 0  # letters of the whole word that are not replaced
    _quoted = False

    def get_completion_args(self) -> tuple[list[str], str]:
        at, words = int(os.environ["COMP_CWORD"]), split_arg_string(os.environ["COMP_WORDS"])
        word = words[at] if at < len(words) else ""
        whole: list[str] = []
        for each in (*words[1:at], word):
            if whole and (each == "=" or (whole[-1].endswith("=") and each and not each.startswith("-"))):
                whole[-1] += each
            else:
                whole.append(each)
        self._quoted = os.environ["COMP_WORDS"].split("\n")[at][:1] in ("'", '"')
        self._stands = len(whole[-1]) - (0 if word == "=" else len(word))
        return whole[:-1], whole[-1]

    def format_completion(self, item: CompletionItem) -> str:
        replaced = str(item.value)[self._stands :]
        return replaced if self._quoted else _SPECIAL_IN_BASH.sub(r"\\\1", replaced)


class _Zsh(_Whole, ZshComplete):
    """Zsh."""


class _Fish(_Whole, FishComplete):
    """Fish."""


class _PowerShell(_Whole, PowerShellComplete):
    """PowerShell."""
