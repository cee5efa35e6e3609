"""Which question comes next: the earliest page that can still change a verdict or an amount, or none."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

from msgspec import Struct

from dcrelief.rules.assessment import Gates, outcome, situation
from dcrelief.rules.catalogue import Catalogue, Page, Route, Topic
from dcrelief.rules.conditions import Matters, Situation
from dcrelief.rules.facts import Answers, Fact, Value
from dcrelief.rules.truth import Truth

TOPICS = "topics"


class Question(Struct, frozen=True):
    """One screen: a page and those of its facts that matter now; or the topics, whose pages may be passed over."""

    page: Page
    facts: tuple[Fact, ...] = ()
    topics: tuple[Topic, ...] = ()


class Step(Struct, frozen=True):
    """One answered screen: the key of its page (TOPICS for the topics) and what it settled."""

    page: str
    answers: Mapping[str, Value]


class Interview(Struct, frozen=True):
    """Where an interview stands: what was known before (given), and the screens answered since, in order."""

    catalogue: Catalogue
    as_of: date
    given: Answers
    steps: tuple[Step, ...] = ()

    @property
    def answers(self) -> Answers:
        """Everything known now."""
        answers = self.given
        for step in self.steps:
            answers = answers.also(step.answers)
        return answers

    def question(self) -> Question | None:
        """The next screen; None when no answer can change a verdict or an amount any more."""
        catalogue, on = self.catalogue, situation(self.catalogue, self.answers, self.as_of)
        leading, telling = _leading_and_telling(catalogue, on)
        page = next((page for page in catalogue.pages if not leading.isdisjoint(page.facts)), None)
        if page is None:
            return None
        if page.topic and all(step.page != TOPICS for step in self.steps):
            topics = tuple(topic for topic in catalogue.topics if self._tells(topic, telling))
            if len(topics) > 1:
                return Question(topics_page(catalogue), topics=topics)
        return Question(page, tuple(catalogue.facts[fact] for fact in page.facts if fact in telling))

    def at_most_left(self) -> int:
        """How many more pages there can be, at most, this one included."""
        _, telling = _leading_and_telling(self.catalogue, situation(self.catalogue, self.answers, self.as_of))
        return sum(not telling.isdisjoint(page.facts) for page in self.catalogue.pages)

    def answered(self, question: Question, values: Mapping[str, Value]) -> "Interview":
        """The interview one screen further."""
        return self._with_steps((*self.steps, Step(question.page.key, values)))

    def back(self) -> "Interview":
        """The interview one screen earlier; itself at the first."""
        return self._with_steps(self.steps[:-1])

    def changed(self, place: int, values: Mapping[str, Value]) -> "Interview":
        """The interview with the answers of one earlier screen replaced; what follows from them is asked again."""
        step = Step(self.steps[place].page, values)
        return self._with_steps((*self.steps[:place], step, *self.steps[place + 1 :]))

    def passed_over(self, offered: tuple[Topic, ...], ticked: frozenset[str]) -> dict[str, Value]:
        """The answers that not ticking a topic gives: no to each yes/no fact of its pages, nothing of its choices."""
        passed = {topic.key for topic in offered} - ticked
        answers = self.answers
        values: dict[str, Value] = {}
        for page in self.catalogue.pages:
            for fact in page.facts if page.topic in passed else ():
                kind = self.catalogue.facts[fact].kind
                if fact not in answers and kind in ("yes_no", "several"):
                    values[fact] = False if kind == "yes_no" else frozenset()
        return values

    def _with_steps(self, steps: tuple[Step, ...]) -> "Interview":
        return Interview(self.catalogue, self.as_of, self.given, steps)

    def _tells(self, topic: Topic, telling: frozenset[str]) -> bool:
        return any(page.topic == topic.key and not telling.isdisjoint(page.facts) for page in self.catalogue.pages)


def topics_page(catalogue: Catalogue) -> Page:
    """The page of the topics screen."""
    words = catalogue.words
    return Page(TOPICS, words("interview.topics_title"), (), words("interview.topics"), words("interview.topics_why"))


def pivots(catalogue: Catalogue, route: Route, on: Situation) -> Iterator[str]:
    """The facts not asked yet whose answer alone could change the verdict of a route, in the order of its text."""
    if route.action == "none":
        return
    tree = (catalogue.policy.scope, route.audience, route.conditions())
    possible = [condition.attainable(on) for condition in tree]
    for place, condition in enumerate(tree):
        others = possible[:place] + possible[place + 1 :]
        yield from condition.pivots(on, _matters(place, others))


def sharpening(catalogue: Catalogue, route: Route, on: Situation) -> Iterator[str]:
    """The amount not asked yet that would narrow the estimate of a route that fits."""
    if route.estimate is None or route.estimate.base in on.answers:
        return
    if outcome(catalogue, route, on) == "eligible":
        yield route.estimate.base


def _matters(place: int, others: list[frozenset[Truth]]) -> Matters:
    """Which changes of the gate at that place would change the verdict, whatever the other gates can still be."""

    def outcomes(truth: Truth) -> list[str]:
        return [Gates(*(*ways[:place], truth, *ways[place:])).outcome() for ways in product(*others)]

    undecided = outcomes(Truth.UNKNOWN)
    return Matters(no=outcomes(Truth.NO) != undecided, yes=outcomes(Truth.YES) != undecided)


def _leading_and_telling(catalogue: Catalogue, on: Situation) -> tuple[frozenset[str], frozenset[str]]:
    """The first fact that each route still waits for, and every fact that can still change something."""
    leading, telling = set(), set()
    for route in catalogue.routes():
        facts = [*pivots(catalogue, route, on), *sharpening(catalogue, route, on)]
        leading.update(facts[:1])
        telling.update(facts)
    return frozenset(leading), frozenset(telling)
