"""Any of some choices, or none; a label may hold what parts the others."""

import pytest

from dcrelief.rules.facts import BadValue, Choice, Fact
from dcrelief.rules.kinds import kind_of, read
from tests.examples import AS_OF, shipped
from tests.rules.kinds import reading


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("商务楼宇、孵化器", {"building", "incubator"}),
        ("孵化器;商务楼宇", {"building", "incubator"}),
        ("商务楼宇┋孵化器", {"building", "incubator"}),
        ("商务楼宇 孵化器", {"building", "incubator"}),
        ("商务楼宇/孵化器", {"building", "incubator"}),
        ("商务楼宇\n孵化器\n", {"building", "incubator"}),
        ("1.商务楼宇;2.孵化器", {"building", "incubator"}),
        ("（1）商务楼宇，（2）孵化器；", {"building", "incubator"}),
        ("商务楼宇、 孵化器", {"building", "incubator"}),
        (" 商务楼宇 ", {"building"}),
        (["building"], {"building"}),
        ("无", set()),
        ([], set()),
    ],
)
def test_as_people_write_it(written: object, keys: set[str]) -> None:
    assert reading("carrier", written) == keys


def test_the_longest_label_goes_first() -> None:
    choices = (Choice("a", "茶"), Choice("b", "酒"), Choice("c", "茶、酒"))
    fact = Fact(id="x", kind="several", label="卖", choices=choices)
    assert read(fact, "茶、酒", AS_OF, shipped().tokens) == {"c"}
    assert read(fact, "酒、茶", AS_OF, shipped().tokens) == {"a", "b"}
    assert read(fact, "茶、酒、酒", AS_OF, shipped().tokens) == {"c", "b"}


def test_one_that_is_no_choice_is_named_alone() -> None:
    bad = reading("carrier", "商务楼宇、月球基地")
    assert isinstance(bad, BadValue)
    assert bad.no_choice == "月球基地"


@pytest.mark.parametrize("written", [",", "、" * 100_000, "商务楼宇" + "," * 3_000 + "月球", "x " * 50_000])
def test_many_signs_take_no_longer_than_they_are_many(written: str) -> None:
    assert isinstance(reading("carrier", written), BadValue)


def test_shown_in_the_order_of_the_choices() -> None:
    carrier, words = shipped().facts["carrier"], shipped().words
    shown = kind_of(carrier).show(carrier, frozenset({"incubator", "building"}), words)
    assert shown == "商务楼宇、科技企业孵化器"
    assert kind_of(carrier).show(carrier, frozenset(), words) == "都没有"
