"""Tables of workbooks: which sheet, what its formats say, what was done to it; one, or all of them together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import polars as pl
from msgspec.structs import replace

from dcrelief.batch.businesses import ROW, Businesses, Knowledge
from dcrelief.batch.headings import Unit, in_round_brackets, names_a_fact
from dcrelief.batch.number_formats import shown, text_of
from dcrelief.batch.sheet_look import Place, column_of
from dcrelief.batch.table import HEADING_ROWS, PieceReader, SeveralSheets, Table, cell_column
from dcrelief.batch.table_top import TableTop, find_top
from dcrelief.batch.unit_lines import mentions_unit
from dcrelief.batch.xlsx import FormatUnit, Sheet, SheetCells, Workbook, with_texts
from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.files.whole import MOST_OF_A_NAME, file_name
from dcrelief.language import _
from dcrelief.rules.facts import Tokens
from dcrelief.rules.money import yuan_of
from dcrelief.rules.text import folded

ALL_SHEETS = "*"  # no sheet can be called so
_SHEET_BATCH = 50_000
_MOST_LISTED = 5
_PARTS_OF_A_NAME = 3  # of a report: sheet, number, name


def workbook_table(name: str, content: bytes, knowledge: Knowledge, wanted: str | None) -> Table:
    """The table of a workbook. wanted: the name or number of a sheet, ALL_SHEETS, or None for the first that has one.

    Raises UnusableFileError, UsageError for a sheet that is not there.
    """
    book = Workbook(name, content)
    if wanted == ALL_SHEETS:
        return _all_sheets(name, book, knowledge)
    sheet, cells = _sheet(name, book, knowledge, wanted)
    table = _table(name, book, sheet, cells, knowledge)
    others = [
        other.name if other.is_seen else _("{name}（隐藏）", name=other.name) for other in book.sheets if other != sheet
    ]
    if not others:
        return table
    note = _("另有工作表：{sheets}，没有读；要读用 --sheet 名字。", sheets=_listed(others))
    if sum(each.is_seen for each in book.sheets) > 1:
        note = _("另有工作表：{sheets}，没有读；要读用 --sheet 名字，全读用 --sheet '*'。", sheets=_listed(others))
    return replace(table, notes=(note, *table.notes))


def _table(name: str, book: Workbook, sheet: Sheet, cells: SheetCells, knowledge: Knowledge) -> Table:
    """The table of one sheet. Raises UnusableFileError."""
    frame = cells.frame
    frame.columns = [cell_column(place) for place in range(frame.width)]
    rows = _first_rows(frame)
    if not rows:
        raise UnusableFileError(
            _("{name} 的工作表“{sheet}”是空的。", name=name, sheet=sheet.name), _("别的工作表用 --sheet 名字 选。")
        )
    top = find_top(name, rows, knowledge.names, knowledge.tokens)
    top = replace(top, units=_with_formats(name, top, cells, knowledge))
    businesses = Businesses(name, top, knowledge)
    frame, formatted, unlike = _as_formatted(frame, cells, businesses.other_columns, knowledge.tokens)
    below = frame[top.first - 1 :].with_row_index(ROW, offset=top.first)

    def part(start: int) -> tuple[pl.DataFrame, int]:
        batch = below[start : start + _SHEET_BATCH]
        return batch, start + batch.height

    def read() -> Iterator[PieceReader]:
        return (partial(part, start) for start in range(0, max(below.height, 1), _SHEET_BATCH))

    long = pl.DataFrame(cells.long_numbers, schema={"row": pl.UInt32, "column": pl.UInt32}, orient="row")
    long_numbers = {column: rows["row"] + 1 for (column,), rows in long.group_by("column")}
    other = cells.percents | formatted | long_numbers.keys()

    def numbers() -> frozenset[str]:
        _rows, set_aside, _bare = businesses.among(below, below.columns[1:])
        aside = {each.row for each in set_aside}
        texts = set(other)
        for row, column in book.texts(sheet):
            if column not in texts and row + 1 >= top.first and row + 1 not in aside:
                texts |= {column} if frame.item(row, column) is not None else set()
        return frozenset(heading for column, heading in enumerate(top.headings) if column not in texts)

    return Table(
        top,
        lambda: _("XLSX，工作表“{sheet_names}”", sheet_names=sheet.name),
        below.height,
        read,
        businesses,
        (*_notes(cells, top), *_unlike_notes(top, unlike)),
        long_numbers,
        numbers,
    )


def _all_sheets(name: str, book: Workbook, knowledge: Knowledge) -> Table:
    """The tables of all sheets that one sees and that name facts. Raises UnusableFileError where they are not alike."""
    tables: dict[str, Table] = {}
    passed = [_("{name}（隐藏）", name=sheet.name) for sheet in book.sheets if not sheet.is_seen]
    read = [(sheet, book.cells(sheet)) for sheet in book.sheets if sheet.is_seen]
    named = [_most_named(cells, knowledge) for _sheet, cells in read]
    for (sheet, cells), count in zip(read, named, strict=True):
        if count and 2 * count >= max(named):  # a cover or an explanation may name some, too
            tables[sheet.name] = _table(name, book, sheet, cells, knowledge)
        else:
            passed.append(sheet.name)
    if not tables:
        raise UnusableFileError(
            _("{name} 的工作表里没有一列是本工具认得的。", name=name), _("请检查是不是选错了文件。")
        )
    _refuse_names_alike(name, tables)
    first, *others = tables
    for other in others:
        _refuse_unlike(name, (first, tables[first].top), (other, tables[other].top), knowledge.tokens)
    top = tables[first].top
    heading = _("工作表")
    while heading in top.headings:
        heading += _("（工作簿）")
    notes = [_("{sheet}：{note}", sheet=sheet, note=note) for sheet, table in tables.items() for note in table.notes]
    if passed:
        notes.insert(0, _("没有读的工作表：{sheets}。", sheets=_listed(passed)))
    return SeveralSheets(
        replace(
            top,
            headings=(heading, *top.headings),
            titles=frozenset(title for table in tables.values() for title in table.top.titles),
        ),
        lambda: _("XLSX，工作表“{sheet_names}”", sheet_names=_listed(list(tables))),
        sum(table.size for table in tables.values()),
        tables[first].read,
        tables[first].businesses,
        tuple(notes),
        numbers=lambda: frozenset.intersection(*(table.numbers() for table in tables.values())),
        sheet=heading,
        tables=tables,
    )


def _refuse_unlike(name: str, one: tuple[str, TableTop], other: tuple[str, TableTop], tokens: Tokens) -> None:
    """Raises UnusableFileError where two sheets have other headings, or other units below them."""
    where = {"name": name, "one": one[0], "other": other[0]}
    if unlike := sorted(set(one[1].headings) ^ set(other[1].headings)):
        raise UnusableFileError(
            _("{name} 的工作表“{one}”和“{other}”的表头不一样：{headings}。", **where, headings=_listed(unlike)),
            _("请用 --sheet 名字 一张一张评估，或者把表头改成一样。"),
        )

    def meant(top: TableTop, heading: str) -> set[int | str]:
        found = {yuan_of(unit.text, tokens) or folded(unit.text) for unit in top.units.get(heading, ())}
        return found - {1}  # yuan is what an amount is in where nothing is said

    if unlike := sorted(h for h in one[1].headings if meant(one[1], h) != meant(other[1], h)):
        raise UnusableFileError(
            _("{name} 的工作表“{one}”和“{other}”的单位不一样：{headings}。", **where, headings=_listed(unlike)),
            _("请用 --sheet 名字 一张一张评估，或者把单位改成一样。"),
        )


def _refuse_names_alike(name: str, sheets: Iterable[str]) -> None:
    """Raises UnusableFileError for names of sheets that are the same as names of files: reports are called by them."""
    seen: dict[str, str] = {}
    for sheet in sheets:
        as_file = file_name(sheet, MOST_OF_A_NAME, _PARTS_OF_A_NAME).casefold()
        if as_file in seen:
            raise UnusableFileError(
                _("{name} 的工作表“{one}”和“{other}”的名字太像。", name=name, one=seen[as_file], other=sheet),
                _("请改一个名字，再试。"),
            )
        seen[as_file] = sheet


def _with_formats(name: str, top: TableTop, cells: SheetCells, knowledge: Knowledge) -> dict[str, tuple[Unit, ...]]:
    """The units of a sheet, with those that number formats write behind amounts. Raises UnusableFileError."""
    units, tokens = dict(top.units), knowledge.tokens
    yuan_word = folded(tokens.yuan[0])
    for column, formats in cells.units.items():
        money = [each for each in formats if each is not None and _is_money(each, tokens)]
        if column >= len(top.headings) or not money:
            continue
        heading = top.headings[column]
        if not names_a_fact(heading, knowledge.names, tokens):  # it is copied
            continue
        for each in sorted(money, key=lambda unit: unit.code):
            text = in_round_brackets(each.text).strip("()")
            yuan = yuan_of(text, tokens)
            in_yuan = yuan == 10**each.power  # what shows as 90万元 may be 900,000 in the cell, and in yuan
            if yuan is None or (each.power and not in_yuan) or (len(money) < len(formats) and not in_yuan):
                where = {"name": name, "heading": heading, "code": each.code}
                raise UnusableFileError(
                    _("{name} 的“{heading}”有的格用格式“{code}”，看不出每一格的单位。", **where),
                    _("请在 Excel 里把这一列的格式改成“常规”，把单位写进表头。"),
                )
            units[heading] = (*units.get(heading, ()), Unit(yuan_word if each.power else text, each.code, 0))
    return units


def _as_formatted(
    frame: pl.DataFrame, cells: SheetCells, columns: Sequence[int], tokens: Tokens
) -> tuple[pl.DataFrame, frozenset[int], dict[int, str]]:
    """The cells with those numbers as they show that are copied; the columns of these; formats that cannot be told.

    columns: those that are copied, from 0. Amounts in yuan are numbers, whatever stands beside them.
    """
    texts: dict[Place, str] = {}
    unlike: dict[int, str] = {}
    for place, (code, number) in cells.formatted.items():
        text = in_round_brackets(text_of(code)).strip("()")
        if place[1] in columns and text not in tokens.before_yuan and yuan_of(text, tokens) != 1:
            as_shown = shown(code, number)
            texts[place] = f"{number:f}" if as_shown is None else as_shown
            if as_shown is None:
                unlike[place[1]] = code
    return with_texts(frame, texts), frozenset(column for _row, column in texts), unlike


def _unlike_notes(top: TableTop, unlike: Mapping[int, str]) -> Iterator[str]:
    """Which columns show otherwise in the workbook than they are copied; unlike: an example of a format, by column."""
    for column, code in unlike.items():
        if column < len(top.headings):
            yield _(
                "“{heading}”有的格用格式“{code}”，照抄的是格里的数，和 Excel 里显示的不一样。",
                heading=top.headings[column],
                code=code,
            )


def _is_money(unit: FormatUnit, tokens: Tokens) -> bool:
    """Whether a number format writes a unit of money, of any country, something with one in it, or one of thousands."""
    text = in_round_brackets(unit.text)
    if any(folded(word) in text for word in tokens.other_money):
        return True
    if text.startswith(tuple(tokens.scales)):  # `0"千人"`
        return True
    return yuan_of(text.strip("()"), tokens) is not None or mentions_unit(text, tokens)


def _first_rows(frame: pl.DataFrame) -> list[list[str]]:
    return [["" if cell is None else cell for cell in row] for row in frame.head(HEADING_ROWS).rows()]


def _sheet(name: str, book: Workbook, knowledge: Knowledge, wanted: str | None) -> tuple[Sheet, SheetCells]:
    """The sheet that is wanted; else the first one sees that names at least half as many facts as any other."""
    if wanted is not None:
        for place, sheet in enumerate(book.sheets, 1):
            if folded(wanted) in (folded(sheet.name), str(place)):
                return sheet, book.cells(sheet)
        listed = _("、").join(sheet.name for sheet in book.sheets)
        raise UsageError(
            _("{name} 没有工作表“{wanted}”。", name=name, wanted=wanted[:40]), _("有：{sheets}。", sheets=listed)
        )
    seen = [sheet for sheet in book.sheets if sheet.is_seen] or list(book.sheets)
    if not seen:
        raise UnusableFileError(_("{name} 里没有工作表。", name=name), _("请检查是不是选错了文件。"))
    kept: list[tuple[Sheet, SheetCells, int]] = []
    for sheet in seen:  # one that does not name more than one before it is never chosen, and not kept in memory
        cells = book.cells(sheet)
        named = _most_named(cells, knowledge)
        if not kept or named > kept[-1][2]:
            kept = [each for each in kept if 2 * each[2] >= named]
            kept.append((sheet, cells, named))
    return kept[0][:2]


def _most_named(cells: SheetCells, knowledge: Knowledge) -> int:
    """How many facts the fullest of the first rows names."""
    rows = _first_rows(cells.frame)
    named = (sum(names_a_fact(cell, knowledge.names, knowledge.tokens) for cell in row) for row in rows)
    return max(named, default=0)


def _notes(cells: SheetCells, top: TableTop) -> Iterator[str]:
    """What was done to the sheet."""
    filled = [place for place, row in cells.filled if row >= top.first]
    if filled:
        yield _("合并的单元格，每一行都算有它的内容：{cells}。", cells=_listed(filled))
    hidden = [str(row) for row in cells.hidden if top.first <= row <= cells.frame.height]
    if hidden:
        yield _("隐藏的行也读了：第 {rows} 行。", rows=_listed(hidden))
    letters = [letter for letter in cells.hidden_columns if column_of(letter.encode()) < len(top.headings)]
    if letters:
        yield _("隐藏的列也读了：{columns} 列。", columns=_listed(letters))
    if cells.far:
        yield _("离表很远的格没有读，请看看是什么：{cells}。", cells=_listed(cells.far))


def _listed(texts: Sequence[str]) -> str:
    first = _("、").join(texts[:_MOST_LISTED])
    return first if len(texts) <= _MOST_LISTED else _("{shown} 等 {count} 个", shown=first, count=f"{len(texts):,}")
