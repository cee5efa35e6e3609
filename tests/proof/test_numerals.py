"""Numbers in digits and in words."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcrelief.proof.numerals import DIGITS, NUMBER, plain, value_of


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", "0"),
        ("1,200.50", "1200.5"),
        ("20 000", "20000"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("两千", "2000"),
        ("一百零五", "105"),
        ("一百二十五万", "1250000"),
        ("一亿三千万", "130000000"),
        ("两万亿", "2000000000000"),
        ("二〇二〇", "2020"),
        ("二○二○", "2020"),
        ("零点五", "0.5"),
        ("三点二五", "3.25"),
    ],
)
def test_values(written: str, value: str) -> None:
    assert re.fullmatch(NUMBER, written)
    assert plain(value_of(written)) == value


def test_a_scale_behind_a_number() -> None:
    assert value_of("2.5", "百万") == Decimal(2_500_000)


@pytest.mark.parametrize("text", ["050", "百", "零售", "千家万户", "万元", "1" * 30, "一" * 30])
def test_what_is_no_number(text: str) -> None:
    assert not re.search(NUMBER, text)


@given(st.integers(1, 10**12 - 1))
def test_words_say_what_digits_say(number: int) -> None:
    assert value_of(in_words(number)) == value_of(f"{number:,}") == number


def in_words(number: int) -> str:
    """A number with every scale that it has, and 零 where one is left out."""
    for size, scale in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            between = "零" if 0 < rest < size // 10 else ""
            return in_words(number // size) + scale + between + (in_words(rest) if rest else "")
    return DIGITS[number]
