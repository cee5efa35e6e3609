"""Start-up as a ratio to `python -c pass` in the same environment: medians of alternating runs."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 31
SAMPLE = Path(__file__).parents[1] / "data" / "sample_business.toml"
FLOOR = ("python -c pass", [sys.executable, "-c", "pass"])
MEASURED = [
    ("dcrelief --version", ["--version"], 7),
    ("dcrelief --help", ["--help"], None),
    ("dcrelief --answers sample", ["--answers", str(SAMPLE), "--no-input"], 14),
]


def seconds(command: list[str], terminal: int) -> float:
    """How long one run takes, its output to a terminal."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=terminal, stderr=terminal)
    return time.perf_counter() - start


def main() -> int:
    """Prints the table; 1 if a ratio is above its limit."""
    program = str(Path(sys.executable).with_name("dcrelief"))
    commands = [FLOOR, *((name, [program, *arguments]) for name, arguments, _ in MEASURED)]
    taken: dict[str, list[float]] = {name: [] for name, _ in commands}
    for _ in range(RUNS):
        for name, command in commands:
            taken[name].append(in_a_terminal(command))
    floor = statistics.median(taken[FLOOR[0]])
    print(f"{'':<28}{'median':>10}{'ratio':>8}{'limit':>8}")
    print(f"{FLOOR[0]:<28}{floor * 1000:>7.1f} ms{1:>8.1f}")
    failed = False
    for name, _, limit in MEASURED:
        median = statistics.median(taken[name])
        failed |= limit is not None and median / floor > limit
        print(f"{name:<28}{median * 1000:>7.1f} ms{median / floor:>8.1f}{limit if limit else '':>8}")
    return int(failed)


def in_a_terminal(command: list[str]) -> float:
    """Seconds of one run whose output goes to a pseudo-terminal that is being read."""
    leader, follower = os.openpty()
    reader = os.fork()
    if reader == 0:
        os.close(follower)
        try:
            while os.read(leader, 1 << 16):
                pass
        except OSError:
            pass
        os._exit(0)
    took = seconds(command, follower)
    os.close(follower)
    os.close(leader)
    os.waitpid(reader, 0)
    return took


if __name__ == "__main__":
    sys.exit(main())
