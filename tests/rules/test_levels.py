"""The same support from several sides: which routes give it, and that it is counted once."""

from msgspec.structs import replace

from dcrelief.catalogue.joined import joined
from dcrelief.rules.assessment import assess
from dcrelief.rules.levels import document_of, elsewhere, is_one_sum, side_of
from dcrelief.rules.model import Catalogue, Route
from tests.catalogue.test_joined import SHOP
from tests.columnar.test_sums import agree
from tests.examples import AS_OF, answers, beijing, both, shipped


def of_both(id_: str) -> Route:
    return next(route for route in both().routes() if route.id == id_)


def three() -> Catalogue:
    """The district's, the city's, and another of the city's that gives the same."""
    policy = replace(beijing().policies[0], key="other_city", mark="京", title="另一份", short_title="另一份文件")
    problems: list[str] = []
    catalogue = joined([shipped(), beijing(), replace(beijing(), policies=(policy,))], problems)
    assert not problems
    return catalogue


def test_a_route_of_one_document_has_no_other_side() -> None:
    assert {document_of(route) for route in shipped().routes()} == {""}
    assert not any(elsewhere(shipped(), route) for route in shipped().routes())
    assert side_of(shipped().measure("9").routes[0]) == ""


def test_the_same_support_elsewhere() -> None:
    assert {other.id for other in elsewhere(both(), of_both("dongcheng.4.office"))} == {
        "beijing.2.production",
        "beijing.2.office",
    }
    assert elsewhere(both(), of_both("beijing.16.notary")) == ()
    assert side_of(of_both("beijing.2.office")) == "city beijing"


def test_one_sum_is_what_one_side_only_carries_out() -> None:
    assert is_one_sum(of_both("dongcheng.7.defer_tax"), of_both("beijing.3.defer_tax"))
    assert not is_one_sum(of_both("dongcheng.4.office"), of_both("beijing.2.office"))
    assert not is_one_sum(of_both("dongcheng.7.defer_tax"), of_both("beijing.12.training"))
    assert not is_one_sum(of_both("beijing.16.notary"), of_both("beijing.16.notary"))


def test_two_documents_of_one_level_give_the_same_once() -> None:
    facts = {
        **SHOP,
        "tax_difficulty": True,
        "tax_due": "3万元",
        "inspection_fee_payer": True,
        "inspection_fee": "4200元",
    }
    given = answers(three(), **facts, city_inspection=False, sewage_fee="600元")
    totals = assess(three(), given, AS_OF).totals
    assert totals == assess(both(), given, AS_OF).totals
    assert totals["payments_put_off"].least == 3_000_000
    agree(three(), [given, given.also({"in_dongcheng": False}), given.also({"in_beijing": False})], AS_OF)
