"""What every command begins with: the environment and the catalogue."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # commands import what they need when they run, so that --version and --help answer at once
    from collections.abc import Sequence
    from datetime import date

    from dcrelief.rules.model import Catalogue
    from dcrelief.terminal.console import Environment


def environment_of(plain: bool) -> "Environment":
    """The environment of this process; plain: for a screen reader."""
    from dcrelief.terminal.console import Environment

    environment = Environment.real(Path(os.environ.get("DCRELIEF_HOME") or typer.get_app_dir("dcrelief")))
    return environment.for_screen_reader() if plain else environment


def catalogue_of(paths: "Sequence[Path] | None" = None) -> "Catalogue":
    """The catalogue of these files together, or the shipped one. Raises UnusableFileError."""
    from dcrelief.catalogue.load import load_catalogue

    return load_catalogue(*(paths or ()))


def both_catalogues_of(paths: "Sequence[Path] | None") -> "tuple[Catalogue, Catalogue]":
    """The catalogue in the language in use, and in that of its documents. Raises UnusableFileError."""
    from dcrelief.catalogue.load import CatalogueFiles
    from dcrelief.language import CHINESE, language

    files = CatalogueFiles(*(paths or ()))
    catalogue = files.catalogue()
    return catalogue, catalogue if language() == CHINESE else files.catalogue(CHINESE)


def warn_of_old_date(environment: "Environment", catalogue: "Catalogue", day: "date") -> None:
    """Warns if nobody has confirmed for that day that the windows without an end are still open."""
    from dcrelief.language import _

    if day > catalogue.confirmed_until:
        warning = _(
            "评估日期 {as_of} 在 {confirmed} 之后：没有写截止日的措施是否还在办，没有人确认过，请先打电话问。"
            "要按别的日期评估，用 --as-of 日期。",
            as_of=day,
            confirmed=catalogue.confirmed_until,
        )
        environment.say(warning, style="yellow")
