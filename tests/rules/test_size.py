"""The table of 300号 at every bound, each side; classes from as few numbers as suffice; what would decide the rest."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.size import SizeClass
from dcrelief.rules.truth import Truth
from tests.examples import answers, shipped

MICRO, SMALL, MEDIUM, LARGE = SizeClass
STANDARD = shipped().size_standard

# Lower bounds of large, medium, small, as 300号 prints them: X staff, Y revenue, Z assets, both in 万元.
TABLE = """
agriculture        Y20000         Y500        Y50
industry           X1000 Y40000   X300 Y2000  X20 Y300
construction       Y80000 Z80000  Y6000 Z5000 Y300 Z300
wholesale          X200 Y40000    X20 Y5000   X5 Y1000
retail             X300 Y20000    X50 Y500    X10 Y100
transport          X1000 Y30000   X300 Y3000  X20 Y200
storage            X200 Y30000    X100 Y1000  X20 Y100
post               X1000 Y30000   X300 Y2000  X20 Y100
lodging            X300 Y10000    X100 Y2000  X10 Y100
catering           X300 Y10000    X100 Y2000  X10 Y100
telecom            X2000 Y100000  X100 Y1000  X10 Y100
software           X300 Y10000    X100 Y1000  X10 Y50
real_estate        Y200000 Z10000 Y1000 Z5000 Y100 Z2000
property           X1000 Y5000    X300 Y1000  X100 Y500
business_services  X300 Z120000   X100 Z8000  X10 Z100
services           X300           X100        X10
culture            X300           X100        X10
education          X300           X100        X10
health             X300           X100        X10
other              X300           X100        X10
"""
FACTS = {"X": "employees", "Y": "revenue", "Z": "assets"}
FEN_PER_WAN = 1_000_000


def bounds() -> dict[str, dict[str, dict[SizeClass, int]]]:
    """industry → fact → class → its lower bound, in people or fen."""
    rows: dict[str, dict[str, dict[SizeClass, int]]] = {}
    for line in TABLE.strip().splitlines():
        industry, *cells = line.split()
        metrics: dict[str, dict[SizeClass, int]] = {}
        for place, cell in enumerate(cells):
            size = (LARGE, MEDIUM, SMALL)[place * 3 // len(cells)]
            number = int(cell[1:]) * (1 if cell[0] == "X" else FEN_PER_WAN)
            metrics.setdefault(FACTS[cell[0]], {})[size] = number
        rows[industry] = metrics
    return rows


def at_every_bound() -> list[tuple[str, str, SizeClass]]:
    return [(industry, fact, size) for industry, row in bounds().items() for fact, row_ in row.items() for size in row_]


def class_of(**values: Value) -> SizeClass | None:
    return STANDARD.class_of(Answers(values))


@pytest.mark.parametrize(("industry", "fact", "size"), at_every_bound())
def test_each_bound_from_each_side(industry: str, fact: str, size: SizeClass) -> None:
    """With the other numbers as large as can be, the class turns exactly at the bound."""
    row = bounds()[industry]
    others: dict[str, Value] = {other: 10**14 for other in row if other != fact}
    bound = row[fact][size]
    assert class_of(industry=industry, **others, **{fact: bound}) is size
    assert class_of(industry=industry, **others, **{fact: bound - 1}) is SizeClass(size - 1)


def test_every_industry_has_its_row_and_finance_its_own_standard() -> None:
    industries = {choice.key for choice in shipped().facts["industry"].choices}
    assert industries == {*bounds(), "finance"}


def test_a_class_needs_all_its_bounds_not_any() -> None:
    """1200 staff and 1000万元 in industry reach no printed class; lower bounds alone make it small."""
    assert class_of(industry="industry", employees=1200, revenue=1000 * FEN_PER_WAN) is SMALL


@pytest.mark.parametrize(
    ("given_", "size", "missing"),
    [
        ({"industry": "catering", "employees": 8}, MICRO, ()),
        ({"industry": "catering", "employees": 12}, None, ("revenue",)),
        ({"industry": "catering", "revenue": "99万元"}, MICRO, ()),
        ({"industry": "catering"}, None, ("employees", "revenue")),
        ({"industry": "services", "employees": 120}, MEDIUM, ()),
        ({"industry": "finance"}, None, ("finance_size",)),
        ({"industry": "finance", "finance_size": "small"}, SMALL, ()),
        ({"industry": "business_services", "employees": 50}, None, ("assets",)),
        ({"employees": 3}, None, ("industry", "revenue", "assets", "finance_size")),
        ({"employees": 3, "revenue": "1万", "assets": "1万", "finance_size": "micro"}, MICRO, ()),
        ({}, None, ("industry", "employees", "revenue", "assets", "finance_size")),
    ],
)
def test_the_class_from_as_few_numbers_as_suffice(
    given_: dict[str, object], size: SizeClass | None, missing: tuple[str, ...]
) -> None:
    assert STANDARD.class_of(answers(**given_)) is size
    assert set(STANDARD.missing(answers(**given_))) == set(missing)


def test_a_leasing_firm_of_fifty_is_settled_for_both_questions_without_its_assets() -> None:
    firm = answers(industry="business_services", employees=50)
    for largest in (SMALL, MEDIUM):
        assert STANDARD.at_most(firm, largest) is Truth.YES
        assert STANDARD.missing(firm, largest) == ()


def test_an_unknown_industry_is_settled_when_every_row_agrees() -> None:
    """300号 leaves finance out, so its own class must be known too."""
    tiny = {"employees": 3, "revenue": "1万", "assets": "1万", "industry": "不清楚"}
    assert STANDARD.at_most(answers(**tiny), SMALL) is Truth.UNKNOWN
    assert STANDARD.at_most(answers(**tiny, finance_size="small"), SMALL) is Truth.YES


VALUES: dict[str, list[Value]] = {
    "industry": [UNKNOWN, "catering", "construction", "business_services", "services", "finance", "agriculture"],
    "employees": [UNKNOWN, 0, 9, 10, 99, 300, 5000],
    "revenue": [UNKNOWN, 0, 50 * FEN_PER_WAN, 7000 * FEN_PER_WAN, 10**13],
    "assets": [UNKNOWN, 0, 8000 * FEN_PER_WAN, 10**13],
    "finance_size": [UNKNOWN, "micro", "medium", "large"],
}


@st.composite
def partial_answers(draw: st.DrawFn) -> Answers:
    facts = draw(st.sets(st.sampled_from(sorted(VALUES))))
    return Answers({fact: draw(st.sampled_from(VALUES[fact])) for fact in sorted(facts)})


@given(partial_answers(), st.sampled_from([SMALL, MEDIUM]))
def test_what_is_attainable_is_what_some_answers_attain(partial: Answers, largest: SizeClass) -> None:
    """Against trying every value of every fact not asked."""
    unasked = [fact for fact in VALUES if fact not in partial]
    attained = {
        STANDARD.at_most(partial.also(dict(zip(unasked, values, strict=True))), largest)
        for values in product(*(VALUES[fact] for fact in unasked))
    }
    assert STANDARD.attainable(partial, largest) == attained


@given(partial_answers(), st.sampled_from([SMALL, MEDIUM]))
def test_a_number_is_a_pivot_exactly_if_it_alone_can_decide(partial: Answers, largest: SizeClass) -> None:
    if "industry" not in partial:
        assert set(STANDARD.pivots(partial, largest)) <= {"industry"}
        return
    unasked = [fact for fact in VALUES if fact not in partial]
    for fact in unasked:
        others = [other for other in unasked if other != fact]
        decides = any(
            len({STANDARD.at_most(world.also({fact: value}), largest) for value in VALUES[fact]}) > 1
            for values in product(*(VALUES[other] for other in others))
            for world in [partial.also(dict(zip(others, values, strict=True)))]
        )
        assert bool(STANDARD.pivots(partial, largest).get(fact)) == decides


@given(partial_answers())
def test_answering_more_keeps_a_settled_class(partial: Answers) -> None:
    settled = STANDARD.class_of(partial)
    for fact in set(VALUES) - set(partial):
        for value in VALUES[fact]:
            narrowed = STANDARD.possible(partial.also({fact: value}))
            assert narrowed <= STANDARD.possible(partial)
            assert settled is None or narrowed == {settled}


def test_the_names_of_classes() -> None:
    assert [size.key for size in SizeClass] == ["micro", "small", "medium", "large"]
    assert SizeClass.of("large") is LARGE
