"""What is true of a measure and its routes whoever asks: names, materials, steps, contacts; and the views of `show`."""

import re
from collections.abc import Iterator

from msgspec import Struct

from dcrelief.report.parts import Field, Section, View, card
from dcrelief.rules.model import Catalogue, Contact, Measure, Route
from dcrelief.rules.reasons import Explainer


class RouteWriter(Struct, frozen=True):
    """What is true of a route whoever asks: its materials, steps and contacts."""

    catalogue: Catalogue

    def name(self, route: Route) -> str:
        """Measure number and title, and the route's where the measure has several."""
        measure = self.catalogue.measure(route.measure)
        key = "report.name" if len(measure.routes) == 1 else "report.name_route"
        return self.catalogue.words(key, number=route.measure, measure=measure.title, route=route.title)

    def short_name(self, route: Route) -> str:
        """Measure number, and the title of what one takes up."""
        measure = self.catalogue.measure(route.measure)
        title = measure.title if len(measure.routes) == 1 else route.title
        return self.catalogue.words("report.short_name", number=route.measure, route=title)

    def anchor(self, route: Route) -> str:
        """The name of its place on a page."""
        return f"route-{route.measure}-{route.key}"

    def rules(self, route: Route) -> tuple[Field, ...]:
        """Whom it is for, what must hold, where the document says so, what it brings, and how much by what."""
        words, describe = self.catalogue.words, Explainer(self.catalogue.facts, self.catalogue.words).describe
        return (
            Field(words("card.audience"), describe(route.audience)),
            Field(words("card.conditions"), describe(route.when)),
            self.cite(route),
            Field(words("card.benefit"), (words(f"benefit.{route.benefit}"),)),
            Field(words("card.basis_label"), (route.basis,)),
        )

    def cite(self, route: Route) -> Field:
        """Where the document says whom it is for and what must hold."""
        key = "card.cite_step" if route.at else "card.cite_opening"
        text = self.catalogue.words(key, number=route.measure, at=route.at)
        return Field(self.catalogue.words("card.cite"), (text,))

    def fields(self, route: Route) -> tuple[Field, ...]:
        """What to ask first, the materials, the steps, whom to call, and the responsible units."""
        words = self.catalogue.words
        materials = route.materials or ((words("card.no_materials"),) if route.action == "apply" else ())
        steps = tuple(
            words("card.step" if not step.at else "card.step_at", number=n, text=step.text.rstrip("。."), at=step.at)
            for n, step in enumerate(route.steps, 1)
        )
        contacts = (tuple(self.contact(self.catalogue.contacts[key])) for key in route.contacts)
        units = words("value.separator").join(self.catalogue.measure(route.measure).units)
        return (
            Field(words("card.ask_first"), (route.ask_first,) if route.ask_first else ()),
            Field(words("card.materials"), materials, ticked=len(route.materials)),
            Field(words("card.steps"), steps, ticked=len(steps)),
            *(Field(words("card.contacts"), lines) for lines in contacts),
            Field(words("card.units"), (units,)),
        )

    def contact(self, contact: Contact) -> Iterator[str]:
        """A contact in lines: unit and people, phones, then what else is known."""
        words = self.catalogue.words
        people = words("value.separator").join(contact.people)
        yield words("contact.people", unit=contact.unit, people=people) if people else contact.unit
        if contact.phones:
            yield words("contact.phones", phones=words("value.separator").join(map(self.phone, contact.phones)))
        for key, text in (("email", contact.email), ("address", contact.address), ("hours", contact.hours)):
            if text:
                yield words(f"contact.{key}", text=text)
        if contact.note:
            yield words("contact.note", text=contact.note)

    def phone(self, phone: str) -> str:
        """A phone for people: `64031118-2538/2539` has its extensions after 转."""
        number, _, extensions = phone.partition("-")
        if not extensions:
            return number
        words = self.catalogue.words
        joined = words("value.or").join(extensions.split("/"))
        return words("contact.extension", number=number, extensions=joined)

    def measure(self, measure: Measure, article: str) -> View:
        """A whole measure as `show` prints it, and the article's own words if they are at hand."""
        words = self.catalogue.words
        sections = []
        for route in measure.routes:
            whole = card(
                route.title,
                words(f"action.{route.action}"),
                *self.rules(route),
                Field(words("card.window"), (route.window.text,)),
                *self.fields(route),
                Field(words("card.notes"), route.notes),
            )
            sections.append(Section("", cards=(whole,)))
        if measure.notes:
            sections.append(Section(words("card.notes"), measure.notes))
        paragraphs = filter(None, (part.strip() for part in re.split(r"\u3000\u3000|\n", article)))
        if article:
            sections.append(Section(words("show.article", number=measure.number), tuple(paragraphs)))
        title = words("report.name", number=measure.number, measure=measure.title)
        return View(
            title, (measure.summary, words("show.source", title=self.catalogue.policy.short_title)), tuple(sections)
        )


def list_view(catalogue: Catalogue) -> View:
    """Every measure in a line."""
    words = catalogue.words
    lines = tuple(
        words(
            "list.line",
            name=words("report.name", number=measure.number, measure=measure.title),
            units=words("value.separator").join(measure.units),
        )
        for measure in catalogue.measures
    )
    return View(catalogue.policy.short_title, lines, ())


def measure_view(catalogue: Catalogue, measure: Measure, article: str = "") -> View:
    """A whole measure, route by route; then the article's own words, if there are any."""
    return RouteWriter(catalogue).measure(measure, article)


def glossary_view(catalogue: Catalogue) -> View:
    """The terms of the document, and what they mean."""
    words = catalogue.words
    lines = (words("glossary.line", term=entry.term, meaning=entry.meaning) for entry in catalogue.glossary)
    return View(words("glossary.title", title=catalogue.policy.short_title), tuple(lines), ())
