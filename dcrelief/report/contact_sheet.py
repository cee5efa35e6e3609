"""The contact sheet: by what one wants, and by unit, each contact once, with its phones and the measures it serves."""

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.report.parts import Card, Field, Section, View, card
from dcrelief.report.phones import Phone, dialled
from dcrelief.report.routes import DETAILS, RouteWriter, document_line
from dcrelief.rules.model import Catalogue, Contact, Measure, Route
from dcrelief.rules.plan import phones_for

_MOBILE = re.compile(r"\d{11}", re.ASCII)
COLUMNS = ("unit", "people", "office", "mobile", *DETAILS, "numbers", "serves")


class ContactEntry(Struct, frozen=True):
    """A contact, its phones, and the measures it serves: their numbers, their names, and where one calls for each."""

    contact: Contact
    phones: tuple[Phone, ...]
    numbers: tuple[int, ...]
    serves: tuple[str, ...]
    desks: dict[int, "Callee"]


class Callee(Struct, frozen=True):
    """Where one calls for a measure. only: for which of its routes, if not for all."""

    unit: str
    people: tuple[str, ...]
    phone: Phone | None
    only: tuple[str, ...]


class Want(Struct, frozen=True):
    """Measures that one goes to the same desks for, by name."""

    names: tuple[str, ...]
    desks: tuple[Callee, ...]


class ContactSheet(Struct, frozen=True):
    """Entries, those of a unit together. chosen: what they were chosen by; notes: remarks on the whole sheet."""

    catalogue: Catalogue
    entries: tuple[ContactEntry, ...]
    chosen: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """With what the entries were chosen by."""
        words = self.catalogue.words
        title = words("contacts.title")
        return words("contacts.title_of", title=title, chosen=words.joined(self.chosen)) if self.chosen else title

    @property
    def wants(self) -> dict[str, list[Want]]:
        """By subject, what one may want, in the order of the numbers; neighbours with the same desks are one."""
        words, subjects = self.catalogue.words, self.catalogue.subjects
        served = {number for entry in self.entries for number in entry.numbers}
        wants: dict[str, list[Want]] = {}
        for key, label in (*((subject.key, subject.label) for subject in subjects), ("", words("contacts.other"))):
            for measure in self.catalogue.measures:
                if measure.subject != key or measure.number not in served:
                    continue
                desks = tuple(entry.desks[measure.number] for entry in self.entries if measure.number in entry.desks)
                name = words("report.name", number=measure.number, measure=measure.title)
                before = wants.setdefault(label, [])
                if before and before[-1].desks == desks:
                    before[-1] = Want((*before[-1].names, name), desks)
                else:
                    before.append(Want((name,), desks))
        return wants

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
        lines = [document_line(words, policy)]
        if any(entry.contact.is_printed for entry in self.entries):
            lines.append(words("contacts.as_printed", day=policy.day))
            lines.append(words("contacts.area_code", country=policy.country_code, code=policy.area_code))
        elif policy.switchboard:
            lines.append(words("contacts.switchboard", phone=policy.switchboard))
        if any(phone.mobile for entry in self.entries for phone in entry.phones):
            lines.append(words("contacts.mobiles"))
        return (*lines, *self.notes)

    def phone(self, phone: Phone) -> str:
        """A phone for people, its extensions in words; one that may be a person's own is marked."""
        text = RouteWriter(self.catalogue).phone(phone.written)
        return self.catalogue.words("contacts.mobile", phone=text) if phone.mobile else text

    def view(self) -> View:
        """The sheet for a terminal: what one may want, then a section for each unit, a card for each contact."""
        words, sections = self.catalogue.words, []
        for label, wants in self.wants.items():
            lines = (words("contacts.want", names=words.joined(each.names), desks=self._desks(each)) for each in wants)
            sections.append(Section(label, tuple(lines)))
        for unit, entries in self.units.items():
            named = " ".join((unit, *(f"({name})" for name in entries[0].contact.unit_names)))
            title = words("contacts.unit", unit=named, count=len(entries))
            sections.append(Section(title, cards=tuple(map(self._card, entries))))
        return View(self.title, self.head(), tuple(sections))

    def _desks(self, want: Want) -> str:
        return self.catalogue.words.joined(dict.fromkeys(map(self._desk, want.desks)))

    def _desk(self, desk: Callee) -> str:
        words = self.catalogue.words
        text = " ".join((desk.unit, *(map(self.phone, (desk.phone,)) if desk.phone else ())))
        return words("contacts.some_routes", name=text, routes=words.joined(desk.only)) if desk.only else text

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
    catalogue: Catalogue,
    *,
    units: Collection[str] = (),
    measures: Collection[int] = (),
    looked_for: Collection[str] = (),
    office_only: bool = False,
) -> ContactSheet:
    """The sheet of these units and of these measures; no units, or no measures, means all of them.

    Of a sheet for measures, each contact has those alone. A unit that is responsible for measures but has no contact of
    its own gets the contacts of those measures. looked_for: in what words the measures were looked for. office_only:
    leave out the phones, and the mailboxes named after a phone, that may be a person's own.
    """
    words = catalogue.words
    entries = _entries(catalogue, measures)
    notes: list[str] = []
    if units:
        chosen: list[ContactEntry] = []
        for unit in units:
            found, note = _of_unit(catalogue, entries, unit, measures)
            chosen += [entry for entry in found if entry not in chosen]
            notes += filter(None, (note,))
        entries = chosen
    if office_only:
        entries = [_of_the_office(catalogue, entry) for entry in entries]
        notes.append(words("contacts.office_only"))
    order = list(dict.fromkeys(entry.contact.unit for entry in entries))
    entries.sort(key=lambda entry: order.index(entry.contact.unit))
    listed = sorted({number for entry in entries for number in entry.numbers})
    of_measures = (words("contacts.numbers", numbers=words.joined(listed)),) if measures else ()
    chosen_by = (*dict.fromkeys(units), *dict.fromkeys(looked_for), *of_measures)
    return ContactSheet(catalogue, tuple(entries), chosen_by, tuple(notes))


def _of_the_office(catalogue: Catalogue, entry: ContactEntry) -> ContactEntry:
    mailbox = entry.contact.email.partition("@")[0]
    personal = _MOBILE.fullmatch(mailbox) is not None and dialled(mailbox, catalogue.policy).mobile
    contact = replace(entry.contact, email="") if personal else entry.contact
    phones = tuple(phone for phone in entry.phones if not phone.mobile)
    desks = {
        number: replace(desk, phone=desk.phone if desk.phone in phones else next(iter(phones), None))
        for number, desk in entry.desks.items()
    }
    return replace(entry, contact=contact, phones=phones, desks=desks)


def _of_unit(
    catalogue: Catalogue, entries: list[ContactEntry], unit: str, measures: Collection[int]
) -> tuple[list[ContactEntry], str]:
    """The entries of a unit, and a note on measures of its own, of these, for which another unit has the contact."""
    words = catalogue.words
    own = [entry for entry in entries if entry.contact.unit == unit]
    duties = {m.number for m in catalogue.measures if unit in m.units and (not measures or m.number in measures)}
    if not own:
        served = [entry for entry in entries if duties.intersection(entry.numbers)]
        return served, words("contacts.of_measures", unit=unit)
    others = sorted(duties - {number for entry in own for number in entry.numbers})
    numbers = words.joined(others)
    return own, words("contacts.also_of", unit=unit, numbers=numbers) if others else ""


def _entries(catalogue: Catalogue, measures: Collection[int]) -> list[ContactEntry]:
    """Every contact of these measures once. The same people and phones in another order are the same contact."""
    keys: dict[object, list[str]] = {}
    for key, contact in catalogue.contacts.items():
        parted = (phone.partition("-") for phone in contact.phones)
        phones = frozenset((number, frozenset(extensions.split("/"))) for number, _, extensions in parted)
        whoever = (contact.unit, frozenset(contact.people), phones, contact.email, contact.address, contact.note)
        keys.setdefault(whoever, []).append(key)
    entries = (_entry(catalogue, group, measures) for group in keys.values())
    return [entry for entry in entries if entry.numbers]


def _entry(catalogue: Catalogue, keys: list[str], measures: Collection[int]) -> ContactEntry:
    contact = catalogue.contacts[keys[0]]
    phones = tuple(dialled(phone, catalogue.policy) for phone in contact.phones)
    served: dict[int, list[Route]] = {}
    for route in catalogue.routes():
        if set(keys).intersection(route.contacts) and (not measures or route.measure in measures):
            served.setdefault(route.measure, []).append(route)
    desks = {number: _desk(catalogue, contact, phones, routes) for number, routes in served.items()}
    serves = (_service(catalogue, catalogue.measure(number), desk) for number, desk in desks.items())
    return ContactEntry(contact, phones, tuple(served), tuple(serves), desks)


def _desk(catalogue: Catalogue, contact: Contact, phones: Sequence[Phone], routes: Sequence[Route]) -> Callee:
    first = phones_for(contact, routes[0])[:1]
    phone = next((phone for phone in phones if phone.written in first), None)
    whole = len(routes) == len(catalogue.measure(routes[0].measure).routes)
    return Callee(contact.unit, contact.people, phone, () if whole else tuple(route.title for route in routes))


def _service(catalogue: Catalogue, measure: Measure, desk: Callee) -> str:
    """The name of a measure; where the contact does not serve all its routes, with those that it serves."""
    words = catalogue.words
    name = words("report.name", number=measure.number, measure=measure.title)
    return words("contacts.some_routes", name=name, routes=words.joined(desk.only)) if desk.only else name
