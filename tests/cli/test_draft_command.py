"""`draft`: the files of a catalogue in outline."""

from pathlib import Path

import pytest

from dcrelief.cli import run
from tests.examples import OTHER_DISTRICT

DOCUMENT = OTHER_DISTRICT.with_name("document.txt")
Captured = pytest.CaptureFixture[str]


def test_what_it_writes_can_be_checked_at_once(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "new" / "district"
    assert run(["draft", str(DOCUMENT), "-o", str(folder)]) == 0
    said = capsys.readouterr().err
    assert "9 条措施" in said
    assert f"dcrelief check --catalogue {folder / 'measures.toml'} --source {DOCUMENT}" in said
    assert run(["check", "--catalogue", str(folder / "measures.toml"), "--source", str(DOCUMENT)]) == 1
    assert "TODO 没有写好" in capsys.readouterr().out


def test_it_does_not_write_over_what_is_there(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "questions.toml").write_text("mine", encoding="utf-8")
    assert run(["draft", str(DOCUMENT), "-o", str(tmp_path)]) == 2
    assert "已经有了" in capsys.readouterr().err
    assert (tmp_path / "questions.toml").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "measures.toml").exists()
    assert run(["draft", str(DOCUMENT), "-o", str(tmp_path), "--force"]) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"nothing numbered", "没有找到编号的措施"), (b"%PDF-1.4", "不是纯文本"), (b"", "没有找到编号的措施")],
)
def test_what_is_no_such_document(content: bytes, said: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "text.txt").write_bytes(content)
    assert run(["draft", str(tmp_path / "text.txt"), "-o", str(tmp_path / "out")]) == 3
    assert said in capsys.readouterr().err


def test_a_folder_that_cannot_be(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run(["draft", str(DOCUMENT), "-o", str(tmp_path / "file" / "sub")]) == 3
    assert "写不了" in capsys.readouterr().err
