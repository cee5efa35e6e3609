"""What holds for a measure and its routes whoever asks: names, materials, steps, contacts; and the views of `show`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from msgspec import Struct

from dcrelief.report.cards import measure_card
from dcrelief.report.cites import cite, level_note, measure_name
from dcrelief.report.parts import Card, Field, Section, View, card, filled
from dcrelief.rules.assessment import Assessment
from dcrelief.rules.model import Catalogue, Contact, Measure, Policy, Route
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.words import Words

# What a contact may have besides people and phones.
DETAILS = ("email", "address", "hours", "note")


def document_line(words: Words, policy: Policy) -> str:
    """Which document it rests on: its title, who issued it, and the day of it if that is printed."""
    issued = words.joined(filter(None, (policy.issuer, policy.published)))
    return words("report.document", title=policy.short_title, issued=issued)


class RouteWriter(Struct, frozen=True):
    """Writes what holds for a route whoever asks: its materials, steps and contacts."""

    catalogue: Catalogue

    def name(self, route: Route) -> str:
        """The measure's number and title, and the route's title where the measure has several."""
        measure = self.catalogue.measure(route.measure)
        key = "report.name" if len(measure.routes) == 1 else "report.name_route"
        cited = cite(self.catalogue, measure.id)
        return self.catalogue.words(key, cited=cited, measure=measure.title, route=route.title)

    def short_name(self, route: Route) -> str:
        """The measure's number, and the title of the route, or of the measure if it has only one."""
        measure = self.catalogue.measure(route.measure)
        title = measure.title if len(measure.routes) == 1 else route.title
        return self.catalogue.words("report.short_name", cited=cite(self.catalogue, measure.id), route=title)

    def anchor(self, route: Route) -> str:
        """The name of its place on a page."""
        return f"route-{route.measure}-{route.key}"

    def rules(self, route: Route) -> tuple[Field, ...]:
        """Whom it is for, the conditions, where the document has them, the kind of benefit, and its basis."""
        words, describe = self.catalogue.words, Explainer(self.catalogue.facts, self.catalogue.words).describe
        return (
            Field(words("card.audience"), describe(route.audience)),
            Field(words("card.conditions"), describe(route.when)),
            self.cite(route),
            Field(words("card.benefit"), (words(f"benefit.{route.benefit}"),)),
            Field(words("card.basis_label"), (route.basis,)),
        )

    def cite(self, route: Route) -> Field:
        """Where in the document its conditions stand."""
        key = "card.cite_step" if route.at else "card.cite_opening"
        text = self.catalogue.words(key, cited=cite(self.catalogue, route.measure), at=route.at)
        return Field(self.catalogue.words("card.cite"), (text,))

    def names(self, routes: Iterable[Route]) -> str:
        """The short names of routes, those of a measure together."""
        by_measure: dict[str, list[Route]] = {}
        for route in routes:
            by_measure.setdefault(route.measure, []).append(route)
        names = []
        for id_, own in by_measure.items():
            measure = self.catalogue.measure(id_)
            whole = len(own) == len(measure.routes)
            title = measure.title if whole else self.catalogue.words("value.slash").join(route.title for route in own)
            names.append(self.catalogue.words("report.short_name", cited=cite(self.catalogue, id_), route=title))
        return self.catalogue.words.joined(names)

    def fields(self, route: Route, *, ask: bool = True) -> tuple[Field, ...]:
        """What to ask first, the materials, the steps, and the units that are responsible without being to call."""
        words = self.catalogue.words
        materials = route.materials or ((words("card.no_materials"),) if route.action == "apply" else ())
        steps, own = self._steps(route)
        units = route.units or self.catalogue.measure(route.measure).units
        called = {self.catalogue.contacts[key].unit for key in route.contacts}
        return (
            Field(words("card.ask_first"), (route.ask_first,) if ask and route.ask_first else ()),
            Field(words("card.materials"), materials, ticked=frozenset(range(len(route.materials)))),
            Field(words("card.steps"), steps, ticked=own, together=True),
            Field(words("card.units"), () if set(units) <= called else (words.joined(units),)),
        )

    def _steps(self, route: Route) -> tuple[tuple[str, ...], frozenset[int]]:
        """The applicant's steps in a line each, those of the office one after the other together; which are to do."""
        words, own = self.catalogue.words, set[int]()
        lines: list[str] = []
        for by, steps in groupby(route.steps, key=lambda step: step.by):
            texts = [
                words("card.step_at", at=step.at, text=step.text.rstrip("。.")) if step.at else step.text.rstrip("。.")
                for step in steps
            ]
            if by == "applicant":
                own |= set(range(len(lines), len(lines) + len(texts)))
                lines += texts
            else:
                lines.append(words("card.then", steps=words("value.also").join(texts)))
        return tuple(lines), frozenset(own)

    def contacts(self, route: Route) -> tuple[Field, ...]:
        """Whom to call, a field for each; in one those whose phones are not printed."""
        words, contacts = self.catalogue.words, [self.catalogue.contacts[key] for key in route.contacts]
        lines = [tuple(self.contact(contact)) for contact in contacts if contact.is_printed]
        if not lines:
            switchboard = self.catalogue.policy_of(route.measure).switchboard
            asked = words("plan.switchboard", phone=switchboard) if switchboard else ""
            lines = [(words.joined(contact.unit for contact in contacts) + asked,)]
        return tuple(Field(words("card.contacts"), each, together=True) for each in lines)

    def contact(self, contact: Contact) -> Iterator[str]:
        """A contact in lines, each with what it is: unit and people, phones, then what else is known."""
        words = self.catalogue.words
        people = words.joined(contact.people)
        yield words("contact.people", unit=contact.unit, people=people) if people else contact.unit
        if contact.phones:
            yield words("contact.phones", phones=words.joined(map(self.phone, contact.phones)))
        yield from self._details(contact, labels=True)

    def unit_line(self, unit: str, measures: Mapping[str, Iterable[str]]) -> str:
        """The contacts of a unit in a line, each with the measures that it is for; what all have stands first, once.

        measures: by the key of each contact, the ids of its measures.
        """
        words, known = self.catalogue.words, [self.catalogue.contacts[key] for key in measures]
        reach = [(contact.phones, tuple(self._details(contact, labels=False))) for contact in known]
        shared = [
            [text for text in kinds[0] if len(known) > 1 and all(text in own for own in kinds)]
            for kinds in zip(*reach, strict=True)
        ]
        head = self._reached(unit, *shared)
        said, lines = {text for texts in shared for text in texts}, []
        for contact, own, served in zip(known, reach, measures.values(), strict=True):
            phones, details = ([text for text in texts if text not in said] for texts in own)
            said.update(details)  # a note of two contacts stands with the first
            text = self._reached(words.joined(contact.people), phones, details)
            lines.append(words("report.contact_line", contact=text, cited=cite(self.catalogue, *served)))
        if not any(contact.people or contact.is_printed for contact in known):
            return f"{head}{words('value.also').join(lines)}"
        return words("contact.people", unit=head, people=words("value.also").join(lines))

    def _reached(self, who: str, phones: Iterable[str], details: Iterable[str]) -> str:
        return " ".join(filter(None, (who, self.catalogue.words.joined(map(self.phone, phones)), *details)))

    def _details(self, contact: Contact, *, labels: bool) -> Iterator[str]:
        """What a contact has besides people and phones; labels: each with what it is."""
        for detail in DETAILS:
            if text := getattr(contact, detail):
                labelled = labels or detail in ("hours", "note")
                yield self.catalogue.words(f"contact.{detail}", text=text) if labelled else text

    def phone(self, phone: str) -> str:
        """A phone for people: `64031118-2538/2539` has its extensions after 转."""
        number, _, extensions = phone.partition("-")
        if not extensions:
            return number
        words = self.catalogue.words
        return words("contact.extension", number=number, extensions=words("value.or").join(extensions.split("/")))

    def _told(self, route: Route) -> Iterator[str]:
        """The notes of a route, and how it goes together with the same support at another level."""
        yield from (note.text for note in route.notes)
        if note := level_note(self.catalogue, route):
            yield self.catalogue.words("card.beside", text=note)

    def card(self, measure: Measure) -> Card:
        """A measure as `show` prints it."""
        words = self.catalogue.words
        notes = tuple(note.text for note in measure.notes)
        routes = [
            card(
                route.title,
                words(f"action.{route.action}"),
                *self.rules(route),
                Field(words("card.window"), (route.window.text,)),
                *self.fields(route),
                *self.contacts(route),
                Field(words("card.notes"), (*self._told(route), *notes), prose=True),
            )
            for route in measure.routes
        ]
        return measure_card(words, card(routes[0].heading if len(routes) == 1 else words("card.shared"), ""), routes)


class AssessmentWriter(Struct, frozen=True):
    """Writes about one assessment, in the words of its catalogue."""

    assessment: Assessment

    @property
    def _catalogue(self) -> Catalogue:
        return self.assessment.catalogue

    @property
    def _words(self) -> Words:
        return self._catalogue.words

    @property
    def _routes(self) -> RouteWriter:
        return RouteWriter(self._catalogue)

    @property
    def _explainer(self) -> Explainer:
        return Explainer(self._catalogue.facts, self._words)

    @property
    def later(self) -> bool:
        """Whether it is for a day after the last one for which somebody has confirmed what is open."""
        return self.assessment.as_of > self._catalogue.confirmed_until

    @property
    def business(self) -> str:
        """The name of the business, empty if it is not known."""
        name = self.assessment.answers.value(self._catalogue.name_fact)
        return name if isinstance(name, str) else ""


def list_view(catalogue: Catalogue) -> View:
    """Every measure in a line."""
    words = catalogue.words
    names = (measure_name(catalogue, measure) for measure in catalogue.measures)
    units = (words.joined(measure.units) for measure in catalogue.measures)
    lines = tuple(words("list.line", name=name, units=of) for name, of in zip(names, units, strict=True))
    return View(catalogue.title, lines, ())


def measure_view(catalogue: Catalogue, measure: Measure, article: str = "") -> View:
    """A whole measure, route by route; then the article's own words, if there are any."""
    words = catalogue.words
    paragraphs = filter(None, (part.strip() for part in re.split(r"\u3000\u3000|\n", article)))
    sections = (
        Section("", cards=(RouteWriter(catalogue).card(measure),)),
        Section(words("show.article", cited=cite(catalogue, measure.id)), tuple(paragraphs)),
    )
    source = words("show.source", title=catalogue.policy_of(measure.id).short_title)
    return View(measure_name(catalogue, measure), (measure.summary, source), filled(sections))


def glossary_view(catalogue: Catalogue) -> View:
    """The terms of the document, and what they mean."""
    words = catalogue.words
    lines = (words("glossary.line", term=entry.term, meaning=entry.meaning) for entry in catalogue.glossary)
    return View(words("glossary.title", title=catalogue.title), tuple(lines), ())
