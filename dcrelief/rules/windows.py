"""The days on which a route can be taken up, and how they bear on a verdict."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.rules.conditions import Judged, Matters, Situation, SizeAtMost, Term
from dcrelief.rules.facts import PartialDate
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
    standard: the one that says the size. yearly: month and day of its first and last day, where it comes every year
    (see in_year_of). event: what ends it, grace_months later; no end while that has no day.
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
    yearly: tuple[tuple[int, int], tuple[int, int]] | None = None

    def in_year_of(self, as_of: date) -> "Window":
        """The window as it is on a day: of one that comes every year the one that is open then, or the next."""
        if self.yearly is None:
            return self
        (month, day), last = self.yearly
        into_next = last < (month, day)  # it ends in the year after that in which it begins
        ends = {year: _day_in(year + into_next, *last) for year in (as_of.year - 1, as_of.year, as_of.year + 1)}
        year = min(year for year, end in ends.items() if end >= as_of)
        return replace(self, start=_day_in(year, month, day), end=ends[year])

    def possible_starts(self, on: Situation) -> tuple[date, ...]:
        """The first days that it can have, the earliest first, where that depends on the size."""
        return tuple(sorted({self.starts[size] for size in on.size_standard.possible(on.answers)}))

    def span(self, on: Situation) -> Span | None:
        """Its days; None while they hang on a date that is not known. No first day while that depends on an open size.

        Of a date whose month or year alone is known: the days that it has wherever the date lies in it.
        """
        if self.starts:
            starts = self.possible_starts(on)
            return Span(starts[0] if len(starts) == 1 else None, self.end)
        if not self.month_after:
            window = self.in_year_of(on.as_of)
            return Span(window.start, window.end)
        counted = self.counted_starts(on)
        if counted is None:
            return None
        start, end = counted[1], self.counted_end(counted[0])
        return Span(start, end) if start <= end else None

    def counted_starts(self, on: Situation) -> tuple[date, date] | None:
        """Its earliest and latest first day by the date that it counts from; None while nothing is known of that."""
        value = on.answers.value(self.month_after)
        first, last = (value.first, value.last) if isinstance(value, PartialDate) else (value, value)
        if not isinstance(first, date) or not isinstance(last, date):
            return None
        return _month_after(first), _month_after(last)

    def counted_end(self, start: date) -> date:
        """The last of its days, counted from its first."""
        return start + timedelta(days=self.days - 1)

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
        endless = self.end is None and not self.month_after  # so is one that comes every year: its days are not fixed
        unsure = truth is Truth.UNKNOWN or self.by_call or (endless and on.as_of > confirmed_until)
        return None if unsure else True


def _day_in(year: int, month: int, day: int) -> date:
    """A day of a year; 29 February is the 28th where there is none."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month_after(day: date) -> date:
    """The first day of the month after that of a day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1]) + timedelta(days=1)


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
        if self.window.month_after:
            return self._counted(on)
        window = self.window.in_year_of(on.as_of)
        span = Span(window.start, window.end)
        if span.end is not None and on.as_of > span.end:
            return Truth.NO
        if started := self.window.started_for(on.as_of):
            return started.truth(on)
        start = min(self.window.starts, default=span.start)
        return Truth.of(start is None or start <= on.as_of)

    def _counted(self, on: Situation) -> Truth:
        """Whether the day is in time, by the days that the date it counts from can have."""
        starts = self.window.counted_starts(on)
        if starts is None:
            return Truth.UNKNOWN
        earliest, latest = starts
        if not earliest <= on.as_of <= self.window.counted_end(latest):
            return Truth.NO
        return Truth.YES if latest <= on.as_of <= self.window.counted_end(earliest) else Truth.UNKNOWN

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
