"""The hard facts of a text: what is right or wrong to the letter, such as phones, amounts, days and names.

They are there to be compared: each has a kind, and a value that is the same however the text writes it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from dcrelief.rules.layout import DIGITS


class HardFact(NamedTuple):
    """A kind, which is a key of words.toml's [fact], and a value."""

    kind: str
    value: str


_NUMBERS = {letter: number for number, letter in enumerate(DIGITS)} | {"两": 2}
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?)"
# An area code, which the catalogue does not write, and the number: a mobile's, of the country, of the area, a hotline.
_AREA = r"(?:\(?0\d{2,3}\)?-?)?"
_MAIN = r"1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|\d{7,8}|12\d{3}"
_EXTENSIONS = r"\d{3,4}(?:[或/]\d{3,4})*"
_HOUSE = r"\d+号(?:[A-Z\d]+(?:号楼|座|楼|层|院|房间|室))*"
_BODIES = r"管委会|管委|局|委|办(?!理|事|班)|中心|街道办事处"
_OWN_BODIES = r"总工会|妇联|残联|法院|检察院"
_IN_WORDS = r"[一二两三四五六七八九十半]+"


def unspaced(text: str) -> str:
    """The text with letters and digits of one width, and no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def hard_facts(text: str) -> set[HardFact]:
    """Every hard fact of a text."""
    return set(_found(unspaced(text)))


def _found(text: str) -> Iterator[HardFact]:
    """Kind by kind. What one kind has found is taken out for the next, so that a day is not a span of time, too."""
    for kind, pattern, value in _KINDS:
        for match in pattern.finditer(text):
            for found in value(match):
                yield HardFact(kind, found)
        if kind not in _STAYS:
            text = pattern.sub("■", text)


def _whole(match: re.Match[str]) -> Iterator[str]:
    yield match[0]


def _first(match: re.Match[str]) -> Iterator[str]:
    yield match[1]


def _phones(match: re.Match[str]) -> Iterator[str]:
    """The number, or one for each of its extensions."""
    number, extensions = match[1].replace("-", ""), re.findall(r"\d+", match[2] or "")
    yield from (f"{number}-{extension}" for extension in extensions) if extensions else (number,)


def _address(match: re.Match[str]) -> Iterator[str]:
    yield match[0].rstrip("/")


def _day(match: re.Match[str]) -> Iterator[str]:
    yield f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}"


def _day_of_year(match: re.Match[str]) -> Iterator[str]:
    yield f"{match[1]}月{match[2]}日"


def _amount(match: re.Match[str]) -> Iterator[str]:
    yuan = Decimal(match[1].replace(",", "")) * _SCALES[match[2] or ""]
    yield f"{yuan.normalize():f}元"


def _span(match: re.Match[str]) -> Iterator[str]:
    unit = "个工作日" if "工作日" in match[2] else match[2].replace("天", "日")
    yield f"{_counted(match[1])}{unit}"


def _counted(number: str) -> str:
    """`三` and `3` as 3; a half stays a half."""
    if number.isascii() or number == "半":
        return number
    tens, ten, ones = number.rpartition("十")
    return str((_NUMBERS.get(tens, 1) * 10 if ten else 0) + _NUMBERS.get(ones, 0))


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Iterator[str]]], ...] = (
    ("quoted", re.compile(r"[“\"]([^“”\"]+)[”\"]"), _first),
    ("named", re.compile(r"《([^《》]+)》"), _first),
    ("document", re.compile(r"(〔\d{4}〕\d+号)"), _first),
    ("email", re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), _whole),
    ("web", re.compile(r"[A-Za-z]*://[A-Za-z0-9./_-]+"), _address),
    ("phone", re.compile(rf"(?<!\d){_AREA}({_MAIN})(?!\d|[.,]\d|[元万亿])(?:[转-]({_EXTENSIONS}))?"), _phones),
    ("postcode", re.compile(r"邮编:?(\d{6})(?!\d)"), _first),
    ("place", re.compile(rf"[一-鿿]{{2,6}}?区[一-鿿]{{2,8}}?(?:街|路|胡同){_HOUSE}"), _whole),
    # With no district before it nobody knows where a street's name begins: the end of the name and the house must do.
    ("place", re.compile(rf"(?:大街|街|大道|路|巷|弄|胡同){_HOUSE}"), _whole),
    ("day", re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"), _day),
    ("day", re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日"), _day_of_year),
    ("year", re.compile(r"(\d{4}年(?:度)?)(?=\d{1,2}月|[^\d])"), _first),
    ("month", re.compile(r"(?<!\d)(\d{1,2}月(?:上旬|中旬|下旬|底|初)?)(?!\d)"), _first),
    ("amount", re.compile(rf"({_NUMBER})(万|亿)?元"), _amount),
    ("share", re.compile(rf"{_NUMBER}%"), _whole),
    ("span", re.compile(rf"(?<![哪那同这])(\d+|{_IN_WORDS})(个工作日|工作日|个月|小时|年|天|日)"), _span),
    # A unit without its number: no article has one, so it shows as a difference.
    ("bare", re.compile(r"(?<![\d■])(?:万元|%|个工作日|小时内|个月|月底|日内)"), _whole),
    ("people", re.compile(r"(?<!\d)(\d+)人(?!民|力)"), _first),
    ("once", re.compile(r"一次性"), _whole),
    ("unit", re.compile(rf"[区市县](?:[一-鿿]{{1,5}}?(?:{_BODIES})|{_OWN_BODIES})"), _whole),
)
# Other facts may stand inside these, so they are not taken out.
_STAYS = ("named", "quoted", "document")
