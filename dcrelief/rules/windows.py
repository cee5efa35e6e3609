"""The days on which a route can be taken up, and how they bear on a verdict."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from dcrelief.rules.conditions import Judged, Situation, Term
from dcrelief.rules.facts import Month
from dcrelief.rules.truth import Truth


class Span(Struct, frozen=True):
    """The days of a window, both included; None where the document leaves an end open."""

    start: date | None
    end: date | None


class Window(Struct, frozen=True):
    """When a route can be taken up: fixed days, days counted from a date fact, or a call yet to come (by_call).

    text: what the document says of it. month_after: the date fact whose following month opens it, for `days` days.
    starts: its first day by size class, smallest first, where that depends on the size. event: what ends it,
    grace_months later; no end while that has no day.
    """

    start: date | None = None
    end: date | None = None
    by_call: bool = False
    month_after: str = ""
    days: int = 0
    text: str = ""
    starts: tuple[date, ...] = ()
    event: str = ""
    grace_months: int = 0

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

    def is_open(self, on: Situation, confirmed_until: date) -> bool | None:
        """Whether it is open on the day; None while nobody can say: no call yet, no date, or nobody confirmed it."""
        span = self.span(on)
        if span is None or self.by_call:
            return None
        starts = self.possible_starts(on) if self.starts else (span.start,)
        if starts[0] is not None and on.as_of < starts[0]:
            return False
        if starts[-1] is not None and on.as_of < starts[-1]:
            return None
        if span.end is not None:
            return on.as_of <= span.end
        return True if on.as_of <= confirmed_until else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class NotOver(Judged, frozen=True):
    """The condition that a window has not ended; one that has yet to open still fits."""

    window: Window

    @property
    def fact(self) -> str:
        """The date fact it counts from, empty for fixed days."""
        return self.window.month_after

    def truth(self, on: Situation) -> Truth:
        """NO after its last day, UNKNOWN while that is unknown."""
        span = self.window.span(on)
        if span is None:
            return Truth.UNKNOWN
        return Truth.of(span.end is None or on.as_of <= span.end)

    def terms(self, on: Situation) -> Iterator[Term]:
        """Itself, unless there is nothing to say against it."""
        truth = self.truth(on)
        if truth is not Truth.YES:
            yield Term(self, truth)
