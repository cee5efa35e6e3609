"""Each catalogue against its table: what the document says of each route, written by hand from its text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec import Struct

from dcrelief.rules.assessment import FITS, Verdict, assess
from dcrelief.rules.facts import Value
from dcrelief.rules.model import Catalogue, Route
from dcrelief.rules.truth import Truth
from tests.examples import AS_OF, RouteRow, Table, answers, beijing, shipped, table

SIZE_FACTS = ("industry", "employees", "revenue")
NUMBERS = {"kind", *shipped().size_standard.facts()}
CATALOGUES = {"conditions": shipped(), "beijing": beijing()}


class Case(Struct, frozen=True):
    """A row of the table of a catalogue."""

    name: str
    row: RouteRow

    @property
    def catalogue(self) -> Catalogue:
        return CATALOGUES[self.name]

    @property
    def table(self) -> Table:
        return table(self.name)

    @property
    def route(self) -> Route:
        return next(route for route in self.catalogue.routes() if route.id == self.row.id)

    def business(self, change: Mapping[str, Any] | None = None, kind: str = "", size: str = "micro") -> dict[str, Any]:
        return self.table.business(self.row, change, kind, size)

    def verdict(self, facts: dict[str, Any], as_of: date = AS_OF) -> Verdict:
        assessed = assess(self.catalogue, answers(self.catalogue, **facts), as_of)
        return next(verdict for verdict in assessed.verdicts if verdict.route.id == self.row.id)


CASES = [Case(name, row) for name in CATALOGUES for row in table(name).rows]


def id_of(case: Case) -> str:
    return f"{case.name} {case.row.id}"


every_route = pytest.mark.parametrize("case", CASES, ids=id_of)
for_someone = pytest.mark.parametrize("case", [case for case in CASES if case.row.kinds], ids=id_of)


def fen(amount: str) -> Value:
    return answers(tax_due=amount)["tax_due"]


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_route_has_its_row(name: str) -> None:
    assert [row.id for row in table(name).rows] == [route.id for route in CATALOGUES[name].routes()]


@every_route
def test_what_it_is_and_whom_to_call(case: Case) -> None:
    written, row = case.route, case.row
    assert (written.action, written.benefit) == (row.action, row.benefit)
    support = written.support
    carried = " carried out" if support and support.carries_out else ""
    assert (f"{support.level} {support.kind}{carried}" if support else "") == row.support
    contacts = [case.catalogue.contacts[key] for key in written.contacts]
    printed = [" ".join((*c.people, *c.phones, *filter(None, [c.email]))) for c in contacts if c.is_printed]
    assert (printed or [contacts[0].unit]) == list(row.contacts)
    window = written.window
    assert (window.end if window.last_day == "pay_by" else None) == row.pay_by


@every_route
def test_whom_it_is_for(case: Case) -> None:
    for kind in case.catalogue.facts["kind"].choices:
        outcome = case.verdict(case.business(kind=kind.key)).outcome
        assert outcome == ("eligible" if kind.key in case.row.kinds else "not_for_you"), kind.key


@for_someone
def test_which_sizes_fit(case: Case) -> None:
    for size in case.table.sizes:
        outcome = case.verdict(case.business(size=size)).outcome
        assert outcome == ("eligible" if size in case.row.sizes else "not_eligible"), size


@for_someone
def test_what_fits(case: Case) -> None:
    for facts in case.table.fitting(case.row):
        found = case.verdict(facts)
        assert found.outcome == "eligible", facts
        assert found.missing == ()
        assert {reason.truth for reason in found.reasons} == {Truth.YES}


@for_someone
def test_each_term_alone_fails(case: Case) -> None:
    for change in (*case.row.fails, {case.table.scope: False}):
        found = case.verdict(case.business(change))
        assert found.outcome == "not_eligible", change
        assert found.amount is None
        against = [reason for reason in found.reasons if reason.truth is Truth.NO]
        assert against, change
        assert {reason.fact for reason in against if not reason.either} <= change.keys(), change


@for_someone
def test_no_other_fact_is_read(case: Case) -> None:
    row = case.row
    read = {fact for condition in case.catalogue.tree(case.route) for fact in condition.facts()}
    told = {case.table.scope, *row.facts, *(fact for change in (*row.fails, *row.fits) for fact in change)}
    assert read - NUMBERS <= told


@for_someone
def test_each_term_alone_is_asked_for(case: Case) -> None:
    row = case.row
    terms = [set(change) for change in row.fails] + [{"kind"}, {case.table.scope}]
    if len(row.sizes) < len(case.table.sizes):
        terms.append({*SIZE_FACTS})
    for facts in terms:
        known = {fact: value for fact, value in case.business().items() if fact not in facts}
        found = case.verdict(known)
        assert found.outcome == "needs_info", facts
        assert facts & {*found.missing}, facts
        assert FITS[found.outcome] is Truth.UNKNOWN
        assert Truth.UNKNOWN in {reason.truth for reason in found.reasons}


@for_someone
def test_what_it_is_worth(case: Case) -> None:
    for worth in case.row.worth:
        amount = case.verdict(case.business(worth.given)).amount
        assert amount is not None
        assert (amount.least, amount.most) == (fen(worth.least), fen(worth.most)), worth
    assert bool(case.row.worth) == (case.route.estimate is not None)


@every_route
def test_when_it_is_open(case: Case) -> None:
    states = {True: "open", None: "unknown"}
    for day, state in (case.row.days or case.table.days).items():
        found = case.verdict(case.business(), day)
        assert states.get(found.open, "not open") == (state if state in states.values() else "not open"), day
        if case.row.kinds:
            assert (found.outcome == "eligible") == (state in states.values()), day
            against = "".join(reason.text for reason in found.reasons if reason.truth is Truth.NO)
            assert (("截止" in against), ("还没开始" in against)) == (state == "closed", state == "not_yet"), day


@pytest.mark.parametrize("case", [case for case in CASES if not case.row.kinds], ids=id_of)
def test_what_the_government_does_itself_is_for_no_owner(case: Case) -> None:
    for facts in ({}, case.business(), {case.table.scope: False}):
        assert case.verdict(facts).outcome == "not_for_you"


def test_a_route_of_the_city_names_every_unit_of_its_measure() -> None:
    for measure in beijing().measures:
        for route in measure.routes:
            units = [beijing().contacts[key].unit for key in route.contacts]
            assert sorted(units) == sorted(measure.units), route.id
