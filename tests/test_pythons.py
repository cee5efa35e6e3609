"""Which Pythons of a machine make test-pythons takes."""

from pathlib import Path

from tools.pythons import folders, pythons


def python(folder: Path, name: str, script: str) -> Path:
    """A program of that name that does as a Python that is asked for its version."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_first_of_each_version_that_runs_from_the_oldest_on(tmp_path: Path) -> None:
    shims, others = tmp_path / "shims", tmp_path / "others"
    newer = python(shims, "python3.13", "echo 3.13")
    python(shims, "python3.9", "echo 3.9")
    python(shims, "python3.12", "echo no such command; exit 127")
    python(shims, "python3.12-config", "echo 3.12")
    python(others, "python3.13", "echo 3.13")
    older, next_one = python(others, "python3.9.0", "echo 3.9"), python(others, "python3.12", "echo 3.12")
    assert older.exists()
    found = pythons([shims, tmp_path / "none", others])
    assert list(found.items()) == [("3.12", next_one), ("3.13", newer)]


def test_where_pythons_are(tmp_path: Path) -> None:
    (tmp_path / "pyenv/versions/3.12.1/bin").mkdir(parents=True)
    (tmp_path / "uv/cpython-3.13/bin").mkdir(parents=True)
    environment = {
        "PATH": f"/a:{tmp_path}",
        "PYENV_ROOT": str(tmp_path / "pyenv"),
        "UV_PYTHON_INSTALL_DIR": str(tmp_path / "uv"),
    }
    assert folders(environment) == [
        Path("/a"),
        tmp_path,
        tmp_path / "pyenv/versions/3.12.1/bin",
        tmp_path / "uv/cpython-3.13/bin",
    ]
