"""Where in a sheet the table is: titles above it, headings in one row or two, a row of units below them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from dcrelief.batch.headings import (
    Unit,
    bare_heading,
    in_round_brackets,
    names_a_fact,
    plain_unit,
    unique_headings,
    unit_of_heading,
)
from dcrelief.batch.unit_lines import LONGEST_UNIT, is_in_figures, mentions_unit, stated_units
from dcrelief.errors import UnusableFileError
from dcrelief.language import _
from dcrelief.rules.facts import Tokens
from dcrelief.rules.money import yuan_of
from dcrelief.rules.text import folded, folded_word

_FEWEST_DOWN = 3  # so many names of facts below each other, and fewer in any row: the facts are in rows
# A client may be called 甲, and have one of something: for each further way of numbering one more is needed.
_FEWEST_NUMBERED = 3

_YEAR = re.compile(r"(?:19|20)\d{2}")

Row = Sequence[str]


class TableTop(Struct, frozen=True):
    """How the first rows of a sheet are understood, rows numbered from 1.

    titles: what stands above. headings: left to right, from both rows where there are two. rows: where they stand.
    first: the row after all of it.
    unit_row: that of units below the headings, 0 if there is none. units: by heading, those of other rows than its own.
    """

    headings: tuple[str, ...]
    rows: tuple[int, ...]
    unit_row: int
    first: int
    units: Mapping[str, tuple[Unit, ...]]
    titles: frozenset[str] = frozenset()


def find_top(name: str, rows: Sequence[Row], names: Mapping[str, str], tokens: Tokens) -> TableTop:
    """The top of a sheet, from its first rows.

    name: of the file. names: the facts by what they may be called. Raises UnusableFileError if no row names a fact, if
    facts stand in rows, or if a unit cannot be told.
    """
    # `名称：` says what stands beside it, and is a heading only where there is no other.
    named = [sum(names_a_fact(cell, names, tokens) and not _is_label(cell) for cell in row) for row in rows]
    if not any(named):
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
    _refuse_split_facts(name, rows, upper, lower, names, tokens)
    for above in _title_units(name, _said_beside(rows, upper, lower, names, tokens), tokens):
        for column in units.values():
            column.append(above)
    unit_row = 0
    below = lower + 1 < len(rows) and numbers_columns(rows[lower + 1], tokens)
    if below and lower + 2 < len(rows) and _is_unit_row(rows[lower + 2], tokens):
        raise _unsure_unit(name, lower + 3)
    if lower + 1 < len(rows) and not below and _is_unit_row(rows[lower + 1], tokens):
        unit_row = lower + 2
        for heading, cell in zip(headings, rows[lower + 1], strict=False):
            if cell.strip():
                units[heading].append(Unit(plain_unit(in_round_brackets(cell), tokens), cell.strip(), unit_row))
    elif lower + 1 < len(rows) and any(
        mentions_unit(cell, tokens)
        for heading, cell in zip(headings, rows[lower + 1], strict=False)
        if names_a_fact(heading, names, tokens)
    ):
        raise _unsure_unit(name, lower + 2)
    return TableTop(
        headings,
        tuple(sorted({upper + 1, lower + 1})),
        unit_row,
        max(lower + 2, unit_row + 1),
        {heading: tuple(found) for heading, found in units.items() if found},
        frozenset(cell.strip() for row in rows[:upper] for cell in row if cell.strip()),
    )


def _unsure_unit(name: str, row: int) -> UnusableFileError:
    return UnusableFileError(
        _("{name} 第 {row} 行提到了金额的单位，看不出是不是这张表的。", name=name, row=row),
        _("请把单位写进表头，如 营业收入（万元），再删去这一行。"),
    )


def _is_label(cell: str) -> bool:
    return folded(cell).endswith(":")


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
        cell = rows[row][column] if column < len(rows[row]) else ""
        return names_a_fact(cell, names, tokens) and not (row < place and _is_label(cell))

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


def numbers_columns(cells: Row, tokens: Tokens) -> bool:
    """Whether cells number the columns, as `栏次 1 2 3`, `甲 乙 1 2 3 4`, `Ⅰ Ⅱ Ⅲ` and `1 2 3=1+2` do."""
    numbers = [_column_numbers(text, tokens) for text in map(_column_number, cells) if text.strip("-—")]
    if numbers and not numbers[0]:  # what the row is called
        del numbers[0]
    paths = {(-1, -1, 0)}  # way of numbering, place in it, and how many times it began anew
    for found in numbers:
        paths = {
            (way, place, runs + (place == 0))
            for before, last, runs in paths
            for way, place in found
            if place == 0 or (way, place) == (before, last + 1)
        }
    return any(len(numbers) >= _FEWEST_NUMBERED + runs - 1 for _way, _place, runs in paths)


def numbers_a_group(cell: str, tokens: Tokens) -> bool:
    """Whether a cell numbers a group of rows, as `一、`, `（二）` and `A` do, and figures do not."""
    return any(way < len(tokens.serials) for way, _place in _column_numbers(_column_number(cell), tokens))


def _column_number(cell: str) -> str:
    """What stands in a cell for a number, without brackets, stops, and what it is worked out from: `3` of `(3)=1+2`."""
    return in_round_brackets(cell).strip("().、").partition("=")[0].strip("().、")


def _column_numbers(text: str, tokens: Tokens) -> list[tuple[int, int]]:
    """In which ways of numbering a text is a number, and at which place from 0; `第3列` is as 3."""
    for word in map(folded_word, tokens.column_words):
        text = text.removeprefix(word).removesuffix(word)
    text = text.strip("().、")
    if text.isascii() and text.isdecimal() and len(text) < _FEWEST_NUMBERED:
        return [(len(tokens.serials), int(text) - 1)]
    serials = (serial.split() for serial in tokens.serials)
    return [(way, serial.index(text)) for way, serial in enumerate(serials) if text in serial]


# ---- units above and below the headings --------------------------------------------------------------------------


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
        if is_in_figures(unit.text, tokens):
            raise UnusableFileError(
                _("{name} {place} 里的单位看不懂。", name=name, place=unit.place()), _("请写成 单位：万元 这样，再试。")
            )
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
    cells = [plain_unit(in_round_brackets(cell), tokens) for cell in row if cell.strip()]
    short = all(len(cell) <= LONGEST_UNIT and not any(map(str.isdigit, cell)) for cell in cells)
    return short and any(yuan_of(cell, tokens) for cell in cells)


def _said_beside(
    rows: Sequence[Row], upper: int, lower: int, names: Mapping[str, str], tokens: Tokens
) -> list[list[str]]:
    """The rows above the headings; and of these, the cells that are no heading, but say the unit."""
    above = [list(row) for row in rows[:upper]]
    for row in sorted({upper, lower}):
        said = [
            cell
            for cell in rows[row]
            if any(folded_word(word) in folded(cell) for word in tokens.unit)
            and not names_a_fact(cell, names, tokens)
            and stated_units(cell, tokens)
        ]
        above += [[]] * (row - len(above)) + [said]
    return above


def _refuse_split_facts(
    name: str, rows: Sequence[Row], upper: int, lower: int, names: Mapping[str, str], tokens: Tokens
) -> None:
    """Raises UnusableFileError where a fact's heading stands over several columns: which of them is it?"""
    if upper != lower or lower + 1 >= len(rows):
        return
    head, below = rows[lower], rows[lower + 1]

    def at(row: Row, column: int) -> str:
        return row[column].strip() if column < len(row) else ""

    known = [column for column in range(len(head)) if names_a_fact(at(head, column), names, tokens)]
    # The first business has something under another heading, too.
    filled = [column for column in known if at(below, column) not in ("", at(head, column))]
    for column in known:
        right = column + 1
        split = right < len(below) and not at(head, right) and at(below, right) and at(below, column)
        parts = [at(below, each) for each in (column, right)]
        if split and filled == [column] and len(known) > 1 and not any(_is_number(part) for part in parts):
            raise UnusableFileError(
                _(
                    "{name} 的“{heading}”下面分成了几列：{parts}，看不出用哪一列。",
                    name=name,
                    heading=at(head, column),
                    parts=_("、").join(parts),
                ),
                _("请只留要用的一列，表头写一行。"),
            )


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdecimal() and not _YEAR.fullmatch(text)
