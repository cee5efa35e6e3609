"""A verdict in words: why it is so, what it is worth, when, and what one needs to take it up."""

from collections.abc import Iterator, Sequence

from dcrelief.report.amounts import formula
from dcrelief.report.overview import Overview
from dcrelief.report.parts import Field
from dcrelief.rules.assessment import Verdict, situation
from dcrelief.rules.conditions import Situation
from dcrelief.rules.facts import UNKNOWN
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Route
from dcrelief.rules.plan import first_contact, phones_for
from dcrelief.rules.reasons import Reason
from dcrelief.rules.truth import Truth


class VerdictWriter(Overview, frozen=True):
    """Writes single verdicts of an assessment."""

    def heading(self, route: Route) -> str:
        return self.cited(route.title, route)

    def fields(self, verdict: Verdict, *, ask: bool = True) -> tuple[Field, ...]:
        """Why a route fits or not, and everything one needs to take it up but whom to call."""
        words, route = self._words, verdict.route
        # The scope is the same for every route: the head of the report says it once.
        policy = self._catalogue.policy_of(route.measure)
        said = policy.scope.facts() if self.assessment.in_scope[policy.key] is Truth.YES else ()
        own = [reason for reason in verdict.reasons if reason.fact not in said]
        reasons = Field(words("card.why"), tuple(reason.text for reason in own), tuple(reason.truth for reason in own))
        return (
            reasons,
            Field(words("card.amount"), tuple(self._amount(verdict))),
            Field(words("card.window"), tuple(self._window(verdict))),
            *self._routes.fields(route, ask=ask),
            Field(words("card.notes"), self.notes(route), prose=True),
        )

    def tag(self, route: Route, *, phone: bool) -> str:
        """What one does, and at which office; phone: with the one to call first."""
        office = self.whom(route) if phone else first_contact(self._catalogue, route).unit
        return self._words.joined((self._words(f"action.{route.action}"), office))

    def notes(self, route: Route) -> tuple[str, ...]:
        """The notes of a route and its measure that the answers do not make pointless."""
        on = self._on()
        notes = (*route.notes, *self._catalogue.measure(route.measure).notes)
        told = tuple(note.text for note in notes if note.when.truth(on) is not Truth.NO)
        return (*told, *(self._words("card.beside", text=text) for text in self.beside(route)))

    def decided_by(self, verdict: Verdict, against: Sequence[Reason]) -> str:
        """What a note says of the reason against a route, and whom to ask; empty where the no is the last word."""
        route, facts = verdict.route, {reason.fact for reason in against}
        on = self._on()
        told = (n.text for n in route.notes if facts.intersection(n.when.facts()) and n.when.truth(on) is Truth.YES)
        note = next(told, "")
        if not note:
            return ""
        return self._words("report.unfit_note", name=self._routes.short_name(route), note=note, whom=self.whom(route))

    def _on(self) -> Situation:
        return situation(self._catalogue, self.assessment.answers, self.assessment.as_of)

    def whom(self, route: Route) -> str:
        """The office of a route, with the phone to call first."""
        contact = first_contact(self._catalogue, route)
        phones = " ".join(map(self._routes.phone, phones_for(contact, route)[:1]))
        return f"{contact.unit} {phones}".rstrip()

    def _amount(self, verdict: Verdict) -> Iterator[str]:
        words, route = self._words, verdict.route
        if verdict.amount is not None and route.estimate is not None:
            yield formula(self._explainer, route.estimate, self._on(), verdict.amount)
        if verdict.taken:
            yield words("card.taken")
        if verdict.left_out_for:
            yield words(f"card.{self.why_left_out(verdict)}")
        if route.total:  # else it only says that it is no money
            yield words("card.basis", basis=route.basis)

    def _window(self, verdict: Verdict) -> Iterator[str]:
        yield verdict.route.window.text
        if state := self.state(verdict):
            yield self._words(f"window.{state}")

    def against(self, verdict: Verdict) -> str:
        """The reasons against a verdict, in one line."""
        against = (reason.text for reason in verdict.reasons if reason.truth is Truth.NO)
        return self.cited(self._words("value.also").join(against), verdict.route)

    @staticmethod
    def first_against(verdict: Verdict) -> list[Reason]:
        """The first reason against a verdict, with its alternatives: enough to see why."""
        against = [reason for reason in verdict.reasons if reason.truth is Truth.NO]
        return [reason for reason in against if reason.either] if against[0].either else against[:1]

    def short_reason(self, reason: Reason) -> str:
        """A reason; of a choice only what was chosen, since the names of the routes say what was wanted."""
        value = self.assessment.answers.value(reason.fact)
        fact = self._catalogue.facts.get(reason.fact)
        if fact is None or not kind_of(fact).has_choices or value is UNKNOWN:
            return reason.text
        return self._words("reason.value", label=fact.label, value=self._explainer.show(fact, value))

    def cited(self, text: str, route: Route) -> str:
        """A reason, and the step of the article that it comes from, if it comes from one."""
        return text + self._words("report.cited", at=route.at) if route.at else text

    def labels(self, facts: tuple[str, ...]) -> str:
        return self._words.listed(map(self._catalogue.fact_label, facts))
