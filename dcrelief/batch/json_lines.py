"""Assessments as JSON Lines: a business a line, with its verdicts in the document's order.

A route has few states: the text of each is made once and looked up. Only amounts differ from row to row.
"""

import json
from typing import IO, Any

import polars as pl

from dcrelief.batch.assessor import AssessedBatch, Assessor
from dcrelief.batch.pipeline import OutgoingBatch, Sink
from dcrelief.batch.sheet import headings_of_bad, who
from dcrelief.columnar.sums import total_columns
from dcrelief.columnar.verdicts import FIRST_MISSING, OUTCOME_BITS, amount_columns
from dcrelief.report.json import named_route
from dcrelief.rules.model import TOTALS, Route
from dcrelief.rules.size import SizeClass

NULL = pl.lit("null")
_OUTCOMES = {bit: outcome for outcome, bit in OUTCOME_BITS.items()}


class LineSink(Sink):
    """JSON Lines: row, id (how the table's owner knows the business), size, totals, unreadable, verdicts.

    Before them the sheet, where several are read.
    """

    def __init__(self, stream: IO[bytes], assessor: Assessor) -> None:
        self._stream = stream
        self._catalogue = assessor.catalogue
        self._missing = assessor.sheet.missing

    def write(self, batch: OutgoingBatch) -> None:
        sheet = f'"sheet":{_json_text(batch.sheet)},' if batch.sheet else ""
        lines = self._lines(batch.numbers, batch.assessed)
        self._stream.writelines(f"{{{sheet}{line}\n".encode() for line in lines)

    def _lines(self, numbers: pl.Series, assessed: AssessedBatch) -> pl.Series:
        """The objects, without their first bracket."""
        ids = assessed.facts.select(who(self._catalogue, numbers)).select(pl.coalesce("id", "name")).to_series()
        verdicts = assessed.verdicts.select(self._verdict(r, assessed.verdicts) for r in self._catalogue.routes())
        texts = pl.DataFrame(
            {
                "row": numbers.cast(pl.String),
                "id": _json_texts(ids),
                "size": assessed.verdicts.select(_size()).to_series(),
                "totals": assessed.sums.select(self._totals()).to_series(),
                "bad": _json_texts(headings_of_bad(len(numbers), assessed.flagged).fill_null([])),
                "verdicts": verdicts.select(pl.concat_str(pl.all(), separator=",")).to_series(),
            }
        )
        line = '"row":{},"id":{},"size":{},"totals":{{{}}},"unreadable":{},"verdicts":[{}]}}'
        return texts.select(pl.format(line, *texts.columns)).to_series()

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
            **named_route(self._catalogue, route),
            "verdict": _OUTCOMES.get(state, "needs_info"),
            "missing": [fact for place, fact in enumerate(self._missing[route.id]) if state & FIRST_MISSING << place],
            "benefit": {"kind": route.benefit, "min": None},
        }
        return _json_text(verdict).removesuffix("null}}")


def _size() -> pl.Expr:
    texts = pl.Series([*(_json_text(size.key) for size in SizeClass), None])
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
