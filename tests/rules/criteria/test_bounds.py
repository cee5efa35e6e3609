"""A number at its bounds, each side: whether it passes, how far it misses, and bounds that make no sense."""

import pytest

from dcrelief.rules.criteria import Bounds
from dcrelief.rules.facts import Fact
from tests.examples import AS_OF, shipped


@pytest.mark.parametrize(
    ("bounds", "passes", "fails"),
    [
        (Bounds(at_least=20), [20, 21], [19, 0]),
        (Bounds(above=20), [21], [20, 19]),
        (Bounds(at_most=100), [100, 0], [101]),
        (Bounds(below=100), [99], [100, 101]),
        (Bounds(at_least=20, below=100), [20, 99], [19, 100]),
    ],
)
def test_at_its_bounds(bounds: Bounds, passes: list[int], fails: list[int]) -> None:
    assert all(bounds.holds(number, AS_OF) for number in passes)
    assert not any(bounds.holds(number, AS_OF) for number in fails)


@pytest.mark.parametrize(
    ("bounds", "number", "short", "over"),
    [
        (Bounds(at_least=20), 5, 15, 0),
        (Bounds(above=20), 20, 0, 0),
        (Bounds(at_most=100), 108, 0, 8),
        (Bounds(below=100), 130, 0, 30),
        (Bounds(at_least=1, at_most=9), 5, 0, 0),
    ],
)
def test_how_far_a_number_misses(bounds: Bounds, number: int, short: int, over: int) -> None:
    assert (bounds.short_by(number), bounds.over_by(number)) == (short, over)


def test_what_it_asks_for_in_words() -> None:
    wanted = Bounds(at_least=20, below=100).wanted(shipped().facts["employees"], AS_OF, shipped().words)
    assert wanted == "不少于 20 人、少于 100 人"


@pytest.mark.parametrize(
    ("bounds", "flaw"),
    [
        (Bounds(), "form"),
        (Bounds(at_least=1, above=1), "one_side_twice"),
        (Bounds(at_least=3, at_most=2), "contradiction"),
        (Bounds(at_least=3, below=3), "contradiction"),
        (Bounds(at_least=3, at_most=3), None),
    ],
)
def test_bounds_that_make_no_sense(bounds: Bounds, flaw: str | None) -> None:
    assert bounds.flaw() == flaw


@pytest.mark.parametrize(
    ("bounds", "within", "ways"),
    [
        (Bounds(above=3), (4, 9), (True, True)),
        (Bounds(at_least=1), (1, 9), (True, False)),  # of 1 to 9, any
        (Bounds(above=9), (10, 9), (False, True)),  # none
        (Bounds(at_least=1, at_most=20), (1, 20), (True, False)),  # of 1 to 9, any
        (Bounds(below=9), (1, 8), (True, True)),
    ],
)
def test_what_it_lets_through_of_a_fact(bounds: Bounds, within: tuple[int, int], ways: tuple[bool, bool]) -> None:
    fact = Fact(id="n", kind="count", label="数", at_least=1, at_most=9)
    assert (bounds.within(fact), bounds.ways(fact, AS_OF)) == (within, ways)
