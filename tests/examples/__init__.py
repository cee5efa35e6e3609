"""Reads the examples: sample businesses, and what the document says of each route."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import tomli
from msgspec import Struct

from dcrelief.catalogue.load import load_catalogue
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.files.answers import facts_of, read_answers_file
from dcrelief.language import speaking
from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.model import Catalogue, Route
from dcrelief.rules.size import SizeClass

HERE = Path(__file__).parent
OTHER_DISTRICT = HERE / "other_district" / "measures.toml"
EVERY_FORM = HERE / "every_form" / "measures.toml"
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


@cache
def every_form() -> Catalogue:
    """The catalogue of an invented city, with forms of amounts, days and offices that neither of the others has."""
    return load_catalogue(EVERY_FORM)


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


# When a route is open whose article names no day of its own.
DAYS = {date(2020, 2, 12): "not_yet", date(2020, 2, 13): "open", date(2020, 7, 31): "open", date(2020, 8, 1): "unknown"}


class Worth(Struct, frozen=True, rename={"given": "with", "least": "from", "most": "to"}):
    """What a route comes to with some facts, in words."""

    given: dict[str, Any]
    least: str
    most: str


class RouteRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What the document says of a route: a row of conditions.toml, which says what the fields mean."""

    id: str
    action: str
    benefit: str
    contacts: tuple[str, ...]
    kinds: tuple[str, ...]
    why: str = ""
    sizes: tuple[str, ...] = tuple(size.key for size in SizeClass)
    facts: dict[str, Any] = {}
    fits: tuple[dict[str, Any], ...] = ()
    fails: tuple[dict[str, Any], ...] = ()
    support: str = ""
    worth: tuple[Worth, ...] = ()
    days: dict[date, str] = msgspec.field(default_factory=lambda: DAYS)
    pay_by: date | None = None

    def business(self, change: Mapping[str, Any] | None = None, kind: str = "", size: str = "micro") -> dict[str, Any]:
        """The facts of a business that it fits, but for the change, the kind and the size."""
        kind = kind or next(iter(self.kinds), "enterprise")
        return {"in_dongcheng": True, "kind": kind, **sizes()[size], **self.facts, **(change or {})}

    def fitting(self) -> list[dict[str, Any]]:
        """Every business of its row that it fits; none of the government's own."""
        if not self.kinds:
            return []
        by_size = [self.business(size=size) for size in self.sizes]
        return [*by_size, *(self.business(kind=kind) for kind in self.kinds[1:]), *map(self.business, self.fits)]


@cache
def sizes() -> dict[str, dict[str, Any]]:
    """A business of each size class."""
    return msgspec.convert(_conditions()["sizes"], dict[str, dict[str, Any]])


@cache
def route_rows() -> list[RouteRow]:
    """What the document says of every route."""
    return msgspec.convert(_conditions()["route"], list[RouteRow])


@cache
def _conditions() -> dict[str, Any]:
    return tomli.loads((HERE / "conditions.toml").read_text(encoding="utf-8"))
