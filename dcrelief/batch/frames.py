"""A frame of businesses of another program: its own columns, and the sheet's behind them."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from dcrelief.batch.assessor import Assessor
from dcrelief.batch.headings import named_facts, near_facts, of_a_result, renamed
from dcrelief.errors import UsageError
from dcrelief.language import _
from dcrelief.rules.model import Catalogue

ROWS_TOGETHER = 50_000  # as many as the batch command assesses at once
_MOST_SHOWN = 5  # of doubtful cells
_MOST_LETTERS = 40


class AssessedFrame:
    """A frame, assessed. rows: its own columns, and the sheet's behind them.

    doubts: what is to be said of columns that look like a fact, and of cells that were read and are most likely a slip.
    """

    def __init__(self, catalogue: Catalogue, frame: pl.DataFrame, as_of: date) -> None:
        """Raises UnusableFileError if two columns name one fact, UsageError if none does or one cannot be read."""
        assessor = Assessor(catalogue, named_facts(catalogue, frame.columns), as_of)
        if not assessor.headings:
            named = _("、").join(heading[:_MOST_LETTERS] for heading in frame.columns[:_MOST_SHOWN]) or _("没有列")
            raise UsageError(
                _("没有一列的列名是事实：{headings}。", headings=named),
                _(
                    "列名写成事实的 id 或名称，如“{heading}”；全部见 dcrelief template。",
                    heading=_some_heading(catalogue),
                ),
            )
        own = list(assessor.sheet.schema)
        kept = frame.drop(of_a_result(frame.columns, own))
        sheets, doubtful = [], []
        for place in range(0, max(kept.height, 1), ROWS_TOGETHER):
            part = kept[place : place + ROWS_TOGETHER]
            assessed = assessor.assess_rows(part.with_columns(as_text(part[heading]) for heading in assessor.headings))
            sheets.append(assessed.sheet)
            doubtful.append(assessed.doubtful.with_columns(pl.col("row") + place))
        self.rows = kept.rename(renamed(catalogue, kept.columns, own)).hstack(pl.concat(sheets))
        others = [heading for heading in kept.columns if heading not in assessor.headings]
        self.doubts = [*_near(catalogue, others), *_doubtful(assessor, pl.concat(doubtful))]


def as_text(column: pl.Series) -> pl.Series:
    """A column as a table would have it: as text, a point in time as its day, several choices parted by commas.

    Raises UsageError for a column of such things as no cell holds.
    """
    kind = column.dtype
    if isinstance(kind, pl.List) and not kind.inner.is_nested():
        return column.cast(pl.List(pl.String)).list.join(",")
    if kind.is_nested() or kind in (pl.Object, pl.Binary, pl.Duration):
        raise UsageError(
            _("“{heading}”一列是 {kind}，不能当事实读。", heading=column.name, kind=kind),
            _("请转成文字、数、日期或是否。"),
        )
    if kind.is_float():
        column = column.fill_nan(None)
    return (column.cast(pl.Date) if kind == pl.Datetime else column).cast(pl.String)


def _some_heading(catalogue: Catalogue) -> str:
    """The heading of the first fact that is asked for."""
    return catalogue.facts[catalogue.pages[0].facts[0]].column


def _near(catalogue: Catalogue, headings: list[str]) -> Iterator[str]:
    """What is said of columns that are none of a fact, and look like it."""
    for heading, fact in near_facts(catalogue, headings).items():
        yield _("“{heading}”不是事实，照抄；是不是“{nearest}”？", heading=heading[:_MOST_LETTERS], nearest=fact.column)


def _doubtful(assessor: Assessor, cells: pl.DataFrame) -> Iterator[str]:
    """What is said of the first of some doubtful cells, and how many there are; rows are counted from 0."""
    for row, heading, written in cells.head(_MOST_SHOWN).iter_rows():
        expected, nearest = assessor.doubt(heading, written)
        if nearest:
            expected = _("{expected}；是不是 {nearest}？", expected=expected, nearest=nearest)
        place = {"row": row, "heading": heading, "written": written[:_MOST_LETTERS]}
        yield _("从 0 数第 {row} 行“{heading}”：“{written}”，{expected}", **place, expected=expected)
    if cells.height > _MOST_SHOWN:
        yield _("少见或小数太长的格，一共 {count} 格。", count=f"{cells.height:,}")
