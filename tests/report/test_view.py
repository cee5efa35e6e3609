"""Whole reports: every measure that fits once, half as long as they were, and nothing said twice."""

from collections import Counter

import pytest

from dcrelief.report.parts import Card, View
from dcrelief.report.view import ReportWriter, measure_for, write_report
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, answers, business, businesses, sample, shipped
from tests.report.test_printing import printed

PEOPLE = {"sample": sample(), **{each.name: business(each.name) for each in businesses()}}
# Half of what the first report of the sample had: 686.
MOST_LINES = 343
SHORT = 12  # letters of a line that may be said again


def report(given: Answers) -> View:
    return write_report(assess(shipped(), given, AS_OF))


def lines_of(card: Card) -> list[str]:
    return [line for field in card.fields for line in field.lines] + [
        line for part in card.cards for line in lines_of(part)
    ]


def test_the_sample_is_half_as_long() -> None:
    assert len(printed(report(sample())).splitlines()) <= MOST_LINES


@pytest.mark.parametrize("given", PEOPLE.values(), ids=PEOPLE.keys())
def test_no_line_is_said_twice(given: Answers) -> None:
    view = report(given)
    said = [line for section in view.sections for card in section.cards for line in lines_of(card)]
    said += [line for section in view.sections for line in section.lines]
    said += [line for section in view.sections for group in section.groups for line in (*group.lines, group.more)]
    assert [line for line, count in Counter(said).items() if count > 1 and len(line) > SHORT] == []


@pytest.mark.parametrize("given", PEOPLE.values(), ids=PEOPLE.keys())
def test_each_measure_that_fits_has_one_card_with_its_routes_in_it(given: Answers) -> None:
    assessment = assess(shipped(), given, AS_OF)
    fitting = Counter(verdict.route.measure for verdict in assessment.with_outcome("eligible"))
    cards = [card for section in write_report(assessment).sections for card in section.cards if card.anchor]
    assert {card.anchor: len(card.cards) or 1 for card in cards} == {
        f"measure-{n}": count for n, count in fitting.items()
    }
    assert len(cards) == len(fitting)


@pytest.mark.parametrize("given", PEOPLE.values(), ids=PEOPLE.keys())
def test_every_contact_of_what_fits_stands_once(given: Answers) -> None:
    assessment = assess(shipped(), given, AS_OF)
    text = printed(write_report(assessment), 400)
    for verdict in assessment.with_outcome("eligible"):
        for key in verdict.route.contacts:
            for person in shipped().contacts[key].people:
                assert person in text


def test_refusals_are_told_by_their_reason() -> None:
    (refused,) = (section for section in report(sample()).sections if section.title.startswith("不符合"))
    assert len(refused.lines) <= 4
    assert refused.lines[0] == "经营的楼宇或载体：都没有——第5条 合作楼宇提前兑现奖励、第6条 为中小微企业减租的载体补贴"
    assert "；第22条 是创新型企业；" in refused.lines[2]
    assert refused.lines[3].startswith("政府自己办的")


def test_a_page_has_papers_and_notes_on_a_sheet_of_their_own() -> None:
    page = ReportWriter(assess(shipped(), sample(), AS_OF)).page()
    papers, notes, rules = (section for section in page.sections if section.sheet == "notes")
    assert papers.lines == ("纳入风险补偿范围申请（第17条）", "企业融资需求表（第23条）")
    assert notes.lines[0].startswith("第1条：检验机构审核通过后才停征，不是提交就停征。")
    assert rules.title == "总的规定"


def test_a_measure_for_this_business_says_how_each_route_comes_out() -> None:
    view = measure_for(assess(shipped(), sample(), AS_OF), shipped().measure("4"))
    (card,) = view.sections[0].cards
    assert [part.tag for part in card.cards] == ["初步符合、要申请", "不符合、要申请"]
    assert "区国资委：李睿" in [line for field in card.fields for line in field.lines]


def test_the_number_of_an_assessment_is_of_its_answers_day_and_catalogue() -> None:
    heads = {ReportWriter(assess(shipped(), given, AS_OF)).running()[-8:] for given in (sample(), answers(), sample())}
    assert len(heads) == 2
