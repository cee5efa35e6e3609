"""A file is there whole, or not at all."""

import os
import subprocess
from pathlib import Path

import pytest

from dcrelief.errors import UnusableFileError
from dcrelief.files.whole import file_name, whole, write_whole


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


def test_what_a_link_points_at_is_written(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        write_whole(pipe, "x")
        assert reader.communicate()[0] == b"x"
    assert pipe.is_fifo()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="这是文件夹，不是文件"):
        write_whole(tmp_path, "x")


@pytest.mark.parametrize(
    ("text", "name"),
    [("甲/乙:丙", "甲_乙_丙"), (" .名. ", "名"), ("a" * 50, "a" * 40), ("..", ""), ("a\nb\x00", "a_b_")],
)
def test_a_name_that_any_system_takes(text: str, name: str) -> None:
    assert file_name(text, 40) == name
