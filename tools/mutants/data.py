"""Spoilings of the catalogue: each condition, threshold, audience, window, contact, support, rate, cap and tier."""

import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from functools import partial, reduce
from operator import getitem, setitem
from pathlib import Path
from typing import Any, NamedTuple, get_args

import tomli
import tomli_w

from dcrelief.rules.model import Action, BenefitKind
from tools.mutants.spoiling import Spoiling

Table = dict[str, Any]
# The choices of each fact.
Choices = dict[str, list[str]]
# An edit of tables in place, and one with what it is called.
Edit = Callable[[Any], object]
Change = tuple[str, Edit]

_MEASURES, _SIZES, _QUESTIONS = (f"data/{name}.toml" for name in ("measures", "size_standard", "questions"))
_TABLE = "tests/catalogue/test_document_table.py"
_SHARED = (_TABLE, "tests/rules/test_size.py")
_STRICTER = {"at_least": "above", "at_most": "below", "above": "at_least", "below": "at_most"}


class Plan(NamedTuple):
    """A spoiling that is not worked out yet: change is given the tables of the file."""

    file: str
    about: str
    change: Edit
    tests: tuple[str, ...]
    only: str = ""


def spoilings(root: Path, chance: random.Random, count: int) -> list[Spoiling]:
    """So many spoilings, all of them if that is 0."""
    tables = {name: tomli.loads((root / name).read_text(encoding="utf-8")) for name in (_MEASURES, _SIZES, _QUESTIONS)}
    choices = {fact["id"]: [each["key"] for each in fact.get("choices", ())] for fact in tables[_QUESTIONS]["facts"]}
    plans = [*_of_measures(tables[_MEASURES], choices, chance), *_of_sizes(tables[_SIZES], choices)]
    chosen = chance.sample(plans, min(count or len(plans), len(plans)))
    return [_worked_out(plan, tables[plan.file]) for plan in chosen]


def _worked_out(plan: Plan, table: Table) -> Spoiling:
    changed = deepcopy(table)
    plan.change(changed)
    before, after = tomli_w.dumps(table), tomli_w.dumps(changed)
    return Spoiling(plan.file, before, after, plan.tests, only=plan.only, about=plan.about)


def _of_measures(whole: Table, choices: Choices, chance: random.Random) -> Iterator[Plan]:
    for m, measure in enumerate(whole["measures"]):
        for r, route in enumerate(measure["routes"]):
            others = [key for key in whole["contacts"] if key not in route["contacts"]]
            about = f"{measure['number']}.{route['key']}"
            for name, change in _route_changes(route, choices, list(whole["conditions"]), others, chance):
                where = _within("measures", m, "routes", r)
                yield Plan(_MEASURES, f"{about}: {name}", where(change), (_TABLE,), about)
    for key, terms in whole["conditions"].items():
        for name, change in _terms_changes(terms, choices, []):
            yield Plan(_MEASURES, f"conditions.{key}: {name}", _within("conditions", key)(change), (_TABLE,))
    for key, contact in whole["contacts"].items():
        for name, change in _contact_changes(contact):
            yield Plan(_MEASURES, f"contacts.{key}: {name}", _within("contacts", key)(change), (_TABLE,))


def _of_sizes(whole: Table, choices: Choices) -> Iterator[Plan]:
    for n, row in enumerate(whole["rows"]):
        for fact, bounds in row.get("bounds", {}).items():
            where = _within("rows", n, "bounds", fact)
            for place, by in [(place, by) for place in range(len(bounds)) for by in (-1, 1)]:
                change = where(_setting(place, _moved(bounds[place], by)))
                yield Plan(_SIZES, f"{row['name']}: {fact} {place} {by:+}", change, _SHARED)
            if len(row["bounds"]) > 1:
                yield Plan(_SIZES, f"{row['name']}: no {fact}", _within("rows", n, "bounds")(_dropping(fact)), _SHARED)
        for industry in row["industries"]:
            yield Plan(_SIZES, f"{row['name']}: {industry} moved", partial(_move, place=n, industry=industry), _SHARED)
    for name, change in _terms_changes(whole["classifies"], choices, []):
        tests = ("tests/rules/test_assessment.py",)
        yield Plan(_SIZES, f"classifies: {name}", _within("classifies")(change), tests)


def _within(*keys: str | int) -> Callable[[Edit], Edit]:
    """Makes an edit of what stands there into one of the whole."""
    return lambda edit: lambda whole: edit(reduce(getitem, keys, whole))


def _setting(key: str | int, value: object) -> Edit:
    """Of a table or a list."""
    return lambda container: setitem(container, key, value)


def _dropping(key: str | int) -> Edit:
    """From a table or a list."""
    return lambda container: container.pop(key)


def _renaming(key: str, other: str) -> Edit:
    return lambda table: setitem(table, other, table.pop(key))


def _appending(value: object) -> Edit:
    return lambda values: values.append(value)


def _move(whole: Any, *, place: int, industry: str) -> None:
    """An industry to the row before."""
    whole["rows"][place]["industries"].remove(industry)
    whole["rows"][place - 1]["industries"].append(industry)


# ---- a route -----------------------------------------------------------------------------------------------------


def _route_changes(
    route: Table, choices: Choices, conditions: list[str], contacts: list[str], chance: random.Random
) -> Iterator[Change]:
    for gate in ("audience", "when") if route["action"] != "none" else ():
        for name, change in _terms_changes(route[gate], choices, conditions):
            yield f"{gate} {name}", _within(gate)(change)
    for key, values in (("action", get_args(Action)), ("benefit", get_args(BenefitKind))):
        other = chance.choice([value for value in values if value != route[key]])
        yield f"{key} {other}", _setting(key, other)
    for name, change in _window_changes(route["window"]):
        yield f"window {name}", _within("window")(change)
    if "support" in route:
        yield "no support", _dropping("support")
        yield "support city", _within("support")(_setting("level", "city"))
        yield "support other", _within("support")(_setting("kind", "other"))
    else:
        yield "support added", _setting("support", {"kind": "other", "level": "district"})
    keys = route["contacts"]
    yield "contact other", _setting("contacts", [contacts[0], *keys[1:]])
    yield "contact added", _setting("contacts", [*keys, contacts[-1]])
    if len(keys) > 1:
        yield "contacts turned", _setting("contacts", [*keys[1:], keys[0]])
        for n, key in enumerate(keys):
            yield f"no contact {key}", _within("contacts")(_dropping(n))
    for name, change in _estimate_changes(route.get("estimate", {})):
        yield f"estimate {name}", _within("estimate")(change)
    if "estimate" in route:
        yield "no estimate", _dropping("estimate")


def _window_changes(window: Table) -> Iterator[Change]:
    for key, value in window.items():
        if key != "text":
            yield f"no {key}", _dropping(key)
        if isinstance(value, date):
            for by in (-1, 1):
                yield f"{key} {by:+}", _setting(key, value + timedelta(days=by))
    if "days" in window:
        yield "days +1", _setting("days", window["days"] + 1)
        yield "days -1", _setting("days", window["days"] - 1)
    elif "by_call" not in window:
        yield "by_call", _setting("by_call", True)
    if "pay_by" in window:
        yield "apply by", _renaming("pay_by", "until")
    if not {"from", "days"} & window.keys():
        yield "from a day later", _setting("from", date(2020, 2, 14))
        yield "from a day earlier", _setting("from", date(2020, 2, 12))
    if not {"pay_by", "days"} & window.keys():
        yield "until", _setting("until", date(2020, 7, 30))


def _estimate_changes(estimate: Table) -> Iterator[Change]:
    rates = estimate.get("rate", [])
    for place, rate in enumerate([rates] if isinstance(rates, str) else rates):
        for by in (-1, 1) if rate != "100%" else (-1,):
            other = _moved(rate, by)
            changed = other if isinstance(rates, str) else [*rates[:place], other, *rates[place + 1 :]]
            yield f"rate {place} {by:+}", _setting("rate", changed)
    if "cap" in estimate:
        yield "no cap", _dropping("cap")
        yield "cap +1", _setting("cap", _moved(estimate["cap"], 1))
        yield "cap -1", _setting("cap", _moved(estimate["cap"], -1))
    if "base" in estimate:
        yield "other base", _setting("base", "revenue")
    for n, tier in enumerate(estimate.get("tiers", ())):
        for key, value in tier.items():
            for by in (-1, 1):
                yield f"tier {n} {key} {by:+}", _within("tiers", n)(_setting(key, _moved(value, by)))
        yield f"no tier {n}", _within("tiers")(_dropping(n))


def _moved(text: str | int, by: int) -> str | int:
    """A number one up or down: an amount by one yuan, a share by one in a hundred."""
    if isinstance(text, int):
        return text + by
    number = int(re.sub(r"\D", "", text))
    if text.endswith("%"):
        return f"{number + by}%"
    return f"{number * (10_000 if '万' in text else 1) + by}元"


# ---- conditions --------------------------------------------------------------------------------------------------


def _terms_changes(terms: list[Table], choices: Choices, conditions: list[str]) -> Iterator[Change]:
    for n, term in enumerate(terms):
        yield f"no {n}", _dropping(n)
        for name, other in _other_terms(term, choices, conditions):
            yield f"{n} {name}", _setting(n, other)
    yield "another", _appending({"fact": "foreign_trade"})


def _other_terms(term: Table, choices: Choices, conditions: list[str]) -> Iterator[tuple[str, Table]]:
    """What a term can be spoiled to."""
    if "use" in term:
        yield from ((f"use {name}", {"use": name}) for name in conditions if name != term["use"])
    elif "not" in term:
        yield "not taken off", term["not"]
    elif "any" in term:
        for n, part in enumerate(term["any"]):
            yield f"any without {n}", {"any": [*term["any"][:n], *term["any"][n + 1 :]]}
            for name, other in _other_terms(part, choices, conditions):
                yield f"any {n} {name}", {"any": [*term["any"][:n], other, *term["any"][n + 1 :]]}
    elif "size_at_most" in term:
        yield from (
            (f"size {size}", {"size_at_most": size})
            for size in ("micro", "small", "medium", "large")
            if size != term["size_at_most"]
        )
    elif keys := [key for key in ("in", "has", "not_in") if key in term]:
        key, chosen = keys[0], term[keys[0]]
        for choice in choices[term["fact"]]:
            rest = [each for each in chosen if each != choice]
            if choice not in chosen:
                yield f"{key} with {choice}", {**term, key: [*chosen, choice]}
            elif rest:
                yield f"{key} without {choice}", {**term, key: rest}
    elif "within_years" in term:
        for by in (-1, 1):
            yield f"within_years {by:+}", {**term, "within_years": term["within_years"] + by}
    elif limits := [limit for limit in _STRICTER if limit in term]:
        limit = limits[0]
        for by in (-1, 1):
            yield f"{limit} {by:+}", {**term, limit: _moved(term[limit], by)}
        yield _STRICTER[limit], {"fact": term["fact"], _STRICTER[limit]: term[limit]}
    else:
        yield "not", {"not": term}


def _contact_changes(contact: Table) -> Iterator[Change]:
    for key in ("people", "phones"):
        values = contact.get(key, [])
        if len(values) > 1:
            yield f"{key} turned", _setting(key, values[::-1])
            for n, value in enumerate(values):
                yield f"no {value}", _within(key)(_dropping(n))
    for n, phone in enumerate(contact["phones"]):
        other = phone[:-1] + str((int(phone[-1]) + 1) % 10)
        yield f"last digit of {phone}", _within("phones")(_setting(n, other))
    if "email" in contact:
        yield "no email", _dropping("email")
        yield "email", _setting("email", "x" + contact["email"])
