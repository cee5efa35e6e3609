"""Deadlines in a calendar: read back by a library that did not write them."""

from datetime import date, timedelta

import vobject

from dcrelief.report.calendar import deadlines
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, answers, sample, shipped


def test_each_deadline_of_what_fits_with_a_reminder_a_week_before() -> None:
    written = deadlines(assess(shipped(), sample(), AS_OF))
    assert written is not None
    events = vobject.readOne(written.decode()).vevent_list
    assert [(event.dtstart.value, event.summary.value) for event in events] == [
        (date(2020, 3, 31), "最晚缴费：第35条 延长社会保险费征收期 · 单位1月、2月社保费延至3月底（示例餐馆（虚构））"),
        (date(2020, 7, 31), "最晚缴费：第35条 延长社会保险费征收期 · 受影响较大行业延至7月底（示例餐馆（虚构））"),
    ]
    for event in events:
        assert event.valarm.trigger.value == timedelta(days=-7)
        assert event.valarm.action.value == "DISPLAY"
        assert "电话 89945471、64077128" in event.description.value
        assert event.dtstamp.value.date() == AS_OF


def test_the_same_deadline_has_the_same_identity() -> None:
    assert uids(sample(), AS_OF) == uids(sample(), AS_OF + timedelta(days=1))


def uids(given: Answers, day: date) -> list[str]:
    written = deadlines(assess(shipped(), given, day))
    assert written is not None
    return [event.uid.value for event in vobject.readOne(written.decode()).vevent_list]


def test_two_businesses_have_deadlines_of_their_own() -> None:
    one, two = (sample().also(answers(name=name)) for name in ("甲", "乙"))
    assert set(uids(one, AS_OF)).isdisjoint(uids(two, AS_OF))


def test_in_the_last_week_a_day_before_too() -> None:
    written = deadlines(assess(shipped(), sample(), date(2020, 3, 28)))
    assert written is not None
    march, july = vobject.readOne(written.decode()).vevent_list
    assert [alarm.trigger.value.days for alarm in march.valarm_list] == [-7, -1]
    assert [alarm.trigger.value.days for alarm in july.valarm_list] == [-7]


def test_without_a_deadline_there_is_no_calendar() -> None:
    assert deadlines(assess(shipped(), Answers(), AS_OF)) is None
    assert deadlines(assess(shipped(), sample(), date(2020, 8, 1))) is None
