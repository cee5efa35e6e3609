"""Where a batch run writes to: CSV, XLSX, Parquet or JSON Lines by the ending, rejects, and a report a business."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Protocol

import polars as pl
from rich.console import Console

from dcrelief.batch import Batch
from dcrelief.batch_files import Written
from dcrelief.errors import UnusableFileError, UsageError, why
from dcrelief.files.answers import write_whole
from dcrelief.files.outputs import CsvWriter, whole
from dcrelief.report.fits import fit_rows
from dcrelief.report.json_lines import LineWriter
from dcrelief.report.summary import Tally, summary_view
from dcrelief.report.terminal import print_view
from dcrelief.report.view import write_report
from dcrelief.report.workbook import MOST_ROWS, REJECT_KEYS, Column, Workbook
from dcrelief.rules.assessment import Assessment, assess
from dcrelief.rules.facts import Answers, BadValue, Value, read

REPORT_WIDTH = 80
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
ENDINGS = (".csv", ".xlsx", ".parquet", ".jsonl")


class Sink(Protocol):
    """Takes batches in order."""

    def write(self, batch: Written) -> None:
        """Takes a batch."""

    def finish(self, tally: Tally) -> None:
        """Everything has come; tally: what it comes to."""


@contextmanager
def open_sink(path: Path, batch: Batch, columns: list[str]) -> Iterator[Sink]:
    """The sink of a file by its ending; columns: the headings of the table's own cells.

    The file is there when all is written, or not at all. Raises UnusableFileError, UsageError for another ending.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"不会写“{path.suffix or path.name}”。", f"结果文件的后缀请用 {'、'.join(ENDINGS)}。")
    with whole(path) as half, TemporaryDirectory() as parts:
        if ending in (".csv", ".jsonl"):
            with half.open("wb") as stream:
                yield CsvSink(stream) if ending == ".csv" else LineSink(stream, batch)
        elif ending == ".parquet":
            yield ParquetSink(half, Path(parts))
        else:
            yield WorkbookSink(half, Path(parts), batch, columns)


class CsvSink:
    """CSV: the table's own cells, then the sheet's columns."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._writer = CsvWriter(stream)

    def write(self, batch: Written) -> None:
        """See Sink."""
        self._writer.write(batch.cells.hstack(batch.assessed.sheet), batch.assessed.spellings)

    def finish(self, tally: Tally) -> None:
        """See Sink."""


class LineSink:
    """JSON Lines."""

    def __init__(self, stream: IO[bytes], batch: Batch) -> None:
        self._stream = stream
        self._policy = batch.catalogue.policy
        self._lines = LineWriter(batch.catalogue, batch.missing())

    def write(self, batch: Written) -> None:
        """See Sink."""
        facts, bad = batch.assessed.facts, batch.assessed.bad
        known = [fact for fact in (self._policy.id_fact, self._policy.name_fact) if fact]
        ids = facts.select(pl.coalesce(*known, pl.lit(None, dtype=pl.String))).to_series()
        headings = bad.group_by("row").agg("heading")
        rows = pl.int_range(facts.height, dtype=pl.UInt32, eager=True).alias("row").to_frame()
        unreadable = rows.join(headings, on="row", how="left", maintain_order="left")["heading"].fill_null([])
        lines = self._lines.lines(batch.numbers, ids, batch.assessed.told, batch.assessed.sums, unreadable)
        self._stream.writelines(f"{line}\n".encode() for line in lines)

    def finish(self, tally: Tally) -> None:
        """See Sink."""


class ParquetSink:
    """Parquet, of the same columns as CSV; parts: a folder for what has come so far."""

    def __init__(self, path: Path, parts: Path) -> None:
        self._path = path
        self._parts = Parts(parts)

    def write(self, batch: Written) -> None:
        """See Sink."""
        self._parts.add(batch.cells.hstack(batch.assessed.sheet))

    def finish(self, tally: Tally) -> None:  # noqa: ARG002
        """See Sink."""
        self._parts.together().sink_parquet(self._path)


class WorkbookSink:
    """XLSX; parts: a folder for what has come so far, since a summary stands above it."""

    def __init__(self, path: Path, parts: Path, batch: Batch, columns: list[str]) -> None:
        self._batch = batch
        self._columns = columns
        self._parts = Parts(parts)
        self._book = Workbook(path, batch.catalogue.words)

    def write(self, batch: Written) -> None:
        """See Sink. Raises UnusableFileError beyond the rows that a sheet can have."""
        self._parts.add(batch.cells.hstack(batch.assessed.sheet))
        if self._parts.rows > MOST_ROWS - 100:  # the summary has rows, too
            raise UnusableFileError(f"XLSX 一张表最多 {MOST_ROWS:,} 行，放不下。", "请把结果写成 .csv 或 .parquet。")
        catalogue, assessed = self._batch.catalogue, batch.assessed
        self._book.add_fits(fit_rows(catalogue, batch.numbers, assessed.facts, assessed.told))
        self._book.add_rejects((bad.row, bad.column, bad.written, bad.expected, bad.nearest) for bad in batch.bad)

    def finish(self, tally: Tally) -> None:
        """See Sink."""
        catalogue, sheet = self._batch.catalogue, self._batch.sheet
        routes = {heading: route for route, heading in sheet.headings.items()}
        named = {catalogue.policy.id_fact, catalogue.policy.name_fact}
        who = [heading for heading, fact in self._batch.headings.items() if fact.id in named]
        order = [*who, *sheet.schema, *(heading for heading in self._columns if heading not in who)]
        columns = [Column(h, self._fitting(tally, routes.get(h)), self._width(h, who)) for h in order]
        summary = summary_view(catalogue, tally, self._batch.as_of, by_measure=False)
        self._book.finish(summary, columns, (rows.select(order) for rows in self._parts.each()), frozen=len(who))

    def _width(self, heading: str, who: list[str]) -> int:
        """Cells across: names and lists want more, verdicts the words that they have."""
        if heading in who or self._batch.sheet.schema.get(heading) == pl.String:
            return 28
        return 18 if heading in self._batch.sheet.headings.values() else 15

    def _fitting(self, tally: Tally, route: str | None) -> str:
        return "" if route is None else self._batch.catalogue.words("batch.fitting", count=f"{tally.routes[route]:,}")


class Parts:
    """Batches kept in a folder until all have come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: list[Path] = []
        self.rows = 0

    def add(self, rows: pl.DataFrame) -> None:
        """Keeps a batch."""
        self._paths.append(self._folder / f"{len(self._paths):06}.parquet")
        rows.write_parquet(self._paths[-1])
        self.rows += rows.height

    def each(self) -> Iterator[pl.DataFrame]:
        """The batches, in order."""
        return map(pl.read_parquet, self._paths)

    def together(self) -> pl.LazyFrame:
        """All of them as one."""
        return pl.scan_parquet(self._paths)


class RejectSink:
    """The bad cells, a row a cell, as CSV."""

    def __init__(self, stream: IO[bytes], batch: Batch) -> None:
        self._writer = CsvWriter(stream)
        self._schema = {batch.catalogue.words(f"batch.{key}"): pl.String() for key in REJECT_KEYS}

    def write(self, batch: Written) -> None:
        """See Sink."""
        rows = [(str(bad.row), bad.column, bad.written, bad.expected, bad.nearest) for bad in batch.bad]
        self._writer.write(pl.DataFrame(rows, schema=self._schema, orient="row"))

    def finish(self, tally: Tally) -> None:
        """See Sink."""


class ReportSink:
    """A report a business, as plain text, in a folder; the file is named by the row and the business."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        self._folder = folder
        self._batch = batch
        self.written = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnusableFileError(f"建不了文件夹 {folder}：{why(error)}。", "请换一个地方。") from None

    def write(self, batch: Written) -> None:
        """See Sink. Raises UnusableFileError where a report cannot be written."""
        for number, row in zip(batch.numbers, batch.cells.iter_rows(), strict=True):
            answers = self._answers(dict(zip(batch.headings, row, strict=True)))
            assessment = assess(self._batch.catalogue, answers, self._batch.as_of)
            write_whole(self._folder / self._name(number, answers), self._text(assessment))
            self.written += 1

    def finish(self, tally: Tally) -> None:
        """See Sink."""

    def _answers(self, cells: dict[str, str | None]) -> Answers:
        catalogue = self._batch.catalogue
        values: dict[str, Value] = {}
        for heading, fact in self._batch.headings.items():
            value = read(fact, cells[heading], self._batch.as_of, catalogue.tokens)
            if not isinstance(value, BadValue):
                values[fact.id] = value
        return Answers(values)

    def _name(self, number: int, answers: Answers) -> str:
        policy = self._batch.catalogue.policy
        named = [value for fact in (policy.id_fact, policy.name_fact) if isinstance(value := answers.value(fact), str)]
        return "-".join([str(number), *(_NO_FILE_NAME.sub("_", text)[:40].strip(" .") for text in named)]) + ".txt"

    def _text(self, assessment: Assessment) -> str:
        text = StringIO()
        console = Console(file=text, width=REPORT_WIDTH, highlight=False, markup=False, emoji=False, soft_wrap=True)
        print_view(console, write_report(assessment), assessment.catalogue.words, width=REPORT_WIDTH)
        return text.getvalue()
