"""The contact sheet: by unit, each contact once, with its phones and the measures it serves."""

from collections.abc import Collection, Iterator

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.report.parts import Card, Field, Section, View, card
from dcrelief.report.phones import Phone, dialled
from dcrelief.report.routes import DETAILS, RouteWriter
from dcrelief.rules.model import Catalogue, Contact, Measure, Route

COLUMNS = ("unit", "people", "office", "mobile", *DETAILS, "numbers", "serves")


class ContactEntry(Struct, frozen=True):
    """A contact, its phones, and the measures it serves: their numbers, and their names."""

    contact: Contact
    phones: tuple[Phone, ...]
    numbers: tuple[int, ...]
    serves: tuple[str, ...]


class ContactSheet(Struct, frozen=True):
    """Entries, those of a unit together. notes: remarks on the whole sheet."""

    catalogue: Catalogue
    entries: tuple[ContactEntry, ...]
    notes: tuple[str, ...] = ()

    @property
    def units(self) -> dict[str, list[ContactEntry]]:
        """The entries by unit."""
        units: dict[str, list[ContactEntry]] = {}
        for entry in self.entries:
            units.setdefault(entry.contact.unit, []).append(entry)
        return units

    def head(self) -> tuple[str, ...]:
        """What stands above the contacts."""
        words, policy = self.catalogue.words, self.catalogue.policy
        lines = [words("report.document", title=policy.short_title, issuer=policy.issuer, published=policy.published)]
        lines.append(words("contacts.as_printed", published=policy.published))
        if any(phone.mobile for entry in self.entries for phone in entry.phones):
            lines.append(words("contacts.mobiles"))
        return (*lines, *self.notes)

    def phone(self, phone: Phone) -> str:
        """A phone for people, its extensions in words; one that may be a person's own is marked."""
        text = RouteWriter(self.catalogue).phone(phone.written)
        return self.catalogue.words("contacts.mobile", phone=text) if phone.mobile else text

    def view(self) -> View:
        """The sheet for a terminal: a section for each unit, a card for each contact."""
        words, sections = self.catalogue.words, []
        for unit, entries in self.units.items():
            named = " ".join((unit, *(f"({name})" for name in entries[0].contact.unit_names)))
            title = words("contacts.unit", unit=named, count=len(entries))
            sections.append(Section(title, cards=tuple(map(self._card, entries))))
        return View(words("contacts.title"), self.head(), tuple(sections))

    def _card(self, entry: ContactEntry) -> Card:
        words, contact = self.catalogue.words, entry.contact
        return card(
            words.joined(contact.people) or contact.unit,
            words("contacts.numbers", numbers=words.joined(entry.numbers)),
            Field(words("contacts.phones"), tuple(map(self.phone, entry.phones))),
            *(Field(words(f"contacts.{key}"), tuple(filter(None, (getattr(contact, key),)))) for key in DETAILS),
            Field(words("contacts.serves"), entry.serves),
        )

    def headings(self) -> tuple[str, ...]:
        """The headings of `rows`."""
        return tuple(self.catalogue.words(f"contacts.column_{key}") for key in COLUMNS)

    def rows(self, between: str) -> Iterator[tuple[str, ...]]:
        """A row of COLUMNS for each entry. between: what separates several people, phones or measures in a cell."""
        text = RouteWriter(self.catalogue).phone
        for entry in self.entries:
            contact = entry.contact
            office, mobile = ([text(p.written) for p in entry.phones if p.mobile is own] for own in (False, True))
            details = [getattr(contact, key) for key in DETAILS]
            numbers = self.catalogue.words.joined(entry.numbers)
            yield (contact.unit, *map(between.join, (contact.people, office, mobile)), *details, numbers,
                   between.join(entry.serves))  # fmt: skip


def contact_sheet(
    catalogue: Catalogue, *, units: Collection[str] = (), measures: Collection[int] = (), office_only: bool = False
) -> ContactSheet:
    """The contacts of these units that serve any of these measures; no units, or no measures, means all of them.

    A unit that is responsible for measures but has no contact of its own gets the contacts of those measures.
    office_only: leave out the phones that may be a person's own.
    """
    entries = _entries(catalogue)
    notes: list[str] = []
    if units:
        chosen: list[ContactEntry] = []
        for unit in units:
            found, note = _of_unit(catalogue, entries, unit)
            chosen += [entry for entry in found if entry not in chosen]
            notes += filter(None, (note,))
        entries = chosen
    if measures:
        entries = [entry for entry in entries if set(measures).intersection(entry.numbers)]
    if office_only:
        entries = [replace(entry, phones=tuple(p for p in entry.phones if not p.mobile)) for entry in entries]
    order = list(dict.fromkeys(entry.contact.unit for entry in entries))
    entries.sort(key=lambda entry: order.index(entry.contact.unit))
    return ContactSheet(catalogue, tuple(entries), tuple(notes))


def _of_unit(catalogue: Catalogue, entries: list[ContactEntry], unit: str) -> tuple[list[ContactEntry], str]:
    """The entries of a unit, and a note on measures of its own for which another unit has the contact."""
    words = catalogue.words
    own = [entry for entry in entries if entry.contact.unit == unit]
    duties = {measure.number for measure in catalogue.measures if unit in measure.units}
    if not own:
        served = [entry for entry in entries if duties.intersection(entry.numbers)]
        return served, words("contacts.of_measures", unit=unit)
    others = sorted(duties - {number for entry in own for number in entry.numbers})
    numbers = words.joined(others)
    return own, words("contacts.also_of", unit=unit, numbers=numbers) if others else ""


def _entries(catalogue: Catalogue) -> list[ContactEntry]:
    """Every contact once. The same people and phones in another order are the same contact."""
    keys: dict[object, list[str]] = {}
    for key, contact in catalogue.contacts.items():
        parted = (phone.partition("-") for phone in contact.phones)
        phones = frozenset((number, frozenset(extensions.split("/"))) for number, _, extensions in parted)
        whoever = (contact.unit, frozenset(contact.people), phones, contact.email, contact.address, contact.note)
        keys.setdefault(whoever, []).append(key)
    return [_entry(catalogue, group) for group in keys.values()]


def _entry(catalogue: Catalogue, keys: list[str]) -> ContactEntry:
    contact = catalogue.contacts[keys[0]]
    phones = tuple(dialled(phone, catalogue.policy) for phone in contact.phones)
    served: dict[int, list[Route]] = {}
    for route in catalogue.routes():
        if set(keys).intersection(route.contacts):
            served.setdefault(route.measure, []).append(route)
    serves = (_service(catalogue, catalogue.measure(number), routes) for number, routes in served.items())
    return ContactEntry(contact, phones, tuple(served), tuple(serves))


def _service(catalogue: Catalogue, measure: Measure, routes: list[Route]) -> str:
    """The name of a measure; where the contact does not serve all its routes, with those that it serves."""
    words = catalogue.words
    name = words("report.name", number=measure.number, measure=measure.title)
    if len(routes) == len(measure.routes):
        return name
    return words("contacts.some_routes", name=name, routes=words.joined(r.title for r in routes))
