"""The batch from file to file, beside others that write as much in the same run: medians of alternating runs.

The clients are those of benchmarks/clients.py: 50 columns of messy values. The full CSV output is several times as
long: Polars copying that output stands beside it, and writing as many bytes and nothing else, since how long that takes
is the machine's affair. Beside the start stands Polars copying the small table; beside a workbook, XlsxWriter writing
the cells of its sheets.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.clients import write

COPY = "import sys, polars as pl; pl.scan_csv(sys.argv[1]).sink_csv(sys.argv[2])"
COPY_TABLE = [sys.executable, "-c", COPY, "CLIENTS", "COPY"]
COPY_RESULT = [sys.executable, "-c", COPY, "OUT", "COPY"]
# Every cell as it is, with one look: no widths, no heights.
XLSXWRITER = """
import sys, fastexcel, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True})
look = book.add_format({"text_wrap": True})
result = fastexcel.read_excel(sys.argv[1])
for name in result.sheet_names:
    sheet = book.add_worksheet(name)
    for row, cells in enumerate(result.load_sheet(name, header_row=None).to_polars().iter_rows()):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, look)
            elif cell is not None:
                sheet.write(row, column, cell, look)
book.close()
"""
BY_XLSXWRITER = [sys.executable, "-c", XLSXWRITER, "OUT", "COPY"]
WRITE = """
import os, sys
block = os.urandom(8 << 20)
with open(sys.argv[1], "wb") as file:
    for _ in range(int(sys.argv[2]) // len(block)):
        file.write(block)
"""
MILLION, FOUR_MILLION, SOME, SHEETS, CLIENTS, FEW = 1_000_000, 4_000_000, 100_000, 50_000, 10_000, 1_000
RUNS, SHORT_RUNS = 3, 15


def run(command: list[str]) -> tuple[float, int]:
    """Seconds and bytes at the most of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), command  # 1: some cells could not be read, as it should be
    return time.perf_counter() - start, usage.ru_maxrss * 1024


class Medians(NamedTuple):
    """Seconds of the batch, of what stands beside it, of writing as many bytes; the batch's memory, bytes at most."""

    batch: float
    beside: float
    write: float
    memory: int


def side_by_side(clients: Path, ending: str, beside: list[str], runs: int) -> Medians:
    """The batch on a file, then what stands beside it, so many times. beside: its command, with names of paths."""
    out, copy = clients.with_name(f"out{ending}"), clients.with_name(f"copy{ending}")
    program = str(Path(sys.executable).with_name("dcrelief"))
    batch = [program, "batch", str(clients), "-o", str(out), "--as-of", "2020-02-20"]
    paths = {"CLIENTS": str(clients), "OUT": str(out), "COPY": str(copy)}
    other = [paths.get(part, part) for part in beside]
    batches, others, writes, memory = [], [], [], 0
    os.sync()  # what was written before goes to the disk now, and not while the clock runs

    def timed(command: list[str], written: Path) -> tuple[float, int]:
        written.unlink(missing_ok=True)
        return run(command)

    for _ in range(runs):
        seconds, most = timed(batch, out)
        batches.append(seconds)
        memory = max(memory, most)
        others.append(timed(other, copy)[0])
        writes.append(timed([sys.executable, "-c", WRITE, str(copy), str(out.stat().st_size)], copy)[0])
    copy.unlink()
    return Medians(*map(statistics.median, (batches, others, writes)), memory)


def main() -> int:
    """Prints the table; 1 if a figure is above its limit."""
    failed = False

    def line(what: str, figure: float, form: str, limit: float | None = None) -> None:
        nonlocal failed
        failed |= limit is not None and figure > limit
        bound = "" if limit is None else format(limit, form)
        print(f"{what:<48}{format(figure, form):>12}{bound:>12}", flush=True)

    print(f"{'':<48}{'':>12}{'limit':>12}")
    with TemporaryDirectory() as folder:
        paths = {rows: Path(folder) / f"{rows}.csv" for rows in (FEW, CLIENTS, SHEETS, SOME, MILLION, FOUR_MILLION)}
        for rows, path in paths.items():
            write(path, rows)
        few = side_by_side(paths[FEW], ".csv", COPY_TABLE, SHORT_RUNS)
        line("1,000 rows, whole process: copy by Polars, ms", 1000 * few.beside, ".0f")
        line("1,000 rows, whole process: batch, ms", 1000 * few.batch, ".0f")
        line("1,000 rows, whole process: ratio", few.batch / few.beside, ".2f", 2.6)
        book = side_by_side(paths[CLIENTS], ".xlsx", BY_XLSXWRITER, RUNS)
        line("10,000 rows to .xlsx: its cells by XlsxWriter, s", book.beside, ".2f")
        line("10,000 rows to .xlsx: batch, s", book.batch, ".2f")
        line("10,000 rows to .xlsx: ratio", book.batch / book.beside, ".2f", 0.3)
        large = side_by_side(paths[SHEETS], ".xlsx", [sys.executable, "-c", ""], 1)
        line("50,000 rows to .xlsx: most memory, GiB", large.memory / (1 << 30), ".2f", 0.5)
        million = side_by_side(paths[MILLION], ".csv", COPY_RESULT, RUNS)
        line("1,000,000 rows: result copied by Polars, s", million.beside, ".2f")
        line("1,000,000 rows: batch, s", million.batch, ".2f")
        line("1,000,000 rows: writing its bytes alone, s", million.write, ".2f")
        line("1,000,000 rows: ratio", million.batch / million.beside, ".2f", 1.0)
        line("1,000,000 rows: most memory, GiB", million.memory / (1 << 30), ".2f", 0.8)
        some = side_by_side(paths[SOME], ".csv", COPY_RESULT, RUNS)
        four = side_by_side(paths[FOUR_MILLION], ".csv", COPY_TABLE, 1)
        line("4,000,000 rows: most memory, GiB", four.memory / (1 << 30), ".2f", 0.8)
        line("a row: 4,000,000 rows to 100,000 rows", four.batch / FOUR_MILLION * SOME / some.batch, ".2f", 1.0)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
