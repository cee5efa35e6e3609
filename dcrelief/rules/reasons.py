"""Reasons in words: each term of a verdict as a sentence made from its fact's label, its value and its distance."""

from collections.abc import Mapping

from msgspec import Struct

from dcrelief.rules.conditions import All, AnyOf, Condition, Leaf, Not, Situation, SizeAtMost, Term
from dcrelief.rules.criteria import IsYes
from dcrelief.rules.facts import UNKNOWN, Fact, Value
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.size import Metric, SizeClass, SizeStandard
from dcrelief.rules.truth import Truth
from dcrelief.rules.windows import InTime, Span
from dcrelief.rules.words import Words


class Reason(Struct, frozen=True):
    """One sentence of a verdict.

    distance: how far a number misses its bound, empty where that has no sense. either: one of several of which any
    would have done.
    """

    text: str
    truth: Truth
    fact: str
    distance: str = ""
    either: bool = False


class Explainer(Struct, frozen=True):
    """Puts terms in words."""

    facts: Mapping[str, Fact]
    words: Words

    def reason(self, term: Term, on: Situation) -> Reason:
        """The reason that a term is."""
        leaf = term.leaf
        if isinstance(leaf, SizeAtMost):
            return self._size(leaf, term.truth, on)
        if isinstance(leaf, InTime):
            return self._window(leaf, term.truth, on)
        assert isinstance(leaf, Leaf)
        fact = self.facts[leaf.fact]
        value = on.answers.value(leaf.fact)
        wanted = leaf.criterion.wanted(fact, on.as_of, self.words)
        distance = ""
        if value is not UNKNOWN and term.truth is Truth.NO:
            distance = leaf.criterion.distance(fact, value, on.as_of, self.words)
        asked = value is not UNKNOWN or leaf.fact in on.answers
        shown = self.show(fact, value) if asked else self.words("value.not_asked")
        text = self.words("reason.value", label=fact.label, value=shown)
        if wanted:
            text += self.words("reason.wanted", wanted=wanted)
        if distance:
            text += self.words("reason.distance", distance=distance)
        return Reason(text, term.truth, fact.id, distance, term.either)

    def describe(self, condition: Condition) -> tuple[str, ...]:
        """What a condition asks, a line a part, for someone whose answers are not known."""
        if isinstance(condition, All):
            return tuple(line for part in condition.parts for line in self.describe(part))
        if isinstance(condition, AnyOf):
            ways = (self.words("value.also").join(self.describe(part)) for part in condition.parts)
            return (self.words("describe.any", ways=self.words("describe.or").join(ways)),)
        if isinstance(condition, Not):
            return tuple(self.words("describe.not", line=line) for line in self.describe(condition.part))
        if isinstance(condition, SizeAtMost):
            return (self.words("describe.size", size=self.size_name(condition.largest)),)
        assert isinstance(condition, Leaf)
        fact = self.facts[condition.fact]
        if isinstance(condition.criterion, IsYes):
            return (fact.label,)
        wanted = condition.criterion.wanted(fact, None, self.words)
        return (self.words("describe.value", label=fact.label, wanted=wanted or self.words("describe.whatever")),)

    def show(self, fact: Fact, value: Value) -> str:
        """A value as people read it: `108 人`, `36万元`, the label of a choice."""
        if value is UNKNOWN:
            return self.words("value.unknown")
        return kind_of(fact).show(fact, value, self.words)

    def size(self, standard: SizeStandard, on: Situation) -> tuple[Reason, ...]:
        """Why the size class is what it is: the row, each number that bears on it, and the notes."""
        industry = on.answers.value(standard.industry_fact)
        row = standard.row_of(industry)
        if row is None:
            return (Reason(self.words("size.no_industry"), Truth.UNKNOWN, standard.industry_fact),)
        reasons = [
            Reason(self.words("size.row", row=row.name, source=standard.source), Truth.YES, standard.industry_fact)
        ]
        if row.own_fact:
            own = on.answers.value(row.own_fact)
            reasons.append(Reason(standard.notes["own_fact"], Truth.of(own is not UNKNOWN), row.own_fact))
        reasons += [self._metric(metric, on.answers.value(metric.fact)) for metric in row.metrics]
        if industry in row.by_reference:
            reasons.append(Reason(standard.notes["by_reference"], Truth.YES, standard.industry_fact))
        return tuple(reasons)

    def size_name(self, size: SizeClass | None) -> str:
        """The name of a class, or that it is open."""
        return self.words(f"size.{size.key}" if size is not None else "size.open")

    def _metric(self, metric: Metric, value: Value) -> Reason:
        fact = self.facts[metric.fact]
        bounds = self.words("value.separator").join(
            self.words("size.bound", size=self.size_name(size), bound=self.show(fact, bound))
            for size, bound in zip((SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE), metric.bounds, strict=True)
        )
        level = metric.level(value)
        key, truth = ("size.metric_unknown", Truth.UNKNOWN) if level is None else ("size.metric", Truth.YES)
        shown = {"label": fact.label, "value": self.show(fact, value), "level": self.size_name(level)}
        return Reason(self.words(key, **shown, bounds=bounds), truth, fact.id)

    def _size(self, leaf: SizeAtMost, truth: Truth, on: Situation) -> Reason:
        possible = sorted(leaf.standard.possible(on.answers))
        names = self.words("value.or").join(map(self.size_name, possible))
        wanted = self.words("size.at_most", size=self.size_name(leaf.largest))
        if truth is Truth.UNKNOWN:
            missing = (self.facts[fact].label for fact in leaf.missing(on))
            text = self.words(
                "size.undecided", names=names, wanted=wanted, missing=self.words("value.separator").join(missing)
            )
            return Reason(text, truth, leaf.fact)
        distance = self._size_distance(leaf, on) if truth is Truth.NO else ""
        text = self.words("size.decided", names=names, wanted=wanted)
        if distance:
            text += self.words("reason.distance", distance=distance)
        return Reason(text, truth, leaf.fact, distance)

    def _size_distance(self, leaf: SizeAtMost, on: Situation) -> str:
        """How far each number lies at or above the next class's bound: any one below it would do."""
        row = leaf.standard.row_of(on.answers.value(leaf.standard.industry_fact))
        if row is None or row.own_fact:
            return ""
        ways = []
        for metric in row.metrics:
            fact, bound = self.facts[metric.fact], metric.bounds[leaf.largest]
            over = int(str(on.answers.value(metric.fact))) - bound
            ways.append(
                self.words("size.over", label=fact.label, bound=self.show(fact, bound), gap=self.show(fact, over))
            )
        return self.words("value.or").join(ways)

    def _window(self, leaf: InTime, truth: Truth, on: Situation) -> Reason:
        span = leaf.window.span(on)
        if leaf.fact:
            starts = leaf.window.counted_starts(on)
            if starts is None or truth is Truth.UNKNOWN:
                label = self.facts[leaf.fact].label
                return Reason(self.words("reason.window_unknown", label=label), truth, leaf.fact)
            span = Span(starts[0], leaf.window.counted_end(starts[1]))
        assert span is not None
        if span.end is not None and span.end < on.as_of:
            days = (on.as_of - span.end).days
            return Reason(self.words("reason.window_over", end=span.end, days=days), truth, leaf.fact)
        start = leaf.window.possible_starts(on)[0] if leaf.window.starts else span.start
        key, fact = ("by_size", "size") if truth is Truth.UNKNOWN else ("not_yet", leaf.fact)
        return Reason(self.words(f"reason.window_{key}", start=start), truth, fact)
