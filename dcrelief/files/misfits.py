"""Where a document does not fit its JSON Schema, in words that name the fix."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError, relevance

from dcrelief.rules.facts import nearest_of

_KINDS = {
    "string": "文字，加引号",
    "integer": "整数，不加引号",
    "boolean": "true 或 false，不加引号",
    "array": "一列，写在 [ ] 里",
    "object": "一张表，写在 { } 里或 [表名] 下面",
    "null": "空",
}
_LONGEST = 40


def misfits(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[tuple[list[Any], str]]:
    """Each place that does not fit, as the steps to it, and what is wrong there."""
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))
    for error in sorted(validator.iter_errors(document), key=lambda error: list(map(str, error.absolute_path))):
        nearest = _nearest(error)
        yield list(nearest.absolute_path), _sentence(nearest)


def _nearest(error: ValidationError) -> ValidationError:
    """Of something that may be of several shapes, the error of the shape that it comes nearest to."""
    while error.validator == "anyOf" and error.context:
        of_kind = [part for part in error.context if part.validator != "type" or len(part.relative_path) > 0]
        error = max(of_kind or error.context, key=lambda part: (len(part.relative_path), relevance(part)))
    return error


def _sentence(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    written: Any = error.instance
    schema: Any = error.schema
    match error.validator:
        case "required":
            missing = error.message.split("'")[1]  # there is an error for each of them
            return f"缺少 {missing}，请补上"
        case "additionalProperties":
            return "；".join(
                _unknown(name, schema["properties"]) for name in written if name not in schema["properties"]
            )
        case "enum":
            return f"{_shown(written)} 不行；有：{'、'.join(map(str, wanted))}"
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return f"{_shown(written)} 要写成{'，或'.join(_KINDS.get(kind, kind) for kind in kinds)}"
        case "format":
            return f"{_shown(written)} 不是日期，请写成 2020-02-26，不加引号"
        case "minItems" | "maxItems":
            return f"{_shown(written)} 要有 {wanted} 项"
        case _:
            return error.message


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    nearest = nearest_of(name, {each: each for each in known})
    return f"没有 {name} 这一项" + (f"，最接近的是 {nearest}；请改正或删去" if nearest else "，请删去")


def _shown(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
