"""A catalogue with the forms that real documents have: stated sums, days of every year, offices without a phone."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from dcrelief.cli import run
from dcrelief.rules.assessment import assess
from dcrelief.rules.estimates import Interval
from dcrelief.rules.facts import Answers, Value
from tests.examples import EVERY_FORM, every_form

CATALOGUE = ["--catalogue", str(EVERY_FORM)]
WAN = 1_000_000
FIRM: dict[str, Value] = {"in_haizhou": True, "kind": "enterprise", "industry": "wholesale", "employees": 30}
TRADER = {
    "在海州市注册": "是", "身份": "企业", "行业": "批发业", "从业人员": "30", "介绍就业的人数": "120",
    "上年出口额": "200万美元", "裁员率": "3%", "贷款金额": "500万", "首次贷款": "是", "新增岗位": "20",
    "参加境内展会": "是", "境内展位费": "50万",
    "参加境外展会": "是", "境外展位费": "40万", "有首台套产品": "是", "研发投入增长": "12%",
}  # fmt: skip
Captured = pytest.CaptureFixture[str]


def amount(route_id: str, answers: Mapping[str, Value], day: date = date(2020, 3, 20)) -> tuple[str, Interval | None]:
    verdicts = assess(every_form(), Answers({**FIRM, **answers}), day).verdicts
    verdict = next(verdict for verdict in verdicts if verdict.route.id == route_id)
    return verdict.outcome, verdict.amount


def printed(capsys: Captured, *more: str) -> str:
    given = [part for fact, value in TRADER.items() for part in ("--set", f"{fact}={value}")]
    assert run([*CATALOGUE, *given, "--as-of", "2020-11-20", "--no-input", *more]) == 0
    return re.sub(r"\n? +", "", capsys.readouterr().out)


@pytest.mark.parametrize(("placed", "wan"), [(50, "2.4"), (99, "2.4"), (100, "4.5"), (200, "9"), (1000, "9")])
def test_a_sum_by_how_many_were_placed(placed: int, wan: str) -> None:
    fen = round(float(wan) * WAN)
    assert amount("1.placed", {"placed": placed}) == ("eligible", Interval(fen, fen))


def test_a_fixed_sum_and_one_that_may_be_nothing() -> None:
    both = {"first_set": True, "rd_growth": 1000}
    assert amount("2.first_set", both)[1] == Interval(200 * WAN, 200 * WAN)
    assert amount("2.rd", both)[1] == Interval(0, 200 * WAN)
    assessment = assess(every_form(), Answers(FIRM | both), date(2020, 3, 20))
    left_out = {verdict.route.id: verdict.left_out_for for verdict in assessment.verdicts if verdict.left_out_for}
    assert left_out == {"2.rd": "2.first_set"}
    assert assessment.totals == {"money_received": Interval(200 * WAN, 200 * WAN)}


def test_a_cap_that_two_routes_share_is_that_of_each() -> None:
    assert amount("4.home", {"fair_home": True})[1] == Interval(0, 30 * WAN)
    assert amount("4.home", {"fair_home": True, "fair_home_cost": 100 * WAN})[1] == Interval(30 * WAN, 30 * WAN)


@pytest.mark.parametrize(
    ("growth", "outcome"), [(1000, "eligible"), (999, "not_eligible"), (-500, "not_eligible"), (20_000, "eligible")]
)
def test_a_percentage_is_a_condition(growth: int, outcome: str) -> None:
    assert amount("2.rd", {"rd_growth": growth})[0] == outcome


TRADE: dict[str, Value] = {
    "exports": 10**8,
    "layoff_rate": 550,
    "loan": 1000 * WAN,
    "first_loan": False,
    "new_posts": 9,
}


@pytest.mark.parametrize(
    ("changed", "fen"),
    [
        ({}, 3 * WAN + 9 * 100_000),
        ({"first_loan": True}, 5 * WAN + 9 * 100_000),
        ({"first_loan": True, "loan": 3000 * WAN}, 10 * WAN + 9 * 100_000),  # the cap of a part
        ({"first_loan": True, "loan": 3000 * WAN, "new_posts": 80}, 12 * WAN),  # of each part, and of the whole
    ],
)
def test_parts_per_mille_and_caps(changed: dict[str, Value], fen: int) -> None:
    assert amount("3.trade", TRADE | changed) == ("eligible", Interval(fen, fen))


@pytest.mark.parametrize(
    "changed",
    [{"exports": 10**8 - 1}, {"layoff_rate": 551}, {"industry": "other"}, {"employees": 500, "revenue": 10**12}],
)
def test_what_keeps_a_trader_out(changed: dict[str, Value]) -> None:
    assert amount("3.trade", TRADE | changed)[0] == "not_eligible"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2020, 2, 29), "not_eligible"),
        (date(2020, 3, 1), "eligible"),
        (date(2020, 4, 30), "eligible"),
        (date(2020, 5, 1), "not_eligible"),
        (date(2027, 3, 15), "eligible"),
    ],
)
def test_days_that_come_every_year(day: date, outcome: str) -> None:
    assert amount("1.new", {"new_agency": True}, day)[0] == outcome


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2020, 1, 31), date(2019, 11, 1), date(2020, 1, 31)),
        (date(2020, 2, 1), date(2020, 11, 1), date(2021, 1, 31)),
        (date(2020, 12, 31), date(2020, 11, 1), date(2021, 1, 31)),
    ],
)
def test_days_of_the_turn_of_the_year(day: date, start: date, end: date) -> None:
    window = next(route.window for route in every_form().routes() if route.id == "4.abroad").in_year_of(day)
    assert (window.start, window.end) == (start, end)


def test_the_report_says_how_each_amount_comes_about(capsys: Captured) -> None:
    full = printed(capsys, "--full")
    for said in (
        "可收到239万元",
        "介绍就业的人数120人，按档4.5万元",
        "文件写明200万元",
        "文件写明不超过200万元",
        "贷款金额500万元×0.5%=2.5万元；新增岗位20个×1,000元=2万元，合计4.5万元",
        "第4条境外展会、第4条境内展会：合计最高30万元",
        "上年出口额：2,000,000美元",
        "市科技局（文件没有印电话，可打12345问）",
        "依据：海州市稳岗稳外贸措施（海州市人民政府）",
        "2021-01-31",
    ):
        assert said in full, said


def test_the_json_has_no_day_of_publication(capsys: Captured) -> None:
    given = [part for fact, value in TRADER.items() for part in ("--set", f"{fact}={value}")]
    assert run([*CATALOGUE, *given, "--as-of", "2020-11-20", "--no-input", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["catalogue"]["documents"][0]["published"] is None
    assert document["answers"]["rd_growth"] == "12%"
    assert document["answers"]["exports"] == "2000000.00"


def test_the_other_commands_take_it(capsys: Captured) -> None:
    for command in (["list"], ["show", "1"], ["show", "3"], ["contacts"], ["check"], ["size", "--set", "从业人员=3"]):
        assert run([*command, *CATALOGUE]) == 0, command
    said = capsys.readouterr().out
    assert "市财政局" in said


def test_a_list_of_clients(capsys: Captured, tmp_path: Path) -> None:
    clients, out = tmp_path / "clients.csv", tmp_path / "out.csv"
    clients.write_text(f"{','.join(TRADER)}\n{','.join(TRADER.values())}\n", encoding="utf-8")
    assert run(["batch", str(clients), *CATALOGUE, "-o", str(out), "--as-of", "2020-11-20"]) == 0
    capsys.readouterr()
    assert "2390000.00" in out.read_text(encoding="utf-8-sig")


def test_offices_without_a_phone_stand_in_one_line(capsys: Captured) -> None:
    assert run(["show", "1", *CATALOGUE]) == 0
    said = re.sub(r"\n? +", "", capsys.readouterr().out)
    assert "找谁市人社局、市财政局（文件没有印电话，可打12345问）" in said
