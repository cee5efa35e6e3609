"""Assessments as JSON Lines: a business a line, with its texts_of_verdicts, in the document's order.

Each route has few states, so that the text of a verdict is made once a state and looked up; only amounts differ from
row to row.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dcrelief.columnar.sums import total_columns
from dcrelief.columnar.verdicts import FIRST_MISSING, OUTCOME_BITS, amount_columns
from dcrelief.rules.model import TOTALS, Catalogue, Route
from dcrelief.rules.size import SizeClass

NULL = pl.lit("null")
_OUTCOMES = {bit: outcome for outcome, bit in OUTCOME_BITS.items()}


class LineWriter:
    """Writes the lines of a catalogue; missing: the facts that each route can miss, by its id."""

    def __init__(self, catalogue: Catalogue, missing: Mapping[str, Sequence[str]]) -> None:
        self._catalogue = catalogue
        self._missing = missing

    def lines(
        self, numbers: pl.Series, ids: pl.Series, verdicts: pl.DataFrame, sums: pl.DataFrame, bad: pl.Series
    ) -> pl.Series:
        """A line a business: row, id, size, totals, unreadable, texts_of_verdicts.

        numbers, ids: the row in the table and how its owner knows the business; bad: lists of headings, or null.
        """
        texts = pl.DataFrame(
            {
                "row": numbers.cast(pl.String),
                "id": _json_texts(ids),
                "size": verdicts.select(_size()).to_series(),
                "totals": sums.select(self._totals()).to_series(),
                "bad": _json_texts(bad),
            }
        )
        texts_of_verdicts = verdicts.select(self._verdict(route, verdicts) for route in self._catalogue.routes())
        return texts.hstack(texts_of_verdicts).select(
            pl.concat_str(
                pl.lit('{"row":'), "row", pl.lit(',"id":'), "id", pl.lit(',"size":'), "size", pl.lit(',"totals":{'),
                "totals", pl.lit('},"unreadable":'), "bad", pl.lit(',"verdicts":['),
                pl.concat_str(texts_of_verdicts.columns, separator=","), pl.lit("]}"),
            )
        ).to_series()  # fmt: skip

    @staticmethod
    def _totals() -> pl.Expr:
        parts = []
        for total in TOTALS:
            least, most = total_columns(total)
            text = pl.concat_str(
                pl.lit(f',"{total}":{{"min":'), _amount(least), pl.lit(',"max":'), _amount(most), pl.lit("}")
            )
            parts.append(pl.when(pl.col(least).is_not_null()).then(text))
        return pl.concat_str(parts, ignore_nulls=True).str.strip_prefix(",")

    def _verdict(self, route: Route, verdicts: pl.DataFrame) -> pl.Expr:
        """The text of a route's verdict: what its state says, and its amounts."""
        state, known = pl.col(route.id), verdicts[route.id].unique()
        texts = pl.Series([self._start_of(route, number) for number in known], dtype=pl.String)
        start = state.replace_strict(known, texts, return_dtype=pl.String)
        amounts = [_amount(name) for name in amount_columns(route)] if route.estimate is not None else [NULL, NULL]
        return pl.concat_str(start, amounts[0], pl.lit(',"max":'), amounts[1], pl.lit("}}")).alias(route.id)

    def _start_of(self, route: Route, state: int) -> str:
        """The text of a state, up to the amounts."""
        verdict: dict[str, Any] = {
            "measure": route.measure,
            "route": route.key,
            "verdict": _OUTCOMES.get(state, "needs_info"),
            "missing": [fact for place, fact in enumerate(self._missing[route.id]) if state & FIRST_MISSING << place],
            "benefit": {"kind": route.benefit, "min": None},
        }
        return _json_text(verdict).removesuffix("null}}")


def _size() -> pl.Expr:
    texts = pl.Series([_json_text(size.key) for size in SizeClass])
    return pl.lit(texts).gather(pl.col("size")).fill_null(NULL)


def _amount(column: str) -> pl.Expr:
    """An amount in fen as a decimal string of yuan, or null."""
    fen = pl.col(column)
    cents = (fen % 100).cast(pl.String).str.zfill(2)
    text = pl.concat_str(pl.lit('"'), (fen // 100).cast(pl.String), pl.lit("."), cents, pl.lit('"'))
    return text.fill_null(NULL)


def _json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_texts(values: pl.Series) -> pl.Series:
    return pl.Series([_json_text(value) for value in values.to_list()], dtype=pl.String)
