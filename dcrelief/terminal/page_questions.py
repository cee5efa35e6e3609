"""Asks one screen of the interview: a page of facts to tick, a choice, a typed answer, or the topics."""

from collections.abc import Callable, Mapping

from dcrelief.rules.facts import UNKNOWN, Fact, Value
from dcrelief.rules.interview import TOPICS, Interview, Question, Screen
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue
from dcrelief.rules.text import folded, folded_set
from dcrelief.terminal.prompts import Back, Option, Prompter
from dcrelief.terminal.typed_answers import TypedAnswers

# Options of menus that are no fact and no choice.
_UNKNOWN, _REST, _ALL = "?", "?rest", "?all"
_LONG_LIST = 9

Begun = Callable[[Screen], None]
"""Told what is ticked on a screen that the person leaves without an answer."""


class PageQuestions:
    """Puts screens to a person."""

    def __init__(self, prompter: Prompter, catalogue: Catalogue) -> None:
        self._prompter = prompter
        self._catalogue = catalogue
        self._words = catalogue.words
        self._typed = TypedAnswers(prompter, catalogue)

    def ask(
        self, interview: Interview, question: Question, where: str, before: Screen | None, begun: Begun = lambda _: None
    ) -> Screen:
        """One screen, answered. where: how far the interview is. before: earlier answers of the screen, to start from.

        Raises Back.
        """
        page = question.page
        if question.topics:
            ticked = frozenset(before.ticked) if before else interview.touched()
            return self._topics(interview, question, self._text(where, page.question, page.why), ticked, begun)
        values = before.answers if before else {}

        def left(values: dict[str, Value]) -> None:
            begun(Screen(page.key, values))

        if len(question.facts) > 1:
            return Screen(page.key, self._ticks(question, where, values, left))
        fact = question.facts[0]
        asked = fact.question or self._words("interview.is_it", label=fact.label)
        text, now = self._text(where, asked, fact.why or page.why), values.get(fact.id)
        match kind_of(fact).asked:
            case "tick":
                value = self._several(fact, text, now, lambda value: left({fact.id: value}))
            case "choose":
                value = self._choice(fact, text, now)
            case _:
                value = self._typed.ask(interview, fact, text, now)
        return Screen(page.key, {fact.id: value})

    def _text(self, where: str, question: str, why: str) -> tuple[str, ...]:
        return (where, question, *((self._words("interview.why", why=why),) if why else ()))

    def _topics(
        self, interview: Interview, question: Question, text: tuple[str, ...], ticked: frozenset[str], begun: Begun
    ) -> Screen:
        options = [(topic.key, topic.label) for topic in question.topics]

        def left(now: frozenset[str]) -> None:
            offered = tuple(key for key, _ in options)
            begun(Screen(TOPICS, {}, offered, tuple(key for key in offered if key in now)))

        while True:
            answer = self._prompter.tick(text, options, ticked, left)
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

    def _ticks(
        self, question: Question, where: str, before: Mapping[str, Value], left: Callable[[dict[str, Value]], None]
    ) -> dict[str, Value]:
        page, words = question.page, self._words
        facts = [(fact.id, fact.label) for fact in question.facts]
        at_first = frozenset(fact for fact, value in before.items() if value is UNKNOWN)

        def values(ticked: frozenset[str], unknown: frozenset[str]) -> dict[str, Value]:
            return {fact: fact in ticked or (UNKNOWN if fact in unknown else False) for fact, _ in facts}

        yes = frozenset(fact for fact, value in before.items() if value is True)
        rest = frozenset({_REST} if at_first else ())
        options = [*facts, (_REST, words("interview.rest_unknown"))]
        text = self._text(where, page.question, page.why)
        ticked = self._prompter.tick(text, options, yes | rest, lambda now: left(values(now, at_first)))
        others = [(fact, label) for fact, label in facts if fact not in ticked]
        if _REST not in ticked or not others:
            return values(ticked, frozenset())
        if len(others) == 1:
            return values(ticked, frozenset({others[0][0]}))
        try:
            unknown = self._prompter.tick(
                (where, words("interview.which_unknown")),
                [(_ALL, words("interview.all_unknown")), *others],
                at_first,
                lambda now: left(values(ticked, _meant(now, others))),
            )
        except Back:
            return self._ticks(question, where, values(ticked, at_first), left)
        return values(ticked, _meant(unknown, others))

    def _several(self, fact: Fact, text: tuple[str, ...], now: Value | None, left: Callable[[Value], None]) -> Value:
        options = [*((choice.key, choice.label) for choice in fact.choices), (_UNKNOWN, self._words("value.unknown"))]
        ticked = now if isinstance(now, frozenset) else frozenset({_UNKNOWN} if now is UNKNOWN else ())

        def value(answer: frozenset[str]) -> Value:
            return UNKNOWN if _UNKNOWN in answer else answer

        return value(self._prompter.tick(text, options, ticked, lambda now: left(value(now))))

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


def _meant(ticked: frozenset[str], others: list[Option]) -> frozenset[str]:
    """The facts that are not known, of those that were offered: with _ALL, each of them."""
    return frozenset(fact for fact, _ in others) if _ALL in ticked else ticked
