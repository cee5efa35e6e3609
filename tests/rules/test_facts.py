"""Facts and what they are called, the answers to them, and the nearest to what somebody wrote."""

from datetime import date

import pytest

from dcrelief.rules.facts import UNKNOWN, Answers, Choice, Fact, Month, Year, in_units, nearest_of
from tests.examples import shipped


def test_answers_are_a_map_that_does_not_change() -> None:
    answers = Answers({"employees": 12})
    assert answers.value("employees") == 12
    assert answers.value("revenue") is UNKNOWN
    assert "revenue" not in answers
    assert answers.also({"employees": 13})["employees"] == 13
    assert answers["employees"] == 12
    assert len(answers.without(frozenset({"employees"}))) == 0
    assert repr(answers) == "Answers({'employees': 12})"


def test_the_label_of_a_choice() -> None:
    kind = shipped().facts["kind"]
    assert kind.choice_label("sole_trader") == "个体工商户"
    assert kind.choice_label("nothing") == "nothing"


def test_a_month_is_its_days() -> None:
    month = Month(2020, 2)
    assert (month.first, month.last, str(month)) == (date(2020, 2, 1), date(2020, 2, 29), "2020-02")


def test_a_year_is_its_days() -> None:
    year = Year(2020)
    assert (year.first, year.last, str(year)) == (date(2020, 1, 1), date(2020, 12, 31), "2020")


def test_every_name_of_a_fact_once() -> None:
    fact = Fact(id="staff", kind="count", label="从业人员", heading="人数", aliases=("员工", "人数"))
    assert fact.names == ("staff", "从业人员", "人数", "员工")
    assert (fact.column, Fact(id="staff", kind="count", label="从业人员").column) == ("人数", "从业人员")


def test_every_spelling_of_a_choice_as_plain_text() -> None:
    fact = Fact(id="trade", kind="choice", label="行业", choices=(Choice("bar", "酒 吧", ("ＰＵＢ",)),))
    assert fact.spellings == {"bar": "bar", "酒吧": "bar", "pub": "bar"}


def test_the_longest_counter_goes_first() -> None:
    assert Fact(id="n", kind="count", label="数", unit="人", counters=("名员工",)).folded_counters == ("名员工", "人")
    assert Fact(id="n", kind="count", label="数", counters=("名",)).folded_counters == ()


def test_the_nearest_in_letters() -> None:
    assert nearest_of("employes", {"employees": "从业人员"}) == "从业人员"
    assert nearest_of("emperor", {"employees": "从业人员"}) == ""
    assert nearest_of("emperor", {"employees": "从业人员"}, cutoff=0.4) == "从业人员"


INDUSTRIES = {
    "餐饮": "餐饮业",
    "零售业": "零售业",
    "工业": "工业",
    "理发": "居民服务",
    "房地产": "房地产业",
    "房屋": "房地产业",
}


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("餐饮行", "餐饮业"),  # it begins so
        ("零售", "零售业"),  # what it begins
        ("餐饮和住宿", ""),
        ("餐饮设备", ""),  # what stands behind says what it is
        ("餐钦", "餐饮业"),  # one sign is another, which looks alike
        ("房产", "房地产业"),  # one is left out
        ("零星售业", "零售业"),  # one is too many
        ("农业", ""),  # another sign makes another word
        ("餐具", ""),
        ("零食业", ""),
        ("理财", ""),
        ("房", ""),
        ("采矿和冶炼", ""),
        ("餐钦叶", ""),  # two signs are others
    ],
)
def test_the_nearest_is_near_in_meaning_or_there_is_none(written: str, nearest: str) -> None:
    assert nearest_of(written, INDUSTRIES, slips=["饮钦引", "具饮", "业叶"]) == nearest


OTHERS = (
    "餐具 住宅 建材 零食 批示 仓库 餐具业 住宅业 建材业 零食业 金属业 制药业 服装厂 旅行箱 旅社 出租屋 便民点 电影票 "
    "软装 教具 物流 网点 保鲜 木业 期货 水产店 幼儿书 歌舞团 快运业"
)
SLIPS = {
    "餐饮业": "餐钦 餐引 餐隐 餐飲 参饮 餐钦业",
    "零售业": "另售 零受 零焦 零售叶 令售",
    "批发业": "批法 披发",
    "住宿业": "住缩 往宿 住蓿",
    "建筑业": "健筑 建竹 建築",
    "仓储业": "苍储 仓诸 仓储也",
    "物业管理": "物叶",
    "软件和信息技术服务业": "软仵 软件和信息技述服务业 软件和信息技术服业",
    "教育培训": "教肓 陪训 学效",
    "交通运输业（不含铁路）": "贷运 容运 运渝",
}


@pytest.mark.parametrize("written", OTHERS.split())
def test_another_word_is_near_to_none(written: str) -> None:
    industry = shipped().facts["industry"]
    assert nearest_of(written, industry.choice_labels, slips=shipped().tokens.slips) == ""


@pytest.mark.parametrize(("written", "label"), [(w, label) for label, words in SLIPS.items() for w in words.split()])
def test_a_slip_is_near_to_what_is_meant(written: str, label: str) -> None:
    industry = shipped().facts["industry"]
    assert nearest_of(written, industry.choice_labels, slips=shipped().tokens.slips) == label


def test_what_begins_two_of_them_is_near_to_none() -> None:
    assert nearest_of("其他", {"其他企业": "企业", "其他个人": "个人"}) == ""
    assert nearest_of("其他", {"其他企业": "企业", "其他公司": "企业"}) == "企业"


def test_an_amount_in_a_column_with_a_unit_is_the_same_fact_otherwise() -> None:
    revenue = shipped().facts["revenue"]
    in_myriads = in_units(revenue, 10_000)
    assert (revenue.yuan, in_myriads.yuan, in_units(revenue, 1)) == (1, 10_000, revenue)
    assert (in_myriads.id, in_myriads.spellings, in_myriads.names) == (revenue.id, revenue.spellings, revenue.names)
