"""From the terms of a file to the tree; tests/catalogue/test_load.py has what is said of wrong ones."""

from typing import Any

import msgspec
import pytest

from dcrelief.catalogue.problems import Place, Problem, Spot
from dcrelief.catalogue.schema import TermTable
from dcrelief.catalogue.terms import ConditionBuilder
from dcrelief.rules.conditions import All, AnyOf, Condition, Leaf, Not, SizeAtMost
from dcrelief.rules.criteria import Bounds, HasNone, IsYes, NoneOf, WithinYears
from dcrelief.rules.size import SizeClass
from tests.examples import shipped

SMALL = SizeAtMost(SizeClass.SMALL, shipped().size_standard)
MALL = Leaf("mall", IsYes())


def terms(*written: dict[str, Any]) -> tuple[TermTable, ...]:
    return msgspec.convert(written, tuple[TermTable, ...])


def built(*written: dict[str, Any], **named: tuple[TermTable, ...]) -> Condition:
    problems: list[Problem] = []
    spot = Spot(Place("x"), shipped().facts, shipped().tokens, problems)
    condition = ConditionBuilder(named, shipped().size_standard).condition(terms(*written), spot)
    assert problems == []
    return condition


@pytest.mark.parametrize(
    ("term", "condition"),
    [
        ({"fact": "mall"}, MALL),
        ({"not": {"fact": "mall"}}, Not(MALL)),
        ({"fact": "employees", "at_least": 2, "below": 9}, Leaf("employees", Bounds(at_least=2, below=9))),
        ({"fact": "revenue", "at_most": "20万元"}, Leaf("revenue", Bounds(at_most=20_000_000))),
        ({"fact": "impact", "not_in": ["none"]}, Leaf("impact", NoneOf(("none",)))),
        ({"fact": "carrier", "has_none": ["building"]}, Leaf("carrier", HasNone(("building",)))),
        ({"fact": "founded", "within_years": 5}, Leaf("founded", WithinYears(5))),
        ({"size_at_most": "small"}, SMALL),
        ({"any": [{"fact": "mall"}, {"size_at_most": "small"}]}, AnyOf((MALL, SMALL))),
    ],
)
def test_each_way_to_write_a_term(term: dict[str, Any], condition: Condition) -> None:
    assert built(term) == condition


def test_several_terms_must_all_hold_and_none_always_does() -> None:
    assert built({"fact": "mall"}, {"size_at_most": "small"}) == All((MALL, SMALL))
    assert built() == All(())


def test_a_named_condition_stands_for_its_terms() -> None:
    assert built({"use": "shop"}, shop=terms({"use": "big"}), big=terms({"fact": "mall"})) == MALL
