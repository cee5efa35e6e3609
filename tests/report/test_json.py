"""The JSON fits its schema for every sample business, known in part or whole, and says what the design says."""

import json
from datetime import date
from typing import Any

import jsonschema
import pytest

from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.report.json import assessment_json
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, Business, answers, businesses, shipped

SCHEMA = json.loads(shipped_path("assessment.schema.json").read_text(encoding="utf-8"))


def document(given: Answers, as_of: date = AS_OF) -> Any:
    text = assessment_json(assess(shipped(), given, as_of))
    parsed = json.loads(text)
    jsonschema.validate(parsed, SCHEMA)
    return parsed


def name_of(business: Business) -> str:
    return business.name


@pytest.mark.parametrize("business", businesses(), ids=name_of)
def test_every_business_fits_the_schema(business: Business) -> None:
    document(business.every_answer(), business.as_of)
    document(answers(**business.facts), date(2026, 11, 24))


def test_nothing_known_fits_the_schema() -> None:
    assert document(Answers())["answers"] == {}


def test_what_it_says() -> None:
    given = answers(
        in_dongcheng=True,
        kind="enterprise",
        industry="catering",
        employees=8,
        carrier=["building"],
        rent_cut_sme=True,
        rent_cut_in_direction=True,
        city_rent_subsidy=False,
        rent_forgone="120万",
        assets="不清楚",
    )
    parsed = document(given)
    assert parsed["catalogue"]["documents"][0]["published"] == "2020-02-13"
    assert parsed["answers"]["rent_forgone"] == "1200000.00"
    assert parsed["answers"]["assets"] is None
    assert parsed["answers"]["carrier"] == ["building"]
    assert parsed["size"]["class"] == "micro"
    assert parsed["totals"] == {"money_received": {"min": "360000.00", "max": "500000.00"}}
    first = parsed["verdicts"][0]
    assert (first["measure"], first["route"], first["verdict"], first["action"]) == (6, "building", "eligible", "apply")
    assert first["window"] == {"from": "2020-02-13", "until": None, "pay_by": None, "open": True}
    assert first["benefit"]["kind"] == "grant"
    assert (first["benefit"]["min"], first["benefit"]["max"]) == ("360000.00", "500000.00")
    assert first["contacts"] == [
        {"unit": "区发改委", "people": ["张苒"], "phones": ["87160668", "64079927"], "email": "fgwtck@bjdch.gov.cn"}
    ]
    hotline = next(
        verdict for verdict in parsed["verdicts"] if verdict["measure"] == 9 and verdict["route"] == "hotline"
    )
    assert hotline["contacts"][0]["email"] is None


def test_an_unknown_window_and_a_size_reason_name_their_facts() -> None:
    parsed = document(answers(in_dongcheng=True, kind="enterprise", hired_unemployed=True))
    hiring = next(verdict for verdict in parsed["verdicts"] if verdict["measure"] == 37)
    assert hiring["window"] == {"from": None, "until": None, "pay_by": None, "open": None}
    assert hiring["missing"] == ["contract_reached"]
    survey = next(verdict for verdict in parsed["verdicts"] if verdict["route"] == "survey")
    assert survey["reasons"][-1]["fact"] == "size"
    late = next(verdict for verdict in document(Answers(), date(2020, 4, 1))["verdicts"] if verdict["route"] == "march")
    assert late["reasons"][-1]["fact"] is None
