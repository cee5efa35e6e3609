"""Phones as a device dials them: with country and area code, as tel addresses (RFC 3966)."""

import phonenumbers
from msgspec import Struct
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from dcrelief.rules.model import Policy


class Phone(Struct, frozen=True):
    """A phone of a contact. written: as the catalogue has it. addresses: what to dial, one for each extension.

    mobile: whether it may be a person's own.
    """

    written: str
    mobile: bool
    main: str
    """The address without an extension."""
    addresses: tuple[str, ...]


def dialled(written: str, policy: Policy) -> Phone:
    """The phone that is written `64031118-2538/2539`: digits, then extensions if there are any."""
    digits, _, extensions = written.partition("-")
    # A number of the area if it can be one: read as a number of the country, it may be that of someone else.
    number, national = (PhoneNumber(policy.country_code, int(code + digits)) for code in (policy.area_code, ""))
    if not phonenumbers.is_valid_number(number) and phonenumbers.is_valid_number(national):
        number = national
    mobile = phonenumbers.number_type(number) == PhoneNumberType.MOBILE
    main = _address(number)
    inside = [
        _address(PhoneNumber(number.country_code, number.national_number, extension=extension))
        for extension in extensions.split("/")
        if extension
    ]
    return Phone(written, mobile, main, tuple(inside) or (main,))


def _address(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.RFC3966))
