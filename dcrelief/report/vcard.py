"""Contacts as vCard 4.0 (RFC 6350), or 3.0 (RFC 2426), for an address book."""

from typing import cast
from uuid import NAMESPACE_URL, uuid5

from icalendar import vAdr, vN, vText, vUri
from icalendar.parser import Contentline, Parameters

from dcrelief.report.contact_sheet import ContactEntry, ContactSheet


def vcards(sheet: ContactSheet, *, old: bool = False) -> bytes:
    """A card for each contact, one after the other; old: in version 3.0."""
    lines = [line for entry in sheet.entries for line in _card(sheet, entry, old=old)]
    return b"".join(line.to_ical() + b"\r\n" for line in lines)  # type: ignore[no-untyped-call]


def _card(sheet: ContactSheet, entry: ContactEntry, *, old: bool) -> list[Contentline]:
    words, contact = sheet.catalogue.words, entry.contact
    people = words.joined(contact.people)
    # The same contact keeps its identity from one export to the next.
    identity = uuid5(NAMESPACE_URL, "/".join((entry.policy.title, contact.unit, *contact.people, *contact.phones)))
    lines = [
        _line("BEGIN", "VCARD"),
        _line("VERSION", "3.0" if old else "4.0"),
        _line("UID", identity.urn) if old else _line("UID", identity.urn, VALUE="uri"),
        _line("FN", f"{contact.unit} {people}".strip()),
        Contentline.from_parts("N", Parameters(), vN((people or contact.unit, "", "", "", ""))),
        _line("ORG", contact.unit),
    ]
    if not old:  # 3.0 knows no kinds of cards, and phones as they are written, not as addresses
        lines.append(_line("KIND", "individual" if len(contact.people) == 1 else "org"))
    for phone in entry.phones:
        kinds = ["cell", "voice"] if phone.mobile else ["work", "voice"]
        for address in phone.addresses:
            if old:
                number, _, extension = address.removeprefix("tel:").partition(";ext=")
                written = vText(f"{number},{extension}" if extension else number)
                lines.append(Contentline.from_parts("TEL", Parameters({"TYPE": kinds}), written))
            else:
                parameters = Parameters({"VALUE": "uri", "TYPE": kinds})
                lines.append(Contentline.from_parts("TEL", parameters, vUri(address)))
    if contact.email:
        lines.append(_line("EMAIL", contact.email, TYPE="work"))
    if contact.address:
        street = vAdr(("", "", contact.address, "", "", "", ""))  # street, town and post code are one text here
        lines.append(Contentline.from_parts("ADR", Parameters({"TYPE": "work"}), street))
    # Not every address book keeps an extension: it stands in the note, too.
    notes = [*map(sheet.phone, entry.phones), contact.hours, contact.note, *entry.serves, *sheet.head()]
    lines.append(_line("NOTE", "\n".join(filter(None, notes))))
    lines.append(_line("END", "VCARD"))
    return lines


def _line(name: str, value: str, **parameters: str) -> Contentline:
    return cast(Contentline, Contentline.from_parts(name, Parameters(parameters), vText(value)))
