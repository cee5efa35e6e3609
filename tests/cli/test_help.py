"""The help of a command, wrapped as Chinese is, and what typer says of a wrong one, in the language in use."""

from typing import Any

import pytest
import typer
import typer.main
from rich.cells import cell_len

from dcrelief.cli.help import help_text, mistake
from dcrelief.language import speaking

app = typer.Typer(add_completion=False)


@app.command("weigh", short_help="称一称")
def _weigh(
    what: str = typer.Argument(metavar="物", help="称什么"),
    heavy: bool = typer.Option(False, "--heavy", help="很重的" * 12),
    unit: str = typer.Option("", "--unit", metavar="单位", help="用什么单位"),
    secret: str = typer.Option("", "--secret", hidden=True, help="不说"),
) -> None:
    """称一称。

    例子：

      weigh 茶
    """


def shown(width: int) -> list[str]:
    command: Any = typer.main.get_command(app)
    return help_text(command, typer.Context(command, info_name="weigh"), width).splitlines()


def test_usage_text_arguments_and_options_in_turn() -> None:
    lines = shown(80)
    assert lines[:2] == ["用法：weigh 物 [选项]", ""]
    assert [line for line in lines if line.startswith("  weigh")] == ["  weigh 茶"]
    places = [lines.index(title) for title in ("称一称。", "参数：", "  物", "选项：", "  --heavy", "  --unit 单位")]
    assert places == sorted(places)
    assert lines[-2].startswith("  --lang zh|en")


def test_what_is_hidden_stays_so() -> None:
    assert not any("secret" in line for line in shown(80))


def test_no_line_is_wider_than_asked_and_no_word_is_lost() -> None:
    narrow = shown(30)
    assert max(map(cell_len, narrow)) <= 30
    assert "".join("".join(narrow).split()) == "".join("".join(shown(200)).split())


@pytest.mark.parametrize(
    ("of_typer", "chinese", "english"),
    [
        ("No such option: --nope", "没有选项 --nope", "there is no option --nope"),
        ("Missing argument '条号'.", "缺少条号", "NUMBER is missing"),
        ("Got unexpected extra argument (7)", "多写了“7”", '"7" is too much'),
        ("Got unexpected extra arguments (7 8)", "多写了“7 8”", '"7 8" is too much'),
    ],
)
def test_in_either_language(of_typer: str, chinese: str, english: str) -> None:
    assert mistake(of_typer) == chinese
    with speaking("en"):
        assert mistake(of_typer) == english


def test_a_sentence_that_is_not_known_stays_as_it_is() -> None:
    assert mistake("Something else went wrong.") == "Something else went wrong."
