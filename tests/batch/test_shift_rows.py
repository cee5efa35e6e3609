"""What a table of businesses gains and loses is what each of them alone is told."""

# ruff: noqa: E501 - a change stands in one line

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dcrelief.batch.assessor import AssessedBatch
from dcrelief.batch.shift_rows import ShiftRows
from dcrelief.catalogue.load import load_catalogue
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.columnar.sums import ColumnSums
from dcrelief.columnar.verdicts import ColumnRules
from dcrelief.rules.assessment import Verdict, assess
from dcrelief.rules.estimates import Interval
from dcrelief.rules.model import TOTALS, Catalogue
from dcrelief.rules.money import decimal_yuan
from dcrelief.rules.shifts import SHIFTS, shifts
from tests.columnar.frames import row_of, schema
from tests.columnar.test_verdicts import some_people
from tests.examples import AS_OF, answers, shipped
from tests.rules.test_laws import LATE


def assessed_frame(catalogue: Catalogue, day: date, frame: pl.DataFrame) -> AssessedBatch:
    """What the rules say of a frame of facts."""
    verdicts = ColumnRules(catalogue, day).evaluate(frame)
    nothing = pl.DataFrame()
    sums = ColumnSums(catalogue, day).evaluate(frame, verdicts)
    return AssessedBatch(frame, verdicts, sums, nothing, nothing, nothing, nothing, nothing)


def told(verdict: Verdict | None) -> tuple[str, str | None, str | None]:
    if verdict is None:
        return ("没有这一项", None, None)
    words = shipped().words
    return in_words(verdict.amount, words(f"batch.{verdict.outcome}"))


def in_words(amount: Interval | None, said: str = "") -> tuple[str, str | None, str | None]:
    least = None if amount is None else decimal_yuan(amount.least)
    most = None if amount is None or amount.most is None else decimal_yuan(amount.most)
    return (said, least, most)


def changed(folder: Path, replaced: tuple[tuple[str, str], ...]) -> Catalogue:
    """The shipped catalogue with some texts replaced."""
    text = shipped_path("measures.toml").read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    (folder / "measures.toml").write_text(text, encoding="utf-8")
    return load_catalogue(folder / "measures.toml")


@pytest.mark.parametrize(
    ("old_day", "new_day", "replaced"),
    [
        (AS_OF, LATE, ()),
        (AS_OF, AS_OF, (('rate = ["30%", "50%"]', 'rate = ["10%", "60%"]'), ("at_most = 100 }", "at_most = 9 }"))),
        (AS_OF, AS_OF, (('key = "rd_grant"', 'key = "other"'), ('sme = [{ size_at_most = "medium" }]', 'sme = [{ size_at_most = "micro" }]'))),
    ],
)  # fmt: skip
def test_a_table_says_what_each_business_alone_is_told(
    old_day: date, new_day: date, replaced: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    old, new = shipped(), changed(tmp_path, replaced)
    people = some_people(old, 21, 300)
    facts = list(old.facts.values())
    frame = pl.DataFrame([row_of(facts, dict(person)) for person in people], schema=schema(facts))
    sides = [assessed_frame(catalogue, day, frame) for catalogue, day in ((old, old_day), (new, new_day))]
    rows = ShiftRows(old, new).rows(pl.Series(range(300)), *sides)
    by_person: dict[int, list[tuple[object, ...]]] = {}
    for row in rows.iter_rows(named=True):
        ends = [
            None if row[key] is None else str(row[key])
            for key in ("least_before", "most_before", "least_after", "most_after")
        ]
        by_person.setdefault(row["row"], []).append(
            (row["shift"], (row["before"], *ends[:2]), (row["after"], *ends[2:]))
        )
    kinds: set[str] = set()
    for place, person in enumerate(people):
        before, after = assess(old, person, old_day), assess(new, person, new_day)
        found = shifts(before, after)
        expected = [(shift.kind, told(shift.before), told(shift.after)) for shift in found]
        for total in TOTALS:
            if before.totals.get(total) != after.totals.get(total):
                expected.append(("total", in_words(before.totals.get(total)), in_words(after.totals.get(total))))
        assert sorted(map(str, by_person.get(place, []))) == sorted(map(str, expected))
        kinds.update(shift.kind for shift in found)
    assert kinds
    assert kinds <= set(SHIFTS)


@pytest.mark.parametrize(
    ("rate", "shifted"),
    [
        ('["30%", "50%"]', []),
        ('["30%", "40%"]', [("30000.00", "50000.00", "30000.00", "40000.00")]),
        ('["20%", "50%"]', [("30000.00", "50000.00", "20000.00", "50000.00")]),
    ],
)
def test_an_amount_that_changes_while_the_verdict_stays(
    rate: str, shifted: list[tuple[str, ...]], tmp_path: Path
) -> None:
    old, new = shipped(), changed(tmp_path, (('rate = ["30%", "50%"]', f"rate = {rate}"),))
    landlord = answers(
        in_dongcheng=True, kind="enterprise", carrier=["building"], rent_cut_sme=True, rent_cut_in_direction=True,
        city_rent_subsidy=False, rent_forgone="10万元",
    )  # fmt: skip
    facts = list(old.facts.values())
    frame = pl.DataFrame([row_of(facts, landlord)], schema=schema(facts))
    rows = ShiftRows(old, new).rows(
        pl.Series([2]), *(assessed_frame(catalogue, AS_OF, frame) for catalogue in (old, new))
    )
    amounts = ("least_before", "most_before", "least_after", "most_after")
    assert [row["shift"] for row in rows.iter_rows(named=True)] == ["amount", "total"][: 2 * len(shifted)]
    for row in rows.iter_rows(named=True):
        assert tuple(str(row[key]) for key in amounts) == shifted[0]
