"""What fits, taken together, of the sample business; whole reports are in test_printing.py."""

from datetime import date

import pytest
from msgspec.structs import replace

from dcrelief.report.overview import Overview
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from dcrelief.rules.plan import plan
from tests.examples import AS_OF, sample, shipped

SAMPLE = assess(shipped(), sample(), AS_OF)
OVERVIEW = Overview(SAMPLE)
NOTHING_FITS = Overview(assess(shipped(), Answers({"in_dongcheng": False}), AS_OF))


def test_the_numbers_to_see_first() -> None:
    assert OVERVIEW.figures(plan(SAMPLE)) == (
        ("可少缴", "8.42万元"),
        ("可缓缴（仍要缴）", "5.4万元"),
        ("最近缴清日", "2020-03-31，还有 40 天"),
    )
    assert NOTHING_FITS.figures(plan(NOTHING_FITS.assessment)) == ()


def test_a_bar_for_each_amount_that_says_whether_it_is_still_due() -> None:
    bars = OVERVIEW.money().bars
    assert [(bar.text, bar.kept) for bar in bars] == [
        ("8万元", True),
        ("4,200元", True),
        ("3万元", False),
        ("2.4万元", False),
    ]
    assert NOTHING_FITS.money().bars == ()


@pytest.mark.parametrize(
    ("as_of", "said"), [(date(2020, 2, 20), ""), (date(2020, 2, 5), ""), (date(2020, 8, 1), "未确认")]
)
def test_the_time_of_a_window_without_an_end(as_of: date, said: str) -> None:
    (verdict,) = (v for v in assess(shipped(), sample(), as_of).verdicts if v.route.id == "1.stop")
    overview = Overview(replace(SAMPLE, as_of=as_of))
    assert (overview.when(verdict), overview.amount(verdict)) == (said, "4,200元")
