"""The wheel, and the tests against it, on each Python of this machine that it is for: `make test-pythons`."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
FOR = SpecifierSet(">=3.11")
# All but the package's source: without it the tests can only find what is installed.
_LEFT_OUT = shutil.ignore_patterns("dcrelief", ".*", "__pycache__", "dist")
# The tests of the source itself, and of Spark.
_OTHERS = ["-m", "not browser and not registry and not source", "--ignore=tests/batch/test_spark.py"]
_VERSION = "import ensurepip, sys; print(*sys.version_info[:2], sep='.')"  # without the former it makes no environments


def folders(environment: Mapping[str, str]) -> list[Path]:
    """Where a machine has its Pythons: on the path, and where pyenv and uv put them."""
    home = Path.home()
    pyenv = Path(environment.get("PYENV_ROOT") or home / ".pyenv")
    uv = Path(environment.get("UV_PYTHON_INSTALL_DIR") or home / ".local/share/uv/python")
    on_path = [Path(folder) for folder in environment.get("PATH", "").split(os.pathsep) if folder]
    return [*on_path, *sorted(pyenv.glob("versions/*/bin")), *sorted(uv.glob("*/bin"))]


def pythons(where: Iterable[Path]) -> dict[str, Path]:
    """The first Python of each version that runs, from the oldest on, by its version: `3.11`."""
    found: dict[str, Path] = {}
    for folder in where:
        for path in sorted(folder.glob("python3.*")):
            if re.fullmatch(r"python3\.\d+", path.name) and (version := version_of(path)) in FOR:
                found.setdefault(version, path)
    return dict(sorted(found.items(), key=lambda item: int(item[0].partition(".")[2])))


def version_of(python: Path) -> str:
    """Its version; 0 if it does not run, as a shim of pyenv's for one that is not in use, or makes no environments."""
    try:
        done = subprocess.run([python, "-c", _VERSION], capture_output=True, text=True, check=False)
    except OSError:
        return "0"
    return done.stdout.strip() or "0"


def tested(python: Path, wheel: Path, arguments: list[str]) -> bool:
    """Whether the wheel, in an environment of its own, passes the tests. arguments: pytest's."""
    with tempfile.TemporaryDirectory(prefix="dcrelief-") as folder:
        beside, fresh = Path(folder, "tests-alone"), str(Path(folder, "venv/bin/python"))
        shutil.copytree(ROOT, beside, ignore=_LEFT_OUT)
        subprocess.run([python, "-m", "venv", Path(folder, "venv")], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", "constraints.txt"]
        subprocess.run([fresh, *install, f"{wheel}[dev]"], cwd=beside, check=True)
        pytest = ["-m", "pytest", "-p", "no:cacheprovider", "-n", "auto", "--dist", "worksteal", *_OTHERS]
        return subprocess.run([fresh, *pytest, *arguments], cwd=beside, check=False).returncode == 0


def main() -> int:
    """Prints how it went on each; 1 if anything failed, or there is none of the Pythons asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", help="such as 3.13, or newest; may be repeated")
    only, arguments = parser.parse_known_args()
    found = pythons(folders(os.environ))
    asked = only.only or list(found)
    chosen = {
        version: path
        for version, path in found.items()
        if version in asked or ("newest" in asked and version == list(found)[-1])
    }
    with tempfile.TemporaryDirectory(prefix="dcrelief-") as folder:
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True, capture_output=True
        )
        (wheel,) = Path(folder).glob("*.whl")
        passed = {}
        for version, path in chosen.items():
            print(f"Python {version}: {path}", flush=True)
            passed[version] = tested(path, wheel, arguments)
    for version, well in passed.items():
        print(f"Python {version}: {'passed' if well else 'FAILED'}")
    return 0 if passed and all(passed.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
