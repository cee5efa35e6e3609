"""Deadlines as an iCalendar file (RFC 5545), with a reminder a week before."""

from datetime import UTC, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from dcrelief.language import language
from dcrelief.report.overview import Overview
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.assessment import Assessment

REMINDER, LATE_REMINDER = timedelta(days=-7), timedelta(days=-1)


def deadlines(assessment: Assessment) -> bytes | None:
    """An event for each route that fits and has a last day; None if there is no such route."""
    catalogue = assessment.catalogue
    words, routes = catalogue.words, RouteWriter(catalogue)
    name = assessment.answers.value(catalogue.policy.name_fact)
    business = name if isinstance(name, str) else ""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//dcrelief//dcrelief//{language().upper()}")
    calendar.add("x-wr-calname", words("calendar.title", title=catalogue.policy.short_title))
    for end, verdict in Overview(assessment).dated():
        route = verdict.route
        summary = words(f"calendar.{route.window.last_day}", name=routes.name(route))
        if business:
            summary = words("calendar.summary_of", summary=summary, business=business)
        contacts = [line for key in route.contacts for line in routes.contact(catalogue.contacts[key])]
        identity = "/".join((catalogue.policy.title, business, route.id, end.isoformat()))
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_URL, identity)))
        event.add("dtstamp", datetime.combine(assessment.as_of, time(), UTC))
        event.add("dtstart", end)
        event.add("summary", summary)
        event.add("description", "\n".join((route.window.text, words(f"action.{route.action}"), *contacts)))
        event.add("transp", "TRANSPARENT")
        late = end + REMINDER <= assessment.as_of  # a week or less is left: remind a day before, too
        for before in (REMINDER, LATE_REMINDER) if late else (REMINDER,):
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", before)
            alarm.add("description", summary)
            event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical() if calendar.subcomponents else None
