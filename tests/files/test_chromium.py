"""A page as PDF: which browser, and what is said when it does not print. The real one is tried in tests/browser."""

import stat
from pathlib import Path

import pytest

from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.files import chromium
from dcrelief.files.chromium import find_chromium, print_pdf


def program(folder: Path, body: str, name: str = "chromium") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_one_that_is_named(tmp_path: Path) -> None:
    named = program(tmp_path, "true", "mine")
    assert find_chromium(str(named)) == named


def test_one_in_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = program(tmp_path, "true", "mine")
    monkeypatch.chdir(tmp_path)
    assert find_chromium("mine") == find_chromium("./mine") == here


def test_one_that_is_named_and_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不是能运行的程序"):
        find_chromium(str(tmp_path / "none"))


def test_the_first_that_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = program(tmp_path, "true", "google-chrome")
    assert find_chromium(None) == found


def test_none_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as raised:
        find_chromium(None)
    assert "没有找到" in raised.value.message
    assert "--html" in raised.value.hint


def test_what_it_prints_is_the_file(tmp_path: Path) -> None:
    fake = program(tmp_path, 'for a in "$@"; do case $a in --print-to-pdf=*) echo %PDF > "${a#*=}";; esac; done')
    print_pdf("<p>", tmp_path / "out.pdf", fake)
    assert (tmp_path / "out.pdf").read_text() == "%PDF\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("echo broken >&2; exit 3", "退出码 3）。它说：broken"),
        ("exit 0", "它什么也没有说"),
        ('for a in "$@"; do case $a in --print-to-pdf=*) echo rubbish > "${a#*=}";; esac; done', "没有印出 PDF"),
        ("sleep 30", "过了 1 秒还没有印好"),
    ],
)
def test_one_that_fails_is_named_and_leaves_nothing(
    tmp_path: Path, body: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "SECONDS", 1)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(UnusableFileError, match=said) as raised:
        print_pdf("<p>", folder / "out.pdf", program(tmp_path, body))
    assert "--html" in raised.value.hint
    assert list(folder.iterdir()) == []


def test_one_that_is_no_program(tmp_path: Path) -> None:
    broken = program(tmp_path, "")
    broken.write_bytes(b"\x00\x01")
    with pytest.raises(UnusableFileError, match="运行不了"):
        print_pdf("<p>", tmp_path / "out.pdf", broken)
