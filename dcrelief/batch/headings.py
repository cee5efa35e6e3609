"""The headings of a table: which row has them, what each column is called, and which fact each names."""

from collections.abc import Collection, Mapping, Sequence

from dcrelief.errors import UnusableFileError
from dcrelief.language import _
from dcrelief.rules.facts import Fact, nearest_of
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue
from dcrelief.rules.text import folded

_AFTER_NAMES = "*.?:。"  # what people put behind the names of columns


def find_headings(name: str, rows: Sequence[Sequence[str]], names: Collection[str]) -> tuple[int, tuple[str, ...]]:
    """The first of the rows that name most facts: its place, from 0, and its headings, left to right.

    name: of the file. names: what a fact may be called. Raises UnusableFileError if no row names a fact, or if one has
    the same name twice.
    """
    named = [sum(any(text in names for text in _ways_to_read(cell)) for cell in row) for row in rows]
    if not any(named):
        shown = _("、").join(cell for row in rows[:1] for cell in row[:8] if cell) or _("（空行）")
        raise UnusableFileError(
            _(
                "{name} 的前 {count} 行里没有一列是本工具认得的。第 1 行是：{shown}。",
                name=name,
                count=len(rows),
                shown=shown[:80],
            ),
            _(
                "表头请写事实的中文名或英文名，如 名称、行业、从业人员。"
                "dcrelief template 客户表.xlsx 可以得到一张空表。"
            ),
        )
    place = named.index(max(named))
    return place, _headings(name, rows[place], names)


def _ways_to_read(heading: str) -> tuple[str, str]:
    """A heading without the sign behind it, and without the unit in brackets, too."""
    text = folded(heading).rstrip(_AFTER_NAMES)
    return text, text.partition("(")[0]


def _headings(name: str, cells: Sequence[str], names: Collection[str]) -> tuple[str, ...]:
    """The headings of a row, up to the last. A blank one between others is called by its column.

    One that comes again is numbered; if it names a fact, it raises UnusableFileError.
    """
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    headings = [text or _("（第{place}列）", place=place) for place, text in enumerate(texts, 1)]
    twice = sorted({heading for heading in headings if headings.count(heading) > 1 and folded(heading) in names})
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
    for place, heading in enumerate(headings):
        before = headings[:place]
        number = 2
        while headings[place] in before:
            headings[place], number = _("{label}（{name}）", label=heading, name=number), number + 1
    return tuple(headings)


def named_facts(catalogue: Catalogue, headings: Sequence[str]) -> dict[str, Fact]:
    """The fact that each heading names; those that name none are left out. Raises UnusableFileError if two name one."""
    names = catalogue.names()
    named = {heading: fact for heading in headings if (fact := _fact_of(catalogue, names, heading)) is not None}
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
    return named


def _fact_of(catalogue: Catalogue, names: Mapping[str, str], heading: str) -> Fact | None:
    """The fact of a heading, behind which a sign or the fact's own unit may stand: `资产总额（元）`."""
    text = folded(heading).rstrip(_AFTER_NAMES)
    if text in names:
        return catalogue.facts[names[text]]
    base, _, unit = text.removesuffix(")").rpartition("(")
    fact = catalogue.facts.get(names.get(base, ""))
    if fact is None:
        return None
    return fact if kind_of(fact).is_unit(fact, unit, catalogue.tokens) else None


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


def near_facts(catalogue: Catalogue, headings: Sequence[str]) -> dict[str, Fact]:
    """Of headings that name no fact, those that look like the name of one, with that fact."""
    names = catalogue.names()
    # What stands in brackets, as a unit, may hide the likeness.
    bare = {heading: folded(heading).partition("(")[0] for heading in headings}
    near = {heading: nearest_of(bare[heading], names, cutoff=0.7) for heading in headings}
    return {heading: catalogue.facts[fact] for heading, fact in near.items() if fact}
