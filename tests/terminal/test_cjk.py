"""Chinese lines: no wider than asked, no punctuation at the wrong end, numbers whole, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dcrelief.terminal.cjk import _CLOSING, _OPENING, pieces, wrap
from tests.examples import shipped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("补贴资金，最高不超过50万元。", 16, ["补贴资金，最高不", "超过50万元。"]),
        ("一二三四五六七八。", 16, ["一二三四五六七", "八。"]),
        ("最高不超过“五十万元”", 12, ["最高不超过", "“五十万元”"]),
        ("上限100 人以内", 8, ["上限", "100 人以", "内"]),
        ("按照5%给予", 5, ["按照", "5%给", "予"]),
        ("电话 64031118 转 2538", 14, ["电话 64031118", "转 2538"]),
        ("", 10, [""]),
        ("http://dc.smeservice.com/", 10, ["http://dc.", "smeservice", ".com/"]),
        ("第32条有三项", 6, ["第32条", "有三项"]),
        ("aaaaaaaaaa。", 10, ["aaaaaaaaa", "a。"]),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_a_hanging_indent() -> None:
    assert wrap("一二三四五", 8, "- ", "  ") == ["- 一二三", "  四五"]


def test_a_long_word_is_cut_to_the_wider_of_the_indents() -> None:
    assert all(cell_len(line) <= 10 for line in wrap("a" * 30, 10, "    1. ", "  "))


def test_no_width_is_one_line() -> None:
    assert wrap("一二三四五" * 100, 0, "- ") == ["- " + "一二三四五" * 100]


texts = st.one_of(
    st.sampled_from([measure.summary for measure in shipped().measures]),
    st.text(alphabet="一二三元人，。（）“”〔〕0123456789.%-/abc :", max_size=60),
)


@given(texts, st.integers(20, 100))
def test_lines_keep_every_letter_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(st.sampled_from([measure.summary for measure in shipped().measures]), st.integers(36, 100))
def test_no_line_begins_or_ends_with_the_wrong_punctuation(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert not any(line[0] in _CLOSING for line in lines[1:])
    assert not any(line[-1] in _OPENING for line in lines[:-1])


def test_pieces_keep_a_number_with_its_unit() -> None:
    assert pieces("减免120万元，2人") == ["减", "免", "120万元，", "2人"]
