"""Compiles the translations on the way into a wheel or an editable install; what it writes is not kept in git."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]
    """See Hatch's build hooks."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Writes each .mo beside its .po."""
        for path in Path(self.root).glob("dcrelief/locale/*/LC_MESSAGES/*.po"):
            part = path.with_suffix(f".{os.getpid()}")  # several environments may be made at once, while tests run
            with path.open("rb") as source, part.open("wb") as target:
                write_mo(target, read_po(source, locale=path.parents[1].name))
            part.replace(path.with_suffix(".mo"))
        build_data["artifacts"].append("dcrelief/locale/**/*.mo")
