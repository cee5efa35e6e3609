"""How many screens the interview takes, which it asks, and how answers are taken back, changed and resumed."""

import random
import statistics
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dcrelief.files.answers import facts_of, read_answers_file, save_answers
from dcrelief.files.drafts import load_draft, save_draft
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import UNKNOWN, Answers, Month, Value, Year
from dcrelief.rules.interview import TOPICS, Interview, Question, Screen
from tests.examples import AS_OF, Business, answers, business, businesses, sample, shipped
from tests.rules.test_laws import values_of

# Before the first question a person chooses the date to assess for, and before the report checks the answers.
AROUND = 2
# 不清楚 is one choice more on a screen with one answer, "some of the rest unknown" on one with several.
UNKNOWN_CHOICE = 1
MOST_CHOICES = 9


def started() -> Interview:
    return Interview(shipped(), AS_OF, Answers())


def topics_of(full: Answers) -> frozenset[str]:
    """The topics that someone with these answers ticks: where anything is so, or not known."""
    return frozenset(
        page.topic for page in shipped().pages for fact in page.facts if full[fact] not in (False, frozenset(), UNKNOWN)
    )


def answer(interview: Interview, question: Question, full: Answers) -> Interview:
    if question.topics:
        return interview.answered(interview.topics_screen(question, topics_of(full)))
    return interview.answered(page_step(question, full))


def page_step(question: Question, full: Answers) -> Screen:
    return Screen(
        question.page.key,
        {fact.id: full.get(fact.id, False if fact.kind == "yes_no" else UNKNOWN) for fact in question.facts},
    )


def asked(full: Answers, as_of: date = AS_OF) -> list[Question]:
    interview, questions, said_left = Interview(shipped(), as_of, Answers()), [], []
    while (question := interview.question()) is not None:
        said_left.append(interview.at_most_left())
        questions.append(question)
        interview = answer(interview, question, full)
    assert interview.at_most_left() == 0
    pages = [not question.topics for question in questions]
    for place, said in enumerate(said_left):
        assert said >= sum(pages[place:])
    assert said_left == sorted(said_left, reverse=True)
    return questions


def name_of(business: Business) -> str:
    return business.name


@cache
def questions_of(name: str) -> list[Question]:
    return asked(next(business for business in businesses() if business.name == name).every_answer())


@pytest.mark.long
def test_how_many_screens_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    screens = {business.name: len(questions_of(business.name)) + AROUND for business in businesses()}
    median, most = statistics.median(screens.values()), max(screens.values())
    with capsys.disabled():
        print(f"\nscreens of {len(screens)} sample businesses: median {median:g}, most {most}")
    assert len(screens) >= 24
    assert median <= 12
    assert most <= 18


@pytest.mark.parametrize("business", businesses(), ids=name_of)
def test_no_screen_has_more_than_nine_choices(business: Business) -> None:
    for question in questions_of(business.name):
        single = question.facts[0] if len(question.facts) == 1 else None
        if single is None:
            choices = len(question.topics) or len(question.facts) + UNKNOWN_CHOICE
        else:
            choices = (len(single.choices) or 2) + UNKNOWN_CHOICE
        assert choices <= MOST_CHOICES or question.page.key == "industry"


def pages(**facts: object) -> list[str]:
    """The pages asked of someone of whom this is so, and nothing else."""
    return [question.page.key for question in asked(Business("", AS_OF, facts).every_answer())]


def test_someone_outside_the_district_is_told_so_first() -> None:
    assert pages(in_dongcheng=False) == ["scope"]


def test_a_restaurant_with_eight_staff_is_not_asked_for_its_revenue() -> None:
    asked_pages = pages(in_dongcheng=True, kind="enterprise", industry="catering", employees=8, impact="none")
    assert "employees" in asked_pages
    assert "revenue" not in asked_pages


def test_a_leasing_firm_with_fifty_staff_is_not_asked_for_its_assets() -> None:
    asked_pages = pages(in_dongcheng=True, kind="enterprise", industry="business_services", employees=50, impact="none")
    assert "assets" not in asked_pages


def test_a_farm_is_asked_for_its_revenue_not_its_staff() -> None:
    asked_pages = pages(
        in_dongcheng=True, kind="enterprise", industry="agriculture", revenue="60万", impact="none", employees=5
    )
    assert "revenue" in asked_pages
    assert "employees" not in asked_pages


def test_a_person_is_asked_about_no_business() -> None:
    assert pages(in_dongcheng=True, kind="resident", covid_patient=True) == ["scope", "kind", "personal"]


def test_whose_trade_is_listed_is_not_asked_whether_it_is_hard_hit() -> None:
    def trade_facts(industry: str) -> set[str]:
        business = Business(
            "",
            AS_OF,
            {
                "in_dongcheng": True,
                "kind": "enterprise",
                "industry": industry,
                "employees": 8,
                "impact": "severe",
                "zgc_hightech": True,
            },
        )
        trade = next(question for question in asked(business.every_answer()) if question.page.key == "trade")
        return {fact.id for fact in trade.facts}

    assert "hard_hit_trade" in trade_facts("culture")
    assert "hard_hit_trade" not in trade_facts("catering")


def test_an_amount_is_asked_last_and_only_if_its_route_fits() -> None:
    facts = {
        "in_dongcheng": True,
        "kind": "enterprise",
        "industry": "catering",
        "employees": 8,
        "impact": "some",
        "tax_difficulty": True,
    }
    assert pages(**facts)[-2:] == ["tax_due", "social_insurance_due"]
    assert not {"tax_due", "social_insurance_due"} & set(pages(**{**facts, "impact": "none"}))


def test_topics_are_offered_once_and_only_those_that_matter() -> None:
    restaurant = Business(
        "",
        AS_OF,
        {"in_dongcheng": True, "kind": "enterprise", "industry": "catering", "employees": 8, "impact": "some"},
    )
    questions = asked(restaurant.every_answer())
    assert [question.page.key for question in questions].count(TOPICS) == 1
    office = Business("", AS_OF, {"in_dongcheng": True, "kind": "government", "impact": "some"})
    topics = next(question for question in asked(office.every_answer()) if question.topics)
    assert {topic.key for topic in topics.topics} == {"workforce", "care"}


def test_a_single_topic_is_asked_straight_away() -> None:
    office = answers(
        in_dongcheng=True, kind="government", impact="some", care_staff_infected=False, frontline_medics=False
    )
    question = Interview(shipped(), AS_OF, office).question()
    assert question is not None
    assert question.page.key == "workforce"


def at_topics() -> tuple[Interview, Question]:
    full = answers(in_dongcheng=True, kind="enterprise", industry="catering", employees=8, impact="some")
    interview = started()
    while (question := interview.question()) is not None and not question.topics:
        interview = answer(interview, question, full)
    assert question is not None
    return interview, question


def test_a_topic_not_ticked_answers_its_questions_with_no() -> None:
    interview, question = at_topics()
    screen = interview.topics_screen(question, frozenset({"finance"}))
    assert screen.answers["missed_si"] is False
    assert screen.answers["carrier"] == frozenset()
    assert screen.answers["contract_reached"] is UNKNOWN
    assert "tax_difficulty" not in screen.answers
    assert screen.ticked == ("finance",)


def test_a_topic_not_ticked_is_not_asked_whatever_was_given_of_it() -> None:
    given = answers(
        in_dongcheng=True, kind="enterprise", industry="software", employees=60, impact="none", zgc_hightech=True
    )
    interview = Interview(shipped(), AS_OF, given)
    while (question := interview.question()) is not None:
        assert question.page.topic == ""
        screen = interview.topics_screen(question, frozenset()) if question.topics else page_step(question, given)
        interview = interview.answered(screen)
    assert interview.answers["founded"] is UNKNOWN
    assert "founded" not in interview.told


def test_what_was_passed_over_with_its_topic_is_not_asked_and_what_is_not_known_stays_so() -> None:
    """A report said of what nobody had asked that it is not known."""
    interview, question = at_topics()
    interview = interview.given_also(answers(carrier=["building"], rent_cut_sme=True, impact="unknown"))
    interview = interview.answered(interview.topics_screen(question, frozenset()))
    assert "rent_cut_in_direction" not in interview.told
    assert "contract_reached" not in interview.told
    assert interview.told["missed_si"] is False
    assert interview.told["impact"] is UNKNOWN
    assert outcomes(interview.told) == outcomes(interview.answers)


def outcomes(known: Answers) -> dict[str, str]:
    return {verdict.route.id: verdict.outcome for verdict in assess(shipped(), known, AS_OF).verdicts}


def page_of(interview: Interview, key: str) -> Screen:
    """What was given and answered on a page."""
    return next(screen for screen in interview.pages() if screen.page == key)


def test_a_topic_left_out_later_takes_its_answers_back() -> None:
    interview, topics = at_topics()
    interview = interview.answered(interview.topics_screen(topics, frozenset({"finance", "workforce"})))
    finance = interview.question()
    assert finance is not None
    assert finance.page.key == "finance"
    interview = interview.answered(Screen("finance", {fact.id: True for fact in finance.facts}))
    again = interview.again(page_of(interview, TOPICS))
    assert again.topics == topics.topics
    changed = interview.changed(interview.topics_screen(again, frozenset({"workforce"})))
    assert changed.answers["tax_difficulty"] is False
    assert [screen.page for screen in changed.screens].count("finance") == 0
    back = changed.changed(changed.topics_screen(again, frozenset({"finance", "workforce"})))
    assert "tax_difficulty" not in back.answers


def test_a_topic_that_comes_up_later_is_offered_then() -> None:
    """Someone who says in the end that they are an enterprise is offered the topics of enterprises."""
    full = answers(in_dongcheng=True, kind="government", impact="some", industry="catering", employees=8)
    interview = started()
    while (question := interview.question()) is not None:
        screen = page_step(question, full)
        interview = interview.answered(interview.topics_screen(question, frozenset()) if question.topics else screen)
    interview = interview.changed(Screen("kind", {"kind": "enterprise"}))
    offered = []
    while (question := interview.question()) is not None:
        offered += [topic.key for topic in question.topics]
        screen = page_step(question, full)
        interview = interview.answered(interview.topics_screen(question, frozenset()) if question.topics else screen)
    assert set(offered) == {"finance", "premises", "trade", "supply", "carrier"}


def test_topics_that_were_offered_in_turn_are_one_line_to_check_and_change() -> None:
    interview, _ = at_topics()
    screens = (
        Screen(TOPICS, {"missed_si": False}, ("finance", "workforce"), ("finance",)),
        Screen("finance", {"tax_difficulty": True}),
        Screen(TOPICS, {"carrier": frozenset()}, ("carrier", "care"), ("care",)),
    )
    interview = Interview(shipped(), AS_OF, interview.answers, screens)
    topics = page_of(interview, TOPICS)
    assert (topics.offered, topics.ticked) == (("finance", "workforce", "carrier", "care"), ("finance", "care"))
    changed = interview.changed(interview.topics_screen(interview.again(topics), frozenset({"care"})))
    assert [(screen.page, screen.ticked) for screen in changed.screens] == [(TOPICS, ("care",))]


def test_back_forgets_the_last_screen_and_stops_at_the_first() -> None:
    interview = started()
    first = interview.question()
    assert first is not None
    further = interview.answered(Screen("scope", {"in_dongcheng": True}))
    assert further.back() == interview
    assert interview.back() == interview


def test_an_earlier_screen_can_be_asked_again_as_it_was() -> None:
    interview, topics = at_topics()
    assert interview.again(page_of(interview, "kind")).page.key == "kind"
    interview = interview.answered(interview.topics_screen(topics, frozenset()))
    # What no longer matters can still be asked again: outside the district, nothing does.
    outside = interview.changed(Screen("scope", {"in_dongcheng": False}))
    assert outside.question() is None
    assert [fact.id for fact in outside.again(page_of(outside, "industry")).facts] == ["industry"]
    assert outside.again(page_of(outside, TOPICS)).topics == topics.topics


def test_another_date_asks_again_for_a_day_that_would_lie_after_it() -> None:
    given = answers(founded=date(2019, 1, 1))
    screens = (
        Screen("contract_reached", {"contract_reached": date(2020, 1, 15)}),
        Screen("kind", {"kind": "enterprise"}),
        Screen(TOPICS, {}, ("finance",), ("finance",)),
    )
    interview = Interview(shipped(), AS_OF, given, screens)
    assert interview.on(AS_OF) == interview
    earlier = interview.on(date(2018, 1, 1))
    assert dict(earlier.answers) == {"kind": "enterprise"}
    assert [screen.page for screen in earlier.screens] == ["kind", TOPICS]
    month = Interview(shipped(), AS_OF, answers(founded="2019-01"))
    assert dict(month.on(date(2018, 12, 31)).answers) == {}
    assert month.on(date(2019, 1, 5)) == Interview(shipped(), date(2019, 1, 5), month.given)


def test_a_topic_left_out_though_something_of_it_is_so_leaves_the_rest_unknown() -> None:
    interview, question = at_topics()
    interview = interview.given_also(answers(carrier=["building"], rent_cut_sme=True))
    assert interview.touched() >= {"carrier"}
    screen = interview.topics_screen(question, frozenset())
    assert screen.answers["rent_cut_in_direction"] is UNKNOWN
    assert screen.answers["missed_si"] is False


def test_what_is_given_goes_before_what_was_answered() -> None:
    screens = (Screen("employees", {"employees": 8}), Screen("kind", {"kind": "enterprise"}))
    interview = Interview(shipped(), AS_OF, Answers(), screens).given_also(answers(employees=12))
    assert interview.answers["employees"] == 12
    assert [screen.page for screen in interview.screens] == ["kind"]


def test_given_answers_are_not_asked_again() -> None:
    interview = Interview(shipped(), AS_OF, answers(in_dongcheng=True, kind="enterprise", industry="catering"))
    question = interview.question()
    assert question is not None
    assert question.page.key == "employees"


def test_a_topic_left_out_says_nothing_of_what_is_settled_without_it() -> None:
    """A restaurant is of a trade that is hit hard by its industry: nobody asks, and nobody has said no."""
    told = answers(in_dongcheng="是", kind="企业", industry="餐饮业", employees="8", impact="严重")
    interview = Interview(shipped(), AS_OF, told)
    question = interview.question()
    assert question is not None
    assert "trade" in [topic.key for topic in question.topics]
    left_out = interview.topics_screen(question, frozenset()).answers
    assert "hard_hit_trade" not in left_out
    assert left_out["foreign_trade"] is False


def test_a_page_asked_in_two_parts_is_one_and_its_last_answer_counts() -> None:
    """A change of the first part was ignored, in silence, where the second part had the fact, too."""
    interview = Interview(shipped(), AS_OF, Answers())
    page = next(page for page in shipped().pages if len(page.facts) > 1)
    one, two, *_ = page.facts
    interview = interview.answered(Screen(page.key, {one: False})).answered(Screen("kind", {"kind": "enterprise"}))
    interview = interview.answered(Screen(page.key, {two: True}))
    assert [screen.page for screen in interview.pages()] == [page.key, "kind"]
    again = interview.again(page_of(interview, page.key))
    assert {one, two} <= {fact.id for fact in again.facts}
    changed = interview.changed(Screen(page.key, {one: True, two: False}))
    assert (changed.answers[one], changed.answers[two]) == (True, False)
    assert [screen.page for screen in changed.screens] == [page.key, "kind"]


def test_what_was_given_before_is_changed_on_the_line_of_its_page() -> None:
    page = next(page for page in shipped().pages if len(page.facts) > 1)
    one, two, *_ = page.facts
    interview = Interview(shipped(), AS_OF, Answers({one: True})).answered(Screen(page.key, {two: True}))
    assert len(interview.pages()) == 1
    changed = interview.changed(Screen(page.key, {one: False, two: UNKNOWN}))
    assert (changed.given[one], changed.answers[two]) == (False, UNKNOWN)


@pytest.mark.long
def test_after_an_early_change_nothing_is_asked_of_a_topic_that_was_not_ticked() -> None:
    asked = []
    for seed in range(60):
        draw = random.Random(seed)
        interview = walked(draw, back=0)
        kind = draw.choice([choice.key for choice in shipped().facts["kind"].choices])
        interview = interview.changed(Screen("kind", {"kind": kind}))
        while (question := interview.question()) is not None:
            passed = {topic for screen in interview.screens for topic in screen.offered if topic not in screen.ticked}
            asked.append(question.page.topic in passed and bool(question.page.topic))
            interview = interview.answered(any_answer(interview, question, draw))
    assert asked.count(True) == 0
    assert len(asked) > 60


def any_answer(interview: Interview, question: Question, draw: random.Random) -> Screen:
    if question.topics:
        ticked = frozenset(topic.key for topic in question.topics if draw.random() < 0.6)
        return interview.topics_screen(question, ticked)
    return Screen(question.page.key, {fact.id: draw.choice(values_of(fact)) for fact in question.facts})


def walked(draw: random.Random, back: float = 0.2) -> Interview:
    """An interview held by somebody who answers anything, and goes back and changes answers now and then."""
    interview = Interview(shipped(), AS_OF, Answers())
    for _ in range(60):
        question = interview.question()
        if interview.screens and draw.random() < back:
            interview = interview.back()
        elif interview.screens and draw.random() < back / 2:
            question = interview.again(draw.choice(interview.pages()))
            interview = interview.changed(any_answer(interview, question, draw))
        elif question is not None:
            interview = interview.answered(any_answer(interview, question, draw))
    return interview


@pytest.mark.parametrize("seed", range(40))
def test_wherever_one_walks_the_last_answer_stands_once(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    interview = walked(draw)
    facts = [fact for screen in interview.screens for fact in screen.answers]
    assert len(facts) == len(set(facts))
    pages = interview.pages()
    assert len(pages) == len({screen.page for screen in pages})
    assert {fact: value for screen in pages for fact, value in screen.answers.items()} == dict(interview.answers)
    screen = draw.choice(pages)
    last = any_answer(interview, interview.again(screen), draw)
    changed = interview.changed(last)
    told = {fact: changed.answers[fact] for fact in last.answers}
    assert told == dict(last.answers)
    assert {fact: page_of(changed, screen.page).answers[fact] for fact in last.answers} == told
    save_draft(tmp_path, changed, AS_OF)
    draft = load_draft(tmp_path, shipped())
    assert draft is not None
    assert draft.interview == changed
    save_answers(tmp_path / "a.toml", shipped(), changed.answers, AS_OF)
    written = read_answers_file(tmp_path / "a.toml", {}).written
    assert facts_of(shipped(), written.items(), AS_OF) == (changed.answers, [])


def test_what_more_than_half_of_all_wait_for_blocks() -> None:
    blocked = Interview(shipped(), AS_OF, Answers({"in_dongcheng": True, "kind": UNKNOWN, "employees": UNKNOWN}))
    verdicts = assess(shipped(), blocked.answers, AS_OF).verdicts
    count = sum("kind" in verdict.missing for verdict in verdicts)
    assert len(verdicts) / 2 < count < len(verdicts)
    assert blocked.blocking() == {"kind": count}


def test_the_likely_steps_are_a_range_that_the_examples_keep() -> None:
    for given in (sample(), business("商务楼宇业主"), business("中关村高新软件公司")):
        interview = Interview(shipped(), AS_OF, Answers())
        fewest, most = interview.likely_left()
        steps, said = 0, []
        while (question := interview.question()) is not None:
            said.append(interview.at_most_left())
            values = {fact.id: given.value(fact.id) for fact in question.facts}
            ticked = frozenset(topic.key for topic in question.topics) & Interview(shipped(), AS_OF, given).touched()
            screen = interview.topics_screen(question, ticked) if question.topics else Screen(question.page.key, values)
            interview, steps = interview.answered(screen), steps + 1
        assert fewest <= steps <= most <= 20
        assert all(at_most >= steps - place - 1 for place, at_most in enumerate(said))  # topics are no page
    assert interview.likely_left() == (0, 0)


def test_numbers_that_an_industry_may_ask_for_count_though_one_is_known() -> None:
    known = Answers({"in_dongcheng": True, "kind": "enterprise", "employees": 8})
    interview = Interview(shipped(), AS_OF, known)
    assert (
        interview.at_most_left() - Interview(shipped(), AS_OF, known.also({"industry": "catering"})).at_most_left() >= 2
    )


def test_a_changed_page_stands_once_wherever_its_key_came_from() -> None:
    interview = Interview(shipped(), AS_OF, Answers())
    for value in (True, "enterprise"):
        question = interview.question()
        assert question is not None
        interview = interview.answered(Screen(question.page.key, {question.facts[0].id: value}))
    last = interview.screens[-1]
    as_read = Screen("".join(list(last.page)), {"kind": "sole_trader"})  # as out of a draft
    assert [screen.page for screen in interview.changed(as_read).screens].count(last.page) == 1


def test_whether_the_terms_of_a_lease_are_met_is_asked_of_whoever_has_one() -> None:
    known = sample().without(frozenset({"soe_terms_met"}))
    question = Interview(shipped(), AS_OF, known).question()
    assert question is not None
    assert [fact.id for fact in question.facts] == ["soe_terms_met"]
    without = Interview(shipped(), AS_OF, known.also({"soe_production_premises": False})).question()
    assert without is None or "soe_terms_met" not in [fact.id for fact in without.facts]


@pytest.mark.parametrize(
    ("founded", "settled"),
    [(Year(2017), True), (Year(2015), False), (Month(2015, 2), False), (date(2015, 2, 19), True), (UNKNOWN, True)],
)
def test_of_a_year_or_a_month_the_days_must_agree_to_settle_all(founded: Value, settled: bool) -> None:
    known = answers(in_dongcheng=True, kind="enterprise", industry="software", employees=8, zgc_hightech=True)
    assert Interview(shipped(), AS_OF, known).is_settled_by("founded", founded) is settled


def test_a_remembered_day_that_lies_after_the_new_date_is_not_offered() -> None:
    """Kept with Enter, a founding day after the assessment made the saved answers unreadable."""
    remembered = Screen("founded", {"founded": date(2020, 6, 1), "employees": 3})
    assert dict(Interview(shipped(), AS_OF, Answers()).readable(remembered).answers) == {"employees": 3}
    assert Interview(shipped(), date(2020, 6, 1), Answers()).readable(remembered) == remembered
