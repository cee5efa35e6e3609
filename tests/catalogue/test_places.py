"""Where in a data file something is: its line, if it can be told, and its name."""

from pathlib import Path
from typing import Any

import pytest
import tomli

from dcrelief.catalogue.places import place_of_problem, place_of_steps
from dcrelief.catalogue.problems import Place

FILE = Path("data/measures.toml")
TEXT = """[policy]
title = "细则"
[contacts.wang]
[conditions]
sme = []
[[measures]]
number = 1
[[measures.routes]]
key = "new"
[[measures]]
number = 2
[[measures.routes]]
key = "new"
steps = [1]
[[facts]]
id = "staff"
"""


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(FILE.name), "measures.toml"),
        (Place(FILE.name, 2), "measures.toml 第 11 行 第 2 条"),
        (Place(FILE.name, 2, "new", "when.1"), "measures.toml 第 13 行 第 2 条 new when.1"),
        (Place(FILE.name, 2, "old"), "measures.toml 第 2 条 old"),  # no such line
        (Place(FILE.name, 9, "new"), "measures.toml 第 9 条 new"),
        (Place(FILE.name, field="contacts.wang"), "measures.toml 第 3 行 contacts.wang"),
        (Place(FILE.name, field="policy.title"), "measures.toml 第 1 行 policy.title"),
        (Place(FILE.name, field="conditions.sme"), "measures.toml 第 5 行 conditions.sme"),
        (Place(FILE.name, field="facts.staff"), "measures.toml 第 16 行 facts.staff"),
    ],
)
def test_a_place_that_has_a_name(place: Place, said: str) -> None:
    assert place_of_problem(FILE, TEXT, place) == said


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([], "measures.toml：整个文件"),
        (["policy", "title"], "measures.toml 第 1 行：policy.title"),
        (["measures", 1, "routes", 0, "steps", 0], "measures.toml 第 13 行：measures.number=2.routes.key=new.steps.1"),
        (["facts", 0], "measures.toml 第 16 行：facts.id=staff"),
    ],
)
def test_a_place_that_is_reached_by_steps(steps: list[Any], said: str) -> None:
    assert place_of_steps(FILE, TEXT, tomli.loads(TEXT), steps) == said
