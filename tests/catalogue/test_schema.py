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
from tools.json_schema import schemas

FILES = [folder / name for folder in (shipped(NAMES[0]).parent, OTHER_DISTRICT.parent) for name in NAMES]


def test_the_schemas_are_those_of_the_format() -> None:
    for name, text in schemas().items():
        said = "data/schema is stale; run make schemas"
        assert shipped(f"schema/{name}").read_text(encoding="utf-8") == text, said


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
