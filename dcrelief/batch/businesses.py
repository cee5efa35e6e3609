"""Which rows of a table are businesses, and which are totals, notes, groups, or headings again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import polars as pl
from msgspec import Struct

from dcrelief.batch.headings import name_and_unit
from dcrelief.batch.table_top import TableTop, stated_units
from dcrelief.errors import UnusableFileError
from dcrelief.language import _
from dcrelief.rules.facts import Tokens
from dcrelief.rules.model import Catalogue
from dcrelief.rules.money import yuan_of
from dcrelief.rules.text import folded

ROW = "\0row"  # the column of the row's number, as a spreadsheet counts it: no heading has that letter
_FEW_CELLS = 3

# Why a row is no business: it adds up others, is a note or signature, a title of a group, the headings again, or has
# nothing but a number.
Why = Literal["total", "note", "group", "headings", "number"]


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
        policy, tokens = catalogues[-1].policy, catalogues[-1].tokens
        names = {name: fact for catalogue in catalogues for name, fact in catalogue.names().items()}
        choices = (choice for catalogue in catalogues for fact in catalogue.facts.values() for choice in fact.choices)
        return cls(names, policy.id_fact, policy.name_fact, frozenset(folded(c.label) for c in choices), tokens)


class Businesses:
    """Tells the businesses among the rows of a table."""

    def __init__(self, name: str, top: TableTop, knowledge: Knowledge) -> None:
        self._name = name
        self._top = top
        self._knowledge = knowledge
        self._headings = [self._bare(heading) for heading in top.headings]
        facts = [knowledge.names.get(heading, "") for heading in self._headings]
        who = {knowledge.number, knowledge.name}
        self._known = [place for place, fact in enumerate(facts) if fact and fact not in who]
        self._named = [place for place, fact in enumerate(facts) if fact and fact == knowledge.name]
        tokens = knowledge.tokens
        self._total = _total_pattern(tokens.total, tokens.part)
        self._note = _note_pattern(tokens.note)
        self._group = _group_pattern(tokens)

    def among(self, rows: pl.DataFrame, cells: Sequence[str]) -> tuple[pl.DataFrame, list[NoBusiness]]:
        """The rows that are businesses, and those that are not; cells: the columns, first those under the headings.

        Raises UnusableFileError where a row below states another unit than the table was read by.
        """
        first = pl.coalesce(cells[:_FEW_CELLS])
        probe = next(iter([*self._named, *self._known, 0]))
        ways = list({self._top.headings[probe], self._headings[probe]})
        looks = rows.select(
            pl.col(cells[probe]).str.strip_chars().is_in(ways).alias("headings"),
            _contains(first, self._total).alias("total"),
            _contains(first, self._note).alias("note"),
        ).fill_null(value=False)
        looks = looks.with_columns(self._sparse(rows, cells).alias("sparse"))
        is_odd = looks.select(pl.any_horizontal(pl.all())).to_series()
        if not is_odd.any():
            return rows, []
        found, aside = [], []
        odd = rows.filter(is_odd).select(ROW, *cells).iter_rows()
        for (number, *texts), look in zip(odd, looks.filter(is_odd).iter_rows(named=True), strict=True):
            filled = [(place, cell.strip()) for place, cell in enumerate(texts) if cell is not None and cell.strip()]
            if not filled:
                aside.append(number)
            elif (why := self._why(look, filled)) is not None:
                aside.append(number)
                own = [*self._top.headings, *[""] * len(texts)]
                self._refuse_other_unit(number, [cell for place, cell in filled if cell != own[place]])
                place, written = filled[0]
                found.append(NoBusiness(number, self._heading(place), written, why))
        if not aside:
            return rows, []
        return rows.filter(~pl.col(ROW).is_in(pl.Series(aside, dtype=pl.UInt32).implode())), found

    def _bare(self, heading: str) -> str:
        """A heading without its mark, number and unit."""
        return name_and_unit(heading, self._knowledge.names, self._knowledge.tokens)[0]

    def _heading(self, place: int) -> str:
        headings = self._top.headings
        return headings[place] if place < len(headings) else _("（第{place}列）", place=place + 1)

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
        same = sum(self._bare(cell) in self._headings[place : place + 1] for place, cell in filled)
        if look["headings"] and 2 * same > len(filled):
            return "headings"
        if look["total"]:
            return "total"
        if not look["sparse"]:
            return None
        if look["note"]:
            return "note"
        names = [cell for place, cell in filled if place in self._named]
        if names:
            is_group = len(filled) == 1 and (self._group.match(names[0]) or folded(names[0]) in self._knowledge.labels)
            return "group" if is_group else None
        if all(cell.isdecimal() for _place, cell in filled):
            return "number"
        return "group" if len(filled) == 1 else None

    def _refuse_other_unit(self, row: int, cells: Sequence[str]) -> None:
        """Raises UnusableFileError if a row that is set aside states a unit of money that was not applied."""
        tokens = self._knowledge.tokens
        stated = [unit.text for units in self._top.units.values() for unit in units]
        stated += [name_and_unit(heading, self._knowledge.names, tokens)[1] for heading in self._top.headings]
        used = {yuan_of(unit, tokens) for unit in stated} - {None} or {1}
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
    """How the titles of groups begin: `一、餐饮业`, `（二）软件业`, `第三组`."""
    numerals = "".join(word for word in (*tokens.numerals, *tokens.scales) if len(word) == 1)
    number = rf"[{re.escape(numerals)}\d]+"
    return re.compile(rf"^(?:[(（]{number}[)）]|[{re.escape(numerals)}]+[、.．]|第{number}\w)")


def _contains(text: pl.Expr, pattern: str) -> pl.Expr:
    return text.str.contains(pattern) if pattern else pl.lit(value=False)


def _either(words: Iterable[str]) -> str:
    """Any of some words, however spaced."""
    return "|".join(r"\s*".join(map(re.escape, "".join(word.split()))) for word in words if word.strip())


def _note_pattern(words: Iterable[str]) -> str:
    """What a cell looks like that begins with one of these words and a colon; "" without words."""
    either = _either(words)
    return rf"(?i)^\s*(?:{either})\s*[:：]" if either else ""


def _total_pattern(total: Iterable[str], part: Iterable[str]) -> str:
    """What the first cell of a total looks like: `合 计：`, `小计（2户）`, `共2户`, `其中：小微企业`; "" without words.

    A word of one letter needs a number behind it.
    """
    long, short = ([word for word in total if (len(word.strip()) > 1) is many] for many in (True, False))
    number = r"\d[\d,]*\s*[^\W\d_]?"
    ways = [
        rf"(?:{_either(long)})\s*(?:[(（][^()（）]*[)）])?\s*[:：]?\s*(?:{number})?\s*$" if long else "",
        rf"(?:{_either(short)})\s*{number}\s*[.。]?\s*$" if _either(short) else "",
        rf"(?:{_either(part)})\s*(?:[:：]|$)" if _either(part) else "",
    ]
    either = "|".join(filter(None, ways))
    return rf"(?i)^\s*(?:{either})" if either else ""
