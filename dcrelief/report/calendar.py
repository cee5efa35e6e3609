"""The days of a plan as an iCalendar file (RFC 5545), with reminders at nine in the morning."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from dcrelief.language import language
from dcrelief.report.routes import AssessmentWriter
from dcrelief.rules.assessment import Assessment
from dcrelief.rules.model import Route
from dcrelief.rules.plan import plan

# Days begin at midnight: a week, a day before, or on the day, when people are up.
WEEK_BEFORE, DAY_BEFORE, ON_THE_DAY = (timedelta(days=days, hours=9) for days in (-7, -1, 0))
_REMINDERS = {
    "apply_by": (WEEK_BEFORE, DAY_BEFORE),
    "pay_by": (WEEK_BEFORE, DAY_BEFORE),
    "opens": (ON_THE_DAY,),
    "now": (ON_THE_DAY,),
}


def deadlines(assessment: Assessment) -> bytes | None:
    """An event for each day of the plan; None if it has none.

    Where what earns a day has none of its own, another event tomorrow: it is to be done now.
    """
    writer = _EventWriter(assessment)
    events = list(writer.events())
    if not events:
        return None
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//dcrelief//dcrelief//{language().upper()}")
    title = assessment.catalogue.words("calendar.title", title=assessment.catalogue.title)
    calendar.add("x-wr-calname", title)
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


class _EventWriter(AssessmentWriter, frozen=True):
    """Writes the events of one assessment."""

    def events(self) -> Iterator[Event]:
        """In the order of the days."""
        days = plan(self.assessment).days
        tomorrow = self.assessment.as_of + timedelta(days=1)
        for dated in days:
            if dated.verdict.route.window.now and dated.day > tomorrow:
                yield self._event("now", tomorrow, dated.verdict.route)
        for dated in days:
            yield self._event(dated.kind, dated.day, dated.verdict.route)

    def _event(self, kind: str, day: date, route: Route) -> Event:
        words, routes = self._words, self._routes
        summary = words(f"calendar.{kind}", name=routes.name(route))
        if self.business:
            summary = words("calendar.summary_of", summary=summary, business=self.business)
        contacts = [line for key in route.contacts for line in routes.contact(self._catalogue.contacts[key])]
        number = f"{self._catalogue.measure(route.measure).number}.{route.key}"
        title = self._catalogue.policy_of(route.measure).title
        identity = "/".join((title, self.business, number, kind, _dated(kind, day)))
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_URL, identity)))
        event.add("dtstamp", datetime.combine(self.assessment.as_of, time(), UTC))
        event.add("dtstart", day)
        event.add("summary", summary)
        event.add("description", "\n".join((route.window.text, words(f"action.{route.action}"), *contacts)))
        event.add("transp", "TRANSPARENT")
        for before in _REMINDERS[kind]:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", before)
            alarm.add("description", summary)
            event.add_component(alarm)
        return event


def _dated(kind: str, day: date) -> str:
    """What tells an event from others of its route: to be done now is one, whenever that is."""
    return "" if kind == "now" else day.isoformat()
