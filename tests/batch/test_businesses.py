"""Which rows are businesses: totals, notes, groups, headings again and bare numbers are set aside, and named."""

import io

import pytest

from dcrelief.batch.businesses import ROW, Knowledge, NoBusiness
from dcrelief.batch.reading import open_table
from dcrelief.errors import UnusableFileError
from tests.examples import shipped

KNOWLEDGE = Knowledge.of(shipped())
TOTALS = (
    "合计；合 计：；小计（2户）；合计：2户；共2户；共 2 家；总计2户；其中：小微企业；其中；平均；平均值；本页小计；"
    "Grand Total；average；合计(元)；of which:；餐饮业小计；东华门街道合计；以上合计；总数；户均；上年同期；"
    "零售业小计（3户）；合计户数：2；总户数 2"
)
NOTES = "注：企业自行申报；备注: 无；制表人：张某  审核人：李某；填表日期：2020年2月18日；数据来源：统计局；Note: none"
BUSINESSES = "合计利华商贸；共赢餐饮；其中堂书店；平均律琴行；总计软件公司；注册帮手；共8咖；共享8"


def read(content: str) -> tuple[list[str | None], list[NoBusiness]]:
    """The names of the businesses, and what was set aside."""
    raw = content.encode()
    (batch,) = open_table("表", io.BytesIO(raw), len(raw), KNOWLEDGE).batches()
    return batch.cells["名称"].to_list(), batch.set_aside


@pytest.mark.parametrize("written", TOTALS.split("；"))
def test_totals_in_any_words(written: str) -> None:
    for row, heading in ((f",{written},58,3\n", "名称"), (f"{written},,58,3\n", "序号")):
        names, aside = read(f"序号,名称,从业人员,营业收入\n1,甲,8,3\n{row}")
        assert names == ["甲"]
        assert aside == [NoBusiness(3, heading, written.strip(), "total")]


@pytest.mark.parametrize("name", BUSINESSES.split("；"))
def test_a_business_may_be_called_like_a_total(name: str) -> None:
    assert read(f"名称,从业人员\n{name},8\n") == ([name], [])


@pytest.mark.parametrize("written", NOTES.split("；"))
def test_notes_and_signatures(written: str) -> None:
    names, aside = read(f"名称,从业人员,备注\n甲,8,\n{written},,\n")
    assert (names, aside) == (["甲"], [NoBusiness(3, "名称", written, "note")])


@pytest.mark.parametrize(
    "row",
    [
        *["甲,乙,1,2,3", "1,2,3,4,5", "A,B,C,D,E", "栏次,1,2,3,4", "（1）,（2）,（3）,,", "栏次,甲,乙,丙,"],
        *["Ⅰ,Ⅱ,Ⅲ,Ⅳ,Ⅴ", "I,II,III,IV,V", "一,二,三,四,五", "（一）,（二）,（三）,,", "㈠,㈡,㈢,㈣,㈤", "壹,贰,叁,肆,伍"],
        *["①,②,③,④,⑤=③+④", "❶,❷,❸,❹,❺", "⒈,⒉,⒊,⒋,⒌", "[1],[2],[3],[4],[5]", "1.,2.,3.,4.,5.", "甲,乙,①,②,③"],
        *[
            "第1列,第2列,第3列,第4列,第5列",
            "第一栏,第二栏,第三栏,,",
            "列1,列2,列3,列4,列5",
            "Column 1,Column 2,Column 3,,",
        ],
        "栏次,Ⅰ,Ⅱ,Ⅲ,",
    ],
)
def test_a_row_that_numbers_the_columns(row: str) -> None:
    names, aside = read(f"名称,行业,从业人员,营业收入,备注\n{row}\n乙,餐饮,8,3,\n")
    assert (names, aside) == (["乙"], [NoBusiness(2, "名称", row.split(",")[0], "columns")])


def test_rows_that_number_the_columns_further_down() -> None:
    numbered = ["甲,乙,1,2,3", "1,2,3,4=2+3,—", "（1）,（2）,（3）,（4）,", "(A),(B),(C),,", "栏次,1,2,3,", "①,②,③,④,"]
    numbered += ["Ⅰ,Ⅱ,Ⅲ,Ⅳ,", "一,二,三,四,", "第 1 列,第 2 列,第 3 列,,", "１,２,３,,", "⑴,⑵,⑶,,"]
    lines = [line for row in numbered for line in (f"店{row[0]},餐饮,8,3,", row)]
    names, aside = read("名称,行业,从业人员,营业收入,备注\n" + "\n".join(lines) + "\n")
    assert names == [f"店{row[0]}" for row in numbered]
    assert [(each.row, each.why) for each in aside] == [(row, "columns") for row in range(3, 24, 2)]


def test_columns_are_numbered_as_far_as_there_are_any() -> None:
    for numbers in (
        "一 二 三 四 五 六 七 八 九 十 十一 十二",
        "I II III IV V VI VII VIII IX X XI XII",
        "1 2 3 4 5 6 7 8 9 10 11 12",
    ):
        heads = ["名称", "从业人员", *(f"列{place}" for place in "abcdefghij")]
        names, aside = read("\n".join([",".join(heads), ",".join(numbers.split()), "甲,8,,,,,,,,,,"]))
        assert (names, [each.why for each in aside]) == (["甲"], ["columns"])


@pytest.mark.parametrize(
    "rows", ["甲,,1,2,", "甲,餐饮,1,2,3", "1,3,2,4,5", "A,,2,3,4", "甲,1,1,1,", "1,1,1,1,1", "第一,,1,2,"]
)
def test_a_client_with_small_numbers_is_one(rows: str) -> None:
    names, aside = read(f"名称,行业,从业人员,营业收入,备注\n{rows}\n")
    assert (names, aside) == ([row.split(",")[0] for row in rows.split("\n")], [])


def test_a_note_with_facts_behind_it_is_a_business() -> None:
    assert read("名称,从业人员\n注：三户,8\n") == (["注：三户"], [])


@pytest.mark.parametrize(
    "name",
    ["第五元素餐饮有限公司", "第一食品商店", "三、六、九便利店", "说明书印刷厂", "备注咖啡", "日期餐厅", "小组科技"],
)
def test_a_business_of_which_nothing_else_is_known(name: str) -> None:
    assert read(f"名称,从业人员\n{name},\n") == ([name], [])


ALONE = (
    "第 2 页 共 3 页；以下空白；转下页；2020年2月15日；填表人 张三；注 1：含分公司；—；……；说明 略；电话：010-6555；"
    "东华门街道；东四街道（3户）；例：某某公司；（示例）：某公司；单位：元；（盖章）；(略)"
)


@pytest.mark.parametrize("written", ALONE.split("；"))
def test_what_stands_alone_under_the_names_and_is_none(written: str) -> None:
    names, aside = read(f"名称,从业人员\n甲,8\n{written},\n")
    assert names == ["甲"]
    assert [(each.row, each.written) for each in aside] == [(3, written)]


def test_the_title_again_is_no_business() -> None:
    names, aside = read("东城区客户表,\n名称,从业人员\n甲,8\n东城区客户表,\n乙,9\n")
    assert (names, [each.why for each in aside]) == (["甲", "乙"], ["headings"])


def test_a_total_behind_a_number_or_a_group() -> None:
    names, aside = read("街道,名称,行业,从业人员\n东华门,甲,餐饮,8\n东华门,小计,,8\n3,合计,餐饮业,8\n")
    assert (names, [each.why for each in aside]) == (["甲"], ["total", "total"])


def test_signatures_beside_each_other() -> None:
    names, aside = read("名称,行业,从业人员\n甲,餐饮,8\n制表人：张三,审核人：李四,日期：2020-2-15\n")
    assert (names, [each.why for each in aside]) == (["甲"], ["note"])


def test_signatures_that_begin_further_to_the_right() -> None:
    names, aside = read("序号,街道,名称,行业,从业人员\n1,东四,甲,餐饮,8\n,,,经办人：张三,日期：2020-2-15\n")
    assert (names, [each.why for each in aside]) == (["甲"], ["note"])


def test_headings_again_over_other_columns_are_refused() -> None:
    with pytest.raises(UnusableFileError, match="第 3 行又是表头，但和上面的不一样：“资产总额”在“营业收入”一列里"):
        read("名称,从业人员,营业收入,资产总额\n甲,8,1,2\n名称,从业人员,资产总额,营业收入\n乙,9,2,1\n")


@pytest.mark.parametrize("written", ["一、餐饮业", "（二）软件业", "第三组", "餐饮业", "十一．其他"])
def test_titles_of_groups(written: str) -> None:
    for row, heading in ((f",{written},,\n", "名称"), (f"{written},,,\n", "序号")):
        names, aside = read(f"序号,名称,从业人员,行业\n{row}1,甲,8,餐饮\n")
        assert (names, aside) == (["甲"], [NoBusiness(2, heading, written, "group")])


def test_titles_of_groups_behind_their_number() -> None:
    for number in ("一", "（二）", "Ⅲ", "A", "乙"):
        names, aside = read(f"序号,名称,从业人员\n{number},餐饮业,\n1,甲,8\n")
        assert (names, aside) == (["甲"], [NoBusiness(2, "序号", number, "group")])
    assert read("序号,名称,从业人员\n1,东四街道,\n一,甲,\n") == (["东四街道", "甲"], [])


def test_a_name_alone_is_a_business_of_which_nothing_is_known() -> None:
    assert read("名称,从业人员\n甲,8\n乙,\n") == (["甲", "乙"], [])
    assert read("名称\n甲\n") == (["甲"], [])


def test_a_business_may_be_called_as_its_heading_is() -> None:
    assert read("名称,行业,从业人员\n名称,餐饮,8\n") == (["名称"], [])
    assert read("序号,名称,从业人员\n1,101,\n") == (["101"], [])


@pytest.mark.parametrize("written", ["合计（万元）", "一、单位：万元"])
def test_rows_that_are_set_aside_and_state_another_unit_are_refused(written: str) -> None:
    with pytest.raises(UnusableFileError, match="第 3 行才说单位"):
        read(f"名称,营业收入,资产总额\n甲,90,120\n{written},,\n")


def test_headings_again_and_bare_numbers() -> None:
    names, aside = read("序号,名称,从业人员\n1,甲,8\n序号,名称,从业人员\n2,乙,9\n3,,\n4,,\n")
    assert names == ["甲", "乙"]
    assert aside == [
        NoBusiness(3, "序号", "序号", "headings"),
        NoBusiness(5, "序号", "3", "number"),
        NoBusiness(6, "序号", "4", "number"),
    ]


@pytest.mark.parametrize("again", ["营业收入（万元）", "营业收入", "营业收入/万元"])
def test_headings_again_with_a_unit_or_without(again: str) -> None:
    names, aside = read(f"名称,营业收入（万元）,从业人员\n甲,8,1\n名称,{again},从业人员\n乙,9,1\n")
    assert (names, [each.why for each in aside]) == (["甲", "乙"], ["headings"])


def test_headings_again_with_another_unit_are_refused() -> None:
    with pytest.raises(UnusableFileError, match="第 3 行又是表头，但和上面的不一样：“营业收入（元）”"):
        read("名称,营业收入（万元）,从业人员\n甲,8,1\n名称,营业收入（元）,从业人员\n乙,90000,1\n")


def test_a_row_with_something_known_is_a_business_without_a_name() -> None:
    assert read("序号,名称,从业人员\n1,,8\n") == ([None], [])
    names, aside = read("序号,名称,电话,从业人员\n1,,8444,\n")
    assert (names, [each.why for each in aside]) == ([], ["number"])


def test_rows_keep_their_numbers() -> None:
    raw = "名称,从业人员\n合计,3\n甲,1\n共1户,\n乙,2\n".encode()
    (batch,) = open_table("表", io.BytesIO(raw), len(raw), KNOWLEDGE).batches()
    assert batch.cells[ROW].to_list() == [3, 5]


def test_what_is_known_of_two_catalogues() -> None:
    assert Knowledge.of(shipped(), shipped()) == KNOWLEDGE
