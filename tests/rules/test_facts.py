"""One reading of every value, whoever wrote it; what is wrong is a value, too."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from dcrelief.rules.facts import UNKNOWN, Answers, BadValue, Fact, Month, Value
from dcrelief.rules.kinds import canonical, read
from dcrelief.rules.kinds.date_kind import read_day
from tests.examples import AS_OF, in_english, shipped


def reading(fact: str, written: object) -> Value | BadValue:
    return read(shipped().facts[fact], written, AS_OF, shipped().tokens)


@pytest.mark.parametrize(
    ("fact", "written", "value"),
    [
        ("in_dongcheng", "是", True),
        ("in_dongcheng", "Ｙ", True),
        ("in_dongcheng", "√", True),
        ("in_dongcheng", True, True),
        ("in_dongcheng", " 否 ", False),
        ("in_dongcheng", "没有", False),
        ("in_dongcheng", "0", False),
        ("employees", "12", 12),
        ("employees", 12, 12),
        ("employees", "１２ 人", 12),
        ("employees", "1,200", 1200),
        ("employees", "12名", 12),
        ("employees", Decimal("12.0"), 12),
        ("revenue", "1200万", 1_200_000_000),
        ("revenue", 1200, 120_000),
        ("revenue", Decimal("0.01"), 1),
        ("founded", "2018-05-01", date(2018, 5, 1)),
        ("founded", "2018年5月1日", date(2018, 5, 1)),
        ("founded", "2018/5", Month(2018, 5)),
        ("founded", "2018年5月", Month(2018, 5)),
        ("founded", "2018-05", Month(2018, 5)),
        ("founded", "2020-02", Month(2020, 2)),
        ("founded", "2018.5.1", date(2018, 5, 1)),
        ("founded", "２０１８／５／１", date(2018, 5, 1)),
        ("founded", "20180501", date(2018, 5, 1)),
        ("founded", date(2018, 5, 1), date(2018, 5, 1)),
        ("founded", datetime(2018, 5, 1, 9, 0), date(2018, 5, 1)),  # noqa: DTZ001 - as TOML has it
        ("founded", AS_OF, AS_OF),
        ("kind", "enterprise", "enterprise"),
        ("kind", "个体户", "sole_trader"),
        ("industry", "餐饮", "catering"),
        ("carrier", "商务楼宇、孵化器", frozenset({"building", "incubator"})),
        ("carrier", ["building"], frozenset({"building"})),
        ("carrier", "无", frozenset()),
        ("carrier", [], frozenset()),
        ("name", " 北京 某某 公司 ", "北京 某某 公司"),
        ("employees", "不清楚", UNKNOWN),
        ("employees", "", UNKNOWN),
        ("employees", "  ", UNKNOWN),
        ("employees", None, UNKNOWN),
        ("revenue", "不详", UNKNOWN),
        ("in_dongcheng", "？", UNKNOWN),
    ],
)
def test_values_as_people_write_them(fact: str, written: object, value: Value) -> None:
    assert reading(fact, written) == value


@pytest.mark.parametrize(
    ("fact", "written", "value"),
    [
        ("revenue", "3 million", 300_000_000),
        ("revenue", "3m", 300_000_000),
        ("revenue", "3,000k", 300_000_000),
        ("revenue", "RMB 1.5 bn", 150_000_000_000),
        ("revenue", "3,000,000 yuan", 300_000_000),
        ("revenue", "12 thousand yuan RMB", 1_200_000),
        ("revenue", "CNY 500", 50_000),
        ("revenue", "12 mil.", 1_200_000_000),
        ("revenue", "50 wan renminbi", 50_000_000),
        ("founded", "31/1/2018", date(2018, 1, 31)),
        ("founded", "1.31.2018", date(2018, 1, 31)),
        ("founded", "2/2/2018", date(2018, 2, 2)),
        ("employees", "12 people.", 12),
        ("innovative", "Yes.", True),
        ("name", "not applicable.", UNKNOWN),
        ("founded", "1 May 2018", date(2018, 5, 1)),
        ("founded", "1st May 2018", date(2018, 5, 1)),
        ("founded", "May 1, 2018", date(2018, 5, 1)),
        ("founded", "1-MAY-2018", date(2018, 5, 1)),
        ("founded", "Sept. 2018", Month(2018, 9)),
        ("employees", "12 staff", 12),
        ("employees", "1 person", 1),
        ("employees", "12 People", 12),
        ("industry", "Restaurant", "catering"),
        ("industry", "Café", "catering"),
        ("kind", "LLC", "enterprise"),
        ("impact", "Hit hard", "severe"),
        ("impact", "don’t know", UNKNOWN),
        ("innovative", "not sure", UNKNOWN),
    ],
)
def test_values_as_english_readers_write_them(fact: str, written: object, value: Value) -> None:
    assert reading(fact, written) == value
    english = in_english()
    assert read(english.facts[fact], written, AS_OF, english.tokens) == value


@pytest.mark.parametrize(
    ("fact", "value", "written"),
    [
        ("in_dongcheng", True, True),
        ("employees", 12, 12),
        ("revenue", 38829060, "388290.60"),
        ("founded", date(2018, 5, 1), "2018-05-01"),
        ("founded", Month(2018, 5), "2018-05"),
        ("kind", "enterprise", "enterprise"),
        ("carrier", frozenset({"incubator", "building"}), ["building", "incubator"]),
        ("name", "某某", "某某"),
        ("employees", UNKNOWN, None),
    ],
)
def test_the_canonical_value_reads_back_as_itself(fact: str, value: Value, written: object) -> None:
    assert canonical(shipped().facts[fact], value) == written
    assert reading(fact, written) == value


def test_a_count_without_a_unit() -> None:
    fact = Fact(id="n", kind="count", label="数")
    assert read(fact, "12", AS_OF, shipped().tokens) == 12
    assert isinstance(read(fact, "12人", AS_OF, shipped().tokens), BadValue)


def test_answers_are_a_map_that_does_not_change() -> None:
    answers = Answers({"employees": 12})
    assert answers.value("employees") == 12
    assert answers.value("revenue") is UNKNOWN
    assert "revenue" not in answers
    assert answers.also({"employees": 13})["employees"] == 13
    assert answers["employees"] == 12
    assert len(answers.without(frozenset({"employees"}))) == 0
    assert repr(answers) == "Answers({'employees': 12})"


def test_a_day_that_is_no_fact() -> None:
    assert read_day("2020年2月20日", shipped().tokens.months) == date(2020, 2, 20)
    assert read_day("昨天", shipped().tokens.months) is None
    assert read_day("2020-02", shipped().tokens.months) is None


def test_the_label_of_a_choice() -> None:
    kind = shipped().facts["kind"]
    assert kind.choice_label("sole_trader") == "个体工商户"
    assert kind.choice_label("nothing") == "nothing"
