"""The facts of many businesses as a Polars frame: a row a business, a column a fact, null for unknown.

Yes/no is Boolean, whatever is a number is Int64 (money in fen), a choice is an Enum of its keys. A fact of several
choices has a Boolean column for each (several_column). A date has two columns: where only its month or year is known,
they are the first and the last day that it can be (last_column). Amounts and names have a quick way to be read.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

import polars as pl
from msgspec import Struct

from dcrelief.rules.facts import LONGEST_TEXT, UNKNOWN, Fact, Kind, PartialDate, Tokens, Value
from dcrelief.rules.money import FEN_PER_YUAN, MAX_FEN
from dcrelief.rules.text import folded

Schema = dict[str, pl.DataType]
Cells = dict[str, object]


def several_column(fact: str, key: str) -> str:
    """The column that says whether a choice of a fact of several is ticked."""
    return f"{fact}:{key}"


def last_column(fact: str) -> str:
    """The column of the last day that a date can be: the date itself unless only its month or year is known."""
    return f"{fact}:last"


class KindColumns(Struct, frozen=True):
    """The columns of a kind: their types, and the cells of a value.

    alike: whether a text means the same whatever the fact. values: all that it can be, where they are two.
    quick: a faster way to read simple texts, which comes to the same as rules.kinds.read.
    """

    schema: Callable[[Fact], Schema]
    cells: Callable[[Fact, Value], Cells]
    alike: bool = False
    values: tuple[Value, ...] = ()
    quick: "Callable[[Fact, Tokens], QuickWay] | None" = None


class QuickWay(Struct, frozen=True):
    """How simple texts are read: what they come to, which are simple, and of which values that stands (None: all)."""

    value: Callable[[pl.Expr], pl.Expr]
    is_simple: Callable[[pl.Expr], pl.Expr]
    stands: Callable[[pl.Expr], pl.Expr] | None = None


def _one_column(kind: pl.DataType, fact: Fact) -> Schema:
    return {fact.id: kind}


def _one_cell(fact: Fact, value: Value) -> Cells:
    return {fact.id: None if value is UNKNOWN else value}


def _date_columns(fact: Fact) -> Schema:
    return {fact.id: pl.Date(), last_column(fact.id): pl.Date()}


def _date_cells(fact: Fact, value: Value) -> Cells:
    known = None if value is UNKNOWN else value
    first, last = (value.first, value.last) if isinstance(value, PartialDate) else (known, known)
    return {fact.id: first, last_column(fact.id): last}


def _choice_column(fact: Fact) -> Schema:
    return {fact.id: pl.Enum([choice.key for choice in fact.choices])}


def _several_columns(fact: Fact) -> Schema:
    return {several_column(fact.id, choice.key): pl.Boolean() for choice in fact.choices}


def _several_cells(fact: Fact, value: Value) -> Cells:
    ticked = value if isinstance(value, frozenset) else None
    return {several_column(fact.id, c.key): None if ticked is None else c.key in ticked for c in fact.choices}


def _quick_amounts(fact: Fact, tokens: Tokens) -> QuickWay:
    """Digits; behind them, in a column without a unit of its own, words of one letter: a scale (千, 万), the yuan."""
    powers = {10**power: f"e{power}" for power in range(3, 13)}
    scales = {word: powers[number] for word, number in tokens.scales.items() if len(word) == 1 and number in powers}
    yuan = [word for word in tokens.yuan if len(word) == 1]
    words = rf"[{re.escape(''.join(scales))}]?[{re.escape(''.join(yuan))}]?" if fact.yuan == 1 else ""
    simple = rf"^(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,7}}|[0-9]{{1,13}})(?:\.[0-9]{{1,2}})?{words}$"
    as_float = {",": "", **scales, **dict.fromkeys(yuan, "")}

    def fen(text: pl.Expr) -> pl.Expr:
        # Exact: up to MAX_FEN a float is nearer than half a fen.
        return (text.str.replace_many(as_float).cast(pl.Float64, strict=False) * (FEN_PER_YUAN * fact.yuan)).round()

    return QuickWay(fen, lambda text: text.str.contains(simple), lambda value: value <= MAX_FEN)


# Signs that rules.kinds.read takes out of a text, or refuses.
_TO_LOOK_AT = r"[\p{C}\p{Z}--\x20]|^\x20|\x20\x20|\x20$"
_LETTERS = r"0-9A-Za-z\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}"


def _quick_names(_: Fact, tokens: Tokens) -> QuickWay:
    """Names as they stand: those with a letter that stands in no word for "not known", and without odd signs."""
    used = "".join(map(folded, tokens.unknown))
    other_letter = f"[{_LETTERS}--[{re.escape(used + used.upper())}]]"

    def is_simple(text: pl.Expr) -> pl.Expr:
        is_name = text.str.contains(other_letter) & ~text.str.contains(_TO_LOOK_AT)
        return is_name & (text.str.len_chars() <= LONGEST_TEXT)

    return QuickWay(lambda text: text, is_simple)


_whole_number = partial(_one_column, pl.Int64())

COLUMNS: Mapping[Kind, KindColumns] = {
    "yes_no": KindColumns(partial(_one_column, pl.Boolean()), _one_cell, alike=True, values=(True, False)),
    "count": KindColumns(_whole_number, _one_cell),
    "money": KindColumns(_whole_number, _one_cell, quick=_quick_amounts),
    "foreign": KindColumns(_whole_number, _one_cell),
    "percent": KindColumns(_whole_number, _one_cell),
    "date": KindColumns(_date_columns, _date_cells, alike=True),
    "choice": KindColumns(_choice_column, _one_cell),
    "several": KindColumns(_several_columns, _several_cells),
    "text": KindColumns(partial(_one_column, pl.String()), _one_cell, quick=_quick_names),
}
