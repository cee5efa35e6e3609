"""The hard facts of a text: what is right or wrong to the letter, such as phones, amounts, days and names.

They are there to be compared: each has a kind, and a value that is the same however the text writes it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from dcrelief.proof.numerals import ARABIC, DIGITS, NUMBER, SCALES, plain, value_of
from dcrelief.proof.spelling import same_letters, unspaced


class HardFact(NamedTuple):
    """A kind, which is a key of words.toml's [hard_fact], and a value."""

    kind: str
    value: str


# ---- phones --------------------------------------------------------------------------------------------------------

_DASHES = r"\-‐–—―−"
# An area code, which the catalogue does not write, and the number: a mobile's, of the country, of the area, a hotline.
_AREA = rf"(?:\(?0\d{{2,3}}\)?[ {_DASHES}]?)?"
_GAP = rf"[ {_DASHES}]?"
_MAIN = (
    rf"1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"
    rf"|[48]00{_GAP}(?:\d{{3}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}})"
    r"|\d{7,8}|12\d{3}|9[56]\d{3,4}"
)
_NO_PHONE = r"(?!\d|\.\d|[元万亿千百%‰年户家名笔个台件套吨米亩平公次倍]|人(?!工|社))"
_EXTENSIONS = r"\d{3,4}(?!\d)(?: ?[或/] ?\d{3,4}(?!\d))*"
_ONE_PHONE = rf"(?<!\d){_AREA}({_MAIN}){_NO_PHONE}(?:(?: ?转 ?|[{_DASHES}])({_EXTENSIONS}))?"
_PHONE = re.compile(_ONE_PHONE)
# Behind another phone or a label: with a remark in brackets between them, or on the same line with a word, 值班室.
_REMARK = r"\([^()]*\)"
_NEXT_PHONE = re.compile(
    rf"(?:(?:[\s、,;/]|{_REMARK})*|(?:[^\S\n]|[、,;/]|{_REMARK})*[一-鿿]{{1,6}}[^\S\n]*){_ONE_PHONE}"
)


def phones(text: str) -> tuple[str, ...]:
    """The phones with which a text begins, as the catalogue writes them: `64031118-2538/2539`."""
    text, found, at = same_letters(text), [], 0
    while match := _NEXT_PHONE.match(text, at):
        number, extensions = _number_and_extensions(match)
        found.append("-".join(filter(None, (number, "/".join(extensions)))))
        at = match.end()
    return tuple(found)


def _phone(match: re.Match[str]) -> Iterator[str]:
    """The number, or one for each of its extensions."""
    number, extensions = _number_and_extensions(match)
    yield from (f"{number}-{extension}" for extension in extensions) if extensions else (number,)


def _number_and_extensions(match: re.Match[str]) -> tuple[str, list[str]]:
    return re.sub(r"\D", "", match[1]), re.findall(r"\d+", match[2] or "")


# ---- days ----------------------------------------------------------------------------------------------------------

# Between the ends of a range: 3至6个月, 10(含)—20万元.
_TO = rf"(?:\(不?含\))?[{_DASHES}~〜∼至到]{{1,2}}"
_YEAR = rf"(?:(?<!\d)\d{{4}}|(?<![{DIGITS}])[{DIGITS}]{{4}})"
_MONTH = r"(?:(?<!\d)\d{1,2}|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2})"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"


def _day(match: re.Match[str]) -> Iterator[str]:
    year, month, *days = (plain(value_of(part)) for part in match.groups() if part)
    yield from (f"{year:0>4}-{month:0>2}-{day:0>2}" for day in days)


def _day_of_year(match: re.Match[str]) -> Iterator[str]:
    month, *days = (plain(value_of(part)) for part in match.groups() if part)
    yield from (f"{month}月{day}日" for day in days)


def _year(match: re.Match[str]) -> Iterator[str]:
    if match[1]:
        yield f"{plain(value_of(match[1]))}年"
    yield f"{plain(value_of(match[2]))}年{match[3]}"


def _month(match: re.Match[str]) -> Iterator[str]:
    """1、2月 and 1至3月 as the months that are named, and what part of the last."""
    *others, last = re.findall(r"\d+|[一二三四五六七八九十]+", match[1])
    yield from (f"{plain(value_of(other))}月" for other in others)
    yield f"{plain(value_of(last))}月{match[2].replace('末', '底')}"


def _quarter(match: re.Match[str]) -> Iterator[str]:
    yield from (f"第{plain(value_of(number))}季度" for number in re.findall("[1-4一二三四]", match[0]))


def _span(match: re.Match[str]) -> Iterator[str]:
    unit = "个工作日" if "工作日" in match[3] else match[3].replace("天", "日")
    yield from (
        f"{number if number == '半' else plain(value_of(number))}{unit}" for number in match.groups()[:2] if number
    )


# ---- amounts and counts --------------------------------------------------------------------------------------------


def _amount(match: re.Match[str]) -> Iterator[str]:
    """Both ends of a range; the first in the scale of the last, unless it has its own or would be more."""
    first, own_scale, last, scale, currency = match.groups()
    most = value_of(last, scale)
    if first:
        least = value_of(first, own_scale or scale or last[len(last.rstrip("百千万亿")) :])
        yield f"{plain(least if least <= most else value_of(first))}{currency}"
    yield f"{plain(most)}{currency}"


def _share(match: re.Match[str]) -> Iterator[str]:
    yield from (f"{plain(value_of(number))}{match[3]}" for number in match.groups()[:2] if number)


def _part(match: re.Match[str]) -> Iterator[str]:
    """百分之二十 as 20%, 千分之五 as 5‰, 万分之五 as 5‱."""
    sign = {"百": "%", "千": "‰", "万": "‱"}[match[1]]
    yield from (f"{plain(value_of(number))}{sign}" for number in match.groups()[1:] if number)


def _count(match: re.Match[str]) -> Iterator[str]:
    """Both ends of a range; 一家 and 一人 count nothing."""
    first, last, scale, unit = match.groups()
    if last != "一" or unit == "倍":
        yield from (f"{plain(value_of(number, scale))}{unit}" for number in (first, last) if number)


def _people(match: re.Match[str]) -> Iterator[str]:
    yield from (count.removesuffix("人") for count in _count(match))


# ---- the rest ------------------------------------------------------------------------------------------------------

_HOUSE = r"\d+号(?:[A-Z\d]+(?:号楼|座|楼|层|院|房间|室))*"
_BODIES = r"管委会|管委|局|委|办(?!理|事|班)|中心|街道办事处"
_OWN_BODIES = r"总工会|妇联|残联|法院|检察院"
_CURRENCIES = "美元|美金|欧元|港元|港币|日元|英镑|元"
# What is counted in digits; 两个 and 三次 are ways of speaking.
_COUNTED = "个|项|件|次|种|位|折|批|台|辆|吨|亩|平方米|千瓦时|岁"


def _whole(match: re.Match[str]) -> Iterator[str]:
    yield match[0]


def _first(match: re.Match[str]) -> Iterator[str]:
    yield match[1]


def _address(match: re.Match[str]) -> Iterator[str]:
    yield f"http://{match[0]}".rstrip("/") if match[0].startswith("www.") else match[0].rstrip("/")


def _number_of_document(match: re.Match[str]) -> Iterator[str]:
    yield f"〔{match[1]}〕{match[2]}号"


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Iterator[str]]], ...] = (
    ("quoted", re.compile(r"[“\"]([^“”\"]+)[”\"]"), _first),
    ("named", re.compile(r"《([^《》]+)》"), _first),
    ("document", re.compile(r"[〔\[](\d{4})[〕\]](\d+)号"), _number_of_document),
    ("email", re.compile(r"(?<![A-Za-z0-9._-])[A-Za-z0-9._-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), _whole),
    ("web", re.compile(r"(?<![A-Za-z])(?:[A-Za-z]*://|www\.)[A-Za-z0-9./_-]+"), _address),
    ("phone", _PHONE, _phone),
    ("postcode", re.compile(r"邮编:?(\d{6})(?!\d)"), _first),
    ("place", re.compile(rf"[一-鿿]{{2,6}}?区[一-鿿]{{2,8}}?(?:街|路|胡同){_HOUSE}"), _whole),
    # With no district before it nobody knows where a street's name begins: the end of the name and the house must do.
    ("place", re.compile(rf"(?:大街|街|大道|路|巷|弄|胡同){_HOUSE}"), _whole),
    ("day", re.compile(rf"({_YEAR})年({_MONTH})月({_DAY})日(?:{_TO}({_DAY})日)?"), _day),
    ("day", re.compile(rf"({_MONTH})月({_DAY})日(?:{_TO}({_DAY})日)?"), _day_of_year),
    ("year", re.compile(rf"(?:({_YEAR}){_TO})?({_YEAR})年(度?)"), _year),
    (
        "month",
        re.compile(rf"((?:{_MONTH}(?:{_TO}|、|和)){{0,4}}{_MONTH})月(?:份)?(上旬|中旬|下旬|底|末|初|)(?!\d)"),
        _month,
    ),
    ("quarter", re.compile(rf"第?[1-4一二三四](?:(?:、|和|{_TO})第?[1-4一二三四]){{0,3}}季度"), _quarter),
    (
        "amount",
        re.compile(
            rf"(?:({NUMBER})([{SCALES}]{{0,3}}){_TO})?({NUMBER})([{SCALES}]{{0,3}})({_CURRENCIES})(?!化|素|结构)"
        ),
        _amount,
    ),
    ("share", re.compile(rf"(?:({NUMBER}){_TO})?({NUMBER})(%|‰|‱|个百分点)"), _share),
    ("share", re.compile(rf"([百千万])分之({NUMBER})(?:{_TO}(?:\1分之)?({NUMBER}))?"), _part),
    (
        "span",
        re.compile(rf"(?<![哪那同这])(?:({NUMBER}){_TO})?({NUMBER}|半)(个工作日|工作日|个月|小时|年|天|日)"),
        _span,
    ),
    # A unit without a number, or with one like 050: no article has one, so it shows as a difference.
    ("bare", re.compile(r"(?<!■)(?:万元|%|‰|个百分点|个工作日|小时内|个月|月底|日内)"), _whole),
    ("people", re.compile(rf"(?:({NUMBER}){_TO})?({NUMBER})([{SCALES}]?)(人)(?!民|力|才|工|社|均)"), _people),
    ("count", re.compile(rf"(?<!第)(?:({NUMBER}){_TO})?({NUMBER})([{SCALES}]?)(倍|家|名|笔|户)(?!庭|称|单)"), _count),
    ("count", re.compile(rf"(?<!第)(?:({ARABIC}){_TO})?({ARABIC})([{SCALES}]?)({_COUNTED})"), _count),
    ("once", re.compile(r"一次性"), _whole),
    ("unit", re.compile(rf"[区市县](?:[一-鿿]{{1,5}}?(?:{_BODIES})|{_OWN_BODIES})"), _whole),
)
# Other facts may stand inside these, so they are not taken out.
_STAYS = ("named", "quoted", "document")


def hard_facts(text: str) -> set[HardFact]:
    """Every hard fact of a text."""
    return set(in_order(text))


def in_order(text: str) -> tuple[HardFact, ...]:
    """The hard facts of a text, as they follow each other."""
    return tuple(fact for _place, fact in sorted(_found(unspaced(text)), key=lambda placed: placed[0]))


def numbers_of(facts: Iterable[HardFact]) -> tuple[str, ...]:
    """The amounts, shares, spans and counts among hard facts: which is whose shows in their order."""
    return tuple(fact.value for fact in facts if fact.kind in ("amount", "share", "span", "people", "count"))


def _found(text: str) -> Iterator[tuple[int, HardFact]]:
    """Kind by kind, with its place. What one kind has found is taken out for the next: a day is no span, too."""
    for kind, pattern, value in _KINDS:
        for match in pattern.finditer(text):
            for found in value(match):
                yield match.start(), HardFact(kind, found)
        if kind not in _STAYS:
            text = pattern.sub(lambda match: "■" * len(match[0]), text)
