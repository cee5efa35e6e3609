"""The sums over all routes agree with the scalar core: counts, totals, support counted once, the nearest deadline."""

from datetime import date

import polars as pl
import pytest
from msgspec.structs import replace

from dcrelief.columnar.sums import ColumnSums, count_column, total_columns
from dcrelief.columnar.verdicts import ColumnRules
from dcrelief.rules.assessment import OUTCOMES, assess
from dcrelief.rules.estimates import Level, Support
from dcrelief.rules.facts import Answers
from dcrelief.rules.model import TOTALS, Catalogue
from dcrelief.rules.windows import LAST_DAYS
from tests.columnar.frames import row_of, schema
from tests.columnar.test_verdicts import some_people
from tests.examples import AS_OF, answers, both, businesses, every_form, other_district, shipped, table
from tests.rules.test_laws import DAYS, LATE


def agree(catalogue: Catalogue, people: list[Answers], as_of: date) -> None:
    facts = list(catalogue.facts.values())
    frame = pl.DataFrame([row_of(facts, person) for person in people], schema=schema(facts))
    sums = ColumnSums(catalogue, as_of).evaluate(frame, ColumnRules(catalogue, as_of).evaluate(frame))
    for person, said in zip(people, sums.to_dicts(), strict=True):
        assert said == one_by_one(catalogue, person, as_of)


def one_by_one(catalogue: Catalogue, person: Answers, as_of: date) -> dict[str, object]:
    assessed = assess(catalogue, person, as_of)
    said: dict[str, object] = {count_column(o): len(assessed.with_outcome(o)) for o in OUTCOMES}
    for total in TOTALS:
        amount = assessed.totals.get(total)
        ends = (None, None) if amount is None else (amount.least, amount.most)
        said |= dict(zip(total_columns(total), ends, strict=True))
    days: dict[str, list[date]] = {kind: [] for kind in LAST_DAYS}
    for verdict in assessed.with_outcome("eligible"):
        if verdict.window is not None and verdict.window.end is not None:
            days[verdict.route.window.last_day].append(verdict.window.end)
    return said | {kind: min(of_kind, default=None) for kind, of_kind in days.items()}


@pytest.mark.parametrize("as_of", [AS_OF, LATE])
def test_on_the_samples_and_on_anyone(as_of: date) -> None:
    people = [business.every_answer() for business in businesses()]
    people += [answers(**business.facts) for business in businesses()]
    agree(shipped(), people + some_people(shipped(), 7, 100), as_of)


@pytest.mark.parametrize("as_of", [date(2020, 4, 30), date(2020, 5, 1), date(2020, 11, 30), LATE])
def test_on_every_form_of_amount(as_of: date) -> None:
    agree(every_form(), some_people(every_form(), 3, 400), as_of)


@pytest.mark.parametrize("as_of", [DAYS[other_district().title], LATE])
def test_on_the_other_district(as_of: date) -> None:
    """Of its routes two are exclusive, and two the same support at two levels."""
    agree(other_district(), some_people(other_district(), 5, 400), as_of)


@pytest.mark.parametrize("name", ["conditions", "beijing"])
def test_on_both_levels(name: str) -> None:
    """Each business that a route of one document fits, and the same with what the other asks for."""
    people = [answers(both(), **facts) for row in table(name).rows for facts in table(name).fitting(row)[:1]]
    other = some_people(both(), 11, len(people))
    people += [each.also(person) for each, person in zip(other, people, strict=True)]
    agree(both(), people + some_people(both(), 13, 60), AS_OF)


def with_supports(levels: dict[str, Level]) -> Catalogue:
    """The shipped catalogue in which some routes are the same support, each at a level."""
    measures = tuple(
        replace(measure, routes=tuple(
            replace(route, support=Support("any", levels[route.id])) if route.id in levels else route
            for route in measure.routes
        ))
        for measure in shipped().measures
    )  # fmt: skip
    return replace(shipped(), measures=measures)


@pytest.mark.parametrize("levels", [("district", "city"), ("city", "district"), ("city", "city")])
def test_the_same_support_at_two_levels_is_counted_once(levels: tuple[Level, Level]) -> None:
    supports: dict[str, Level] = dict(zip(("1.stop", "7.defer_tax"), levels, strict=True)) | {
        "13.toudai": "city",
        "8.rd_grant": "district",
    }
    agree(with_supports(supports), some_people(shipped(), 11, 100) + well_off(), AS_OF)


def test_what_the_other_level_may_come_to_more_is_counted_once() -> None:
    """Two routes of the level that is kept: the first alone has what the other level may bring on top."""
    levels: dict[str, Level] = {"1.stop": "district", "2.new": "district", "7.defer_tax": "city"}
    catalogue = with_supports(levels)
    people = [
        person.also(answers(road_new=True, city_road=False, road_new_fee=fee))
        for person in well_off()
        for fee in ("1万", "3万", "不清楚")
    ]
    assert any(assess(catalogue, person, AS_OF).totals["fees_not_paid"].most is not None for person in people)
    agree(catalogue, people, AS_OF)


def test_of_a_side_that_is_kept_only_the_first_has_what_the_other_may_bring_on_top() -> None:
    """30万 and 10万 in one district's routes, 36万 to 50万 in the city's: 10万 more, once."""
    levels: dict[str, Level] = {"1.stop": "district", "2.new": "district", "6.building": "city"}
    landlord = answers(
        kind="企业", in_dongcheng=True, industry="房地产", revenue="900万", assets="900万", impact="严重",
        inspection_fee_payer=True, city_inspection=False, inspection_fee="30万",
        road_new=True, city_road=False, road_new_fee="10万",
        carrier="商务楼宇", rent_cut_sme=True, rent_cut_in_direction=True, city_rent_subsidy=False,
        rent_forgone="120万",
    )  # fmt: skip
    catalogue = with_supports(levels)
    total = assess(catalogue, landlord, AS_OF).totals["fees_not_paid"]
    assert (total.least, total.most) == (40_000_000, 50_000_000)
    agree(catalogue, [landlord], AS_OF)


def test_a_support_of_one_level_stands_in_the_way_of_no_other() -> None:
    """Of those that come first, each has a support of its own, at one level."""
    agree(with_supports({"7.defer_tax": "district", "13.toudai": "city"}), well_off(), AS_OF)


def well_off() -> list[Answers]:
    """Businesses that several amounts fit, some of them open."""
    base = {
        "kind": "企业", "in_dongcheng": True, "industry": "餐饮业", "employees": 20, "revenue": "900万",
        "impact": "严重",
        "inspection_fee_payer": True, "city_inspection": False, "tax_difficulty": True, "toudai_award": True,
    }  # fmt: skip
    amounts = ("1万", "5万", "50万")
    people = [answers(**base)]
    for fee in amounts:
        for tax in amounts:
            people.append(answers(**base, inspection_fee=fee, tax_due=tax))
            people.append(answers(**base, inspection_fee=fee, tax_due=tax, toudai_amount="25万"))
            people.append(answers(**base, tax_due=tax, toudai_amount="25万"))
    return people


def test_a_catalogue_without_amounts_or_deadlines_has_none() -> None:
    measures = tuple(measure for measure in shipped().measures if measure.number in (9, 26))
    agree(replace(shipped(), measures=measures), some_people(shipped(), 3, 20), AS_OF)
