"""What typer says of a command line, in the language in use; tests/test_language.py has it of whole command lines."""

import pytest

from dcrelief.cli.usage import mistake
from dcrelief.language import speaking


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
