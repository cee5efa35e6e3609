"""Where in a data file something is, in words: the line on which its table begins, if it can be told, and its name."""

from pathlib import Path
from typing import Any

from dcrelief.catalogue.problems import Place
from dcrelief.language import _


def place_of_steps(path: Path, text: str, document: dict[str, Any], steps: list[Any]) -> str:
    """A place that is reached by these steps from the top of a document, in words."""
    return _start(path, text, document, steps) + _where(document, steps)


def _start(path: Path, text: str, document: dict[str, Any], steps: list[Any]) -> str:
    """The file, and the line on which the table around a place begins, if it can be told."""
    here: Any = document
    named: dict[str, Any] = {}
    for step in steps:
        here = here[step]
        if isinstance(step, int) and isinstance(here, dict):
            named |= {key: here[key] for key in ("number", "key", "id", "name") if key in here}
    group = str(steps[0]) if steps else ""
    name = next((str(named[key]) for key in ("id", "key", "name") if key in named), "")
    if group == "measures":
        place = Place(path.name, named.get("number"), name)
    else:
        place = Place(path.name, field=f"{group}.{name or '.'.join(map(str, steps[1:]))}")
    line = _line(place, text)
    return _("{name} 第 {line} 行：", name=path.name, line=line) if line else _("{title}：", title=path.name)


def _where(document: dict[str, Any], steps: list[Any]) -> str:
    """A path into the document in words, a list's tables named by their number, key or id."""
    names, here = [], document
    for step in steps:
        here = here[step]
        name = str(step + 1) if isinstance(step, int) else str(step)
        if isinstance(step, int) and isinstance(here, dict):
            name = next((f"{key}={here[key]}" for key in ("number", "key", "id", "name") if key in here), name)
        names.append(name)
    return ".".join(names) or _("整个文件")


def place_of_problem(path: Path, text: str, place: Place) -> str:
    """A place in a file, in words."""
    line = _line(place, text)
    parts = [_("{name} 第 {line} 行", name=path.name, line=line) if line else path.name]
    if place.measure is not None:
        parts.append(_("第 {measure} 条", measure=place.measure))
    parts += [part for part in (place.route, place.field) if part]
    return " ".join(parts)


def _line(place: Place, text: str) -> int:
    """The line on which the table of a place begins, 0 if it cannot be told."""
    wanted = []
    if place.measure is not None:
        wanted.append(f"number = {place.measure}")
    if place.route:
        wanted.append(f'key = "{place.route}"')
    if place.field.startswith("contacts.") and place.measure is None:
        wanted.append(f"[{place.field}]")
    for group, name in (("facts.", "id"), ("pages.", "key"), ("rows.", "name")):
        if place.field.startswith(group):
            wanted.append(f'{name} = "{place.field.removeprefix(group).split(".")[0]}"')
    if place.field.startswith("policy"):
        wanted.append("[policy]")
    if place.field.startswith("conditions."):
        wanted += ["[conditions]", f"{place.field.split('.')[1]} ="]
    found = 0
    lines = text.splitlines()
    for start in wanted:
        found = next((n for n in range(found, len(lines)) if lines[n].strip().startswith(start)), -1) + 1
        if found == 0:
            return 0
    return found
