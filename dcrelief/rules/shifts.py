"""What a business gains and loses between two assessments of it: by other rules, or on another day."""

from typing import Literal

from msgspec import Struct

from dcrelief.rules.assessment import Assessment, Verdict
from dcrelief.rules.estimates import Interval

# gained, lost: fits now, or no more. doubtful: fitted, and waits for an answer now. opened, closed: did not fit and may
# now, or the other way round. amount: as before, but for the money. total: of a table, a total of the business.
ShiftKind = Literal["gained", "lost", "doubtful", "opened", "closed", "amount", "total"]
SHIFTS: tuple[ShiftKind, ...] = ("gained", "lost", "doubtful", "opened", "closed", "amount", "total")
# Those between what only may fit and what does not.
UNSURE: tuple[ShiftKind, ...] = ("opened", "closed")

# How an outcome ranks: a route that fits, one that may, one that does not or is not there.
YES, MAYBE, NO = 2, 1, 0
# The kind of each change of rank, before and after.
KINDS: dict[tuple[int, int], ShiftKind] = {
    (NO, YES): "gained",
    (MAYBE, YES): "gained",
    (YES, NO): "lost",
    (YES, MAYBE): "doubtful",
    (NO, MAYBE): "opened",
    (MAYBE, NO): "closed",
}


class Shift(Struct, frozen=True):
    """One route of which the verdict or the amount is another; None where it is not in the catalogue."""

    kind: ShiftKind
    before: Verdict | None
    after: Verdict | None


def shifts(before: Assessment, after: Assessment) -> tuple[Shift, ...]:
    """Every route that shifted, gains first, else in the order of the later report."""
    earlier = {verdict.route.id: verdict for verdict in before.verdicts}
    later = {verdict.route.id: verdict for verdict in after.verdicts}
    found = []
    for route in dict.fromkeys((*later, *earlier)):
        old, new = earlier.get(route), later.get(route)
        kind = shift_kind(_rank(old), _amount(old), _rank(new), _amount(new))
        if kind is not None:
            found.append(Shift(kind, old, new))
    return tuple(sorted(found, key=lambda shift: SHIFTS.index(shift.kind)))


def shift_kind(rank: int, amount: Interval | None, new_rank: int, new_amount: Interval | None) -> ShiftKind | None:
    """What has changed, None if nothing has."""
    if rank == new_rank:
        return "amount" if rank == YES and amount != new_amount else None
    return KINDS[rank, new_rank]


def _rank(verdict: Verdict | None) -> int:
    if verdict is None:
        return NO
    return {"eligible": YES, "needs_info": MAYBE}.get(verdict.outcome, NO)


def _amount(verdict: Verdict | None) -> Interval | None:
    return None if verdict is None else verdict.amount
