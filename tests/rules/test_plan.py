"""The plan: every route that fits once, under its office, with phones of its own; days with their kinds; stand-ins."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import UNKNOWN, Answers
from dcrelief.rules.interview import Interview
from dcrelief.rules.model import Catalogue
from dcrelief.rules.plan import Entry, Plan, first_contact, phones_for, plan
from tests.examples import AS_OF, answers, business, businesses, route, sample, shipped
from tests.rules.test_laws import CATALOGUES, DAYS, LATE, values_of


def entries(planned: Plan) -> list[Entry]:
    return [entry for office in (*planned.offices, *planned.services) for entry in (*office.entries, *office.also)]


def check(catalogue: Catalogue, given: Answers, as_of: date) -> None:
    assessment = assess(catalogue, given, as_of)
    planned = plan(assessment)
    named = [verdict.route.id for entry in entries(planned) for verdict in (entry.verdict, *entry.instead)]
    named += [verdict.route.id for verdict in (*planned.automatic, *planned.had)]
    named += [verdict.route.id for verdicts in planned.levels.values() for verdict in verdicts]
    told = [*assessment.with_outcome("eligible"), *planned.asked]
    assert sorted(named) == sorted(verdict.route.id for verdict in told)
    waiting = [verdict.route.id for verdict in (*planned.asked, *planned.waiting)]
    assert sorted(waiting) == sorted(verdict.route.id for verdict in assessment.with_outcome("needs_info"))
    for office in (*planned.offices, *planned.services):
        for entry in (*office.entries, *office.also):
            contact = first_contact(catalogue, entry.verdict.route)
            assert contact.unit == office.unit
            assert {*office.phones, *entry.phones} == {*contact.phones}


@pytest.mark.long
@pytest.mark.parametrize("catalogue", CATALOGUES)
@given(seed=st.integers(0, 2**32))
def test_law_5_every_route_that_fits_once_with_phones_of_its_own(catalogue: Catalogue, seed: int) -> None:
    draw = random.Random(seed)
    person = {fact.id: draw.choice(values_of(fact)) for fact in catalogue.facts.values() if draw.random() < 0.9}
    person |= dict.fromkeys((fact for policy in catalogue.policies for fact in policy.scope.facts()), True)
    check(catalogue, Answers(person), draw.choice([DAYS[catalogue.title], LATE]))


@pytest.mark.parametrize("name", [each.name for each in businesses()])
def test_the_sample_businesses(name: str) -> None:
    check(shipped(), business(name), AS_OF)


def of_sample() -> Plan:
    return plan(assess(shipped(), sample(), AS_OF))


def test_days_have_kinds() -> None:
    days = [(dated.day, dated.kind, dated.verdict.route.id) for dated in of_sample().days]
    assert days == [(date(2020, 3, 31), "pay_by", "35.march"), (date(2020, 7, 31), "pay_by", "35.july")]
    hired = answers(in_dongcheng=True, kind="enterprise", hired_unemployed=True, contract_reached="2019-12-15")
    assert [(d.day, d.kind) for d in plan(assess(shipped(), hired, AS_OF)).days] == [(date(2020, 3, 30), "apply_by")]
    early = answers(in_dongcheng=True, kind="enterprise", hired_unemployed=True, contract_reached="2020-02-15")
    assert [(d.day, d.kind) for d in plan(assess(shipped(), early, AS_OF)).days] == [(date(2020, 3, 1), "opens")]


def test_what_does_not_fit_opens_for_nobody() -> None:
    other = answers(in_dongcheng=True, kind="enterprise", hired_unemployed=False, contract_reached="2020-02-15")
    assert plan(assess(shipped(), other, AS_OF)).days == ()


def test_what_stands_in_for_another_is_told_with_it() -> None:
    office = of_sample().offices[0]
    assert office.unit == "区人力社保局"
    assert [entry.verdict.route.id for entry in office.entries] == ["35.july"]
    assert [verdict.route.id for verdict in office.entries[0].instead] == ["35.march", "35.late"]
    unlisted = sample().also(answers(impact="none"))
    office = plan(assess(shipped(), unlisted, AS_OF)).offices[0]
    assert [entry.verdict.route.id for entry in office.entries] == ["35.march"]
    assert [verdict.route.id for verdict in office.entries[0].instead] == ["35.late"]


def test_two_may_stand_in_for_one() -> None:
    measures = tuple(
        replace(measure, routes=tuple(
            replace(route, stands_in_for="july") if route.id == "35.late" else route for route in measure.routes
        ))
        for measure in shipped().measures
    )  # fmt: skip
    catalogue = replace(shipped(), measures=measures)
    check(catalogue, sample(), AS_OF)
    (entry,) = plan(assess(catalogue, sample(), AS_OF)).offices[0].entries
    assert [verdict.route.id for verdict in entry.instead] == ["35.march", "35.late"]


def test_the_phone_that_all_have_is_the_offices() -> None:
    office = of_sample().offices[0]
    assert office.phones == ("64077128",)
    assert office.entries[0].phones == ("89945471",)
    assert {entry.phones for entry in office.also} == {("87091917",)}


def test_what_the_office_settles_is_a_call() -> None:
    landlord = business("商务楼宇业主").without(frozenset({"rent_cut_in_direction"}))
    assert "6.building" in {verdict.route.id for verdict in plan(assess(shipped(), landlord, AS_OF)).waiting}
    asked = plan(assess(shipped(), landlord.also({"rent_cut_in_direction": UNKNOWN}), AS_OF))
    assert [verdict.route.id for verdict in asked.asked] == ["6.building"]
    first = asked.offices[0].entries[0].verdict
    assert (first.route.id, first.missing) == ("6.building", ("rent_cut_in_direction",))
    assert first.amount is not None
    owners = plan(assess(shipped(), landlord.also({"rent_cut_sme": UNKNOWN}), AS_OF))
    assert owners.asked == ()


def test_what_comes_of_itself_is_a_call_while_its_office_has_to_say() -> None:
    unsure = sample().also({"impact": UNKNOWN})
    planned = plan(assess(shipped(), unsure, AS_OF))
    assert "3.automatic" in {verdict.route.id for verdict in planned.asked}
    (finance,) = (office for office in planned.offices if office.unit == "区财政局")
    assert [entry.verdict.route.id for entry in finance.entries] == ["3.automatic"]


def test_the_base_of_what_an_office_settles_is_asked() -> None:
    landlord = business("商务楼宇业主").also({"rent_cut_in_direction": UNKNOWN})
    question = Interview(shipped(), AS_OF, landlord.without(frozenset({"rent_forgone"}))).question()
    assert question is not None
    assert [fact.id for fact in question.facts] == ["rent_forgone"]
    settled = landlord.also({"rent_cut_sme": UNKNOWN}).without(frozenset({"rent_forgone"}))
    assert Interview(shipped(), AS_OF, settled).question() is None


def test_offices_with_money_or_a_day_come_first() -> None:
    units = [office.unit for office in of_sample().offices]
    assert units == ["区人力社保局", "区国资委", "区市场监管局", "区税务局", "区金融办", "区司法局"]


def test_what_asks_for_nothing_but_a_size_is_no_news() -> None:
    planned = of_sample()
    assert {entry.verdict.route.id for office in planned.services for entry in office.also} == {
        "9.hotline", "24.survey", "25.no_meeting", "26.hotline", "39.guidance",
    }  # fmt: skip
    assert all(not office.entries for office in planned.services)
    assert [verdict.route.id for verdict in planned.automatic] == ["3.automatic", "40.stewards"]


def test_offices_are_called_before_mobiles() -> None:
    stop = next(office for office in of_sample().offices if office.unit == "区市场监管局")
    assert stop.phones == ("64033742", "13681278787")


def test_a_phone_that_the_steps_name_comes_before_the_others() -> None:
    guarantee, loans = route("21.guarantee"), route("20.platform")
    contact = first_contact(shipped(), guarantee)
    assert phones_for(contact, guarantee)[0] == "84065150"
    assert phones_for(contact, loans) == contact.phones_in_order
