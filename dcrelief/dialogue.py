"""Leads a person through the interview: asks, goes back, resumes a draft, and has the answers checked."""

from collections.abc import Callable, Mapping
from datetime import date

from dcrelief.console import Environment
from dcrelief.errors import DcreliefError
from dcrelief.files.drafts import Draft, load_draft, save_draft
from dcrelief.prompts import Back, Prompter
from dcrelief.report.cjk import wrap
from dcrelief.rules.catalogue import Catalogue
from dcrelief.rules.facts import UNKNOWN, Answers, BadValue, Fact, Value, read, read_day
from dcrelief.rules.interview import TOPICS, Interview, Question, Step
from dcrelief.rules.reasons import Explainer

_UNKNOWN_KEY, _REST = "?", "?rest"
_SHORT_LIST = 9


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
        self._before: dict[str, Mapping[str, Value]] = {}

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
            before = self._before.get(question.page.key, {})
            answer = self._asked(interview, question, len(interview.steps) + 1, before)
            if isinstance(answer, Back):
                interview = self._back(interview, asks_date)
            else:
                interview = interview.answered(question, answer)
                self._save(interview)
                self._echo(interview, interview.steps[-1])

    # ---- before the first question -------------------------------------------------------------------------------

    def _resumed(self, given: Answers, as_of: date | None) -> Interview | None:
        """The interview of the draft, if there is one and the person wants it; what is given now goes first."""
        fresh = Interview(self._catalogue, as_of or self._environment.today, given)
        draft = load_draft(self._environment.state, self._catalogue)
        if draft is None or not draft.interview.steps or fresh.question() is None:
            return None
        words = self._words
        self._say(words("interview.resume", when=draft.saved, count=len(draft.interview.steps)), "bold")
        options = [("on", words("interview.resume_on")), ("new", words("interview.resume_new"))]
        picked = self._prompter.choose(options, "on")
        if isinstance(picked, Back):
            self._say(words("interview.first"))
            return self._resumed(given, as_of)
        return self._taken_over(draft, given, as_of) if picked == "on" else None

    def _taken_over(self, draft: Draft, given: Answers, as_of: date | None) -> Interview:
        if draft.lost:
            self._say(self._words("interview.draft_lost", lost=self._words("value.also").join(draft.lost)))
        interview = draft.interview.given_also(given)
        interview = interview if as_of is None else interview.on(as_of)
        for step in interview.steps:
            self._echo(interview, step)
        return interview

    def _dated(self, interview: Interview) -> Interview:
        """The interview for the date the person wants; asked only when today lies after the catalogue's last day."""
        policy, today, words = self._catalogue.policy, self._environment.today, self._words
        if today <= policy.confirmed_until:
            return interview
        self._head(
            words("interview.as_of"),
            words("interview.as_of_why", published=policy.published, confirmed=policy.confirmed_until),
        )
        options = [
            ("today", words("interview.as_of_today", today=today)),
            ("published", words("interview.as_of_published", published=policy.published)),
            ("other", words("interview.as_of_other")),
        ]
        picked = self._prompter.choose(options, "today")
        days = {"today": today, "published": policy.published}
        if picked == "other":
            written = self._prompter.write(words("interview.as_of_which"), self._no_day, "")
            if isinstance(written, Back):
                return self._dated(interview)
            days["other"] = read_day(written) or today
        if isinstance(picked, Back):
            self._say(words("interview.first"))
            return self._dated(interview)
        self._answered(words("interview.as_of_title"), str(days[picked]))
        return interview.on(days[picked])

    def _no_day(self, written: str) -> str:
        return "" if read_day(written) is not None else self._words("interview.as_of_bad")

    # ---- one question --------------------------------------------------------------------------------------------

    def _asked(
        self, interview: Interview, question: Question, number: int, before: Mapping[str, Value]
    ) -> dict[str, Value] | Back:
        """The answers to one screen; before: what was answered to it earlier, to start from."""
        left = interview.at_most_left()
        self._environment.err().print()
        self._say(self._words("interview.progress", number=number, title=question.page.title, left=left), "cyan")
        if question.topics:
            return self._topics(interview, question, before)
        if len(question.facts) > 1:
            return self._ticks(question, before)
        fact = question.facts[0]
        self._head(fact.question or self._words("interview.is_it", label=fact.label), fact.why or question.page.why)
        if fact.kind == "several":
            return self._several(fact, before)
        if fact.kind in ("yes_no", "choice"):
            return self._choice(fact, before)
        return self._written(fact, interview.as_of, before)

    def _topics(self, interview: Interview, question: Question, before: Mapping[str, Value]) -> dict[str, Value] | Back:
        self._head(question.page.question, question.page.why)
        step = Step(TOPICS, before, tuple(topic.key for topic in question.topics))
        ticked = interview.ticked(step) if before else frozenset()
        answer = self._prompter.tick([(topic.key, topic.label) for topic in question.topics], ticked)
        return answer if isinstance(answer, Back) else interview.passed_over(question, answer)

    def _ticks(self, question: Question, before: Mapping[str, Value]) -> dict[str, Value] | Back:
        page, words = question.page, self._words
        self._head(page.question, page.why)
        facts = [(fact.id, fact.label) for fact in question.facts]
        yes = frozenset(fact for fact, value in before.items() if value is True)
        rest = frozenset({_REST} if UNKNOWN in before.values() else ())
        ticked = self._prompter.tick([*facts, (_REST, words("interview.rest_unknown"))], yes | rest)
        if isinstance(ticked, Back):
            return ticked
        unknown: frozenset[str] = frozenset()
        others = [(fact, label) for fact, label in facts if fact not in ticked]
        if _REST in ticked and others:
            self._head(words("interview.which_unknown"), "")
            picked = self._prompter.tick(others, frozenset(f for f, value in before.items() if value is UNKNOWN))
            if isinstance(picked, Back):
                return self._ticks(question, before)
            unknown = picked
        return {fact: UNKNOWN if fact in unknown else fact in ticked for fact, _ in facts}

    def _several(self, fact: Fact, before: Mapping[str, Value]) -> dict[str, Value] | Back:
        options = [
            *((choice.key, choice.label) for choice in fact.choices),
            (_UNKNOWN_KEY, self._words("value.unknown")),
        ]
        value = before.get(fact.id)
        ticked = value if isinstance(value, frozenset) else frozenset({_UNKNOWN_KEY} if value is UNKNOWN else ())
        answer = self._prompter.tick(options, ticked)
        if isinstance(answer, Back):
            return answer
        return {fact.id: UNKNOWN if _UNKNOWN_KEY in answer else answer}

    def _choice(self, fact: Fact, before: Mapping[str, Value]) -> dict[str, Value] | Back:
        words = self._words
        values: dict[str, Value] = {choice.key: choice.key for choice in fact.choices}
        options = [(choice.key, choice.label) for choice in fact.choices]
        if fact.kind == "yes_no":
            values = {"yes": True, "no": False}
            options = [("yes", words("value.yes")), ("no", words("value.no"))]
        values[_UNKNOWN_KEY] = UNKNOWN
        options.append((_UNKNOWN_KEY, words("value.unknown")))
        # A stray Enter must not answer for the person; only a long list starts at its top.
        start = options[-1 if len(options) <= _SHORT_LIST else 0][0]
        default = next((key for key, value in values.items() if before.get(fact.id) == value), start)
        answer = self._prompter.choose(options, default)
        return answer if isinstance(answer, Back) else {fact.id: values[answer]}

    def _written(self, fact: Fact, as_of: date, before: Mapping[str, Value]) -> dict[str, Value] | Back:
        def value_of(written: str) -> Value | BadValue:
            return read(fact, written, as_of, self._catalogue.tokens)

        def complaint(written: str) -> str:
            value = value_of(written)
            return str(value) if isinstance(value, BadValue) else ""

        value = before.get(fact.id, UNKNOWN)
        default = "" if value is UNKNOWN else self._explainer.show(fact, value)
        answer = self._prompter.write(self._words("interview.write_hint"), complaint, default)
        if isinstance(answer, Back):
            return answer
        read_value = value_of(answer)
        assert not isinstance(read_value, BadValue)
        return {fact.id: read_value}

    def _back(self, interview: Interview, asks_date: bool) -> Interview:
        if interview.steps:
            last = interview.steps[-1]
            self._before[last.page] = last.answers
            return interview.back()
        if asks_date and self._environment.today > self._catalogue.policy.confirmed_until:
            return self._dated(interview)
        self._say(self._words("interview.first"))
        return interview

    # ---- check your answers --------------------------------------------------------------------------------------

    def _checked(self, interview: Interview, asks_date: bool) -> tuple[bool, Interview]:
        """Whether the person lets the answers stand, and the interview with what they changed."""
        if not interview.steps:
            return True, interview
        words = self._words
        self._environment.err().print()
        self._say(words("interview.check_title"), "cyan")
        changes: list[Callable[[], Interview]] = []
        if asks_date:
            changes.append(lambda: self._dated(interview))
            self._numbered(1, words("interview.as_of_title"), str(interview.as_of))
        for place, step in enumerate(interview.steps):
            changes.append(lambda place=place: self._changed(interview, place))  # type: ignore[misc]
            self._numbered(len(changes), *self._summary(interview, step))
        self._say(words("interview.check"))

        def complaint(written: str) -> str:
            fine = not written or (written.isdecimal() and 1 <= int(written) <= len(changes))
            return "" if fine else words("interview.check_bad", most=len(changes))

        answer = self._prompter.write(words("interview.check_hint"), complaint, "")
        if isinstance(answer, Back):
            return False, self._back(interview, asks_date)
        if not answer:
            return True, interview
        changed = changes[int(answer) - 1]()
        self._save(changed)
        return False, changed

    def _changed(self, interview: Interview, place: int) -> Interview:
        question = interview.earlier(place)
        answer = self._asked(interview, question, place + 1, interview.steps[place].answers)
        if isinstance(answer, Back):
            return interview
        changed = interview.changed(place, question, answer)
        if changed.question() is not None:
            self._say(self._words("interview.more_after_change"))
        return changed

    def _summary(self, interview: Interview, step: Step) -> tuple[str, str]:
        """What was answered on one screen: a label and the answer."""
        words, catalogue = self._words, self._catalogue
        if step.page == TOPICS:
            ticked = interview.ticked(step)
            titles = {page.topic: page.title for page in catalogue.pages if page.topic in ticked}
            named = [titles[topic] for topic in step.offered if topic in titles]
            return words("interview.topics_title"), words("value.separator").join(named) or words("value.none")
        facts = [catalogue.facts[fact] for fact in step.answers]
        if len(facts) == 1:
            return facts[0].label, self._explainer.show(facts[0], step.answers[facts[0].id])
        yes = [fact.label for fact in facts if step.answers[fact.id] is True]
        unknown = [fact.label for fact in facts if step.answers[fact.id] is UNKNOWN]
        said = words("value.also").join(yes) or words("value.none")
        if unknown:
            said += words("interview.unknown_of", facts=words("value.also").join(unknown))
        title = next(page.title for page in catalogue.pages if page.key == step.page)
        return title, said

    # ---- saying and saving ---------------------------------------------------------------------------------------

    def _echo(self, interview: Interview, step: Step) -> None:
        self._answered(*self._summary(interview, step))

    def _answered(self, label: str, value: str) -> None:
        self._say(self._words("interview.answered", label=label, value=value), "green")

    def _numbered(self, number: int, label: str, value: str) -> None:
        text = self._words("interview.answered", label=label, value=value)
        for line in wrap(text, self._environment.width, f"{number:>3}. ", "     "):
            self._environment.err().print(line)

    def _head(self, question: str, why: str) -> None:
        self._say(question, "bold")
        if why:
            self._say(self._words("interview.why", why=why))

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
            self._say(self._words("interview.draft_not_saved", why=error.message), "yellow")

    @property
    def draft_saved(self) -> bool:
        """Whether what was answered is on disk."""
        return not self._draft_fails and (self._environment.state / "draft.json").is_file()
