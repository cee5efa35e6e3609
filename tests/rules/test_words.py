"""Sentences by their keys, their places filled."""

import pytest

from dcrelief.rules.words import Words
from tests.examples import in_english, shipped

WORDS = Words({"reason.over": "超出 {gap}", "value.braces": "{}", "value.listed": "“{text}”"})


def test_a_sentence_by_its_key() -> None:
    assert WORDS("reason.over", gap="8 人") == "超出 8 人"


def test_a_sentence_without_values_stands_as_it_is() -> None:
    assert WORDS("value.braces") == "{}"


def test_a_key_or_a_place_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        WORDS("reason.under")
    with pytest.raises(KeyError):
        WORDS("reason.over", gaps="8 人")


def test_texts_in_a_row_in_either_language() -> None:
    assert WORDS.listed(["甲", "乙"]) == "“甲”“乙”"
    assert in_english().words.listed(["a", "b"]) == "a; b"


def test_an_amount_in_either_language() -> None:
    assert shipped().words.money(36_000_000) == "36万元"
    assert in_english().words.money(36_000_000) == "CNY 360,000"
