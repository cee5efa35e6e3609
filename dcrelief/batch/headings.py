"""The headings of a table: what each column is called, which fact it names, and in which unit."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from dcrelief.errors import UnusableFileError
from dcrelief.language import _
from dcrelief.rules.facts import Fact, Tokens, in_units, nearest_of
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue
from dcrelief.rules.money import yuan_of
from dcrelief.rules.text import folded

# What people put around the names of columns, as rules.text.folded leaves it: marks, and the numbers of a list.
_BEFORE_NAMES = re.compile(r"^(?:[*#※★☆●○◆■]+|\(\d{1,3}\)|\d{1,3}[、.)])+")
_BRACKETS = str.maketrans("【】〔〕[]{}〖〗", "()()()()()")
_CIRCLED = re.compile(r"^\s*[①-⑳]")
_AFTER_NAMES = "*.?:。※★#"
_UNIT_SIGNS = "/,-_:"
_LONGEST_UNIT = 8
_FEWEST_OF_A_RESULT = 5
_MOST_NEAR, _LONGEST_NAME = 300, 200
_MOST_SHOWN = 80


class Unit(Struct, frozen=True):
    """A unit that stands outside a column's own heading: the text (folded), what was written, and in which row.

    Row 0: it is the number format of the cells.
    """

    text: str
    written: str
    row: int

    def place(self) -> str:
        """Where it stands, in words."""
        written = self.written if len(self.written) <= _MOST_SHOWN else f"{self.written[:_MOST_SHOWN]}…"
        if not self.row:
            return _("单元格格式“{written}”", written=written)
        return _("第 {row} 行“{written}”", row=self.row, written=written)


def unnamed(column: int) -> str:
    """What a column without a heading is called; column: its number, from 1."""
    return _("（第{place}列）", place=column)


def bare_heading(heading: str) -> str:
    """A heading for comparison: folded, without the numbers, marks and stops around it."""
    return _BEFORE_NAMES.sub("", in_round_brackets(_CIRCLED.sub("", heading)).rstrip(_AFTER_NAMES))


def in_round_brackets(text: str) -> str:
    """A text, folded, with every bracket a round one."""
    return folded(text).translate(_BRACKETS)


def names_a_fact(heading: str, names: Mapping[str, str], tokens: Tokens) -> bool:
    """Whether a heading is the name of a fact, with or without a unit."""
    return name_and_unit(heading, names, tokens)[0] in names or bare_heading(heading).partition("(")[0] in names


def unit_of_heading(heading: str, tokens: Tokens) -> str:
    """The unit of money in brackets behind a heading, or empty."""
    text = bare_heading(heading)
    unit = plain_unit(text[:-1].rpartition("(")[2], tokens) if text.endswith(")") else ""
    return unit if yuan_of(unit, tokens) is not None else ""


def plain_unit(text: str, tokens: Tokens) -> str:
    """A unit without the word for it: `万元` of `单位:万元`."""
    text = text.strip("()")
    for word in map(folded, tokens.unit):
        text = text.removeprefix(word)
    return text.lstrip(":")


def name_and_unit(heading: str, names: Mapping[str, str], tokens: Tokens) -> tuple[str, str]:
    """The name and the unit of a heading: `营业收入（万元）`, `营业收入/万元`; or all of it, and none."""
    text = bare_heading(heading)
    if text in names:
        return text, ""
    if text.endswith(")"):
        name, _sign, unit = text[:-1].rpartition("(")
        return bare_heading(name), plain_unit(unit, tokens)
    for sign in _UNIT_SIGNS:
        name, found, unit = text.rpartition(sign)
        if found and name in names:
            return name, plain_unit(unit, tokens)
    for length in range(1, min(_LONGEST_UNIT, len(text) - 1) + 1):
        if text[:-length] in names and yuan_of(text[-length:], tokens) is not None:
            return text[:-length], text[-length:]
    return text, ""


def unique_headings(name: str, cells: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The headings of a row, up to the last. A blank one between others is called by its column.

    One that comes again is numbered; if it names a fact, it raises UnusableFileError. name: of the file.
    """
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    headings = [text or unnamed(place) for place, text in enumerate(texts, 1)]
    counts = Counter(headings)
    twice = sorted(heading for heading, count in counts.items() if count > 1 and bare_heading(heading) in names)
    if twice:
        listed = _("；").join(
            _(
                "“{heading}”在第 {listed} 列",
                heading=heading,
                listed=_("、").join((str(n) for n, other in enumerate(headings, 1) if other == heading)),
            )
            for heading in twice
        )
        raise UnusableFileError(
            _("{name} 的表头有重复：{listed}。", name=name, listed=listed), _("请改成不同的名字，或删去多余的一列。")
        )
    before: set[str] = set()
    numbers: Counter[str] = Counter()
    for place, heading in enumerate(headings):
        while headings[place] in before:
            numbers[heading] += 1
            headings[place] = _("{label}（{name}）", label=heading, name=1 + numbers[heading])
        before.add(headings[place])
    return tuple(headings)


def named_facts(
    catalogue: Catalogue, headings: Sequence[str], units: Mapping[str, Sequence[Unit]] | None = None
) -> dict[str, Fact]:
    """The fact that each heading names, an amount in the unit of its column; those that name none are left out.

    units: by heading, those that stand elsewhere. Raises UnusableFileError if none names a fact, two name one, or units
    do not agree.
    """
    names, elsewhere = catalogue.names(), units or {}
    named = {}
    for heading in headings:
        if (fact := _fact_of(catalogue, names, heading, elsewhere.get(heading, ()))) is not None:
            named[heading] = fact
    by_fact: dict[str, list[str]] = {}
    for heading, fact in named.items():
        by_fact.setdefault(fact.id, []).append(heading)
    twice = [
        _("“{headings}”（{fact}）", headings=_("”和“").join(group), fact=fact)
        for fact, group in by_fact.items()
        if len(group) > 1
    ]
    if twice:
        raise UnusableFileError(
            _("有几列说的是同一个事实：{listed}。", listed=_("；").join(twice)), _("请只留一列，或把另一列的表头改掉。")
        )
    if not named:
        shown = _("、").join(headings)[:_MOST_SHOWN]
        near = next(iter(near_facts(catalogue, headings).items()), None)
        hint = near and _(
            "“{heading}”是不是“{nearest}”？是的话请改表头。", heading=near[0][:_MOST_SHOWN], nearest=near[1].column
        )
        raise UnusableFileError(
            _("表头里没有一列是本工具认得的：{shown}。", shown=shown),
            hint or _("表头请写事实的中文名或英文名，如 名称、行业、从业人员。"),
        )
    return named


def _fact_of(catalogue: Catalogue, names: Mapping[str, str], heading: str, elsewhere: Sequence[Unit]) -> Fact | None:
    """The fact of a heading, in the unit that stands behind it, above it or below it."""
    tokens = catalogue.tokens
    name, own = name_and_unit(heading, names, tokens)
    fact = catalogue.facts.get(names.get(name, ""))
    if fact is None:
        return None
    kind = kind_of(fact)
    if not kind.is_money:
        odd = next((unit for unit in elsewhere if kind.span and _is_other_unit(fact, unit, tokens)), None)
        if odd is not None:
            raise UnusableFileError(
                _("{place}：“{heading}”的单位不是{unit}。", place=odd.place(), heading=heading, unit=fact.unit),
                _("请换算好，写成单位是{unit}的数。", unit=fact.unit),
            )
        return fact if not own or kind.is_unit(fact, own, tokens) else None
    stated = [(own, _("表头“{heading}”", heading=heading))] if own else []
    stated += [(unit.text, unit.place()) for unit in elsewhere]
    worth = {text: yuan_of(text.strip("()"), tokens) for text, _place in stated}
    if own and worth[own] is None:
        return None
    known = [(text, place) for text, place in stated if worth[text] is not None]
    if len({worth[text] for text, _place in known}) > 1:
        raise UnusableFileError(
            _(
                "“{heading}”的单位说法不一：{places}。",
                heading=heading,
                places=_("；").join(place for _text, place in known),
            ),
            _("请只留对的一个。"),
        )
    return in_units(fact, worth[known[0][0]] or 1) if known else fact


def _is_other_unit(fact: Fact, unit: Unit, tokens: Tokens) -> bool:
    """Whether a unit below the heading of a number is none of its own; a unit of money above is not meant for it."""
    text = unit.text.strip("()")
    return yuan_of(text, tokens) is None and not kind_of(fact).is_unit(fact, text, tokens)


def renamed(catalogue: Catalogue, headings: Sequence[str], own: Sequence[str]) -> dict[str, str]:
    """New names for the headings of a table that columns of the sheet have, too; own: the headings of those."""
    new_names = {}
    for heading in headings:
        new = heading
        while new in own or (new != heading and new in headings):
            new = catalogue.words("batch.taken", heading=new)
        if new != heading:
            new_names[heading] = new
    return new_names


def of_a_result(headings: Sequence[str], own: Sequence[str]) -> frozenset[str]:
    """The headings of columns that an earlier run wrote; own: those of a sheet. A few may be there by chance."""
    found = frozenset(headings) & frozenset(own)
    return found if len(found) >= _FEWEST_OF_A_RESULT else frozenset()


def near_facts(catalogue: Catalogue, headings: Sequence[str]) -> dict[str, Fact]:
    """Of headings that name no fact, those that look like the name of one, with that fact."""
    names = catalogue.names()
    # What stands in brackets, as a unit, may hide the likeness. No name is very long, and to look closely takes time.
    bare = {heading: folded(heading[:_LONGEST_NAME]).partition("(")[0] for heading in headings[:_MOST_NEAR]}
    near = {heading: nearest_of(name, names, cutoff=0.7) for heading, name in bare.items()}
    return {heading: catalogue.facts[fact] for heading, fact in near.items() if fact}
