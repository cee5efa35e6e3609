"""A verdict in words: what bears on this business, and nothing that its answers make pointless."""

import pytest

from dcrelief.report.verdict_view import VerdictWriter
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, answers, business, route, sample, shipped


def writer(given: Answers) -> VerdictWriter:
    return VerdictWriter(assess(shipped(), given, AS_OF))


@pytest.mark.parametrize(("spent", "exactly"), [(150_000_000, False), (100_000_000, True), (None, True)])
def test_a_note_on_an_exact_amount_is_for_who_has_it_or_may_have_it(spent: int | None, *, exactly: bool) -> None:
    given = Answers({"rd_expense": spent}) if spent else Answers({})
    notes = writer(given).notes(route("8.rd_grant"))
    assert any(note.startswith("正好100万元") for note in notes) is exactly


def test_who_has_taken_nothing_from_the_city_is_not_told_what_follows_if_they_had() -> None:
    assert not [note for note in writer(sample()).notes(route("4.production")) if "市区两级" in note]
    assert [note for note in writer(answers()).notes(route("4.production")) if "市区两级" in note]


def test_a_measure_that_brings_no_money_has_no_line_on_money() -> None:
    given = writer(business("中关村高新软件公司"))
    (grant,) = (each for each in given.assessment.verdicts if each.route.id == "8.rd_grant")
    (advice,) = (each for each in given.assessment.verdicts if each.route.id == "9.volunteer_lawyer")
    lines = {field.label: field.lines for field in given.fields(grant)}
    assert lines["金额"][-1].startswith("依据：")
    assert {field.label: field.lines for field in given.fields(advice)}["金额"] == ()


def test_of_a_choice_a_short_reason_says_what_was_chosen_and_of_a_number_how_far_it_is() -> None:
    given = writer(business("人数略超的高新企业"))
    (grant,) = (each for each in given.assessment.verdicts if each.route.id == "8.rd_grant")
    (reason,) = given.first_against(grant)
    assert given.short_reason(reason) == reason.text
    (carrier,) = (each for each in given.assessment.verdicts if each.route.id == "6.building")
    (chosen,) = given.first_against(carrier)
    assert given.short_reason(chosen) == "经营的楼宇或载体：都没有"


@pytest.mark.parametrize(
    ("route_id", "facts"),
    [
        ("4.production", {"city_rent_relief": True}),
        ("1.stop", {"city_inspection": True}),
        ("3.automatic", {"city_admin_fee": True}),
    ],
)
def test_who_had_the_citys_support_is_told_that_the_office_decides(route_id: str, facts: dict[str, bool]) -> None:
    given = writer(sample().also(facts))
    (verdict,) = (each for each in given.assessment.verdicts if each.route.id == route_id)
    said = given.decided_by(verdict, given.first_against(verdict))
    assert "原则上不能再" in said
    assert said.endswith(f"（{given.whom(verdict.route)}）")


def test_another_no_is_the_last_word() -> None:
    given = writer(sample().also({"city_rent_relief": True, "soe_production_premises": False}))
    (verdict,) = (each for each in given.assessment.verdicts if each.route.id == "4.production")
    assert given.decided_by(verdict, given.first_against(verdict)) == ""
