"""The picture of the floors in docs/architecture.md is the contract of pyproject.toml."""

import re
from pathlib import Path
from typing import Any

import pytest
import tomli

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
Floors = list[set[str]]


def contract(key: str) -> Floors:
    """The floors of a contract of import-linter, from the top."""
    contracts: list[dict[str, Any]] = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each["id"] == key)
    return [set(layer.split(" | ")) for layer in layers]


def drawn() -> tuple[Floors, Floors]:
    """The floors of the house, and those of its rules, in the picture; a line goes on where the last one ended."""
    (picture,) = re.findall(r"```mermaid\n(.*?)```", TEXT, re.DOTALL)
    house: Floors = []
    rules: Floors = []
    floors = house
    for line in picture.splitlines():
        if "subgraph" in line or line.strip() == "end":
            floors = rules if "subgraph" in line else house
        elif "-->" in line:
            chain = [set(floor.split(" & ")) for floor in line.strip().split(" --> ")]
            assert chain[0] == floors[-1] if floors else True
            floors += chain[1:] if floors else chain
    return house, rules


@pytest.mark.parametrize(("key", "place"), [("floors", 0), ("rules", 1)])
def test_the_picture_is_the_contract(key: str, place: int) -> None:
    assert drawn()[place] == contract(key)


def test_each_floor_is_described() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", TEXT, re.MULTILINE)
    assert [set(re.findall(r"`(\w+)`", row)) for row in rows] == [
        *contract("floors")[:-3],
        set().union(*contract("floors")[-3:]),
    ]
