"""What to do, from an assessment: the days, each office with what to ask of it, and what else there is.

Every route that fits stands in the plan once: at its office, among the services, or among what comes of itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from dcrelief.rules.assessment import Assessment, Verdict, by_sides, left_to_office, situation
from dcrelief.rules.estimates import Interval
from dcrelief.rules.model import Catalogue, Contact, Route
from dcrelief.rules.truth import Truth
from dcrelief.rules.windows import LastDay

DayKind = LastDay | Literal["opens"]


class Dated(Struct, frozen=True):
    """A day, what is to be done by it or what opens on it, and the route."""

    day: date
    kind: DayKind
    verdict: Verdict


class Entry(Struct, frozen=True):
    """A route at its office. phones: those of its first contact that are not the whole office's.

    instead: what is left, one after the other, where it is not to be had. The verdict may be open: then what is open is
    for the office to settle.
    """

    verdict: Verdict
    phones: tuple[str, ...]
    instead: tuple[Verdict, ...] = ()


class Office(Struct, frozen=True):
    """An office to call. phones: those that every route's first contact there has. also: what is for every business."""

    unit: str
    phones: tuple[str, ...]
    entries: tuple[Entry, ...]
    also: tuple[Entry, ...]


class Plan(Struct, frozen=True):
    """What to do. offices: with money or a day at stake first; services: offices that have nothing but `also`.

    asked: what stands at its office though it is open: the office settles it, or only that is open whether the same was
    taken at another level. automatic: what comes of itself. waiting: what still needs an answer. Both the largest
    amount first. had: what was taken already. levels: by the id of a route, the same support at other levels, which
    does not stand in the plan besides.
    """

    totals: dict[str, Interval]
    days: tuple[Dated, ...]
    offices: tuple[Office, ...]
    services: tuple[Office, ...]
    automatic: tuple[Verdict, ...]
    asked: tuple[Verdict, ...]
    waiting: tuple[Verdict, ...]
    had: tuple[Verdict, ...]
    levels: Mapping[str, tuple[Verdict, ...]]


def plan(assessment: Assessment) -> Plan:
    """The plan of an assessment."""
    catalogue, eligible = assessment.catalogue, assessment.with_outcome("eligible")
    fitting = tuple(verdict for verdict in eligible if not verdict.taken)
    on = situation(catalogue, assessment.answers, assessment.as_of)
    waiting = assessment.with_outcome("needs_info")
    asked = tuple(
        verdict
        for verdict in waiting
        if left_to_office(catalogue, verdict.route, on) or waits_for_level(catalogue, verdict)
    )
    automatic = tuple(verdict for verdict in fitting if verdict.route.action == "automatic")
    levels = _levels(fitting)
    behind = {verdict.route.id for verdicts in levels.values() for verdict in verdicts}
    automatic = tuple(verdict for verdict in automatic if verdict.route.id not in behind)
    by_unit: dict[str, list[Verdict]] = {}
    for verdict in (*fitting, *asked):
        if verdict not in automatic and verdict.route.id not in behind:
            by_unit.setdefault(first_contact(catalogue, verdict.route).unit, []).append(verdict)
    offices = [_office(catalogue, unit, verdicts, levels) for unit, verdicts in by_unit.items()]
    called = [office for office in offices if office.entries]
    return Plan(
        totals=assessment.totals,
        days=tuple(dated for dated in _days(assessment) if dated.verdict.route.id not in behind),
        offices=tuple(sorted(called, key=lambda office: not any(_at_stake(e.verdict, levels) for e in office.entries))),
        services=tuple(office for office in offices if not office.entries),
        automatic=automatic,
        asked=asked,
        waiting=tuple(verdict for verdict in waiting if verdict not in asked),
        had=tuple(verdict for verdict in eligible if verdict.taken),
        levels=levels,
    )


def waits_for_level(catalogue: Catalogue, verdict: Verdict) -> bool:
    """Whether all that is open of a route that asks to be done is whether the same was taken at another level."""
    to_do = verdict.route.action != "automatic"
    return to_do and bool(verdict.missing) and set(verdict.missing) <= catalogue.taken.keys()


def first_contact(catalogue: Catalogue, route: Route) -> Contact:
    """Whom to call first for a route."""
    return catalogue.contacts[route.contacts[0]]


def phones_for(contact: Contact, route: Route) -> tuple[str, ...]:
    """The phones of a contact as one calls them for a route: first those that its own steps name."""
    told = "".join(step.text for step in route.steps)
    return tuple(sorted(contact.phones_in_order, key=lambda phone: phone.partition("-")[0] not in told))


def for_everyone(catalogue: Catalogue, route: Route) -> bool:
    """Whether being of its kind and size is all that a route asks."""
    return set(route.when.facts()) <= set(catalogue.size_standard.facts())


def _levels(fitting: Sequence[Verdict]) -> dict[str, tuple[Verdict, ...]]:
    """The same support at other levels, behind the first route of the level to go to.

    That is the one that counts or, of one sum at two levels, the one that carries it out.
    """

    def leads(side: list[Verdict]) -> tuple[bool, bool]:
        support = side[0].route.support
        assert support is not None
        return (support.carries_out, any(not verdict.left_out_for for verdict in side))

    behind: dict[str, tuple[Verdict, ...]] = {}
    for sides in by_sides(fitting):
        first = max(sides, key=leads)
        if others := tuple(verdict for side in sides if side is not first for verdict in side):
            behind[first[0].route.id] = others
    return behind


def _at_stake(verdict: Verdict, levels: Mapping[str, Sequence[Verdict]]) -> bool:
    dated = verdict.window is not None and verdict.window.end is not None
    any_amount = any(each.amount for each in (verdict, *levels.get(verdict.route.id, ())))
    return bool(verdict.route.total and any_amount) or dated


def _office(
    catalogue: Catalogue, unit: str, verdicts: Sequence[Verdict], levels: Mapping[str, Sequence[Verdict]]
) -> Office:
    contacts = {verdict.route.id: first_contact(catalogue, verdict.route) for verdict in verdicts}
    first, *others = contacts.values()
    shared = tuple(phone for phone in first.phones_in_order if all(phone in other.phones for other in others))
    instead: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        instead.setdefault(_stands_in_for(verdict.route), []).append(verdict)
    entries: list[Entry] = []
    also: list[Entry] = []
    for verdict in verdicts:
        if _stands_in_for(verdict.route) in contacts:
            continue
        own = tuple(phone for phone in contacts[verdict.route.id].phones_in_order if phone not in shared)
        entry = Entry(verdict, own, tuple(_chain(verdict, instead)))
        more = for_everyone(catalogue, verdict.route) and verdict.route.id not in levels
        (also if more else entries).append(entry)
    entries.sort(key=lambda entry: not _at_stake(entry.verdict, levels))
    return Office(unit, shared, tuple(entries), tuple(also))


def _stands_in_for(route: Route) -> str:
    """The id of the route in whose place it is, empty if in nobody's."""
    return f"{route.measure}.{route.stands_in_for}" if route.stands_in_for else ""


def _chain(verdict: Verdict, instead: Mapping[str, Sequence[Verdict]]) -> Iterator[Verdict]:
    """What is left where a route is not to be had, and where that is not, either."""
    for following in instead.get(verdict.route.id, ()):
        yield following
        yield from _chain(following, instead)


def _days(assessment: Assessment) -> list[Dated]:
    """The last days of what fits, and the first of what would fit but has not started; the nearest first."""
    days = [
        Dated(verdict.window.end, verdict.route.window.last_day, verdict)
        for verdict in assessment.with_outcome("eligible")
        if verdict.window is not None and verdict.window.end is not None
    ]
    on = situation(assessment.catalogue, assessment.answers, assessment.as_of)
    for verdict in assessment.with_outcome("not_eligible"):
        start = verdict.window.start if verdict.window is not None else None
        scope, audience, _ = assessment.catalogue.tree(verdict.route)
        met = all(gate.truth(on) is Truth.YES for gate in (scope, audience, verdict.route.when))
        if start is not None and start > assessment.as_of and met:
            days.append(Dated(start, "opens", verdict))
    return sorted(days, key=lambda dated: dated.day)
