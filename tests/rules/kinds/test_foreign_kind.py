"""Amounts in another currency: never taken for yuan, nor yuan for them."""

from decimal import Decimal

import pytest

from dcrelief.rules.facts import BadValue, Fact, Value
from dcrelief.rules.kinds import canonical, kind_of, read
from tests.examples import AS_OF, shipped
from tests.rules.kinds import is_bad

EXPORTS = Fact(id="exports", kind="foreign", label="出口额", unit="美元", counters=("美金", "USD", "US$", "$"))


def reading(written: object) -> Value | BadValue:
    return read(EXPORTS, written, AS_OF, shipped().tokens)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10万美元", 10_000_000), ("$100,000", 10_000_000), ("US$ 1.5", 150), ("usd 12.34", 1234), ("12.34 USD.", 1234),
        ("5千美金", 500_000), ("300", 30_000), (300, 30_000), (Decimal("0.01"), 1), ("0", 0), ("１万美元", 1_000_000),
        ("10万元", None), ("人民币10万", None), ("¥5", None), ("10万欧元", None), ("-5美元", None), ("0.001美元", None),
        ("美元", None), ("$5美元", None), (True, None),
    ],
)  # fmt: skip
def test_as_people_write_it(written: object, value: int | None) -> None:
    assert is_bad(reading(written)) if value is None else reading(written) == value


@pytest.mark.parametrize(("value", "shown"), [(10_000_000, "100,000 美元"), (1234, "12.34 美元"), (150, "1.5 美元")])
def test_it_is_shown_with_its_currency(value: int, shown: str) -> None:
    assert kind_of(EXPORTS).show(EXPORTS, value, shipped().words) == shown
    assert reading(shown) == value
    assert reading(canonical(EXPORTS, value)) == value


def test_its_range_and_its_unit() -> None:
    kind, tokens = kind_of(EXPORTS), shipped().tokens
    assert kind.range(EXPORTS)[0] == 0
    assert [kind.is_unit(EXPORTS, unit, tokens) for unit in ("美元", "usd", "万美元", "元")] == [
        True,
        True,
        False,
        False,
    ]
    assert not kind.is_money  # of which yuan is meant


def test_what_is_expected_and_an_example() -> None:
    said = kind_of(EXPORTS).expected(EXPORTS, AS_OF, shipped().words)
    assert said == "不小于 0 的金额，单位美元，最多两位小数，如 12.5万"
    assert reading(kind_of(EXPORTS).example(EXPORTS, shipped().words).strip('"')) == 1250
