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
BEIJING = shipped_path("beijing/measures.toml")
AS_OF = date(2020, 2, 20)


@cache
def shipped() -> Catalogue:
    """The shipped catalogue, loaded once."""
    return load_catalogue()


@cache
def in_english(path: Path | None = None) -> Catalogue:
    """The shipped catalogue, or another, in English."""
    with speaking("en"):
        return load_catalogue(path)


@cache
def other_district() -> Catalogue:
    """The catalogue of an invented district, with the shapes of rules that the shipped one lacks."""
    return load_catalogue(OTHER_DISTRICT)


@cache
def every_form() -> Catalogue:
    """The catalogue of an invented city, with forms of amounts, days and offices that neither of the others has."""
    return load_catalogue(EVERY_FORM)


@cache
def beijing() -> Catalogue:
    """The city's catalogue, which is shipped, too."""
    return load_catalogue(BEIJING)


@cache
def both() -> Catalogue:
    """The district's catalogue and the city's together."""
    return load_catalogue(Path("dongcheng"), Path("beijing"))


def answers(catalogue: Catalogue | None = None, /, **facts: object) -> Answers:
    """Answers as an answers file would give them, to the usual catalogue or another."""
    given, problems = facts_of(catalogue or shipped(), facts.items(), AS_OF)
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


# When a route of the district is open whose article names no day of its own.
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
    days: dict[date, str] = {}
    pay_by: date | None = None


class Table(Struct, frozen=True, forbid_unknown_fields=True, rename={"rows": "route"}):
    """What a document says of each of its routes. sizes: a business of each size class; days: of most routes."""

    sizes: dict[str, dict[str, Any]]
    rows: tuple[RouteRow, ...]
    scope: str = "in_dongcheng"
    days: dict[date, str] = msgspec.field(default_factory=lambda: DAYS)

    def business(
        self, row: RouteRow, change: Mapping[str, Any] | None = None, kind: str = "", size: str = "micro"
    ) -> dict[str, Any]:
        """The facts of a business that a row fits, but for the change, the kind and the size."""
        kind = kind or next(iter(row.kinds), "enterprise")
        return {self.scope: True, "kind": kind, **self.sizes[size], **row.facts, **(change or {})}

    def fitting(self, row: RouteRow) -> list[dict[str, Any]]:
        """Every business of a row that it fits; none of the government's own."""
        if not row.kinds:
            return []
        by_size = [self.business(row, size=size) for size in row.sizes]
        by_kind = [self.business(row, kind=kind) for kind in row.kinds[1:]]
        return [*by_size, *by_kind, *(self.business(row, change) for change in row.fits)]


@cache
def table(name: str = "conditions") -> Table:
    """The table of a file of this folder: conditions is the district's, beijing the city's."""
    return msgspec.convert(tomli.loads((HERE / f"{name}.toml").read_text(encoding="utf-8")), Table)
