"""The routes that fit, taken together: the money, a list of them, the deadlines, and the materials."""

from datetime import date

from dcrelief.report.amounts import interval
from dcrelief.report.parts import Bar, Day, Grid, Section
from dcrelief.report.routes import AssessmentWriter
from dcrelief.rules.assessment import GROUPS, Verdict
from dcrelief.rules.model import TOTALS, Route


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
        """Why it is not in the totals: left_out for the same support at another level, or exclusive."""
        exclusive = verdict.route.exclusive
        return "exclusive" if exclusive and exclusive == self._kept(verdict).exclusive else "left_out"

    def _kept(self, verdict: Verdict) -> Route:
        return next(route for route in self._catalogue.routes() if route.id == verdict.left_out_for)

    def brief(self, verdict: Verdict) -> str:
        """The amount and the time together."""
        return self._words.joined(filter(None, (self.amount(verdict), self.when(verdict))))

    # ---- all of them ---------------------------------------------------------------------------------------------

    def figures(self) -> tuple[tuple[str, str], ...]:
        """The numbers to see first."""
        words, totals, dated = self._words, self.assessment.totals, self.dated()
        shown = [(words("figure.eligible"), words("figure.count", count=len(self._eligible)))]
        waiting = len(self.assessment.with_outcome("needs_info"))
        if waiting:
            shown.append((words("figure.needs_info"), words("figure.count", count=waiting)))
        shown += [(words(f"total.{kind}"), interval(words, totals[kind])) for kind in TOTALS if kind in totals]
        if dated:
            end, first = dated[0]
            shown.append((words(f"figure.{first.route.window.last_day}"), end.isoformat()))
        return tuple(shown)

    def money(self) -> Section:
        """The totals, what they leave out and why, and each amount as a bar."""
        words, totals = self._words, self.assessment.totals
        lines = [
            words("report.total", label=words(f"total.{kind}"), amount=interval(words, totals[kind]))
            for kind in TOTALS
            if kind in totals
        ]
        priced = GROUPS["money"] + GROUPS["fees"]
        unpriced = [v.route for v in self._eligible if v.amount is None and v.route.benefit in priced]
        if unpriced:
            lines.append(words("report.unpriced", count=len(unpriced), names=self._names(unpriced)))
        for verdict in self._eligible:
            if verdict.left_out_for:
                name, kept = map(self._routes.short_name, (verdict.route, self._kept(verdict)))
                lines.append(words(f"report.{self.why_left_out(verdict)}", name=name, kept=kept))
        return Section(words("report.money_title"), tuple(lines), bars=tuple(map(self._bar, self._priced())))

    def _priced(self) -> list[Verdict]:
        """The verdicts with an amount to draw: not nothing at all, and not without any bound."""
        return [v for v in self._eligible if v.amount is not None and (v.amount.most or v.amount.least)]

    def _bar(self, verdict: Verdict) -> Bar:
        route, amount = verdict.route, verdict.amount
        assert amount is not None
        kind = self._words(f"total.{route.total}")
        label = self._words("figure.bar", name=self._routes.short_name(route), kind=kind)
        return Bar(label, self.amount(verdict), amount.least, amount.most, self._routes.anchor(route))

    def fits(self) -> Section:
        """A line for each route that fits: what one does, the amount and the time."""
        words = self._words
        rows = [
            (self._routes.name(v.route), words(f"action.{v.route.action}"), self.amount(v), self.when(v))
            for v in self._eligible
        ]
        lines = tuple(words("value.dash").join(filter(None, row)) for row in rows)
        headings = tuple(words(f"report.column_{key}") for key in ("measure", "action", "amount", "time"))
        anchors = tuple(self._routes.anchor(verdict.route) for verdict in self._eligible)
        title = words("report.overview_title", count=len(rows))
        return Section(title, lines, table=Grid(headings, tuple(rows), anchors) if rows else None)

    def dated(self) -> list[tuple[date, Verdict]]:
        """The verdicts that fit and have a last day, the nearest first."""
        dated = [(verdict.window.end, verdict) for verdict in self._eligible if verdict.window and verdict.window.end]
        return sorted(dated, key=lambda pair: pair[0])

    def deadlines(self) -> Section:
        """The deadlines as a section."""
        words = self._words
        days = []
        for end, verdict in self.dated():
            left = words("report.days_left", days=(end - self.assessment.as_of).days)
            window = verdict.route.window
            key = f"report.day_{window.last_day}_now" if window.now else f"report.day_{window.last_day}"
            name = words(key, name=self._routes.name(verdict.route))
            days.append(Day(end, name, left, self._routes.anchor(verdict.route)))
        lines = tuple(words("report.deadline", end=day.day, left=day.left, name=day.text) for day in days)
        return Section(words("report.deadlines_title", count=len(days)), lines, days=tuple(days))

    def materials(self) -> Section:
        """Every material once, with the routes that want it; and the routes that list none."""
        words = self._words
        wanted: dict[str, list[Route]] = {}
        for verdict in self._eligible:
            for material in verdict.route.materials:
                wanted.setdefault(material, []).append(verdict.route)
        lines = [words("report.material", material=each, names=self._names(by)) for each, by in wanted.items()]
        unlisted = [v.route for v in self._eligible if v.route.action == "apply" and not v.route.materials]
        if unlisted:
            lines.append(words("report.no_materials", count=len(unlisted), names=self._names(unlisted)))
        return Section(words("report.materials_title"), tuple(lines), ticked=frozenset(range(len(wanted))))

    def _names(self, routes: list[Route]) -> str:
        return self._words.joined(map(self._routes.short_name, routes))
