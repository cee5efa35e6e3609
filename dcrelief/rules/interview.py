"""Which question comes next: the earliest page that can still change a verdict or an amount, or none."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.rules.assessment import FITS, assess, left_to_office, outcome, outcome_of, situation
from dcrelief.rules.conditions import Matters, Situation
from dcrelief.rules.facts import UNKNOWN, Answers, Fact, PartialDate, Value
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue, Page, Route, Topic
from dcrelief.rules.truth import Truth

TOPICS = "topics"
USUAL_TOPICS = 4  # so many does a person of whom much is so tick


class Question(Struct, frozen=True):
    """One screen: a page and those of its facts that matter now; or the topics, whose pages may be passed over."""

    page: Page
    facts: tuple[Fact, ...] = ()
    topics: tuple[Topic, ...] = ()


class Screen(Struct, frozen=True):
    """One answered screen: the key of its page (TOPICS for the topics), and what it settled.

    offered, ticked: of a topics screen, the topics it offered and those that were ticked.
    """

    page: str
    answers: Mapping[str, Value]
    offered: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()


class Interview(Struct, frozen=True):
    """Where an interview stands: what was known before (given), and the screens answered since, in order."""

    catalogue: Catalogue
    as_of: date
    given: Answers
    screens: tuple[Screen, ...] = ()

    @property
    def answers(self) -> Answers:
        """Everything known now."""
        answers = self.given
        for screen in self.screens:
            answers = answers.also(screen.answers)
        return answers

    @property
    def told(self) -> Answers:
        """The answers without what is not known only because its topic was passed over: nobody was asked that."""
        untold = (
            fact
            for screen in self.screens
            if screen.page == TOPICS
            for fact, value in screen.answers.items()
            if value is UNKNOWN
        )
        return self.answers.without(frozenset(untold))

    def question(self) -> Question | None:
        """The next screen; None when no answer can change a verdict or an amount any more."""
        catalogue, on = self.catalogue, situation(self.catalogue, self.answers, self.as_of)
        leading, telling = _leading_and_telling(catalogue, on)
        page = next((page for page in catalogue.pages if not leading.isdisjoint(page.facts)), None)
        if page is None:
            return None
        offered = {topic for screen in self.screens for topic in screen.offered}
        if page.topic and page.topic not in offered:
            open_topics = {page.topic for page in catalogue.pages if not telling.isdisjoint(page.facts)} - offered
            if len(open_topics - {""}) > 1:
                return self._topics_question(open_topics)
        return Question(page, tuple(catalogue.facts[fact] for fact in page.facts if fact in telling))

    def at_most_left(self) -> int:
        """How many more pages there can be, at most, this one included; it never grows from answer to answer."""
        on = situation(self.catalogue, self.answers, self.as_of)
        _, telling = _leading_and_telling(self.catalogue, on)
        bases = frozenset(base for route in self.catalogue.routes() for base in _may_sharpen(self.catalogue, route, on))
        by_size = self.catalogue.size_standard.facts()
        # The industry comes before its numbers: which of them it asks for is not known yet.
        numbers = frozenset(by_size) - self.answers.keys() if by_size[0] in telling else frozenset()
        return sum(not (telling | bases | numbers).isdisjoint(page.facts) for page in self.catalogue.pages)

    def likely_left(self) -> tuple[int, int]:
        """How many screens there are as a rule, this one included: for somebody of whom little is so, and much is so.

        No more than at_most_left: a person of whom everything is so is rare.
        """
        counts = self._screens_for(0), self._screens_for(USUAL_TOPICS)
        return min(counts), min(max(counts), self.at_most_left())

    def _screens_for(self, topics: int) -> int:
        """How many screens there are for somebody who ticks so many topics, and says yes to what is asked."""
        interview, count = self, 0
        while (question := interview.question()) is not None:
            ticked = frozenset(topic.key for topic in question.topics[:topics])
            answers = {fact.id: _stand_in(fact) for fact in question.facts}
            screen = (
                interview.topics_screen(question, ticked) if question.topics else Screen(question.page.key, answers)
            )
            interview, count = interview.answered(screen), count + 1
        return count

    def blocking(self) -> dict[str, int]:
        """The facts answered with "not known" that more than half of all routes wait for, and how many do."""
        verdicts = assess(self.catalogue, self.answers, self.as_of).verdicts
        unknown = [fact for fact, value in self.answers.items() if value is UNKNOWN]
        waiting = {fact: sum(fact in verdict.missing for verdict in verdicts) for fact in unknown}
        return {fact: count for fact, count in waiting.items() if count > len(verdicts) / 2}

    def is_settled_by(self, fact: str, value: Value) -> bool:
        """Whether no better answer would settle more: of a month or a year, all days give the same."""
        if not isinstance(value, PartialDate):
            return True
        on = situation(self.catalogue, self.answers.also({fact: value}), self.as_of)
        routes = (route for route in self.catalogue.routes() if outcome(self.catalogue, route, on) == "needs_info")
        return not any(fact in gate.missing(on) for route in routes for gate in self.catalogue.tree(route))

    def pages(self) -> tuple[Screen, ...]:
        """Everything that was given or answered, a screen a page, so that each can be checked and changed."""
        given = {
            page.key: {fact: self.given[fact] for fact in page.facts if fact in self.given}
            for page in self.catalogue.pages
        }
        together = {key: Screen(key, answers) for key, answers in given.items() if answers}
        for screen in self.screens:
            before = together.get(screen.page, Screen(screen.page, {}))
            together[screen.page] = Screen(
                screen.page,
                {**before.answers, **screen.answers},
                (*before.offered, *screen.offered),
                (*before.ticked, *screen.ticked),
            )
        return tuple(together.values())

    def answered(self, screen: Screen) -> "Interview":
        """The interview one screen further. No fact stands on two screens: the last answer is the one that counts."""
        kept = self._keeping(lambda fact, _: fact not in screen.answers)
        return replace(self, screens=(*kept, screen))._passing_over()

    def back(self) -> "Interview":
        """The interview one screen earlier; itself at the first."""
        return replace(self, screens=self.screens[:-1])

    def again(self, screen: Screen) -> Question:
        """The question of a page that was answered: what was asked of it, and what was to be asked before it."""
        if screen.page == TOPICS:
            return self._topics_question(screen.offered)
        keys = [each.page for each in self.screens]
        first = keys.index(screen.page) if screen.page in keys else 0
        question = replace(self, screens=self.screens[:first]).question()
        asked = question.facts if question is not None and question.page.key == screen.page else ()
        page = next(page for page in self.catalogue.pages if page.key == screen.page)
        facts = (self.catalogue.facts[fact] for fact in page.facts)
        return Question(page, tuple(fact for fact in facts if fact in asked or fact.id in screen.answers))

    def changed(self, screen: Screen) -> "Interview":
        """The interview with a page answered otherwise, wherever it was; what follows from that is asked again."""
        keys = [each.page for each in self.screens]
        place = keys.index(screen.page) if screen.page in keys else len(keys)
        given = {fact: value for fact, value in screen.answers.items() if fact in self.given}
        asked = replace(screen, answers={fact: value for fact, value in screen.answers.items() if fact not in given})
        passed = frozenset(screen.offered) - frozenset(screen.ticked)
        outside = {each.page for each in self._screens_outside(passed)}

        def others(screens: Iterable[Screen]) -> Iterator[Screen]:
            kept = replace(self, screens=tuple(screens))._keeping(lambda fact, _: fact not in screen.answers)
            return (each for each in kept if each.page != screen.page)

        after = (each for each in others(self.screens[place:]) if each.page in outside)
        screens = _not_empty((*others(self.screens[:place]), asked, *after))
        return replace(self, given=self.given.also(given), screens=screens)._passing_over()

    def given_also(self, answers: Mapping[str, Value]) -> "Interview":
        """The interview with these answers given, whatever was given or answered before."""
        return replace(self, given=self.given.also(answers), screens=self._keeping(lambda fact, _: fact not in answers))

    def readable(self, screen: Screen) -> Screen:
        """A remembered screen without the dates that lie after the day that the interview is for now."""
        kept = {fact: value for fact, value in screen.answers.items() if not _is_after(value, self.as_of)}
        return replace(screen, answers=kept)

    def on(self, as_of: date) -> "Interview":
        """The same interview for another date; a date that lies after it is asked again."""
        given = self.given.without(frozenset(fact for fact, value in self.given.items() if _is_after(value, as_of)))
        screens = self._keeping(lambda _, value: not _is_after(value, as_of))
        return replace(self, as_of=as_of, given=given, screens=screens)

    def topics_screen(self, question: Question, ticked: frozenset[str]) -> Screen:
        """The topics screen, answered: what is not ticked is answered with no, nothing, or not known, and not asked.

        What was answered elsewhere stays as it is; where it says that something of a topic is so, leaving the topic out
        leaves the rest unknown.
        """
        offered = tuple(topic.key for topic in question.topics)
        passed = frozenset(offered) - ticked
        outside = replace(
            self, screens=tuple(screen for screen in self._screens_outside(passed) if screen.page != TOPICS)
        )
        answers = outside.answers
        # Only what can still tell: a person who passes a topic over has said nothing of what is settled without it.
        on = situation(self.catalogue, answers, self.as_of)
        _, telling = _leading_and_telling(self.catalogue, on)
        values: dict[str, Value] = {
            fact: outside._untold(page.topic, self.catalogue.facts[fact])
            for page in self.catalogue.pages
            if page.topic in passed
            for fact in page.facts
            if fact in telling and fact not in answers
        }
        return Screen(TOPICS, values, offered, tuple(topic for topic in offered if topic in ticked))

    def _passing_over(self) -> "Interview":
        """The interview in which nothing is asked of topics that were not ticked: what comes to matter joins them."""
        passed = frozenset(topic for screen in self.screens for topic in screen.offered if topic not in screen.ticked)
        question = self.question() if passed else None
        if question is None or question.page.topic not in passed:
            return self
        place = max(place for place, screen in enumerate(self.screens) if screen.page == TOPICS)
        values = {fact.id: self._untold(question.page.topic, fact) for fact in question.facts}
        screens = [*self.screens]
        screens[place] = replace(screens[place], answers={**screens[place].answers, **values})
        return replace(self, screens=tuple(screens))._passing_over()

    def _untold(self, topic: str, fact: Fact) -> Value:
        """What it says of a fact that its topic was not ticked: not known, where something of the topic is so."""
        return UNKNOWN if topic in self.touched() else kind_of(fact).untouched

    def each_once(self) -> "Interview":
        """The interview without answers that a later screen has, too, as older drafts may hold them."""
        later: set[str] = set()
        screens = []
        for screen in reversed(self.screens):
            screens.append(replace(screen, answers={f: v for f, v in screen.answers.items() if f not in later}))
            later |= screen.answers.keys()
        return replace(self, screens=_not_empty(reversed(screens)))

    def touched(self) -> frozenset[str]:
        """The topics of which something is known to be so."""
        answers = self.answers
        return frozenset(
            page.topic
            for page in self.catalogue.pages
            for fact in page.facts
            if page.topic and answers.value(fact) not in (UNKNOWN, False, frozenset())
        )

    def _screens_outside(self, topics: frozenset[str]) -> tuple[Screen, ...]:
        """The screens but those of pages of these topics."""
        inside = {page.key for page in self.catalogue.pages if page.topic in topics}
        return tuple(screen for screen in self.screens if screen.page not in inside)

    def _keeping(self, keep: Callable[[str, Value], bool]) -> tuple[Screen, ...]:
        """The screens with those of their answers that are to be kept."""
        return _not_empty(
            replace(screen, answers={fact: value for fact, value in screen.answers.items() if keep(fact, value)})
            for screen in self.screens
        )

    def _topics_question(self, keys: Container[str]) -> Question:
        topics = tuple(topic for topic in self.catalogue.topics if topic.key in keys)
        return Question(topics_page(self.catalogue), topics=topics)


def _not_empty(screens: Iterable[Screen]) -> tuple[Screen, ...]:
    return tuple(screen for screen in screens if screen.answers or screen.offered)


def _is_after(value: Value, as_of: date) -> bool:
    """Whether a date lies after the day of the assessment, where it could not be read back."""
    first = value.first if isinstance(value, PartialDate) else value
    return isinstance(first, date) and first > as_of


def _stand_in(fact: Fact) -> Value:
    """An answer in place of one that nobody knows yet: yes, the first choice, or not known."""
    if fact.kind == "yes_no":
        return True
    return fact.choices[0].key if fact.kind == "choice" else kind_of(fact).untouched


def topics_page(catalogue: Catalogue) -> Page:
    """The page of the topics screen."""
    words = catalogue.words
    return Page(TOPICS, words("interview.topics_title"), (), words("interview.topics"), words("interview.topics_why"))


def pivots(catalogue: Catalogue, route: Route, on: Situation) -> Iterator[str]:
    """The facts not asked yet whose answer alone could change the verdict of a route, in the order of its text."""
    if route.action == "none":
        return
    tree = catalogue.tree(route)
    possible = tuple(condition.attainable(on) for condition in tree)
    for place, condition in enumerate(tree):
        others = possible[:place] + possible[place + 1 :]
        yield from condition.pivots(on, _matters(place, others))


def sharpening(catalogue: Catalogue, route: Route, on: Situation) -> Iterator[str]:
    """The fact not asked yet that would narrow the estimate of a route that fits, or waits for its office alone."""
    fact = route.estimate.sharpening(on) if route.estimate is not None else ""
    if fact and (outcome(catalogue, route, on) == "eligible" or left_to_office(catalogue, route, on)):
        yield fact


def _may_sharpen(catalogue: Catalogue, route: Route, on: Situation) -> Iterator[str]:
    """The facts of its estimate not asked yet that a route that may still turn out to fit can come to ask."""
    if route.estimate is None or not route.estimate.sharpening(on):
        return
    may_fit = all(Truth.YES in condition.attainable(on) for condition in catalogue.tree(route))
    if may_fit or _may_be_left_to_office(catalogue, route, on):
        yield from (fact for fact in route.estimate.facts() if fact not in on.answers)


def _may_be_left_to_office(catalogue: Catalogue, route: Route, on: Situation) -> bool:
    """Whether all that was asked of a route and is not known is for its office to settle."""
    tree = catalogue.tree(route)
    missing = {fact for condition in tree for fact in condition.missing(on)}
    ruled_out = any(condition.truth(on) is Truth.NO for condition in tree)
    return not ruled_out and (missing & on.answers.keys()) <= set(route.settles)


@cache
def _matters(place: int, others: tuple[frozenset[Truth], ...]) -> Matters:
    """Which changes of the gate at that place would change whether the route fits, as the other gates can still be."""

    def fits(truth: Truth) -> list[Truth]:
        ways = ((*way[:place], truth, *way[place:]) for way in product(*others))
        return [FITS[outcome_of(*gates)] for gates in ways]

    undecided = fits(Truth.UNKNOWN)
    return Matters(no=fits(Truth.NO) != undecided, yes=fits(Truth.YES) != undecided)


def _leading_and_telling(catalogue: Catalogue, on: Situation) -> tuple[frozenset[str], frozenset[str]]:
    """The first fact that each route still waits for, and every fact that can still change something."""
    leading, telling = set(), set()
    for route in catalogue.routes():
        facts = [*pivots(catalogue, route, on), *sharpening(catalogue, route, on)]
        leading.update(facts[:1])
        telling.update(facts)
    return frozenset(leading), frozenset(telling)
