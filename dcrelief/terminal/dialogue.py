"""Leads a person through the interview: asks, goes back, resumes a draft, and has the answers checked."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial

from dcrelief.errors import DcreliefError
from dcrelief.files.drafts import Draft, draft_path, load_draft, save_draft, shelve_draft
from dcrelief.language import _, later
from dcrelief.rules.facts import UNKNOWN, Answers, Fact, Value
from dcrelief.rules.interview import TOPICS, Interview, Question, Screen
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.kinds.date_kind import read_day
from dcrelief.rules.model import Catalogue
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.text import folded, folded_set
from dcrelief.terminal.cjk import wrap
from dcrelief.terminal.console import Environment
from dcrelief.terminal.prompts import Back, Option, Prompter
from dcrelief.terminal.typed_answers import TypedAnswers

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
        self._typed = TypedAnswers(prompter, catalogue)
        self._draft_fails = False
        # Screens that the person went back over: each starts from its old answers when it comes again.
        self._before: dict[str, Screen] = {}

    def hold(self, given: Answers, as_of: date | None) -> Interview:
        """The finished interview. as_of None: the person is asked for the date. Ctrl-C raises KeyboardInterrupt."""
        interview = self._resumed(given, as_of)
        if interview is None:
            interview = Interview(self._catalogue, as_of or self._environment.today, given)
            self._begin(interview)
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
            number, left = len(interview.screens) + 1, self._left(interview)
            where = self._words("interview.progress", number=number, title=question.page.title, left=left)
            try:
                before = self._before.get(question.page.key)
                screen = self._asked(interview, question, where, before and interview.readable(before))
            except Back:
                interview = self._back(interview, asks_date)
                self._save(interview)
            else:
                interview = interview.answered(screen)
                self._save(interview)
                self._answered(*self._summary(screen))

    def _begin(self, interview: Interview) -> None:
        """Says what this is, where the answers stay, and how to stop and go on."""
        if interview.question() is not None:
            title = self._catalogue.policy.short_title
            self._say(self._words("interview.first_what", title=title))
            self._say(self._words("interview.first_private"))
            self._environment.say()

    def _left(self, interview: Interview) -> str:
        """How many steps there still are."""
        fewest, most = interview.likely_left()
        if most == interview.at_most_left() == 1:
            return self._words("interview.left_last")
        key = "interview.left_exactly" if fewest == most else "interview.left"
        return self._words(key, fewest=fewest, most=most)

    # ---- before the first question -------------------------------------------------------------------------------

    def _resumed(self, given: Answers, as_of: date | None) -> Interview | None:
        """The interview of the draft, if there is one and the person wants it; answers given now replace its own."""
        fresh = Interview(self._catalogue, as_of or self._environment.today, given)
        if fresh.question() is None:
            return None
        draft = load_draft(self._environment.state, self._catalogue)
        if draft is None or draft.lost:  # a draft that is not fully read must not be overwritten
            self._shelve(_DRAFT_UNREAD if draft is None else _DRAFT_KEPT)
        if draft is None or not draft.interview.screens:
            return None
        text = (_("上次的答案还在（{when}，答了 {count} 题）。", when=draft.saved, count=len(draft.interview.screens)),)
        options = [("on", _("接着上次的")), ("new", _("重新开始"))]
        if self._chosen_first(text, options) == "on":
            return self._taken_over(draft, given, as_of)
        self._shelve(_DRAFT_KEPT)
        return None

    def _chosen_first(self, text: tuple[str, ...], options: list[Option]) -> str:
        """The answer to a question that has none before it."""
        while True:
            try:
                return self._prompter.choose(text, options, options[0][0])
            except Back:
                self._say(_("已经是第一题了。"))

    def _shelve(self, message: str) -> None:
        kept = shelve_draft(self._environment.state, self._catalogue)
        if kept is not None:
            self._say(_(message, path=kept))

    def _taken_over(self, draft: Draft, given: Answers, as_of: date | None) -> Interview:
        if draft.lost:
            count, lost = len(draft.lost), self._words("value.also").join(draft.lost[:_MOST_LOST])
            self._say(_("草稿里有 {count} 个答案在现在的目录里用不上，没有带过来，如：{lost}", count=count, lost=lost))
        interview = draft.interview.given_also(given)
        interview = interview if as_of is None else interview.on(as_of)
        self._save(interview)
        self._answered(self._words("interview.as_of_title"), str(interview.as_of))
        for screen in interview.screens:
            self._answered(*self._summary(screen))
        return interview

    def _dated(self, interview: Interview) -> Interview:
        """The interview for the date the person wants; asked only if nobody has confirmed the catalogue for today."""
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
        picked = self._chosen_first(text, options)
        day = policy.published if picked == "published" else today
        if picked == "other":
            try:
                written = self._prompter.write((words("interview.as_of_which"),), words("hint.as_of"), self._no_day)
            except Back:
                return self._dated(interview)
            day = self._day(written) or today
        self._answered(words("interview.as_of_title"), str(day))
        return interview.on(day)

    def _no_day(self, written: str) -> str:
        return "" if self._day(written) is not None else _("看不懂这个日期，请写成 2020-02-20。")

    def _day(self, written: str) -> date | None:
        return read_day(written, self._catalogue.tokens.months)

    # ---- one question --------------------------------------------------------------------------------------------

    def _asked(self, interview: Interview, question: Question, where: str, before: Screen | None) -> Screen:
        """One screen, answered. where: how far the interview is. before: earlier answers of the screen, to start from.

        Raises Back.
        """
        page = question.page
        if question.topics:
            ticked = frozenset(before.ticked) if before else interview.touched()
            return self._topics(interview, question, self._text(where, page.question, page.why), ticked)
        values = before.answers if before else {}
        if len(question.facts) > 1:
            return Screen(page.key, self._ticks(question, where, values))
        fact = question.facts[0]
        asked = fact.question or self._words("interview.is_it", label=fact.label)
        text, now = self._text(where, asked, fact.why or page.why), values.get(fact.id)
        match kind_of(fact).asked:
            case "tick":
                value = self._several(fact, text, now)
            case "choose":
                value = self._choice(fact, text, now)
            case _:
                value = self._typed.ask(fact, text, interview.as_of, now)
        return Screen(page.key, {fact.id: value})

    def _text(self, where: str, question: str, why: str) -> tuple[str, ...]:
        return (where, question, *((self._words("interview.why", why=why),) if why else ()))

    def _topics(
        self, interview: Interview, question: Question, text: tuple[str, ...], ticked: frozenset[str]
    ) -> Screen:
        options = [(topic.key, topic.label) for topic in question.topics]
        while True:
            answer = self._prompter.tick(text, options, ticked)
            if answer or self._means_none():
                return interview.topics_screen(question, answer)

    def _means_none(self) -> bool:
        """Whether the person means to tick nothing: many move to a line, press Enter, and think it is ticked."""
        words = self._words
        options = [("again", words("interview.none_again")), ("none", words("value.none"))]
        try:
            return self._prompter.choose((words("interview.none_ticked"),), options, "again") == "none"
        except Back:
            return False

    def _ticks(self, question: Question, where: str, before: Mapping[str, Value]) -> dict[str, Value]:
        page, words = question.page, self._words
        facts = [(fact.id, fact.label) for fact in question.facts]
        yes = frozenset(fact for fact, value in before.items() if value is True)
        rest = frozenset({_REST} if UNKNOWN in before.values() else ())
        options = [*facts, (_REST, words("interview.rest_unknown"))]
        ticked = self._prompter.tick(self._text(where, page.question, page.why), options, yes | rest)
        unknown: frozenset[str] = frozenset()
        others = [(fact, label) for fact, label in facts if fact not in ticked]
        if _REST in ticked and others:
            at_first = frozenset(fact for fact, value in before.items() if value is UNKNOWN)
            try:
                unknown = self._prompter.tick((where, words("interview.which_unknown")), others, at_first)
            except Back:
                now = {fact: fact in ticked or (UNKNOWN if fact in at_first else False) for fact, _ in facts}
                return self._ticks(question, where, now)
        return {fact: UNKNOWN if fact in unknown else fact in ticked for fact, _ in facts}

    def _several(self, fact: Fact, text: tuple[str, ...], now: Value | None) -> Value:
        options = [*((choice.key, choice.label) for choice in fact.choices), (_UNKNOWN, self._words("value.unknown"))]
        ticked = now if isinstance(now, frozenset) else frozenset({_UNKNOWN} if now is UNKNOWN else ())
        answer = self._prompter.tick(text, options, ticked)
        return UNKNOWN if _UNKNOWN in answer else answer

    def _choice(self, fact: Fact, text: tuple[str, ...], now: Value | None) -> Value:
        words = self._words
        offered = kind_of(fact).options(fact, words)
        values: dict[str, Value] = {key: value for key, _, value in offered} | {_UNKNOWN: UNKNOWN}
        options = [(key, label) for key, label, _ in offered]
        # The menu starts on "not known", which is always last, so that a stray Enter answers nothing for the person.
        options.append((_UNKNOWN, words("value.unknown")))
        default = next((key for key, value in values.items() if value == now), _UNKNOWN)
        if len(offered) > _LONG_LIST:
            found = self._found(fact, text)
            if len(found) == 1:
                return values[found[0]]
            options = [(key, label) for key, label in options if not found or key in (*found, _UNKNOWN)]
        return values[self._prompter.choose(text, options, default if default in dict(options) else _UNKNOWN)]

    def _found(self, fact: Fact, text: tuple[str, ...]) -> list[str]:
        """The choices of a long list that a word leads to, all of them where nothing is written; or not known."""
        words, tokens = self._words, folded_set(self._catalogue.tokens.unknown)

        def found(written: str) -> list[str]:
            plain = folded(written)
            if plain in tokens:
                return [_UNKNOWN]
            if plain in fact.spellings:
                return [fact.spellings[plain]]
            near = (
                key for spelling, key in fact.spellings.items() if plain and (plain in spelling or spelling in plain)
            )
            return list(dict.fromkeys(near))

        def complaint(written: str) -> str:
            return "" if not written or found(written) else words("interview.not_found", written=written)

        return found(self._prompter.write(text, words("interview.find"), complaint))

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
        self._environment.say()
        self._say(words("interview.check_title"), "cyan")
        changes: list[Callable[[], Interview]] = []
        if asks_date:
            changes.append(lambda: self._dated(interview))
            self._answered(words("interview.as_of_title"), str(interview.as_of), len(changes))
        for screen in interview.pages():
            changes.append(partial(self._changed, interview, screen))
            self._answered(*self._summary(screen), len(changes))

        def complaint(written: str) -> str:
            fine = not written or (written.isdecimal() and 1 <= int(written) <= len(changes))
            return "" if fine else _("请输入 1 到 {most} 之间的序号，或直接回车。", most=len(changes))

        self._say_what_blocks(interview)
        try:
            answer = self._prompter.write((words("interview.check"),), words("interview.check_hint"), complaint)
        except Back:
            return False, self._back_from_check(interview, asks_date)
        if not answer:
            return True, interview
        try:
            changed = changes[int(answer) - 1]()
        except Back:
            changed = interview
        self._save(changed)
        if changed.question() is not None:
            self._say(words("interview.more_after_change"))
        return False, changed

    def _say_what_blocks(self, interview: Interview) -> None:
        """Says which unknown answers more than half of all routes wait for."""
        for fact, count in interview.blocking().items():
            label = self._catalogue.fact_label(fact)
            self._say(self._words("interview.blocked", label=label, count=count), "yellow")

    def _changed(self, interview: Interview, screen: Screen) -> Interview:
        """The interview with a page of it answered again. Raises Back."""
        question = interview.again(screen)
        where = self._words("interview.changing", title=question.page.title)
        return interview.changed(self._asked(interview, question, where, screen))

    def _back_from_check(self, interview: Interview, asks_date: bool) -> Interview:
        """The last screen is taken back if it is then asked; else it is asked as a change, which may be left again."""
        last = interview.screens[-1]
        question = interview.back().question()
        if question is not None and question.page.key == last.page:
            interview = self._back(interview, asks_date)
        else:
            with suppress(Back):
                interview = self._changed(interview, next(each for each in interview.pages() if each.page == last.page))
        self._save(interview)
        return interview

    def _summary(self, screen: Screen) -> tuple[str, str]:
        """What was answered on one screen: a label and the answer."""
        words, catalogue = self._words, self._catalogue
        if screen.page == TOPICS:
            titles = {page.topic: page.title for page in catalogue.pages}
            named = [titles[topic] for topic in screen.ticked]
            return words("interview.topics_title"), words.joined(named) or words("value.none")
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

    def _answered(self, label: str, value: str, number: int = 0) -> None:
        """Says an answer; with a number, as a line of a list."""
        text = self._words("interview.answered", label=label, value=value)
        if number:
            self._say(text, first=f"{number:>3}. ", rest="     ")
        else:
            self._say(text, "green")

    def _say(self, text: str, style: str | None = None, first: str = "", rest: str = "") -> None:
        for line in wrap(text, self._environment.width, first, rest):
            self._environment.say(line, style)

    def _save(self, interview: Interview) -> None:
        if self._draft_fails:
            return
        try:
            save_draft(self._environment.state, interview, self._environment.today)
        except DcreliefError as error:
            self._draft_fails = True
            why = error.message.rstrip("。.")
            self._say(_("草稿存不了（{why}）。答题不受影响；要留下答案，请加 --save 文件名。", why=why), "yellow")

    @property
    def draft_saved(self) -> bool:
        """Whether the answers are on disk."""
        return not self._draft_fails and draft_path(self._environment.state, self._catalogue).is_file()
