"""What is said of a value that cannot be read: the value, what is expected, and the nearest choice."""

from decimal import Decimal

import pytest

from dcrelief.files.complaints import named_complaint
from dcrelief.rules.facts import BadValue
from dcrelief.rules.kinds import read
from tests.examples import AS_OF, shipped


def complaint(fact: str, written: object) -> str:
    bad = read(shipped().facts[fact], written, AS_OF, shipped().tokens)
    assert isinstance(bad, BadValue)
    return named_complaint(bad, shipped().words)


@pytest.mark.parametrize(
    ("fact", "written", "expected"),
    [
        ("in_dongcheng", "也许", "“是”“否”"),
        ("employees", "-3", "0 到 10,000,000 之间的整数"),
        ("employees", "12 sites", "整数"),
        ("employees", "12\n30人", "整数"),
        ("revenue", "12\n000", "金额"),
        ("revenue", "USD 3m", "金额"),
        ("revenue", "3 lakh", "金额"),
        ("revenue", "million", "金额"),
        ("founded", "01/05/2018", "日期"),  # May or January: not guessed
        ("founded", "1-May-18", "日期"),
        ("founded", "31/31/2018", "日期"),
        ("in_dongcheng", "。", "“是”“否”"),
        ("in_dongcheng", "x", "“是”“否”"),  # a tick to some, a cross to others: not guessed
        ("founded", "1 May 1 2018", "日期"),
        ("founded", "31 Feb 2018", "日期"),
        ("founded", "Junk 2018", "日期"),
        ("founded", "2018-05-00", "日期"),
        ("employees", "12.5", "整数"),
        ("employees", True, "整数"),
        ("employees", [], "整数"),
        ("employees", Decimal("NaN"), "整数"),
        ("revenue", "-1万", "不小于 0 的金额"),
        ("revenue", True, "金额"),
        ("revenue", Decimal("Infinity"), "金额"),
        ("founded", "2019-02-29", "不晚于 2020-02-20 的日期"),
        ("founded", "2020-02-21", "不晚于 2020-02-20 的日期"),
        ("founded", "1899-12-31", "日期"),
        ("founded", "2020-03", "日期"),
        ("founded", "2019-13", "日期"),
        ("founded", "2021", "日期"),
        ("founded", 2018, "日期"),
        ("kind", "企", "其中之一"),
        ("carrier", "商务楼宇、月球基地", "其中之一"),
        ("name", "x" * 201, "不超过 200 字"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_is_expected(fact: str, written: object, expected: str) -> None:
    assert expected in complaint(fact, written)
    assert shipped().facts[fact].label in complaint(fact, written)


def test_a_wrong_choice_comes_with_the_nearest() -> None:
    assert "最接近的是“餐饮业”" in complaint("industry", "餐饮行")


def test_a_choice_like_nothing_comes_without_a_nearest() -> None:
    assert "最接近" not in complaint("industry", "zzzz")


def test_a_ten_kilobyte_answer_is_shortened_in_its_error() -> None:
    said = complaint("employees", "九" * 10_000)
    assert len(said) < 200
    assert "共 10000 字" in said
