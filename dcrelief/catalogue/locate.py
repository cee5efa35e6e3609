"""Where the shipped files are: inside the package in a wheel, beside it in a checkout or an editable install."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


# The catalogues that are shipped, by the names that a command takes for them; the first is taken if none is named.
SHIPPED = {"dongcheng": "measures.toml", "beijing": "beijing/measures.toml"}


def shipped(name: str) -> Path:
    """The path of a file of `data/`."""
    inside = _PACKAGE / "data"
    return (inside if inside.is_dir() else _PACKAGE.parent / "data") / name
