"""Amounts as people type them, exactly; shares rounded half a fen up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcrelief.rules.money import decimal_yuan, percent, read_money, read_number, read_rate, share, whole_fen, yuan_of
from tests.examples import in_english, shipped

TOKENS = shipped().tokens


@pytest.mark.parametrize(
    ("typed", "yuan_"),
    [
        ("1200万", "12000000"),
        ("1,200,000", "1200000"),
        ("1，200，000元", "1200000"),
        ("0.5亿", "50000000"),
        ("1200 万 元", "12000000"),
        ("１２００万", "12000000"),
        ("３．５万元", "35000"),
        ("¥4200.50", "4200.50"),
        ("￥4200", "4200"),
        ("4200元整", "4200"),
        ("3千", "3000"),
        ("2千万", "20000000"),
        ("1百万", "1000000"),
        ("1万亿", "1000000000000"),
        ("120,0000", "1200000"),
        ("0", "0"),
        (".5万", "5000"),
        ("-3", "-3"),
        ("+3", "3"),
        ("88 RMB", "88"),
        ("3.5w", "35000"),
        ("3.5W元", "35000"),
        ("1200萬", "12000000"),
        ("1億", "100000000"),
        ("一百", "100"),
        ("三", "3"),
        ("十万", "100000"),
        ("两万五千元", "25000"),
        ("1万2千", "12000"),
        ("三亿零五千", "300005000"),
        ("3亿5千万", "350000000"),
        ("一百零五", "105"),
        ("三百二十", "320"),
        ("二十五万", "250000"),
        ("一万零二", "10002"),
        ("一亿二千万", "120000000"),
        ("1千5百万", "15000000"),
        ("3百", "300"),
        ("零", "0"),
    ],
)
def test_amounts_as_people_type_them(typed: str, yuan_: str) -> None:
    assert read_money(typed, TOKENS) == Decimal(yuan_) * 100


@pytest.mark.parametrize(
    "typed",
    [
        "1万2",
        "三五",
        "二〇一八",
        "三百二",
        "百",
        "万",
        "千三",
        "2千1万1万",
        "十百",
        "百十",
        "三万四万",
        "一二",
        "万亿",
        "5千5",
        "1万万",
        "三亿五千",
        "三亿零五千零",
        "二百零",
        "二百三千",
        "三百二百",
    ],
)
def test_what_may_be_two_numbers_or_none(typed: str) -> None:
    assert read_money(typed, TOKENS) is None


@pytest.mark.parametrize(
    "typed", ["", "元", "1.2.3", "12,34", "1e5", "约3万", "3万多", "0.001", "1.234元", "∞", "1 2 3 a", "9" * 27]
)
def test_what_is_no_amount(typed: str) -> None:
    assert read_money(typed, TOKENS) is None


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("333333.3333333", 33_333_333), ("0.30000000000000004", 30), ("1.0050000", 101), ("1.0049999999", 100)],
)
def test_what_a_division_made_is_rounded(typed: str, fen: int) -> None:
    assert read_money(typed, TOKENS) == fen


@pytest.mark.parametrize(
    ("typed", "yuan_each", "yuan_"),
    [
        ("32000", 10_000, 320_000_000),
        ("3,200", 1_000, 3_200_000),
        ("12.3456", 10_000, 123_456),
        ("0", 10_000, 0),
        ("3.2亿", 10_000, 320_000_000),
        ("5万", 10_000, 50_000),
        ("900000元", 10_000, 900_000),
        ("5千元", 10_000, 5_000),
        ("90", 1, 90),
    ],
)
def test_a_number_in_a_column_with_a_unit(typed: str, yuan_each: int, yuan_: int) -> None:
    assert read_money(typed, TOKENS, yuan_each) == yuan_ * 100


@pytest.mark.parametrize("typed", ["5千", "¥90", "1万2千", "三十", "3百"])
def test_a_number_that_may_be_in_either_unit_is_none(typed: str) -> None:
    assert read_money(typed, TOKENS) is not None
    assert read_money(typed, TOKENS, 10_000) is None


@pytest.mark.parametrize(
    ("unit", "yuan_"),
    [
        ("万元", 10_000),
        ("人民币万元", 10_000),
        ("万", 10_000),
        ("千元", 1_000),
        ("亿元", 100_000_000),
        ("元", 1),
        ("RMB million", 1_000_000),
        ("万美元", None),
        ("人", None),
        ("", None),
        ("人民币", 1),
        ("5万元", None),
        ("-元", None),
    ],
)
def test_units_of_money(unit: str, yuan_: int | None) -> None:
    assert yuan_of(unit, TOKENS) == yuan_


def test_a_slip_of_the_finger_is_refused() -> None:
    assert read_money("10万亿", TOKENS) == 10**15
    assert read_money("11万亿", TOKENS) is None
    assert whole_fen(Decimal("-10000000000001")) is None


def test_a_long_fraction_is_not_rounded_away() -> None:
    assert read_money("1.00000000000000000000000000001", TOKENS) is None


def test_ten_kilobytes_are_no_number() -> None:
    assert read_number("1" * 10_000, TOKENS) is None


@pytest.mark.parametrize(
    ("fen", "rate", "expected"),
    [
        (1, Fraction(1, 2), 1),
        (3, Fraction(1, 2), 2),
        (1, Fraction(49, 100), 0),
        (999, Fraction(1, 20), 50),
        (0, Fraction(1), 0),
    ],
)
def test_half_a_fen_goes_up(fen: int, rate: Fraction, expected: int) -> None:
    assert share(fen, rate) == expected


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("5%", Fraction(1, 20)),
        ("100%", Fraction(1)),
        ("0.5%", Fraction(1, 200)),
        ("101%", None),
        ("5", None),
        ("-5%", None),
    ],
)
def test_rates(text: str, rate: Fraction | None) -> None:
    assert read_rate(text) == rate
    assert rate is None or percent(rate) == text


@pytest.mark.parametrize(
    ("fen", "people", "machines"),
    [
        (0, "0元", "0.00"),
        (1, "0.01元", "0.01"),
        (10, "0.1元", "0.10"),
        (38829060, "388,290.6元", "388290.60"),
        (500000, "5,000元", "5000.00"),
        (1000000, "1万元", "10000.00"),
        (120500000, "120.5万元", "1205000.00"),
        (100000000000, "10亿元", "1000000000.00"),
        (12000000000, "1.2亿元", "120000000.00"),
    ],
)
def test_amounts_in_words_and_in_json(fen: int, people: str, machines: str) -> None:
    assert (shipped().words.money(fen), decimal_yuan(fen)) == (people, machines)


@given(st.integers(min_value=0, max_value=10**15))
def test_an_amount_shown_reads_back_as_itself(fen: int) -> None:
    assert read_money(shipped().words.money(fen), TOKENS) == fen
    assert read_money(in_english().words.money(fen), TOKENS) == fen
    assert read_money(decimal_yuan(fen), TOKENS) == fen
