"""A third language is two kinds of files and no code: a made-up one, of accented letters, finds what escapes."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import tomli
from babel.messages.mofile import write_mo
from rich.cells import cell_len

from dcrelief import language
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.cli import run
from tools.translations import po_files, read

PSEUDO = "qps"
_ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
_PLACE = re.compile(r"(\{[^{}]*\})")
_ORIGINAL_OF_A_UNIT = re.compile(r"\([\u4e00-\u9fff\d\s]+\)")
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def accented(text: str) -> str:
    """The text with accents, its places as they were, and nothing Chinese."""
    parts = _PLACE.split(_CHINESE.sub("~", text))
    return "".join(part if _PLACE.fullmatch(part) else part.translate(_ACCENTS) for part in parts)


def all_accented(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: all_accented(part) for key, part in value.items()}
    if isinstance(value, list):
        return [all_accented(part) for part in value]
    return accented(value) if isinstance(value, str) else value


def as_toml(table: dict[str, Any], at: tuple[str, ...] = ()) -> str:
    """The tables of a translation as TOML: nothing but texts, lists of them and tables of those."""
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = [f"[{'.'.join(map(quoted, at))}]"] if at else []
    lines += [f"{quoted(key)} = {inline(value)}" for key, value in plain.items()]
    inside = [as_toml(value, (*at, key)) for key, value in table.items() if isinstance(value, dict)]
    return "\n".join((*lines, *inside))


def inline(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {inline(part)}' for key, part in value.items())} }}"
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The shipped catalogue beside files of the made-up language, and the program's texts in it."""
    (english,) = (path for path in po_files() if path.parents[1].name == "en")
    folder = tmp_path / "locale" / PSEUDO / "LC_MESSAGES"
    folder.mkdir(parents=True)
    texts = read(english)
    for message in texts:
        if message.id and "100000000" not in str(message.id):
            message.string = accented(str(message.string))
    with (folder / "dcrelief.mo").open("wb") as file:
        write_mo(file, texts)
    monkeypatch.setattr(language, "FOLDER", tmp_path / "locale")
    for name in ("measures", "questions", "size_standard"):
        shutil.copy(shipped_path(f"{name}.toml"), tmp_path)
        said = tomli.loads(shipped_path(f"{name}.en.toml").read_text(encoding="utf-8"))
        (tmp_path / f"{name}.{PSEUDO}.toml").write_text(as_toml(all_accented(said)), encoding="utf-8")
    return ["--lang", PSEUDO, "--catalogue", str(tmp_path / "measures.toml")]


# Names, addresses, paths, options, places to fill in.
_NO_WORDS = re.compile(r"\S*[._/@]\S*|--[a-z-]+|\bdcrelief\b|[A-Z]{3,}")
COMMANDS = [
    ["show", "35"],
    ["show", "42"],
    ["show", "--glossary"],
    ["list"],
    ["size", "--set", "industry=catering"],
    ["contacts"],
    ["check"],
    ["diff", "2020-02-20", "2020-08-02", "--set", "in_dongcheng=yes", "--set", "kind=enterprise"],
    ["--answers", str(shipped_path("sample_business.toml")), "--set", "name=X", "--no-input"],
    ["--answers", str(shipped_path("sample_business.toml")), "--set", "name=X", "--no-input", "--full"],
    ["--set", "in_dongcheng=no", "--no-input", "--as-of", "2020-02-20"],
    ["--no-input"],
]


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_nothing_escapes(
    arguments: list[str],
    columns: int,
    catalogue: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run([*arguments, *catalogue]) == 0
    said = capsys.readouterr()
    for line in _ORIGINAL_OF_A_UNIT.sub("", said.out + said.err).splitlines():
        assert not _CHINESE.search(line), line
        # An accent wherever there is a letter that has one: what has none was not put into the language.
        bare = _NO_WORDS.sub("", line)
        assert not re.search(r"\b[b-df-hj-mp-tv-z]*[aeiou][a-z]{3,}\b", bare), line
    assert all(cell_len(line) <= columns for line in said.out.splitlines())


def test_a_page_and_a_sheet(catalogue: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, table, out = tmp_path / "r.html", tmp_path / "in.csv", tmp_path / "out.csv"
    sample = ["--answers", str(shipped_path("sample_business.toml")), "--set", "name=X", "--no-input"]
    assert run([*sample, *catalogue, "--html", str(page)]) == 0
    body = page.read_text(encoding="utf-8").partition("</style>")[2]
    assert not _CHINESE.search(body)
    table.write_text("name,in_dongcheng,kind\nX,yes,enterprise\n", encoding="utf-8")
    assert run(["batch", str(table), "-o", str(out), "--as-of", "2020-02-20", *catalogue]) == 0
    assert not _CHINESE.search(out.read_text(encoding="utf-8-sig"))
    assert not _CHINESE.search(capsys.readouterr().err)


def test_the_help_of_every_command(catalogue: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    commands = ("assess", "batch", "template", "contacts", "email", "check", "diff", "list", "show", "size")
    for command in ([], *([name] for name in commands)):
        assert run([*command, "--help", *catalogue[:2]]) == 0
        assert not _CHINESE.search(capsys.readouterr().out.replace(language.CHINESE, ""))


def test_its_words_for_numbers_money_and_months_are_its_data(
    catalogue: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A translation brings `mio` and `janvier`; no code knows them, and they are read whatever language is in use."""
    questions = tmp_path / f"questions.{PSEUDO}.toml"
    texts = questions.read_text(encoding="utf-8")
    added = 'scales = { "mio" = 1000000 }\nmonths = { "janvier" = 1, "juin" = 6, "juillet" = 7 }\nyuan = ["yuans"]\n'
    without = re.sub(r'(?m)^"(scales|months|yuan|before_yuan)" = .*\n', "", texts)
    without = re.sub(r'(?m)^\["tokens"\."(?:scales|months)"\]\n(?:.+\n)*', "", without)
    questions.write_text(without.replace('["tokens"]\n', f'["tokens"]\n{added}'), encoding="utf-8")
    asked = ["--set", "revenue=3 mio yuans", "--set", "founded=1 janvier 2018", "--no-input", "--json"]
    for language_of_reader in (catalogue, ["--lang", "zh", *catalogue[2:]]):
        assert run([*asked, "--as-of", "2 janvier 2020", *language_of_reader]) == 0
        given = json.loads(capsys.readouterr().out)
        assert given["answers"] == {"revenue": "3000000.00", "founded": "2018-01-01"}
        assert given["as_of"] == "2020-01-02"
    # Three letters that two months begin with name neither.
    assert run(["--set", "founded=1 jui 2018", "--no-input", *catalogue]) == 2
    assert (
        run(["--set", "revenue=3 mio", "--no-input", "--as-of", "2020-02-20"]) == 2
    )  # of no catalogue that is shipped
