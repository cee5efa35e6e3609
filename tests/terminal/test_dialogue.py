"""The interview as a conversation: a person who follows a script, without a terminal.

terminal/page_questions.py and terminal/typed_answers.py are tested through it.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dcrelief.files.drafts import load_draft, save_draft
from dcrelief.rules.facts import UNKNOWN, Answers, Month, Year
from dcrelief.rules.interview import Interview, Screen
from dcrelief.terminal.console import Environment
from dcrelief.terminal.dialogue import Dialogue
from dcrelief.terminal.prompts import Back, Left, LinePrompter, Option, prompter
from tests.examples import AS_OF, answers, shipped
from tests.terminal import answer_or_back

TODAY = date(2026, 11, 24)
Leaving = type[Back] | type[KeyboardInterrupt]
# A line, ticks, a way to leave; or ticks, and then a way to leave.
Said = str | set[str] | Leaving | tuple[set[str], Leaving]


class Person:
    """Answers each prompt with the next line of a script, and remembers what was offered."""

    def __init__(self, *script: Said) -> None:
        self._script = iter(script)
        self.offered: list[list[str]] = []
        self.defaults: list[object] = []
        self.complaints: list[str] = []
        self.texts: list[str] = []

    def _next(self, left: Left | None = None) -> str | set[str]:
        said = next(self._script, None)
        assert said is not None, f"nothing left to say; offered {self.offered[-1:]}"
        if isinstance(said, tuple):
            assert left is not None
            left(frozenset(said[0]))
            raise said[1]
        if isinstance(said, type):
            raise said
        return said

    def choose(self, text: tuple[str, ...], options: list[Option], default: str) -> str:
        self.texts.append("\n".join(text))
        self.offered.append([key for key, _ in options])
        self.defaults.append(default)
        said = self._next()
        assert isinstance(said, str)
        assert said in self.offered[-1], (said, options)
        return said

    def tick(
        self, text: tuple[str, ...], options: list[Option], ticked: frozenset[str], left: Left | None = None
    ) -> frozenset[str]:
        self.texts.append("\n".join(text))
        self.offered.append([key for key, _ in options])
        self.defaults.append(ticked)
        said = self._next(left)
        assert set(said) <= set(self.offered[-1]), (said, options)
        return frozenset(said)

    def write(self, text: tuple[str, ...], hint: str, complaint: Callable[[str], str], *, last: bool = False) -> str:
        assert not last
        self.texts.append("\n".join((*text, hint)))
        while True:
            said = self._next()
            assert isinstance(said, str)
            if not (why := complaint(said)):
                return said
            self.complaints.append(why)

    def left(self) -> Iterator[Said]:
        return self._script


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment(
        stdin=io.StringIO(),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
        today=TODAY,
        state=tmp_path / "state",
        asks=True,
        fixed_width=80,
    )


def said(environment: Environment) -> str:
    assert isinstance(environment.stderr, io.StringIO)
    return environment.stderr.getvalue()


def hold(
    environment: Environment, person: Person, given: Answers | None = None, as_of: date | None = AS_OF
) -> Interview:
    interview = Dialogue(environment, person, shipped()).hold(given or Answers(), as_of)
    assert list(person.left()) == []
    return interview


WORKER: list[Said] = ["yes", "flexible", {"personal_missed_si"}, ""]


def test_a_short_interview(environment: Environment) -> None:
    person = Person(*WORKER)
    interview = hold(environment, person)
    assert interview.answers["personal_missed_si"] is True
    assert interview.answers["cover_broken"] is False
    assert re.match(r"第 1 步 · 地点（一般还有 \d 到 1\d 步）", person.texts[0])
    assert "答案只存在这台电脑" in said(environment).replace("\n", "")
    assert all("为什么问：" in text for text in person.texts[:3])
    text = said(environment)
    assert "核对答案" in text
    assert "1. 注册、经营或有项目在东城区：是" in text
    assert "3. 个人：因疫情没有缴成本人2020年1月或2月的社会保险费" in text


def test_not_known_is_always_an_answer_and_the_default_where_a_stray_enter_would_harm(environment: Environment) -> None:
    person = Person("?", "resident", set(), "")
    interview = hold(environment, person)
    assert interview.answers["in_dongcheng"] is UNKNOWN
    assert all(offered[-1] in ("?", "?rest") for offered in person.offered)
    assert person.defaults[:2] == ["?", "?"]


def test_some_of_the_rest_may_be_unknown(environment: Environment) -> None:
    person = Person("yes", "flexible", {"retiring", "?rest"}, {"cover_broken"}, "")
    given = hold(environment, person).answers
    assert (given["retiring"], given["cover_broken"], given["covid_patient"]) == (True, UNKNOWN, False)
    assert "（不清楚：因换工作单位等原因中断了医保关系）" in said(environment).replace("\n", "")


def test_all_the_rest_may_be_unknown_at_once(environment: Environment) -> None:
    person = Person("yes", "flexible", {"retiring", "?rest"}, {"?all"}, "")
    given = hold(environment, person).answers
    assert person.offered[-1][0] == "?all"
    assert (given["retiring"], given["cover_broken"], given["covid_patient"]) == (True, UNKNOWN, UNKNOWN)


def test_a_single_fact_that_is_left_is_the_one_that_is_not_known(environment: Environment) -> None:
    person = Person("yes", "flexible", KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        hold(environment, person)
    facts = {"personal_missed_si", "personal_cover_overdue", "cover_broken", "retiring", "covid_patient"}
    given = hold(environment, Person("on", {*facts, "?rest"}, "")).answers
    assert [fact for fact, value in given.items() if value is UNKNOWN] == ["frontline_medic"]


def test_back_from_which_are_unknown_returns_to_the_ticks(environment: Environment) -> None:
    person = Person("yes", "flexible", {"retiring", "?rest"}, Back, {"retiring"}, "")
    assert hold(environment, person).answers["retiring"] is True
    assert person.defaults[-1] == frozenset({"retiring"})


def test_a_topic_of_which_something_is_given_is_ticked_at_first(environment: Environment) -> None:
    person = Person({"carrier"}, {"partner_building"}, "")
    hold(environment, person, EIGHT.also(answers(employees=8, carrier=["building"], rent_cut_sme=True)))
    assert person.defaults[0] == frozenset({"carrier"})


def test_back_at_any_question_starts_from_what_was_answered(environment: Environment) -> None:
    person = Person("yes", "flexible", {"retiring"}, Back, Back, Back, "yes", "resident", {"covid_patient"}, "")
    interview = hold(environment, person)
    assert interview.answers["kind"] == "resident"
    assert interview.answers["retiring"] is False
    assert frozenset({"retiring"}) in person.defaults
    assert person.defaults.count("yes") == 1
    assert "flexible" in person.defaults
    assert "回到“个人”。" in said(environment)


def test_a_not_known_that_blocks_nearly_all_is_named_before_the_report(environment: Environment) -> None:
    nothing = Answers({fact: UNKNOWN for fact in shipped().facts if fact != "kind"} | {"in_dongcheng": True})
    hold(environment, Person("?", ""), nothing)
    assert "“身份”不清楚，有" in said(environment)
    hold(environment, Person("new", "no", ""))
    assert said(environment).count("不清楚，有") == 1


def test_back_at_the_first_question_says_so(environment: Environment) -> None:
    hold(environment, Person(Back, "no", ""))
    assert "已经是第一题了" in said(environment)


def test_the_date_is_asked_once_years_later_and_can_be_gone_back_to(environment: Environment) -> None:
    person = Person(Back, "other", Back, "other", "下周", "2020年2月20日", Back, "published", "no", "1", "today", "")
    interview = hold(environment, person, as_of=None)
    assert interview.as_of == TODAY
    assert person.complaints == ["看不懂这个日期，请写成 2020-02-20。"]
    assert "1. 评估日期：2020-02-13" in said(environment)


def test_in_time_the_date_is_not_asked(environment: Environment) -> None:
    in_time = replace(environment, today=AS_OF)
    assert hold(in_time, Person(Back, "no", ""), as_of=None).as_of == AS_OF


EIGHT = answers(in_dongcheng=True, kind="enterprise", industry="catering", impact="none")


def test_a_number_that_cannot_be_read_is_asked_again(environment: Environment) -> None:
    person = Person("-3", "八九个人", "8人", set(), "none", "")
    interview = hold(environment, person, EIGHT)
    assert interview.answers["employees"] == 8
    assert len(person.complaints) == 2
    assert "看不懂“-3”" in person.complaints[0]


@pytest.mark.parametrize("typed", ["八个人", "约8人", "8人左右", "大概八个"])
def test_a_number_in_words_or_not_exact(environment: Environment, typed: str) -> None:
    assert hold(environment, Person(typed, set(), "none", ""), EIGHT).answers["employees"] == 8
    assert "从业人员：8 人" in said(environment)


@pytest.mark.parametrize(
    ("script", "employees"),
    [
        (["120万", "meant"], 120),
        (["120万", "same"], 1_200_000),
        (["120万", "again", "120"], 120),
        (["120万", Back, "120"], 120),
    ],
)
def test_what_is_most_likely_a_slip_is_asked_about(
    environment: Environment, script: list[Said], employees: int
) -> None:
    given = answers(in_dongcheng=True, kind="enterprise", industry="catering", impact="none", revenue=100_000_000)
    person = Person(*script, set(), "none", "")
    assert hold(environment, person, given).answers["employees"] == employees
    assert "1,200,000 人，少见。是不是写错了？" in person.texts[1]
    assert person.offered[0] == ["again", "meant", "same"]
    assert person.defaults[0] == "again"


@pytest.mark.parametrize(
    ("script", "founded"),
    [
        (["2017年"], Year(2017)),
        (["2014"], Year(2014)),
        (["2015年", "again", "2015-03-01"], date(2015, 3, 1)),
        (["2015年", Back, "2015-03"], Month(2015, 3)),
        (["2015年", "same"], Year(2015)),
        (["2015-02", "again", "2015-02-20"], date(2015, 2, 20)),
    ],
)
def test_a_year_or_a_month_is_enough_where_its_days_agree(
    environment: Environment, script: list[Said], founded: object
) -> None:
    person = Person({"trade"}, {"zgc_hightech"}, *script, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        hold(environment, person, EIGHT.also(answers(employees=8)))
    draft = load_draft(environment.state, shipped())
    assert draft is not None
    assert draft.interview.answers["founded"] == founded
    assert any("里面的日子结果不一样" in text for text in person.texts) is (len(script) > 1)


def test_an_empty_line_is_not_known(environment: Environment) -> None:
    assert hold(environment, Person("", "", set(), "none", ""), EIGHT).answers["employees"] is UNKNOWN


def test_a_long_list_ends_with_not_known_and_starts_on_it(environment: Environment) -> None:
    person = Person("", "?", "", {"care"}, set(), "?", "")
    hold(environment, person, answers(in_dongcheng=True, kind="enterprise", impact="none"))
    assert person.offered[0][-1] == person.defaults[0] == "?"


@pytest.mark.parametrize(
    ("typed", "industry"),
    [
        (["理发"], "services"),
        (["开超市的"], "retail"),
        (["Restaurant"], "catering"),
        (["不清楚"], UNKNOWN),
        (["火星", "旅行"], "business_services"),
        (["服务", "services"], "services"),
        (["服务", "?"], UNKNOWN),
    ],
)
def test_a_word_leads_to_a_choice_of_a_long_list(environment: Environment, typed: list[str], industry: object) -> None:
    person = Person(*typed, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        hold(environment, person, answers(in_dongcheng=True, kind="enterprise", impact="none"))
    draft = load_draft(environment.state, shipped())
    assert draft is not None
    assert draft.interview.answers["industry"] == industry
    assert person.complaints == (["没有找到“火星”。换一个词，或者直接回车看全部。"] if typed[0] == "火星" else [])
    if typed[0] == "服务":
        assert 2 < len(person.offered[0]) < 10


def test_nothing_ticked_of_all_topics_is_asked_about_once_more(environment: Environment) -> None:
    person = Person("8", set(), "again", {"care"}, set(), "")
    interview = hold(environment, person, EIGHT)
    assert [screen.page for screen in interview.screens] == ["employees", "topics", "care"]


def test_the_last_step_is_called_so(environment: Environment) -> None:
    given = answers(
        in_dongcheng=True, kind="enterprise", industry="catering", employees=8, impact="severe", tax_difficulty=True
    )
    person = Person({"premises"}, {"inspection_fee_payer"}, {"?rest"}, {"city_admin_fee"}, "", "3万", "", "")
    hold(environment, person, given)
    counts = [text.partition("（")[2].partition("）")[0] for text in person.texts if text.startswith("第 ")]
    assert counts[-2:] == ["大约还有 2 步", "最后一步"]


def test_any_answer_can_be_changed_before_the_report(environment: Environment) -> None:
    person = Person("8", set(), "none", "99", "x", "5", "12", "")
    interview = hold(environment, person, EIGHT)
    assert interview.answers["employees"] == 12
    assert any("修改 · 规模" in text and "现在是 8 人，直接回车不改" in text for text in person.texts)
    assert len(person.complaints) == 2


def test_an_empty_line_keeps_what_was_written_before(environment: Environment) -> None:
    person = Person("8", Back, "", set(), "none", "")
    assert hold(environment, person, EIGHT).answers["employees"] == 8


def test_given_answers_can_be_checked_and_changed_too(environment: Environment) -> None:
    person = Person("8", set(), Back, set(), "none", "3", Back, "3", "", "retail", "")
    assert hold(environment, person, EIGHT).answers["industry"] == "retail"
    assert "1. 注册、经营或有项目在东城区：是" in said(environment)


def test_a_change_that_opens_questions_says_so_and_asks_them(environment: Environment) -> None:
    person = Person("yes", "resident", set(), "2", "flexible", "yes", "")
    interview = hold(environment, person)
    assert interview.answers["personal_missed_si"] is True
    assert "按您的修改，还要再问几题" in said(environment)


def test_back_while_changing_leaves_the_answer(environment: Environment) -> None:
    person = Person("8", set(), "none", "5", Back, "")
    assert hold(environment, person, EIGHT).answers["employees"] == 8


def test_back_from_the_check_asks_the_last_question_again(environment: Environment) -> None:
    person = Person("8", {"care"}, {"frontline_medics"}, Back, set(), "")
    assert hold(environment, person, EIGHT).answers["frontline_medics"] is False


def test_topics_can_be_changed(environment: Environment) -> None:
    person = Person("8", {"care"}, set(), "6", {"carrier"}, {"building", "?"}, set(), "")
    interview = hold(environment, person, EIGHT)
    assert interview.answers["carrier"] is UNKNOWN
    assert frozenset({"care"}) in person.defaults
    assert "相关方面：出租给企业" in said(environment)


def test_several_choices_and_back_among_them(environment: Environment) -> None:
    person = Person("8", {"carrier"}, Back, Back, "8", {"carrier"}, {"makerspace"}, Back, {"makerspace"}, "yes", "")
    interview = hold(environment, person, EIGHT)
    assert interview.answers["carrier"] == frozenset({"makerspace"})
    assert frozenset({"makerspace"}) in person.defaults


def test_complete_answers_need_no_conversation(environment: Environment) -> None:
    assert hold(environment, Person(), answers(in_dongcheng=False)).screens == ()


def test_a_draft_is_saved_after_each_answer_and_offered_again(environment: Environment) -> None:
    with pytest.raises(KeyboardInterrupt):
        hold(environment, Person("yes", "flexible", KeyboardInterrupt))
    draft = load_draft(environment.state, shipped())
    assert draft is not None
    assert dict(draft.interview.answers) == {"in_dongcheng": True, "kind": "flexible"}
    person = Person(Back, "on", {"retiring"}, "")
    assert hold(environment, person).answers["retiring"] is True
    assert person.texts[0] == "上次的答案还在（2026-11-24，答了 2 题）。"
    assert "评估日期：2020-02-20" in said(environment)


TICKED: dict[str, tuple[list[Said], Answers | None, frozenset[str]]] = {
    "a page": (["yes", "flexible", ({"retiring"}, KeyboardInterrupt)], None, frozenset({"retiring"})),
    "a page with something not known": (
        ["yes", "flexible", ({"retiring", "?rest"}, KeyboardInterrupt)],
        None,
        frozenset({"retiring"}),
    ),
    "which are not known": (
        ["yes", "flexible", {"retiring", "?rest"}, ({"covid_patient"}, KeyboardInterrupt)],
        None,
        frozenset({"retiring", "?rest"}),
    ),
    "the topics": (["8", ({"carrier"}, KeyboardInterrupt)], EIGHT, frozenset({"carrier"})),
    "several choices": (["8", {"carrier"}, ({"building"}, KeyboardInterrupt)], EIGHT, frozenset({"building"})),
    "several choices that are not known": (["8", {"carrier"}, ({"?"}, KeyboardInterrupt)], EIGHT, frozenset({"?"})),
}


@pytest.mark.parametrize(("script", "given", "ticked"), list(TICKED.values()), ids=list(TICKED))
def test_ticks_of_a_page_that_was_left_are_there_again(
    environment: Environment, script: list[Said], given: Answers | None, ticked: frozenset[str]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        hold(environment, Person(*script), given)
    person = Person("on", KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        hold(environment, person, given)
    assert person.defaults[-1] == ticked


def test_a_page_begun_at_the_first_question_is_worth_keeping(environment: Environment) -> None:
    given = answers(in_dongcheng=True, kind="flexible")
    with pytest.raises(KeyboardInterrupt):
        hold(environment, Person(({"retiring"}, KeyboardInterrupt)), given)
    person = Person("on", {"retiring"}, "")
    assert hold(environment, person, given).answers["retiring"] is True
    assert person.defaults[-1] == frozenset({"retiring"})


def test_ticks_of_a_page_that_one_goes_back_from_are_there_again(environment: Environment) -> None:
    person = Person("yes", "flexible", ({"retiring"}, Back), "flexible", {"retiring"}, "")
    hold(environment, person)
    assert person.defaults[-1] == frozenset({"retiring"})


def test_a_draft_left_for_a_new_start_is_put_aside(environment: Environment) -> None:
    with pytest.raises(KeyboardInterrupt):
        hold(environment, Person("yes", "flexible", KeyboardInterrupt))
    assert hold(environment, Person("new", "no", "")).answers["in_dongcheng"] is False
    assert "原来的草稿留在" in said(environment)
    assert '"flexible"' in (environment.state / "draft.old.json").read_text(encoding="utf-8")


def test_what_is_given_now_goes_before_the_draft(environment: Environment) -> None:
    with pytest.raises(KeyboardInterrupt):
        hold(environment, Person("yes", "flexible", KeyboardInterrupt))
    interview = hold(environment, Person("on", {"covid_patient"}, ""), answers(kind="resident"))
    assert interview.answers["kind"] == "resident"


def test_a_draft_from_an_older_catalogue_names_what_it_lost(environment: Environment) -> None:
    with pytest.raises(KeyboardInterrupt):
        hold(environment, Person("yes", "flexible", KeyboardInterrupt))
    file = environment.state / "draft.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"flexible"', '"gig_worker"'), encoding="utf-8")
    assert hold(environment, Person("on", "resident", set(), "")).answers["kind"] == "resident"
    assert "草稿里有 1 个答案在现在的目录里用不上" in said(environment)
    assert "gig_worker" in said(environment)
    assert "gig_worker" in (environment.state / "draft.old.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ['{"schema": 2}', "[", '{"schema": 1, "screens": "x"}'])
def test_a_draft_that_cannot_be_read_is_put_aside_not_written_over(environment: Environment, content: str) -> None:
    environment.state.mkdir()
    (environment.state / "draft.json").write_text(content, encoding="utf-8")
    hold(environment, Person("no", ""))
    assert (environment.state / "draft.old.json").read_text(encoding="utf-8") == content


def test_all_topics_ticked_stay_ticked_on_the_way_back(environment: Environment) -> None:
    every = {topic.key for topic in shipped().topics}
    person = Person("8", every, Back, {"care"}, set(), "6", {"care"}, "")
    hold(environment, person, EIGHT)
    assert person.defaults.count(frozenset(every)) == 1
    assert person.defaults.count(frozenset({"care"})) == 1


def test_a_home_that_cannot_be_written_is_said_once_and_costs_nothing(environment: Environment) -> None:
    environment.state.write_text("a file where a folder should be", encoding="utf-8")
    interview = hold(environment, Person(*WORKER))
    assert interview.answers["personal_missed_si"] is True
    assert said(environment).count("草稿存不了") == 1


def lines(environment: Environment, text: str) -> LinePrompter:
    return LinePrompter(replace(environment, stdin=io.StringIO(text)))


OPTIONS = [("a", "甲"), ("b", "乙"), ("c", "丙")]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("2\n", "b"), ("\n", "c"), ("9\n0\n１\n", "a"), ("b\n", Back), ("返回\n", Back), ("x\n2 3\n3\n", "c")],
)
def test_choosing_line_by_line(environment: Environment, typed: str, chosen: object) -> None:
    assert answer_or_back(lambda: lines(environment, typed).choose(("问",), OPTIONS, "c")) == chosen
    assert "直接回车为“丙”" in said(environment)


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [
        ("1 3\n", {"a", "c"}),
        ("1、2\n", {"a", "b"}),
        ("1，３\n", {"a", "c"}),
        ("\n", {"a"}),
        ("0\n", set()),
        ("7\n2\n", {"b"}),
        ("B\n", Back),
    ],
)
def test_ticking_line_by_line(environment: Environment, typed: str, ticked: object) -> None:
    assert answer_or_back(lambda: lines(environment, typed).tick(("问",), OPTIONS, frozenset({"a"}))) == ticked
    assert "直接回车保持已勾的；0 为都没有" in said(environment)


def test_nothing_ticked_line_by_line(environment: Environment) -> None:
    assert lines(environment, "\n").tick((), OPTIONS, frozenset()) == frozenset()
    assert "直接回车为“都没有”" in said(environment)


def test_writing_line_by_line(environment: Environment) -> None:
    def complaint(text: str) -> str:
        return "" if text == "好" else "不好"

    assert lines(environment, "坏\n 好 \n").write(("问",), "写", complaint) == "好"
    with pytest.raises(Back):
        lines(environment, "b\n").write(("问",), "写", complaint)
    assert said(environment).startswith("问\n写；b 返回上一题：不好\n写")


def test_an_input_that_ends_is_a_person_who_left(environment: Environment) -> None:
    with pytest.raises(KeyboardInterrupt):
        lines(environment, "").choose((), OPTIONS, "a")


def test_lines_where_menus_cannot_be_shown(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(prompter(environment, plain=False), LinePrompter)
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(prompter(environment, plain=True), LinePrompter)
    assert not isinstance(prompter(environment, plain=False), LinePrompter)


def test_going_back_is_saved(environment: Environment) -> None:
    """Whoever goes back and stops there finds, when they go on, that question open: not the answer taken back."""
    with pytest.raises(KeyboardInterrupt):
        hold(environment, Person("yes", "enterprise", Back, KeyboardInterrupt))
    draft = load_draft(environment.state, shipped())
    assert draft is not None
    assert dict(draft.interview.answers) == {"in_dongcheng": True}


def test_esc_on_the_check_page_deletes_nothing_that_it_does_not_ask(environment: Environment) -> None:
    """The last answer settles nothing any more: Esc asks it as a change, and leaves it be when left with Esc again."""
    screens = (Screen("scope", {"in_dongcheng": False}), Screen("kind", {"kind": "enterprise"}))
    save_draft(environment.state, Interview(shipped(), AS_OF, Answers(), screens), AS_OF)
    held = hold(environment, Person("on", Back, Back, ""))
    assert held.screens == screens
    held = hold(environment, Person("on", Back, "sole_trader", ""))
    assert held.answers["kind"] == "sole_trader"


Saved = dict[str, Any]


def topics(offered: list[str], ticked: list[str]) -> Saved:
    return {"page": "topics", "answers": {}, "offered": offered, "ticked": ticked}


def page(name: str, **answers: object) -> Saved:
    return {"page": name, "answers": answers, "offered": [], "ticked": []}


# How drafts may be that no version of the program wrote so.
SPOILT: dict[str, Callable[[Saved], Saved]] = {
    "pages in reverse": lambda draft: {**draft, "steps": draft["steps"][::-1]},
    "the topics first": lambda draft: {**draft, "steps": [topics(["trade"], ["trade"]), *draft["steps"]]},
    "the topics twice": lambda draft: {**draft, "steps": [topics(["trade"], []), topics(["trade"], ["trade"])]},
    "topics of none": lambda draft: {**draft, "steps": [*draft["steps"], topics([], ["trade"])]},
    "a page twice": lambda draft: {**draft, "steps": draft["steps"] * 2},
    "a page that is none": lambda draft: {**draft, "steps": [page("x"), page(""), *draft["steps"]]},
    "answers of another page": lambda draft: {**draft, "steps": [page("scope", employees=5, landlord=True)]},
    "a last page alone": lambda draft: {**draft, "steps": draft["steps"][-1:]},
    "a page begun that is answered": lambda draft: {**draft, "begun": draft["steps"][0]},
    "topics begun that are answered": lambda draft: {**draft, "begun": topics(["trade", "x"], ["x"])},
    "of year 1": lambda draft: {**draft, "as_of": "0001-01-01"},
    "saved in year 1": lambda draft: {**draft, "saved": "0001-01-01"},
    "of the last year there is": lambda draft: {**draft, "as_of": "9999-12-31"},
    "saved in the last year there is": lambda draft: {**draft, "saved": "9999-12-31"},
    "of a day that is none": lambda draft: {**draft, "as_of": "2020-02-30"},
    "founded in year 1": lambda draft: {**draft, "given": {"founded": "0001-01-01"}},
    "founded after the day": lambda draft: {**draft, "given": {"founded": "2100-01-01"}},
    "answers of every kind that are none": lambda draft: {
        **draft,
        "steps": [page("scope", in_dongcheng={"a": [1e400]})],
    },
}


class Hurried:
    """Goes back some times, changes some pages at the end, and otherwise answers with what is there already."""

    def __init__(self, backs: int, changes: list[str]) -> None:
        self._backs, self._changes = backs, changes

    def _back(self) -> None:
        if self._backs:
            self._backs -= 1
            raise Back

    def choose(self, _text: tuple[str, ...], options: list[Option], default: str) -> str:
        keys = dict(options)
        if "on" not in keys:
            self._back()
        return "none" if "none" in keys else default

    def tick(
        self, _text: tuple[str, ...], options: list[Option], ticked: frozenset[str], _left: Left | None = None
    ) -> frozenset[str]:
        self._back()
        return ticked & dict(options).keys()

    def write(self, _text: tuple[str, ...], _hint: str, complaint: Callable[[str], str], *, last: bool = False) -> str:
        assert not last
        self._back()
        typed = self._changes.pop(0) if self._changes else ""
        return "" if complaint(typed) else typed


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
@pytest.mark.parametrize(("backs", "changes"), [(0, []), (12, []), (0, ["1", "3", "5"])])
def test_a_draft_however_spoilt_is_gone_on_with(
    environment: Environment, backs: int, changes: list[str], spoilt: Callable[[Saved], Saved]
) -> None:
    screens = (Screen("scope", {"in_dongcheng": True}), Screen("kind", {"kind": "enterprise"}))
    save_draft(environment.state, Interview(shipped(), AS_OF, answers(employees=12), screens), TODAY)
    (path,) = environment.state.iterdir()
    path.write_text(json.dumps(spoilt(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    interview = Dialogue(environment, Hurried(backs, changes), shipped()).hold(Answers(), AS_OF)
    assert interview.question() is None
