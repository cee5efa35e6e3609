"""Text as it is compared: the same however wide, however high, however spaced."""

import pytest

from dcrelief.rules.text import folded, folded_set, unspaced


@pytest.mark.parametrize(
    ("text", "plain"),
    [("ＡＢＣ", "abc"), (" 从业 人员\t", "从业人员"), ("1 200\n", "1200"), ("Straße", "strasse"), ("㈱", "(株)")],
)
def test_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_a_line_break_parts_two_numbers_and_a_space_does_not() -> None:
    assert unspaced(" １ 200 万\n") == "1200万"
    assert unspaced("12\n30") == "12\n30"


def test_some_texts_are_folded_once() -> None:
    texts = ("Ｙes", "是", "yes")
    assert folded_set(texts) == {"yes", "是"}
    assert folded_set(texts) is folded_set(("Ｙes", "是", "yes"))
