"""Spoilings of the code by Cosmic Ray's operators: comparisons, numbers, operators, negations, loops."""

import ast
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

from tools.mutants.spoiling import Spoiling

PROVIDER = OperatorProvider()
# These need names to be told, fail on several exceptions at once, or take away what only saves time.
_LEFT_OUT = ("VariableReplacer", "VariableInserter", "ExceptionReplacer", "RemoveDecorator")
_READERS = (
    "batch/reading",
    "batch/decode",
    "batch/xlsx",
    "batch/headings",
    "batch/table_top",
    "batch/unit_lines",
    "batch/businesses",
    "files/answers",
    "files/drafts",
    "files/whole",
)
_ALONE = "tests/catalogue/test_document_table.py"
_FROZEN = "tests/rules/test_model.py"
# The tests that guard the modules of a room, after a module's own. No snapshot is among them.
ROOMS = {
    "rules": ("tests/rules", _ALONE),
    "columnar": ("tests/columnar", _FROZEN, "tests/batch/test_assessor.py"),
    "proof": ("tests/proof", _FROZEN),
    "batch": tuple(
        f"tests/batch/test_{name}.py" for name in ("reading", "decode", "xlsx", "table_top", "businesses", "run")
    ),
    "files": ("tests/files",),
}


def spoilings(root: Path, chance: random.Random, count: int) -> list[Spoiling]:
    """So many spoilings of the core, the columns, the proof and the readers: a place first, then what is done there."""
    places = [(path, ways) for path in _modules(root) for ways in _places(path)] if count else []
    found: list[Spoiling] = []
    for path, ways in chance.sample(places, len(places)):
        name, occurrence = chance.choice(ways)
        source = path.read_text(encoding="utf-8")
        spoiled = mutate_code(source, PROVIDER[name](), occurrence)
        if spoiled is not None and spoiled != source:
            room = ROOMS[path.relative_to(root / "dcrelief").parts[0]]
            found.append(Spoiling(str(path.relative_to(root)), source, spoiled, room, _own_tests(root, path)))
        if len(found) == count:
            break
    return found


def _modules(root: Path) -> Iterator[Path]:
    for room in ("rules", "columnar", "proof"):
        yield from sorted((root / "dcrelief" / room).rglob("*.py"))
    yield from (root / "dcrelief" / f"{name}.py" for name in _READERS)


def _places(path: Path) -> list[list[tuple[str, int]]]:
    """What can be done at each place of a module: an operator, and at which of the places it knows."""
    source = path.read_text(encoding="utf-8")
    types, nodes = _declarations(source), list(ast_nodes(get_ast(source)))
    places: defaultdict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for name in PROVIDER:
        if name in _LEFT_OUT:
            continue
        operator = PROVIDER[name]()
        positions = (each for node in nodes for each in operator.mutation_positions(node))
        for occurrence, (start, _) in enumerate(positions):
            if not any(first <= start < last for first, last in types):
                places[start].append((name, occurrence))
    return list(places.values())


def _declarations(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where types, decorators and what a class is declared with stand: from and to, as line and column."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            found.append(node.annotation)
        if isinstance(node, ast.FunctionDef):
            found += [*node.decorator_list, *filter(None, [node.returns])]
        if isinstance(node, ast.ClassDef):
            found += [keyword.value for keyword in node.keywords]
    return [((t.lineno, t.col_offset), (t.end_lineno or 0, t.end_col_offset or 0)) for t in found]


def _own_tests(root: Path, path: Path) -> str:
    """The file of a module's own tests, if it has one."""
    own = root / "tests" / path.relative_to(root / "dcrelief").with_name(f"test_{path.name}")
    return str(own.relative_to(root)) if own.exists() else ""
