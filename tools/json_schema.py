"""The JSON Schemas of the data files, for editors to complete and check them; `make schemas` writes them anew."""

import inspect
import json
from typing import Any

import msgspec

from dcrelief.catalogue.load import load_catalogue
from dcrelief.catalogue.locate import shipped
from dcrelief.catalogue.schema import LayoutsFile, MeasuresFile, QuestionsFile, SizeFile

# The dialect that editors of TOML know.
_DIALECT = "http://json-schema.org/draft-07/schema#"
_NULL = {"type": "null"}


def schemas() -> dict[str, str]:
    """The text of each schema by the name of its file."""
    types = {"measures": MeasuresFile, "questions": QuestionsFile, "size_standard": SizeFile, "layouts": LayoutsFile}
    made = {name: settled(msgspec.json.schema(file_type)) for name, file_type in types.items()}
    made["words"] = _words()
    return {
        f"{name}.schema.json": json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=1) + "\n"
        for name, schema in made.items()
    }


def settled(schema: Any) -> Any:
    """A schema by msgspec in the dialect, the same whichever Python and msgspec made it."""
    if isinstance(schema, list):
        return [settled(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: settled(part) for key, part in schema.items()}
    if "prefixItems" in parts:  # a pair of the same type, which newer dialects write item by item
        parts["items"] = parts.pop("prefixItems")[0]
    if isinstance(parts.get("anyOf"), list):  # null comes first before msgspec 0.22, last since
        parts["anyOf"].sort(key=_NULL.__eq__)
    if isinstance(parts.get("description"), str):  # a docstring, which is indented before Python 3.13, not since
        parts["description"] = inspect.cleandoc(parts["description"])
    return parts


def _words() -> dict[str, Any]:
    """Any of the shipped sentences may be said otherwise, and no others."""
    groups: dict[str, dict[str, Any]] = {}
    for key, sentence in load_catalogue().words.sentences.items():
        group, _, name = key.partition(".")
        groups.setdefault(group, {})[name] = {"type": "string", "description": sentence}
    return _closed({group: _closed(sentences) for group, sentences in groups.items()})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _write() -> None:
    for name, text in schemas().items():
        shipped(f"schema/{name}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write()
