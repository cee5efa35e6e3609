"""From the tables of a data file to the windows of routes."""

from collections.abc import Mapping
from datetime import date

from dcrelief.catalogue.problems import Place, Problems
from dcrelief.catalogue.schema import EventTable, StartsTable, WindowTable
from dcrelief.language import _
from dcrelief.rules.size import SizeClass
from dcrelief.rules.windows import Window, months_after

_MOST_DAYS, _MOST_MONTHS = 3660, 120


class WindowBuilder:
    """Builds windows; effective: the day from which those hold that name none; events: what `until_event` refers to."""

    def __init__(self, problems: Problems, effective: date, events: Mapping[str, EventTable]) -> None:
        self._problems = problems
        self._effective = effective
        self._events = events

    def window(self, table: WindowTable, place: Place) -> Window:
        """The window of a table."""
        if (table.until_event == "") != (table.grace_months == 0) or not 0 <= table.grace_months <= _MOST_MONTHS:
            self._problems.report(
                place, _("until_event 和 grace_months（1 到 {most_months}）要一起写", most_months=_MOST_MONTHS)
            )
            return Window(text=table.text)
        if table.until_event and table.until:
            self._problems.report(place, _("until 和 until_event 写其中一个"))
        if table.month_after:
            self._problems.fact_of_kind(table.month_after, ("date",), place.at("month_after"))
            if not 1 <= table.days <= _MOST_DAYS:
                self._problems.report(
                    place.at("days"), _("month_after 要配上天数 days，1 到 {most_days}", most_days=_MOST_DAYS)
                )
            if table.start or table.until or table.until_event or table.by_call:
                self._problems.report(
                    place, _("month_after 只和 days 一起写，不能再写 from、until、until_event、by_call")
                )
            return Window(month_after=table.month_after, days=table.days, text=table.text)
        if table.days:
            self._problems.report(place.at("days"), _("days 要和 month_after 一起写"))
        starts: tuple[date, ...] = ()
        if isinstance(table.start, StartsTable):
            starts = tuple(getattr(table.start, size.key) for size in SizeClass)
        start = starts[0] if starts else table.start if isinstance(table.start, date) else self._effective
        for name, day in (("from", start), *(("from", each) for each in starts), ("until", table.until)):
            self._problems.day(day, place.at(name))
        event = self._event(table, place)
        end = table.until
        if event is not None and event.day is not None:
            end = months_after(event.day, table.grace_months)
        if end is not None and end < max((start, *starts)):
            self._problems.report(place, _("截止日 {end} 早于开始日 {max}，请改正", end=end, max=max((start, *starts))))
        return Window(
            start,
            end,
            table.by_call,
            text=table.text,
            starts=starts,
            event=event.name if event is not None else "",
            grace_months=table.grace_months,
        )

    def _event(self, table: WindowTable, place: Place) -> EventTable | None:
        event = self._events.get(table.until_event)
        if table.until_event and event is None:
            known = _("、").join(self._events) or _("（没有）")
            self._problems.report(
                place.at("until_event"),
                _(
                    "没有事件 {until_event}；有：{known}；请改正，或加上 [events.名字]",
                    until_event=table.until_event,
                    known=known,
                ),
            )
        return event
