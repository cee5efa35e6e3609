"""What a report says of an assessment, section by section."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dcrelief.language import CHINESE, language
from dcrelief.report.amounts import interval
from dcrelief.report.cards import measure_card, said_in_several, steps_once, without
from dcrelief.report.cites import cite, cite_in_order, measure_name
from dcrelief.report.parts import Card, Field, Section, View, card, filled
from dcrelief.report.plan_view import PlanWriter
from dcrelief.report.routes import document_line
from dcrelief.report.verdict_view import VerdictWriter
from dcrelief.rules.assessment import GROUPS, Assessment
from dcrelief.rules.kinds import document
from dcrelief.rules.model import Measure, Route
from dcrelief.rules.plan import Plan, plan
from dcrelief.rules.reasons import Reason
from dcrelief.rules.size import SizeClass
from dcrelief.rules.truth import Truth

if TYPE_CHECKING:  # most reports are no pages
    from dcrelief.report.html import PageWriter


class ReportWriter(VerdictWriter, frozen=True):
    """Writes the report of one assessment: the plan, and every measure that fits in full."""

    def view(self) -> View:
        """Everything for a terminal, the plan last, where the eye is; empty sections are left out."""
        planned = plan(self.assessment)
        *plan_sections, _ = PlanWriter(self.assessment).sections(planned)  # what its end names stands above
        sections = filled((*self._rest(planned, phones=False), *plan_sections))  # the plan has the phones
        return View(
            self._words.joined(p.report_title for p in self._catalogue.policies),
            tuple(self._head()),
            sections,
            self.figures(planned),
        )

    def page(self) -> View:
        """Everything for a page: the plan, the papers and notes on a sheet behind it, and the rest."""
        planned, words = plan(self.assessment), self._words
        title = words("page.title", name=self.business or self._catalogue.title)
        sections = filled(
            (*PlanWriter(self.assessment).sections(planned), *self._notes_sheet(), *self._rest(planned, phones=True))
        )
        lines = (*self._page_head(), *PlanWriter(self.assessment).hanging(planned))
        return View(title, lines, sections, self.figures(planned), self.running())

    def measure(self, measure: Measure) -> View:
        """One measure for this business: how each of its routes comes out, why, and all that one needs for it."""
        words, verdicts = self._words, {verdict.route.id: verdict for verdict in self.assessment.verdicts}
        cards = []
        for route in measure.routes:
            verdict = verdicts[route.id]
            tag = words.joined((words(f"batch.{verdict.outcome}"), words(f"action.{route.action}")))
            fields = (*self.fields(verdict), *self._routes.contacts(route))
            cards.append(card(self.heading(route), tag, *fields, brief=self.brief(verdict)))
        title = measure_name(self._catalogue, measure)
        business = (words("report.business", name=self.business),) if self.business else ()
        lines = (measure.summary, *business, words("report.as_of", as_of=self.assessment.as_of))
        whole = card(cards[0].heading if len(cards) == 1 else words("card.shared"), "")
        return View(title, lines, (Section("", cards=(measure_card(words, whole, cards),)),))

    def running(self) -> str:
        """What each sheet of paper is headed: whose it is, of which day, by which catalogue."""
        identity = self.assessment.answers.value(self._catalogue.id_fact)
        named = " ".join(filter(None, (self.business, identity if isinstance(identity, str) else "")))
        return self._words(
            "page.running",
            name=named or self._words("page.unnamed"),
            as_of=self.assessment.as_of,
            catalogue=self._catalogue.digest[:8],
            number=assessment_number(self.assessment),
        )

    # ---- head ----------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        words, assessment = self._words, self.assessment
        yield from self._documents()
        named = (words("report.business", name=self.business),) if self.business else ()
        yield words("value.also").join((*named, words("report.as_of", as_of=assessment.as_of)))
        yield from self.standing()
        for policy in self._catalogue.policies:
            if assessment.in_scope[policy.key] is Truth.YES:
                yield policy.in_scope
        yield from self._counts()

    def _page_head(self) -> Iterator[str]:
        """What the title and the head of each sheet do not say."""
        yield from self._documents()
        yield from self.standing()
        yield from self._counts()

    def _documents(self) -> Iterator[str]:
        return (document_line(self._words, policy) for policy in self._catalogue.policies)

    def _counts(self) -> Iterator[str]:
        words, assessment = self._words, self.assessment
        counts = {outcome: len(assessment.with_outcome(outcome)) for outcome in ("eligible", "needs_info")}
        yield words(
            "report.counts_then" if self.later else "report.counts", **counts, note=words("report.not_approved")
        )
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
            lines.append(words("report.size_missing", missing=self.labels(size.missing)))
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
        return not self._out_of_scope and any(
            reason.fact == "size"
            for verdict in self.assessment.verdicts
            if verdict.outcome != "not_for_you"
            for reason in verdict.reasons
        )

    @property
    def _out_of_scope(self) -> bool:
        """Whether no document is for this business."""
        return all(truth is Truth.NO for truth in self.assessment.in_scope.values())

    # ---- what fits -----------------------------------------------------------------------------------------------

    def _rest(self, planned: Plan, *, phones: bool) -> Iterator[Section]:
        """All but the plan. phones: in each card, too."""
        measures = self._fitting_cards(planned, phones=phones)
        common = said_in_several(measures.values())
        yield self._size()
        yield self.money()
        yield self._common(list(measures), common)
        yield from self._measures(measures, common)
        yield self._contacts()
        yield self._open()
        yield self._near()
        yield self._not_fitting()
        yield self._rules()

    def _fitting_cards(self, planned: Plan, *, phones: bool) -> dict[str, list[Card]]:
        """By measure, a card for each of its routes that fits; what the plan says to ask is not said again."""
        asked = {entry.verdict.route.id for office in planned.offices for entry in office.entries}
        cards: dict[str, list[Card]] = {}
        for verdict in self._eligible:
            route = verdict.route
            fields = self.fields(verdict, ask=route.id not in asked)
            anchor, brief = self._routes.anchor(route), self.brief(verdict)
            one = card(route.title, self.tag(route, phone=phones), *fields, anchor=anchor, brief=brief)
            cards.setdefault(route.measure, []).append(one)
        once = steps_once(self._words, {cite(self._catalogue, id_): own for id_, own in cards.items()})
        return dict(zip(cards, once, strict=True))

    def _common(self, measures: Sequence[str], common: Mapping[Field, Sequence[int]]) -> Section:
        """What several measures have in common, with which."""
        words, cards = self._words, []
        for label in dict.fromkeys(point.label for point in common):
            lines = tuple(
                words(
                    "report.common_line",
                    text=" ".join(point.lines),
                    cited=cite_in_order(self._catalogue, (measures[place] for place in at)),
                )
                for point, at in common.items()
                if point.label == label
            )
            cards.append(Field(label, lines))
        return Section("", cards=(card(words("report.common_title"), "", *cards),) if cards else ())

    def _measures(self, measures: Mapping[str, Sequence[Card]], common: Container[Field]) -> Iterator[Section]:
        """A card for each measure, in the group of the first of its routes that fits."""
        grouped: dict[str, list[str]] = {group: [] for group in GROUPS}
        benefits = {verdict.route.measure: verdict.route.benefit for verdict in reversed(self._eligible)}
        for id_ in measures:
            grouped[next(group for group, kinds in GROUPS.items() if benefits[id_] in kinds)].append(id_)
        for group, own in grouped.items():
            cards = tuple(self._measure_card(id_, measures[id_], common) for id_ in own)
            count = sum(len(measures[id_]) for id_ in own)  # as the head of the report counts
            yield Section(self._words(f"group.{group}", count=count), cards=cards)

    def _measure_card(self, id_: str, routes: Sequence[Card], common: Container[Field]) -> Card:
        measure, words = self._catalogue.measure(id_), self._words
        name = measure_name(self._catalogue, measure)
        if len(measure.routes) > 1 and len(routes) == 1:
            cited = cite(self._catalogue, id_)
            name = words("report.name_route", cited=cited, measure=measure.title, route=routes[0].heading)
        whole = card(name, "", anchor=f"measure-{id_}")
        return measure_card(words, whole, [without(route, common) for route in routes])

    def _contacts(self) -> Section:
        """Each contact of what fits once, with the measures that it is for, those of a unit in a line."""
        served: dict[str, dict[str, None]] = {}
        for verdict in self._eligible:
            for key in verdict.route.contacts:
                served.setdefault(key, {})[verdict.route.measure] = None
        units: dict[str, dict[str, Iterable[str]]] = {}
        for key, own in served.items():
            unit = self._catalogue.contacts[key].unit
            units.setdefault(unit, {})[key] = own
        lines = tuple(self._routes.unit_line(unit, contacts) for unit, contacts in units.items())
        return Section(self._words("report.contacts_title"), lines)

    def _notes_sheet(self) -> Iterator[Section]:
        """The papers to bring and what to mind, each said once."""
        words = self._words
        wanted: dict[str, dict[str, None]] = {}
        for verdict in self._eligible:
            for material in verdict.route.materials:
                wanted.setdefault(material, {})[verdict.route.measure] = None
        papers = tuple(
            words("plan.paper", material=each, cited=cite(self._catalogue, *own)) for each, own in wanted.items()
        )
        yield Section(words("report.materials_title"), papers, ticked=frozenset(range(len(papers))), sheet="notes")
        notes: dict[str, dict[str, None]] = {measure.id: {} for measure in self._catalogue.measures}
        for verdict in self._eligible:
            notes[verdict.route.measure].update(dict.fromkeys(self.notes(verdict.route)))
        lines = tuple(
            words("page.note", cited=cite(self._catalogue, id_), notes=" ".join(texts))
            for id_, texts in notes.items()
            if texts
        )
        yield Section(words("card.notes"), lines, sheet="notes")
        yield replace(self._rules(), sheet="notes")

    def _open(self) -> Section:
        words = self._words
        verdicts = self.assessment.with_outcome("needs_info")
        lines = []
        for verdict in verdicts:
            missing = self.labels(verdict.missing)
            lines.append(words("report.open_line", name=self._routes.name(verdict.route), missing=missing))
            if verdict.amount is not None:
                lines[-1] += words("report.open_amount", amount=interval(words, verdict.amount))
        return Section(words("report.open_title", count=len(verdicts)), tuple(lines))

    def _near(self) -> Section:
        words = self._words
        near = [verdict for verdict in self.assessment.with_outcome("not_eligible") if verdict.near_miss]
        lines = (words("report.near_line", name=self._routes.name(v.route), why=self.against(v)) for v in near)
        return Section(words("report.near_title", count=len(near)), tuple(lines))

    def _not_fitting(self) -> Section:
        """What does not fit, by the first reason against it: a no to a question, else in words."""
        words = self._words
        unfit = [v for v in self.assessment.with_outcome("not_eligible") if not v.near_miss]
        verdicts = [v for v in (*unfit, *self.assessment.with_outcome("not_for_you")) if v.route.action != "none"]
        if self._out_of_scope:
            lines = [words("report.unfit_all", count=len(verdicts))]
        else:
            noted: list[str] = []
            answered_no: dict[str, dict[str, None]] = {}
            others: dict[str, dict[Route, str]] = {}
            places = {measure.id: place for place, measure in enumerate(self._catalogue.measures)}
            for verdict in sorted(verdicts, key=lambda verdict: places[verdict.route.measure]):
                against, route = self.first_against(verdict), verdict.route
                if decided := self.decided_by(verdict, against):
                    noted.append(decided)
                elif all(self._is_no(reason) for reason in against):
                    label = self._catalogue.fact_label(against[0].fact)
                    facts = label if len(against) == 1 else words("report.unfit_several", first=label)
                    answered_no.setdefault(route.measure, {})[facts] = None
                else:
                    short = words("value.or").join(map(self.short_reason, against))
                    others.setdefault(short, {})[route] = words("value.also").join(reason.text for reason in against)
            lines = noted
            for short, routes in others.items():
                whole = set(routes.values())
                why = whole.pop() if len(whole) == 1 else short
                lines.append(words("report.unfit_line", why=why, names=self._routes.names(routes)))
            if answered_no:
                texts = (
                    words("report.unfit_no", cited=cite(self._catalogue, id_), facts=words("value.slash").join(facts))
                    for id_, facts in answered_no.items()
                )
                lines.append(words("report.unfit_answered_no", names=words("value.also").join(texts)))
            none = [route for route in self._catalogue.routes() if route.action == "none"]
            if none:
                lines.append(words("report.unfit_none", names=self._routes.names(none)))
        hints = (words("report.unfit_hint", where=self._catalogue.option),) if verdicts else ()
        return Section(words("report.unfit_title", count=len(verdicts)), tuple(lines), folded=True, hints=hints)

    def _is_no(self, reason: Reason) -> bool:
        """Whether it is no more than a no to a question."""
        return reason.fact in self._catalogue.facts and self.assessment.answers.value(reason.fact) is False

    def _rules(self) -> Section:
        supports = [verdict.route.support for verdict in self._eligible if verdict.route.support is not None]
        supported = not all(support.carries_out for support in supports)
        applies = {"always": True, "size": self._size_counts(), "support": supported}
        of_documents: dict[str, list[str]] = {}
        for policy in self._catalogue.policies:
            for rule in policy.rules:
                if applies[rule.applies]:
                    of_documents.setdefault(rule.text, []).append(policy.short_title)
        words, alone = self._words, len(self._catalogue.policies) == 1
        lines = (
            rule if alone else words("report.rule_of", titles=words.joined(titles), rule=rule)
            for rule, titles in of_documents.items()
        )
        return Section(words("report.rules_title"), tuple(lines))


def assessment_number(assessment: Assessment) -> str:
    """A short number that the same answers, day and catalogue give again."""
    from hashlib import sha256  # drags in OpenSSL, and only paper needs it

    answers = sorted(document(assessment.catalogue.facts, assessment.answers).items())
    whole = repr((assessment.catalogue.digest, assessment.as_of.isoformat(), answers))
    return sha256(whole.encode()).hexdigest()[:8].upper()


def write_report(assessment: Assessment) -> View:
    """Everything about an assessment, for a terminal."""
    return ReportWriter(assessment).view()


def report_page(pages: "PageWriter", assessment: Assessment, *, full: bool = False) -> str:
    """The same as a page; full: every measure is printed, too."""
    writer = ReportWriter(assessment)
    return pages.report(writer.page(), writer.business, full=full)


def measure_for(assessment: Assessment, measure: Measure) -> View:
    """A measure with the reasons and amounts of this business."""
    return ReportWriter(assessment).measure(measure)


def size_view(assessment: Assessment) -> View:
    """The size class alone, with its reasons."""
    return View(assessment.catalogue.words("report.size_title"), ReportWriter(assessment).size_lines(), ())
