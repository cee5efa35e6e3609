"""Deadlines in a calendar: read back by a library that did not write them."""

from datetime import date, datetime, time, timedelta

import vobject

from dcrelief.report.calendar import deadlines
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, answers, sample, shipped


def test_each_day_with_two_reminders_and_what_to_do_now() -> None:
    written = deadlines(assess(shipped(), sample(), AS_OF))
    assert written is not None
    events = vobject.readOne(written.decode()).vevent_list
    march = "第35条 延长社会保险费征收期 · 单位1月、2月社保费延至3月底（示例餐馆（虚构））"
    july = "第35条 延长社会保险费征收期 · 受影响较大行业延至7月底（示例餐馆（虚构））"
    assert [(event.dtstart.value, event.summary.value) for event in events] == [
        (date(2020, 2, 21), f"现在就办：{july}"),
        (date(2020, 3, 31), f"最晚缴费：{march}"),
        (date(2020, 7, 31), f"最晚缴费：{july}"),
    ]
    for event in events:
        reminders = [(event.dtstart.value, alarm.trigger.value) for alarm in event.valarm_list]
        times = [datetime.combine(day, time()) + before for day, before in reminders]
        days_before = [7, 1] if "最晚" in event.summary.value else [0]
        assert [(event.dtstart.value - moment.date()).days for moment in times] == days_before
        assert {moment.time() for moment in times} == {time(9)}
        assert event.valarm.action.value == "DISPLAY"
        assert "电话 89945471、64077128" in event.description.value
        assert event.dtstamp.value.date() == AS_OF


def test_a_day_to_apply_by_and_one_on_which_it_opens() -> None:
    hired = {"in_dongcheng": True, "kind": "enterprise", "hired_unemployed": True}
    for reached, day, said in (
        ("2019-12-15", date(2020, 3, 30), "截止："),
        ("2020-02-10", date(2020, 3, 1), "开始办："),
    ):
        written = deadlines(assess(shipped(), answers(**hired, contract_reached=reached), AS_OF))
        assert written is not None
        (event,) = vobject.readOne(written.decode()).vevent_list
        assert event.dtstart.value == day
        assert event.summary.value.startswith(said)


def test_the_same_deadline_has_the_same_identity() -> None:
    assert uids(sample(), AS_OF) == uids(sample(), AS_OF + timedelta(days=1))


def uids(given: Answers, day: date) -> list[str]:
    written = deadlines(assess(shipped(), given, day))
    assert written is not None
    return [event.uid.value for event in vobject.readOne(written.decode()).vevent_list]


def test_two_businesses_have_deadlines_of_their_own() -> None:
    one, two = (sample().also(answers(name=name)) for name in ("甲", "乙"))
    assert set(uids(one, AS_OF)).isdisjoint(uids(two, AS_OF))


def test_without_a_deadline_there_is_no_calendar() -> None:
    assert deadlines(assess(shipped(), Answers(), AS_OF)) is None
    assert deadlines(assess(shipped(), sample(), date(2020, 8, 1))) is None
