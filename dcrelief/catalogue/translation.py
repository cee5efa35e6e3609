"""Puts a data file into another language: its texts are replaced by those of a file beside it, found by their ids."""

from collections.abc import Callable
from typing import Any

from dcrelief.language import _, later

# By the first of these that it has, a table of a list is named.
_IDS = ("id", "key", "number", "name", "about")
# A text that is replaced may still be written in a spreadsheet: by the key of the text, the list that it is kept in.
_KEPT = {"label": "aliases", "heading": "aliases", "unit": "counters"}
# What a language adds to, and does not replace: other ways to write a name or a value.
_ADDED = ("aliases", "counters")
_TOKENS = "tokens"
_UNLIKE = later("{place}：和原文的样子不同，请写成一样多、一样的")


def translated(document: dict[str, Any], texts: dict[str, Any], report: Callable[[str], None]) -> dict[str, Any]:
    """The document with its texts replaced; what the texts have and the document has not is reported, and left out."""
    return _dict(_table(document, texts, report, ""))


def also_named(document: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    """The document whose facts and values may also be written, in a spreadsheet, as another language writes them."""
    new, own_texts = dict(document), _dict(texts.get("facts"))
    if isinstance(document.get("facts"), list):
        new["facts"] = [_also_named(fact, own_texts.get(_id(fact), {})) for fact in document["facts"]]
    if isinstance(document.get(_TOKENS), dict):
        new[_TOKENS] = _added(document[_TOKENS], _dict(texts.get(_TOKENS)))
    return new


def _dict(value: Any) -> dict[str, Any]:
    """A table; an empty one instead of what is none, as files hold that nobody has checked yet."""
    return value if isinstance(value, dict) else {}


def _also_named(table: Any, texts: Any) -> Any:
    """A fact or a choice with the names of the other language added to its own."""
    if isinstance(texts, str):
        texts = {"label": texts}
    if not (isinstance(table, dict) and isinstance(texts, dict)):
        return table
    new = table
    for key, kept in _KEPT.items():
        new = _added(new, {kept: [texts[key]]} if key in texts else {})
    new = _added(new, {key: texts[key] for key in _ADDED if key in texts})
    if isinstance(table.get("choices"), list):
        own_texts = _dict(texts.get("choices"))
        new["choices"] = [_also_named(choice, own_texts.get(_id(choice), {})) for choice in table["choices"]]
    return new


def _added(table: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """The table with more in its lists and tables; what is neither is left for the schema to refuse."""
    new = dict(table)
    for key, added in more.items():
        old = table.get(key, [] if isinstance(added, list) else {})
        if isinstance(old, list) and isinstance(added, list):
            new[key] = [*old, *added]
        elif isinstance(old, dict) and isinstance(added, dict):
            new[key] = {**old, **added}
    return new


def _table(table: Any, texts: Any, report: Callable[[str], None], at: str) -> Any:
    if not (isinstance(table, dict) and isinstance(texts, dict)):
        report(_(_UNLIKE, place=at))
        return table
    new = dict(table)
    for key, text in texts.items():
        place = f"{at}.{key}" if at else key
        if key in _ADDED or at == _TOKENS:
            new = _added(new, {key: text})
            continue
        if key not in table:
            report(_("{place}：原文没有这一项，请删去或改正名字", place=place))
            continue
        new[key] = _value(table[key], text, report, place)
        if at.startswith("facts.") and key in _KEPT:
            new = _added(new, {_KEPT[key]: [table[key]]})
        if at.startswith("contacts.") and key == "unit":
            new["unit_names"] = [table[key]]
    return new


def _value(value: Any, text: Any, report: Callable[[str], None], place: str) -> Any:
    if isinstance(value, str) and isinstance(text, str):
        return text
    if isinstance(value, dict) and isinstance(text, dict):
        return _table(value, text, report, place)
    if isinstance(value, list) and isinstance(text, dict):
        return _named(value, text, report, place)
    if isinstance(value, list) and isinstance(text, list) and len(value) == len(text):
        pairs = enumerate(zip(value, text, strict=True), 1)
        return [
            _table(part, {"text": own_texts} if isinstance(own_texts, str) else own_texts, report, f"{place}.{number}")
            if isinstance(part, dict)
            else own_texts
            for number, (part, own_texts) in pairs
        ]
    report(_(_UNLIKE, place=place))
    return value


def _named(tables: list[Any], texts: dict[str, Any], report: Callable[[str], None], place: str) -> list[Any]:
    """A list of tables, each with the texts of its id; a text alone is a label."""
    ids = {_id(table): number for number, table in enumerate(tables)}
    new = list(tables)
    for name, text in texts.items():
        number = ids.get(name)
        if number is None:
            report(_("{place}.{name}：原文没有这一项，请删去或改正名字", place=place, name=name))
        else:
            own_texts = {"label": text} if isinstance(text, str) else text
            new[number] = _table(tables[number], own_texts, report, f"{place}.{name}")
    return new


def _id(table: Any) -> str:
    return str(next((table[key] for key in _IDS if key in table), "")) if isinstance(table, dict) else ""
