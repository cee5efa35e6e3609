"""The size class of a business by 《中小企业划型标准规定》 (工信部联企业〔2011〕300号), lower bounds only."""

from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import product

from msgspec import Struct

from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.truth import Truth


class SizeClass(IntEnum):
    """The four classes, smallest first."""

    MICRO = 0
    SMALL = 1
    MEDIUM = 2
    LARGE = 3

    @property
    def key(self) -> str:
        """The name in files: micro, small, medium, large."""
        return self.name.lower()

    @staticmethod
    def of(key: str) -> "SizeClass":
        """The class of a name in files."""
        return SizeClass[key.upper()]


ALL_CLASSES = frozenset(SizeClass)


class Metric(Struct, frozen=True):
    """One number of a row: its fact, and the least values of small, medium and large (people, or fen)."""

    fact: str
    bounds: tuple[int, int, int]

    def level(self, value: Value) -> SizeClass | None:
        """The highest class whose bound this value meets; None while it is unknown."""
        return None if value is UNKNOWN else SizeClass(sum(int(str(value)) >= bound for bound in self.bounds))


class Row(Struct, frozen=True):
    """One row of the table: the industries (choice keys) it classifies, by which numbers.

    own_fact: where 300号 does not classify, the fact by which the business says its own class; then no metrics.
    by_reference: the industries that the row takes in only by reference (参照).
    """

    name: str
    industries: tuple[str, ...]
    metrics: tuple[Metric, ...] = ()
    by_reference: tuple[str, ...] = ()
    own_fact: str = ""

    def facts(self) -> tuple[str, ...]:
        """The facts that decide the class in this row."""
        return (self.own_fact,) if self.own_fact else tuple(metric.fact for metric in self.metrics)

    def possible(self, answers: Answers) -> frozenset[SizeClass]:
        """The classes that the answers leave open: an unknown number may lie anywhere."""
        if self.own_fact:
            own = answers.value(self.own_fact)
            return ALL_CLASSES if own is UNKNOWN else frozenset({SizeClass.of(str(own))})
        levels = [metric.level(answers.value(metric.fact)) for metric in self.metrics]
        highest = min((level for level in levels if level is not None), default=SizeClass.LARGE)
        if None in levels:
            return frozenset(SizeClass(level) for level in range(highest + 1))
        return frozenset({highest})


class SizeStandard(Struct, frozen=True):
    """The whole table; industry_fact: the choice that picks the row."""

    title: str
    source: str
    industry_fact: str
    rows: tuple[Row, ...]
    notes: dict[str, str] = {}

    def __hash__(self) -> int:
        return hash(self.title)  # the caches below look it up at every step: two standards seldom share a title

    def row_of(self, industry: Value) -> Row | None:
        """The row of an industry; None while the industry is unknown."""
        return next((row for row in self.rows if industry in row.industries), None)

    def rows_left(self, answers: Answers) -> tuple[Row, ...]:
        """The row of the industry; every row while that is unknown."""
        row = self.row_of(answers.value(self.industry_fact))
        return self.rows if row is None else (row,)

    def possible(self, answers: Answers) -> frozenset[SizeClass]:
        """The classes that the answers leave open: one when they settle it."""
        return frozenset[SizeClass]().union(*(row.possible(answers) for row in self.rows_left(answers)))

    def class_of(self, answers: Answers) -> SizeClass | None:
        """The class, None while it is open."""
        possible = self.possible(answers)
        return next(iter(possible)) if len(possible) == 1 else None

    def facts(self) -> tuple[str, ...]:
        """Every fact that can bear on the class, the industry first."""
        return _facts(self)

    def missing(self, answers: Answers, at_most: SizeClass | None = None) -> tuple[str, ...]:
        """The unknown facts that could settle the class, or the question whether it is at_most that."""

        def settled(possible: frozenset[SizeClass]) -> bool:
            return len(possible) == 1 if at_most is None else _at_most(possible, at_most) is not Truth.UNKNOWN

        if settled(self.possible(answers)):
            return ()
        open_rows = [row for row in self.rows_left(answers) if not settled(row.possible(answers))]
        open_facts = {self.industry_fact, *(fact for row in open_rows for fact in row.facts())}
        return tuple(fact for fact in self.facts() if fact in open_facts and answers.value(fact) is UNKNOWN)

    def at_most(self, answers: Answers, largest: SizeClass) -> Truth:
        """Whether the class is that or smaller."""
        return _at_most(self.possible(answers), largest)

    def attainable(self, answers: Answers, largest: SizeClass) -> frozenset[Truth]:
        """What at_most can still become while the facts not asked yet get answers, unknown among them."""
        return _attainable(self, self._asked(answers), largest)

    def pivots(self, answers: Answers, largest: SizeClass) -> dict[str, frozenset[frozenset[Truth]]]:
        """For each fact that can be asked now: the sets of truths between which it alone may decide.

        The industry comes before its numbers: until it is asked, it is the only one.
        """
        if self.industry_fact not in answers:
            truths = self.attainable(answers, largest)
            return {self.industry_fact: frozenset({truths})} if len(truths) > 1 else {}
        return _pivots(self, self._asked(answers), largest)

    def _asked(self, answers: Answers) -> tuple[tuple[str, Value], ...]:
        return tuple((fact, answers[fact]) for fact in self.facts() if fact in answers)


@lru_cache(maxsize=8)
def _facts(standard: SizeStandard) -> tuple[str, ...]:
    """The industry, the numbers in an order that no row's own contradicts, then what a business says of itself."""
    places: dict[str, int] = {}
    for row in standard.rows:
        for place, metric in enumerate(row.metrics):
            places[metric.fact] = max(place, places.get(metric.fact, 0))
    own = dict.fromkeys(row.own_fact for row in standard.rows if row.own_fact)
    return (standard.industry_fact, *sorted(places, key=lambda fact: places[fact]), *own)


def _at_most(possible: frozenset[SizeClass], largest: SizeClass) -> Truth:
    if max(possible) <= largest:
        return Truth.YES
    return Truth.NO if min(possible) > largest else Truth.UNKNOWN


@lru_cache(maxsize=64)
def _attainable(standard: SizeStandard, asked: tuple[tuple[str, Value], ...], largest: SizeClass) -> frozenset[Truth]:
    answers = Answers(dict(asked))
    if standard.industry_fact in answers:
        return frozenset(truth for _, truth in _worlds(standard, asked, largest))
    now = standard.at_most(answers, largest)
    in_rows = (answers.also({standard.industry_fact: row.industries[0]}) for row in standard.rows)
    return frozenset({now}).union(*(standard.attainable(row, largest) for row in in_rows))


@lru_cache(maxsize=64)
def _worlds(
    standard: SizeStandard, asked: tuple[tuple[str, Value], ...], largest: SizeClass
) -> tuple[tuple[tuple[Value, ...], Truth], ...]:
    """Every way the facts not asked yet can be answered, as far as it matters to at_most, with its truth."""
    answers = Answers(dict(asked))
    open_facts = _open_facts(standard, answers)
    ways = [tuple(_telling_values(standard, answers, fact, largest)) for fact in open_facts]
    return tuple(
        (values, standard.at_most(answers.also(dict(zip(open_facts, values, strict=True))), largest))
        for values in product(*ways)
    )


def _open_facts(standard: SizeStandard, answers: Answers) -> tuple[str, ...]:
    """The facts of the rows left that have not been asked yet."""
    facts = dict.fromkeys(fact for row in standard.rows_left(answers) for fact in row.facts())
    return tuple(fact for fact in facts if fact not in answers)


def _telling_values(standard: SizeStandard, answers: Answers, fact: str, largest: SizeClass) -> Iterator[Value]:
    """One value of each stretch within which at_most cannot change, and unknown."""
    yield UNKNOWN
    rows = standard.rows_left(answers)
    if any(row.own_fact == fact for row in rows):
        yield from (SizeClass.MICRO.key, SizeClass.LARGE.key)
        return
    yield 0
    yield from sorted({m.bounds[largest] for row in rows for m in row.metrics if m.fact == fact})


@lru_cache(maxsize=64)
def _pivots(
    standard: SizeStandard, asked: tuple[tuple[str, Value], ...], largest: SizeClass
) -> dict[str, frozenset[frozenset[Truth]]]:
    open_facts = _open_facts(standard, Answers(dict(asked)))
    worlds = _worlds(standard, asked, largest)
    decided: dict[str, frozenset[frozenset[Truth]]] = {}
    for place, fact in enumerate(open_facts):
        sides: dict[tuple[Value, ...], set[Truth]] = {}
        for values, truth in worlds:
            sides.setdefault(values[:place] + values[place + 1 :], set()).add(truth)
        decided[fact] = frozenset(frozenset(truths) for truths in sides.values() if len(truths) > 1)
    return decided
