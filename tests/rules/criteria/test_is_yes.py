"""A yes/no fact is yes: the criterion with nothing of its own to say (rules/criteria/base.py through it)."""

from dcrelief.rules.criteria import IsYes
from tests.examples import AS_OF, shipped

FACT = shipped().facts["in_dongcheng"]


def test_yes_passes_and_no_does_not() -> None:
    assert IsYes().holds(True, AS_OF)
    assert not IsYes().holds(False, AS_OF)


def test_the_label_says_what_it_asks() -> None:
    assert IsYes.of({}).wanted(FACT, AS_OF, shipped().words) == ""
    assert IsYes().distance(FACT, False, AS_OF, shipped().words) == ""


def test_it_can_hold_and_fail_and_names_no_choice() -> None:
    assert IsYes().flaw() is None
    assert IsYes().ways(FACT, AS_OF) == (True, True)
    assert IsYes().ticked("building") is None
