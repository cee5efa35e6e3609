"""A table assessed at once says of each business what the assessment of that business alone says.

batch/sheet.py, batch/json_lines.py and batch/summary.py are tested through it.
"""

import io
import json
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import polars as pl
from msgspec.structs import replace

from dcrelief.batch.assessor import AssessedBatch, Assessor
from dcrelief.batch.headings import named_facts
from dcrelief.batch.json_lines import LineSink
from dcrelief.batch.pipeline import OutgoingBatch
from dcrelief.columnar.cells import BAD_SCHEMA
from dcrelief.report.json import assessment_document
from dcrelief.rules.assessment import OUTCOMES, Assessment, assess
from dcrelief.rules.facts import Answers
from dcrelief.rules.model import TOTALS
from tests.columnar.test_verdicts import some_people
from tests.examples import AS_OF, shipped
from tests.tables_of_businesses import sample_people, table_of

WORDS = shipped().words
PEOPLE = sample_people() + some_people(shipped(), 5, 300)


def assessed(people: list[Answers]) -> tuple[Assessor, AssessedBatch]:
    table = table_of(people)
    assessor = Assessor(shipped(), named_facts(shipped(), table.columns), AS_OF)
    return assessor, assessor.assess_rows(table)


BATCH, WHOLE = assessed(PEOPLE)


@cache
def alone() -> list[Assessment]:
    return [assess(shipped(), person, AS_OF) for person in PEOPLE]


def test_every_cell_of_the_table_can_be_read() -> None:
    assert WHOLE.bad.is_empty()


def test_the_verdict_of_each_route_and_the_one_answer_it_waits_for() -> None:
    for row, assessment in zip(WHOLE.sheet.to_dicts(), alone(), strict=True):
        for verdict in assessment.verdicts:
            said = WORDS(f"batch.{verdict.outcome}")
            if len(verdict.missing) == 1:
                said = WORDS("batch.needs_one", fact=shipped().facts[verdict.missing[0]].column)
            assert row[BATCH.sheet.headings[verdict.route.id]] == said


def test_the_business_as_a_whole() -> None:
    for row, assessment in zip(WHOLE.sheet.to_dicts(), alone(), strict=True):
        size, classified = assessment.size.size_class, assessment.size.classified
        size_name = WORDS(f"size.{'open' if size is None else size.key}") if classified else None
        assert row[WORDS("batch.size")] == size_name
        for outcome in OUTCOMES:
            assert row[WORDS(f"batch.count_{outcome}")] == len(assessment.with_outcome(outcome))
        fits = sorted({verdict.route.measure for verdict in assessment.with_outcome("eligible")}, key=int)
        assert row[WORDS("batch.fits")] == ("、".join(map(str, fits)) or None)
        waiting = sorted(
            {verdict.route.measure for verdict in assessment.verdicts if len(verdict.missing) == 1}, key=int
        )
        assert row[WORDS("batch.one_more")] == ("、".join(map(str, waiting)) or None)
        missing = {fact for verdict in assessment.verdicts for fact in verdict.missing}
        named = [fact.column for fact in shipped().facts.values() if fact.id in missing]
        assert row[WORDS("batch.missing")] == ("、".join(named) or None)


def test_a_day_to_pay_by_is_no_day_to_apply_by() -> None:
    for row, assessment in zip(WHOLE.sheet.to_dicts(), alone(), strict=True):
        days: dict[str, list[date]] = {"apply_by": [], "pay_by": []}
        for verdict in assessment.with_outcome("eligible"):
            if verdict.window is not None and verdict.window.end is not None:
                days["pay_by" if verdict.route.measure == "35" else "apply_by"].append(verdict.window.end)
        assert row["最近的截止日"] == min(days["apply_by"], default=None)
        assert row["最近的缴费期限"] == min(days["pay_by"], default=None)


def test_amounts_are_exact_and_open_ones_empty() -> None:
    for row, assessment in zip(WHOLE.sheet.to_dicts(), alone(), strict=True):
        for total in TOTALS:
            label, amount = WORDS(f"total.{total}"), assessment.totals.get(total)
            least, most = (row[WORDS(f"batch.{end}", label=label)] for end in ("least", "most"))
            assert least == (None if amount is None else Decimal(amount.least) / 100)
            assert most == (None if amount is None or amount.most is None else Decimal(amount.most) / 100)


def test_a_cell_that_cannot_be_read_is_unknown_and_flagged() -> None:
    table = table_of(PEOPLE[:2]).with_columns(
        pl.Series("行业", ["餐饮", "餐钦"]), pl.Series("从业人员", ["约十人", "十几"])
    )
    assessor = Assessor(shipped(), named_facts(shipped(), table.columns), AS_OF)
    said = assessor.assess_rows(table)
    assert said.bad.rows() == [(0, "从业人员", "约十人"), (1, "行业", "餐钦"), (1, "从业人员", "十几")]
    assert said.sheet[WORDS("batch.unreadable")].to_list() == ["从业人员", "行业、从业人员"]
    assert said.facts["employees"].to_list() == [None, None]
    assert assessor.problem("行业", "餐钦").nearest == "餐饮业"


def test_a_table_of_no_rows() -> None:
    assessor = Assessor(shipped(), named_facts(shipped(), ("名称",)), AS_OF)
    said = assessor.assess_rows(pl.DataFrame(schema={"名称": pl.String}))
    assert said.sheet.is_empty()
    assert said.sheet.schema == assessor.sheet.schema


def test_the_sheet_is_of_the_types_that_it_says() -> None:
    assert WHOLE.sheet.schema == BATCH.sheet.schema


def test_a_line_of_json_says_what_the_assessment_alone_says() -> None:
    policy, stream = shipped().policies[0], io.BytesIO()
    facts = WHOLE.facts.with_columns(
        pl.Series(policy.name_fact, [f'客"{n}' for n in range(len(PEOPLE))]),
        *(pl.lit(None, dtype=pl.String).alias(fact) for fact in filter(None, [policy.id_fact])),
    )
    flagged = pl.DataFrame([(0, "行业", "餐钦")], schema=BAD_SCHEMA, orient="row")
    numbers = pl.Series(range(2, len(PEOPLE) + 2))
    batch = OutgoingBatch(pl.DataFrame(), (), numbers, replace(WHOLE, facts=facts, flagged=flagged), list)
    LineSink(stream, BATCH).write(batch)
    lines = stream.getvalue().decode().splitlines()
    for place, (line, assessment) in enumerate(zip(lines, alone(), strict=True)):
        document = assessment_document(assessment)
        said = json.loads(line)
        assert (said["row"], said["id"]) == (place + 2, f'客"{place}')
        assert said["unreadable"] == (["行业"] if place == 0 else [])
        assert said["size"] == document["size"]["class"]
        assert said["totals"] == document["totals"]
        assert verdicts(said) == verdicts(document)


def verdicts(document: dict[str, Any]) -> dict[tuple[int, str], object]:
    """What a document says of each route, as far as batch says it."""
    keys = ("kind", "min", "max")
    return {
        (v["measure"], v["route"]): (v["verdict"], sorted(v["missing"]), [v["benefit"][key] for key in keys])
        for v in document["verdicts"]
    }
