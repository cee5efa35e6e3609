"""A file is there whole, or not at all."""

from pathlib import Path

import pytest

from dcrelief.errors import UnusableFileError
from dcrelief.files.whole import whole


def test_a_file_is_there_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with whole(path) as half:
        half.write_text("x")
        assert not path.exists()
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_nothing_is_left_of_what_failed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), whole(tmp_path / "out.csv") as half:  # noqa: PT012
        half.write_text("x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="没有这个文件或文件夹"), whole(tmp_path / "no" / "out.csv"):
        pass
