"""Leads a person through the interview: asks, goes back, resumes a draft, and has the answers checked."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial

from dcrelief.errors import DcreliefError
from dcrelief.files.drafts import Draft, draft_path, load_draft, save_draft, shelve_draft
from dcrelief.language import _, later
from dcrelief.rules.facts import UNKNOWN, Answers
from dcrelief.rules.interview import TOPICS, Interview, Screen
from dcrelief.rules.kinds.date_kind import read_day
from dcrelief.rules.model import Catalogue
from dcrelief.rules.reasons import Explainer
from dcrelief.terminal.cjk import wrap
from dcrelief.terminal.console import Environment
from dcrelief.terminal.page_questions import PageQuestions
from dcrelief.terminal.prompts import Back, Option, Prompter

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
        self._pages = PageQuestions(prompter, catalogue)
        self._draft_fails = False
        # Screens that the person went back over or left half-way: each starts from its old answers when it comes again.
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
            before = self._before.get(question.page.key)
            try:
                screen = self._pages.ask(
                    interview, question, where, before and interview.readable(before), partial(self._begun, interview)
                )
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
            self._say(self._words("interview.first_what", title=self._catalogue.title))
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
        if draft is None or not (draft.interview.screens or draft.begun):
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
        if draft.begun is not None:
            self._before[draft.begun.page] = draft.begun
        interview = draft.interview.given_also(given)
        interview = interview if as_of is None else interview.on(as_of)
        self._save(interview)
        self._answered(self._words("interview.as_of_title"), str(interview.as_of))
        for screen in interview.screens:
            self._answered(*self._summary(screen))
        return interview

    def _dated(self, interview: Interview) -> Interview:
        """The interview for the date the person wants; asked only if nobody has confirmed the catalogue for today."""
        catalogue, today, words = self._catalogue, self._environment.today, self._words
        if today <= catalogue.confirmed_until:
            return interview
        why = words("interview.as_of_why", day=catalogue.day, confirmed=catalogue.confirmed_until)
        text = (words("interview.as_of"), words("interview.why", why=why))
        options = [
            ("today", words("interview.as_of_today", today=today)),
            ("published", words("interview.as_of_published", day=catalogue.day)),
            ("other", words("interview.as_of_other")),
        ]
        picked = self._chosen_first(text, options)
        day = catalogue.day if picked == "published" else today
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

    def _back(self, interview: Interview, asks_date: bool) -> Interview:
        if interview.screens:
            last = interview.screens[-1]
            self._before[last.page] = last
            title = self._summary(last)[0]
            self._say(_("回到“{title}”。", title=title))
            return interview.back()
        if asks_date and self._environment.today > self._catalogue.confirmed_until:
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
        return interview.changed(self._pages.ask(interview, question, where, screen))

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

    def _begun(self, interview: Interview, screen: Screen) -> None:
        """Keeps what was ticked on a page that the person leaves."""
        self._before[screen.page] = screen
        self._save(interview, screen)

    def _save(self, interview: Interview, begun: Screen | None = None) -> None:
        if self._draft_fails:
            return
        try:
            save_draft(self._environment.state, interview, self._environment.today, begun)
        except DcreliefError as error:
            self._draft_fails = True
            why = error.message.rstrip("。.")
            self._say(_("草稿存不了（{why}）。答题不受影响；要留下答案，请加 --save 文件名。", why=why), "yellow")

    @property
    def draft_saved(self) -> bool:
        """Whether the answers are on disk."""
        return not self._draft_fails and draft_path(self._environment.state, self._catalogue).is_file()
