"""Holds a catalogue against its document: each measure's hard facts against its article's, both ways."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Literal

from msgspec import Struct

from dcrelief.proof.articles import Article, Desk, Document, unit_names
from dcrelief.proof.hard_facts import HardFact, hard_facts, in_order, numbers_of
from dcrelief.proof.spelling import unspaced
from dcrelief.rules.estimates import Formula, Tier
from dcrelief.rules.model import Catalogue, Measure, Policy, Route
from dcrelief.rules.money import percent
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.windows import Window

DifferenceKind = Literal["only_document", "only_catalogue", "unused_exception"]


class Difference(Struct, frozen=True):
    """A fact that one side has and the other has not. elsewhere: the measures whose article has it.

    kind: of a hard fact; step, of a measure that names one; order, of amounts that follow each other otherwise.
    """

    measure: int
    side: DifferenceKind
    kind: str
    value: str
    elsewhere: tuple[int, ...] = ()


class Coverage(Struct, frozen=True):
    """How many hard facts an article has, and how many of them its measure has."""

    measure: int
    of_article: int
    of_measure: int


class Agreement(Struct, frozen=True):
    """What is covered and what differs, and the measures that one side lacks.

    lost: the numbers that the document leaves out between others. unclosed: where its last measure ends was not found.
    """

    covered: tuple[Coverage, ...]
    differences: tuple[Difference, ...]
    not_in_document: tuple[int, ...]
    not_in_catalogue: tuple[int, ...]
    lost: tuple[int, ...]
    unclosed: bool

    @property
    def whole(self) -> bool:
        """Whether nothing differs."""
        lacks = self.not_in_document or self.not_in_catalogue or self.lost or self.unclosed
        return not (self.differences or lacks)


def agreement(catalogue: Catalogue, document: Document) -> Agreement:
    """Every measure against its article."""
    numbers = {measure.number for measure in catalogue.measures}
    known = {article.number: article for article in document.articles}
    not_found = {*numbers, *document.lost} - known.keys()
    covered: list[Coverage] = []
    differences: list[Difference] = []
    for measure in catalogue.measures:
        article = known.get(measure.number)
        if article is not None:
            beside = _beside(measure.number, not_found)
            merged = tuple(each for each in catalogue.measures if each.number in beside)
            comparison = _Comparison(catalogue, document, measure, article, merged)
            covered.append(comparison.coverage())
            differences += comparison.differences()
    return Agreement(
        covered=tuple(covered),
        differences=tuple(differences),
        not_in_document=tuple(sorted(not_found.difference(document.lost))),
        not_in_catalogue=tuple(sorted(known.keys() - numbers)),
        lost=document.lost,
        unclosed=document.unclosed,
    )


def _beside(number: int, not_found: set[int]) -> set[int]:
    """The numbers next to one that were not found, either way: their texts may be in its article."""
    beside: set[int] = set()
    for step in (-1, 1):
        other = number + step
        while other in not_found:
            beside.add(other)
            other += step
    return beside


class _Comparison:
    """One measure and its article, which may hold those of merged measures, too, whose numbers were not found."""

    def __init__(
        self,
        catalogue: Catalogue,
        document: Document,
        measure: Measure,
        article: Article,
        merged: tuple[Measure, ...] = (),
    ) -> None:
        self._catalogue, self._document, self._measure, self._article = catalogue, document, measure, article
        self._explainer = Explainer(catalogue.facts, catalogue.words)
        self._article_text = unspaced(article.text)
        texts = "；".join(self._texts())
        self._measure_text = unspaced(texts)
        self._ours = set(chain(hard_facts(texts), self._structured()))
        others = [_Comparison(catalogue, document, each, article) for each in merged]
        self._stated = {
            fact for fact in article.facts if self._has(fact) or not any(other._has(fact) for other in others)
        }

    def coverage(self) -> Coverage:
        return Coverage(self._measure.number, len(self._stated), sum(map(self._has, self._stated)))

    def differences(self) -> Iterator[Difference]:
        excepted = {exception.fact for exception in self._measure.exceptions}
        lacking = [fact for fact in sorted(self._stated) if not self._has(fact)]
        added = sorted(self._ours - self._article.facts - self._document.general)
        for fact in lacking:
            if fact.value not in excepted:
                yield self._difference("only_document", fact)
        for fact in added:
            if fact.value not in excepted and not self._may_be_quoted(fact):
                yield self._difference("only_catalogue", fact)
        yield from self._steps()
        misplaced = tuple(dict.fromkeys(self._misplaced()))
        yield from (each for each in misplaced if each.value not in excepted)
        different = {*(fact.value for fact in (*lacking, *added)), *(each.value for each in misplaced)}
        for value in sorted(excepted - different):
            yield Difference(self._measure.number, "unused_exception", "exception", value)

    def _has(self, fact: HardFact) -> bool:
        """Whether the catalogue has a fact; what the document has in quotation marks may stand without them."""
        return fact in self._ours or (fact.kind == "quoted" and fact.value in self._measure_text)

    def _may_be_quoted(self, fact: HardFact) -> bool:
        """Whether the article has without quotation marks what the catalogue has in them, or its text is not known."""
        return fact.kind == "quoted" and (not self._article_text or fact.value in self._article_text)

    def _steps(self) -> Iterator[Difference]:
        """Steps that the measure names and the article has not, if its text is known."""
        for route in self._measure.routes if self._article_text else ():
            for at in dict.fromkeys((route.at, *(step.at for step in route.steps))):
                number = re.search(r"\(\d+\)", unspaced(at))
                if number and number[0] not in self._article_text:
                    yield Difference(self._measure.number, "only_catalogue", "step", at)

    def _misplaced(self) -> Iterator[Difference]:
        """Numbers of a unit that follow each other otherwise than in the article: one of them is another's."""
        known = self._article.numbers
        for tellings in self._tellings():
            for unit in dict.fromkeys(map(_unit, known)):
                rows = [_row(telling, unit, known) for telling in tellings]
                if not any(_follow(row, known) for row in rows):
                    yield Difference(self._measure.number, "only_catalogue", "order", "、".join(rows[0]))

    def _tellings(self) -> Iterator[tuple[str, ...]]:
        """The texts that restate the article, and the formulas, of which an article may have several orders."""
        yield from ((text,) for text in (self._measure.title, self._measure.summary))
        for route in self._measure.routes:
            yield from ((text,) for text in (route.title, route.basis, route.gain))
            if route.estimate is not None:
                for formula in route.estimate.formulas:
                    alone = len(route.estimate.formulas) == 1  # then the cap of the whole is its own
                    yield tuple(self._formula_in_any_order(formula, route.estimate.cap if alone else formula.cap))

    def _formula_in_any_order(self, rule: Formula, most: int | None) -> Iterator[str]:
        """The tiers upwards or downwards, each by its lower or its upper bound, with the cap before or after them."""
        limits = {tier.sums[1] for tier in rule.tiers}
        cap = [self._catalogue.words.money(most)] if most is not None and most not in limits else []
        for tiers in (rule.tiers, rule.tiers[::-1]):
            for upper in (False, True):
                told = [
                    text for tier in tiers for text in self._tier(rule, tier, (tier.below if upper else tier.start,))
                ]
                yield "；".join((*told, *cap))
                yield "；".join((*cap, *told))

    def _difference(self, side: DifferenceKind, fact: HardFact) -> Difference:
        others = [a.number for a in self._document.articles if fact in a.facts and a is not self._article]
        return Difference(self._measure.number, side, fact.kind, fact.value, tuple(others))

    def _texts(self) -> Iterator[str]:
        """All texts of the measure, and the numbers of its rules in words."""
        measure = self._measure
        yield from (measure.title, measure.summary, *measure.units, *(note.text for note in measure.notes))
        for route in measure.routes:
            yield from (route.title, route.basis, route.window.text, route.gain, route.begin, route.ask_first)
            yield from (*route.materials, *(note.text for note in route.notes), *(step.text for step in route.steps))
            yield from self._bounds(route)
            for key in route.contacts:
                contact = self._catalogue.contacts[key]
                yield from (*contact.phones, contact.email, contact.address, contact.hours, contact.note)

    def _bounds(self, route: Route) -> Iterator[str]:
        """The numbers of conditions, estimates and windows."""
        labels = sorted((fact.label for fact in self._catalogue.facts.values()), key=len, reverse=True)
        for line in (*self._explainer.describe(route.audience), *self._explainer.describe(route.when)):
            for label in labels:  # a label is the question's, not the article's
                line = line.replace(label, "")
            yield line
        if rule := route.estimate:
            for formula in rule.formulas:
                yield from self._formula(formula)
            shared = rule.shared.most if rule.shared else None
            yield from (self._catalogue.words.money(cap) for cap in (rule.cap, shared) if cap is not None)
        if route.window.days:
            yield f"{route.window.days}日"
        if route.window.grace_months:
            yield f"{route.window.grace_months}个月"

    def _formula(self, rule: Formula) -> Iterator[str]:
        for tier in rule.tiers:
            yield from self._tier(rule, tier, (tier.start, tier.below))
        if rule.cap is not None:
            yield self._catalogue.words.money(rule.cap)
        if rule.times:
            yield f"{rule.times_at_most}{self._catalogue.facts[rule.times].unit}"
        if rule.raised:
            yield percent(rule.raised.by)
            yield from self._explainer.describe(rule.raised.when)

    def _tier(self, rule: Formula, tier: Tier, bounds: Iterable[int | None]) -> Iterator[str]:
        """The bounds of a tier, what it gives, and its limit."""
        money = self._catalogue.words.money
        base = self._catalogue.facts.get(rule.base)
        yield from (self._explainer.show(base, bound) for bound in bounds if bound and base)
        for rate in dict.fromkeys(tier.rates or ()):
            if rule.a_head:
                yield money(int(rate))
            elif rate != 1:  # all of it is no number of the text
                yield percent(rate)
        yield from (money(fen) for fen in dict.fromkeys(tier.sums) if fen)

    @property
    def _policy(self) -> Policy:
        return self._catalogue.policy_of(self._measure.id)

    def _structured(self) -> Iterator[HardFact]:
        """Units, desks and days, which the catalogue keeps as such."""
        units = {name for unit in self._measure.units for name in unit_names(unit)}
        if "units" in self._policy.document.labels().values():
            yield from (HardFact("responsible", unit) for unit in units)
        for key in dict.fromkeys(key for route in self._measure.routes for key in route.contacts):
            contact = self._catalogue.contacts[key]
            if contact.people:
                stated = {bool(desk.unit) for desk in self._article.desks if desk.people == contact.people}
                for with_unit in stated or {False}:
                    unit = contact.unit if with_unit else ""
                    yield Desk(contact.people, contact.phones, contact.email, unit).fact()
                    if not unit and contact.unit not in units:
                        yield HardFact("answering", contact.unit)
        for route in self._measure.routes:
            yield from _days(route.window, self._policy, self._article.facts)


def _row(text: str, unit: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of a unit in a text, one after the other, of those that an article has."""
    return tuple(value for value in numbers_of(in_order(text)) if value in known and _unit(value) == unit)


def _unit(value: str) -> str:
    return value.lstrip("0123456789.")


def _follow(row: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether values follow each other in what is known, with others between them."""
    rest = iter(known)
    return all(value in rest for value in row)


def _days(window: Window, policy: Policy, stated: frozenset[HardFact]) -> Iterator[HardFact]:
    """The days of a window as the text has them: with or without its year, the last of a month as 底."""
    for start in dict.fromkeys(window.starts or (window.start,)):
        if start is not None and start != policy.effective:
            yield _as_stated(start, stated)
    for month, day_of_month in window.yearly or ():
        yield HardFact("day", f"{month}月{day_of_month}日")
    if window.end is None or window.event:  # the day of an event is not the document's
        return
    day = _as_stated(window.end, stated)
    if (window.end + timedelta(days=1)).day == 1 and day not in stated:
        yield HardFact("month", f"{window.end.month}月底")
    else:
        yield day
    if window.end.year != policy.day.year:
        yield HardFact("year", f"{window.end.year}年")


def _as_stated(day: date, stated: frozenset[HardFact]) -> HardFact:
    without_year = HardFact("day", f"{day.month}月{day.day}日")
    return without_year if without_year in stated else HardFact("day", day.isoformat())
