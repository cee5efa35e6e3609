"""The catalogue against conditions.toml: what the document says of each route, written by hand from its text."""

from datetime import date
from typing import Any

import pytest

from dcrelief.rules.assessment import FITS, Verdict, assess
from dcrelief.rules.facts import Value
from dcrelief.rules.truth import Truth
from tests.examples import AS_OF, RouteRow, answers, route, route_rows, shipped, sizes

SIZE_FACTS = ("industry", "employees", "revenue")
NUMBERS = {"kind", *shipped().size_standard.facts()}


def id_of(row: RouteRow) -> str:
    return row.id


every_route = pytest.mark.parametrize("row", route_rows(), ids=id_of)
for_someone = pytest.mark.parametrize("row", [row for row in route_rows() if row.kinds], ids=id_of)


def verdict(row: RouteRow, facts: dict[str, Any], as_of: date = AS_OF) -> Verdict:
    assessed = assess(shipped(), answers(**facts), as_of)
    return next(verdict for verdict in assessed.verdicts if verdict.route.id == row.id)


def fen(amount: str) -> Value:
    return answers(tax_due=amount)["tax_due"]


def test_every_route_has_its_row() -> None:
    assert [row.id for row in route_rows()] == [route.id for route in shipped().routes()]


@every_route
def test_what_it_is_and_whom_to_call(row: RouteRow) -> None:
    written = route(row.id)
    assert (written.action, written.benefit) == (row.action, row.benefit)
    assert (f"{written.support.level} {written.support.kind}" if written.support else "") == row.support
    contacts = [shipped().contacts[key] for key in written.contacts]
    assert [" ".join((*c.people, *c.phones, *filter(None, [c.email]))) for c in contacts] == list(row.contacts)
    window = written.window
    assert (window.end if window.last_day == "pay_by" else None) == row.pay_by


@every_route
def test_whom_it_is_for(row: RouteRow) -> None:
    for kind in shipped().facts["kind"].choices:
        outcome = verdict(row, row.business(kind=kind.key)).outcome
        assert outcome == ("eligible" if kind.key in row.kinds else "not_for_you"), kind.key


@for_someone
def test_which_sizes_fit(row: RouteRow) -> None:
    for size in sizes():
        outcome = verdict(row, row.business(size=size)).outcome
        assert outcome == ("eligible" if size in row.sizes else "not_eligible"), size


@for_someone
def test_what_fits(row: RouteRow) -> None:
    for facts in row.fitting():
        found = verdict(row, facts)
        assert found.outcome == "eligible", facts
        assert found.missing == ()
        assert {reason.truth for reason in found.reasons} == {Truth.YES}


@for_someone
def test_each_term_alone_fails(row: RouteRow) -> None:
    for change in (*row.fails, {"in_dongcheng": False}):
        found = verdict(row, row.business(change))
        assert found.outcome == "not_eligible", change
        assert found.amount is None
        against = [reason for reason in found.reasons if reason.truth is Truth.NO]
        assert against, change
        assert {reason.fact for reason in against if not reason.either} <= change.keys(), change


@for_someone
def test_no_other_fact_is_read(row: RouteRow) -> None:
    read = {fact for condition in shipped().tree(route(row.id)) for fact in condition.facts()}
    told = {"in_dongcheng", *row.facts, *(fact for change in (*row.fails, *row.fits) for fact in change)}
    assert read - NUMBERS <= told


@for_someone
def test_each_term_alone_is_asked_for(row: RouteRow) -> None:
    terms = [set(change) for change in row.fails] + [{"kind"}, {"in_dongcheng"}]
    if len(row.sizes) < len(sizes()):
        terms.append({*SIZE_FACTS})
    for facts in terms:
        known = {fact: value for fact, value in row.business().items() if fact not in facts}
        found = verdict(row, known)
        assert found.outcome == "needs_info", facts
        assert facts & {*found.missing}, facts
        assert FITS[found.outcome] is Truth.UNKNOWN
        assert Truth.UNKNOWN in {reason.truth for reason in found.reasons}


@for_someone
def test_what_it_is_worth(row: RouteRow) -> None:
    for worth in row.worth:
        amount = verdict(row, row.business(worth.given)).amount
        assert amount is not None
        assert (amount.least, amount.most) == (fen(worth.least), fen(worth.most)), worth
    assert bool(row.worth) == (route(row.id).estimate is not None)


@every_route
def test_when_it_is_open(row: RouteRow) -> None:
    states = {True: "open", None: "unknown"}
    for day, state in row.days.items():
        found = verdict(row, row.business(), day)
        assert states.get(found.open, "not open") == (state if state in states.values() else "not open"), day
        if row.kinds:
            assert (found.outcome == "eligible") == (state in states.values()), day
            against = "".join(reason.text for reason in found.reasons if reason.truth is Truth.NO)
            assert (("截止" in against), ("还没开始" in against)) == (state == "closed", state == "not_yet"), day


@pytest.mark.parametrize("row", [row for row in route_rows() if not row.kinds], ids=id_of)
def test_what_the_government_does_itself_is_for_no_owner(row: RouteRow) -> None:
    for facts in ({}, row.business(), {"in_dongcheng": False}):
        assert verdict(row, facts).outcome == "not_for_you"
