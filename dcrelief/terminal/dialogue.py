"""Leads a person through the interview: asks, goes back, resumes a draft, and has the answers checked."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from dcrelief.errors import DcreliefError
from dcrelief.files.complaints import complaint_about
from dcrelief.files.drafts import NAME, Draft, load_draft, save_draft, shelve_draft
from dcrelief.language import _, later
from dcrelief.rules.facts import UNKNOWN, Answers, BadValue, Fact, Value
from dcrelief.rules.interview import TOPICS, Interview, Question, Screen
from dcrelief.rules.kinds import kind_of, read
from dcrelief.rules.kinds.date_kind import read_day
from dcrelief.rules.model import Catalogue
from dcrelief.rules.reasons import Explainer
from dcrelief.terminal.cjk import wrap
from dcrelief.terminal.console import Environment
from dcrelief.terminal.prompts import Back, Prompter

_UNKNOWN, _REST = "?", "?rest"
_LONG_LIST = 9
_MOST_LOST = 3
_DRAFT_KEPT, _DRAFT_UNREAD = later("原来的草稿留在 {path}。"), later("以前的草稿这一版读不了，留在 {path}。")


class Dialogue:
    """One run of the interview with one person."""

    def __init__(self, environment: Environment, prompter: Prompter, catalogue: Catalogue) -> None:
        self._environment = environment
        self._prompter = prompter
        self._catalogue = catalogue
        self._words = catalogue.words
        self._explainer = Explainer(catalogue.facts, catalogue.words)
        self._draft_fails = False
        # What was answered on a screen before the person went back: the screen starts from it when it comes again.
        self._before: dict[str, Screen] = {}

    def hold(self, given: Answers, as_of: date | None) -> Interview:
        """The finished interview. as_of None: the person says for which date. Ctrl-C raises KeyboardInterrupt."""
        interview = self._resumed(given, as_of)
        if interview is None:
            interview = Interview(self._catalogue, as_of or self._environment.today, given)
            if as_of is None:
                interview = self._dated(interview)
        asks_date = as_of is None
        while True:
            question = interview.question()
            if question is None:
                done, interview = self._checked(interview, asks_date)
                if done:
                    return interview
                continue
            number, left = len(interview.screens) + 1, interview.at_most_left()
            where = self._words("interview.progress", number=number, title=question.page.title, left=left)
            screen = self._asked(interview, question, where, self._before.get(question.page.key))
            if isinstance(screen, Back):
                interview = self._back(interview, asks_date)
            else:
                interview = interview.answered(screen)
                self._save(interview)
                self._echo(screen)

    # ---- before the first question -------------------------------------------------------------------------------

    def _resumed(self, given: Answers, as_of: date | None) -> Interview | None:
        """The interview of the draft, if there is one and the person wants it; what is given now goes first."""
        fresh = Interview(self._catalogue, as_of or self._environment.today, given)
        if fresh.question() is None:
            return None
        draft = load_draft(self._environment.state, self._catalogue)
        if draft is None or draft.lost:  # what cannot be taken over whole must not be written over
            self._shelve(_DRAFT_UNREAD if draft is None else _DRAFT_KEPT)
        if draft is None or not draft.interview.screens:
            return None
        text = (_("上次的答案还在（{when}，答了 {count} 题）。", when=draft.saved, count=len(draft.interview.screens)),)
        options = [("on", _("接着上次的")), ("new", _("重新开始"))]
        while isinstance(picked := self._prompter.choose(text, options, "on"), Back):
            self._say(_("已经是第一题了。"))
        if picked == "on":
            return self._taken_over(draft, given, as_of)
        self._shelve(_DRAFT_KEPT)
        return None

    def _shelve(self, message: str) -> None:
        kept = shelve_draft(self._environment.state)
        if kept is not None:
            self._say(_(message, path=kept))

    def _taken_over(self, draft: Draft, given: Answers, as_of: date | None) -> Interview:
        if draft.lost:
            lost = self._words("value.also").join(draft.lost[:_MOST_LOST])
            self._say(
                _(
                    "草稿里有 {count} 个答案在现在的目录里用不上，没有带过来，如：{lost}",
                    count=len(draft.lost),
                    lost=lost,
                )
            )
        interview = draft.interview.given_also(given)
        interview = interview if as_of is None else interview.on(as_of)
        self._save(interview)
        self._answered(self._words("interview.as_of_title"), str(interview.as_of))
        for screen in interview.screens:
            self._echo(screen)
        return interview

    def _dated(self, interview: Interview) -> Interview:
        """The interview for the date the person wants; asked only when today lies after the catalogue's last day."""
        policy, today, words = self._catalogue.policy, self._environment.today, self._words
        if today <= policy.confirmed_until:
            return interview
        why = words("interview.as_of_why", published=policy.published, confirmed=policy.confirmed_until)
        text = (words("interview.as_of"), words("interview.why", why=why))
        options = [
            ("today", words("interview.as_of_today", today=today)),
            ("published", words("interview.as_of_published", published=policy.published)),
            ("other", words("interview.as_of_other")),
        ]
        picked = self._prompter.choose(text, options, "today")
        days = {"today": today, "published": policy.published}
        if picked == "other":
            written = self._prompter.write((words("interview.as_of_which"),), words("hint.as_of"), self._no_day)
            if isinstance(written, Back):
                return self._dated(interview)
            days["other"] = self._day(written) or today
        if isinstance(picked, Back):
            self._say(_("已经是第一题了。"))
            return self._dated(interview)
        self._answered(words("interview.as_of_title"), str(days[picked]))
        return interview.on(days[picked])

    def _no_day(self, written: str) -> str:
        return "" if self._day(written) is not None else _("看不懂这个日期，请写成 2020-02-20。")

    def _day(self, written: str) -> date | None:
        return read_day(written, self._catalogue.tokens.months)

    # ---- one question --------------------------------------------------------------------------------------------

    def _asked(self, interview: Interview, question: Question, where: str, before: Screen | None) -> Screen | Back:
        """One screen, answered; where: how far one is; before: how it was answered earlier, to start from."""
        if question.topics:
            ticked = frozenset(before.ticked) if before else interview.touched()
            return self._topics(interview, question, where, ticked)
        values = self._values(interview, question, where, before.answers if before else {})
        return values if isinstance(values, Back) else Screen(question.page.key, values)

    def _values(
        self, interview: Interview, question: Question, where: str, before: Mapping[str, Value]
    ) -> dict[str, Value] | Back:
        if len(question.facts) > 1:
            return self._ticks(question, where, before)
        fact = question.facts[0]
        asked = fact.question or self._words("interview.is_it", label=fact.label)
        text = self._text(where, asked, fact.why or question.page.why)
        match kind_of(fact).asked:
            case "tick":
                return self._several(fact, text, before)
            case "choose":
                return self._choice(fact, text, before)
            case "write":
                return self._written(fact, text, interview.as_of, before)

    def _text(self, where: str, question: str, why: str) -> tuple[str, ...]:
        return (where, question, *((self._words("interview.why", why=why),) if why else ()))

    def _topics(self, interview: Interview, question: Question, where: str, ticked: frozenset[str]) -> Screen | Back:
        words = self._words
        options = [(topic.key, topic.label) for topic in question.topics]
        answer = self._prompter.tick(self._text(where, question.page.question, question.page.why), options, ticked)
        if isinstance(answer, Back):
            return answer
        if not answer:  # whoever moves and presses Enter means to choose: so nothing at all is asked about once more
            sure = [("again", words("interview.none_again")), ("none", words("value.none"))]
            picked = self._prompter.choose((words("interview.none_ticked"),), sure, "again")
            if picked != "none":
                return self._topics(interview, question, where, ticked)
        return interview.topics_screen(question, answer)

    def _ticks(self, question: Question, where: str, before: Mapping[str, Value]) -> dict[str, Value] | Back:
        page, words = question.page, self._words
        facts = [(fact.id, fact.label) for fact in question.facts]
        yes = frozenset(fact for fact, value in before.items() if value is True)
        rest = frozenset({_REST} if UNKNOWN in before.values() else ())
        options = [*facts, (_REST, words("interview.rest_unknown"))]
        ticked = self._prompter.tick(self._text(where, page.question, page.why), options, yes | rest)
        if isinstance(ticked, Back):
            return ticked
        unknown: frozenset[str] = frozenset()
        others = [(fact, label) for fact, label in facts if fact not in ticked]
        if _REST in ticked and others:
            at_first = frozenset(fact for fact, value in before.items() if value is UNKNOWN)
            picked = self._prompter.tick((where, words("interview.which_unknown")), others, at_first)
            if isinstance(picked, Back):
                now = {fact: fact in ticked or (UNKNOWN if fact in at_first else False) for fact, _ in facts}
                return self._ticks(question, where, now)
            unknown = picked
        return {fact: UNKNOWN if fact in unknown else fact in ticked for fact, _ in facts}

    def _several(self, fact: Fact, text: tuple[str, ...], before: Mapping[str, Value]) -> dict[str, Value] | Back:
        options = [*((choice.key, choice.label) for choice in fact.choices), (_UNKNOWN, self._words("value.unknown"))]
        value = before.get(fact.id)
        ticked = value if isinstance(value, frozenset) else frozenset({_UNKNOWN} if value is UNKNOWN else ())
        answer = self._prompter.tick(text, options, ticked)
        if isinstance(answer, Back):
            return answer
        return {fact.id: UNKNOWN if _UNKNOWN in answer else answer}

    def _choice(self, fact: Fact, text: tuple[str, ...], before: Mapping[str, Value]) -> dict[str, Value] | Back:
        words = self._words
        offered = kind_of(fact).options(fact, words)
        values: dict[str, Value] = {key: value for key, _, value in offered} | {_UNKNOWN: UNKNOWN}
        options = [(key, label) for key, label, _ in offered]
        # "Not known" is where the menu starts, since a stray Enter must not answer for the person; so in a long list,
        # whose end may lie below the window, it stands first.
        options.insert(len(options) if len(options) < _LONG_LIST else 0, (_UNKNOWN, words("value.unknown")))
        default = next((key for key, value in values.items() if before.get(fact.id) == value), _UNKNOWN)
        answer = self._prompter.choose(text, options, default)
        return answer if isinstance(answer, Back) else {fact.id: values[answer]}

    def _written(
        self, fact: Fact, text: tuple[str, ...], as_of: date, before: Mapping[str, Value]
    ) -> dict[str, Value] | Back:
        def value_of(written: str) -> Value | BadValue:
            return read(fact, written, as_of, self._catalogue.tokens)

        def complaint(written: str) -> str:
            value = value_of(written)
            return complaint_about(value, self._words) if isinstance(value, BadValue) else ""

        words, now = self._words, before.get(fact.id, UNKNOWN)
        hint = words(f"hint.{fact.kind}", unit=fact.unit)
        if now is UNKNOWN:
            hint += words("interview.empty_unknown")
        else:
            hint += words("interview.empty_keeps", value=self._explainer.show(fact, now))
        answer = self._prompter.write(text, hint, complaint)
        if isinstance(answer, Back):
            return answer
        value = value_of(answer) if answer else now
        assert not isinstance(value, BadValue)
        return {fact.id: value}

    def _back(self, interview: Interview, asks_date: bool) -> Interview:
        if interview.screens:
            last = interview.screens[-1]
            self._before[last.page] = last
            title = self._summary(last)[0]
            self._say(_("回到“{title}”。", title=title))
            return interview.back()
        if asks_date and self._environment.today > self._catalogue.policy.confirmed_until:
            return self._dated(interview)
        self._say(_("已经是第一题了。"))
        return interview

    # ---- check your answers --------------------------------------------------------------------------------------

    def _checked(self, interview: Interview, asks_date: bool) -> tuple[bool, Interview]:
        """Whether the person lets the answers stand, and the interview with what they changed."""
        if not interview.screens:
            return True, interview
        words = self._words
        self._environment.err().print()
        self._say(words("interview.check_title"), "cyan")
        changes: list[Callable[[], Interview]] = []
        if asks_date:
            changes.append(lambda: self._dated(interview))
            self._numbered(1, words("interview.as_of_title"), str(interview.as_of))
        for screen in interview.given_screens():
            changes.append(partial(self._given_changed, interview, screen))
            self._numbered(len(changes), *self._summary(screen))
        for place, screen in enumerate(interview.screens):
            changes.append(partial(self._changed, interview, place))
            self._numbered(len(changes), *self._summary(screen))

        def complaint(written: str) -> str:
            fine = not written or (written.isdecimal() and 1 <= int(written) <= len(changes))
            return "" if fine else _("请输入 1 到 {most} 之间的序号，或直接回车。", most=len(changes))

        self._say_what_blocks(interview)
        answer = self._prompter.write((words("interview.check"),), words("interview.check_hint"), complaint)
        if isinstance(answer, Back):
            return False, self._back(interview, asks_date)
        if not answer:
            return True, interview
        changed = changes[int(answer) - 1]()
        self._save(changed)
        if changed.question() is not None:
            self._say(words("interview.more_after_change"))
        return False, changed

    def _say_what_blocks(self, interview: Interview) -> None:
        """Says which "not known" most of all there is waits for, if one does."""
        for fact, count in interview.blocking().items():
            label = self._catalogue.fact_label(fact)
            self._say(self._words("interview.blocked", label=label, count=count), "yellow")

    def _changed(self, interview: Interview, place: int) -> Interview:
        question = interview.earlier(place)
        screen = self._asked(interview, question, self._changing(question), interview.screens[place])
        return interview if isinstance(screen, Back) else interview.changed(place, screen)

    def _given_changed(self, interview: Interview, screen: Screen) -> Interview:
        question = interview.question_of(screen)
        again = self._asked(interview, question, self._changing(question), screen)
        return interview if isinstance(again, Back) else interview.given_also(again.answers)

    def _changing(self, question: Question) -> str:
        return self._words("interview.changing", title=question.page.title)

    def _summary(self, screen: Screen) -> tuple[str, str]:
        """What was answered on one screen: a label and the answer."""
        words, catalogue = self._words, self._catalogue
        if screen.page == TOPICS:
            titles = {page.topic: page.title for page in catalogue.pages}
            named = [titles[topic] for topic in screen.ticked]
            return words("interview.topics_title"), words("value.separator").join(named) or words("value.none")
        facts = [catalogue.facts[fact] for fact in screen.answers]
        if len(facts) == 1:
            return facts[0].label, self._explainer.show(facts[0], screen.answers[facts[0].id])
        yes = [fact.label for fact in facts if screen.answers[fact.id] is True]
        unknown = [fact.label for fact in facts if screen.answers[fact.id] is UNKNOWN]
        answer = words("value.also").join(yes) or words("value.none")
        if unknown:
            answer += words("interview.unknown_of", facts=words("value.also").join(unknown))
        title = next(page.title for page in catalogue.pages if page.key == screen.page)
        return title, answer

    # ---- saying and saving ---------------------------------------------------------------------------------------

    def _echo(self, screen: Screen) -> None:
        self._answered(*self._summary(screen))

    def _answered(self, label: str, value: str) -> None:
        self._say(self._words("interview.answered", label=label, value=value), "green")

    def _numbered(self, number: int, label: str, value: str) -> None:
        text = self._words("interview.answered", label=label, value=value)
        for line in wrap(text, self._environment.width, f"{number:>3}. ", "     "):
            self._environment.err().print(line)

    def _say(self, text: str, style: str = "") -> None:
        for line in wrap(text, self._environment.width):
            self._environment.err().print(line, style=style or None)

    def _save(self, interview: Interview) -> None:
        if self._draft_fails:
            return
        try:
            save_draft(self._environment.state, interview, self._environment.today)
        except DcreliefError as error:
            self._draft_fails = True
            self._say(
                _(
                    "草稿存不了（{why}）。答题不受影响；要留下答案，请加 --save 文件名。",
                    why=error.message.rstrip("。."),
                ),
                "yellow",
            )

    @property
    def draft_saved(self) -> bool:
        """Whether what was answered is on disk."""
        return not self._draft_fails and (self._environment.state / NAME).is_file()
