"""What the catalogue says of itself: its routes and what they rest on, its names, its desks, its fingerprint."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from msgspec import Struct
from msgspec.structs import replace

from dcrelief import columnar, proof, rules
from dcrelief.rules.conditions import All
from dcrelief.rules.model import TOTALS, Contact
from dcrelief.rules.windows import InTime
from tests.examples import route, shipped


def test_a_route_is_known_by_its_measure_and_its_key() -> None:
    assert route("6.building").measure == "6"
    ids = [each.id for each in shipped().routes()]
    assert len(set(ids)) == len(ids)
    numbers = [int(each.measure) for each in shipped().routes()]
    assert numbers == sorted(numbers)


def test_what_a_verdict_rests_on() -> None:
    building = route("6.building")
    scope, audience, conditions = shipped().tree(building)
    assert (scope, audience) == (shipped().policies[0].scope, building.audience)
    assert conditions == All((building.when, InTime(building.window)))


def test_each_benefit_is_in_one_total_or_is_no_money() -> None:
    listed = [benefit for benefits in TOTALS.values() for benefit in benefits]
    assert len(set(listed)) == len(listed)
    assert replace(route("6.building"), benefit="deferral").total == "payments_put_off"
    assert replace(route("6.building"), benefit="service").total == ""


@pytest.mark.parametrize(
    ("phones", "office"),
    [
        (("13681278787", "64033742"), "64033742"),
        (("64031118-2538/2539", "64033742"), "64031118-2538/2539"),
        (("13681278787", "13681278788"), "13681278787"),
        ((), ""),
    ],
)
def test_the_phone_of_an_office(phones: tuple[str, ...], office: str) -> None:
    in_order = Contact(unit="区甲局", phones=phones).phones_in_order
    assert in_order[:1] == ((office,) if office else ())
    assert sorted(in_order) == sorted(phones)


def test_a_measure_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        shipped().measure("43")


def test_a_fact_by_any_of_its_names() -> None:
    names = shipped().names()
    assert names["employees"] == names["从业人员"] == names["员工数"] == "employees"
    assert shipped().fact_label("employees") == "从业人员"


def test_the_fingerprint_is_of_the_files() -> None:
    one, other = replace(shipped(), source="甲"), replace(shipped(), source="乙")
    assert one.digest == replace(one, measures=()).digest != other.digest
    assert len(one.digest) == 16


def test_a_measure_by_its_number() -> None:
    assert [shipped().measure(number).number for number in ("1", "42")] == [1, 42]


def test_nothing_of_the_core_can_be_changed() -> None:
    """What is judged, read or proved is a value: a Struct of these rooms is frozen."""
    for room in (columnar, proof, rules):
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            for thing in vars(import_module(module.name)).values():
                if isinstance(thing, type) and issubclass(thing, Struct) and thing.__module__ == module.name:
                    assert thing.__struct_config__.frozen, thing
