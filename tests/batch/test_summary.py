"""What many businesses come to: the same as each of them alone, in words that stay."""

from datetime import date

import pytest

from dcrelief.batch.summary import Tally, summary_view
from tests.batch.test_assessor import BATCH, PEOPLE, WHOLE, alone
from tests.examples import AS_OF, shipped


def test_the_summary_adds_up_what_each_assessment_says() -> None:
    tally = Tally()
    tally.add(BATCH.sheet, WHOLE.verdicts, WHOLE.sums)
    assessments = alone()
    fitting = [{v.route.measure for v in assessment.with_outcome("eligible")} for assessment in assessments]
    assert tally.businesses == len(PEOPLE)
    assert tally.fitting == sum(map(bool, fitting))
    for measure in shipped().measures:
        assert tally.fits[measure.id] == sum(measure.id in fits for fits in fitting)
    for fact, count in tally.waiting.items():
        assert count == sum(verdict.missing == (fact,) for each in assessments for verdict in each.verdicts)
    for total, (amount, count) in tally.totals.items():
        amounts = [each.totals[total] for each in assessments if total in each.totals]
        assert count == len(amounts)
        assert amount.least == sum(each.least for each in amounts)
        open_ = any(each.most is None for each in amounts)
        assert amount.most == (None if open_ else sum(each.most or 0 for each in amounts))


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        (date(2020, 2, 12), "早于 2020-02-13，细则还没有施行"),
        (date(2020, 2, 13), ""),
        (date(2020, 7, 31), ""),
        (date(2020, 8, 1), "2020-07-31 以后，没有写截止日的措施是否还在办，没有人确认过"),
    ],
)
def test_the_summary_says_that_nobody_answers_for_the_day(as_of: date, said: str) -> None:
    warnings = [line for line in summary_view(shipped(), Tally(), as_of).lines if line.startswith("注意：")]
    assert bool(warnings) is bool(said)
    assert all(said in line for line in warnings)


def test_the_summary_in_words(snapshot: object) -> None:
    tally = Tally()
    tally.add(BATCH.sheet, WHOLE.verdicts, WHOLE.sums)
    view = summary_view(shipped(), tally, AS_OF)
    text = "\n".join([view.title, *view.lines, *(line for s in view.sections for line in (s.title, *s.lines))])
    assert text == snapshot
