"""What the pages for other programs show is what comes."""

import contextlib
import io
import re
import warnings
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
_EXAMPLE = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


@pytest.mark.parametrize("page", ["api.md", "api.zh-CN.md"])
def test_the_examples_print_what_stands_below_them(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    (clients,) = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    (tmp_path / "clients.csv").write_text(clients, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    examples = _EXAMPLE.findall(text)
    assert len(examples) == text.count("```python") == 3
    names: dict[str, object] = {}
    for code, wanted in examples:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(compile(code, page, "exec"), names)
        assert printed.getvalue() == wanted != ""


@pytest.mark.parametrize("page", ["api.md", "api.zh-CN.md"])
def test_every_name_that_is_handed_on_is_described(page: str) -> None:
    import dcrelief

    text = (DOCS / page).read_text(encoding="utf-8")
    assert [name for name in dcrelief.__all__ if f"`{name}" not in text] == []


def test_a_table_takes_ten_lines() -> None:
    first = _EXAMPLE.findall((DOCS / "api.md").read_text(encoding="utf-8"))[0][0]
    assert len([line for line in first.splitlines() if line.strip()]) <= 10
