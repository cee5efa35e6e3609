"""Where in a sheet the table is: titles above it, headings in one row or two, a row of units below them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from dcrelief.batch.headings import Unit, bare_heading, names_a_fact, unique_headings, unit_of_heading
from dcrelief.errors import UnusableFileError
from dcrelief.language import _
from dcrelief.rules.facts import Tokens
from dcrelief.rules.money import yuan_of
from dcrelief.rules.text import folded

_FEWEST_DOWN = 3  # so many names of facts below each other, and fewer in any row: the facts are in rows
_LONGEST_UNIT = 8
_AFTER_UNIT_WORD = (":", "为", "是")
_PARTS = (",", ";", "、", "/", "和", "及")

Row = Sequence[str]


class TableTop(Struct, frozen=True):
    """How the first rows of a sheet are understood, rows numbered from 1.

    headings: left to right, from both rows where there are two. rows: where they stand. first: the row after all of it.
    unit_row: that of units below the headings, 0 if there is none. units: by heading, those of other rows than its own.
    """

    headings: tuple[str, ...]
    rows: tuple[int, ...]
    unit_row: int
    first: int
    units: Mapping[str, tuple[Unit, ...]]


def find_top(name: str, rows: Sequence[Row], names: Mapping[str, str], tokens: Tokens) -> TableTop:
    """The top of a sheet, from its first rows.

    name: of the file. names: the facts by what they may be called. Raises UnusableFileError if no row names a fact, if
    facts stand in rows, or if a unit cannot be told.
    """
    named = [sum(names_a_fact(cell, names, tokens) for cell in row) for row in rows]
    _refuse_facts_in_rows(name, rows, names, max(named, default=0))
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
    # Not the one that names most: the headings may stand again further down, and then all in one row.
    place = next(place for place, count in enumerate(named) if 2 * count >= max(named))
    upper, lower = _heading_rows(rows, place, names, tokens)
    cells, groups = list(rows[lower]), [""] * len(rows[lower])
    if upper != lower:
        cells, groups = _combined(rows[upper], rows[lower])
    headings = unique_headings(name, cells, names)
    units = {
        heading: [*_group_unit(group, upper + 1, tokens)] for heading, group in zip(headings, groups, strict=False)
    }
    for above in _title_units(name, rows[:upper], tokens):
        for column in units.values():
            column.append(above)
    unit_row = 0
    if lower + 1 < len(rows) and _is_unit_row(rows[lower + 1], tokens):
        unit_row = lower + 2
        for heading, cell in zip(headings, rows[lower + 1], strict=False):
            if cell.strip():
                units[heading].append(Unit(folded(cell), cell.strip(), unit_row))
    return TableTop(
        headings,
        tuple(sorted({upper + 1, lower + 1})),
        unit_row,
        max(lower + 2, unit_row + 1),
        {heading: tuple(found) for heading, found in units.items() if found},
    )


def _refuse_facts_in_rows(name: str, rows: Sequence[Row], names: Mapping[str, str], most_in_a_row: int) -> None:
    """Raises UnusableFileError for a table that has a fact a row and a client a column."""
    for column in range(min(2, max(map(len, rows), default=0))):
        down = {names.get(bare_heading(row[column])) for row in rows if len(row) > column} - {None}
        if len(down) >= _FEWEST_DOWN and len(down) > most_in_a_row:
            raise UnusableFileError(
                _("{name} 是一行一个事实、一列一家：第 {column} 列里是事实的名字。", name=name, column=column + 1),
                _("请改成一行一家：在 Excel 里复制整张表，选择性粘贴，勾“转置”。"),
            )


def _heading_rows(rows: Sequence[Row], place: int, names: Mapping[str, str], tokens: Tokens) -> tuple[int, int]:
    """The two rows of the headings, the same twice if one row has them all; place: the one that names most facts."""

    def known(row: int, column: int) -> bool:
        return column < len(rows[row]) and names_a_fact(rows[row][column], names, tokens)

    def filled(row: int) -> list[int]:
        return [column for column, cell in enumerate(rows[row]) if cell.strip()]

    if place + 1 < len(rows):
        below = filled(place + 1)
        under_no_fact = [column for column in below if not known(place, column)]
        # A row of headings has no cell below a fact's name, but for the same name again.
        if any(known(place + 1, column) for column in under_no_fact) and all(
            column in under_no_fact or known(place + 1, column) for column in below
        ):
            return place, place + 1
    if place and len(above := filled(place - 1)) > 1:
        over_blank = [column for column in above if column >= len(rows[place]) or not rows[place][column].strip()]
        grouped = any(unit_of_heading(rows[place - 1][column], tokens) for column in above)
        if any(known(place - 1, column) for column in over_blank) or grouped:
            return place - 1, place
    return place, place


def _combined(upper: Row, lower: Row) -> tuple[list[str], list[str]]:
    """The names of the columns, from the lower row where it has one, and the group above each, empty for none."""
    cells, groups, group = [], [], ""
    for column in range(max(len(upper), len(lower))):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        if above.strip() or not below.strip():
            group = above if below.strip() else ""
        cells.append(below if below.strip() else above)
        groups.append(group)
    return cells, groups


def _group_unit(group: str, row: int, tokens: Tokens) -> Iterator[Unit]:
    if unit := unit_of_heading(group, tokens):
        yield Unit(unit, group.strip(), row)


# ---- units above and below the headings --------------------------------------------------------------------------


def stated_units(text: str, tokens: Tokens) -> list[str]:
    """The units that a line states, as `单位：万元` and `客户表（万元）` do; empty for one that is not of yuan."""
    plain, found = folded(text), []
    for word in map(folded, tokens.unit):
        _before, there, after = plain.partition(word)
        if there and after.startswith(_AFTER_UNIT_WORD):
            found += _split(after[1:].lstrip(":").partition(")")[0], _PARTS)
    if not found and plain.endswith(")"):
        found = [plain[:-1].rpartition("(")[2]]
    units = []
    for part in found:
        if yuan_of(part, tokens) is not None:
            units.append(part)
        elif any(part.endswith(word) for word in map(folded, tokens.other_money)):
            units.append("")
    return units


def _split(text: str, signs: Iterable[str]) -> list[str]:
    for sign in signs:
        text = text.replace(sign, "\n")
    return text.split("\n")


def _title_units(name: str, above: Sequence[Row], tokens: Tokens) -> list[Unit]:
    """The unit of amounts that the rows above the headings state. Raises UnusableFileError for several, and others."""
    found: list[Unit] = []
    for row, cells in enumerate(above, 1):
        filled = [cell.strip() for cell in cells if cell.strip()]
        # `单位：` in one cell and `万元` in the next are one line.
        lines = filled if any(stated_units(cell, tokens) for cell in filled) else ["".join(filled)]
        for line in lines:
            found += (Unit(unit, line, row) for unit in stated_units(line, tokens))
    for unit in found:
        if yuan_of(unit.text, tokens) is None:
            raise UnusableFileError(
                _("{name} {place} 里的单位不是人民币元。", name=name, place=unit.place()),
                _("请把金额换算成人民币，再试。"),
            )
    if len({yuan_of(unit.text, tokens) for unit in found}) > 1:
        raise UnusableFileError(
            _("{name} 的金额单位说法不一：{places}。", name=name, places=_("；").join(unit.place() for unit in found)),
            _("请只留一个单位，或把单位写进每一列的表头。"),
        )
    return found[:1]


def _is_unit_row(row: Row, tokens: Tokens) -> bool:
    """Whether the cells are units: one at least of money, all of them short, and no number among them."""
    cells = [folded(cell) for cell in row if cell.strip()]
    short = all(len(cell) <= _LONGEST_UNIT and not any(map(str.isdigit, cell)) for cell in cells)
    return short and any(yuan_of(cell.strip("()"), tokens) for cell in cells)
