"""The pages on paper, printed by the real browser and read back."""

import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.cli import run
from dcrelief.files.chromium import find_chromium, print_pdf
from dcrelief.report.contact_sheet import contact_sheet
from dcrelief.report.parts import Card
from dcrelief.report.view import ReportWriter
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, business, sample, shipped

pytestmark = pytest.mark.browser
A4, A3 = (595, 842), (1191, 842)
GIVEN = {"sample": sample(), "landlord": business("商务楼宇业主"), "nothing": Answers()}


# A font draws some letters with the glyph of a twin, and a PDF gives the twin back.
TWINS = str.maketrans("⺠⻋⻛戶⻬⻓⻢⻚―⻔⻩⻜⻅", "民车风户齐长马页—门黄飞见")


def close(text: str) -> str:
    """A text without its spaces, since where lines break is the printer's business, and in plain letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(TWINS))


def printed(content: str, folder: Path) -> list[str]:
    """The text of each page; all of them A4, with its number at the foot."""
    print_pdf(content, folder / "page.pdf", find_chromium(None))
    return read(folder / "page.pdf")


def read(path: Path, size: tuple[int, int] = A4) -> list[str]:
    sheets = PdfReader(path).pages
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {size}
    texts = [close(sheet.extract_text()) for sheet in sheets]
    for number, text in enumerate(texts, 1):
        assert text.startswith(f"{number}/{len(texts)}")
    return [text.removeprefix(f"{number}/{len(texts)}") for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize("name", ["sample", "landlord", "nothing"])
def test_a_report_is_two_sheets_each_with_its_head(pages: dict[str, str], tmp_path: Path, name: str) -> None:
    """The plan, then papers and notes."""
    texts = printed(pages[name], tmp_path)
    writer = ReportWriter(assess(shipped(), GIVEN[name], AS_OF))
    plan, notes = texts
    assert all(text.startswith(close(writer.running())) for text in texts)
    for section in writer.page().sections:
        if section.sheet == "rest":
            continue
        sheet = plan if section.sheet == "plan" else notes
        lines = [line for group in section.groups for line in (group.name, group.people, *group.lines, group.more)]
        lines += [text for day in section.days for text in (day.day.isoformat(), day.left, day.text)]
        lines += () if section.days else section.lines
        for line in lines:
            assert close(line) in sheet


def test_the_whole_report_has_every_line_and_no_card_that_fits_a_sheet_is_torn(
    pages: dict[str, str], tmp_path: Path
) -> None:
    texts = printed(pages["full"], tmp_path)
    writer = ReportWriter(assess(shipped(), sample(), AS_OF))
    assert all(text.startswith(close(writer.running())) for text in texts)
    everything = "".join(text.removeprefix(close(writer.running())) for text in texts)
    torn = []
    for card in (card for section in writer.page().sections for card in section.cards):
        lines = [close(line) for line in lines_of(card)]
        assert all(line in everything for line in lines)
        if not any(all(line in text for line in lines) for text in texts):
            torn.append(card.anchor)
    assert torn == []


def lines_of(card: Card) -> list[str]:
    lines = [card.heading, *(line for field in card.fields for line in field.lines)]
    return [*lines, *(line for part in card.cards for line in lines_of(part))]


@pytest.mark.parametrize(("tongue", "a3"), [("zh", False), ("zh", True), ("en", False), ("en", True)])
def test_the_wall_sheet(tmp_path: Path, tongue: str, *, a3: bool) -> None:
    """By what one wants, then by unit: two sheets of A4, or one of A3."""
    path = tmp_path / "c.pdf"
    assert run(["--lang", tongue, "contacts", "--pdf", str(path), *(["--a3"] if a3 else [])]) == 0
    texts = read(path, A3 if a3 else A4)
    assert len(texts) == (1 if a3 else 2)
    if tongue == "en":
        return
    sheet = contact_sheet(shipped())
    wants, units = texts[0], texts[-1]
    for want in (want for wants in sheet.wants.values() for want in wants):
        assert all(close(name) in wants for name in want.names)
        assert all(close(sheet.phone(desk.phone)) in wants for desk in want.desks if desk.phone)
    for entry in sheet.entries:
        parts = [*(sheet.phone(phone) for phone in entry.phones), entry.contact.email, *entry.contact.people]
        assert all(close(part) in units for part in parts), entry.contact


def test_the_sheet_of_one_office_is_one_sheet(pages: dict[str, str], tmp_path: Path) -> None:
    (text,) = printed(pages["finance"], tmp_path)
    assert "65258800转8642或8641或8643" in text
    assert "dcqccjbgs@bjdch.gov.cn" in text


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report_pdf, sheet_pdf = tmp_path / "r.pdf", tmp_path / "c.pdf"
    arguments = ["--answers", str(shipped_path("sample_business.toml")), "--no-input", "--pdf", str(report_pdf)]
    assert run(["assess", *arguments]) == 0
    assert run(["contacts", "--unit", "区金融办", "--pdf", str(sheet_pdf)]) == 0
    assert len(read(report_pdf)) == 2
    assert run(["--lang", "en", "assess", *arguments, "--force"]) == 0
    assert len(read(report_pdf)) == 2
    assert run(["--lang", "zh", "assess", *arguments, "--full", "--force"]) == 0
    assert len(read(report_pdf)) > 2
    assert len(read(sheet_pdf)) == 1
    assert "联系人表写到" in capsys.readouterr().err.replace("\n", "")


def test_the_reports_of_a_table_print_in_one_go_two_sheets_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("名称,身份,从业人员\n甲,企业,8\n乙,个体工商户,2\n", encoding="utf-8")
    assert run(["batch", "in.csv", "-o", "out.csv", "--reports", "r", "--as-of", "2020-02-20"]) == 0
    print_pdf(Path("r/print-all.html").read_text(encoding="utf-8"), Path("all.pdf"), find_chromium(None))
    assert [text[0] for text in read(Path("all.pdf"))] == ["甲", "甲", "乙", "乙"]
