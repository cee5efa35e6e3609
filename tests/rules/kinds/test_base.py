"""What every kind of fact has: an unknown value, a value as files hold it, and what it expects."""

from datetime import date

import pytest

from dcrelief.rules.facts import UNKNOWN, Answers, Fact, Month, Value, Year
from dcrelief.rules.kinds import KINDS, canonical, document, kind_of
from tests.examples import AS_OF, shipped
from tests.rules.kinds import reading, reading_in_english


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        ("employees", "不清楚"),
        ("employees", ""),
        ("employees", "  "),
        ("employees", None),
        ("revenue", "不详"),
        ("in_dongcheng", "？"),
        ("name", "not applicable."),
        ("impact", "don’t know"),
        ("innovative", "not sure"),
    ],
)
def test_not_known_in_any_kind(fact: str, written: object) -> None:
    assert reading(fact, written) is UNKNOWN
    assert reading_in_english(fact, written) is UNKNOWN


@pytest.mark.parametrize(
    ("fact", "value", "written"),
    [
        ("in_dongcheng", True, True),
        ("employees", 12, 12),
        ("revenue", 38829060, "388290.60"),
        ("founded", date(2018, 5, 1), "2018-05-01"),
        ("founded", Month(2018, 5), "2018-05"),
        ("founded", Year(2018), "2018"),
        ("kind", "enterprise", "enterprise"),
        ("carrier", frozenset({"incubator", "building"}), ["building", "incubator"]),
        ("name", "某某", "某某"),
        ("employees", UNKNOWN, None),
    ],
)
def test_the_canonical_value_reads_back_as_itself(fact: str, value: Value, written: object) -> None:
    assert canonical(shipped().facts[fact], value) == written
    assert reading(fact, written) == value


def test_a_document_has_the_answers_in_the_order_of_the_facts() -> None:
    given = Answers({"employees": 12, "in_dongcheng": True, "no_such_fact": True})
    assert list(document(shipped().facts, given).items()) == [("in_dongcheng", True), ("employees", 12)]


def test_every_kind_says_what_it_expects() -> None:
    facts = [*shipped().facts.values(), Fact("x", "percent", "x"), Fact("y", "foreign", "y", unit="美元")]
    expected = {fact.kind: kind_of(fact).expected(fact, AS_OF, shipped().words) for fact in facts}
    assert expected.keys() == KINDS.keys()
    assert all(text and "{" not in text for text in expected.values())


@pytest.mark.parametrize(
    ("fact", "example"),
    [
        ("kind", '"企业"'),
        ("carrier", '["商务楼宇"]'),
        ("employees", "12"),
        ("founded", '"2018-05-01"'),
        ("in_dongcheng", '"是"'),
    ],
)
def test_an_example_is_a_value_of_the_fact(fact: str, example: str) -> None:
    asked = shipped().facts[fact]
    assert kind_of(asked).example(asked, shipped().words).startswith(example[:4])
    assert kind_of(asked).example(asked, shipped().words) == example


def test_the_options_of_a_yes_or_no_say_what_they_say() -> None:
    asked = shipped().facts["in_dongcheng"]
    options = kind_of(asked).options(asked, shipped().words)
    assert [(label, value) for _, label, value in options] == [("是", True), ("否", False)]


def test_only_yes_and_no_are_asked_several_to_a_page() -> None:
    assert [name for name, kind in KINDS.items() if kind.together] == ["yes_no"]
