"""The two README say the same, in two languages, and what they point to is there."""

import json
import re
from pathlib import Path

import pytest

from dcrelief.cli import run

ROOT = Path(__file__).parents[1]
PAGES = [("README.md", "README.zh-CN.md")]
PAGES += [(f"docs/{name}.md", f"docs/{name}.zh-CN.md") for name in ("api", "security")]
PAGES += [(f"docs/{name}.en.md", f"docs/{name}.zh-CN.md") for name in ("owner", "consultant", "staff")]


def shape(text: str) -> dict[str, int]:
    """What can be counted alike in two languages."""
    return {
        "headings": len(re.findall(r"^#+ ", text, re.MULTILINE)),
        "rows": len(re.findall(r"^\|", text, re.MULTILINE)),
        "blocks": text.count("```"),
        "points": len(re.findall(r"^(?:- |\d+\. )", text, re.MULTILINE)),
        "pictures": text.count("!["),
    }


@pytest.mark.parametrize("pages", PAGES, ids=lambda pages: pages[0])
def test_both_have_the_same_parts(pages: tuple[str, str]) -> None:
    english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in pages)
    assert shape(english) == shape(chinese)


@pytest.mark.parametrize(
    "page", ["CONTRIBUTING.md", "docs/architecture.md", *(page for pages in PAGES for page in pages)]
)
def test_every_link_leads_somewhere(page: str) -> None:
    path = ROOT / page
    for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES[0])
def test_the_answers_that_it_shows_are_read(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```toml\n(in_dongcheng.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "answers.toml").write_text(block, encoding="utf-8")
    said = []
    for language in ("zh", "en"):
        assert run(["--lang", language, "--answers", str(tmp_path / "answers.toml"), "--no-input", "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out)["answers"])
    assert said[0] == said[1]
    assert said[0] | {"kind": "enterprise", "industry": "catering", "revenue": "12000000.00"} == said[0]
    assert said[0] | {"founded": "2018-05-01", "impact": "severe", "tax_difficulty": True} == said[0]
