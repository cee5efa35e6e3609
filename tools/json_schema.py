"""The JSON Schemas of the data files, for editors to complete and check them; `make schemas` writes them anew."""

import inspect
import json
from typing import Any

import msgspec

from dcrelief.catalogue.load import load_catalogue
from dcrelief.catalogue.locate import shipped
from dcrelief.catalogue.schema import MeasuresFile, QuestionsFile, SizeFile

# The dialect that editors of TOML know.
_DIALECT = "http://json-schema.org/draft-07/schema#"


def schemas() -> dict[str, str]:
    """The text of each schema by the name of its file."""
    types = {"measures": MeasuresFile, "questions": QuestionsFile, "size_standard": SizeFile}
    made = {name: schema_of(file_type) for name, file_type in types.items()}
    made["words"] = _words()
    return {
        f"{name}.schema.json": json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=1) + "\n"
        for name, schema in made.items()
    }


def schema_of(file_type: Any) -> Any:
    """The schema of a type of a data file."""
    return _rewritten(msgspec.json.schema(file_type))


def _rewritten(schema: Any) -> Any:
    """A pair of the same type, which newer dialects write item by item, as a list of two; docstrings unindented."""
    if isinstance(schema, list):
        return [_rewritten(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: _rewritten(part) for key, part in schema.items()}
    if "prefixItems" in parts:
        parts["items"] = parts.pop("prefixItems")[0]
    if isinstance(parts.get("description"), str):  # a field may be called so, too
        parts["description"] = inspect.cleandoc(parts["description"])  # indented before Python 3.13, not since
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
