"""Where a document does not fit its JSON Schema, in words that name the fix."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError, relevance

from dcrelief.language import _, later
from dcrelief.rules.facts import nearest_of

_KINDS = {
    "string": later("文字，加引号"),
    "integer": later("整数，不加引号"),
    "boolean": later("true 或 false，不加引号"),
    "array": later("一列，写在 [ ] 里"),
    "object": later("一张表，写在 { } 里或 [表名] 下面"),
    "null": later("空"),
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
    value: Any = error.instance
    schema: Any = error.schema
    match error.validator:
        case "required":
            missing = error.message.split("'")[1]  # there is an error for each of them
            return _("缺少 {missing}，请补上", missing=missing)
        case "additionalProperties":
            return _("；").join(
                _unknown(name, schema["properties"]) for name in value if name not in schema["properties"]
            )
        case "enum":
            return _("{shown} 不行；有：{listed}", shown=_shown(value), listed=_("、").join(map(str, wanted)))
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return _(
                "{shown} 要写成{listed}",
                shown=_shown(value),
                listed=_("，或").join(_(_KINDS.get(kind, kind)) for kind in kinds),
            )
        case "format":
            return _("{shown} 不是日期，请写成 2020-02-26，不加引号", shown=_shown(value))
        case "minItems" | "maxItems":
            return _("{shown} 要有 {wanted} 项", shown=_shown(value), wanted=wanted)
        case _:
            return error.message


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    nearest = nearest_of(name, {each: each for each in known})
    return _("没有 {name} 这一项", name=name) + (
        _("，最接近的是 {nearest}；请改正或删去", nearest=nearest) if nearest else _("，请删去")
    )


def _shown(value: object) -> str:
    text = _("“{value}”", value=value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
