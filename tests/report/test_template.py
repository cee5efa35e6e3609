"""Empty forms, as the command writes them: filled in, they can be read (cli/template_command.py through it)."""

from pathlib import Path

import openpyxl
import pytest

from dcrelief.cli import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_sheet_can_be_filled_in_and_assessed(ending: str) -> None:
    path = Path(f"空表.{ending}")
    assert run(["template", str(path)]) == 0
    assert run(["batch", str(path), "-o", "out.csv", "--as-of", "2020-02-20"]) == 0
    assert len(Path("out.csv").read_text(encoding="utf-8-sig").splitlines()) == 1


def test_every_heading_of_the_empty_workbook_has_a_note_and_choices_where_there_are_some() -> None:
    assert run(["template", "空表.xlsx"]) == 0
    book = openpyxl.load_workbook("空表.xlsx")
    sheet = book["客户"]
    assert all(cell.comment is not None for cell in sheet[1])
    offered = {str(each.sqref).split(":")[0]: each.formula1 for each in sheet.data_validations.dataValidation}
    industry = next(cell for cell in sheet[1] if cell.value == "行业")
    letter = industry.column_letter
    assert offered[f"{letter}2"] == f"'选项'!${letter}$1:${letter}$21"
    assert [book["选项"].cell(row, industry.column).value for row in (1, 21)] == ["餐饮业", "铁路运输及以上没有的行业"]
    assert book["填法"]["A2"].value == "编号"


def test_an_empty_answers_file_can_be_filled_in(capsys: Captured) -> None:
    assert run(["template", "我.toml"]) == 0
    filled = [
        line.removeprefix("#") if " = " in line else line for line in Path("我.toml").read_text("utf-8").splitlines()
    ]
    Path("我.toml").write_text("\n".join(filled), encoding="utf-8")
    capsys.readouterr()
    assert run(["assess", "--answers", "我.toml", "--no-input"]) == 0
    assert "按 2020-02-13 算" in capsys.readouterr().out


def test_a_form_is_not_written_over_another_file(capsys: Captured) -> None:
    Path("a.xlsx").write_text("x")
    assert run(["template", "a.xlsx"]) == 2
    assert run(["template", "a.doc"]) == 2
    assert "已经有了" in capsys.readouterr().err
    assert Path("a.xlsx").read_text() == "x"
