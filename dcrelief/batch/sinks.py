"""Where a batch run writes to: CSV, XLSX, Parquet or JSON Lines by the ending, rejects, and a report a business."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import polars as pl
import polars.selectors as cs
from msgspec.structs import astuple

from dcrelief.batch.assessor import Assessor, BadCell
from dcrelief.batch.json_lines import LineSink
from dcrelief.batch.pipeline import OutgoingBatch, OwnColumns, Sink
from dcrelief.batch.summary import Tally
from dcrelief.errors import UsageError
from dcrelief.files.csv_writer import CsvWriter, Parts, any_odd, whole_table
from dcrelief.language import _

ENDINGS = (".csv", ".xlsx", ".parquet", ".jsonl")


@contextmanager
def open_sink(path: Path, assessor: Assessor, columns: OwnColumns, reports: Path | None = None) -> Iterator[Sink]:
    """The sink of a file by its ending; reports: their folder, if any.

    The file is there when all is written, or not at all. Raises UnusableFileError, UsageError for another ending.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            _("不会写“{suffix}”。", suffix=path.suffix or path.name),
            _("结果文件的后缀请用 {listed}。", listed=_("、").join(ENDINGS)),
        )
    with whole_table(path) as half, ExitStack() as stack:
        if ending == ".parquet":
            yield ParquetSink(half, Path(stack.enter_context(TemporaryDirectory())))
        elif ending == ".xlsx":
            if find_spec("rvgsrust_xlsxwriter") is None:
                raise UsageError(_("这种电脑上写不了 .xlsx 的结果。"), _("请把结果写成 .csv 或 .parquet。"))
            from dcrelief.batch.workbook import WorkbookSink  # only a workbook needs what writes one

            folder = None if reports is None else linked_folder(path, reports)
            yield WorkbookSink(half, Path(stack.enter_context(TemporaryDirectory())), assessor, columns, folder)
        else:
            stream = stack.enter_context(half.open("wb"))
            pool = stack.enter_context(ThreadPoolExecutor(1))
            yield Beside(pool, _BY_LINE[ending](stream, assessor))


def linked_folder(path: Path, reports: Path) -> str | None:
    """The folder of the reports as links in a workbook say it, from where that is; None if none can lead there."""
    try:
        folder = os.path.relpath(reports.resolve(), path.resolve().parent).replace(os.sep, "/")
    except ValueError:  # on another drive
        return None
    # Spreadsheets take these signs for the end of a file's name, however they are written.
    return None if {"#", "?"} & set(folder) else folder


class CsvSink(Sink):
    """CSV: the table's own cells, then the sheet's columns."""

    def __init__(self, stream: IO[bytes], assessor: Assessor) -> None:
        self._writer = CsvWriter(stream, [name for name, texts in assessor.sheet.texts().items() if not any_odd(texts)])

    def write(self, batch: OutgoingBatch) -> None:
        self._writer.write(batch.cells.hstack(batch.assessed.sheet))


class Beside(Sink):
    """Another sink in a thread of its own: it writes a batch while the next one is on its way.

    What goes wrong there is raised when the next one comes, or at the end.
    """

    def __init__(self, pool: ThreadPoolExecutor, sink: Sink) -> None:
        self._pool = pool
        self._sink = sink
        self._writing: Future[None] | None = None

    def write(self, batch: OutgoingBatch) -> None:
        self._wait()
        self._writing = self._pool.submit(self._sink.write, batch)

    def finish(self, tally: Tally) -> None:
        self._wait()
        self._sink.finish(tally)

    def _wait(self) -> None:
        if self._writing is not None:
            self._writing.result()


class ParquetSink(Sink):
    """Parquet, of the same columns as CSV; parts: a folder for what has come so far."""

    def __init__(self, path: Path, parts: Path) -> None:
        self._path = path
        self._parts = Parts(parts)

    def write(self, batch: OutgoingBatch) -> None:
        texts = batch.cells.cast({cs.enum(): pl.String})  # the next batch may have other words
        self._parts.add(texts.hstack(batch.assessed.sheet))

    def finish(self, tally: Tally) -> None:  # noqa: ARG002
        self._parts.together().sink_parquet(self._path)


class RejectSink(Sink):
    """The bad cells, a row a cell, as CSV."""

    def __init__(self, stream: IO[bytes], assessor: Assessor) -> None:
        self._writer = CsvWriter(stream)
        self._schema = {assessor.catalogue.words(f"batch.{key}"): pl.String() for key in BadCell.__struct_fields__}

    def write(self, batch: OutgoingBatch) -> None:
        self._writer.write(pl.DataFrame(map(astuple, batch.bad()), schema=self._schema, orient="row", strict=False))


# The endings that are written line by line, and how.
_BY_LINE: dict[str, Callable[[IO[bytes], Assessor], Sink]] = {".csv": CsvSink, ".jsonl": LineSink}
