"""Answers in and out of files and `--set`: flat facts in TOML or JSON, read by the one definition of each fact."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import tomli
from msgspec import Struct

from dcrelief.catalogue.data_files import read_text, toml_tables
from dcrelief.catalogue.locate import shipped
from dcrelief.catalogue.schema import AS_OF
from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.files.complaints import named_complaint, shortened
from dcrelief.files.whole import write_whole
from dcrelief.language import _
from dcrelief.rules.facts import Answers, BadValue, Value, nearest_of
from dcrelief.rules.kinds import document, read
from dcrelief.rules.kinds.date_kind import read_day
from dcrelief.rules.model import Catalogue
from dcrelief.rules.text import folded

MOST_BYTES = 1 << 20  # of an answers file; one with every fact has some ten thousand
_MOST_NEAREST = 20  # names for which the nearest fact is looked for, which takes long


class AnswersFile(Struct, frozen=True):
    """What an answers file holds: values as written, by fact, and the assessment date if it names one."""

    written: Mapping[str, object]
    as_of: date | None


def read_answers_file(path: Path, months: Mapping[str, int]) -> AnswersFile:
    """The file, not yet read as facts; months: the number of each by the names that its date may have for it.

    Raises UnusableFileError if it is no flat TOML or JSON.
    """
    text = read_text(path, MOST_BYTES)
    if not text.strip():
        raise UnusableFileError(_("{path} 是空的。", path=path), _("请写上答案，如 employees = 12。"))
    written = _tables(path, text)
    as_of = read_day(written[AS_OF], months) if AS_OF in written else None
    if AS_OF in written and as_of is None:
        raise UnusableFileError(
            _("{path}：as_of“{written}”不是日期。", path=path, written=shortened(written[AS_OF])),
            _("请写成 2020-02-20。"),
        )
    return AnswersFile({name: value for name, value in written.items() if name != AS_OF}, as_of)


def facts_of(catalogue: Catalogue, written: Iterable[tuple[str, object]], as_of: date) -> tuple[Answers, list[str]]:
    """The answers that named values are, and a sentence for each that cannot be used."""
    names = catalogue.names()
    values: dict[str, Value] = {}
    named: dict[str, str] = {}
    problems: list[str] = []
    for name, raw in written:
        fact_id = names.get(folded(name))
        if fact_id is None:
            problems.append(_unknown(name, names if len(problems) < _MOST_NEAREST else {}, catalogue))
            continue
        if fact_id in named:
            both = {"named": named[fact_id], "name": name, "fact_id": fact_id}
            problems.append(_("“{named}”和“{name}”说的是同一个事实（{fact_id}），请只留一个。", **both))
            continue
        named[fact_id] = name
        value = read(catalogue.facts[fact_id], raw, as_of, catalogue.tokens)
        if isinstance(value, BadValue):
            problems.append(named_complaint(value, catalogue.words))
        else:
            values[fact_id] = value
    return Answers(values), problems


def read_settings(settings: Iterable[str]) -> list[tuple[str, str]]:
    """`fact=value` pairs of `--set`. Raises UsageError for one without `=`."""
    pairs = []
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                _("--set 看不懂“{setting}”。", setting=setting[:60]), _("请写成 --set 事实=值，如 --set employees=12。")
            )
        pairs.append((name.strip(), value))
    return pairs


def save_answers(path: Path, catalogue: Catalogue, answers: Answers, as_of: date) -> None:
    """Writes an answers file, JSON or TOML by its ending, that reads back as the same answers.

    Raises UnusableFileError if it cannot be written.
    """
    import json  # most runs save nothing

    values = document(catalogue.facts, answers)
    if path.suffix.lower() == ".json":
        text = json.dumps({AS_OF: as_of.isoformat(), **values}, ensure_ascii=False, indent=2) + "\n"
    else:
        lines = [f"{AS_OF} = {as_of.isoformat()}"]
        for fact_id, value in values.items():
            shown = catalogue.words("value.unknown") if value is None else value
            # JSON's text, true, false, integers and lists are TOML's too.
            lines.append(f"{fact_id} = {json.dumps(shown, ensure_ascii=False)}  # {catalogue.fact_label(fact_id)}")
        text = "\n".join(lines) + "\n"
    write_whole(path, text)


def _unknown(name: str, names: Mapping[str, str], catalogue: Catalogue) -> str:
    near = nearest_of(name, names)
    fact = catalogue.facts[near] if near else None
    shown = _("{label}（{name}）", label=fact.id, name=fact.label) if fact else ""
    hint = _("最接近的是 {near}。", near=shown) if fact else _("全部事实见 {path}。", path=shipped("questions.toml"))
    shown = name if len(name) <= 40 else f"{name[:40]}…"
    return _("没有叫“{shown}”的事实。{hint}", shown=shown, hint=hint)


def _decimal(text: str) -> Decimal:
    """The number, exactly; one whose exponent is beyond all bounds is infinite."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal("inf")


def _tables(path: Path, text: str) -> dict[str, object]:
    """What a file holds, JSON or TOML by its ending. Raises UnusableFileError."""
    import json

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        written: dict[str, object] = {}
        for name, value in pairs:
            if name in written:
                raise UnusableFileError(_("{path}：“{twice}”写了不止一次。", path=path, twice=name), _("请只留一个。"))
            written[name] = value
        return written

    is_json = path.suffix.lower() == ".json"
    try:
        if is_json:
            written = json.loads(text, parse_float=_decimal, object_pairs_hook=once)
        else:
            written = toml_tables(text, _decimal)
    except (tomli.TOMLDecodeError, json.JSONDecodeError) as error:
        kind = "JSON" if is_json else "TOML"
        place = {"path": path, "kind": kind, "lineno": error.lineno, "colno": error.colno, "msg": error.msg}
        hint = _('文字和中文名都要加引号，如 "行业" = "餐饮"、revenue = "1200万"。')
        raise UnusableFileError(
            _("{path} 第 {lineno} 行第 {colno} 列：{kind} 写法有误（{msg}）。", **place),
            _("请改正后再试。") if is_json else hint,
        ) from None
    except (RecursionError, ValueError):
        raise UnusableFileError(_("{path} 不是能用的 JSON。", path=path), _("请改成一层的 {事实: 值}。")) from None
    if not isinstance(written, dict):
        raise UnusableFileError(_("{path} 应是一个 JSON 对象。", path=path), _('请写成 {"employees": 12}。'))
    return written
