"""One of some choices, by its key, its label or another name."""

import pytest

from dcrelief.rules.facts import BadValue
from dcrelief.rules.kinds import kind_of
from tests.examples import shipped
from tests.rules.kinds import reading, reading_in_english


@pytest.mark.parametrize(
    ("fact", "written", "key"),
    [("kind", "enterprise", "enterprise"), ("kind", "个体户", "sole_trader"), ("industry", "餐饮", "catering")]
    + [
        ("kind", form, "enterprise")
        for form in (
            "有限责任公司（自然人独资）",
            "有限责任公司(自然人投资或控股)",
            "股份有限公司",
            "分公司",
            "有限合伙",
        )
    ],
)
def test_as_people_write_it(fact: str, written: str, key: str) -> None:
    assert reading(fact, written) == key


@pytest.mark.parametrize(
    ("fact", "written", "key"),
    [
        ("industry", "Restaurant", "catering"),
        ("industry", "Café", "catering"),
        ("kind", "LLC", "enterprise"),
        ("impact", "Hit hard", "severe"),
    ],
)
def test_as_english_readers_write_it(fact: str, written: str, key: str) -> None:
    assert reading(fact, written) == key
    assert reading_in_english(fact, written) == key


def test_what_is_no_choice_is_kept_for_its_nearest() -> None:
    bad = reading("industry", "餐饮行")
    assert isinstance(bad, BadValue)
    assert (bad.no_choice, bad.nearest) == ("餐饮行", "餐饮业")


def test_the_interview_offers_each_by_its_label() -> None:
    impact = shipped().facts["impact"]
    offered = kind_of(impact).options(impact, shipped().words)
    assert offered == [(choice.key, choice.label, choice.key) for choice in impact.choices]


def test_what_brackets_add_is_not_passed_over() -> None:
    assert isinstance(reading("impact", "受影响（较大）"), BadValue)
