"""Tables spoiled as the world spoils them come to the right answer, or are refused or flagged, never to another."""

import csv
import io
import random
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcrelief.batch.assessor import Assessor
from dcrelief.batch.businesses import Knowledge
from dcrelief.batch.headings import named_facts
from dcrelief.batch.reading import open_table
from dcrelief.errors import UnusableFileError
from tests.examples import AS_OF, shipped

KNOWLEDGE = Knowledge.of(shipped())
UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000}
# The right answers: what each business is, amounts in yuan.
HEADINGS = ["编号", "名称", "在东城区", "身份", "行业", "从业人员", "营业收入", "资产总额", "成立日期", "备注"]
FACTS = ["in_dongcheng", "kind", "industry", "employees", "revenue", "assets", "founded"]
MONEY = (6, 7)
Grid = list[list[str]]


def businesses(chance: random.Random) -> Grid:
    kinds, trades = (
        ["企业", "个体工商户", "有限责任公司（自然人独资）"],
        ["餐饮业", "软件和信息技术服务业", "零售业", "物业管理"],
    )
    return [
        [
            str(number),
            f"{chance.choice('甲乙丙丁戊己')}{chance.choice(['餐饮', '软件', '共赢', '平均律'])}{number}号店",
            chance.choice(["是", "否"]),
            chance.choice(kinds),
            chance.choice(trades),
            str(chance.randint(1, 900)),
            str(chance.randint(1, 900) * 1_000_000),
            str(chance.randint(1, 900) * 1_000_000),
            f"{date(chance.randint(1995, 2019), chance.randint(1, 12), chance.randint(1, 28))}",
            chance.choice(["", "老客户"]),
        ]
        for number in range(1, chance.randint(3, 7))
    ]


def facts_of(grid: Grid) -> dict[str, tuple[object, ...]]:
    """The facts of each business by its name, from a table as it should be."""
    knowns = named_facts(shipped(), HEADINGS)
    assessor = Assessor(shipped(), knowns, AS_OF)
    return understood(written(grid, ","), assessor)[0]


def written(grid: Grid, separator: str, encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(grid)
    return stream.getvalue().encode(encoding)


def understood(content: bytes, assessor: Assessor | None = None) -> tuple[dict[str, tuple[object, ...]], bool]:
    """The facts of each business by its name, and whether anything was flagged. Raises UnusableFileError."""
    table = open_table("表", io.BytesIO(content), len(content), KNOWLEDGE)
    if assessor is None:
        assessor = Assessor(shipped(), named_facts(shipped(), table.headings, table.top.units), AS_OF)
    found: dict[str, tuple[object, ...]] = {}
    flagged = False
    for rows in table.batches():
        assessed = assessor.assess_rows(rows.cells)
        flagged = flagged or not (assessed.bad.is_empty() and assessed.doubtful.is_empty() and not rows.surplus)
        for name, *facts in assessed.facts.select("name", *FACTS).iter_rows():
            found[str(name)] = tuple(facts)
    return found, flagged


# ---- the ways to spoil: each takes a table as it should be, headings first, and gives it spoiled --------------------


def in_units(grid: Grid, unit: str) -> Grid:
    """Amounts in another unit, which is said nowhere yet."""
    return [grid[0]] + [
        [f"{int(cell) / UNITS[unit]:f}".rstrip("0").rstrip(".") if n in MONEY else cell for n, cell in enumerate(row)]
        for row in grid[1:]
    ]


def unit_above(grid: Grid, unit: str, chance: random.Random) -> Grid:
    stated = [f"单位：{unit}", f"金额单位:{unit}", f"客户台账（单位：{unit}）", f"（单位：人、{unit}）"]
    line = chance.choice(
        [*stated, f"（除注明外，金额以{unit}列示）", f"本表金额为{unit}，人数为人", f"金额：{unit} 人数：人"]
    )
    width = len(grid[0])
    return [["客户台账", *[""] * (width - 1)], [line, *[""] * (width - 1)], *in_units(grid, unit)]


def unit_in_headings(grid: Grid, unit: str, chance: random.Random) -> Grid:
    form = chance.choice(["{}（{}）", "{}({})", "{}/{}", "{}（单位：{}）", "{}{}"])
    head = [form.format(cell, unit) if n in MONEY else cell for n, cell in enumerate(grid[0])]
    return [head, *in_units(grid, unit)[1:]]


def unit_below(grid: Grid, unit: str, _: random.Random) -> Grid:
    row = [unit if n in MONEY else "人" if n == 5 else "" for n in range(len(grid[0]))]
    return [grid[0], row, *in_units(grid, unit)[1:]]


def two_rows(grid: Grid, unit: str, _: random.Random) -> Grid:
    upper = [f"经营情况（{unit}）" if n == MONEY[0] else "" if n in MONEY else cell for n, cell in enumerate(grid[0])]
    lower = [cell if n in MONEY else "" for n, cell in enumerate(grid[0])]
    return [upper, lower, *in_units(grid, unit)[1:]]


def rows_added(body: Grid, headings: list[str], chance: random.Random) -> Grid:
    width = len(headings)
    totals = ["合计", "小计（2户）", "总 计：", "平均", "其中：小微"]
    total = ["", chance.choice(totals), *[""] * 3, "999", "9999", "9999", "", ""]
    note = [chance.choice(["注：自行申报", "制表人：张某", "备注:无", "填表日期：2020-02-18"]), *[""] * (width - 1)]
    group = [chance.choice(["一、餐饮业", "（二）软件业", "第一组"]), *[""] * (width - 1)]
    number, blank = [str(len(body) + 1), *[""] * (width - 1)], [""] * width
    added = [row for row in (group, headings, blank) if chance.random() < 0.5]
    below = [row for row in (number, total, note) if chance.random() < 0.7]
    middle = chance.randint(1, len(body))
    return [*body[:middle], *added, *body[middle:], *below]


def columns_numbered(width: int, chance: random.Random) -> list[str]:
    """What stands below the headings of a printed form."""
    numbers = list(map(str, range(1, width + 1)))
    return chance.choice(
        [numbers, ["栏次", *numbers[: width - 1]], ["甲", "乙", *numbers[: width - 2]], [*"ABCDEFGHIJKLMN"[:width]]]
    )


def headings_marked(grid: Grid, top: int, chance: random.Random) -> Grid:
    form = chance.choice(["*{1}", "{0}、{1}", "{0}.{1}", "（{0}）{1}", "{1}*", " {1} "])
    marked = [form.format(n, cell) if cell else cell for n, cell in enumerate(grid[top], 1)]
    return [*grid[:top], marked, *grid[top + 1 :]]


def spoiled(chance: random.Random) -> tuple[Grid, Grid]:
    """A table as it should be, and spoiled."""
    right = [HEADINGS, *businesses(chance)]
    way = chance.choice([unit_above, unit_in_headings, unit_below, two_rows, None])
    grid = right if way is None else way(right, chance.choice(list(UNITS)), chance)
    count = len(right) - 1
    top, body = grid[:-count], grid[-count:]
    place = next(n for n, row in enumerate(top) if "名称" in row)
    again = chance.choice([HEADINGS, top[place]])
    if chance.random() < 0.4:
        top = headings_marked(top, place, chance)
    if chance.random() < 0.6:
        body = rows_added(body, again, chance)
    if chance.random() < 0.3:
        body = [columns_numbered(len(again), chance), *body]
    grid = [*top, *body]
    if chance.random() < 0.3:
        grid = [["客户名称：", "全体客户", "填表日期：", "2020-02-18", *[""] * (len(again) - 4)], *grid]
    if chance.random() < 0.3:  # shifted to the right
        grid = [["", *row] for row in grid]
    return right, grid


@settings(max_examples=150)
@given(
    st.integers(0, 10**9),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_a_spoiled_table_comes_to_the_right_answer_or_is_refused(seed: int, separator: str, encoding: str) -> None:
    right, grid = spoiled(random.Random(seed))
    try:
        found, flagged = understood(written(grid, separator, encoding))
    except UnusableFileError:
        return
    expected = facts_of(right)
    assert found.keys() == expected.keys(), grid
    wrong = {name: (found[name], expected[name]) for name in expected if found[name] != expected[name]}
    assert flagged or not wrong, (wrong, grid)


@pytest.mark.parametrize("seed", range(12))
def test_merged_cells_are_as_if_each_row_had_them(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    right = [HEADINGS, *businesses(chance)]
    first, last = sorted(chance.sample(range(1, len(right)), 2))
    column = chance.choice([2, 3, 4])
    for row in range(first, last + 1):
        right[row] = [*right[row][:column], right[first][column], *right[row][column + 1 :]]
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row_cells in right:
        page.append(row_cells)
    page.merge_cells(start_row=first + 1, end_row=last + 1, start_column=column + 1, end_column=column + 1)
    book.save(tmp_path / "a.xlsx")
    assert understood((tmp_path / "a.xlsx").read_bytes())[0] == facts_of(right)
