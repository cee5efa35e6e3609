"""From the tables of a data file to the windows of routes."""

from collections.abc import Mapping
from datetime import date

from dcrelief.catalogue.problems import Spot
from dcrelief.catalogue.schema import EventTable, StartsTable, WindowTable
from dcrelief.language import _
from dcrelief.rules.size import SizeClass, SizeStandard
from dcrelief.rules.windows import Window, months_after

_MOST_DAYS, _MOST_MONTHS = 3660, 120
_LEAP_YEAR = 2020  # has every day that any year has


class WindowBuilder:
    """Builds windows; effective: the day from which those hold that name none; events: what `until_event` refers to."""

    def __init__(self, effective: date, events: Mapping[str, EventTable], standard: SizeStandard) -> None:
        self._effective = effective
        self._events = events
        self._standard = standard

    def window(self, table: WindowTable, spot: Spot) -> Window:
        """The window of a table."""
        if (table.until_event == "") != (table.grace_months == 0) or not 0 <= table.grace_months <= _MOST_MONTHS:
            spot.report(_("until_event 和 grace_months（1 到 {most_months}）要一起写", most_months=_MOST_MONTHS))
            return Window(text=table.text)
        if sum(map(bool, (table.until, table.pay_by, table.until_event))) > 1:
            spot.report(_("until、pay_by 和 until_event 写其中一个"))
        if table.now and table.pay_by is None:
            spot.at("now").report(_("now 只和 pay_by 一起写"))
        if table.month_after:
            return self._counted(table, spot)
        if table.yearly:
            return self._yearly(table, table.yearly, spot.at("yearly"))
        if table.days:
            spot.at("days").report(_("days 要和 month_after 一起写"))
        if isinstance(table.start, StartsTable):
            starts = tuple(getattr(table.start, size.key) for size in SizeClass)
            if list(starts) != sorted(starts):
                spot.at("from").report(_("大的企业不能比小的先开始；请按 micro、small、medium、large 从早到晚写"))
        else:
            starts = (table.start or self._effective,)
        for name, day in (*(("from", start) for start in starts), ("until", table.until), ("pay_by", table.pay_by)):
            spot.at(name).day(day)
        event = self._event(table, spot)
        end = months_after(event.day, table.grace_months) if event and event.day else table.until or table.pay_by
        if end is not None and end < max(starts):
            spot.report(_("截止日 {end} 早于开始日 {max}，请改正", end=end, max=max(starts)))
        return Window(
            starts[0],
            end,
            table.by_call,
            text=table.text,
            starts=starts if len(starts) > 1 else (),
            standard=self._standard if len(starts) > 1 else None,
            event=event.name if event else "",
            grace_months=table.grace_months,
            last_day="pay_by" if table.pay_by else "apply_by",
            now=table.now,
        )

    @staticmethod
    def _yearly(table: WindowTable, yearly: tuple[str, str], spot: Spot) -> Window:
        """A window that comes every year."""
        if table.start or table.until or table.pay_by or table.until_event or table.days:
            spot.report(_("yearly 不和 from、until、pay_by、until_event、days 一起写"))
        first, last = (_day_of_year(text) for text in yearly)
        if first is None or last is None:
            spot.report(_('{days} 不是月和日，请写成 ["03-01", "04-30"]', days=_("、").join(yearly)))
            return Window(text=table.text)
        return Window(by_call=table.by_call, text=table.text, yearly=(first, last))

    def _counted(self, table: WindowTable, spot: Spot) -> Window:
        """A window that is counted from a date fact."""
        spot.at("month_after").fact_of_kind(table.month_after, ("date",))
        if not 1 <= table.days <= _MOST_DAYS:
            spot.at("days").report(_("month_after 要配上天数 days，1 到 {most_days}", most_days=_MOST_DAYS))
        if table.start or table.until or table.pay_by or table.until_event or table.by_call or table.yearly:
            spot.report(_("month_after 只和 days 一起写，不能再写 from、until、pay_by、until_event、by_call、yearly"))
        return Window(month_after=table.month_after, days=table.days, text=table.text)

    def _event(self, table: WindowTable, spot: Spot) -> EventTable | None:
        event = self._events.get(table.until_event)
        if table.until_event and event is None:
            names = {"until_event": table.until_event, "known": _("、").join(self._events) or _("（没有）")}
            spot.at("until_event").report(
                _("没有事件 {until_event}；有：{known}；请改正，或加上 [events.名字]", **names)
            )
        return event


def _day_of_year(text: str) -> tuple[int, int] | None:
    """Month and day of `03-01`; None if no year has such a day."""
    try:
        day = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError:
        return None
    return (day.month, day.day) if len(text) == len("03-01") else None
