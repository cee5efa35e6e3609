"""The batch from file to file, beside Polars copying the same file in the same run: medians of alternating runs.

The clients are those of benchmarks/clients.py: 50 columns of messy values, to the full CSV output, which is several
times as long as what the copy writes. So writing as many bytes, and nothing else, stands beside them: how long that
takes is the machine's affair, and may change from minute to minute.
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
WRITE = """
import os, sys
block = os.urandom(8 << 20)
with open(sys.argv[1], "wb") as file:
    for _ in range(int(sys.argv[2]) // len(block)):
        file.write(block)
"""
MILLION, FOUR_MILLION, SOME, FEW = 1_000_000, 4_000_000, 100_000, 1_000
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
    """Seconds of the copy, of the batch, and of writing as many bytes as that; bytes of memory of the batch at most."""

    copy: float
    batch: float
    write: float
    memory: int


def side_by_side(clients: Path, runs: int) -> Medians:
    """The three in turn on a file, so many times."""
    out = clients.with_name("out.csv")
    program = str(Path(sys.executable).with_name("dcrelief"))
    batch = [program, "batch", str(clients), "-o", str(out), "--as-of", "2020-02-20"]
    copy = [sys.executable, "-c", COPY, str(clients), str(out)]
    copies, batches, writes, memory = [], [], [], 0
    out.unlink(missing_ok=True)
    os.sync()  # what was written before goes to the disk now, and not while the clock runs

    def timed(command: list[str]) -> tuple[float, int]:
        out.unlink(missing_ok=True)
        return run(command)

    for _ in range(runs):
        copies.append(timed(copy)[0])
        seconds, most = timed(batch)
        batches.append(seconds)
        memory = max(memory, most)
        writes.append(timed([sys.executable, "-c", WRITE, str(out), str(out.stat().st_size)])[0])
    return Medians(*map(statistics.median, (copies, batches, writes)), memory)


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
        paths = {rows: Path(folder) / f"{rows}.csv" for rows in (FEW, SOME, MILLION, FOUR_MILLION)}
        for rows, path in paths.items():
            write(path, rows)
        few = side_by_side(paths[FEW], SHORT_RUNS)
        line("1,000 rows, whole process: copy by Polars, ms", 1000 * few.copy, ".0f")
        line("1,000 rows, whole process: batch, ms", 1000 * few.batch, ".0f")
        line("1,000 rows, whole process: ratio", few.batch / few.copy, ".2f", 1.6)
        million = side_by_side(paths[MILLION], RUNS)
        line("1,000,000 rows: copy by Polars, s", million.copy, ".2f")
        line("1,000,000 rows: batch, s", million.batch, ".2f")
        line("1,000,000 rows: writing its bytes alone, s", million.write, ".2f")
        line("1,000,000 rows: ratio", million.batch / million.copy, ".2f", 3.0)
        line("1,000,000 rows: most memory, GiB", million.memory / (1 << 30), ".2f", 0.8)
        some = side_by_side(paths[SOME], RUNS)
        four = side_by_side(paths[FOUR_MILLION], 1)
        line("4,000,000 rows: most memory, GiB", four.memory / (1 << 30), ".2f", 0.8)
        line("a row: 4,000,000 rows to 100,000 rows", four.batch / FOUR_MILLION * SOME / some.batch, ".2f", 1.0)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
