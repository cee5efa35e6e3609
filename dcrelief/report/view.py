"""What a report says of an assessment, section by section."""

from collections.abc import Iterator

from msgspec.structs import replace

from dcrelief.language import CHINESE, language
from dcrelief.report.amounts import formula, interval
from dcrelief.report.overview import Overview
from dcrelief.report.parts import Card, Field, Section, View, card, filled
from dcrelief.report.plan_view import PlanWriter
from dcrelief.rules.assessment import GROUPS, Assessment, Verdict
from dcrelief.rules.model import Measure, Route
from dcrelief.rules.plan import plan
from dcrelief.rules.size import SizeClass
from dcrelief.rules.truth import Truth


class ReportWriter(Overview, frozen=True):
    """Writes the report of one assessment: the overview, then each route."""

    def view(self) -> View:
        """The report, section by section; empty sections are left out."""
        sections = [
            self._size(),
            self.money(),
            self.fits(),
            self.deadlines(),
            *self._fitting(),
            self.materials(),
            self._open(),
            self._near(),
            self._not_for_owners(),
            self._not_fitting(),
            self._rules(),
            *PlanWriter(self.assessment).sections(plan(self.assessment)),
        ]
        return View(self._catalogue.policy.report_title, tuple(self._head()), filled(sections), self.figures())

    def measure(self, measure: Measure) -> View:
        """One measure for this business: how each of its routes comes out, why, and all that one needs for it."""
        words = self._words
        cards = []
        for route in measure.routes:
            (verdict,) = (each for each in self.assessment.verdicts if each.route.id == route.id)
            whole = self._card(verdict)
            cards.append(replace(whole, tag=words.joined((words(f"batch.{verdict.outcome}"), whole.tag))))
        title = words("report.name", number=measure.number, measure=measure.title)
        business = (words("report.business", name=self._business),) if self._business else ()
        lines = (measure.summary, *business, words("report.as_of", as_of=self.assessment.as_of))
        return View(title, lines, (Section("", cards=tuple(cards)),))

    # ---- head ----------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        words, policy, assessment = self._words, self._catalogue.policy, self.assessment
        yield words("report.document", title=policy.short_title, issuer=policy.issuer, published=policy.published)
        if self._business:
            yield words("report.business", name=self._business)
        yield words("report.as_of", as_of=assessment.as_of)
        if assessment.as_of > policy.confirmed_until:
            yield words("report.old_date", confirmed=policy.confirmed_until)
        if assessment.as_of < policy.effective:
            yield words("report.early_date", effective=policy.effective)
        if assessment.in_scope is Truth.YES:
            yield policy.in_scope
        if assessment.in_scope is Truth.NO:
            yield words("report.out_of_scope", instead=policy.out_of_scope)
        if assessment.in_scope is Truth.UNKNOWN:
            yield policy.scope_unknown
        counts = {outcome: len(assessment.with_outcome(outcome)) for outcome in ("eligible", "needs_info")}
        yield words("report.counts", **counts)
        yield words("report.not_approved")
        if language() != CHINESE:
            yield words("report.translated")

    def _size(self) -> Section:
        return Section(self._words("report.size_title"), self.size_lines() if self._size_counts() else ())

    def size_lines(self) -> tuple[str, ...]:
        """The size class and why."""
        size, words = self.assessment.size, self._words
        lines = [reason.text for reason in size.reasons]
        if size.classified:
            lines.insert(0, words("report.size", size=self._size_name()))
        if size.missing and not self._size_is_enough():
            lines.append(words("report.size_missing", missing=self._labels(size.missing)))
        return tuple(lines)

    def _size_name(self) -> str:
        """The class, or those that it may be; if none of these is large, that all count as small and medium."""
        words, size_name = self._words, self._explainer.size_name
        possible = sorted(self._catalogue.size_standard.possible(self.assessment.answers))
        if len(possible) in (1, len(SizeClass)):
            return size_name(self.assessment.size.size_class)
        names = words("value.or").join(map(size_name, possible))
        return words("report.size_sme" if SizeClass.LARGE not in possible else "report.size_may_be", names=names)

    def _size_is_enough(self) -> bool:
        """Whether every verdict is settled without the class itself."""
        return self._size_counts() and not any(
            reason.fact == "size" and reason.truth is Truth.UNKNOWN
            for verdict in self.assessment.verdicts
            for reason in verdict.reasons
        )

    def _size_counts(self) -> bool:
        """Whether any verdict rests on the size class."""
        return self.assessment.in_scope is not Truth.NO and any(
            reason.fact == "size"
            for verdict in self.assessment.verdicts
            if verdict.outcome != "not_for_you"
            for reason in verdict.reasons
        )

    # ---- what fits -----------------------------------------------------------------------------------------------

    def _fitting(self) -> Iterator[Section]:
        for group, benefits in GROUPS.items():
            cards = tuple(self._card(verdict) for verdict in self._eligible if verdict.route.benefit in benefits)
            yield Section(self._words(f"group.{group}", count=len(cards)), cards=cards)

    def _open(self) -> Section:
        words = self._words
        verdicts = self.assessment.with_outcome("needs_info")
        lines = []
        for verdict in verdicts:
            missing = self._labels(verdict.missing)
            lines.append(words("report.open_line", name=self._routes.name(verdict.route), missing=missing))
            if verdict.amount is not None:
                lines[-1] += words("report.open_amount", amount=interval(words, verdict.amount))
        return Section(words("report.open_title", count=len(verdicts)), tuple(lines))

    def _near(self) -> Section:
        words = self._words
        near = [verdict for verdict in self.assessment.with_outcome("not_eligible") if verdict.near_miss]
        lines = (words("report.near_line", name=self._routes.name(v.route), why=self._against(v)) for v in near)
        return Section(words("report.near_title", count=len(near)), tuple(lines))

    def _not_for_owners(self) -> Section:
        words, summary = self._words, {measure.number: measure.summary for measure in self._catalogue.measures}
        lines = tuple(
            words("report.none_line", name=self._routes.name(route), summary=summary[route.measure])
            for route in self._catalogue.routes()
            if route.action == "none" and self.assessment.in_scope is not Truth.NO
        )
        return Section(words("report.none_title"), lines, folded=True)

    def _not_fitting(self) -> Section:
        words = self._words
        unfit = [v for v in self.assessment.with_outcome("not_eligible") if not v.near_miss]
        verdicts = [v for v in (*unfit, *self.assessment.with_outcome("not_for_you")) if v.route.action != "none"]
        lines: list[str] = []
        for_others: dict[str, list[str]] = {}
        for verdict in sorted(verdicts, key=lambda verdict: verdict.route.measure):
            name, why = self._routes.short_name(verdict.route), self._first_against(verdict)
            if verdict.outcome == "not_for_you":
                for_others.setdefault(why, []).append(name)
            else:
                lines.append(words("report.unfit_line", name=name, why=self._cited(why, verdict.route)))
        lines += [
            words("report.for_others_line", why=why, names=words.joined(names)) for why, names in for_others.items()
        ]
        if self.assessment.in_scope is Truth.NO:
            lines = [words("report.unfit_all", count=len(verdicts))]
        hints = (words("report.unfit_hint"),) if verdicts else ()
        return Section(words("report.unfit_title", count=len(verdicts)), tuple(lines), folded=True, hints=hints)

    def _rules(self) -> Section:
        supported = any(verdict.route.support for verdict in self._eligible)
        applies = {"always": True, "size": self._size_counts(), "support": supported}
        lines = tuple(rule.text for rule in self._catalogue.policy.rules if applies[rule.applies])
        return Section(self._words("report.rules_title"), lines)

    # ---- one route -----------------------------------------------------------------------------------------------

    def _card(self, verdict: Verdict) -> Card:
        """A route, why it fits or not, and everything one needs to take it up."""
        words, route = self._words, verdict.route
        # The scope is the same for every route: the head of the report says it once.
        said = self._catalogue.policy.scope.facts() if self.assessment.in_scope is Truth.YES else ()
        own = [reason for reason in verdict.reasons if reason.fact not in said]
        reasons = Field(words("card.why"), tuple(reason.text for reason in own), tuple(reason.truth for reason in own))
        return card(
            self._routes.name(route),
            words(f"action.{route.action}"),
            reasons,
            self._routes.cite(route),
            Field(words("card.amount"), tuple(self._amount(verdict))),
            Field(words("card.window"), tuple(self._window(verdict))),
            *self._routes.fields(route),
            Field(words("card.notes"), (*route.notes, *self._catalogue.measure(route.measure).notes)),
            anchor=self._routes.anchor(route),
            brief=self.brief(verdict),
        )

    def _amount(self, verdict: Verdict) -> Iterator[str]:
        words, route = self._words, verdict.route
        if verdict.amount is not None and route.estimate is not None:
            yield words("card.estimate", amount=self.amount(verdict))
            yield formula(self._explainer, route.estimate, self.assessment.answers, verdict.amount)
            if verdict.left_out_for:
                yield words(f"card.{self.why_left_out(verdict)}")
        yield words("card.basis", basis=route.basis)

    def _window(self, verdict: Verdict) -> Iterator[str]:
        words, span, as_of = self._words, verdict.window, self.assessment.as_of
        yield verdict.route.window.text
        if span is not None and span.end is not None and as_of <= span.end:
            yield words(f"window.{verdict.route.window.last_day}", end=span.end, days=(span.end - as_of).days)
        if state := self.state(verdict):
            yield words(f"window.{state}")

    # ---- small parts ---------------------------------------------------------------------------------------------

    def _against(self, verdict: Verdict) -> str:
        """The reasons against a verdict, in one line."""
        against = (reason.text for reason in verdict.reasons if reason.truth is Truth.NO)
        return self._cited(self._words("value.also").join(against), verdict.route)

    def _first_against(self, verdict: Verdict) -> str:
        """The first reason against a verdict, with its alternatives: enough to see why."""
        against = [reason for reason in verdict.reasons if reason.truth is Truth.NO]
        first = [reason for reason in against if reason.either] if against[0].either else against[:1]
        return self._words("value.also").join(reason.text for reason in first)

    def _cited(self, text: str, route: Route) -> str:
        """A reason, and the step of the article that it comes from, if it comes from one."""
        return text + self._words("report.cited", at=route.at) if route.at else text

    def _labels(self, facts: tuple[str, ...]) -> str:
        return self._words.listed(map(self._catalogue.fact_label, facts))


def write_report(assessment: Assessment) -> View:
    """The view of an assessment."""
    return ReportWriter(assessment).view()


def measure_for(assessment: Assessment, measure: Measure) -> View:
    """A measure with the reasons and amounts of this business."""
    return ReportWriter(assessment).measure(measure)


def size_view(assessment: Assessment) -> View:
    """The size class alone, with its reasons."""
    return View(assessment.catalogue.words("report.size_title"), ReportWriter(assessment).size_lines(), ())
