"""What TAB offers, asked as each shell asks: by variables, and by a real bash with the script installed.

cli/spoken.py is tested through test_commands.py too.
"""

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

PROGRAM = Path(sys.executable).with_name("dcrelief")
COMMANDS = ["assess", "size", "list", "show", "check", "diff", "contacts", "email", "batch", "template"]


def answered(shell: str, **variables: str) -> list[str]:
    env = {**os.environ, "PYTHONUTF8": "1", "_DCRELIEF_COMPLETE": f"complete_{shell}", **variables}
    done = subprocess.run([PROGRAM], env=env, capture_output=True, check=False)
    assert done.stderr == b""
    return done.stdout.decode().splitlines()


def in_bash(*words: str) -> list[str]:
    """What bash gets for its words, the last of which is to be completed."""
    return answered("bash", COMP_WORDS="\n".join(("dcrelief", *words)), COMP_CWORD=str(len(words)))


def in_fish(line: str) -> list[str]:
    return answered("fish", _TYPER_COMPLETE_ARGS=line, _TYPER_COMPLETE_FISH_ACTION="get-args")


def in_zsh(line: str) -> list[str]:
    return answered("zsh", _TYPER_COMPLETE_ARGS=line)


def test_commands() -> None:
    assert in_bash("") == COMMANDS
    assert [line.partition("\t")[0] for line in in_fish("dcrelief ")] == COMMANDS
    assert in_fish("dcrelief sh") == ["show\t一条措施的全文"]
    assert in_zsh("dcrelief sh") == ["""_arguments '*: :(("show":"一条措施的全文"))'"""]


def test_options_of_assess_too_where_no_command_is_named() -> None:
    assert {"--set", "--answers", "--json", "--lang", "--version"} <= set(in_bash("--"))
    assert in_bash("--sho") == ["--show-completion"]
    assert in_bash("--plain", "--answ") == ["--answers"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("--set", "industry", "=", "ca"), ["catering"]),
        (("--set", "行业", "=", "餐"), ["餐饮业"]),
        (("--set", "industry", "=", "餐"), ["餐饮业"]),
        (("--set", "=", "industry", "=", "ca"), ["catering"]),
        (("--set", "industry=ca"), ["industry=catering"]),  # where bash is told that = ends no word
        (("size", "--set", "in_dongcheng", "="), ["yes", "no"]),
        (("--set", "tax_diff"), ["tax_difficulty=yes", "tax_difficulty=no"]),
        (("--set", "employees", "=", "1"), []),
        (("--set", "nonsense", "=", "1"), []),
        (("--set", "employees=", "--no-in"), ["--no-input"]),
        (("--lang", "=", "e"), ["en"]),
        (("--lang", ""), ["zh", "en"]),
        (("--lang", "xx", ""), []),
        (
            ("--lang", "en", "contacts", "--unit", "Dongcheng\\ District\\ Tax"),
            ["Dongcheng\\ District\\ Tax\\ Service"],
        ),
        (("--lang", "en", "contacts", "--unit", '"Dongcheng District Tax'), ["Dongcheng District Tax Service"]),
    ],
    ids=" ".join,
)
def test_values_in_bash_which_ends_a_word_at_an_equals_sign(words: tuple[str, ...], offered: list[str]) -> None:
    assert [line for line in in_bash(*words) if line] == offered


@pytest.mark.parametrize("before", ["--set ", "--set=", "size --set employees=8 --set "])
def test_values_in_fish_and_zsh(before: str) -> None:
    whole = before.rpartition(" ")[2] + "industry=catering"
    assert in_fish(f"dcrelief {before}industry=ca") == [f"{whole}\t餐饮业"]
    assert in_zsh(f"dcrelief {before}industry=ca") == [f"""_arguments '*: :(("{whole}":"餐饮业"))'"""]


def test_in_english() -> None:
    assert in_fish("dcrelief --lang en show 6") == ["6\tSubsidy for facilities that reduce rent for MSMEs"]
    assert in_fish("dcrelief --lang en sh") == ["show\tOne measure in full"]


def test_in_a_real_bash(tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path), "PATH": f"{PROGRAM.parent}:/usr/bin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    subprocess.run(["bash", "-c", "dcrelief --install-completion; true"], env=env, check=True, capture_output=True)
    bash = pexpect.spawn("bash", ["--norc", "-i"], env={**env, "PS1": "$ "}, encoding="utf-8", timeout=30)
    bash.sendline(f"source {tmp_path}/.bash_completions/dcrelief.sh; echo rea''dy")
    bash.expect_exact("ready\r\n")
    for typed, shown in (
        ("dcrelief sh\t", "dcrelief show "),
        ("dcrelief --set industry=ca\t", "industry=catering "),
        ("dcrelief --set 行业=餐\t", "行业=餐饮业 "),
        ("dcrelief --set indu\tca\t", "stry=catering "),
    ):
        bash.send(typed)
        bash.expect_exact(shown)
        bash.send("\x03")
        bash.expect_exact("$ ")
    bash.close(force=True)
