"""The batch from file to file, beside Polars copying the same file in the same run: medians of alternating runs.

The clients are those of benchmarks/clients.py: 50 columns of messy values, to the full CSV output.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.clients import write

COPY = "import sys, polars as pl; pl.scan_csv(sys.argv[1]).sink_csv(sys.argv[2])"
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


def side_by_side(clients: Path, runs: int) -> tuple[float, float, int]:
    """Medians of the copy and of the batch on a file, and the most memory that the batch took."""
    out = clients.with_name("out.csv")
    program = str(Path(sys.executable).with_name("dcrelief"))
    batch = [program, "batch", str(clients), "-o", str(out), "--as-of", "2020-02-20"]
    copy = [sys.executable, "-c", COPY, str(clients), str(out)]
    copies, batches, memory = [], [], 0
    out.unlink(missing_ok=True)
    os.sync()  # what was written before goes to the disk now, and not while the clock runs
    for _ in range(runs):
        for command, taken in ((copy, copies), (batch, batches)):
            out.unlink(missing_ok=True)
            seconds, most = run(command)
            taken.append(seconds)
            memory = max(memory, most) if command is batch else memory
    return statistics.median(copies), statistics.median(batches), memory


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
        copy, batch, _ = side_by_side(paths[FEW], SHORT_RUNS)
        line("1,000 rows, whole process: copy by Polars, ms", 1000 * copy, ".0f")
        line("1,000 rows, whole process: batch, ms", 1000 * batch, ".0f")
        line("1,000 rows, whole process: ratio", batch / copy, ".2f", 1.6)
        copy, batch, memory = side_by_side(paths[MILLION], RUNS)
        line("1,000,000 rows: copy by Polars, s", copy, ".2f")
        line("1,000,000 rows: batch, s", batch, ".2f")
        line("1,000,000 rows: ratio", batch / copy, ".2f", 3.0)
        line("1,000,000 rows: most memory, GiB", memory / (1 << 30), ".2f", 0.8)
        _, some, _ = side_by_side(paths[SOME], RUNS)
        _, four, most = side_by_side(paths[FOUR_MILLION], 1)
        line("4,000,000 rows: most memory, GiB", most / (1 << 30), ".2f", 0.8)
        line("a row: 4,000,000 rows to 100,000 rows", four / FOUR_MILLION * SOME / some, ".2f", 1.0)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
