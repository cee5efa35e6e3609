"""From a catalogue, answers and a date to a verdict on every route: pure, and the same for everyone who asks."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.rules.conditions import Situation
from dcrelief.rules.estimates import Counted, Interval, choose, totals
from dcrelief.rules.facts import UNKNOWN, Answers
from dcrelief.rules.levels import document_of, side_of
from dcrelief.rules.model import BenefitKind, Catalogue, Route
from dcrelief.rules.reasons import Explainer, Reason
from dcrelief.rules.size import SizeClass
from dcrelief.rules.truth import Truth, all_of
from dcrelief.rules.windows import Span

Outcome = Literal["eligible", "needs_info", "not_eligible", "not_for_you"]

OUTCOMES: tuple[Outcome, ...] = ("eligible", "needs_info", "not_eligible", "not_for_you")
# The groups of a report and the benefits that each takes in: money first, then what costs less, comes sooner, or helps.
GROUPS: dict[str, tuple[BenefitKind, ...]] = {
    "money": ("grant", "match"),
    "fees": ("waiver", "reduction"),
    "later": ("deferral",),
    "finance": ("finance",),
    "faster": ("priority", "approval"),
    "service": ("service",),
}


def outcome_of(scope: Truth, audience: Truth, conditions: Truth) -> Outcome:
    """The verdict by the three gates of a route: is the business in scope, is it for such a one, does it fit.

    One gate that is shut settles it, whatever is unknown. Each fact stands in a route once, so while none is shut, some
    answers open them all.
    """
    if audience is Truth.NO and scope is not Truth.NO:
        return "not_for_you"
    return _OUTCOMES[all_of((scope, audience, conditions))]


_OUTCOMES: dict[Truth, Outcome] = {Truth.YES: "eligible", Truth.UNKNOWN: "needs_info", Truth.NO: "not_eligible"}
# Whether a route fits, may fit, or does not. Which of the two words for "does not" is right may be known later.
FITS: dict[Outcome, Truth] = {word: truth for truth, word in _OUTCOMES.items()} | {"not_for_you": Truth.NO}


class Verdict(Struct, frozen=True):
    """What a route is for this business, why, and what would change it.

    window: its days, None while unknown; open: None where nobody can say. amount: None where none is stated or due.
    near_miss: how far a single number is from fitting. left_out_for: the route that counts in its place. taken: it was
    had already, and counts no more.
    """

    route: Route
    outcome: Outcome
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    window: Span | None
    open: bool | None
    amount: Interval | None
    near_miss: str = ""
    left_out_for: str = ""
    taken: bool = False


class Size(Struct, frozen=True):
    """The size class, None while open, with its reasons and the facts that would decide it.

    classified: whether there is a class at all.
    """

    classified: bool
    size_class: SizeClass | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


class Assessment(Struct, frozen=True):
    """Every verdict in report order, the totals of those that fit, and what they rest on.

    in_scope: by the key of each document.
    """

    catalogue: Catalogue
    answers: Answers
    as_of: date
    in_scope: dict[str, Truth]
    size: Size
    verdicts: tuple[Verdict, ...]
    totals: dict[str, Interval]

    def with_outcome(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """The verdicts of one outcome, in report order."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome == outcome)


def assess(catalogue: Catalogue, answers: Answers, as_of: date) -> Assessment:
    """The assessment of these answers on that date. Errors: none; what is not answered is unknown."""
    on = situation(catalogue, answers, as_of)
    explainer = Explainer(catalogue.facts, catalogue.words)
    verdicts = [judge(catalogue, route, on, explainer) for route in catalogue.routes()]
    counted = [amount for verdict in verdicts if (amount := _counted(verdict)) is not None]
    left_out = choose(counted).left_out
    left_out |= _other_levels(verdicts, left_out)
    left_out = {id_: _counterpart(verdicts, id_, kept, left_out) for id_, kept in left_out.items()}
    verdicts = [replace(verdict, left_out_for=left_out.get(verdict.route.id, "")) for verdict in verdicts]
    return Assessment(
        catalogue=catalogue,
        answers=answers,
        as_of=as_of,
        in_scope={policy.key: policy.scope.truth(on) for policy in catalogue.policies},
        size=_size(catalogue, on, explainer),
        verdicts=tuple(sorted(verdicts, key=_report_order)),
        totals=totals(counted),
    )


def situation(catalogue: Catalogue, answers: Answers, as_of: date) -> Situation:
    """What the conditions of a catalogue are judged on.

    What no route of another level can give was not taken there: that needs no asking.
    """
    on = Situation(answers, as_of, catalogue.size_standard)
    untaken = {
        fact: False
        for fact, routes in catalogue.taken.items()
        if answers.value(fact) is UNKNOWN and all(FITS[outcome(catalogue, route, on)] is Truth.NO for route in routes)
    }
    return replace(on, answers=answers.also(untaken)) if untaken else on


def outcome(catalogue: Catalogue, route: Route, on: Situation) -> Outcome:
    """The verdict of a route alone; what asks nothing of an owner is never theirs to apply for."""
    if route.action == "none":
        return "not_for_you"
    return outcome_of(*(condition.truth(on) for condition in catalogue.tree(route)))


def left_to_office(catalogue: Catalogue, route: Route, on: Situation) -> bool:
    """Whether all that is open of a route was asked, is not known, and is for its office to settle."""
    missing = {fact for condition in catalogue.tree(route) for fact in condition.missing(on)}
    asked = missing <= set(route.settles) and missing <= on.answers.keys()
    return asked and outcome(catalogue, route, on) == "needs_info"


def judge(catalogue: Catalogue, route: Route, on: Situation, explainer: Explainer) -> Verdict:
    """The whole verdict of a route."""
    decided = outcome(catalogue, route, on)
    tree = catalogue.tree(route)
    reasons = tuple(explainer.reason(term, on) for condition in tree for term in condition.terms(on))
    missing = tuple(dict.fromkeys(fact for condition in tree for fact in condition.missing(on)))
    return Verdict(
        route=route,
        outcome=decided,
        reasons=reasons,
        missing=missing if decided == "needs_info" else (),
        window=route.window.span(on),
        open=route.window.is_open(on, catalogue.policy_of(route.measure).confirmed_until),
        amount=amount(route, decided, on),
        near_miss=_near_miss(reasons) if decided == "not_eligible" else "",
        taken=any(
            on.answers.value(fact) is True and any(route.id == other.id for other in routes)
            for fact, routes in catalogue.taken.items()
        ),
    )


def amount(route: Route, decided: Outcome, on: Situation) -> Interval | None:
    """What a route is worth, or would be if it fits: None if no amount is stated, or it does not fit."""
    if route.estimate is None or FITS[decided] is Truth.NO:
        return None
    return route.estimate.amount(on)


def _near_miss(reasons: tuple[Reason, ...]) -> str:
    """The distance, when a single reason stands against it and that one is a number."""
    against = [reason for reason in reasons if reason.truth is not Truth.YES]
    return against[0].distance if len(against) == 1 else ""


def _counted(verdict: Verdict) -> Counted | None:
    route = verdict.route
    if verdict.outcome != "eligible" or verdict.amount is None or not route.total or verdict.taken:
        return None
    cap = route.estimate.shared if route.estimate else None
    return Counted(route.id, route.total, verdict.amount, route.support, route.exclusive, cap, document_of(route))


def by_sides(verdicts: Iterable[Verdict]) -> list[list[list[Verdict]]]:
    """Of each kind of support, the verdicts on it, those of a side together."""
    kinds: dict[str, dict[str, list[Verdict]]] = {}
    for verdict in verdicts:
        if (support := verdict.route.support) is not None:
            kinds.setdefault(support.kind, {}).setdefault(side_of(verdict.route), []).append(verdict)
    return [list(sides.values()) for sides in kinds.values()]


def _other_levels(verdicts: Sequence[Verdict], left_out: Mapping[str, str]) -> dict[str, str]:
    """Of the same support at several levels, what is left out where no amounts say which is the better.

    left_out: what the amounts leave out. Else the level is kept that states one, or carries it out, or is the district.
    """

    def preferred(side: list[Verdict]) -> tuple[bool, bool, str]:
        stated = any(verdict.amount is not None and verdict.route.id not in left_out for verdict in side)
        support = side[0].route.support
        assert support is not None
        return (stated, support.carries_out, support.level)

    others: dict[str, str] = {}
    for sides in by_sides(verdict for verdict in verdicts if verdict.outcome == "eligible"):
        kept = max(sides, key=preferred)
        best = next((verdict for verdict in kept if verdict.amount is not None), kept[0]).route.id
        behind = (verdict.route.id for side in sides if side is not kept for verdict in side)
        others |= {id_: best for id_ in behind if id_ not in left_out}
    return others


def _counterpart(verdicts: Sequence[Verdict], id_: str, kept: str, left_out: Container[str]) -> str:
    """Of the routes that count in place of one, that with the same formula, else the one that is named."""
    routes = {verdict.route.id: verdict.route for verdict in verdicts}
    out, named = routes[id_], routes[kept]
    alike = (
        verdict.route.id
        for verdict in verdicts
        if verdict.outcome == "eligible"
        and verdict.route.id not in left_out
        and named.support is not None
        and verdict.route.support == named.support
        and side_of(verdict.route) == side_of(named)
        and verdict.route.estimate == out.estimate is not None
    )
    return next(alike, kept)


def _size(catalogue: Catalogue, on: Situation, explainer: Explainer) -> Size:
    standard = catalogue.size_standard
    remarks = (
        Reason(remark.text, Truth.YES, "") for remark in catalogue.size_remarks if remark.when.truth(on) is Truth.YES
    )
    if catalogue.classified.truth(on) is Truth.NO:
        return Size(False, None, tuple(remarks), ())
    reasons = (*explainer.size(standard, on), *remarks)
    return Size(True, standard.class_of(on.answers), reasons, standard.missing(on.answers))


def _report_order(verdict: Verdict) -> tuple[object, ...]:
    """Fitting first; money first; then the larger amount, and the nearer deadline."""
    stake = verdict.amount
    unlimited = stake is not None and stake.most is None
    most = stake.most if stake is not None and stake.most is not None else -1
    end = verdict.window.end if verdict.window is not None and verdict.window.end is not None else date.max
    group = next(place for place, kinds in enumerate(GROUPS.values()) if verdict.route.benefit in kinds)
    return (OUTCOMES.index(verdict.outcome), group, not unlimited, -most, end)
