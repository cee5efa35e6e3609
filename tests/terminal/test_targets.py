"""Files that a command is to write are seen before the work; a person is asked about those that are there."""

import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dcrelief.errors import DcreliefError, UnusableFileError, UsageError
from dcrelief.terminal.console import Environment
from dcrelief.terminal.targets import Targets, check_targets
from tests.examples import shipped


def check(
    targets: Targets, *, reads: Sequence[Path] = (), force: bool = False, typed: str = "", asks: bool = True
) -> str:
    """What is said; typed: what comes from stdin; asks: whether a person is there."""
    err = io.StringIO()
    here = replace(Environment.real(Path()), stdin=io.StringIO(typed), stderr=err, asks=asks)
    check_targets(here, shipped(), targets, reads=reads, force=force)
    return err.getvalue()


@pytest.fixture
def there(tmp_path: Path) -> Path:
    path = tmp_path / "there.csv"
    path.write_text("mine")
    return path


def test_a_new_file_needs_no_question(tmp_path: Path) -> None:
    assert check([(tmp_path / "new.csv", (".csv",)), (None, (".html",))]) == ""


def test_one_that_is_there_stays_unless_it_is_forced(there: Path) -> None:
    with pytest.raises(UsageError) as refused:
        check([(there, ())], typed="是\n", asks=False)
    assert "--force" in refused.value.hint
    assert check([(there, ())], force=True) == ""


@pytest.mark.parametrize("typed", ["是\n", "Ｙ\n"])
def test_a_person_may_say_yes(there: Path, typed: str) -> None:
    assert "要写在它上面吗？" in check([(there, ())], typed=typed)


@pytest.mark.parametrize("typed", ["\n", "否\n", ""])
def test_anything_else_is_no(there: Path, typed: str) -> None:
    with pytest.raises(UsageError, match="已经有了"):
        check([(there, ())], typed=typed)


def test_what_cannot_be_written_even_if_forced(there: Path) -> None:
    new, folder = there.with_name("new.csv"), there.parent
    refused: list[tuple[Targets, Sequence[Path], type[DcreliefError], str]] = [
        ([(there, ())], [there], UsageError, "不能又读又写"),
        ([(new, ()), (folder / "." / "new.csv", ())], [], UsageError, "也不能写两样东西"),
        ([(new, (".html", ".htm"))], [], UsageError, "后缀应是 .html或.htm"),
        ([(folder, ())], [], UsageError, "是文件夹"),
        ([(folder / "no" / "x.csv", ())], [], UnusableFileError, "没有文件夹"),
    ]
    for targets, reads, kind, said in refused:
        with pytest.raises(kind, match=said):
            check(targets, reads=reads, force=True)


def test_a_device_takes_anything() -> None:
    null = Path(os.devnull)
    assert check([(null, (".csv",)), (null, (".html",))], reads=[null]) == ""
