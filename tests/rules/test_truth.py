"""Kleene's tables, and their laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcrelief.rules.truth import Truth, all_of, any_of

NO, UNKNOWN, YES = Truth
truths = st.sampled_from(Truth)


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (NO, NO, NO, NO),
        (NO, UNKNOWN, NO, UNKNOWN),
        (NO, YES, NO, YES),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, YES, UNKNOWN, YES),
        (YES, YES, YES, YES),
    ],
)
def test_the_tables(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert left & right is right & left is both
    assert left | right is right | left is either


def test_not_turns_yes_and_no_round_and_leaves_unknown() -> None:
    assert (~YES, ~NO, ~UNKNOWN) == (NO, YES, UNKNOWN)


def test_without_terms_all_holds_and_any_does_not() -> None:
    assert (all_of([]), any_of([])) == (YES, NO)


@given(truths, truths)
def test_de_morgan(left: Truth, right: Truth) -> None:
    assert ~(left & right) is ~left | ~right


@given(st.lists(truths))
def test_a_false_term_settles_all_and_a_true_one_any(terms: list[Truth]) -> None:
    assert all_of([*terms, NO]) is NO
    assert any_of([*terms, YES]) is YES


@given(st.lists(truths), st.sampled_from([NO, YES]))
def test_answering_an_unknown_term_never_flips_what_is_settled(terms: list[Truth], answer: Truth) -> None:
    answered = [answer if term is UNKNOWN else term for term in terms]
    for combine in (all_of, any_of):
        if combine(terms) is not UNKNOWN:
            assert combine(answered) is combine(terms)


def test_of_a_known_statement() -> None:
    assert (Truth.of(True), Truth.of(False)) == (YES, NO)
