"""Which rows of a table are businesses, and which are totals, notes, groups, or headings again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import polars as pl
from msgspec import Struct

from dcrelief.batch.headings import name_and_unit, unnamed
from dcrelief.batch.table_top import TableTop, numbers_a_group, numbers_columns
from dcrelief.batch.unit_lines import stated_units
from dcrelief.errors import UnusableFileError
from dcrelief.language import _
from dcrelief.rules.facts import Tokens
from dcrelief.rules.model import Catalogue
from dcrelief.rules.money import yuan_of
from dcrelief.rules.text import folded

ROW = "\0row"  # the column of the row's number, as a spreadsheet counts it: no heading has that letter
_FEW_CELLS, _FIRST_CELLS = 3, 8  # among the latter of a row, the first with something in it says what it is
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ONES = "1１①⑴⒈Ⅰ㈠㊀"  # 1 in one sign; others are letters of a serial

# Why a row is no business: it adds up others, is a note or signature, a title of a group, the headings again, numbers
# the columns, or has nothing but a number.
Why = Literal["total", "note", "group", "headings", "columns", "number"]


class NoBusiness(Struct, frozen=True):
    """A row that is set aside: its number, the heading over the cell that says so, what stands in that, and why."""

    row: int
    heading: str
    written: str
    why: Why


class Knowledge(Struct, frozen=True):
    """What a table is understood by: the facts by every name, and words.

    number, name: the facts that say who a business is, empty for none. labels: of every choice, folded.
    """

    names: Mapping[str, str]
    number: str
    name: str
    labels: frozenset[str]
    tokens: Tokens

    @classmethod
    def of(cls, *catalogues: Catalogue) -> "Knowledge":
        """What some catalogues know; the words are those of the last."""
        last = catalogues[-1]
        names = {name: fact for catalogue in catalogues for name, fact in catalogue.names().items()}
        choices = (choice for catalogue in catalogues for fact in catalogue.facts.values() for choice in fact.choices)
        return cls(names, last.id_fact, last.name_fact, frozenset(folded(c.label) for c in choices), last.tokens)


class Businesses:
    """Tells the businesses among the rows of a table. other_columns: those of no fact but who a business is, from 0."""

    def __init__(self, name: str, top: TableTop, knowledge: Knowledge) -> None:
        self._name = name
        self._top = top
        self._knowledge = knowledge
        self._headings = [self._bare(heading) for heading in top.headings]
        facts = [knowledge.names.get(heading, "") for heading in self._headings]
        who = {knowledge.number, knowledge.name}
        self.other_columns = [place for place, fact in enumerate(facts) if not fact or fact in who]
        self._known = [place for place, fact in enumerate(facts) if fact and fact not in who]
        self._named = [place for place, fact in enumerate(facts) if fact and fact == knowledge.name]
        tokens = knowledge.tokens
        self._total = _total_pattern(tokens)
        # What numbers of columns begin with, wherever such a row stands; below the headings they may begin otherwise.
        firsts = _either([*_ONES, *(serial.split()[0] for serial in tokens.serials), *tokens.numbered])
        beside = f"(?:{_either(tokens.column_words)})?" if tokens.column_words else ""
        self._first_of_columns = rf"(?i)^\s*[(（\[【]?\s*{beside}\s*(?:{firsts})\s*{beside}\s*[)）\]】.．、]?\s*$"
        self._note = _note_pattern(tokens.note)
        self._only_note = re.compile(_only_note_pattern(tokens.note))
        self._group = _group_pattern(tokens)
        stated = [unit.text for units in top.units.values() for unit in units]
        stated += [name_and_unit(heading, knowledge.names, tokens)[1] for heading in top.headings]
        self._used = {yuan_of(unit, tokens) for unit in stated} - {None} or {1}  # how many yuan amounts count
        self._unit_columns = [
            place
            for place, heading in enumerate(self._headings)
            if not facts[place] and heading.endswith(tuple(map(folded, tokens.unit)) or "\0")
        ]

    def among(self, rows: pl.DataFrame, cells: Sequence[str]) -> tuple[pl.DataFrame, list[NoBusiness], list[int]]:
        """The rows that are businesses; those that are not; and the numbers of those of which only a name is known.

        cells: the columns, first those under the headings. Raises UnusableFileError where a row below states another
        unit than the table was read by.
        """
        self._refuse_units_by_row(rows, cells)
        first = pl.coalesce(cells[:_FIRST_CELLS])
        probe = next(iter([*self._named, *self._known, 0]))
        ways = list({self._top.headings[probe], self._headings[probe]})
        looks = rows.select(
            pl.col(cells[probe]).str.strip_chars().is_in(ways).alias("headings"),
            pl.any_horizontal(_contains(text, self._total) for text in (first, pl.col(cells[probe]))).alias("total"),
            _contains(first, self._note).alias("note"),
            (_contains(first, self._first_of_columns) | (pl.col(ROW) == self._top.first)).alias("numbered"),
        ).fill_null(value=False)
        looks = looks.with_columns(self._sparse(rows, cells).alias("sparse"))
        is_odd = looks.select(pl.any_horizontal(pl.all())).to_series()
        if not is_odd.any():
            return rows, [], []
        found, aside, bare = [], [], []
        odd = rows.filter(is_odd).select(ROW, *cells).iter_rows()
        for (number, *texts), look in zip(odd, looks.filter(is_odd).iter_rows(named=True), strict=True):
            filled = [(place, cell.strip()) for place, cell in enumerate(texts) if cell is not None and cell.strip()]
            if not filled:
                aside.append(number)
            elif (why := self._why(look, filled)) is not None:
                aside.append(number)
                if why == "headings":
                    self._refuse_other_headings(number, filled)
                elif why != "columns":
                    self._refuse_other_unit(number, [cell for _place, cell in filled])
                place, written = filled[0]
                found.append(NoBusiness(number, self._heading(place), written, why))
            elif look["sparse"]:
                bare.append(number)
        if not aside:
            return rows, [], bare
        return rows.filter(~pl.col(ROW).is_in(pl.Series(aside, dtype=pl.UInt32).implode())), found, bare

    def _bare(self, heading: str) -> str:
        """A heading without its mark, number and unit."""
        return name_and_unit(heading, self._knowledge.names, self._knowledge.tokens)[0]

    def _heading(self, place: int) -> str:
        headings = self._top.headings
        return headings[place] if place < len(headings) else unnamed(place + 1)

    def _sparse(self, rows: pl.DataFrame, cells: Sequence[str]) -> pl.Series:
        """Of each row, whether nothing is known but who it is; never, where the table has no other facts."""
        known = [cells[place] for place in self._known]
        if not known:
            return pl.repeat(value=False, n=rows.height, dtype=pl.Boolean, eager=True)
        filled = rows.select(pl.sum_horizontal(pl.col(known).is_not_null())).to_series()
        few = (filled <= _FEW_CELLS).arg_true()  # only these are worth a look at what stands in them
        blank = pl.all_horizontal(pl.col(known).fill_null("").str.strip_chars() == "")
        sparse = few.filter(rows[few].select(blank).to_series())
        return pl.repeat(value=False, n=rows.height, dtype=pl.Boolean, eager=True).scatter(sparse, True)

    def _why(self, look: Mapping[str, bool], filled: list[tuple[int, str]]) -> Why | None:
        """Why a row is no business; None if it is one. look: what it looks like. filled: its cells, by their place."""
        if look["numbered"] and numbers_columns([cell for _place, cell in filled], self._knowledge.tokens):
            return "columns"
        if look["headings"]:
            same = sum(self._bare(cell) in self._headings[place : place + 1] for place, cell in filled)
            if 2 * same >= len(filled):
                return "headings"
        if look["total"]:
            return "total"
        if look["note"] and (look["sparse"] or all(re.match(self._note, cell) for _place, cell in filled)):
            return "note"
        if not look["sparse"]:
            return None
        names = [cell for place, cell in filled if place in self._named]
        if not names and all(cell.isdecimal() for _place, cell in filled):
            return "number"
        if any(stated_units(cell, self._knowledge.tokens) for _place, cell in filled):
            return "note"
        if names:
            others = [cell for place, cell in filled if place not in self._named]
            is_alone = all(numbers_a_group(cell, self._knowledge.tokens) for cell in others)
            return self._why_alone(names[0]) if is_alone else None
        if len(filled) == 1:
            return "group"
        return "note" if all(place >= len(self._headings) for place, _cell in filled) else None

    def _why_alone(self, name: str) -> Why | None:
        """Why a row with a name and nothing else is no business; None if it is one."""
        if name in self._top.titles:
            return "headings"
        if self._only_note.match(name) or _IN_BRACKETS.fullmatch(name) or not any(map(str.isalpha, name)):
            return "note"
        return "group" if self._group.search(name) or folded(name) in self._knowledge.labels else None

    def _refuse_units_by_row(self, rows: pl.DataFrame, cells: Sequence[str]) -> None:
        """Raises UnusableFileError where a column has the unit of each row, and that is not yuan."""
        for place in self._unit_columns:
            for written in rows[cells[place]].unique().drop_nulls():
                if yuan_of(written, self._knowledge.tokens) not in (None, 1):
                    where = {"name": self._name, "heading": self._top.headings[place], "written": written}
                    raise UnusableFileError(
                        _("{name} 的“{heading}”一列给每一行写了单位，如“{written}”，读不了。", **where),
                        _("请把金额都换算成元，或把单位写进金额的格里，如 3200万元。"),
                    )

    def _refuse_other_headings(self, row: int, filled: Sequence[tuple[int, str]]) -> None:
        """Raises UnusableFileError where headings that come again stand over other columns, or have other units."""
        names, tokens = self._knowledge.names, self._knowledge.tokens
        for place, cell in filled:
            own = self._top.headings[place] if place < len(self._top.headings) else ""
            bare, unit = name_and_unit(cell, names, tokens)
            moved = bare in names and bare != self._bare(own)
            stated = name_and_unit(own, names, tokens)[1] or next(
                (each.text for each in self._top.units.get(own, ()) if yuan_of(each.text, tokens)), ""
            )
            if moved or (unit and yuan_of(unit, tokens) != yuan_of(stated, tokens)):
                where = {"name": self._name, "row": row, "cell": cell, "own": own}
                raise UnusableFileError(
                    _("{name} 第 {row} 行又是表头，但和上面的不一样：“{cell}”在“{own}”一列里。", **where),
                    _("请把下面的行改成一样的列，或者分成两张表。"),
                )

    def _refuse_other_unit(self, row: int, cells: Sequence[str]) -> None:
        """Raises UnusableFileError if a row that is set aside states a unit of money that was not applied."""
        tokens, used = self._knowledge.tokens, self._used
        for cell in cells:
            if any({yuan_of(unit, tokens)} != used for unit in stated_units(cell, tokens)):
                raise UnusableFileError(
                    _(
                        "{name} 第 {row} 行才说单位：“{written}”，上面的金额没有按它算。",
                        name=self._name,
                        row=row,
                        written=cell,
                    ),
                    _("请把单位写到表的上面，或写进表头。"),
                )


def _group_pattern(tokens: Tokens) -> re.Pattern[str]:
    """What the title of a group looks like: `一、餐饮业`, `（二）软件业`, `第三组`, `东华门街道（3户）`."""
    numerals = re.escape("".join(word for word in (*tokens.numerals, *tokens.scales) if len(word) == 1))
    number, ends = rf"[{numerals}\d]+", "|".join(map(re.escape, tokens.group))
    begins = rf"^(?:[(（]{number}[)）]|[{numerals}]+[、.．](?![{numerals}])|第{number}(?:{ends}))"
    return re.compile(rf"{begins}|(?:{ends})(?:[(（][^()（）]*[)）])?$" if ends else begins)


def _contains(text: pl.Expr, pattern: str) -> pl.Expr:
    return text.str.contains(pattern) if pattern else pl.lit(value=False)


def _either(words: Iterable[str]) -> str:
    """Any of some words, however spaced."""
    return "|".join(r"\s*".join(map(re.escape, "".join(word.split()))) for word in words if word.strip())


def _note_pattern(words: Iterable[str]) -> str:
    """What a cell looks like that begins with one of these words and a colon, perhaps in brackets; "" without words."""
    either = _either(words)
    return rf"(?i)^\s*[(（]?(?:{either})\s*[)）]?\s*\d*\s*[:：]" if either else ""


def _only_note_pattern(words: Iterable[str]) -> str:
    """The same of a row in which nothing else stands: the word may be alone, or have a space or number behind it.

    Pages, days and seals are notes, too.
    """
    either = _either(words)
    word = rf"(?:{either})(?:\s*$|\s+\S|\s*\d|\s*[:：])|" if either else ""
    page, day = r"\s*\d+\s*".join(("第", "页")), r"\d{4}\s*[-/.年]\s*\d{1,2}"
    return rf"(?i)^\s*[(（]?(?:{word}{page}|{day})"


def _total_pattern(tokens: Tokens) -> str:
    """What the first cell of a total looks like: `合 计：`, `小计（2户）`, `共2户`, `其中：小微企业`, `餐饮业小计`.

    A word of one letter needs a number behind it. Empty without words.
    """
    words = [word.strip() for word in tokens.total if word.strip()]
    long, short = ([word for word in words if (len(word) > 1) is many] for many in (True, False))
    behind = [word for word in long if not word.isascii()]
    counted = f"(?:{_either(tokens.total_counters)})?" if tokens.total_counters else ""
    number = rf"\d[\d,]*\s*{counted}"
    ends = rf"\s*(?:[(（][^()（）]*[)）])?\s*[:：]?\s*(?:{number})?\s*$"
    ways = [
        rf"(?:{_either(long)}){ends}" if long else "",
        rf"[^:：]{{1,12}}(?:{_either(behind)})\s*(?:[(（][^()（）]*[)）])?\s*[:：]?\s*$" if behind else "",
        rf"(?:{_either(short)})\s*{number}\s*[.。]?\s*$" if short else "",
        rf"(?:{_either(tokens.part)})\s*(?:[:：]|$)" if _either(tokens.part) else "",
    ]
    either = "|".join(filter(None, ways))
    return rf"(?i)^\s*(?:{either})" if either else ""
