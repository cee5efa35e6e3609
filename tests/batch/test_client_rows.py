"""A business a row, as a consultant reads it: the same as each of them alone says, those with most at stake first."""

from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import polars as pl
import pytest

from dcrelief.batch.businesses import ROW
from dcrelief.batch.client_rows import CLIENT_KEYS, MOST_CALLS, MOST_QUESTIONS, STAKE, client_rows
from dcrelief.batch.fits import fit_rows
from dcrelief.cli import run
from dcrelief.report.amounts import interval
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.model import TOTALS
from dcrelief.rules.plan import first_contact, phones_for
from tests.batch.test_assessor import BATCH, WHOLE, alone
from tests.examples import AS_OF, shipped

WORDS = shipped().words
NUMBERS = pl.Series(ROW, range(2, WHOLE.facts.height + 2), dtype=pl.UInt32)
FITS = fit_rows(shipped(), NUMBERS, WHOLE, AS_OF)
ROWS = client_rows(shipped(), BATCH.sheet, NUMBERS, WHOLE, FITS)


def test_each_row_says_what_the_business_alone_comes_to() -> None:
    assert ROWS.columns == [*CLIENT_KEYS, STAKE]
    assert ROWS["row"].to_list() == NUMBERS.to_list()
    for row, assessment in zip(ROWS.iter_rows(named=True), alone(), strict=True):
        assert row["fitting_count"] == len(assessment.with_outcome("eligible"))
        for total in TOTALS:
            amount = assessment.totals.get(total)
            assert row[total] == ("" if amount is None else interval(WORDS, amount))


def test_questions_are_those_that_settle_most() -> None:
    for row, assessment in zip(ROWS.iter_rows(named=True), alone(), strict=True):
        waiting: dict[str, int] = {}
        for verdict in assessment.verdicts:
            if len(verdict.missing) == 1:
                waiting[verdict.missing[0]] = waiting.get(verdict.missing[0], 0) + 1
        asked = row["questions"].split("、") if row["questions"] else []
        columns = {fact.column: fact.id for fact in shipped().facts.values()}
        most = sorted(waiting.values(), reverse=True)[:MOST_QUESTIONS]
        assert [waiting[columns[column]] for column in asked] == most


def test_the_offices_to_call_are_those_of_money_or_a_day() -> None:
    writer = RouteWriter(shipped())
    called = 0
    for row, assessment in zip(ROWS.iter_rows(named=True), alone(), strict=True):
        offices = {
            f"{contact.unit} {writer.phone(phones_for(contact, verdict.route)[0])}"
            for verdict in assessment.with_outcome("eligible")
            if verdict.amount is not None or (verdict.window is not None and verdict.window.end is not None)
            for contact in [first_contact(shipped(), verdict.route)]
            if contact.phones
        }
        calls = row["calls"].split("；") if row["calls"] else []
        assert set(calls) <= offices
        assert len(calls) == min(len(offices), MOST_CALLS)
        called += len(calls)
    assert called


def test_an_amount_of_which_nothing_is_known_is_nothing() -> None:
    known = dict(zip(NUMBERS, alone(), strict=True))
    names = {RouteWriter(shipped()).name(route): route.id for route in shipped().routes()}
    unknown = 0
    for fit in FITS.iter_rows(named=True):
        verdicts = known[fit["row"]].with_outcome("eligible")
        (amount,) = (verdict.amount for verdict in verdicts if verdict.route.id == names[fit["route"]])
        if amount is None or (amount.least, amount.most) == (0, None):
            unknown += amount is not None
            assert (fit["amount_least"], fit["amount_most"]) == (None, None)
        else:
            assert fit["amount_least"] == Decimal(amount.least) / 100
    assert unknown


def test_the_line_that_a_measure_names_is_the_one_to_call() -> None:
    calls = dict(zip(FITS["number"], FITS["call"], strict=True))
    assert calls[21] == "区金融办 84065150"  # its steps name this line, not the office's first


def test_the_first_sheet_is_sorted_by_what_is_at_stake_and_leads_to_the_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        "编号,名称,联系人,手机,备注,在东城区,身份,行业,从业人员,营业收入,中关村高新企业,成立日期,研发费用",
        "1,甲餐饮,张,138,x,是,企业,餐饮,8,90万,否,2018,",
        "2,乙#软件,李,139,y,是,企业,软件,8,90万,是,2018,60万",
        "3,丙,,,,否,,,,,,,",
    ]
    Path("in.csv").write_text("\n".join(rows), encoding="utf-8")
    assert run(["batch", "in.csv", "-o", "a.xlsx", "--as-of", "2020-02-20", "--reports", "各户"]) == 0
    sheet = openpyxl.load_workbook("a.xlsx").worksheets[0]
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "行")
    headings = "行 编号 名称 规模 符合项数 可收到的钱 可少缴的费用 可缓缴的钱 最近的日子 先打给 先问 联系人 手机"
    assert [cell.value for cell in sheet[head]] == headings.split()
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1)]
    assert [row[:3] for row in found] == [[3, "2", "乙#软件"], [2, "1", "甲餐饮"], [4, "3", "丙"]]
    assert [row[-2:] for row in found] == [["李", "139"], ["张", "138"], [None, None]]
    assert found[0][5] == "3万元"
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    links = [unquote(sheet.cell(row, 3).hyperlink.target).replace("\\", "/") for row in range(head + 1, head + 4)]
    assert all(Path(link).is_file() for link in links), links


@pytest.mark.parametrize(
    "folder", ["各户", "各户 2 月", "100%完成", "完成 100%", "a%23b", "[甲] {乙}^`", "a&b'c", "../外/各户"]
)
def test_links_lead_to_the_reports_whatever_their_folder_is_called(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "这里").mkdir()
    monkeypatch.chdir(tmp_path / "这里")
    Path("in.csv").write_text("名称,行业\n甲 店,餐饮\n", encoding="utf-8")
    assert run(["batch", "in.csv", "-o", "a.xlsx", "--as-of", "2020-02-20", "--reports", folder]) == 0
    sheet = openpyxl.load_workbook("a.xlsx").worksheets[0]
    (link,) = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert " " not in link
    assert Path(unquote(link)).is_file()
    assert "链接" not in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["a#b", "真的?", "a #1%"])
def test_where_no_link_can_lead_that_is_said(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("名称,行业\n甲,餐饮\n", encoding="utf-8")
    command = ["batch", "in.csv", "--as-of", "2020-02-20", "--reports", folder, "-o"]
    assert run([*command, "a.xlsx"]) == 0
    sheet = openpyxl.load_workbook("a.xlsx").worksheets[0]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert "工作簿里没有报告的链接" in capsys.readouterr().err
    assert run([*command, "a.csv"]) == 0
    assert "链接" not in capsys.readouterr().err


def test_a_workbook_of_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("名称,行业\n", encoding="utf-8")
    assert run(["batch", "in.csv", "-o", "a.xlsx", "--as-of", "2020-02-20"]) == 0
    assert [sheet.title for sheet in openpyxl.load_workbook("a.xlsx")] == ["客户", "符合明细", "看不懂的格", "全部"]
