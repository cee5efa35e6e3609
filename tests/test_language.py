"""Two languages: every text has its translation, each says the same, and every command speaks either."""

import ast
import gettext
import json
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import tomli
from babel.messages.catalog import Catalog, Message

from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.cli import run
from dcrelief.language import CHINESE, languages
from dcrelief.proof.hard_facts import hard_facts
from tests.examples import BEIJING, in_english
from tools.translations import KEYWORDS, ROOT, po_files, read, template

Captured = pytest.CaptureFixture[str]
SAMPLE = ["--answers", str(shipped_path("sample_business.toml")), "--no-input"]
CITY = ["--catalogue", "beijing", "--set", "in_beijing=yes", "--set", "kind=enterprise", "--set", "industry=catering"]
CITY += ["--set", "employees=8", "--no-input", "--as-of", "2020-02-20"]
# Full-width signs and Chinese letters, but for what stands in brackets, which is the original of a name.
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_ORIGINALS = re.compile(r"\([^()]*\)|（[^（）]*）|“[^”]*”|《[^》]*》|[\u4e00-\u9fff]+〔\d{4}〕\d+号")


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str | None, str], Message]:
    return keyed(template())


@pytest.mark.source
def test_no_text_hides_in_an_f_string() -> None:
    """Before Python 3.12 such a text is not found, and stays Chinese in every language."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in (ROOT / "dcrelief").rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        if call.args and isinstance(call.args[0], ast.Constant)  # what is in a variable was found elsewhere
    ]
    assert not hidden


@pytest.mark.source
@pytest.mark.parametrize("path", list(po_files()), ids=lambda path: path.parents[1].name)
def test_every_text_is_translated_and_nothing_else(path: Path, texts: dict[tuple[str | None, str], Message]) -> None:
    translated = keyed(read(path))
    assert translated.keys() == texts.keys(), "run python -m tools.translations, and translate what is new"
    for key, message in translated.items():
        assert message.string, key
        assert not message.fuzzy, key
        assert places(str(message.string)) == places(str(message.id)), key


def places(text: str) -> list[tuple[str, str]]:
    """The places in braces and how they are written; a text that is not filled has none that matter."""
    try:
        found = [(name, form or "") for _, name, form, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return []
    return sorted(set(found)) if all(re.fullmatch(r"[a-z_0-9]+", name) for name, _ in found) else []


@pytest.mark.parametrize("path", list(po_files()), ids=lambda path: path.parents[1].name)
def test_what_the_program_reads_is_what_translators_wrote(path: Path) -> None:
    assert as_read(path) == {key: str(message.string) for key, message in keyed(read(path)).items()}


def keyed(catalog: Catalog) -> dict[tuple[str | None, str], Message]:
    return {(message.context, str(message.id)): message for message in catalog if message.id}


def as_read(path: Path) -> dict[tuple[str | None, str], str]:
    """What the program would say for each text of a .po, by its .mo."""
    with path.with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    return {
        (name, text): translations.pgettext(name, text) if name else translations.gettext(text)
        for name, text in keyed(read(path))
    }


def as_table(part: Any) -> dict[str, Any]:
    """A part of a list: a table, or a text alone."""
    return part if isinstance(part, dict) else {"text": part}


def pairs(value: Any, text: Any, at: str) -> list[tuple[str, str, str]]:
    """Each text of a translated file with its original, and where it stands."""
    if isinstance(text, str):
        return [(at, value["label"] if isinstance(value, dict) else value, text)]
    if isinstance(text, list):
        found = enumerate(zip(map(as_table, value), map(as_table, text), strict=True))
        return [(f"{at}.{n}", part[key], said[key]) for n, (part, said) in found for key in said]
    tables = value
    if isinstance(value, list):
        tables = {str(next(t[key] for key in ("id", "key", "number", "name", "about") if key in t)): t for t in value}
    said = {key: part for key, part in text.items() if key not in ("aliases", "counters", "tokens")}
    return [pair for key, part in said.items() for pair in pairs(tables[key], part, f"{at}.{key}")]


def translated_pairs() -> list[tuple[str, str, str]]:
    found = []
    for name in ("measures", "questions", "size_standard", "beijing/measures", "beijing/questions"):
        original = tomli.loads(shipped_path(f"{name}.toml").read_text(encoding="utf-8"))
        found += pairs(original, tomli.loads(shipped_path(f"{name}.en.toml").read_text(encoding="utf-8")), name)
    return found


@pytest.mark.parametrize("path", [None, BEIJING], ids=["the district", "the city"])
def test_every_text_of_the_catalogue_has_its_translation(path: Path | None) -> None:
    """Said by what is shown: nothing of it is in Chinese but names in brackets."""
    catalogue = in_english(path)
    shown = [
        catalogue.policies[0].title,
        catalogue.policies[0].in_scope,
        *(rule.text for rule in catalogue.policies[0].rules),
    ]
    for contact in catalogue.contacts.values():
        shown += [contact.unit, *contact.people, contact.address, contact.hours, contact.note]
    for measure in catalogue.measures:
        shown += [measure.title, measure.summary, *measure.units, *(note.text for note in measure.notes)]
        for route in measure.routes:
            shown += [
                route.title,
                route.basis,
                route.window.text,
                route.gain,
                route.begin,
                route.ask_first,
                *route.materials,
                *(note.text for note in route.notes),
            ]
            shown += [step.text for step in route.steps]
            shown += [route.mail.addressee, *route.mail.details] if route.mail else []
    for fact in catalogue.facts.values():
        shown += [fact.label, fact.heading, fact.question, fact.why, fact.unit, *(c.label for c in fact.choices)]
    for page in catalogue.pages:
        shown += [page.title, page.question, page.why]
    shown += [topic.label for topic in catalogue.topics]
    shown += [text for entry in catalogue.glossary for text in (entry.term, entry.meaning)]
    shown += [*catalogue.size_standard.notes.values(), *(row.name for row in catalogue.size_standard.rows)]
    left = [text for text in shown if _CHINESE.search(_ORIGINALS.sub("", text))]
    assert left == []


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
# What both languages write alike, letter by letter.
_ALIKE = ("phone", "email", "web", "postcode", "document", "share")


@pytest.mark.parametrize(("place", "original", "text"), translated_pairs())
def test_no_number_name_phone_date_or_amount_differs(place: str, original: str, text: str) -> None:
    said = text.replace(",", "")
    for kind, value in hard_facts(original):
        if kind in _ALIKE:
            assert value.partition("-")[0].replace("个百分点", " percentage points") in text, place
        elif kind == "day":
            year, month, day = value.split("-") if "-" in value else ("", *re.findall(r"\d+", value))
            assert f"{int(day)} {_MONTHS[int(month) - 1]} {year}".strip() in text, place
        elif kind == "amount":
            yuan = value.removesuffix("元")
            millions = f"{int(yuan) / 1e6:g} million" if yuan.isdigit() else yuan
            assert f"CNY {yuan}" in said or f"CNY {millions}" in said, place
        elif kind == "people":
            assert value in said, place
    if ".people." in place:
        assert text.endswith(f" ({original})"), place


COMMANDS = [
    ["show", "6"],
    ["show", "42"],
    ["show", "--glossary"],
    ["list"],
    ["size", "--set", "industry=catering", "--set", "employees=8"],
    ["contacts", "--measure", "6"],
    ["check"],
    ["diff", "2020-02-20", "2020-04-01"],
    SAMPLE,
    [*SAMPLE, "--full"],
    ["--set", "in_dongcheng=no", "--no-input", "--as-of", "2020-02-20"],
    ["list", "--catalogue", "beijing"],
    ["show", "12", "--catalogue", "beijing"],
    [*CITY, "--set", "impact=severe", "--set", "state_office_premises=yes", "--set", "soe_office_rent=20000"],
    [*CITY, "--full"],
    ["--help"],
    ["batch", "--help"],
    ["assess", "--help"],
    ["diff", "--help"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_chinese_escapes(arguments: list[str], capsys: Captured) -> None:
    plain = [] if "--help" in arguments else ["--plain"]  # a sentence a line
    assert run(["--lang", "en", *arguments, *plain]) == 0
    said = capsys.readouterr()
    printed = re.sub(r"\n +", " ", said.out + said.err)
    left = [line for line in printed.splitlines() if _CHINESE.search(_ORIGINALS.sub("", line))]
    allowed = ("--set ", "示例", "── ", "--unit")
    assert [line for line in left if not any(each in line for each in allowed)] == []


def test_the_language_may_stand_anywhere_and_in_the_environment(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (["list", "--lang", "en"], ["--lang=en", "list"]):
        assert run(arguments) == 0
        assert "Measure 42" in capsys.readouterr().out
    monkeypatch.setenv("DCRELIEF_LANG", "en")
    assert run(["list"]) == 0
    assert "Measure 42" in capsys.readouterr().out
    assert run(["list", "--lang", "zh"]) == 0
    assert "第42条" in capsys.readouterr().out
    monkeypatch.delenv("DCRELIEF_LANG")
    assert run(["list"]) == 0
    assert "第42条" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("EN", "Measure 42"),
        ("en_GB.UTF-8", "Measure 42"),
        ("en-US", "Measure 42"),
        ("zh-Hans", "第42条"),
        ("ZH", "第42条"),
    ],
)
def test_a_language_as_systems_write_it(name: str, said: str, capsys: Captured) -> None:
    assert run(["list", "--lang", name]) == 0
    assert said in capsys.readouterr().out


_WRONG = {
    "--nope": ("没有选项 --nope", "there is no option --nope"),
    "--forse": ("没有选项 --forse，相近的有 --force", "there is no option --forse; similar: --force"),
    "nope": ("没有命令“nope”", 'there is no command "nope"'),
    "asess": ("没有命令“asess”，相近的有 'assess'", "there is no command \"asess\"; similar: 'assess'"),
    "email": ("缺少条号", "NUMBER is missing"),
    "size --answers": ("--answers 后面要写一个值", "--answers needs a value"),
    "list --plain=1": ("--plain 后面不能写值", "--plain takes no value"),
    "list 1 2": ("多写了“1 2”", '"1 2" is too much'),
}


@pytest.mark.parametrize("arguments", _WRONG)
def test_what_cannot_be_read_of_a_command_line(arguments: str, capsys: Captured) -> None:
    for language, said in zip(("zh", "en"), _WRONG[arguments], strict=True):
        assert run(["--lang", language, *arguments.split()]) == 2
        assert said in capsys.readouterr().err


def test_a_language_that_there_is_not(capsys: Captured) -> None:
    assert run(["list", "--lang", "fr"]) == 2
    assert capsys.readouterr().err == (
        "--lang（DCRELIEF_LANG）没有“fr”这种语言。\n"
        '--lang (DCRELIEF_LANG) has no language "fr".\n'
        "有：zh、en。\n"
        "There are: zh, en.\n"
    )
    assert languages() == (CHINESE, "en")


def test_mistakes_are_said_in_english(capsys: Captured, tmp_path: Path) -> None:
    for arguments, status, said in (
        (["show", "99"], 2, "1 to 42"),
        (["--set", "employees=many", "--no-input"], 2, "employees"),
        (["--answers", "nowhere.toml", "--no-input"], 3, "nowhere.toml"),
        (["batch", str(tmp_path / "x.csv"), "-o", "y.csv"], 3, "x.csv"),
        (["contacts", "--unit", "Dongcheng Tax Service"], 2, "Dongcheng District Tax Service"),
    ):
        assert run(["--lang", "en", *arguments]) == status
        printed = capsys.readouterr().err
        assert said in printed
        assert not _CHINESE.search(_ORIGINALS.sub("", printed)), printed


def test_a_unit_by_its_chinese_name(capsys: Captured) -> None:
    assert run(["--lang", "en", "contacts", "--unit", "区金融办"]) == 0
    assert "Dongcheng District Financial Services Office" in capsys.readouterr().out


def test_the_document_is_checked_in_its_own_language(capsys: Captured) -> None:
    facts = Path(__file__).parent / "examples" / "hard_facts.json"
    assert run(["--lang", "en", "check", "--source", str(facts)]) == 0
    assert "432" in capsys.readouterr().out


def test_a_table_in_either_language(tmp_path: Path, capsys: Captured) -> None:
    table = tmp_path / "in.csv"
    table.write_text("名称,在东城,Employees,industry\n甲,是,8,Catering\n乙,yes,9,餐饮业\n", encoding="utf-8")
    for language in ("en", "zh"):
        out = tmp_path / f"{language}.csv"
        assert run(["--lang", language, "batch", str(table), "-o", str(out), "--as-of", "2020-02-20"]) == 0
        capsys.readouterr()
        lines = out.read_text(encoding="utf-8-sig").splitlines()
        assert [line.split(",")[4] for line in lines] == (
            ["Size class", "micro", "micro"] if language == "en" else ["规模", "微型", "微型"]
        )


def test_a_table_in_the_words_of_an_english_reader(tmp_path: Path, capsys: Captured) -> None:
    table, bad = tmp_path / "in.csv", tmp_path / "bad.csv"
    table.write_text(
        "Client,Sector,Headcount,Turnover (CNY),Total assets (RMB),Date of incorporation,Impact\n"
        'A,Restaurant,12 staff,3 million,"RMB 1,200k",1 May 2018,hit hard\n'
        "B,café,7,¥2.5m,3000k yuan,May 2018,don’t know\n",
        encoding="utf-8",
    )
    for language, said in (("en", "columns known: 7;"), ("zh", "认得 7 列")):
        command = ["batch", str(table), "-o", str(tmp_path / "out.csv"), "--rejects", str(bad), "--as-of", "2020-02-20"]
        assert run(["--lang", language, *command]) == 0
        assert said in capsys.readouterr().err
        assert len(bad.read_text(encoding="utf-8-sig").splitlines()) == 1


def test_an_answers_file_of_one_language_is_read_in_the_other(tmp_path: Path, capsys: Captured) -> None:
    given = [
        "--set",
        "industry=restaurant",
        "--set",
        "employees=not sure",
        "--no-input",
        "--as-of",
        "2020-02-20",
        "--json",
    ]
    said = []
    for writes, reads in (("en", "zh"), ("zh", "en")):
        path = tmp_path / f"{writes}.toml"
        assert run(["--lang", writes, *given, "--save", str(path)]) == 0
        text = path.read_text(encoding="utf-8")
        assert not (writes == "en" and _CHINESE.search(text))
        capsys.readouterr()
        assert run(["--lang", reads, "--answers", str(path), "--no-input", "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out)["answers"])
    assert said[0] == said[1] == {"industry": "catering", "employees": None}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_filled_in_as_it_suggests(language: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "answers.toml"
    assert run(["--lang", language, "template", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert not (language == "en" and _CHINESE.search(_ORIGINALS.sub("", text)))
    path.write_text(re.sub(r"^#(?=\w+ = )", "", text, flags=re.MULTILINE), encoding="utf-8")
    for reads in ("zh", "en"):
        capsys.readouterr()
        assert run(["--lang", reads, "--answers", str(path), "--no-input", "--json"]) == 0
        answers = json.loads(capsys.readouterr().out)["answers"]
        assert (answers["revenue"], answers["innovative"], answers["founded"]) == ("12000000.00", True, "2018-05-01")


def test_an_application_is_in_chinese_and_what_is_said_of_it_is_not(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "m.eml"
    answers = str(shipped_path("sample_business.toml"))
    assert run(["--lang", "en", "email", "4", "--answers", answers, "-o", str(path)]) == 0
    said = capsys.readouterr().err
    assert not _CHINESE.search(_ORIGINALS.sub("", said.replace(str(path), ""))), said
    letter = message_from_bytes(path.read_bytes(), policy=default).get_content()
    assert "营业收入：260万元" in letter
    assert "CNY" not in letter
