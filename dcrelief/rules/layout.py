"""How a document is laid out: what its measures begin with, and the labels in them."""

import re

from msgspec import Struct

DIGITS = "零一二三四五六七八九"


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """How a document is laid out.

    numbering: how a measure begins, `{number}.` or `第{chinese}条`. closing: how it goes on after the last of them.
    units, people, phones, email: the labels before those.
    """

    numbering: str
    units: str
    people: str
    phones: str
    email: str
    closing: str = ""

    def start(self, number: int) -> re.Pattern[str]:
        """Where a measure begins: its number, which another number may follow."""
        begins = self.numbering.format(number=number, chinese=_chinese(number))
        return re.compile(rf"(?:^|(?<=[\s\u3000])){re.escape(begins).replace(re.escape('.'), '[.．、]')}")


def _chinese(number: int) -> str:
    """A number below a hundred in words: 十一, 四十二; no document has more measures."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = ("", "十", *(f"{digit}十" for digit in DIGITS[2:]))[tens]
    return ten + (DIGITS[ones] if ones or not tens else "")
