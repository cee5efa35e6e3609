"""The house: every module is on a floor, has a name of its own, and a test."""

import ast
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.source

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PACKAGE = ROOT / "dcrelief"
MOST_LINES = 400
_TWO_LETTERS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]", re.DOTALL)

# Module → why words stand in it that nobody translates; a sentence, with its punctuation, may stand in none.
NOT_SAID = {
    "proof/hard_facts.py": "patterns of how a document writes days, amounts and addresses",
    "proof/articles.py": "how a list of units ends",
    "proof/numerals.py": "the digits of numbers in words",
    "proof/agreement.py": "days and months of the catalogue, as a document writes them",
    "rules/kinds/date_kind.py": "patterns of how a date is written",
    "terminal/cjk.py": "the units that stay with their number",
    "terminal/prompts.py": "what a person may type to go back, besides b, in any language",
    "files/workbook_look.py": "the name of a font",
}


def files() -> list[Path]:
    """Every file of code, from the package's folder."""
    return sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def modules() -> list[Path]:
    """Every module, which is every file but the __init__."""
    return [path for path in files() if path.name != "__init__.py"]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named_in_tests() -> set[str]:
    """The modules that the docstrings of test files name, as layer/module.py."""
    said = (ast.get_docstring(parsed(path)) or "" for path in TESTS.rglob("test_*.py"))
    return {name for docstring in said for name in re.findall(r"\b(?:[a-z_]+/)*[a-z_]+\.py\b", docstring)}


def test_every_module_has_a_test() -> None:
    named = named_in_tests()
    untested = [
        module.as_posix()
        for module in modules()
        if not (TESTS / module.with_name(f"test_{module.name}")).exists() and module.as_posix() not in named
    ]
    assert not untested, "write tests/LAYER/test_MODULE.py, or name it in the docstring of the file that tests it"


def test_what_a_test_says_it_tests_is_there() -> None:
    of_the_package = {name for name in named_in_tests() if not re.match(r"tests/|test_", name)}
    assert of_the_package <= {module.as_posix() for module in modules()}


def test_no_two_layers_share_a_name() -> None:
    layers_of = defaultdict(set)
    for file in files():
        name = file.parent.name if file.name == "__init__.py" else file.stem
        if name not in ("", "__main__"):
            layers_of[name].add(file.parts[0])
    assert {name: layers for name, layers in layers_of.items() if len(layers) > 1} == {}


def test_no_two_public_classes_share_a_name() -> None:
    places = defaultdict(list)
    for module in files():
        for node in parsed(PACKAGE / module).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(module.as_posix())
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_module_is_too_long() -> None:
    lines = {module.as_posix(): len((PACKAGE / module).read_text(encoding="utf-8").splitlines()) for module in files()}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("stray.py", "", "dcrelief.stray"),
        ("rules/stray.py", "from dcrelief.files.whole import whole", "dcrelief.rules.stray -> dcrelief.files.whole"),
        ("rules/stray.py", "from dcrelief.rules.truth import Truth", "dcrelief.rules.stray"),
        ("rules/kinds/stray.py", "from dcrelief.rules.facts import Fact", ""),
    ],
    ids=["on no floor", "looks up", "on no floor of the rules", "at home"],
)
def test_a_stray_breaks_the_contract(path: str, line: str, said: str, tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "dcrelief", ignore=shutil.ignore_patterns("__pycache__", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "dcrelief" / path).write_text(f'"""A stray."""\n\n{line}\n', encoding="utf-8")
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--config", "pyproject.toml", "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    printed = (done.stdout + done.stderr).decode()
    assert (done.returncode == 0) is (said == ""), printed
    assert said in " ".join(printed.split())


def test_the_rules_and_their_columns_speak_no_language() -> None:
    speaking = [
        module.as_posix()
        for module in files()
        if module.parts[0] in ("rules", "columnar")
        for node in ast.walk(parsed(PACKAGE / module))
        if isinstance(node, (ast.Import, ast.ImportFrom)) and "dcrelief.language" in ast.unparse(node)
    ]
    assert speaking == []


def test_one_function_assesses() -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [
        module.as_posix()
        for module in files()
        for node in ast.walk(parsed(PACKAGE / module))
        if isinstance(node, functions) and node.name == "assess"
    ]
    assert found == ["api.py", "rules/assessment.py"]  # the former asks the latter


def test_no_chinese_sentence_escapes_translation() -> None:
    escaped = {
        module.as_posix(): [str(node.value) for node in untranslated(parsed(PACKAGE / module))] for module in files()
    }
    sentences = {
        module: [text for text in texts if module not in NOT_SAID or re.search("[，。；：？！]", text)]
        for module, texts in escaped.items()
    }
    assert {module: texts for module, texts in sentences.items() if texts} == {}
    assert [module for module in NOT_SAID if not escaped.get(module)] == []


def untranslated(tree: ast.Module) -> Iterator[ast.Constant]:
    """Texts of two Chinese letters or more that are neither docstrings, nor translated, nor the help of a command."""
    spoken = {id(node) for node in said_in_the_language(ast.walk(tree))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in spoken and _TWO_LETTERS.search(str(node.value)):
            yield node


def said_in_the_language(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    for node in nodes:
        if isinstance(node, ast.Expr):  # a docstring
            yield node.value
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "HELP":
            yield node.value
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in ("_", "later"):
                yield from node.args[:1]
            yield from (each.value for each in node.keywords if each.arg in ("help", "short_help", "metavar"))
            if ast.unparse(node.func).endswith("file_option"):
                yield from (each.value for each in node.keywords if each.arg == "text")
