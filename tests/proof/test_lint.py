"""What is suspicious in a catalogue, each kind of it, and what a catalogue accepts."""

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from dcrelief.proof.lint import Finding, lint
from dcrelief.rules.conditions import All, AnyOf, Condition, Leaf, Not, SizeAtMost
from dcrelief.rules.criteria import Bounds, HasAny, HasNone, IsYes, NoneOf, OneOf, WithinYears
from dcrelief.rules.estimates import Formula, Tier
from dcrelief.rules.facts import Choice, Fact
from dcrelief.rules.model import Acceptance, Catalogue, FindingKind, Route
from dcrelief.rules.size import SizeClass
from tests.examples import every_form, other_district, route, shipped

STANDARD = shipped().size_standard
KINDS = tuple(choice.key for choice in shipped().facts["kind"].choices)


def with_route(route_id: str, **changed: object) -> Catalogue:
    """The shipped catalogue with one route otherwise."""

    def of(route: Route) -> Route:
        return replace(route, **changed) if route.id == route_id else route

    measures = tuple(replace(m, routes=tuple(map(of, m.routes))) for m in shipped().measures)
    return replace(shipped(), measures=measures)


def of_route(catalogue: Catalogue, route_id: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.subject) for finding in lint(catalogue) if finding.route == route_id]


@pytest.mark.parametrize("catalogue", [shipped(), other_district()], ids=["shipped", "other district"])
def test_nothing_in_what_is_shipped(catalogue: Catalogue) -> None:
    assert lint(catalogue, catalogue.policies[0].published) == ()


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Leaf("kind", OneOf(KINDS)), "always_holds"),
        (Leaf("kind", OneOf(KINDS[1:])), ""),
        (Leaf("kind", NoneOf(KINDS)), "never_holds"),
        (Leaf("kind", NoneOf(KINDS[1:])), ""),
        (Leaf("employees", Bounds(at_least=0)), "always_holds"),
        (Leaf("employees", Bounds(at_least=1)), ""),
        (Leaf("employees", Bounds(above=10_000_000)), "never_holds"),
        (Leaf("employees", Bounds(below=1)), ""),
        (Leaf("revenue", Bounds(at_most=10**15)), "always_holds"),
        (Leaf("revenue", Bounds(below=10**15)), ""),
        (Leaf("founded", WithinYears(5)), ""),
        (Leaf("founded", WithinYears(500)), "always_holds"),
        (Leaf("mall", IsYes()), ""),
        (SizeAtMost(SizeClass.MEDIUM, STANDARD), ""),
    ],
)
def test_a_condition_that_cannot_go_either_way(condition: Condition, found: str) -> None:
    inside = (condition, All((condition,)), AnyOf((condition, Leaf("mall", IsYes()))), Not(condition))
    for when in inside:
        kinds = [kind for kind, _ in of_route(with_route("3.automatic", audience=All(()), when=when), "3.automatic")]
        assert kinds == ([found] if found else [])


def test_routes_of_one_measure_with_the_same_condition() -> None:
    office = next(route for route in shipped().routes() if route.id == "4.office")
    alike = with_route("4.production", audience=office.audience, when=office.when, window=office.window)
    assert of_route(alike, "4.production") == [("same_condition", "4.office")]
    later = replace(office.window, start=date(2020, 5, 1))
    other = with_route("4.production", audience=office.audience, when=office.when, window=later)
    assert of_route(other, "4.production") == []


def test_a_fact_that_no_rule_reads() -> None:
    fact = Fact("idle", "yes_no", "闲着")
    catalogue = replace(shipped(), facts={**shipped().facts, "idle": fact})
    assert lint(catalogue) == (Finding("unused_fact", subject="idle"),)


CHOICES = (Choice("a", "甲"), Choice("b", "乙"))


def with_choices(kind: str, when: Condition) -> Catalogue:
    fact = Fact("new", kind, "新的", choices=CHOICES)  # type: ignore[arg-type]
    return replace(with_route("3.automatic", audience=All(()), when=when), facts={**shipped().facts, "new": fact})


def test_choices_that_no_rule_tells_apart() -> None:
    both = Leaf("new", OneOf(("a", "b")))
    assert Finding("choices_alike", subject="new") in lint(with_choices("choice", both))
    told = lint(with_choices("choice", Leaf("new", NoneOf(("a",)))))
    assert not [finding for finding in told if finding.subject == "new"]
    for test in (HasAny(("a",)), HasNone(("a",))):
        found = lint(with_choices("several", Leaf("new", test)))
        assert [f for f in found if f.subject == "new"] == [Finding("choice_unread", subject="new", detail="b")]


@pytest.mark.parametrize(
    ("bounds", "gap"),
    [
        (Bounds(at_least=20_000_000), False),
        (Bounds(above=20_000_000 - 1), False),
        (Bounds(at_least=19_999_999), True),
        (Bounds(at_most=50_000_000), True),
    ],
)
def test_an_estimate_that_leaves_out_a_base_that_fits(bounds: Bounds, gap: bool) -> None:
    when = All((Leaf("mall", IsYes()), Leaf("rd_expense", bounds)))
    found = of_route(with_route("8.rd_grant", when=when), "8.rd_grant")
    assert found == ([("estimate_gap", "rd_expense")] if gap else [])


@pytest.mark.parametrize(
    "nothing",
    [
        {"cap": 0},
        {"formulas": (Formula("rent_forgone", (Tier(rates=(Fraction(0), Fraction(0))),)),)},
        {"formulas": (Formula("rent_forgone", (Tier(),)),)},
    ],
)
def test_an_estimate_of_nothing(nothing: dict[str, object]) -> None:
    rule = next(route.estimate for route in shipped().routes() if route.id == "6.building")
    assert rule is not None
    found = of_route(with_route("6.building", estimate=replace(rule, **nothing)), "6.building")
    assert found == [("estimate_nothing", "rent_forgone")]


def test_an_estimate_that_may_be_nothing_is_fine() -> None:
    rule = next(route.estimate for route in shipped().routes() if route.id == "6.building")
    assert rule is not None
    from_nothing = replace(rule, formulas=(Formula("rent_forgone", (Tier(rates=(Fraction(0), Fraction(1, 10))),)),))
    assert of_route(with_route("6.building", estimate=from_nothing), "6.building") == []


def test_a_bound_in_the_audience_counts_for_an_estimate() -> None:
    route = next(route for route in shipped().routes() if route.id == "8.rd_grant")
    bounds = Leaf("rd_expense", Bounds(at_least=20_000_000))
    moved = with_route("8.rd_grant", audience=All((route.audience, bounds)), when=Leaf("mall", IsYes()))
    assert of_route(moved, "8.rd_grant") == []


def test_a_bound_of_another_fact_does_not_count_for_an_estimate() -> None:
    route = next(route for route in shipped().routes() if route.id == "8.rd_grant")
    for other in ("employees", "revenue", "social_insurance_due"):  # before and after the base in any order
        bound = Leaf(other, Bounds(at_least=10**12))
        found = of_route(with_route("8.rd_grant", audience=route.audience, when=All((bound,))), "8.rd_grant")
        assert ("estimate_gap", "rd_expense") in found, other


def test_an_estimate_that_ends_too_early() -> None:
    route = next(route for route in shipped().routes() if route.id == "6.building")
    assert route.estimate is not None
    (formula,) = route.estimate.formulas
    (tier,) = formula.tiers
    short = replace(route.estimate, formulas=(replace(formula, tiers=(replace(tier, below=100),)),))
    assert of_route(with_route("6.building", estimate=short), "6.building") == [("estimate_gap", "rent_forgone")]


def test_windows_closed_on_a_day() -> None:
    closed = [finding.about for finding in lint(shipped(), date(2020, 4, 1))]
    assert closed == ["35.march 2020-03-31", "35.flexible 2020-03-31"]
    assert lint(shipped(), date(2020, 3, 31)) == ()


def test_a_contact_without_a_phone() -> None:
    contacts = {**shipped().contacts, "li_rui": replace(shipped().contacts["li_rui"], phones=())}
    assert lint(replace(shipped(), contacts=contacts)) == (Finding("no_phone", subject="li_rui"),)


def test_what_is_accepted_in_vain() -> None:
    kind: FindingKind = "unused_fact"
    in_vain = Acceptance(kind, "nothing", "")
    catalogue = replace(shipped(), accepted=(*shipped().accepted, in_vain))
    assert lint(catalogue) == (Finding("accepted_in_vain", subject=kind, detail="nothing"),)
    bare = lint(replace(shipped(), accepted=()))
    assert [finding.kind for finding in bare] == ["same_condition", "same_condition"]


def test_a_contact_that_nobody_is_sent_to() -> None:
    extra = {**shipped().contacts, "nobody": replace(shipped().contacts["cao_jun"])}
    assert [(f.kind, f.subject) for f in lint(replace(shipped(), contacts=extra))] == [("unused_contact", "nobody")]


def test_a_route_that_excludes_none() -> None:
    assert of_route(with_route("8.rd_grant", exclusive="x"), "8.rd_grant") == [("exclusive_alone", "x")]


@pytest.mark.parametrize(("text", "found"), [("", []), ("TODO", ["1"]), ("# TODO\nx = 'TODO'", ["2"]), ("todo", [])])
def test_what_its_author_has_still_to_decide(text: str, found: list[str]) -> None:
    assert [f.detail for f in lint(replace(shipped(), source=text)) if f.kind == "to_do"] == found


@pytest.mark.parametrize("catalogue", [every_form()], ids=["every form"])
def test_an_office_without_a_phone_is_not_suspicious(catalogue: Catalogue) -> None:
    assert any(not contact.phones for contact in catalogue.contacts.values())
    assert lint(catalogue) == ()


def test_a_route_to_apply_for_that_says_nothing_of_how() -> None:
    bare = replace(route("9.hotline"), steps=(), begin="")
    measures = tuple(
        replace(m, routes=tuple(bare if r.id == bare.id else r for r in m.routes)) for m in shipped().measures
    )
    assert lint(replace(shipped(), measures=measures)) == (Finding("no_step", "9.hotline", "9.hotline"),)
