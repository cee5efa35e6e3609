"""The columns say what the scalar core says: verdicts, amounts, missing facts and size, of every example and of any."""

import random
from datetime import date
from itertools import chain

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcrelief.columnar.verdicts import FIRST_MISSING, OUTCOME_BITS, UNCLASSED, ColumnRules
from dcrelief.rules.assessment import Verdict, assess
from dcrelief.rules.facts import Answers
from dcrelief.rules.model import Catalogue
from tests.columnar.frames import row_of, schema
from tests.examples import AS_OF, answers, both, businesses, shipped, table
from tests.rules.test_laws import CATALOGUES, DAYS, LATE, values_of

Told = tuple[str, int | None, int | None, tuple[str, ...]]


def by_columns(catalogue: Catalogue, people: list[Answers], as_of: date) -> list[dict[str, object]]:
    """What the columns say of each business: size, and each route's verdict, amounts and missing facts."""
    facts = list(catalogue.facts.values())
    frame = pl.DataFrame([row_of(facts, dict(person)) for person in people], schema=schema(facts))
    outcomes = {bit: outcome for outcome, bit in OUTCOME_BITS.items()}
    rules = ColumnRules(catalogue, as_of)
    told = []
    for row in rules.evaluate(frame).to_dicts():
        said: dict[str, object] = {"size": row["size"]}
        for route in catalogue.routes():
            state = row[route.id]
            missing = tuple(fact for place, fact in enumerate(rules.missing(route)) if state & FIRST_MISSING << place)
            least, most = row.get(f"{route.id} least"), row.get(f"{route.id} most")
            said[route.id] = (outcomes.get(state, "needs_info"), least, most, missing)
        told.append(said)
    return told


def one_by_one(catalogue: Catalogue, person: Answers, as_of: date) -> dict[str, object]:
    assessed = assess(catalogue, person, as_of)

    def told(verdict: Verdict) -> Told:
        amount = verdict.amount
        least, most = (None, None) if amount is None else (amount.least, amount.most)
        return (verdict.outcome, least, most, verdict.missing)

    size = assessed.size.size_class if assessed.size.classified else UNCLASSED
    return {"size": size} | {v.route.id: told(v) for v in assessed.verdicts}


def agree(catalogue: Catalogue, people: list[Answers], as_of: date) -> None:
    for person, said in zip(people, by_columns(catalogue, people, as_of), strict=True):
        assert said == one_by_one(catalogue, person, as_of)


def test_on_every_sample_business() -> None:
    agree(shipped(), [business.every_answer() for business in businesses()], AS_OF)
    agree(shipped(), [answers(**business.facts) for business in businesses()], AS_OF)


@pytest.mark.parametrize(("name", "catalogue"), [("conditions", shipped()), ("beijing", both())])
def test_on_every_row_of_the_document(name: str, catalogue: Catalogue) -> None:
    people = []
    for row in table(name).rows:
        people += [*table(name).fitting(row), *(table(name).business(row, change) for change in row.fails)]
        stated = table(name).business(row)
        people += [{fact: value for fact, value in stated.items() if fact != unknown} for unknown in stated]
    agree(catalogue, [answers(catalogue, **facts) for facts in people], AS_OF)


def some_people(catalogue: Catalogue, seed: int, count: int) -> list[Answers]:
    """Businesses drawn at random, each known in part: quicker by the hundred than Hypothesis draws one."""
    draw = random.Random(seed)
    people = []
    for _ in range(count):
        known = draw.random()
        person = {fact.id: draw.choice(values_of(fact)) for fact in catalogue.facts.values() if draw.random() < known}
        if draw.random() < 0.8:
            person |= dict.fromkeys(chain(*(policy.scope.facts() for policy in catalogue.policies)), True)
            person["kind"] = draw.choice(["enterprise", "enterprise", "sole_trader"])
        people.append(Answers(person))
    return people


@pytest.mark.parametrize("catalogue", CATALOGUES)
@settings(max_examples=6)
@given(st.integers(0, 2**32), st.sampled_from([*DAYS.values(), LATE]))
def test_on_any_business_known_in_part_or_whole(catalogue: Catalogue, seed: int, as_of: date) -> None:
    agree(catalogue, some_people(catalogue, seed, 200), as_of)
