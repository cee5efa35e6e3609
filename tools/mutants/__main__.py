"""`make mutants`: which spoilings the tests let pass. Forks, so not for Windows.

A spoiling that is let pass must stand in survivors.toml with the reason why no test can find it. Of those of the code
at least 95 in 100 must be found, of those of the data all. What no test can find does not count.
"""

import argparse
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path

import hypothesis
import pytest
import tomli

from tools.mutants import code, data
from tools.mutants.spoiling import Spoiling

ROOT = Path(__file__).parent.parent.parent
SURVIVORS = Path(__file__).with_name("survivors.toml")
TIMEOUT, ENOUGH = 240.0, 95
assert hypothesis  # loaded before the forks, as pytest is: each of them starts the sooner


def main() -> int:
    """Tries a sample of spoilings; says which were not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--code", type=int, default=160, help="how many of the code")
    parser.add_argument("--data", type=int, default=400, help="how many of the catalogue; 0: all")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    tried = {"code": code.spoilings(ROOT, chance, given.code), "data": data.spoilings(ROOT, chance, given.data)}
    explained = {(each["file"], tuple(each["lines"])) for each in tomli.loads(SURVIVORS.read_text("utf-8"))["survivor"]}
    good = True
    for kind, spoilings in tried.items():
        if failing := _failing_unspoiled(spoilings):
            print(f"{kind}: these fail as they are: {failing}")
            return True
        begun, let_pass, unexplained = time.monotonic(), 0, 0
        files = Counter(spoiling.file for spoiling in spoilings)
        passed: Counter[str] = Counter()
        for spoiling in survivors(spoilings):
            known = (spoiling.file, spoiling.lines) in explained
            let_pass, unexplained = let_pass + 1, unexplained + (not known)
            passed[spoiling.file] += 1
            print(f"{'explained' if known else 'LET PASS'}: {spoiling.file}", *spoiling.lines, sep="\n  ", flush=True)
        found = len(spoilings) - let_pass
        minutes = (time.monotonic() - begun) / 60
        print(f"{kind}: {found} of {len(spoilings)} found, {unexplained} let pass unexplained, {minutes:.1f} min")
        for file, count in sorted(files.items()):
            print(f"  {file}: {count - passed[file]} of {count}")
        could_be_found = found + unexplained
        share = 100 * found / max(1, could_be_found)
        good &= not unexplained and (kind == "data" or share >= ENOUGH)
    return not good


def _failing_unspoiled(spoilings: list[Spoiling]) -> set[str]:
    """The tests that fail on what is not spoiled: nothing can be said of them."""
    rooms = {spoiling.tests: spoiling._replace(after=spoiling.before, first="", only="") for spoiling in spoilings}
    whole = list(rooms.values())
    return {test for spoiling in whole for test in spoiling.tests} - {
        test for spoiling in survivors(whole) for test in spoiling.tests
    }


def survivors(spoilings: list[Spoiling]) -> Iterator[Spoiling]:
    """Those that no test finds, as they come: each is tried in a copy of the project, on every core."""
    forks = multiprocessing.get_context("fork")
    waiting = list(reversed(spoilings))
    with tempfile.TemporaryDirectory() as folder:
        free = [_copy(Path(folder) / str(number)) for number in range(os.cpu_count() or 1)]
        running: dict[ForkProcess, tuple[Spoiling, Path, float]] = {}
        while waiting or running:
            while waiting and free:
                spoiling, copy = waiting.pop(), free.pop()
                (copy / spoiling.file).write_text(spoiling.after, encoding="utf-8")
                process = forks.Process(target=_try, args=(spoiling, copy))
                process.start()
                running[process] = (spoiling, copy, time.monotonic() + TIMEOUT)
            wait([process.sentinel for process in running], timeout=1)
            for process, (spoiling, copy, until) in list(running.items()):
                if process.is_alive() and time.monotonic() < until:
                    continue
                process.kill()  # what never ends is found, too
                process.join()
                del running[process]
                original = (ROOT / spoiling.file).read_bytes()
                (copy / spoiling.file).write_bytes(original)
                free.append(copy)
                if process.exitcode == 0:
                    yield spoiling


def _copy(folder: Path) -> Path:
    """A copy of the project's files, and of the compiled texts."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    compiled = (str(path.relative_to(ROOT)) for path in ROOT.glob("dcrelief/locale/*/*/*.mo"))
    for name in filter(None, (*tracked.split("\0"), *compiled)):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def _try(spoiling: Spoiling, copy: Path) -> None:
    """Runs the tests on the spoiled copy; exits with 0 if they pass."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.chdir(copy)
    sys.dont_write_bytecode = True
    for module in [name for name in sys.modules if name.split(".")[0] in ("tools", "dcrelief", "tests")]:
        del sys.modules[module]
    sys.path[:] = [str(copy), *(path for path in sys.path if path not in ("", str(ROOT)))]
    chosen = ("-k", spoiling.only) if spoiling.only else ()
    options = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov")
    tests = filter(None, (spoiling.first, *spoiling.tests))
    os._exit(int(pytest.main([*options, *chosen, *tests])))


if __name__ == "__main__":
    sys.exit(main())
