"""Phones as a device dials them."""

import phonenumbers
import pytest

from dcrelief.report.phones import dialled
from tests.examples import other_district, shipped

POLICY = shipped().policies[0]


@pytest.mark.parametrize(
    ("written", "mobile", "addresses"),
    [
        ("64033742", False, ("tel:+86-10-6403-3742",)),
        ("13681278787", True, ("tel:+86-136-8127-8787",)),
        ("59260100-608", False, ("tel:+86-10-5926-0100;ext=608",)),
        ("64031118-2538/2539", False, ("tel:+86-10-6403-1118;ext=2538", "tel:+86-10-6403-1118;ext=2539")),
        ("12345", False, ("tel:+86-10-12345",)),
    ],
)
def test_what_is_dialled(written: str, mobile: bool, addresses: tuple[str, ...]) -> None:
    phone = dialled(written, POLICY)
    assert (phone.mobile, phone.addresses) == (mobile, addresses)
    assert phone.main == addresses[0].partition(";")[0]


def test_a_number_of_the_area_that_would_be_one_of_another() -> None:
    """66210012 is somebody in Tianjin here; without the area code it would be 10012 in Yangjiang."""
    assert dialled("66210012", other_district().policies[0]).addresses == ("tel:+86-22-6621-0012",)
    assert dialled("13900000008", other_district().policies[0]).addresses == ("tel:+86-139-0000-0008",)


def test_every_phone_of_the_catalogue_is_a_number_that_exists() -> None:
    for contact in shipped().contacts.values():
        for written in contact.phones:
            for address in dialled(written, POLICY).addresses:
                number = phonenumbers.parse(address)
                assert phonenumbers.is_valid_number(number), written
                national = str(number.national_number).removeprefix("10")
                assert national == written.partition("-")[0] or written.startswith("1")
                assert (number.extension or "") in written.partition("-")[2].split("/")
