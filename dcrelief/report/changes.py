"""What differs between two catalogues, or between two days of one, in words: field by field."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from dcrelief.report.amounts import interval, rates
from dcrelief.report.cites import cite
from dcrelief.report.parts import Section, View, filled
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.assessment import situation
from dcrelief.rules.estimates import EstimateRule, Formula, Interval, Support, Tier
from dcrelief.rules.facts import Answers, Fact
from dcrelief.rules.model import Catalogue, Contact, Mailbox, Remark, Route
from dcrelief.rules.money import percent
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.size import Row, SizeClass
from dcrelief.rules.windows import Window

Lines = tuple[str, ...]


class Thing(Struct, frozen=True):
    """Something that two catalogues may both have: its name, and its fields, each in lines."""

    name: str
    fields: dict[str, Lines]


class Side(Struct, frozen=True):
    """One of the two that are compared: a catalogue on a day. file: where it came from, empty for the usual one."""

    catalogue: Catalogue
    day: date
    file: str = ""


def change_sections(old: Side, new: Side) -> tuple[Section, ...]:
    """Everything that differs, group by group. Between two days of one catalogue these are the windows alone."""
    words = new.catalogue.words
    before, after = (ThingWriter(side.catalogue).groups() for side in (old, new))
    groups = [
        Section(words(f"diff.{group}_title"), tuple(_changes(new.catalogue, before[group], things)))
        for group, things in after.items()
    ]
    if old.day != new.day:
        groups.append(Section(words("diff.days_title", old=old.day, new=new.day), tuple(_windows(old, new))))
    return filled(groups)


def _changes(catalogue: Catalogue, before: dict[str, Thing], after: dict[str, Thing]) -> Iterator[str]:
    words = catalogue.words
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if new is None:
            yield words("diff.removed", name=before[key].name)
        elif old is None:
            yield words("diff.added", name=new.name)
        else:
            for field in dict.fromkeys((*old.fields, *new.fields)):
                change = _change(catalogue, old.fields.get(field, ()), new.fields.get(field, ()))
                if change:
                    yield words("diff.field", name=new.name, field=field, change=change)


def _change(catalogue: Catalogue, old: Lines, new: Lines) -> str:
    """How the lines of a field have changed, empty if they have not."""
    words = catalogue.words
    gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
    if len(gone) == len(come) == 1:
        return words("diff.instead", old=gone[0], new=come[0])
    if not gone and not come:
        return words("diff.order") if old != new else ""
    parts = [words("diff.gone", line=line) for line in gone] + [words("diff.come", line=line) for line in come]
    return words("value.also").join(parts)


def _windows(old: Side, new: Side) -> Iterator[str]:
    """Routes of both of whose window something else is to be said on the one day than on the other."""
    words, writer = new.catalogue.words, RouteWriter(new.catalogue)
    before = {route.id: route for route in old.catalogue.routes()}
    alike: dict[tuple[str, str], list[str]] = {}
    for route in new.catalogue.routes():
        if route.id in before and route.action != "none":
            earlier, later = _state(old, before[route.id]), _state(new, route)
            if earlier != later:
                alike.setdefault((earlier, later), []).append(writer.short_name(route))
    for (earlier, later), names in alike.items():
        yield words("diff.window", old=earlier, new=later, names=words.joined(names))


def _state(side: Side, route: Route) -> str:
    """Whether a window is open on a day, in words, for a business that nothing is known of."""
    words, end = side.catalogue.words, route.window.in_year_of(side.day).end
    if end is not None and side.day > end:
        return words("diff.window_over", end=end)
    if route.window.started_for(side.day):
        return words("diff.window_by_size")
    on = situation(side.catalogue, Answers(), side.day)
    is_open = route.window.is_open(on, side.catalogue.policy_of(route.measure).confirmed_until)
    if is_open is None:
        return words("diff.window_unsure")
    return words("diff.window_open" if is_open else "diff.window_not_yet")


# Fields by which the things of two catalogues are matched, and routes, which are things of their own.
_NOT_COMPARED = ("id", "key", "number", "measure", "mark", "routes")


class ThingWriter:
    """Puts all of a catalogue into words that can be compared with another."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._words = catalogue.words
        self._explainer = Explainer(catalogue.facts, catalogue.words)
        self._routes = RouteWriter(catalogue)

    def groups(self) -> dict[str, dict[str, Thing]]:
        """The things of each group, by a key that is the same in another catalogue."""
        catalogue, words = self._catalogue, self._words
        routes = {
            f"{route.measure} {route.key}": self._thing(self._routes.name(route), route) for route in catalogue.routes()
        }
        measures = {
            measure.id: self._thing(
                words("diff.measure", cited=cite(catalogue, measure.id), title=measure.title), measure
            )
            for measure in catalogue.measures
        }
        rows = {
            row.name: Thing(row.name, {words("diff.bounds"): tuple(self._bounds(row))})
            for row in catalogue.size_standard.rows
        }
        contacts = {
            key: Thing(self._contact_name(contact), {words("diff.contact"): tuple(self._routes.contact(contact))})
            for key, contact in catalogue.contacts.items()
        }
        return {
            "policy": self._policies(),
            "measures": dict(sorted((measures | routes).items(), key=_by_number)),
            "contacts": contacts,
            "facts": {key: self._thing(words("value.quoted", text=f.label), f) for key, f in catalogue.facts.items()},
            "size": {"": self._standard(), **rows},
            "glossary": {entry.key: self._thing(entry.term, entry) for entry in catalogue.glossary},
            "asked": self._asked(),
        }

    def _policies(self) -> dict[str, Thing]:
        policies = self._catalogue.policies
        return {p.key if len(policies) > 1 else "": self._thing(p.short_title, p) for p in policies}

    def _thing(self, name: str, struct: Struct) -> Thing:
        """Every field of a struct under its label; several may have one label."""
        fields: dict[str, Lines] = {}
        for field in struct.__struct_fields__:
            if field not in _NOT_COMPARED:
                label, lines = self._words(f"field.{field}"), filter(None, self._lines(field, struct))
                fields[label] = (*fields.get(label, ()), *lines)
        return Thing(name, fields)

    def _lines(self, field: str, struct: Any) -> Iterable[str]:
        """The value of a field in lines."""
        value = getattr(struct, field)
        match field, value:
            case _, None:
                return ()
            case "action" | "benefit", _:
                return (self._words(f"{field}.{value}"),)
            case "audience" | "when" | "scope", _:
                return self._explainer.describe(value)
            case "window", Window():
                return self._window(value)
            case "estimate", EstimateRule():
                return self._estimate(value)
            case "support", Support():
                key = "diff.support_carried" if value.carries_out else "diff.support_level"
                return (self._words(key, kind=value.kind, level=value.level),)
            case "exclusive", _:
                others = (r for r in self._catalogue.routes() if value and r.exclusive == value and r != struct)
                return (self._words("diff.exclusive", name=self._routes.short_name(other)) for other in others)
            case "notes", _:
                return (self._remark(note) for note in value)
            case "subject", _:
                return (subject.label for subject in self._catalogue.subjects if subject.key == value)
            case "steps", _:
                return (self._with(step.text, step.at) for step in value)
            case "mail", Mailbox():
                contact = self._contact_name(self._catalogue.contacts[value.contact])
                return (contact, value.addressee, *value.details)
            case "contacts", _:
                return (self._contact_name(self._catalogue.contacts[key]) for key in value)
            case "at", _:
                return self._routes.cite(struct).lines
            case "exceptions", _:
                return (self._with(each.fact, each.why) for each in value)
            case "rules", _:
                applies = ((rule.text, self._words(f"diff.applies_{rule.applies}")) for rule in value)
                return (self._words("diff.rule", text=text, applies=each) for text, each in applies)
            case "name_fact" | "id_fact", str():
                return (self._catalogue.fact_label(value),) if value else ()
            case "facts", _:
                return map(self._catalogue.fact_label, value)
            case "choices", _:
                return (self._with(each.label, self._words.joined((each.key, *each.aliases))) for each in value)
            case _, date():
                return (self._words(f"diff.{field}", day=value),)
            case _, Struct() | tuple():
                return map(str, astuple(value) if isinstance(value, Struct) else value)
        return (str(value),)

    def _with(self, text: str, what: str) -> str:
        return self._words("diff.with", text=text, what=what) if what else text

    def _remark(self, remark: Remark) -> str:
        return self._with(remark.text, self._words("value.also").join(self._explainer.describe(remark.when)))

    def _standard(self) -> Thing:
        words, standard = self._words, self._catalogue.size_standard
        fields = {
            words("field.title"): (standard.title, standard.source),
            words("card.notes"): tuple(standard.notes.values()),
            words("diff.remarks"): tuple(map(self._remark, self._catalogue.size_remarks)),
        }
        return Thing(words("report.size_title"), fields)

    def _asked(self) -> dict[str, Thing]:
        """The screens of the interview, and how yes, no and not known are written."""
        words, catalogue = self._words, self._catalogue
        pages = {
            f"page {page.key}": self._thing(words("value.quoted", text=page.title), page) for page in catalogue.pages
        }
        whole = {
            words("diff.screens"): tuple(page.title for page in catalogue.pages),
            words("diff.topics"): tuple(topic.label for topic in catalogue.topics),
            words("diff.tokens"): tuple(map(str, chain(*astuple(catalogue.tokens)))),
        }
        return {"": Thing(words("diff.interview"), whole), **pages}

    def _window(self, window: Window) -> Iterator[str]:
        words = self._words
        yield window.text
        if window.starts:
            for size in SizeClass:
                yield words("diff.from_size", size=self._explainer.size_name(size), day=window.starts[size])
        elif window.start is not None:
            yield words("diff.from", day=window.start)
        if window.end is not None:
            yield words(f"diff.{window.last_day}", day=window.end)
        if window.yearly:
            first, last = (words("value.day_of_year", month=month, day=day) for month, day in window.yearly)
            yield words("diff.yearly", first=first, last=last)
        if window.now:
            yield words("diff.now")
        if window.event:
            yield words("report.until_event", event=window.event, months=window.grace_months)
        if window.by_call:
            yield words("report.by_call")
        if window.month_after:
            label = self._catalogue.fact_label(window.month_after)
            yield words("diff.month_after", label=label, days=window.days)

    def _estimate(self, rule: EstimateRule) -> Iterator[str]:
        words = self._words
        for formula in rule.formulas:
            yield from self._formula(formula)
        if rule.cap is not None:
            yield words("diff.cap", cap=words.money(rule.cap))
        if rule.used:
            yield words("diff.used", label=self._catalogue.fact_label(rule.used))
        if rule.shared:
            yield words("diff.shared", name=rule.shared.name, cap=words.money(rule.shared.most))

    def _formula(self, formula: Formula) -> Iterator[str]:
        words, facts = self._words, self._catalogue.facts
        for tier in formula.tiers:
            sums = interval(words, Interval(*tier.sums))
            rate = sums if tier.rates is None else rates(words, formula, tier)
            if formula.base:
                base = facts[formula.base]
                yield words("diff.tier", label=base.label, stretch=self._stretch(base, tier), rate=rate)
            else:
                yield rate
        if formula.times:
            times = facts[formula.times]
            yield words("diff.times", label=times.label, most=self._explainer.show(times, formula.times_at_most))
        if formula.raised:
            when = words("value.also").join(self._explainer.describe(formula.raised.when))
            yield words("diff.raised", by=percent(formula.raised.by), when=when)
        if formula.cap is not None:
            yield words("diff.cap", cap=words.money(formula.cap))

    def _stretch(self, base: Fact, tier: Tier) -> str:
        """The part of a base that a tier is for, empty for all of it."""
        words, start = self._words, self._explainer.show(base, tier.start)
        if tier.below is None:
            return words("diff.stretch_above", start=start) if tier.start else ""
        return words("diff.stretch", start=start, below=self._explainer.show(base, tier.below))

    def _contact_name(self, contact: Contact) -> str:
        return next(iter(self._routes.contact(contact)))

    def _bounds(self, row: Row) -> Iterator[str]:
        words, industry = self._words, self._catalogue.facts[self._catalogue.size_standard.industry_fact]
        yield words.joined(map(industry.choice_label, row.industries))
        if row.by_reference:
            names = words.joined(map(industry.choice_label, row.by_reference))
            yield words("diff.by_reference", names=names)
        for metric in row.metrics:
            fact = self._catalogue.facts[metric.fact]
            bounds = words.joined(self._explainer.show(fact, bound) for bound in metric.bounds)
            yield words("diff.bound", label=fact.label, bounds=bounds)


def _by_number(item: tuple[str, Thing]) -> tuple[str, int, bool]:
    """Each measure before its routes, these in their own order."""
    measure, _, route = item[0].partition(" ")
    document, _, number = measure.rpartition(".")
    return document, int(number), bool(route)


def changes_view(old: Side, new: Side, shifts: tuple[Section, ...]) -> View:
    """What changed, and then what businesses gain and lose."""
    words, changed = new.catalogue.words, change_sections(old, new)
    lines = tuple(
        words(f"diff.{key}_side", title=side.catalogue.title, day=side.day)
        + (words("diff.file", file=side.file) if side.file else "")
        for key, side in (("old", old), ("new", new))
    )
    if not changed:
        lines += (words(_sameness(old.catalogue, new.catalogue)),)
    return View(words("diff.view_title"), lines, changed + shifts)


def _sameness(old: Catalogue, new: Catalogue) -> str:
    """What to say where no change is found: the same files; the same but for wording; or a change that is not shown."""
    if old.source == new.source:
        return "diff.same"
    alike = replace(old, source="", paths=(), words=new.words, accepted=()) == replace(
        new, source="", paths=(), accepted=()
    )
    return "diff.same_in_words" if alike else "diff.same_as_shown"
