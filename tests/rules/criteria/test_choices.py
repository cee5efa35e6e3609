"""Choices that are asked for, and choices that are ruled out."""

import pytest

from dcrelief.rules.criteria import Criterion, HasAny, HasNone, NoneOf, OneOf
from dcrelief.rules.facts import Choice, Fact, Kind, Known
from tests.examples import AS_OF, shipped

AB = ("a", "b")
ALL = ("a", "b", "c")


def fact(kind: Kind) -> Fact:
    return Fact(id="x", kind=kind, label="项", choices=tuple(Choice(key, key.upper()) for key in ALL))


@pytest.mark.parametrize(
    ("criterion", "passes", "fails"),
    [
        (OneOf(AB), ["a", "b"], ["c"]),
        (NoneOf(AB), ["c"], ["a", "b"]),
        (HasAny(AB), [frozenset({"a", "c"})], [frozenset({"c"}), frozenset(), "a"]),
        (HasNone(AB), [frozenset({"c"}), frozenset()], [frozenset({"a", "c"}), "c"]),
    ],
)
def test_what_passes(criterion: Criterion, passes: list[Known], fails: list[Known]) -> None:
    assert all(criterion.holds(value, AS_OF) for value in passes)
    assert not any(criterion.holds(value, AS_OF) for value in fails)


@pytest.mark.parametrize(
    ("criterion", "kind", "text"),
    [
        (OneOf(AB), "choice", "A或B"),
        (OneOf(ALL), "choice", ""),  # any will do
        (NoneOf(AB), "choice", "不能是A或B"),
        (HasAny(("c",)), "several", "C"),
        (HasNone(AB), "several", "不能有：A或B"),
    ],
)
def test_what_it_asks_for_in_words(criterion: Criterion, kind: Kind, text: str) -> None:
    assert criterion.wanted(fact(kind), AS_OF, shipped().words) == text


@pytest.mark.parametrize(
    ("criterion", "ways"),
    [(OneOf(AB), (True, True)), (OneOf(ALL), (True, False)), (NoneOf(AB), (True, True)), (NoneOf(ALL), (False, True))],
)
def test_whether_it_can_hold_and_fail(criterion: Criterion, ways: tuple[bool, bool]) -> None:
    assert criterion.ways(fact("choice"), AS_OF) == ways


def test_it_names_its_keys_and_must_have_some() -> None:
    assert [OneOf(AB).ticked(key) for key in ALL] == [True, True, False]
    assert HasAny.of({"has": AB}) == HasAny(AB)
    assert (OneOf(()).flaw(), OneOf(AB).flaw()) == ("form", None)
