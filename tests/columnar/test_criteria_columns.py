"""What each criterion asks of a column is what it asks of each value, null where that is unknown."""

from datetime import date

import polars as pl
import pytest

from dcrelief.columnar.criteria_columns import EXPRESSIONS, asks
from dcrelief.rules.conditions import Leaf, Situation
from dcrelief.rules.criteria import CRITERIA, Bounds, Criterion, HasAny, HasNone, IsYes, NoneOf, OneOf, WithinYears
from dcrelief.rules.facts import UNKNOWN, Answers
from dcrelief.rules.truth import Truth
from tests.columnar.frames import row_of, schema
from tests.examples import AS_OF, answers, shipped

COUNTS = [0, 19, 20, 99, 100]
FOUNDED = ["2015-02-19", "2015-02-20", "2015-01", "2015-02", "2015-03"]
KINDS = ["enterprise", "sole_trader"]
CARRIERS = [[], ["building"], ["incubator"], ["building", "incubator"]]


@pytest.mark.parametrize(
    ("criterion", "fact", "written"),
    [
        (IsYes(), "in_dongcheng", [True, False]),
        (OneOf(("enterprise",)), "kind", KINDS),
        (NoneOf(("enterprise",)), "kind", KINDS),
        (HasAny(("building",)), "carrier", CARRIERS),
        (HasNone(("building", "incubator")), "carrier", CARRIERS),
        (WithinYears(5), "founded", FOUNDED),
        (Bounds(at_least=20, below=100), "employees", COUNTS),
        (Bounds(above=19, at_most=99), "employees", COUNTS),
    ],
)
def test_a_column_says_what_each_value_says(criterion: Criterion, fact: str, written: list[object]) -> None:
    facts, leaf = [shipped().facts[fact]], Leaf(fact, criterion)
    people = [answers(**{fact: each}) for each in written] + [Answers({fact: UNKNOWN})]
    frame = pl.DataFrame([row_of(facts, person) for person in people], schema=schema(facts))
    truths = [leaf.truth(Situation(person, AS_OF, shipped().size_standard)) for person in people]
    expected = [{Truth.YES: True, Truth.NO: False}.get(truth) for truth in truths]
    assert frame.select(asks(leaf, AS_OF)).to_series().to_list() == expected
    assert {True, False, None} == set(expected)


@pytest.mark.parametrize(
    ("as_of", "month", "truth"),
    [
        (date(2020, 5, 31), "2015-05", None),  # its last day alone is the anniversary
        (date(2020, 5, 31), "2015-04", False),
        (date(2020, 6, 1), "2015-05", False),
        (date(2020, 6, 1), "2015-06", True),  # its first day is the anniversary
        (date(2020, 6, 2), "2015-06", None),
        (date(2020, 2, 29), "2015-02", False),
        (date(2020, 2, 29), "2015-03", True),
    ],
)
def test_a_month_around_the_anniversary(as_of: date, month: str, truth: bool | None) -> None:
    facts, leaf, person = [shipped().facts["founded"]], Leaf("founded", WithinYears(5)), answers(founded=month)
    frame = pl.DataFrame([row_of(facts, person)], schema=schema(facts))
    assert frame.select(asks(leaf, as_of)).item() is truth
    expected = {Truth.YES: True, Truth.NO: False}.get(leaf.truth(Situation(person, as_of, shipped().size_standard)))
    assert expected is truth


def test_every_criterion_has_an_expression() -> None:
    assert EXPRESSIONS.keys() == set(CRITERIA)
