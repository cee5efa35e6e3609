"""Reads the examples: sample businesses, and each route's yes, no and unknown."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct

from dcrelief.catalogue.load import load_catalogue
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.files.answers import facts_of, read_answers_file
from dcrelief.language import speaking
from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.model import Catalogue, Route

HERE = Path(__file__).parent
OTHER_DISTRICT = HERE / "other_district" / "measures.toml"
AS_OF = date(2020, 2, 20)


@cache
def shipped() -> Catalogue:
    """The shipped catalogue, loaded once."""
    return load_catalogue()


@cache
def in_english() -> Catalogue:
    """The shipped catalogue in English."""
    with speaking("en"):
        return load_catalogue()


@cache
def other_district() -> Catalogue:
    """The catalogue of an invented district, with the shapes of rules that the shipped one lacks."""
    return load_catalogue(OTHER_DISTRICT)


def answers(**facts: object) -> Answers:
    """Answers as an answers file would give them."""
    given, problems = facts_of(shipped(), facts.items(), AS_OF)
    assert not problems, problems
    return given


def route(route_id: str) -> Route:
    """The route of an id such as `6.building`."""
    return next(route for route in shipped().routes() if route.id == route_id)


class Business(Struct, frozen=True):
    """A sample business: what is so, and every fact of the catalogue answered as its owner would."""

    name: str
    as_of: date
    facts: Mapping[str, Any]

    def every_answer(self) -> Answers:
        """Each fact: as named, else no for yes/no, none for several, not known for the rest."""
        stated = answers(**self.facts)
        rest: dict[str, Value] = {}
        for fact in shipped().facts.values():
            if fact.kind == "yes_no":
                rest[fact.id] = False
            else:
                rest[fact.id] = frozenset() if fact.kind == "several" else UNKNOWN
        return Answers(rest).also(stated)


def sample() -> Answers:
    """The sample business that is shipped."""
    written = read_answers_file(shipped_path("sample_business.toml"), {}).written
    given, problems = facts_of(shipped(), written.items(), AS_OF)
    assert not problems, problems
    return given


def business(name: str) -> Answers:
    """Every answer of the sample business of that name."""
    return next(business for business in businesses() if business.name == name).every_answer()


def businesses() -> list[Business]:
    """The sample businesses."""
    document = tomli.loads((HERE / "businesses.toml").read_text(encoding="utf-8"))
    return [Business(**business) for business in document["business"]]


class RouteExample(Struct, frozen=True):
    """One route's yes, no and unknown."""

    id: str
    base: Mapping[str, Any]
    yes: Mapping[str, Any] = {}
    no: Mapping[str, Any] = {}
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    no_verdict: str = "not_eligible"
    never: bool = False


def route_examples() -> list[RouteExample]:
    """The examples of every route."""
    document = tomli.loads((HERE / "routes.toml").read_text(encoding="utf-8"))
    bases = document["bases"]
    return [
        RouteExample(
            **{
                **example,
                "base": bases[example["base"]],
                "unknown": tuple(example.get("unknown", ())),
                "missing": tuple(example.get("missing", example.get("unknown", ()))),
            }
        )
        for example in document["route"]
    ]
