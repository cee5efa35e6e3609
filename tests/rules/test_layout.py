"""Where a measure begins in a document, by the way it numbers them."""

import pytest

from dcrelief.rules.layout import Layout


def starts(numbering: str, number: int, text: str) -> list[str]:
    return Layout(numbering, "", "", "", "").start(number).findall(text)


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (42, "四十二"), (99, "九十九"), (100, "100")],
)
def test_numbers_in_words(number: int, written: str) -> None:
    assert starts("（{chinese}）", number, f"（{written}）") == [f"（{written}）"]


@pytest.mark.parametrize("stop", [".", "．", "、"])
def test_any_stop_will_do_behind_a_number(stop: str) -> None:
    assert starts("{number}.", 6, f"6{stop}减租") == [f"6{stop}"]


@pytest.mark.parametrize("text", ["16.减租", "见6.减租", "6减租"])
def test_a_number_inside_a_line_begins_nothing(text: str) -> None:
    assert starts("{number}.", 6, text) == []


def test_a_number_may_follow() -> None:
    assert starts("{number}.", 2, "前文\u30002.12345热线") == ["2."]
