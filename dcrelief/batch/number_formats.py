"""Number formats of a workbook: which of them show a number otherwise than it is, and what they show."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

# The formats that every workbook has and no file spells out, of those that show a number otherwise.
BUILT_IN = {
    "9": "0%",
    "10": "0.00%",
    "11": "0.00E+00",
    "12": "# ?/?",
    "13": "# ??/??",
    "46": "[h]:mm:ss",
    "48": "##0.0E+0",
}
# The parts of a format: text in quotation marks; a sign as it is; room left or filled; a colour or a currency; digits.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<room>[_*].)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|@)|(?P<digits>[0#?,]*[0#?](?:\.[0#?]*)?,*)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(r"(?i)black|blue|cyan|green|magenta|red|white|yellow|color ?\d+")
_ELAPSED, _ELAPSED_PART = re.compile(r"(?i)\[(h+|m+|s+)\](?::(mm|ss))?(?::(ss))?(?:;@)?"), re.compile("(?i)h+|m+|s+")
_OF_DATES = re.compile(r"(?i)[ymdhs]")
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_SIGNS = frozenset(" -+()$¥￥€£:'^~{}<>=&")  # shown as they are
_PLAIN_SIGNS = frozenset(" -()")  # around negative numbers, and for nothing, in the books of accountants

Parts = Sequence[tuple[str, str]]  # the kind of each part, see _PART, and its text


def is_percent(code: str) -> bool:
    """Whether a format shows percentages."""
    return any(kind == "other" and text == "%" for kind, text in _sections(code)[0])


def shows_otherwise(code: str) -> bool:
    """Whether a format shows numbers otherwise than they are: with text or zeros beside them, in other units.

    Days and times are none of them, but for those of more than a day; nor are percentages.
    """
    if any(kind == "bracket" and _ELAPSED_PART.fullmatch(text) for kind, text in _sections(code)[0]):
        return True
    if _is_of_dates(code) or is_percent(code):
        return False
    return any(not _is_plain(parts, is_first=number == 0) for number, parts in enumerate(_sections(code)[:3]))


def shown(code: str, number: Decimal) -> str | None:
    """What a format shows of a number; None where that cannot be told, or is less than the number is."""
    if elapsed := _ELAPSED.fullmatch(code):
        return _elapsed(number, [part for part in elapsed.groups() if part])
    sections = _sections(code)
    place, sign = 0, "-" if number < 0 else ""
    if number < 0 and len(sections) > 1:
        place, sign = 1, ""
    elif number == 0 and len(sections) > 2:
        place = 2
    try:
        texts = _texts(sections[place], abs(number))
    except InvalidOperation:  # there are more digits than anybody counts
        return None
    return None if texts is None else sign + texts.strip()


@cache
def _sections(code: str) -> tuple[Parts, ...]:
    """The parts of each section: of numbers above nothing, below it, and of nothing."""
    sections: list[list[tuple[str, str]]] = [[]]
    for match in _PART.finditer(code):
        kind = str(match.lastgroup)
        if (kind, match[0]) == ("other", ";"):
            sections.append([])
        else:
            sections[-1].append((kind, match[kind]))
    return tuple(sections)


def _is_of_dates(code: str) -> bool:
    """Whether a format is one of days or times, as the reader of workbooks tells them."""
    return any(kind == "other" and _OF_DATES.fullmatch(text) for kind, text in _sections(code)[0])


def _is_plain(parts: Parts, *, is_first: bool) -> bool:
    """Whether a section shows a number as it is; signs of accountants beside it, or for it, change nothing."""
    signs = frozenset(" ") if is_first else _PLAIN_SIGNS
    for kind, text in parts:
        if kind == "digits":
            if text.endswith(",") or text.startswith("00"):
                return False
        elif kind == "bracket":
            if not _COLOUR.fullmatch(text) and _currency(text) != "":
                return False
        elif kind in ("quoted", "escaped", "other") and not signs.issuperset(text):
            return False
    return sum(kind == "digits" for kind, _text in parts) < 2 and (bool(parts) or is_first)


def text_of(code: str) -> str:
    """The text, signs of currencies too, that a format writes beside numbers."""
    texts = []
    for kind, text in _sections(code)[0]:
        if kind == "quoted" or (kind == "other" and (text == "$" or not text.isascii())):
            texts.append(text)
        elif kind == "bracket":
            texts.append(_currency(text) or "")
    return "".join(texts).strip()


def _currency(bracket: str) -> str | None:
    """The sign of a currency in brackets, as $ of `$$-409`, or empty; None for what is no currency."""
    return bracket[1:].partition("-")[0] if bracket.startswith("$") else None


def _texts(parts: Parts, number: Decimal) -> str | None:
    """What a section shows of a number that is not below nothing; None where that cannot be told."""
    runs = [text for kind, text in parts if kind == "digits"]
    if len(runs) > 1 and (number % 1 or not set("".join(runs)) <= {"0", "#"}):
        return None
    digits = _digits(runs, number)
    texts = []
    for kind, text in parts:
        if kind == "digits":
            found = next(digits)
        elif kind == "general":
            found = f"{number:f}"
        elif kind == "bracket":
            found = "" if _COLOUR.fullmatch(text) else _currency(text)
        elif kind == "other":
            found = text if text in _SIGNS or not text.isascii() else None
        else:
            found = "" if kind == "room" else text
        if found is None:
            return None
        texts.append(found)
    return "".join(texts)


def _digits(runs: Sequence[str], number: Decimal) -> Iterator[str | None]:
    """What stands in each run of digits: of several, the last ones of a number in the last."""
    if len(runs) == 1:
        yield _one_run(runs[0], number)
        return
    left = f"{number:f}".partition(".")[0]
    last_first = []
    for place, run in reversed(list(enumerate(runs))):
        cut = len(left) - len(run) if place else 0
        own, left = left[max(cut, 0) :], left[: max(cut, 0)]
        last_first.append(own.rjust(len(run.lstrip("#")), "0"))
    yield from reversed(last_first)


def _one_run(run: str, number: Decimal) -> str | None:
    whole, point, decimals = run.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    if run.endswith(",") or rounded != number:
        return None
    figures, _point, behind = f"{rounded:f}".partition(".")
    figures = figures.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        figures = f"{int(figures or 0):,}"
    least = decimals.count("0")
    return figures + point + behind[:least] + behind[least:].rstrip("0")


def _elapsed(days: Decimal, units: Sequence[str]) -> str | None:
    """A time of more than a day: `36:00` of one and a half."""
    if days < 0:
        return None
    seconds = int((days * 86_400).to_integral_value(ROUND_HALF_UP))
    texts = []
    for place, unit in enumerate(units):
        count, seconds = divmod(seconds, _SECONDS[unit[0].lower()])
        texts.append(f"{count:02d}" if place or len(unit) > 1 else f"{count}")
    return ":".join(texts)
