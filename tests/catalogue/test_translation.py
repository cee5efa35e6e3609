"""A data file in another language: its texts replaced by those of a file beside it, found by their ids."""

from typing import Any

import pytest

from dcrelief.catalogue.translation import also_named, translated

SHOP: dict[str, Any] = {
    "policy": {"title": "细则", "number": 42},
    "facts": [
        {"id": "staff", "label": "人数", "unit": "人"},
        {"id": "trade", "label": "行业", "choices": [{"key": "bar", "label": "酒吧", "aliases": ["吧"]}]},
    ],
    "notes": ["甲", "乙"],
}


def put(texts: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    said: list[str] = []
    return translated(SHOP, texts, said.append), said


def test_texts_are_replaced_where_they_stand_and_the_rest_stays() -> None:
    new, said = put({"policy": {"title": "Rules"}, "notes": ["A", "B"]})
    assert new == {**SHOP, "policy": {"title": "Rules", "number": 42}, "notes": ["A", "B"]}
    assert said == []


def test_what_a_fact_was_called_can_still_be_written() -> None:
    texts = {"staff": {"label": "Staff", "unit": "people"}, "trade": {"choices": {"bar": "Bar"}}}
    staff, trade = put({"facts": texts})[0]["facts"]
    assert staff == {"id": "staff", "label": "Staff", "aliases": ["人数"], "unit": "people", "counters": ["人"]}
    assert trade["choices"] == [{"key": "bar", "label": "Bar", "aliases": ["吧", "酒吧"]}]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"polcy": {}}, "polcy：原文没有这一项"),
        ({"policy": {"titel": "Rules"}}, "policy.titel：原文没有这一项"),
        ({"facts": {"stuff": "Staff"}}, "facts.stuff：原文没有这一项"),
        ({"policy": {"number": "42"}}, "policy.number：和原文的样子不同"),
        ({"notes": ["A"]}, "notes：和原文的样子不同"),
    ],
)
def test_what_does_not_fit_is_said_and_left_out(texts: dict[str, Any], said: str) -> None:
    new, problems = put(texts)
    assert new == SHOP
    assert len(problems) == 1
    assert problems[0].startswith(said)


def test_names_of_another_language_are_understood_beside_the_own() -> None:
    new = also_named(SHOP, {"facts": {"staff": {"label": "Staff"}, "trade": {"choices": {"bar": "Bar"}}}})
    staff, trade = new["facts"]
    assert staff == {"id": "staff", "label": "人数", "unit": "人", "aliases": ["Staff"]}
    assert trade["choices"] == [{"key": "bar", "label": "酒吧", "aliases": ["吧", "Bar"]}]
