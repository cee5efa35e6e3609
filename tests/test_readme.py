"""The README and docs/ say the same in two languages; what they point to is there, what they type is understood."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from dcrelief import language
from dcrelief.cli import run
from dcrelief.cli.app import COMMANDS, AssessByDefault, with_commands
from dcrelief.cli.spoken import after_language

ROOT = Path(__file__).parents[1]
FOR_DEVELOPERS = ["CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"]  # in English only
ENGLISH = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
PAGES = [
    (page, page.replace(".md", ".zh-CN.md"))
    for page in ENGLISH
    if not page.endswith(".zh-CN.md") and page not in FOR_DEVELOPERS
]
EVERY_PAGE = [page for pages in PAGES for page in pages]
PICTURES = sorted(path.name for path in (ROOT / "docs/pictures").iterdir())
LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^ *(?:cd /tmp && )?[\w./]*\bdcrelief(?=\s|$)(.*)", re.MULTILINE)
SPAN = re.compile(r"`[\w./]*\bdcrelief((?:\s[^`]*)?)`")


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def shape(text: str) -> dict[str, object]:
    """What can be counted alike in two languages."""
    return {
        "headings": re.findall(r"^(#+) ", text, re.MULTILINE),
        "rows": len(re.findall(r"^\|", text, re.MULTILINE)),
        "blocks": re.findall(r"^ *```(\w*)", text, re.MULTILINE),
        "points": len(re.findall(r"^(?:- |\d+\. )", text, re.MULTILINE)),
        "pictures": text.count("!["),
    }


def typed(text: str) -> list[list[str]]:
    """The commands that a page types, each as its words after `dcrelief`, without comments and redirections.

    In blocks, and in sentences where more than the name of a command is typed.
    """
    blocks = "\n".join(BLOCK.findall(text)).replace("\\\n", " ")
    lines = COMMAND.findall(blocks) + SPAN.findall(re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL))
    commands = [shlex.split(re.sub(r" > \S+", "", line), comments=True) for line in lines]
    return [words for words in commands if len(words) != 1 or words[0] not in COMMANDS]


def anchors(text: str) -> list[str]:
    """What a link may name after a # in a page, as the forges make it of a heading."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_every_page_is_there_in_both_languages() -> None:
    assert sorted(EVERY_PAGE + FOR_DEVELOPERS[-1:]) == sorted(["README.md", "README.zh-CN.md", *ENGLISH[1:]])


@pytest.mark.parametrize("pages", PAGES, ids=lambda pages: pages[0])
def test_both_have_the_same_parts(pages: tuple[str, str]) -> None:
    english, chinese = map(read, pages)
    assert shape(english) == shape(chinese)


@pytest.mark.parametrize("pages", PAGES, ids=lambda pages: pages[0])
def test_each_leads_to_the_other_at_its_head(pages: tuple[str, str]) -> None:
    for page, other in (pages, pages[::-1]):
        assert read(page).splitlines()[2] in [f"[{name}]({Path(other).name})" for name in ("English", "中文")]


@pytest.mark.parametrize("page", FOR_DEVELOPERS + EVERY_PAGE)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in LINK.findall(read(page)):
        path, _, anchor = link.partition("#")
        if "://" in path:
            continue
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", PAGES[0])
def test_a_person_reads_it_to_the_end(page: str) -> None:
    assert len(read(page).splitlines()) <= 110


@pytest.mark.parametrize("page", PAGES[0])
def test_every_page_can_be_reached_from_the_readme(page: str) -> None:
    language_of_it = PAGES[0].index(page)
    linked = {link.partition("#")[0] for link in LINK.findall(read(page))}
    assert {*(pages[language_of_it] for pages in PAGES[1:]), *FOR_DEVELOPERS} <= linked


def test_every_picture_is_shown_and_light() -> None:
    shown = [Path(link).name for page in EVERY_PAGE for link in LINK.findall(read(page)) if "/pictures/" in link]
    assert sorted(shown) == PICTURES != []
    for name in PICTURES:
        assert (ROOT / "docs/pictures" / name).stat().st_size < 64 * 1024, name


@pytest.mark.parametrize("page", FOR_DEVELOPERS + EVERY_PAGE)
def test_the_program_has_what_is_typed(page: str) -> None:
    """The command and each option are there, with a value where one belongs; files are not looked for."""
    language.use(language.CHINESE)
    program: Any = typer.main.get_command(with_commands([]))
    for words in typed(read(page)):
        rest = after_language(words)
        if rest and rest[0] in AssessByDefault.own_options:
            continue
        name = rest.pop(0) if rest and not rest[0].startswith("-") else "assess"
        program.commands[name].make_context(name, rest)


def test_the_same_is_typed_in_both_languages() -> None:
    for english, chinese in PAGES:
        kinds = [
            sorted(
                [word for word in words if word.startswith("--") and word != "--lang"] for words in typed(read(page))
            )
            for page in (english, chinese)
        ]
        assert kinds[0] == kinds[1], english


@pytest.mark.parametrize("page", ["docs/commands.md", "docs/commands.zh-CN.md"])
def test_the_page_of_commands_has_every_command(page: str) -> None:
    assert [name for name in COMMANDS if f"`dcrelief {name}" not in read(page)] == []


@pytest.mark.parametrize("page", ["docs/commands.md", "docs/commands.zh-CN.md"])
def test_the_answers_that_it_shows_are_read(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```toml\n(in_dongcheng.*?)```", read(page), re.DOTALL)
    (tmp_path / "answers.toml").write_text(block, encoding="utf-8")
    said = []
    for spoken in ("zh", "en"):
        assert run(["--lang", spoken, "--answers", str(tmp_path / "answers.toml"), "--no-input", "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out)["answers"])
    assert said[0] == said[1]
    assert said[0] | {"kind": "enterprise", "industry": "catering", "revenue": "12000000.00"} == said[0]
    assert said[0] | {"founded": "2018-05-01", "impact": "severe", "tax_difficulty": True} == said[0]
