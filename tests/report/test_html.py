"""Pages: self-contained, and what people typed is text."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from dcrelief.report.contact_sheet import contact_sheet
from dcrelief.report.html import PageWriter, in_fours, spans
from dcrelief.report.parts import Bar, Card
from dcrelief.report.view import ReportWriter, report_page, write_report
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, answers, beijing, business, businesses, sample, shipped

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{ 7*7 }}\' onclick="x'


class Page(HTMLParser):
    """The elements, the addresses and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "rect", "br", "img", "input", "col"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)

    def attributes(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name)) is not None]


def written(given: Answers, *, full: bool = False) -> str:
    return report_page(PageWriter(shipped()), assess(shipped(), given, AS_OF), full=full)


def report(given: Answers, *, full: bool = False) -> Page:
    return Page(written(given, full=full))


def said_by(card: Card) -> list[str]:
    lines = [card.heading, card.tag, card.brief]
    lines += [line for field in card.fields for line in (field.label, *field.lines)]
    return [*lines, *(line for part in card.cards for line in said_by(part))]


@pytest.mark.parametrize("name", [business.name for business in businesses()])
def test_everything_that_the_report_says_is_on_the_page(name: str) -> None:
    view = ReportWriter(assess(shipped(), business(name), AS_OF)).page()
    page = Page(PageWriter(shipped()).report(view))
    assert not page.open
    said = re.sub(r"\s+", "", "".join(page.text))
    lines = [*view.lines]
    for section in view.sections:
        lines += [section.title, *(() if section.days else section.lines)]
        for group in section.groups:
            lines += [group.name, group.people, group.phones, group.emails, *group.lines, group.more]
        lines += [line for day in section.days for line in (day.day.isoformat(), day.left, day.text)]
        lines += [line for bar in section.bars for line in (bar.label, bar.text)]
        lines += [line for card in section.cards for line in said_by(card)]
    for line in lines:
        assert re.sub(r"\s+", "", line) in said
    for section in view.sections:
        assert not any("".join(hint.split()) in said for hint in section.hints)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    for page in (report(sample()), Page(PageWriter(shipped()).contacts(contact_sheet(shipped())))):
        tags = {tag for tag, _ in page.elements}
        assert tags.isdisjoint({"script", "img", "link", "iframe", "object", "embed", "form", "input", "base"})
        assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on") or name == "src"]
        schemes = {address.partition(":")[0] for address in page.attributes("href") if not address.startswith("#")}
        assert schemes <= {"tel", "mailto", "http", "https"}


def test_every_jump_has_a_place_to_land() -> None:
    page = report(sample())
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    jumps = {address[1:] for address in page.attributes("href") if address.startswith("#")}
    assert jumps <= set(ids)
    assert jumps >= {"content", "measure-4", "measure-35"}
    assert "measure-6" not in jumps  # which does not fit, and has no card


def test_what_people_typed_is_text() -> None:
    page = report(answers(name=HOSTILE))
    assert f"办事单：{HOSTILE}" in "".join(page.text)
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img"})


def test_calls_and_mails() -> None:
    page = report(sample())
    addresses = page.attributes("href")
    assert "tel:+86-10-6403-3742" in addresses
    assert "tel:+86-136-8127-8787" in addresses
    subject = quote("咨询东城区42条实施细则：示例餐馆（虚构）")
    assert f"mailto:dcjtjs@scjgj.beijing.gov.cn?subject={subject}" in addresses
    assert "http://dc.smeservice.com" in addresses


def test_a_switchboard_is_called_and_its_extension_stands_beside() -> None:
    page = PageWriter(shipped()).contacts(contact_sheet(shipped(), units=["区金融办"]))
    number = '<a class="phone" href="tel:+86-10-6525-8800"><span>6525</span><span>8800</span></a>'
    assert f"{number} 转 8642或8641或8643" in page


@pytest.mark.parametrize(
    ("phone", "parts"), [("89945471", ["8994", "5471"]), ("13681278787", ["136", "8127", "8787"]), ("12345", ["12345"])]
)
def test_a_phone_is_shown_in_fours(phone: str, parts: list[str]) -> None:
    assert in_fours(phone) == parts


def test_digits_within_an_address_are_no_phone() -> None:
    page = PageWriter(shipped()).contacts(contact_sheet(shipped(), units=["区司法局"]))
    assert re.search(r'<a href="mailto:13501305886@163.com\?subject=[^"]+">13501305886@163.com</a>', page)
    assert "100010</a>" not in PageWriter(shipped()).contacts(contact_sheet(shipped(), measures={"34"}))


def test_bars_show_what_is_certain_and_what_is_possible() -> None:
    """Measure 6: 120万元 given up is 36万元 to 50万元 (30% to 50%, at most 50万元)."""
    page = written(business("商务楼宇业主"))
    assert '<rect class="possible" width="100.0" height="4"/><rect class="certain" width="72.0" height="4"/>' in page


def test_an_amount_without_a_bound_is_longer_than_the_longest() -> None:
    bars = (Bar("a", "", 50, 100, "x", kept=True), Bar("b", "", 20, None, "y", kept=True))
    assert [widths for _, *widths in spans(bars)] == [["43.4", "86.9"], ["17.3", "100.0"]]
    assert spans(()) == []


def test_an_amount_of_which_nothing_is_known_is_not_drawn() -> None:
    view = write_report(assess(shipped(), business("商务楼宇业主"), AS_OF))
    assert [bar.label for section in view.sections for bar in section.bars] == ["第6条 商务楼宇减租补贴 · 可收到的钱"]


def test_a_list_that_is_seldom_read_is_folded() -> None:
    assert "<details><summary>展开 " in written(sample())


def test_where_all_is_asked_for_nothing_is_folded() -> None:
    page = written(sample(), full=True)
    assert "<details" not in page
    assert '<body class="full">' in page


def test_a_jump_goes_to_what_is_within_a_fold() -> None:
    """A browser opens what holds the place, not the place itself."""
    assert '<details class="card" id' not in written(sample())


def test_each_sheet_is_headed_with_whose_it_is_and_the_same_assessment_has_the_same_number() -> None:
    heads = [
        re.search(r'<p class="running"[^>]*>(.*?)</p>', written(given))
        for given in (sample(), sample(), business("众创空间"))
    ]
    first, again, other = (head[1] for head in heads if head)
    assert first == again
    assert re.fullmatch(r"示例餐馆（虚构）　按 2020-02-20 算　目录 [0-9a-f]{8}　评估号 [0-9A-F]{8}", first)
    assert first[-8:] != other[-8:]


def test_a_document_without_contacts_has_a_page_and_links_its_switchboard() -> None:
    firm = answers(beijing(), in_beijing=True, kind="enterprise", industry="catering", employees=8)
    page = report_page(PageWriter(beijing()), assess(beijing(), firm, AS_OF))
    assert 'href="tel:+86-10-12345"' in page
    without = replace(beijing(), policies=(replace(beijing().policies[0], switchboard=""),), source="")
    page = report_page(PageWriter(without), assess(without, firm, AS_OF))
    assert "市司法局" in page
    assert "tel:" not in page
