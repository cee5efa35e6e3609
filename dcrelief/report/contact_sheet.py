"""The contact sheet: by what one wants, and by unit, each contact once, with its phones and the measures it serves."""

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.report.cites import cite, cite_in_order, measure_name
from dcrelief.report.parts import Card, Field, Section, View, card
from dcrelief.report.phones import Phone, dialled
from dcrelief.report.routes import DETAILS, RouteWriter, document_line
from dcrelief.rules.model import Catalogue, Contact, Measure, Policy, Route
from dcrelief.rules.plan import phones_for

_MOBILE = re.compile(r"\d{11}", re.ASCII)
COLUMNS = ("unit", "people", "office", "mobile", *DETAILS, "numbers", "serves")


class ContactEntry(Struct, frozen=True):
    """A contact of a document, its phones, and the measures it serves: ids, names, and where one calls for each."""

    contact: Contact
    policy: Policy
    phones: tuple[Phone, ...]
    measures: tuple[str, ...]
    serves: tuple[str, ...]
    desks: dict[str, "Callee"]


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
        served = {measure for entry in self.entries for measure in entry.measures}
        wants: dict[str, list[Want]] = {}
        for key, label in (*((subject.key, subject.label) for subject in subjects), ("", words("contacts.other"))):
            for measure in self.catalogue.measures:
                if measure.subject != key or measure.id not in served:
                    continue
                desks = tuple(entry.desks[measure.id] for entry in self.entries if measure.id in entry.desks)
                name = measure_name(self.catalogue, measure)
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
        words, lines = self.catalogue.words, list[str]()
        for policy in self.catalogue.policies:
            own = [entry for entry in self.entries if entry.policy is policy]
            if own or len(self.catalogue.policies) == 1:
                lines += self._head_of(policy, any(entry.contact.is_printed for entry in own))
        if any(phone.mobile for entry in self.entries for phone in entry.phones):
            lines.append(words("contacts.mobiles"))
        return (*dict.fromkeys(lines), *self.notes)

    def _head_of(self, policy: Policy, printed: bool) -> Iterator[str]:
        """Which document, and how its phones are dialled; printed: whether it prints any."""
        words = self.catalogue.words
        yield document_line(words, policy)
        if printed:
            yield words("contacts.as_printed", day=policy.day)
            yield words("contacts.area_code", country=policy.country_code, code=policy.area_code)
        elif policy.switchboard:
            yield words("contacts.switchboard", phone=policy.switchboard)

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
            cite(self.catalogue, *entry.measures),
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
            numbers = self.catalogue.words.joined(self.catalogue.measure(id_).label for id_ in entry.measures)
            yield (contact.unit, *map(between.join, (contact.people, office, mobile)), *details, numbers,
                   between.join(entry.serves))  # fmt: skip


def contact_sheet(
    catalogue: Catalogue,
    *,
    units: Collection[str] = (),
    measures: Collection[str] = (),
    looked_for: Collection[str] = (),
    office_only: bool = False,
) -> ContactSheet:
    """The sheet of these units and of these measures, by id; no units, or no measures, means all of them.

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
        entries = list(map(_of_the_office, entries))
        notes.append(words("contacts.office_only"))
    order = list(dict.fromkeys(entry.contact.unit for entry in entries))
    entries.sort(key=lambda entry: order.index(entry.contact.unit))
    listed = (measure for entry in entries for measure in entry.measures)
    of_measures = (cite_in_order(catalogue, listed),) if measures else ()
    chosen_by = (*dict.fromkeys(units), *dict.fromkeys(looked_for), *of_measures)
    return ContactSheet(catalogue, tuple(entries), chosen_by, tuple(notes))


def _of_the_office(entry: ContactEntry) -> ContactEntry:
    mailbox = entry.contact.email.partition("@")[0]
    personal = _MOBILE.fullmatch(mailbox) is not None and dialled(mailbox, entry.policy).mobile
    contact = replace(entry.contact, email="") if personal else entry.contact
    phones = tuple(phone for phone in entry.phones if not phone.mobile)
    desks = {
        measure: replace(desk, phone=desk.phone if desk.phone in phones else next(iter(phones), None))
        for measure, desk in entry.desks.items()
    }
    return replace(entry, contact=contact, phones=phones, desks=desks)


def _of_unit(
    catalogue: Catalogue, entries: list[ContactEntry], unit: str, measures: Collection[str]
) -> tuple[list[ContactEntry], str]:
    """The entries of a unit, and a note on measures of its own, of these, for which another unit has the contact."""
    words = catalogue.words
    own = [entry for entry in entries if entry.contact.unit == unit]
    duties = {m.id for m in catalogue.measures if unit in m.units and (not measures or m.id in measures)}
    if not own:
        served = [entry for entry in entries if duties.intersection(entry.measures)]
        return served, words("contacts.of_measures", unit=unit)
    others = duties - {measure for entry in own for measure in entry.measures}
    return own, words("contacts.also_of", unit=unit, cited=cite_in_order(catalogue, others)) if others else ""


def _entries(catalogue: Catalogue, measures: Collection[str]) -> list[ContactEntry]:
    """Every contact of these measures once. The same people and phones in another order are the same contact."""
    keys: dict[object, list[str]] = {}
    for key, contact in catalogue.contacts.items():
        parted = (phone.partition("-") for phone in contact.phones)
        phones = frozenset((number, frozenset(extensions.split("/"))) for number, _, extensions in parted)
        policy = catalogue.policy_of(key)  # the same office in two documents is two entries, each with its head
        whoever = (
            policy.key,
            contact.unit,
            frozenset(contact.people),
            phones,
            contact.email,
            contact.address,
            contact.note,
        )
        keys.setdefault(whoever, []).append(key)
    entries = (_entry(catalogue, group, measures) for group in keys.values())
    return [entry for entry in entries if entry.measures]


def _entry(catalogue: Catalogue, keys: list[str], measures: Collection[str]) -> ContactEntry:
    contact, policy = catalogue.contacts[keys[0]], catalogue.policy_of(keys[0])
    phones = tuple(dialled(phone, policy) for phone in contact.phones)
    served: dict[str, list[Route]] = {}
    for route in catalogue.routes():
        if set(keys).intersection(route.contacts) and (not measures or route.measure in measures):
            served.setdefault(route.measure, []).append(route)
    desks = {id_: _desk(catalogue, contact, phones, routes) for id_, routes in served.items()}
    serves = (_service(catalogue, catalogue.measure(id_), desk) for id_, desk in desks.items())
    return ContactEntry(contact, policy, phones, tuple(served), tuple(serves), desks)


def _desk(catalogue: Catalogue, contact: Contact, phones: Sequence[Phone], routes: Sequence[Route]) -> Callee:
    first = phones_for(contact, routes[0])[:1]
    phone = next((phone for phone in phones if phone.written in first), None)
    whole = len(routes) == len(catalogue.measure(routes[0].measure).routes)
    return Callee(contact.unit, contact.people, phone, () if whole else tuple(route.title for route in routes))


def _service(catalogue: Catalogue, measure: Measure, desk: Callee) -> str:
    """The name of a measure; where the contact does not serve all its routes, with those that it serves."""
    words, name = catalogue.words, measure_name(catalogue, measure)
    return words("contacts.some_routes", name=name, routes=words.joined(desk.only)) if desk.only else name
