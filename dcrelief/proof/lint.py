"""What is suspicious in a valid catalogue: conditions that everyone or nobody meets, facts that nothing reads."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from dcrelief.rules.conditions import All, Condition, Judged, Leaf, SizeAtMost, leaves
from dcrelief.rules.criteria import Bounds
from dcrelief.rules.estimates import Formula
from dcrelief.rules.facts import Fact
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue, FindingKind, Route

# What stands in a catalogue where its author has still to decide.
TO_DO = "TODO"


class Finding(Struct, frozen=True):
    """Something suspicious.

    route: the id of a route, empty where it is about none. subject: the fact, other route or contact in question.
    detail: the choice or the day. Of what is accepted but was not found: its kind, and what it is about.
    """

    kind: FindingKind
    route: str = ""
    subject: str = ""
    detail: str = ""

    @property
    def about(self) -> str:
        """How a catalogue that accepts it names it."""
        return " ".join(filter(None, (self.route, self.subject, self.detail)))


def lint(catalogue: Catalogue, as_of: date | None = None) -> tuple[Finding, ...]:
    """Everything suspicious that the catalogue does not accept, and what it accepts in vain.

    as_of: also windows that are closed on that day.
    """
    found = tuple(_found(catalogue, as_of))
    accepted = {(each.finding, each.about) for each in catalogue.accepted}
    in_vain = sorted(
        (kind, about)
        for kind, about in accepted - {(finding.kind, finding.about) for finding in found}
        if kind != "window_closed"  # which depends on the day
    )
    return (
        *(finding for finding in found if (finding.kind, finding.about) not in accepted),
        *(Finding("accepted_in_vain", subject=kind, detail=about) for kind, about in in_vain),
    )


def _found(catalogue: Catalogue, as_of: date | None) -> tuple[Finding, ...]:
    return (
        *(finding for route in catalogue.routes() for finding in _of_route(catalogue, route, as_of)),
        *_same_conditions(catalogue),
        *_of_facts(catalogue),
        *_of_contacts(catalogue),
        *_without_step(catalogue),
        *_exclusive_alone(catalogue),
        *([Finding("to_do", subject=TO_DO, detail=str(left))] if (left := catalogue.source.count(TO_DO)) else ()),
    )


def _without_step(catalogue: Catalogue) -> Iterator[Finding]:
    """Routes that the applicant is to do something about, of which nothing says what."""
    for route in catalogue.routes():
        if route.action in ("apply", "ask") and not (route.steps or route.begin):
            yield Finding("no_step", route.id, route.id)


def _of_contacts(catalogue: Catalogue) -> Iterator[Finding]:
    used = {key for route in catalogue.routes() for key in route.contacts}
    for key, contact in catalogue.contacts.items():
        if contact.is_printed and not contact.phones:
            yield Finding("no_phone", subject=key)
        if key not in used:
            yield Finding("unused_contact", subject=key)


def _exclusive_alone(catalogue: Catalogue) -> Iterator[Finding]:
    """Routes that are to exclude another one, which is not there."""
    counts = Counter(route.exclusive for route in catalogue.routes() if route.exclusive)
    for route in catalogue.routes():
        if counts[route.exclusive] == 1:
            yield Finding("exclusive_alone", route.id, route.exclusive)


def _of_route(catalogue: Catalogue, route: Route, as_of: date | None) -> Iterator[Finding]:
    # Each fact stands in a route once, so its leaves do not depend on each other (but for the size, which may read what
    # another leaf reads): if each can go either way, so can the whole.
    for leaf in leaves(All((route.audience, route.when))):
        holds, fails = _ways(catalogue, leaf)
        if not holds:
            yield Finding("never_holds", route.id, leaf.fact)
        elif not fails:
            yield Finding("always_holds", route.id, leaf.fact)
    if route.estimate is not None:
        if route.estimate.cap == 0 or all(map(_is_nothing, route.estimate.formulas)):
            yield Finding("estimate_nothing", route.id, route.estimate.formulas[0].base)
        for formula in route.estimate.formulas:
            if formula.base and _has_gap(catalogue, route, formula):
                yield Finding("estimate_gap", route.id, formula.base)
    if as_of is not None and route.window.end is not None and route.window.end < as_of:
        yield Finding("window_closed", route.id, detail=route.window.end.isoformat())


def _ways(catalogue: Catalogue, leaf: Judged) -> tuple[bool, bool]:
    """Whether some answer makes a leaf hold, and whether some answer makes it fail."""
    if isinstance(leaf, SizeAtMost):
        return True, True  # large, which nobody exceeds, is refused when the catalogue is read
    assert isinstance(leaf, Leaf)
    return leaf.criterion.ways(catalogue.facts[leaf.fact], catalogue.day)


def _is_nothing(rule: Formula) -> bool:
    """Whether a formula is nothing whatever its base."""
    if rule.raised:
        rule = rule.with_rates(least_raised=True, most_raised=True)
    return rule.cap == 0 or all(tier.sums[1] == 0 if tier.rates is None else tier.rates[1] == 0 for tier in rule.tiers)


def _has_gap(catalogue: Catalogue, route: Route, rule: Formula) -> bool:
    """Whether a business that fits may have a base that no tier of a formula covers: it would see no amount."""
    base = catalogue.facts[rule.base]
    least, most = kind_of(base).range(base)
    for part in _together(All((route.audience, route.when))):
        if isinstance(part, Leaf) and part.fact == base.id and isinstance(part.criterion, Bounds):
            least, most = part.criterion.within(base)
    first, last = rule.tiers[0], rule.tiers[-1]
    return least < first.start or (last.below is not None and last.below <= most)


def _together(condition: Condition) -> Iterator[Condition]:
    """The parts of which all must hold."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _together(part)
    else:
        yield condition


def _same_conditions(catalogue: Catalogue) -> Iterator[Finding]:
    """Routes of one measure that fit the same businesses on the same days."""
    for measure in catalogue.measures:
        owners = [route for route in measure.routes if route.action != "none"]
        for one, other in combinations(owners, 2):
            same_days = replace(one.window, text="") == replace(other.window, text="")
            if same_days and _parts(one) == _parts(other):
                yield Finding("same_condition", one.id, other.id)


def _parts(route: Route) -> set[Condition]:
    """All that must hold, in whatever order it is written."""
    return set(_together(All((route.audience, route.when))))


def _of_facts(catalogue: Catalogue) -> Iterator[Finding]:
    routes, standard = catalogue.routes(), catalogue.size_standard
    scopes = (policy.scope for policy in catalogue.policies)
    conditions = [*scopes, catalogue.classified, *(remark.when for remark in catalogue.size_remarks)]
    conditions += [condition for route in routes for condition in (route.audience, route.conditions())]
    read = catalogue.facts_read()
    tests = [leaf for condition in conditions for leaf in leaves(condition) if isinstance(leaf, Leaf)]
    read_by_size = {standard.industry_fact, *(row.own_fact for row in standard.rows)}
    for fact in catalogue.facts.values():
        if fact.id not in read:
            yield Finding("unused_fact", subject=fact.id)
        elif fact.id not in read_by_size:
            yield from _of_choices(fact, [leaf for leaf in tests if leaf.fact == fact.id])


def _of_choices(fact: Fact, leaves: list[Leaf]) -> Iterator[Finding]:
    """Choices that come to the same whatever is chosen."""
    named = {choice.key: tuple(leaf.criterion.ticked(choice.key) for leaf in leaves) for choice in fact.choices}
    if kind_of(fact).asked == "choose" and len(set(named.values())) == 1:
        yield Finding("choices_alike", subject=fact.id)
    if kind_of(fact).asked == "tick":
        for key, ticked in named.items():
            if not any(ticked):
                yield Finding("choice_unread", subject=fact.id, detail=key)
