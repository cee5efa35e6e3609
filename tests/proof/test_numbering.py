"""Where measures begin, by the way a document numbers them, though a number is damaged."""

import pytest

from dcrelief.proof.numbering import starts


def begun(numbering: str, text: str) -> list[tuple[int, str]]:
    """The number of each measure that begins, and the text as far as the next."""
    found = starts(text, numbering)
    ends = [*(start.begin for start in found), len(text)][1:]
    return [(start.number, text[start.text : end].strip()) for start, end in zip(found, ends, strict=True)]


@pytest.mark.parametrize(
    ("numbering", "text"),
    [
        ("{number}.", "前言 1.甲 2.乙\n3.丙"),
        ("{number}.", "1．甲\n２、乙\n3 .丙"),
        ("（{chinese}）", "（一）甲\n(二)乙\n　　（ 三 ）丙"),
        ("第{chinese}条", "第一条 甲\n第 二 条　乙\n第三条丙"),
        ("{chinese}、", "一、甲\n二、乙\n三．丙"),
    ],
)
def test_each_kind_of_numbers(numbering: str, text: str) -> None:
    assert begun(numbering, text) == [(1, "甲"), (2, "乙"), (3, "丙")]


def test_every_number_in_words() -> None:
    ones = ["", *"一二三四五六七八九"]
    words = [f"{ten}{one}" for ten in ("", *(f"{digit}十" for digit in ["", *ones[2:]])) for one in ones][1:]
    text = "".join(f"（{each}）甲\n" for each in words)
    assert [start.number for start in starts(text, "（{chinese}）")] == [*range(1, 100)]


@pytest.mark.parametrize("text", ["16.减租", "见1.减租", "1减租", "2020.2.5起", "100.减租", "0.减租"])
def test_what_begins_nothing(text: str) -> None:
    assert [start.number for start in starts(text, "{number}.") if start.number != 16] == []


def test_a_number_may_follow() -> None:
    assert begun("{number}.", "1.甲\u30002.12345热线") == [(1, "甲"), (2, "12345热线")]


DAMAGED = {
    "left out": "甲\n",
    "a letter": "S.甲\n",
    "a digit more": "15.甲\n",
    "the one before": "4.甲\n",
    "the one after": "6.甲\n",
}


@pytest.mark.parametrize("spoiled", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_number_costs_one_measure(spoiled: str) -> None:
    text = "".join(spoiled if number == 5 else f"{number}.第\n" for number in range(1, 11))
    assert [start.number for start in starts(text, "{number}.")] == [1, 2, 3, 4, 6, 7, 8, 9, 10]


@pytest.mark.parametrize("lost", [{1}, {2, 3}, {9}, {2, 5, 8}])
def test_whichever_number_is_damaged(lost: set[int]) -> None:
    text = "".join(f"{'?' if number in lost else number}.甲\n" for number in range(1, 11))
    assert {start.number for start in starts(text, "{number}.")} == {*range(1, 11)} - lost


def test_a_decimal_begins_nothing() -> None:
    text = "1.甲\n3.5万元\n2.乙\n3.丙\n5.5万元\n4.丁"
    assert [start.number for start in starts(text, "{number}.")] == [1, 2, 3, 4]


def test_a_number_far_ahead_begins_nothing() -> None:
    assert [start.number for start in starts("1.甲\n2.乙\n76.丙", "{number}.")] == [1, 2]


def test_a_hotline_is_no_decimal() -> None:
    assert [start.number for start in starts("1.甲\n?.乙\n3.12345热线\n4.丁", "{number}.")] == [1, 3, 4]
