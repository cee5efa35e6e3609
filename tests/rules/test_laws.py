"""The laws of the design, on each catalogue: monotone verdicts, a sound interview, and no idle question."""

import random
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcrelief.rules.assessment import FITS, Assessment, amount, assess, outcome, situation
from dcrelief.rules.estimates import Interval
from dcrelief.rules.facts import UNKNOWN, Answers, Fact, Month, PartialDate, Value, Year
from dcrelief.rules.interview import Interview, Question, Screen
from dcrelief.rules.model import Catalogue, Route
from dcrelief.rules.truth import Truth
from tests.examples import AS_OF, answers, beijing, both, every_form, other_district, shipped, table

LATE = date(2026, 11, 24)
# A day in force of each catalogue; on that of the other district a measure has started for some sizes only.
DAYS = {
    shipped().title: AS_OF,
    other_district().title: date(2020, 3, 20),
    every_form().title: date(2020, 4, 30),
    beijing().title: AS_OF,
    both().title: AS_OF,
}
NO = Truth.NO
CATALOGUES = [
    pytest.param(shipped(), id="shipped"),
    pytest.param(other_district(), id="other district"),
    pytest.param(every_form(), id="every form"),
    pytest.param(beijing(), id="the city"),
]
# Every number at which a rule or the size table turns, and its neighbours.
NUMBERS: dict[str, list[Value]] = {
    "employees": [0, 4, 5, 8, 9, 10, 20, 60, 99, 100, 101, 199, 200, 299, 300, 1000, 2000],
    "revenue": [0, 40_000_000 - 1, 50_000_000, 100_000_000, 1_000_000_000, 1_000_000_001, 10**10, 10**12, 10**13],
    "assets": [0, 100_000_000, 8_000_000_000, 120_000_000_000, 10**13],
    "founded": [Month(2015, 2), Year(2015), date(2010, 1, 1), date(2015, 2, 19), date(2015, 2, 20), date(2019, 1, 1)],
    "contract_reached": [Year(2019), date(2019, 6, 1), date(2019, 12, 1), date(2020, 2, 1)],
    "rent_months": [0, 1, 3, 5],
    "monthly_rent": [0, 333, 1_000_000, 50_000_000],
    "new_hires": [0, 7, 100, 300],
    "placed": [0, 49, 50, 99, 100, 199, 200, 5000],
    "rd_growth": [-500, 0, 999, 1000, 20_000],
    "exports": [0, 99_999_999, 100_000_000],
    "layoff_rate": [0, 550, 551, 10_000],
    "loan": [0, 1, 33_333, 200_000_000, 10**10],
    "new_posts": [0, 7, 50, 51],
    "digital_cost": [0, 10**7, 10**9, 10**11],
    "digital_had": [0, 10**9, 10**8, 10**10],
    "exhibition_sme_share": [0, 5000, 5001, 10_000],
    "staff_growth": [-500, 0, 1999, 2000, 5000],
    "trained_staff": [0, 1, 30],
    "rd_expense": [0, 20_000_000 - 1, 20_000_000, 100_000_000, 500_000_000],
}


def values_of(fact: Fact) -> list[Value]:
    """Values of a fact that can tell rules apart, unknown among them."""
    match fact.kind:
        case "yes_no":
            return [True, False, UNKNOWN]
        case "choice":
            return [*(choice.key for choice in fact.choices), UNKNOWN]
        case "several":
            singles = [frozenset({choice.key}) for choice in fact.choices]
            return [frozenset(), *singles, frozenset(choice.key for choice in fact.choices), UNKNOWN]
        case "text":
            return ["某某", UNKNOWN]
        case _:
            return [*NUMBERS.get(fact.id, [0, 12_345_67, 300_000_000]), UNKNOWN]


def full_answers(catalogue: Catalogue) -> st.SearchStrategy[Answers]:
    """Every fact answered; in the district more often than not, else there is little to see."""
    every = {fact.id: st.sampled_from(values_of(fact)) for fact in catalogue.facts.values()}
    for fact in (fact for policy in catalogue.policies for fact in policy.scope.facts()):
        every[fact] = st.sampled_from([True, True, True, True, False, UNKNOWN])
    return st.fixed_dictionaries(every).map(Answers).map(partial(possible, catalogue))


def possible(catalogue: Catalogue, full: Answers) -> Answers:
    """The answers of somebody who has taken at another level only what a route there can have given."""
    untold = full.without(frozenset(catalogue.taken))
    return full.also(situation(catalogue, untold, DAYS[catalogue.title]).answers)


def settled(assessment: Assessment) -> dict[str, Truth]:
    """Whether each route fits, of those of which that is known; which way it does not may be known later."""
    return {v.route.id: FITS[v.outcome] for v in assessment.verdicts if v.outcome != "needs_info"}


def widths(assessment: Assessment) -> dict[str, Interval]:
    """The amounts of the routes that fit."""
    fitting = assessment.with_outcome("eligible")
    return {v.route.id: v.amount for v in fitting if v.amount is not None}


def within(narrow: Interval, wide: Interval) -> bool:
    return wide.least <= narrow.least and (wide.most is None or (narrow.most is not None and narrow.most <= wide.most))


def told(assessment: Assessment) -> tuple[object, ...]:
    """What answers can change: what fits, its amounts, totals. The base of what only may fit is not asked for."""
    verdicts = sorted((v.route.id, FITS[v.outcome].value, v.left_out_for) for v in assessment.verdicts)
    return (verdicts, widths(assessment), assessment.totals)


@pytest.mark.long
@pytest.mark.parametrize("catalogue", CATALOGUES)
@given(st.data())
def test_law_1_answering_more_never_changes_a_settled_verdict(catalogue: Catalogue, data: st.DataObject) -> None:
    full = data.draw(full_answers(catalogue))
    known = data.draw(st.sets(st.sampled_from(sorted(full))))
    more = known | data.draw(st.sets(st.sampled_from(sorted(full))))
    as_of = data.draw(st.sampled_from([*DAYS.values(), LATE]))
    before = assess(catalogue, full.without(frozenset(full) - known), as_of)
    after = assess(catalogue, full.without(frozenset(full) - more), as_of)
    assert settled(before).items() <= settled(after).items()
    assert all(within(widths(after)[route], amount) for route, amount in widths(before).items())


def page_step(question: Question, full: Answers) -> Screen:
    return Screen(question.page.key, {fact.id: full[fact.id] for fact in question.facts})


def finished(catalogue: Catalogue, full: Answers, pass_over: bool) -> Interview:
    """The interview with someone whose answers these are; pass_over: who leaves out topics where nothing is so."""
    interview = Interview(catalogue, DAYS[catalogue.title], Answers())
    while (question := interview.question()) is not None:
        if question.topics:
            topics = frozenset(
                page.topic
                for page in catalogue.pages
                for fact in page.facts
                if not pass_over or full[fact] not in (False, frozenset())
            )
            interview = interview.answered(interview.topics_screen(question, topics))
        else:
            interview = interview.answered(page_step(question, full))
    return interview


@pytest.mark.long
@pytest.mark.parametrize("catalogue", CATALOGUES)
@given(st.data())
def test_law_2_when_the_interview_stops_the_rest_does_not_matter(catalogue: Catalogue, data: st.DataObject) -> None:
    full, other = data.draw(full_answers(catalogue)), data.draw(full_answers(catalogue))
    interview = finished(catalogue, full, data.draw(st.booleans()))
    day = DAYS[catalogue.title]
    report = told(assess(catalogue, interview.answers, day))
    assert report == told(assess(catalogue, full.also(interview.answers), day))
    assert report == told(assess(catalogue, other.also(interview.answers), day))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_the_laws_hold_on_two_documents_together(seed: int) -> None:
    """Laws 1 and 2, for a few only: an interview on both takes a third of a second."""
    catalogue, draw = both(), random.Random(seed)

    def anybody() -> Answers:
        facts = {fact.id: draw.choice(values_of(fact)) for fact in catalogue.facts.values()}
        scopes = dict.fromkeys(("in_dongcheng", "in_beijing"), draw.choice([True, True, False]))
        return possible(catalogue, Answers({**facts, **scopes}))

    full, other = anybody(), anybody()
    interview = finished(catalogue, full, pass_over=draw.random() < 0.5)
    end = assess(catalogue, interview.answers, AS_OF)
    assert told(end) == told(assess(catalogue, full.also(interview.answers), AS_OF))
    assert told(end) == told(assess(catalogue, other.also(interview.answers), AS_OF))
    known: dict[str, Value] = {}
    before: dict[str, Truth] = {}
    for fact, value in draw.sample(sorted(full.items()), 40):
        known[fact] = value
        now = settled(assess(catalogue, Answers(known), AS_OF)) if len(known) % 8 == 0 else before
        assert before.items() <= now.items()
        before = now


def completions(catalogue: Catalogue, name: str) -> list[Answers]:
    """Ways the facts not asked yet may turn out: each route fits, or would but for one thing, or the size is other."""
    fitting = [answers(catalogue, **facts) for row in table(name).rows for facts in table(name).fitting(row)]
    but_for_one = [example.also({fact: False}) for example in fitting for fact in example if example[fact] is True]
    sizes: list[dict[str, Value]] = [
        {"employees": e, "revenue": r, "assets": a, "finance_size": f}
        for e in (0, 60, 10**6)
        for r in (0, 10**14)
        for a in (0, 10**14)
        for f in ("micro", "large")
    ]
    nothing_else = Answers({fact.id: False for fact in catalogue.facts.values() if fact.kind == "yes_no"})
    alone = [nothing_else.also(example) for example in (*fitting, *but_for_one)]
    return [*fitting, *but_for_one, *alone, *(example.also(size) for example in fitting[:12] for size in sizes)]


def anyone(catalogue: Catalogue, count: int) -> list[Answers]:
    """Businesses drawn at random, every fact answered."""
    draw = random.Random(1)
    return [
        Answers({fact.id: draw.choice(values_of(fact)[:-1]) for fact in catalogue.facts.values()}) for _ in range(count)
    ]


COMPLETIONS = {
    shipped().title: completions(shipped(), "conditions"),
    beijing().title: completions(beijing(), "beijing"),
    other_district().title: anyone(other_district(), 4000),
    every_form().title: anyone(every_form(), 4000),
}


def readers_of(catalogue: Catalogue, fact: Fact) -> list[Route]:
    """The routes whose verdict or amount can depend on a fact."""
    return [
        route
        for route in catalogue.routes()
        if any(fact.id in gate.facts() for gate in catalogue.tree(route))
        or (route.estimate is not None and fact.id in route.estimate.facts())
    ]


def can_matter(interview: Interview, fact: Fact) -> bool:
    """Whether some answers to the facts not asked yet make this one change a verdict or an amount."""
    catalogue = interview.catalogue
    routes = readers_of(catalogue, fact)
    for completion in COMPLETIONS[catalogue.title]:
        world = possible(catalogue, completion).also(interview.answers)
        told_by = set()
        for value in values_of(fact):
            on = situation(catalogue, world.also({fact.id: value}), DAYS[catalogue.title])
            outcomes = [outcome(catalogue, route, on) for route in routes]
            amounts = [amount(route, o, on) for route, o in zip(routes, outcomes, strict=True)]
            told_by.add((*(FITS[o] for o in outcomes), *amounts))
        if len(told_by) > 1:
            return True
    return False


@pytest.mark.long
@pytest.mark.parametrize("catalogue", CATALOGUES)
@given(st.data())
def test_law_3_no_question_is_idle(catalogue: Catalogue, data: st.DataObject) -> None:
    full = data.draw(full_answers(catalogue))
    interview = Interview(catalogue, DAYS[catalogue.title], Answers())
    for _ in range(data.draw(st.integers(0, 14))):
        question = interview.question()
        if question is None:
            return
        if question.topics:
            every = frozenset(topic.key for topic in question.topics)
            interview = interview.answered(interview.topics_screen(question, every))
        else:
            interview = interview.answered(page_step(question, full))
    question = interview.question()
    for fact in question.facts if question is not None else ():
        assert can_matter(interview, fact), fact.id


def fitting(catalogue: Catalogue, route: Route, known: Answers, as_of: date) -> Answers:
    """The answers, and one more of each fact of the route that is open, so that it still may fit.

    Each fact stands in a route once: what leaves it open does not depend on the others.
    """
    for fact_id in dict.fromkeys(fact for condition in catalogue.tree(route) for fact in condition.facts()):
        value = known.value(fact_id)
        values = [each for each in values_of(catalogue.facts[fact_id])[:-1] if not isinstance(each, PartialDate)]
        if isinstance(value, PartialDate):
            days = (value.last - value.first).days
            values = [value.last, *(value.first + timedelta(days=day) for day in range(0, days, 27))]
        elif catalogue.facts[fact_id].kind == "date":
            values += [as_of, as_of - timedelta(days=60)]  # a window of days counts from the next month
        if value is UNKNOWN or isinstance(value, PartialDate):
            ways = (known.also({fact_id: each}) for each in values)
            fits = (way for way in ways if FITS[outcome(catalogue, route, situation(catalogue, way, as_of))] is not NO)
            known = next(fits, known)
    return known


@pytest.mark.long
@pytest.mark.parametrize("catalogue", CATALOGUES)
@given(st.data())
def test_a_route_needs_an_answer_only_if_some_answer_makes_it_fit(catalogue: Catalogue, data: st.DataObject) -> None:
    full = data.draw(full_answers(catalogue))
    known = full.without(frozenset(data.draw(st.sets(st.sampled_from(sorted(full))))))
    as_of = data.draw(st.sampled_from([*DAYS.values(), LATE]))
    for verdict in assess(catalogue, known, as_of).with_outcome("needs_info"):
        answered = fitting(catalogue, verdict.route, known, as_of)
        on = situation(catalogue, answered, as_of)
        assert outcome(catalogue, verdict.route, on) == "eligible", (verdict.route.id, answered)


def open_routes(**facts: object) -> set[str]:
    return {verdict.route.id for verdict in assess(shipped(), answers(**facts), AS_OF).with_outcome("needs_info")}


def test_nobody_is_asked_for_what_cannot_help() -> None:
    """A known kind settles whom a route is for, and a known condition whether it fits, before the district is known."""
    assert "33.patient" not in open_routes(kind="企业", industry="餐饮", employees=8)
    assert "13.toudai" not in open_routes(in_dongcheng="是", industry="餐饮", employees=8, toudai_award="否")
    resident = open_routes(kind="个人")
    assert all(
        route.split(".")[0] in {"9", "10", "18", "25", "26", "32", "33", "34", "35", "36", "39"} for route in resident
    ), resident
