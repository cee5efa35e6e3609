"""Pages: self-contained, and what people typed is text."""

import re
from html.parser import HTMLParser

import pytest

from dcrelief.report.contact_sheet import contact_sheet
from dcrelief.report.html import PageWriter, spans
from dcrelief.report.parts import Bar
from dcrelief.report.view import write_report
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, answers, business, businesses, sample, shipped

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


def report(given: Answers) -> Page:
    return Page(PageWriter(shipped()).report(write_report(assess(shipped(), given, AS_OF))))


@pytest.mark.parametrize("name", [business.name for business in businesses()])
def test_everything_that_the_report_says_is_on_the_page(name: str) -> None:
    view = write_report(assess(shipped(), business(name), AS_OF))
    page = Page(PageWriter(shipped()).report(view))
    assert not page.open
    said = re.sub(r"\s+", "", "".join(page.text))
    lines = [*view.lines]
    for section in view.sections:
        if not (section.lines or section.cards):
            continue  # commands for a terminal, no more
        lines += [section.title, *(() if section.table or section.days else section.lines)]
        lines += [cell for row in section.table.rows for cell in row] if section.table else []
        lines += [line for day in section.days for line in (day.day.isoformat(), day.left, day.text)]
        lines += [line for bar in section.bars for line in (bar.label, bar.text)]
        for card in section.cards:
            lines += [card.heading, card.tag, card.brief]
            lines += [line for field in card.fields for line in (field.label, *field.lines)]
    for line in lines:
        assert re.sub(r"\s+", "", line) in said
    for section in view.sections:
        assert not any("".join(hint.split()) in said for hint in section.hints)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    for page in (report(sample()), Page(PageWriter(shipped()).contacts(contact_sheet(shipped())))):
        tags = {tag for tag, _ in page.elements}
        assert tags.isdisjoint({"script", "img", "link", "iframe", "object", "embed", "form", "input", "base"})
        assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on") or name == "src"]
        assert {address.partition(":")[0] for address in page.attributes("href")} <= {"tel", "mailto"} | {
            address for address in page.attributes("href") if address.startswith("#")
        }


def test_every_jump_has_a_place_to_land() -> None:
    page = report(sample())
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    jumps = {address[1:] for address in page.attributes("href") if address.startswith("#")}
    assert jumps <= set(ids)
    assert jumps >= {"content", "route-4-production", "route-35-march"}


def test_what_people_typed_is_text() -> None:
    page = report(answers(name=HOSTILE))
    assert f"对象：{HOSTILE}" in "".join(page.text)
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img"})


def test_calls_and_mails() -> None:
    page = report(sample())
    addresses = page.attributes("href")
    assert "tel:+86-10-6403-3742" in addresses
    assert "tel:+86-136-8127-8787" in addresses
    assert "mailto:dcjtjs@scjgj.beijing.gov.cn" in addresses


def test_a_switchboard_is_called_and_its_extension_stands_beside() -> None:
    page = PageWriter(shipped()).contacts(contact_sheet(shipped(), units=["区金融办"]))
    assert '<a href="tel:+86-10-6525-8800">65258800</a> 转 8642或8641或8643' in page


def test_digits_within_an_address_are_no_phone() -> None:
    page = PageWriter(shipped()).contacts(contact_sheet(shipped(), units=["区司法局"]))
    assert '<a href="mailto:13501305886@163.com">13501305886@163.com</a>' in page
    assert "100010</a>" not in PageWriter(shipped()).contacts(contact_sheet(shipped(), measures={34}))


def test_bars_show_what_is_certain_and_what_is_possible() -> None:
    """Measure 6: 120万元 given up is 36万元 to 50万元 (30% to 50%, at most 50万元)."""
    page = PageWriter(shipped()).report(write_report(assess(shipped(), business("商务楼宇业主"), AS_OF)))
    assert '<rect class="possible" width="100.0" height="4"/><rect class="certain" width="72.0" height="4"/>' in page


def test_an_amount_without_a_bound_is_longer_than_the_longest() -> None:
    bars = (Bar("a", "", 50, 100, "x"), Bar("b", "", 20, None, "y"))
    assert [widths for _, *widths in spans(bars)] == [["43.4", "86.9"], ["17.3", "100.0"]]
    assert spans(()) == []


def test_an_amount_of_which_nothing_is_known_is_not_drawn() -> None:
    view = write_report(assess(shipped(), business("商务楼宇业主"), AS_OF))
    assert [bar.label for section in view.sections for bar in section.bars] == ["第6条 商务楼宇减租补贴 · 可收到的钱"]


def test_a_list_that_is_seldom_read_is_folded() -> None:
    page = PageWriter(shipped()).report(write_report(assess(shipped(), sample(), AS_OF)))
    assert "<details><summary>展开 " in page
