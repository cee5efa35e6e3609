"""The days on which a route can be taken up, and how they bear on a verdict."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, get_args

from msgspec import Struct

from dcrelief.rules.conditions import Judged, Matters, Situation, SizeAtMost, Term
from dcrelief.rules.facts import Month
from dcrelief.rules.size import SizeClass, SizeStandard
from dcrelief.rules.truth import Truth

# What the last day of a window is: the last to apply, or the last on which money that was put off, or missed, is paid.
LastDay = Literal["apply_by", "pay_by"]
LAST_DAYS: tuple[LastDay, ...] = get_args(LastDay)


class Span(Struct, frozen=True):
    """The days of a window, both included; None where the document leaves an end open."""

    start: date | None
    end: date | None


class Window(Struct, frozen=True):
    """When a route can be taken up: fixed days, days counted from a date fact, or a call yet to come (by_call).

    text: what the document says of it. last_day: what is to be done by `end` at the latest; now: what earns that has no
    day, and is to be done now. month_after: the date fact whose following month opens it, for `days` days. starts: its
    first day by size class, smallest first and never earlier for a larger one, where that depends on the size;
    standard: the one that says the size. event: what ends it, grace_months later; no end while that has no day.
    """

    start: date | None = None
    end: date | None = None
    by_call: bool = False
    month_after: str = ""
    days: int = 0
    text: str = ""
    starts: tuple[date, ...] = ()
    standard: SizeStandard | None = None
    event: str = ""
    grace_months: int = 0
    last_day: LastDay = "apply_by"
    now: bool = False

    def possible_starts(self, on: Situation) -> tuple[date, ...]:
        """The first days that it can have, the earliest first, where that depends on the size."""
        return tuple(sorted({self.starts[size] for size in on.size_standard.possible(on.answers)}))

    def span(self, on: Situation) -> Span | None:
        """Its days; None while the date it counts from is unknown. No first day while that depends on an open size."""
        if self.starts:
            starts = self.possible_starts(on)
            return Span(starts[0] if len(starts) == 1 else None, self.end)
        if not self.month_after:
            return Span(self.start, self.end)
        value = on.answers.value(self.month_after)
        day = value.first if isinstance(value, Month) else value
        if not isinstance(day, date):
            return None
        start = day.replace(day=calendar.monthrange(day.year, day.month)[1]) + timedelta(days=1)
        return Span(start, start + timedelta(days=self.days - 1))

    def started_for(self, as_of: date) -> SizeAtMost | None:
        """Whom it has started for, on a day on which it has not for everyone; None on any other."""
        if self.standard is None or not self.starts[0] <= as_of < self.starts[-1]:
            return None
        largest = max(size for size in SizeClass if self.starts[size] <= as_of)
        return SizeAtMost(largest, self.standard)

    def is_open(self, on: Situation, confirmed_until: date) -> bool | None:
        """Whether it is open on the day; None while nobody can say: no call yet, no date, or nobody confirmed it."""
        truth = InTime(self).truth(on)
        if truth is Truth.NO:
            return False
        endless = self.end is None and not self.month_after
        unsure = truth is Truth.UNKNOWN or self.by_call or (endless and on.as_of > confirmed_until)
        return None if unsure else True


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class InTime(Judged, frozen=True):
    """The condition that the day is one of a window's; on some days that hangs on the size."""

    window: Window

    @property
    def fact(self) -> str:
        """The date fact it counts from, empty for fixed days."""
        return self.window.month_after

    def truth(self, on: Situation) -> Truth:
        """NO before its first day and after its last, UNKNOWN while those are."""
        span = self.window.span(on)
        if span is None:
            return Truth.UNKNOWN
        if span.end is not None and on.as_of > span.end:
            return Truth.NO
        if started := self.window.started_for(on.as_of):
            return started.truth(on)
        start = min(self.window.starts, default=span.start)
        return Truth.of(start is None or start <= on.as_of)

    def terms(self, on: Situation) -> Iterator[Term]:
        """Itself, unless there is nothing to say against it."""
        truth = self.truth(on)
        if truth is not Truth.YES:
            yield Term(self, truth)

    def missing(self, on: Situation) -> tuple[str, ...]:
        """The date, or what would settle the size."""
        if self.truth(on) is not Truth.UNKNOWN:
            return ()
        started = self.window.started_for(on.as_of)
        return started.missing(on) if started else (self.fact,)

    def facts(self) -> tuple[str, ...]:
        """The date fact, or those that decide the size, if any."""
        return self.window.standard.facts() if self.window.standard else super().facts()

    def attainable(self, on: Situation) -> frozenset[Truth]:
        """Anything, until the date is asked, or what is left of the size."""
        started = self.window.started_for(on.as_of)
        return started.attainable(on) if started else super().attainable(on)

    def pivots(self, on: Situation, matters: Matters) -> Iterator[str]:
        """The date, until asked, or what can still decide the size."""
        started = self.window.started_for(on.as_of)
        yield from started.pivots(on, matters) if started else super().pivots(on, matters)
