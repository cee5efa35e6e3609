"""The plan in words: what to do first, on a page. Its texts are short; the full report has the rest."""

from collections.abc import Iterable, Iterator

from dcrelief.report.cites import cite, cite_in_order
from dcrelief.report.overview import Overview
from dcrelief.report.parts import Day, Group, Section, View, filled
from dcrelief.rules.assessment import Assessment, Verdict
from dcrelief.rules.model import Route
from dcrelief.rules.plan import Dated, Entry, Office, Plan, first_contact, phones_for, plan, waits_for_level
from dcrelief.rules.truth import Truth

MOST_PRICED, MOST_FACTS, MOST_PHONES = 3, 4, 2


class PlanWriter(Overview, frozen=True):
    """Writes the plan of one assessment."""

    def view(self, *, more: bool = True) -> View:
        """The plan alone; empty sections are left out. more: with the commands by which one sees the rest."""
        words, assessment = self._words, self.assessment
        count = len(assessment.with_outcome("eligible"))
        title = words(
            "plan.title_then" if self.later else "plan.title",
            name=self.business or self._catalogue.title,
            as_of=assessment.as_of,
            count=count,
        )
        concerned = any(truth is not Truth.NO for truth in assessment.in_scope.values())
        hints = (words("plan.more", where=self._catalogue.option),) if more and concerned else ()
        planned = plan(assessment)
        sections = (*self.sections(planned), Section("", hints=hints))
        return View(title, (*self.standing(), *self.hanging(planned)), filled(sections), self.figures(planned))

    def sections(self, planned: Plan) -> tuple[Section, ...]:
        """The days, the offices, and the rest, a section each."""
        words = self._words
        days = tuple(dict.fromkeys(map(self._day, planned.days)))
        offices = tuple(self._office(office, planned) for office in planned.offices)
        lines = tuple(words("plan.day", day=each.day, left=each.left, text=each.text) for each in days)
        return (
            Section(words("plan.days_title", count=len(days)), lines, days=days, sheet="plan"),
            Section(words("plan.offices_title", count=len(offices)), groups=offices, sheet="plan"),
            Section("", tuple(self._rest(planned)), sheet="plan"),
        )

    def hanging(self, planned: Plan) -> Iterator[str]:
        """What may come on top of the sums, and hangs on what an office says."""
        words = self._words
        for_offices = (verdict for verdict in planned.asked if not waits_for_level(self._catalogue, verdict))
        hanging = [verdict for verdict in for_offices if self._has_sum(verdict)][:MOST_PRICED]
        if hanging:
            gains = (self._gain(verdict.route, self.amount(verdict)) for verdict in hanging)
            yield words("plan.hanging", gains=words.joined(gains))

    def _day(self, dated: Dated) -> Day:
        gain = self._gain(dated.verdict.route)
        window = dated.verdict.route.window
        key = f"plan.{dated.kind}_now" if window.now and dated.kind == window.last_day else f"plan.{dated.kind}"
        return Day(dated.day, self.left(dated.day), self._words(key, gain=gain))

    # ---- whom to call --------------------------------------------------------------------------------------------

    def _office(self, office: Office, planned: Plan) -> Group:
        words = self._words
        more = words("plan.also", gains=self._together(office.also)) if office.also else ""
        mails = (entry.verdict.route.mail for entry in office.entries)
        emails = dict.fromkeys(self._catalogue.contacts[mail.contact].email for mail in mails if mail is not None)
        contacts = [first_contact(self._catalogue, entry.verdict.route) for entry in (*office.entries, *office.also)]
        people = dict.fromkeys(name for contact in contacts for name in contact.people)
        entries = tuple(self._entry(entry, planned) for entry in office.entries)
        phones = self._phones(office.phones)
        routes = (entry.verdict.route for entry in (*office.entries, *office.also))
        switchboard = next(filter(None, (self._catalogue.policy_of(r.measure).switchboard for r in routes)), "")
        if not any(contact.phones for contact in contacts) and switchboard:
            phones = words("plan.switchboard", phone=switchboard)
        return Group(office.unit, words.joined(people), phones, words.joined(emails), entries, more)

    def _entry(self, entry: Entry, planned: Plan) -> str:
        """What it brings, what to do first, and what to ask whom."""
        words, route = self._words, entry.verdict.route
        notes = [self._amount(entry.verdict, planned), self._state(entry.verdict)]
        if entry.verdict.left_out_for and self.why_left_out(entry.verdict) == "exclusive":
            kept = self._kept(entry.verdict)
            notes.append(words("plan.exclusive", kept=kept.gain or kept.title))
        if entry.verdict.missing:
            facts = words.listed(map(self._catalogue.fact_label, entry.verdict.missing))
            asks_level = waits_for_level(self._catalogue, entry.verdict)
            notes.append(words("plan.taken_open" if asks_level else "plan.to_settle", facts=facts))
        what = words(
            "plan.entry",
            gain=self._gain(route, *notes, beside=self._beside(entry.verdict, planned)),
            begin=self._begin(route),
        )
        if route.ask_first:
            call = words("plan.call", phone=self._phones(entry.phones[:1])) if entry.phones else ""
            what += words("plan.ask", call=call, ask=route.ask_first)
        if entry.instead:
            gains = words("plan.then").join(verdict.route.gain or verdict.route.title for verdict in entry.instead)
            what += words("plan.instead", gains=gains)
        return what

    def _amount(self, verdict: Verdict, planned: Plan) -> str:
        """What a route comes to, or the sum at another level that it only carries out."""
        return self.amount(self._counted(verdict, planned))

    @staticmethod
    def _counted(verdict: Verdict, planned: Plan) -> Verdict:
        """The verdict whose amount counts: its own, or that of another level that it only carries out."""
        levels = planned.levels.get(verdict.route.id, ())
        counts = (each for each in (verdict, *levels) if each.amount is not None and not each.left_out_for)
        return next(counts, verdict)

    def _beside(self, verdict: Verdict, planned: Plan) -> tuple[str, ...]:
        """What is said of a route because of others."""
        others = planned.levels.get(verdict.route.id, ())
        notes = [self.other_level(verdict, others)] if others else []
        counted = self._counted(verdict, planned)
        if counted is not verdict:
            cited, gain = cite(self._catalogue, counted.route.measure), counted.route.gain or counted.route.title
            notes.append(self._words("plan.sum_by", cited=cited, gain=gain))
        return (*notes, *self.beside(verdict.route))

    def _together(self, entries: tuple[Entry, ...]) -> str:
        """What some routes bring, those of a measure and a phone together, with the phone if it is their own."""
        groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
        for entry in entries:
            route = entry.verdict.route
            alike = (route.measure, entry.phones[:1], tuple(self.beside(route)))
            groups.setdefault(alike, []).append(route.gain or route.title)
        texts = []
        for (measure, phones, beside), gains in groups.items():
            gain = self._named(self._words.joined(gains), measure, beside=beside)
            texts.append(self._words("plan.at", gain=gain, phone=self._phones(phones)) if phones else gain)
        return self._words.joined(texts)

    def _rest(self, planned: Plan) -> Iterator[str]:
        """What else there is: a line for each kind, which may be long."""
        parts = {
            "papers": list(self._papers(planned)),
            "had": [self._gain(verdict.route) for verdict in planned.had],
            "automatic": [self._automatic(verdict, planned) for verdict in planned.automatic],
            "services": list(map(self._service, planned.services)),
            "waiting": list(self._waiting(planned.waiting)),
        }
        for key, texts in parts.items():
            if texts:
                yield self._words(f"plan.{key}", texts=self._words("value.also").join(texts))

    def _service(self, office: Office) -> str:
        gains = self._together(office.also)
        if not office.phones:
            return self._words("plan.service_own", unit=office.unit, gains=gains)
        return self._words("plan.service", unit=office.unit, phones=self._phones(office.phones[:1]), gains=gains)

    def _automatic(self, verdict: Verdict, planned: Plan) -> str:
        contact = first_contact(self._catalogue, verdict.route)
        call = f"{contact.unit} {self._phones(phones_for(contact, verdict.route)[:1])}".rstrip()
        beside = self._beside(verdict, planned)
        gain = self._gain(verdict.route, self._amount(verdict, planned), beside=beside)
        return self._words("plan.comes", gain=gain, call=call)

    def _phones(self, phones: Iterable[str]) -> str:
        return self._words.joined([self._routes.phone(phone) for phone in phones][:MOST_PHONES])

    def _state(self, verdict: Verdict) -> str:
        """That it waits for a call; that nobody confirmed it is said once, above."""
        state = self.state(verdict)
        return self._words(f"report.{state}") if state == "by_call" else ""

    # ---- papers, and what is open --------------------------------------------------------------------------------

    def _papers(self, planned: Plan) -> Iterator[str]:
        words = self._words
        routes = [entry.verdict.route for office in planned.offices for entry in office.entries]
        wanted: dict[str, list[str]] = {}
        for route in routes:
            for material in route.materials:
                wanted.setdefault(material, []).append(route.measure)
        for material, measures in wanted.items():
            yield words("plan.paper", material=material, cited=cite(self._catalogue, *measures))
        mails = {route.measure for route in routes if route.mail is not None}
        if mails:
            yield words("plan.mails", cited=cite_in_order(self._catalogue, mails), where=self._catalogue.option)

    def _waiting(self, waiting: tuple[Verdict, ...]) -> Iterator[str]:
        """Those that money hangs on, known sums first; then the answers that the most of all wait for."""
        words = self._words
        priced = sorted(filter(self._has_sum, waiting), key=self._is_boundless)[:MOST_PRICED]
        by_missing: dict[tuple[str, ...], list[str]] = {}
        for verdict in priced:
            by_missing.setdefault(verdict.missing, []).append(self._gain(verdict.route, self.amount(verdict)))
        for missing, gains in by_missing.items():
            wanted = words.listed(map(self._catalogue.fact_label, missing))
            yield words("plan.waits", gain=words.joined(gains), missing=wanted)
        rest = [verdict for verdict in waiting if verdict not in priced]
        if rest:
            facts = list(dict.fromkeys(fact for verdict in rest for fact in verdict.missing))
            labels = words.listed(map(self._catalogue.fact_label, facts[:MOST_FACTS]))
            key = "plan.others_wait" if len(facts) <= MOST_FACTS else "plan.others_wait_some"
            yield words(key, count=len(rest), facts=labels, all=len(facts))

    @staticmethod
    def _has_sum(verdict: Verdict) -> bool:
        return verdict.amount is not None and verdict.amount.most != 0

    @staticmethod
    def _is_boundless(verdict: Verdict) -> bool:
        return verdict.amount is not None and verdict.amount.most is None

    # ---- small parts ---------------------------------------------------------------------------------------------

    def _gain(self, route: Route, *notes: str, beside: Iterable[str] = ()) -> str:
        """What a route brings; in brackets its measure, some words, and what is to be said because of other routes."""
        return self._named(route.gain or route.title, route.measure, *notes, beside=beside)

    def _named(self, gain: str, measure: str, *notes: str, beside: Iterable[str] = ()) -> str:
        own = self._words.joined([cite(self._catalogue, measure), *filter(None, notes)])
        cited = self._words("value.also").join((own, *beside))
        return self._words("plan.gain", gain=gain, cited=cited)

    @staticmethod
    def _begin(route: Route) -> str:
        """The first that the applicant does."""
        steps = (step.text for step in route.steps if step.by == "applicant")
        any_step = route.steps[0].text if route.steps else route.title
        return (route.begin or next(steps, any_step)).rstrip("。.")


def write_plan(assessment: Assessment, *, more: bool = True) -> View:
    """The plan of an assessment."""
    return PlanWriter(assessment).view(more=more)
