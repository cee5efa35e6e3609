"""What a business gains and loses between two assessments, and in which order that is told."""

from datetime import date

import pytest
from msgspec.structs import replace

from dcrelief.rules.assessment import assess
from dcrelief.rules.estimates import Interval
from dcrelief.rules.shifts import MAYBE, NO, SHIFTS, YES, shift_kind, shifts
from tests.examples import AS_OF, business, sample, shipped


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (NO, YES, "gained"),
        (MAYBE, YES, "gained"),
        (YES, NO, "lost"),
        (YES, MAYBE, "doubtful"),
        (NO, MAYBE, "opened"),
        (MAYBE, NO, "closed"),
        (NO, NO, None),
        (MAYBE, MAYBE, None),
    ],
)
def test_each_change_of_rank(before: int, after: int, kind: str | None) -> None:
    assert shift_kind(before, None, after, Interval(0, 1)) == kind


def test_another_amount_counts_only_while_it_fits() -> None:
    assert shift_kind(YES, Interval(0, 1), YES, Interval(0, 2)) == "amount"
    assert shift_kind(YES, Interval(0, 1), YES, Interval(0, 1)) is None
    assert shift_kind(MAYBE, Interval(0, 1), MAYBE, Interval(0, 2)) is None


def test_nothing_shifts_where_nothing_changed() -> None:
    assert shifts(assess(shipped(), sample(), AS_OF), assess(shipped(), sample(), AS_OF)) == ()


def test_a_deadline_that_has_passed_is_a_loss() -> None:
    found = shifts(assess(shipped(), sample(), date(2020, 3, 31)), assess(shipped(), sample(), date(2020, 4, 1)))
    lost = {shift.before.route.id for shift in found if shift.before is not None}
    assert {shift.kind for shift in found} == {"lost"}
    assert lost == {"35.march"}


def test_a_route_that_is_no_more_is_lost_and_a_new_one_gained() -> None:
    landlord = business("商务楼宇业主")
    fewer = replace(shipped(), measures=tuple(m for m in shipped().measures if m.number != 6))
    with_it, without = assess(shipped(), landlord, AS_OF), assess(fewer, landlord, AS_OF)
    (lost,) = (shift for shift in shifts(with_it, without) if shift.kind == "lost")
    (gained,) = (shift for shift in shifts(without, with_it) if shift.kind == "gained")
    assert (lost.before, lost.after) == (gained.after, gained.before) == (lost.before, None)


def test_gains_come_first() -> None:
    restaurant, wholesaler = business("八人餐馆"), business("外贸批发公司")
    kinds = [shift.kind for shift in shifts(*(assess(shipped(), each, AS_OF) for each in (restaurant, wholesaler)))]
    assert kinds == sorted(kinds, key=SHIFTS.index)
    assert {"gained", "lost", "amount"} <= set(kinds)
