"""What fits, taken together, of the sample business; whole reports are in test_printing.py."""

from datetime import date

import pytest
from msgspec.structs import replace

from dcrelief.report.overview import Overview
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, sample, shipped

SAMPLE = assess(shipped(), sample(), AS_OF)
OVERVIEW = Overview(SAMPLE)
NOTHING_FITS = Overview(assess(shipped(), Answers({"in_dongcheng": False}), AS_OF))


def test_the_numbers_to_see_first() -> None:
    count = len(SAMPLE.with_outcome("eligible"))
    assert OVERVIEW.figures()[0] == ("初步符合", f"{count} 项")
    assert OVERVIEW.figures()[-1] == ("最近的缴费期限", "2020-03-31")
    assert NOTHING_FITS.figures() == (("初步符合", "0 项"),)


def test_the_money_by_total_and_a_bar_for_each_amount() -> None:
    money = OVERVIEW.money()
    assert money.lines[:2] == ("可少缴的费用：8.42万元", "可缓缴（以后仍要缴）：5.4万元")
    assert [bar.text for bar in money.bars] == ["8万元", "4,200元", "3万元", "2.4万元"]
    assert NOTHING_FITS.money().bars == ()


def test_a_line_and_a_row_for_each_that_fits() -> None:
    fits = OVERVIEW.fits()
    assert fits.table is not None
    assert len(fits.lines) == len(fits.table.rows) == len(SAMPLE.with_outcome("eligible"))
    assert fits.lines[3] == "第4条 区属国企房产房租减免 · 承租用于生产经营的房产 — 要申请 — 8万元"
    assert NOTHING_FITS.fits().table is None


def test_the_nearest_deadline_first() -> None:
    days = OVERVIEW.deadlines().days
    assert [(day.day, day.left) for day in days] == [
        (date(2020, 3, 31), "还有 40 天"),
        (date(2020, 7, 31), "还有 162 天"),
    ]


def test_every_paper_once_and_what_lists_none_named_last() -> None:
    materials = OVERVIEW.materials()
    assert materials.ticked == {0, 1}
    assert materials.lines[0] == "纳入风险补偿范围申请 — 第17条 企业申请纳入风险补偿范围"
    assert materials.lines[-1].startswith("另有 16 项文件没有列出材料")


@pytest.mark.parametrize(
    ("as_of", "said"), [(date(2020, 2, 20), ""), (date(2020, 2, 5), ""), (date(2020, 8, 1), "未确认")]
)
def test_the_time_of_a_window_without_an_end(as_of: date, said: str) -> None:
    (verdict,) = (v for v in assess(shipped(), sample(), as_of).verdicts if v.route.id == "1.stop")
    overview = Overview(replace(SAMPLE, as_of=as_of))
    assert (overview.when(verdict), overview.amount(verdict)) == (said, "4,200元")
