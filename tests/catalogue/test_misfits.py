"""Where a document does not fit its schema: the steps to each place, and what is wrong there."""

from typing import Any

import pytest

from dcrelief.catalogue.misfits import misfits

SCHEMA = {
    "type": "object",
    "required": ["title"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string"},
        "day": {"type": "string", "format": "date"},
        "kind": {"enum": ["count", "money"]},
        "bounds": {"type": "array", "items": {"type": "integer"}, "minItems": 3},
        "rate": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["low"]}]},
        "bound": {"anyOf": [{"required": ["low"]}, {"properties": {"high": {"type": "string"}}}]},
        "size": {"type": ["integer", "null"]},
    },
}


@pytest.mark.parametrize(
    ("fields", "place", "said"),
    [
        ({"titel": 1}, [], "没有 titel 这一项，最接近的是 title；请改正或删去"),
        ({"zzz": 1}, [], "没有 zzz 这一项，请删去"),
        ({"title": 3}, ["title"], "3 要写成文字，加引号"),
        ({"day": "2月"}, ["day"], "“2月” 不是日期，请写成 2020-02-26，不加引号"),
        ({"kind": "sum"}, ["kind"], "“sum” 不行；有：count、money"),
        ({"bounds": [1, 2]}, ["bounds"], "[1, 2] 要有 3 项"),
        ({"bounds": [1, 2, "三"]}, ["bounds", 2], "“三” 要写成整数，不加引号"),
        ({"rate": {}}, ["rate"], "缺少 low，请补上"),  # of the two shapes, the one of its kind
        ({"bound": {"high": 3}}, ["bound", "high"], "3 要写成文字，加引号"),  # the one that it comes nearest to
        ({"size": "x" * 50}, ["size"], f"“{'x' * 39}… 要写成整数，不加引号，或空"),
    ],
)
def test_each_misfit(fields: dict[str, Any], place: list[Any], said: str) -> None:
    assert list(misfits({"title": "甲", **fields}, SCHEMA)) == [(place, said)]


def test_all_at_once_in_the_order_of_their_places() -> None:
    found = list(misfits({"kind": "sum", "bounds": []}, SCHEMA))
    assert found == [
        ([], "缺少 title，请补上"),
        (["bounds"], "[] 要有 3 项"),
        (["kind"], "“sum” 不行；有：count、money"),
    ]
