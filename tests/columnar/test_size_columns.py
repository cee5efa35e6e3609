"""The size class of a column of businesses is that of each alone, and so is what would decide it."""

import polars as pl
import pytest

from dcrelief.columnar.size_columns import BOUNDED, ColumnSizes, upto, upto_missing
from dcrelief.rules.size import SizeClass
from tests.columnar.frames import row_of, schema
from tests.examples import answers, shipped

STANDARD = shipped().size_standard
FACTS = [shipped().facts[fact] for fact in STANDARD.facts()]
PEOPLE = [
    answers(),
    answers(industry="catering"),
    answers(industry="catering", employees=8),
    answers(industry="catering", employees=120),
    answers(industry="catering", employees=120, revenue="2500万"),
    answers(industry="finance", finance_size="large"),
    answers(industry="finance", finance_size="small"),
    answers(industry="business_services", employees=50),
    answers(industry="不清楚", employees=0),
    answers(industry="不清楚", employees=0, revenue=0, assets=0, finance_size="micro"),  # whatever it does
]


def columns() -> pl.DataFrame:
    frame = pl.DataFrame([row_of(FACTS, person) for person in PEOPLE], schema=schema(FACTS))
    sizes = ColumnSizes(STANDARD)
    for stage in sizes.stages():
        frame = frame.with_columns(stage)
    return frame.with_columns(sizes.size_class().alias("class"))


def test_the_class_and_while_it_is_open_null() -> None:
    classes = [None if number is None else SizeClass(number) for number in columns()["class"]]
    assert classes == [STANDARD.class_of(person) for person in PEOPLE]
    assert {None, SizeClass.MICRO, SizeClass.MEDIUM, SizeClass.LARGE} <= set(classes)


@pytest.mark.parametrize("size", BOUNDED, ids=str)
def test_whether_it_is_that_or_smaller_and_what_is_missing(size: SizeClass) -> None:
    for row, person in zip(columns().to_dicts(), PEOPLE, strict=True):
        assert row[upto(size)] == {"yes": True, "no": False}.get(STANDARD.at_most(person, size).value)
        missing = {fact for fact in STANDARD.facts() if row[upto_missing(size, fact)]}
        assert missing == set(STANDARD.missing(person, size))
