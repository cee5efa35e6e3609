"""What a report says of an assessment, section by section."""

from collections import Counter
from collections.abc import Iterator

from dcrelief.language import CHINESE, language
from dcrelief.report.amounts import formula, interval
from dcrelief.report.overview import Overview
from dcrelief.report.parts import Card, Field, Section, View, card
from dcrelief.report.writer import AssessmentWriter
from dcrelief.rules.assessment import GROUPS, Assessment, Verdict
from dcrelief.rules.model import Route
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.size import SizeClass
from dcrelief.rules.truth import Truth

MOST_DEADLINES = 3
MOST_FIRST_CALLS = 3
MOST_FIRST_ANSWERS = 5


class ReportWriter(AssessmentWriter, frozen=True):
    """Writes the view of one assessment."""

    def view(self) -> View:
        """The report, section by section; empty sections are left out."""
        sections = [
            self._size(),
            self._together.money(),
            self._together.fits(),
            self._together.deadlines(),
            *self._fitting(),
            self._together.materials(),
            self._open(),
            self._near(),
            self._not_for_owners(),
            self._not_fitting(),
            self._rules(),
            self._next_steps(),
        ]
        kept = tuple(section for section in sections if section.lines or section.cards or section.hints)
        return View(self._catalogue.policy.report_title, tuple(self._head()), kept, self._together.figures())

    # ---- head ----------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        words, policy, assessment = self._words, self._catalogue.policy, self.assessment
        name = assessment.answers.value(policy.name_fact)
        yield words("report.document", title=policy.short_title, issuer=policy.issuer, published=policy.published)
        if isinstance(name, str):
            yield words("report.business", name=name)
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
        lines = [words("report.size", size=self._size_name()), *(reason.text for reason in size.reasons)]
        if size.missing and not self._size_is_enough():
            lines.append(words("report.size_missing", missing=self._labels(size.missing)))
        return tuple(lines)

    def _size_name(self) -> str:
        """The class, or those it may be, and that they all count as small and medium where they do."""
        words, explainer = self._words, self._explainer()
        possible = sorted(self._catalogue.size_standard.possible(self.assessment.answers))
        if len(possible) in (1, len(SizeClass)):
            return explainer.size_name(self.assessment.size.size_class)
        names = words("value.or").join(map(explainer.size_name, possible))
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
        eligible = self.assessment.with_outcome("eligible")
        for group, benefits in GROUPS.items():
            cards = tuple(self._card(verdict) for verdict in eligible if verdict.route.benefit in benefits)
            yield Section(self._words(f"group.{group}", count=len(cards)), cards=cards)

    def _open(self) -> Section:
        words = self._words
        verdicts = self.assessment.with_outcome("needs_info")
        lines = []
        for verdict in verdicts:
            missing, estimate = self._labels(verdict.missing), verdict.route.estimate
            lines.append(words("report.open_line", name=self._routes.name(verdict.route), missing=missing))
            # The verdict leaves a base that is not asked yet out of account; one that is given says what it may be.
            amount = None if estimate is None else estimate.amount(self.assessment.answers)
            if amount is not None:
                lines[-1] += words("report.open_amount", amount=interval(words, amount))
        return Section(words("report.open_title", count=len(verdicts)), tuple(lines))

    def _near(self) -> Section:
        words = self._words
        near = [verdict for verdict in self.assessment.with_outcome("not_eligible") if verdict.near_miss]
        lines = (
            words("report.near_line", name=self._routes.name(verdict.route), why=self._against(verdict))
            for verdict in near
        )
        return Section(words("report.near_title", count=len(near)), tuple(lines))

    def _not_for_owners(self) -> Section:
        words = self._words
        lines = tuple(
            words("report.none_line", name=self._routes.name(route), summary=measure.summary)
            for measure in self._catalogue.measures
            for route in measure.routes
            if route.action == "none"
        )
        return Section(
            words("report.none_title"), lines if self.assessment.in_scope is not Truth.NO else (), folded=True
        )

    def _not_fitting(self) -> Section:
        words = self._words
        verdicts = [
            verdict
            for verdict in self.assessment.verdicts
            if verdict.route.action != "none"
            and (verdict.outcome == "not_for_you" or (verdict.outcome == "not_eligible" and not verdict.near_miss))
        ]
        verdicts.sort(key=lambda verdict: verdict.route.measure)
        lines = [
            words(
                "report.unfit_line",
                name=self._routes.short_name(verdict.route),
                why=self._cited(self._first_against(verdict), verdict.route),
            )
            for verdict in verdicts
            if verdict.outcome == "not_eligible"
        ]
        for_others: dict[str, list[str]] = {}
        for verdict in verdicts:
            if verdict.outcome == "not_for_you":
                for_others.setdefault(self._first_against(verdict), []).append(self._routes.short_name(verdict.route))
        lines += [
            words("report.for_others_line", why=why, names=words("value.separator").join(names))
            for why, names in for_others.items()
        ]
        if self.assessment.in_scope is Truth.NO:
            lines = [words("report.unfit_all", count=len(verdicts))]
        return Section(
            words("report.unfit_title", count=len(verdicts)),
            tuple(lines),
            folded=True,
            hints=(words("report.unfit_hint"),) if verdicts else (),
        )

    def _rules(self) -> Section:
        fitting = self.assessment.with_outcome("eligible")
        applies = {"always": True, "size": self._size_counts(), "support": any(v.route.support for v in fitting)}
        lines = tuple(rule.text for rule in self._catalogue.policy.rules if applies[rule.applies])
        return Section(self._words("report.rules_title"), lines)

    def _next_steps(self) -> Section:
        words = self._words
        eligible = self.assessment.with_outcome("eligible")
        lines = []
        dated = [(end, verdict) for end, verdict in self._together.dated() if not verdict.left_out_for]
        for end, verdict in dated[:MOST_DEADLINES]:
            lines.append(words("next.deadline", end=end, name=self._routes.name(verdict.route)))
        if eligible and self.assessment.as_of > self._catalogue.policy.confirmed_until:
            lines.append(words("next.unconfirmed"))
        calls: dict[str, list[Route]] = {}
        for verdict in eligible:
            if verdict.route.action == "apply" and verdict.route.total and not verdict.left_out_for:
                calls.setdefault(verdict.route.contacts[0], []).append(verdict.route)
        for key, routes in list(calls.items())[:MOST_FIRST_CALLS]:
            contact = self._catalogue.contacts[key]
            names = words("value.separator").join(map(self._routes.short_name, routes))
            phone = self._routes.phone(contact.office_phone)
            ways = words("value.separator").join(filter(None, (phone, contact.email)))
            lines.append(words("next.call", names=names, unit=contact.unit, ways=ways))
        open_verdicts = self.assessment.with_outcome("needs_info")
        if open_verdicts:
            wanted = Counter(fact for verdict in open_verdicts for fact in verdict.missing)
            first = tuple(fact for fact, _ in wanted.most_common(MOST_FIRST_ANSWERS))
            key = "next.answer" if len(wanted) == len(first) else "next.answer_some"
            lines.append(words(key, count=len(open_verdicts), facts=self._labels(first), all=len(wanted)))
        if self.assessment.in_scope is Truth.NO:
            lines.append(words("next.elsewhere", instead=self._catalogue.policy.out_of_scope))
        hints = () if self.assessment.in_scope is Truth.NO else (words("next.show"),)
        return Section(words("next.title"), tuple(lines), leads=True, hints=hints)

    # ---- one route -----------------------------------------------------------------------------------------------

    def _card(self, verdict: Verdict) -> Card:
        """A route that fits, with everything one needs to take it up."""
        words, route = self._words, verdict.route
        # The scope is the same for every route: the head of the report says it once.
        own = [reason for reason in verdict.reasons if reason.fact not in self._catalogue.policy.scope.facts()]
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
            brief=self._together.brief(verdict),
        )

    def _amount(self, verdict: Verdict) -> Iterator[str]:
        words, route = self._words, verdict.route
        if verdict.amount is not None and route.estimate is not None:
            yield words("card.estimate", amount=self._together.amount(verdict))
            yield formula(self._explainer(), route.estimate, self.assessment.answers, verdict.amount)
            if verdict.left_out_for:
                yield words(f"card.{self._together.why_left_out(verdict)}")
        yield words("card.basis", basis=route.basis)

    def _window(self, verdict: Verdict) -> Iterator[str]:
        words, span, as_of = self._words, verdict.window, self.assessment.as_of
        yield verdict.route.window.text
        if span is not None and span.end is not None and as_of <= span.end:
            yield words("window.days_left", end=span.end, days=(span.end - as_of).days)
        state = self._together.state(verdict)
        if state:
            starts = verdict.route.window.starts
            yield words(f"window.{state}", start=span.start if span and span.start else min(starts, default=None))

    # ---- small parts ---------------------------------------------------------------------------------------------

    def _against(self, verdict: Verdict) -> str:
        """What stands against a verdict, in one line."""
        against = (reason.text for reason in verdict.reasons if reason.truth is Truth.NO)
        return self._cited(self._words("value.also").join(against), verdict.route)

    def _first_against(self, verdict: Verdict) -> str:
        """The first thing that stands against a verdict, with its alternatives: enough to see why."""
        against = [reason for reason in verdict.reasons if reason.truth is Truth.NO]
        first = [reason for reason in against if reason.either] if against[0].either else against[:1]
        return self._words("value.also").join(reason.text for reason in first)

    def _cited(self, text: str, route: Route) -> str:
        """What stands for or against a route, and the step of the article that says so, if it is one."""
        return text + self._words("report.cited", at=route.at) if route.at else text

    @property
    def _together(self) -> Overview:
        return Overview(self.assessment)

    def _labels(self, facts: tuple[str, ...]) -> str:
        return self._words.listed(map(self._catalogue.fact_label, facts))

    def _explainer(self) -> Explainer:
        return Explainer(self._catalogue.facts, self._words)


def write_report(assessment: Assessment) -> View:
    """The view of an assessment."""
    return ReportWriter(assessment).view()


def size_view(assessment: Assessment) -> View:
    """The size class alone, with its reasons."""
    return View(assessment.catalogue.words("report.size_title"), ReportWriter(assessment).size_lines(), ())
