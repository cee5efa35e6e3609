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
from dcrelief.report.view import write_report
from dcrelief.rules.assessment import assess
from tests.browser.conftest import report
from tests.examples import AS_OF, business, sample, shipped

pytestmark = pytest.mark.browser
A4 = (595, 842)


# A font draws some letters with the glyph of a twin, and a PDF gives the twin back.
TWINS = str.maketrans("⺠⻋⻛戶⻬⻓⻢⻚―⻔⻩⻜⻅", "民车风户齐长马页—门黄飞见")


def close(text: str) -> str:
    """A text without its spaces, since where lines break is the printer's business, and in plain letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(TWINS))


def printed(content: str, folder: Path) -> list[str]:
    """The text of each page; all of them A4, with its number at the foot."""
    print_pdf(content, folder / "page.pdf", find_chromium(None))
    return read(folder / "page.pdf")


def read(path: Path) -> list[str]:
    sheets = PdfReader(path).pages
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {A4}
    texts = [close(sheet.extract_text()) for sheet in sheets]
    for number, text in enumerate(texts, 1):
        assert f"{number}/{len(texts)}" in text
    return texts


@pytest.mark.parametrize("name", ["sample", "landlord"])
def test_the_report(pages: dict[str, str], tmp_path: Path, name: str) -> None:
    texts = printed(pages[name], tmp_path)
    view = write_report(assess(shipped(), sample() if name == "sample" else business("商务楼宇业主"), AS_OF))
    cards = [card for section in view.sections for card in section.cards]
    assert cards
    for card in cards:  # folded on the screen, whole on one sheet of paper
        heading = close(f"{card.heading}{card.tag}{card.brief}{card.fields[0].label}")
        (sheet,) = [text for text in texts if heading in text]
        for field in card.fields:
            for line in field.lines:
                assert close(line) in sheet
    everything = "".join(texts)
    for section in view.sections:
        if section.folded:
            assert all(close(line) in everything for line in section.lines)


def test_all_contacts(pages: dict[str, str], tmp_path: Path) -> None:
    texts = printed(pages["contacts"], tmp_path)
    sheet = contact_sheet(shipped())
    for entry in sheet.entries:
        parts = [sheet.phone(phone) for phone in entry.phones] + [entry.contact.email, *entry.serves]
        assert any(all(close(part) in text for part in parts) for text in texts), entry.contact


def test_the_headings_of_a_long_table_are_repeated(tmp_path: Path) -> None:
    view = report(business("商务楼宇业主"))
    rows = re.search(r"<tbody role=\"rowgroup\">(.*?)</tbody>", view, re.DOTALL)
    assert rows is not None
    texts = printed(view.replace(rows[1], rows[1] * 8), tmp_path)
    assert sum(close("措施怎么办估算金额时间") in text for text in texts) >= 3


def test_the_sheet_of_one_office_is_one_sheet(pages: dict[str, str], tmp_path: Path) -> None:
    (text,) = printed(pages["finance"], tmp_path)
    assert "65258800转8642或8641或8643" in text
    assert "dcqccjbgs@bjdch.gov.cn" in text


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report_pdf, sheet_pdf = tmp_path / "r.pdf", tmp_path / "c.pdf"
    arguments = ["--answers", str(shipped_path("sample_business.toml")), "--no-input", "--pdf", str(report_pdf)]
    assert run(["assess", *arguments]) == 0
    assert run(["contacts", "--unit", "区金融办", "--pdf", str(sheet_pdf)]) == 0
    assert close("对象：示例餐馆（虚构）") in read(report_pdf)[0]
    assert len(read(sheet_pdf)) == 1
    assert "联系人表写到" in capsys.readouterr().err.replace("\n", "")
