"""The wheel, built and installed into a clean environment, finds its data from another folder; so does an sdist.

The lower bounds are the versions that were tried, and what is ignored is not tracked.
"""

import importlib.util
import os
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import pytest
import tomli
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "constraints.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of this checkout, and the wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", folder, ROOT], check=True, capture_output=True)
    return folder


@pytest.mark.registry
def test_what_is_built_twice_is_the_same(built: Path, tmp_path: Path) -> None:
    """From another folder, and at another time."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = next(tmp_path.glob("dcrelief-*"))
    for path in unpacked.rglob("*"):
        os.utime(path, (2e9, 2e9))
    again = tmp_path / "again"
    subprocess.run([sys.executable, "-m", "build", "--outdir", again, unpacked], check=True, capture_output=True)
    for first in built.iterdir():
        assert (again / first.name).read_bytes() == first.read_bytes(), first.name


@pytest.mark.registry
def test_the_wheel_runs_in_a_clean_environment_from_another_folder(built: Path, tmp_path: Path) -> None:
    wheel = next(built.glob("*.whl"))
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env/bin/python"
    options = ["--quiet", "--disable-pip-version-check", "--constraint"]
    subprocess.run([python, "-m", "pip", "install", *options, CONSTRAINTS, wheel], check=True, capture_output=True)
    done = subprocess.run(
        [tmp_path / "env/bin/dcrelief", "show", "6"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "最高不超过50万元" in done.stdout
    subprocess.run([tmp_path / "env/bin/dcrelief", "contacts", "--html", "c.html"], cwd=tmp_path, check=True)
    assert "曹军" in (tmp_path / "c.html").read_text(encoding="utf-8")
    site = next((tmp_path / "env/lib").glob("python*/site-packages"))
    assert (site / "dcrelief/data/measures.toml").is_file()
    assert not (site / "tests").exists()


@pytest.mark.registry
def test_the_sdist_finds_its_data_where_it_is_unpacked(built: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = next(tmp_path.glob("dcrelief-*"))
    code = "from dcrelief.catalogue.locate import shipped; print(shipped('measures.toml').resolve())"
    done = subprocess.run([sys.executable, "-c", code], cwd=unpacked, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == (unpacked / "data/measures.toml").resolve()


def test_a_checkout_finds_its_data_from_another_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dcrelief", "list"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "第42条" in done.stdout


def requirements() -> dict[str, Requirement]:
    """What the program and its extra for Spark need, by name."""
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["spark"]])
    return {canonicalize_name(requirement.name): requirement for requirement in needed}


def test_the_lower_bounds_are_the_versions_that_test_oldest_tries() -> None:
    bounds = {
        name: [Version(bound.version) for bound in requirement.specifier if bound.operator == ">="]
        for name, requirement in requirements().items()
    }
    lines = (ROOT / "constraints-oldest.txt").read_text(encoding="utf-8").splitlines()
    tried = [line.split("==") for line in lines if not line.startswith("#")]
    assert bounds == {canonicalize_name(name): [Version(version)] for name, version in tried}


def test_a_version_that_breaks_every_menu_is_not_allowed() -> None:
    assert "2.1.0" not in requirements()["questionary"].specifier


def test_no_other_benchmarks_are_taken_for_ours() -> None:
    """Old pyarrow installs a package of that name, which goes before a folder that is none."""
    found = importlib.util.find_spec("benchmarks")
    assert found is not None
    assert found.origin == str(ROOT / "benchmarks/__init__.py")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no checkout")
def test_nothing_that_is_ignored_is_tracked() -> None:
    # A container's user is often not the owner of the checkout, whom git asks about.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-ci", "--exclude-per-directory=.gitignore"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""
