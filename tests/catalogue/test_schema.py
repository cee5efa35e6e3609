"""The schemas that editors use: written anew when the format changes, and true of every data file."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
import tomli

from dcrelief.catalogue.load import NAMES
from dcrelief.catalogue.locate import shipped
from tests.examples import OTHER_DISTRICT
from tools.json_schema import schemas, settled

FILES = [folder / name for folder in (shipped(NAMES[0]).parent, OTHER_DISTRICT.parent) for name in NAMES]


def test_the_schemas_are_those_of_the_format() -> None:
    for name, text in schemas().items():
        said = "data/schema is stale; run make schemas"
        assert shipped(f"schema/{name}").read_text(encoding="utf-8") == text, said


def test_a_schema_is_the_same_however_python_keeps_a_docstring() -> None:
    """Python 3.13 takes the indentation from docstrings; older ones leave it."""
    kept, taken = "One.\n\n    two: more.\n    three: more.\n    ", "One.\n\ntwo: more.\nthree: more.\n"
    one, other = (
        settled(
            msgspec.json.schema(msgspec.defstruct("Documented", [("description", str)], namespace={"__doc__": text}))
        )
        for text in (kept, taken)
    )
    assert one == other
    assert one["$defs"]["Documented"]["description"] == "One.\n\ntwo: more.\nthree: more."
    assert one["$defs"]["Documented"]["properties"] == {"description": {"type": "string"}}


def test_a_schema_is_the_same_wherever_msgspec_puts_null() -> None:
    null, of_a_table = {"type": "null"}, {"$ref": "#/$defs/Table"}
    assert settled({"anyOf": [null, of_a_table]}) == settled({"anyOf": [of_a_table, null]})


@pytest.mark.parametrize("name", ["measures", "questions", "size_standard"])
def test_no_description_is_indented(name: str) -> None:
    """Those of words are sentences of the program, which may be."""
    text = shipped(f"schema/{name}.schema.json").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.lstrip().startswith('"description": "')]
    assert lines
    assert [line for line in lines if "\\n " in line] == []


@pytest.mark.source
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_data_file_names_its_schema_and_fits_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    schema = path.parent / text.partition("\n")[0].removeprefix("#:schema ")
    assert schema.resolve() == shipped(f"schema/{path.stem}.schema.json").resolve()
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    validator.check_schema(validator.schema)
    assert list(validator.iter_errors(msgspec.to_builtins(tomli.loads(text)))) == []


@pytest.mark.parametrize(
    ("name", "spoiled"),
    [
        ("measures", {"policy": {}, "contacts": {}, "measures": [], "measurs": []}),
        ("questions", {"tokens": {}, "facts": [{"id": "x", "kind": "amount", "label": "x"}], "pages": []}),
        ("size_standard", {"title": 3}),
        ("words", {"report": {"no_such_sentence": "x"}}),
    ],
)
def test_a_schema_refuses_what_is_not_of_the_format(name: str, spoiled: dict[str, object]) -> None:
    schema = json.loads(shipped(f"schema/{name}.schema.json").read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoiled, schema)
