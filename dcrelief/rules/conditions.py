"""The frozen condition tree: its truth, the reasons for it, what is missing, and what asking could still change."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from msgspec import Struct

from dcrelief.rules.criteria import Criterion
from dcrelief.rules.facts import UNKNOWN, Answers, PartialDate
from dcrelief.rules.size import SizeClass, SizeStandard
from dcrelief.rules.truth import Truth, all_of, any_of

EVERY_TRUTH = frozenset(Truth)


class Situation(Struct, frozen=True):
    """What a condition is judged on: the answers, the date, and the size standard in force."""

    answers: Answers
    as_of: date
    size_standard: SizeStandard


class Term(Struct, frozen=True):
    """One judged leaf of a condition, ready to be put in words: which leaf, and how it came out.

    either: it is one of several of which any would have done.
    """

    leaf: "Judged"
    truth: Truth
    either: bool = False


class Matters(Struct, frozen=True):
    """Which changes of a condition's truth would change a verdict: to or from NO, to or from YES."""

    no: bool
    yes: bool

    def between(self, truths: frozenset[Truth]) -> bool:
        """Whether moving among these truths would change it."""
        return len(truths) > 1 and ((self.no and Truth.NO in truths) or (self.yes and Truth.YES in truths))


class Condition(Protocol):
    """A node of the tree. Each fact stands in a tree once, so what its branches can become is independent.

    The size may read a fact that stands there besides, such as the industry: then what is said of the future is more
    than can happen, never less.
    """

    def truth(self, on: Situation) -> Truth:
        """Kleene's truth on these answers."""

    def terms(self, on: Situation) -> Iterator[Term]:
        """The leaves that make the truth what it is, in the order of the text."""

    def missing(self, on: Situation) -> tuple[str, ...]:
        """The unknown facts that could settle an unknown truth; none when it is settled."""

    def facts(self) -> tuple[str, ...]:
        """Every fact the condition can read."""

    def attainable(self, on: Situation) -> frozenset[Truth]:
        """What the truth can still become; a fact that was asked and is unknown stays so."""

    def pivots(self, on: Situation, matters: Matters) -> Iterator[str]:
        """The facts not asked yet whose answer alone could make a change that matters, in the order of the text."""


class Judged(Struct, frozen=True):
    """A leaf of the tree. It reads one fact, or one that is worked out (the size), or none: then its name is empty."""

    @property
    def fact(self) -> str:
        """The fact it reads."""
        raise NotImplementedError

    def truth(self, on: Situation) -> Truth:
        """Its truth on these answers."""
        raise NotImplementedError

    def terms(self, on: Situation) -> Iterator[Term]:
        """Itself."""
        yield Term(self, self.truth(on))

    def missing(self, on: Situation) -> tuple[str, ...]:
        """Its fact, while unknown."""
        return (self.fact,) if self.truth(on) is Truth.UNKNOWN else ()

    def facts(self) -> tuple[str, ...]:
        """Its fact, if any."""
        return (self.fact,) if self.fact else ()

    def attainable(self, on: Situation) -> frozenset[Truth]:
        """Anything, until the fact is asked."""
        return EVERY_TRUTH if self.fact and self.fact not in on.answers else frozenset({self.truth(on)})

    def pivots(self, on: Situation, matters: Matters) -> Iterator[str]:
        """Its fact, until asked."""
        if matters.between(self.attainable(on)):
            yield self.fact


class Leaf(Judged, frozen=True):
    """One fact, and what is asked of it."""

    fact: str
    criterion: Criterion

    def truth(self, on: Situation) -> Truth:
        """UNKNOWN while the fact is, or while the days of a month or year do not agree; else whether it holds."""
        value = on.answers.value(self.fact)
        if value is UNKNOWN:
            return Truth.UNKNOWN
        if isinstance(value, PartialDate):
            first, last = (Truth.of(self.criterion.holds(day, on.as_of)) for day in (value.first, value.last))
            return first if first is last else Truth.UNKNOWN
        return Truth.of(self.criterion.holds(value, on.as_of))


class SizeAtMost(Judged, frozen=True):
    """The size class is this or smaller."""

    largest: SizeClass
    standard: SizeStandard

    @property
    def fact(self) -> str:
        """The derived fact it reads."""
        return "size"

    def truth(self, on: Situation) -> Truth:
        """Settled as soon as every class still possible agrees."""
        return self.standard.at_most(on.answers, self.largest)

    def missing(self, on: Situation) -> tuple[str, ...]:
        """The industry or numbers that would settle it."""
        return self.standard.missing(on.answers, self.largest)

    def facts(self) -> tuple[str, ...]:
        """The industry and every number of the table."""
        return self.standard.facts()

    def attainable(self, on: Situation) -> frozenset[Truth]:
        """What is left of the classes."""
        return self.standard.attainable(on.answers, self.largest)

    def pivots(self, on: Situation, matters: Matters) -> Iterator[str]:
        """The industry first, then the numbers that can still decide."""
        for fact, between in self.standard.pivots(on.answers, self.largest).items():
            if any(map(matters.between, between)):
                yield fact


class All(Struct, frozen=True):
    """Every part holds."""

    parts: tuple[Condition, ...]

    def truth(self, on: Situation) -> Truth:
        """Kleene's AND."""
        return all_of(part.truth(on) for part in self.parts)

    def missing(self, on: Situation) -> tuple[str, ...]:
        """What the unknown parts miss, unless a false one settles it."""
        if self.truth(on) is not Truth.UNKNOWN:
            return ()
        return tuple(dict.fromkeys(fact for part in self.parts for fact in part.missing(on)))

    def facts(self) -> tuple[str, ...]:
        return tuple(fact for part in self.parts for fact in part.facts())

    def terms(self, on: Situation) -> Iterator[Term]:
        for part in self.parts:
            yield from part.terms(on)

    def attainable(self, on: Situation) -> frozenset[Truth]:
        """AND over what the parts can become."""
        return _attainable_together([part.attainable(on) for part in self.parts])

    def pivots(self, on: Situation, matters: Matters) -> Iterator[str]:
        """A part can matter only while the others do not settle the AND."""
        possible = [part.attainable(on) for part in self.parts]
        for place, part in enumerate(self.parts):
            if len(possible[place]) == 1:
                continue
            others = _attainable_together(possible[:place] + possible[place + 1 :])
            within = Matters(no=matters.no and others != {Truth.NO}, yes=matters.yes and Truth.YES in others)
            yield from part.pivots(on, within)


class AnyOf(Struct, frozen=True):
    """At least one part holds: not every part fails."""

    parts: tuple[Condition, ...]

    def truth(self, on: Situation) -> Truth:
        """Kleene's OR."""
        return any_of(part.truth(on) for part in self.parts)

    def terms(self, on: Situation) -> Iterator[Term]:
        """The parts that settle it: one that holds is enough; while unknown, those that could still hold."""
        truth = self.truth(on)
        for part in self.parts:
            if part.truth(on) is truth:
                yield from (Term(term.leaf, term.truth, either=True) for term in part.terms(on))

    def missing(self, on: Situation) -> tuple[str, ...]:
        """What the unknown parts miss, unless a true one settles it."""
        return self._opposite().missing(on)

    def facts(self) -> tuple[str, ...]:
        return All(self.parts).facts()

    def _opposite(self) -> "Not":
        return Not(All(tuple(map(Not, self.parts))))

    def attainable(self, on: Situation) -> frozenset[Truth]:
        """OR over what the parts can become."""
        return self._opposite().attainable(on)

    def pivots(self, on: Situation, matters: Matters) -> Iterator[str]:
        """A part can matter only while the others do not settle the OR."""
        return self._opposite().pivots(on, matters)


class Not(Struct, frozen=True):
    """The part does not hold."""

    part: Condition

    def truth(self, on: Situation) -> Truth:
        """The other way round; unknown stays unknown."""
        return ~self.part.truth(on)

    def terms(self, on: Situation) -> Iterator[Term]:
        """The part's, the other way round."""
        for term in self.part.terms(on):
            yield Term(term.leaf, ~term.truth, term.either)

    def missing(self, on: Situation) -> tuple[str, ...]:
        return self.part.missing(on)

    def facts(self) -> tuple[str, ...]:
        return self.part.facts()

    def attainable(self, on: Situation) -> frozenset[Truth]:
        """The part's, the other way round."""
        return frozenset(~truth for truth in self.part.attainable(on))

    def pivots(self, on: Situation, matters: Matters) -> Iterator[str]:
        return self.part.pivots(on, Matters(no=matters.yes, yes=matters.no))


def leaves(condition: Condition) -> Iterator[Judged]:
    """The leaves of a condition, in the order of the text."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            assert isinstance(condition, Judged)
            yield condition


def _attainable_together(possible: list[frozenset[Truth]]) -> frozenset[Truth]:
    """What the AND of independent parts can become."""
    together = frozenset({Truth.YES})
    for part in possible:
        together = frozenset(one & other for one in together for other in part)
    return together
