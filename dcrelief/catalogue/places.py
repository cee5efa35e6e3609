"""Where in a data file something is, in words: the line on which its table begins, if it can be told, and its name."""

from pathlib import Path
from typing import Any

from dcrelief.catalogue.problems import Place
from dcrelief.language import _

# By these a table of a list is named.
_NAMES = ("number", "key", "id", "name")
_NAMED_BY = {"facts": "id", "pages": "key", "rows": "name"}


def place_of_steps(path: Path, text: str, document: dict[str, Any], steps: list[Any]) -> str:
    """The place that these steps lead to from the top of a document, in words."""
    here: Any = document
    named: dict[str, Any] = {}
    words = []
    for step in steps:
        here = here[step]
        word = str(step + 1) if isinstance(step, int) else step
        if isinstance(step, int) and isinstance(here, dict):
            own = {key: here[key] for key in _NAMES if key in here}
            word = next((f"{key}={value}" for key, value in own.items()), word)
            named |= own
        words.append(word)
    group = steps[0] if steps else ""
    name = next((str(named[key]) for key in ("id", "key", "name") if key in named), "")
    if group == "measures":
        place = Place(path.name, named.get("number"), name)
    else:
        place = Place(path.name, field=f"{group}.{name or '.'.join(map(str, steps[1:]))}")
    line = _line(place, text)
    start = _("{name} 第 {line} 行：", name=path.name, line=line) if line else _("{title}：", title=path.name)
    return start + (".".join(words) or _("整个文件"))


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
    group, _dot, rest = place.field.partition(".")
    name = rest.split(".")[0]
    if group == "contacts" and place.measure is None:
        wanted.append(f"[{place.field}]")
    elif group in _NAMED_BY:
        wanted.append(f'{_NAMED_BY[group]} = "{name}"')
    elif group == "policy":
        wanted.append("[policy]")
    elif group == "conditions":
        wanted += ["[conditions]", f"{name} ="]
    found = 0
    lines = text.splitlines()
    for start in wanted:
        found = next((n for n in range(found, len(lines)) if lines[n].strip().startswith(start)), -1) + 1
        if found == 0:
            return 0
    return found
