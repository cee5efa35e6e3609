"""The tree's truth, its terms, what it misses, and what could still change it."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcrelief.rules.conditions import All, AnyOf, Condition, Leaf, Matters, Not, Situation, SizeAtMost
from dcrelief.rules.criteria import IsYes, WithinYears
from dcrelief.rules.facts import UNKNOWN, Answers, Month, PartialDate, Value, Year
from dcrelief.rules.size import SizeClass
from dcrelief.rules.truth import Truth
from tests.examples import AS_OF, shipped

NO, UNSURE, YES = Truth


def on(answers: dict[str, Value], as_of: date = AS_OF) -> Situation:
    return Situation(Answers(answers), as_of, shipped().size_standard)


@pytest.mark.parametrize(
    ("known", "truth"),
    [
        (Month(2015, 1), NO),
        (Month(2015, 2), UNSURE),
        (Month(2015, 3), YES),
        (Month(2020, 2), YES),
        (Year(2014), NO),
        (Year(2015), UNSURE),
        (Year(2016), YES),
        (Year(2020), YES),
    ],
)
def test_of_a_month_or_a_year_the_days_must_agree(known: PartialDate, truth: Truth) -> None:
    leaf = Leaf("founded", WithinYears(5))
    assert leaf.truth(on({"founded": known})) is truth
    assert leaf.missing(on({"founded": known})) == (("founded",) if truth is UNSURE else ())


def yes(fact: str) -> Leaf:
    return Leaf(fact, IsYes())


A, B, C = yes("a"), yes("b"), yes("c")


@pytest.mark.parametrize(
    ("condition", "answers", "truth", "missing"),
    [
        (A, {}, UNSURE, ("a",)),
        (A, {"a": UNKNOWN}, UNSURE, ("a",)),
        (A, {"a": True}, YES, ()),
        (All((A, B)), {"a": True}, UNSURE, ("b",)),
        (All((A, B)), {"a": False}, NO, ()),
        (All((A, B)), {}, UNSURE, ("a", "b")),
        (All(()), {}, YES, ()),
        (AnyOf((A, B)), {"a": True}, YES, ()),
        (AnyOf((A, B)), {"a": False}, UNSURE, ("b",)),
        (AnyOf((A, B)), {"a": False, "b": False}, NO, ()),
        (Not(A), {"a": True}, NO, ()),
        (Not(A), {}, UNSURE, ("a",)),
        (All((A, AnyOf((B, Not(C))))), {"a": True, "b": False}, UNSURE, ("c",)),
    ],
)
def test_truth_and_what_is_missing(
    condition: Condition, answers: dict[str, Value], truth: Truth, missing: tuple[str, ...]
) -> None:
    assert condition.truth(on(answers)) is truth
    assert condition.missing(on(answers)) == missing


def terms(condition: Condition, answers: dict[str, Value]) -> list[tuple[str, Truth]]:
    return [(term.leaf.fact, term.truth) for term in condition.terms(on(answers))]


def test_all_tells_every_term_and_any_only_those_that_settle_it() -> None:
    assert terms(All((A, B)), {"a": True}) == [("a", YES), ("b", UNSURE)]
    assert terms(AnyOf((A, B, C)), {"a": False, "b": True}) == [("b", YES)]
    assert terms(AnyOf((A, B)), {"a": False}) == [("b", UNSURE)]
    assert terms(AnyOf((A, B)), {"a": False, "b": False}) == [("a", NO), ("b", NO)]
    assert terms(Not(A), {"a": True}) == [("a", NO)]


def test_the_facts_a_tree_reads() -> None:
    tree = All((A, AnyOf((B, Not(C))), SizeAtMost(SizeClass.SMALL, shipped().size_standard)))
    assert set(tree.facts()) == {"a", "b", "c", "industry", "employees", "revenue", "assets", "finance_size"}


def test_the_size_class_as_a_condition() -> None:
    small = SizeAtMost(SizeClass.SMALL, shipped().size_standard)
    assert small.fact == "size"
    assert small.truth(on({"industry": "catering", "employees": 8})) is YES
    assert small.missing(on({"industry": "catering", "employees": 120})) == ("revenue",)
    assert terms(small, {"industry": "catering", "employees": 8}) == [("size", YES)]
    assert small.attainable(on({"industry": "catering", "employees": 8})) == {YES}


trees = st.recursive(
    st.sampled_from([0, 1]).map(lambda _: "leaf"),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: ("all", parts)),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: ("any", parts)),
        inner.map(lambda part: ("not", [part])),
    ),
    max_leaves=4,
)


def build(shape: object, names: Iterator[str]) -> Condition:
    """The tree of a shape, each leaf a fact of its own."""
    if shape == "leaf":
        return yes(next(names))
    assert isinstance(shape, tuple)
    kind, parts = shape
    built = tuple(build(part, names) for part in parts)
    return All(built) if kind == "all" else AnyOf(built) if kind == "any" else Not(built[0])


@given(trees, st.data())
def test_attainable_and_pivots_against_trying_every_answer(shape: object, data: st.DataObject) -> None:
    tree = build(shape, iter("abcdefghijklmnopqrstuvwxyz"))
    asked = data.draw(st.sets(st.sampled_from(tree.facts())))
    values: list[Value] = [True, False, UNKNOWN]
    answers: dict[str, Value] = {fact: data.draw(st.sampled_from(values)) for fact in sorted(asked)}
    unasked = [fact for fact in tree.facts() if fact not in answers]
    worlds = [answers | dict(zip(unasked, world, strict=True)) for world in product(values, repeat=len(unasked))]
    assert tree.attainable(on(answers)) == {tree.truth(on(world)) for world in worlds}
    for matters in (Matters(no=True, yes=True), Matters(no=True, yes=False), Matters(no=False, yes=True)):
        expected = {
            fact
            for fact in unasked
            for world in worlds
            if matters.between(frozenset(tree.truth(on(world | {fact: value})) for value in values))
        }
        assert set(tree.pivots(on(answers), matters)) == expected
