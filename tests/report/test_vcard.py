"""Contacts in an address book: read back, whole, by a library that did not write them."""

import vobject

from dcrelief.report.contact_sheet import contact_sheet
from dcrelief.report.vcard import vcards
from tests.examples import shipped


def test_every_contact_can_be_imported_whole() -> None:
    sheet = contact_sheet(shipped())
    written = vcards(sheet)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    cards = list(vobject.readComponents(written.decode()))
    assert len(cards) == len(sheet.entries)
    for card, entry in zip(cards, sheet.entries, strict=True):
        assert card.version.value == "4.0"
        assert card.fn.value == " ".join(filter(None, (entry.contact.unit, "、".join(entry.contact.people))))
        assert card.org.value == [entry.contact.unit]
        phones = [address for phone in entry.phones for address in phone.addresses]
        assert [line.value for line in card.contents["tel"]] == phones
        assert [line.params["VALUE"] for line in card.contents["tel"]] == [["uri"]] * len(phones)
        mobile = [phone.mobile for phone in entry.phones for _ in phone.addresses]
        assert ["cell" in line.params["TYPE"] for line in card.contents["tel"]] == mobile
        assert [line.value for line in card.contents.get("email", [])] == [entry.contact.email][
            : bool(entry.contact.email)
        ]
        assert card.n.value.family == ("、".join(entry.contact.people) or entry.contact.unit)
        assert {sheet.phone(phone) for phone in entry.phones} <= set(card.note.value.split("\n"))
        for service in entry.serves:
            assert service in card.note.value.split("\n")
    assert len({card.uid.value for card in cards}) == len(cards)


def test_an_address_and_extensions() -> None:
    written = vcards(contact_sheet(shipped(), measures={"34"})).replace(b"\r\n ", b"").decode()
    assert "ADR;TYPE=work:;;区人力社保局工伤保险科，东城区朝内大街192号344房间，邮编100010;;;;\r\n" in written
    assert "KIND:org" in written
    finance = vcards(contact_sheet(shipped(), units=["区金融办"])).decode()
    for extension in ("8642", "8641", "8643"):
        assert f"TEL;TYPE=work,voice;VALUE=uri:tel:+86-10-6525-8800;ext={extension}\r\n" in finance


def test_a_single_person_is_a_person() -> None:
    assert b"KIND:individual" in vcards(contact_sheet(shipped(), measures={"1"}))


def test_older_readers_get_plain_numbers() -> None:
    sheet = contact_sheet(shipped())
    cards = list(vobject.readComponents(vcards(sheet, old=True).decode()))
    assert len(cards) == len(sheet.entries)
    assert {card.version.value for card in cards} == {"3.0"}
    finance = vcards(contact_sheet(shipped(), units=["区金融办"]), old=True).decode()
    assert "TEL;TYPE=work,voice:+86-10-6525-8800\\,8642\r\n" in finance
    assert "KIND" not in finance
    assert "VALUE=uri" not in finance
