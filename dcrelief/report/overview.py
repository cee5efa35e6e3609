"""The routes that fit, taken together: the sums, and the numbers to see first."""

from collections.abc import Iterator, Sequence
from datetime import date

from dcrelief.report.amounts import interval
from dcrelief.report.cites import cite, cite_in_order
from dcrelief.report.parts import Bar, Section
from dcrelief.report.routes import AssessmentWriter
from dcrelief.rules.assessment import FITS, Verdict, situation
from dcrelief.rules.estimates import Interval, SharedCap
from dcrelief.rules.levels import elsewhere, is_one_sum, side_of
from dcrelief.rules.model import TOTALS, Policy, Route
from dcrelief.rules.plan import Plan, first_contact
from dcrelief.rules.truth import Truth


class Overview(AssessmentWriter, frozen=True):
    """Sums up an assessment."""

    @property
    def _eligible(self) -> tuple[Verdict, ...]:
        return self.assessment.with_outcome("eligible")

    # ---- one verdict ---------------------------------------------------------------------------------------------

    def amount(self, verdict: Verdict) -> str:
        """The amount, empty if there is none."""
        return "" if verdict.amount is None else interval(self._words, verdict.amount)

    def state(self, verdict: Verdict) -> str:
        """The state of a window that may be open: by_call, unconfirmed; empty if it is open."""
        if verdict.route.window.by_call:
            return "by_call"
        return "unconfirmed" if verdict.open is None else ""

    def when(self, verdict: Verdict) -> str:
        """The state or the deadline in a word or two, empty if there is nothing to say."""
        state = self.state(verdict)
        if state:
            return self._words(f"report.{state}")
        if verdict.window is not None and verdict.window.end is not None:
            return self._words(f"report.{verdict.route.window.last_day}", end=verdict.window.end)
        window = verdict.route.window
        return self._words("report.until_event", event=window.event, months=window.grace_months) if window.event else ""

    def why_left_out(self, verdict: Verdict) -> str:
        """Why it does not count: exclusive; or the same support at another level, of which one is taken, or one sum."""
        route, kept = verdict.route, self._kept(verdict)
        if route.exclusive and route.exclusive == kept.exclusive:
            return "exclusive"
        return "one_sum" if is_one_sum(route, kept) else "left_out"

    def beside(self, route: Route) -> Iterator[str]:
        """What is said of a route because of others: of another level that is not sure, what comes before and after."""
        words = self._words
        yield from self._unsure_level(route)
        by_id = {each.route.id: each for each in self.assessment.verdicts}
        if route.on_top_of in by_id:
            yield words("plan.on_top_of", cited=cite(self._catalogue, by_id[route.on_top_of].route.measure))
        for later in by_id.values():
            if later.route.on_top_of == route.id and self._concerns(later.route):
                yield words("plan.then_apply", cited=cite(self._catalogue, later.route.measure))

    def _unsure_level(self, route: Route) -> Iterator[str]:
        """What is said where the same support at another level does not fit, though it is one, or only may fit."""
        words, ids = self._words, {other.id for other in elsewhere(self._catalogue, route)}
        others = [each for each in self.assessment.verdicts if each.route.id in ids and self._concerns(each.route)]
        if others and is_one_sum(route, others[0].route):
            if all(FITS[verdict.outcome] is Truth.NO for verdict in others):
                cited = cite_in_order(self._catalogue, (verdict.route.measure for verdict in others))
                by_day = any(self._fits_but_for_the_day(verdict.route) for verdict in others)
                yield words("plan.one_sum_closed" if by_day else "plan.one_sum_unfit", cited=cited)
            return
        for verdict in others:
            asked = verdict.route.support.taken if verdict.route.support else ""
            if verdict.missing == (asked,):
                cited = cite(self._catalogue, verdict.route.measure)
                yield words("plan.level_waits", cited=cited, fact=self._catalogue.fact_label(asked))

    def _fits_but_for_the_day(self, route: Route) -> bool:
        """Whether only its days stand against a route that does not fit."""
        assessment = self.assessment
        on = situation(self._catalogue, assessment.answers, assessment.as_of)
        scope, audience, _ = self._catalogue.tree(route)
        return all(gate.truth(on) is not Truth.NO for gate in (scope, audience, route.when))

    def _concerns(self, route: Route) -> bool:
        """Whether the document of a route may be for this business at all."""
        return self.assessment.in_scope[self._catalogue.policy_of(route.measure).key] is not Truth.NO

    def other_level(self, verdict: Verdict, others: Sequence[Verdict]) -> str:
        """What is said of a route because others are the same support at another level."""
        words = self._words
        cited, kept = cite_in_order(self._catalogue, (each.route.measure for each in others)), verdict.route.measure
        if is_one_sum(verdict.route, others[0].route):
            return words("measure.one_sum", cited=cited) + self._call_there(verdict, others)
        there = self._sum(others)
        here = self._sum([each for each in self._eligible if self._same_side(each.route, verdict)])
        decide = "" if verdict.route.action == "automatic" else words("plan.decide")
        decide += self._call_there(verdict, others)
        if there is None or here is None:
            return words("plan.level", cited=cited) + decide
        if there.most is None or here.least < there.most:
            return words("plan.level_open", cited=cited) + decide
        key = "plan.level_same" if there == here else "plan.level_more"
        sums = {"amount": interval(words, there), "sum": interval(words, here)}
        return words(key, cited=cited, kept=cite(self._catalogue, kept), **sums) + decide

    def _call_there(self, verdict: Verdict, others: Sequence[Verdict]) -> str:
        """Whom to call at the other level, where none is printed of this one; empty if there is nobody to."""
        contacts = (first_contact(self._catalogue, each.route) for each in (verdict, *others))
        here, *there = contacts
        other = next((contact for contact in there if contact.phones), None)
        if here.phones or other is None:
            return ""
        return self._words("plan.level_call", unit=other.unit, phone=self._routes.phone(other.phones_in_order[0]))

    @staticmethod
    def _same_side(route: Route, verdict: Verdict) -> bool:
        return route.support == verdict.route.support and side_of(route) == side_of(verdict.route)

    @staticmethod
    def _sum(verdicts: Sequence[Verdict]) -> Interval | None:
        """What some routes come to together, None where none states an amount."""
        amounts = [verdict.amount for verdict in verdicts if verdict.amount is not None]
        return sum(amounts, start=Interval(0, 0)) if amounts else None

    def _kept(self, verdict: Verdict) -> Route:
        return next(route for route in self._catalogue.routes() if route.id == verdict.left_out_for)

    def brief(self, verdict: Verdict) -> str:
        """The amount and the time together."""
        return self._words.joined(filter(None, (self.amount(verdict), self.when(verdict))))

    # ---- all of them ---------------------------------------------------------------------------------------------

    def figures(self, planned: Plan) -> tuple[tuple[str, str], ...]:
        """The numbers to see first: the totals, and the first day; years later none."""
        if self.later:
            return ()
        words, totals, days = self._words, planned.totals, planned.days
        shown = [(words(f"figure.{kind}"), interval(words, totals[kind])) for kind in TOTALS if kind in totals]
        if days:
            first = days[0]
            left = self.left(first.day)
            shown.append((words(f"figure.{first.kind}"), words("figure.day", day=first.day, left=left)))
        return tuple(shown)

    def standing(self) -> Iterator[str]:
        """What stands against the whole: the day, and who is not in scope."""
        for policy in self._catalogue.policies:
            yield from self._standing(policy)

    def _standing(self, policy: Policy) -> Iterator[str]:
        words, as_of, in_scope = self._words, self.assessment.as_of, self.assessment.in_scope[policy.key]
        of = "_of" if len(self._catalogue.policies) > 1 else ""  # which one, where there are several
        if as_of > policy.confirmed_until:
            yield from filter(None, (policy.years_later,))
            yield words(f"report.old_date{of}", title=policy.short_title, confirmed=policy.confirmed_until)
        if as_of < policy.effective:
            yield words("report.early_date", effective=policy.effective)
        if in_scope is Truth.NO:
            yield words(f"report.out_of_scope{of}", title=policy.short_title, instead=policy.out_of_scope)
        if in_scope is Truth.UNKNOWN:
            yield policy.scope_unknown

    def left(self, day: date) -> str:
        """How long it is till a day."""
        days = (day - self.assessment.as_of).days
        return self._words("report.days_left", days=days) if days else self._words("report.today")

    def money(self) -> Section:
        """What the totals leave out and why, and each amount as a bar."""
        words, lines = self._words, []
        for verdict in self._eligible:
            if verdict.left_out_for:
                name, kept = map(self._routes.short_name, (verdict.route, self._kept(verdict)))
                amount = words("report.left_out_amount", amount=self.amount(verdict)) if verdict.amount else ""
                lines.append(words(f"report.{self.why_left_out(verdict)}", name=name + amount, kept=kept))
        lines += self._shared_caps()
        return Section(words("report.money_title"), tuple(lines), bars=tuple(map(self._bar, self._priced())))

    def _shared_caps(self) -> Iterator[str]:
        """Which of the routes that fit come to a sum together that is capped."""
        sharing: dict[SharedCap, list[str]] = {}
        for verdict in self._eligible:
            rule = verdict.route.estimate
            if verdict.amount is not None and rule is not None and rule.shared is not None:
                sharing.setdefault(rule.shared, []).append(self._routes.short_name(verdict.route))
        for cap, names in sharing.items():
            if len(names) > 1:
                joined = self._words.joined(names)
                yield self._words("report.shared_cap", names=joined, cap=self._words.money(cap.most))

    def _priced(self) -> list[Verdict]:
        """The verdicts with an amount to draw: not nothing at all, and not without any bound."""
        return [v for v in self._eligible if v.amount is not None and (v.amount.most or v.amount.least)]

    def _bar(self, verdict: Verdict) -> Bar:
        route, amount = verdict.route, verdict.amount
        assert amount is not None
        kind = self._words(f"total.{route.total}")
        label = self._words("figure.bar", name=self._routes.short_name(route), kind=kind)
        anchor, kept = f"measure-{route.measure}", route.total != "payments_put_off"
        return Bar(label, self.amount(verdict), amount.least, amount.most, anchor, kept)
