"""Whole reports, as printed (report/view.py and report/parts.py through it).

--snapshot-update writes them anew.
"""

import io
from datetime import date

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from dcrelief.report.parts import View
from dcrelief.report.printing import print_view
from dcrelief.report.routes import measure_view
from dcrelief.report.view import size_view, write_report
from dcrelief.rules.assessment import assess
from dcrelief.rules.estimates import Support
from dcrelief.rules.facts import Answers
from dcrelief.terminal.cjk import UNWRAPPED
from dcrelief.terminal.console import BareConsole
from tests.examples import AS_OF, answers, business, businesses, sample, shipped


class TextExtension(SingleFileSnapshotExtension):
    """One readable text file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def whole(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextExtension)


def printed(view: View, width: int = 80, *, plain: bool = False, colours: bool = False) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        soft_wrap=True,
        markup=False,
        highlight=False,
        emoji=False,
        force_terminal=colours,
        color_system="standard" if colours else None,
    )
    print_view(console, view, shipped().words, width=UNWRAPPED if plain else width)
    return stream.getvalue()


def report(given: Answers, as_of: date = AS_OF) -> View:
    return write_report(assess(shipped(), given, as_of))


@pytest.mark.parametrize("width", [40, 80, 100])
def test_the_sample_business(whole: SnapshotAssertion, width: int) -> None:
    text = printed(report(sample()), width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert text == whole


def test_for_a_screen_reader(whole: SnapshotAssertion) -> None:
    text = printed(report(sample()), plain=True)
    assert "──" not in text
    assert text == whole


def test_in_colour_every_letter_is_the_same(whole: SnapshotAssertion) -> None:
    coloured = printed(report(business("人数略超的高新企业")), colours=True)
    assert "\x1b[" in coloured
    assert coloured == whole


PEOPLE = {
    "landlord": "商务楼宇业主",
    "near_miss": "人数略超的高新企业",
    "hospital": "公立定点医院",
    "patient": "确诊后的退休在即职工",
    "outside": "不在东城区的公司",
    "unsure": "什么都不清楚的人",
}


@pytest.mark.parametrize("name", list(PEOPLE.values()), ids=list(PEOPLE))
def test_other_people(whole: SnapshotAssertion, name: str) -> None:
    assert printed(report(business(name))) == whole


def test_nothing_known(whole: SnapshotAssertion) -> None:
    assert printed(report(Answers())) == whole


def test_years_later(whole: SnapshotAssertion) -> None:
    assert printed(report(sample(), date(2026, 11, 24))) == whole


def test_support_at_two_levels_is_counted_once_and_said(whole: SnapshotAssertion) -> None:
    """A catalogue in which the city, too, pays for the rent that a landlord gave up."""
    district = shipped().measure("6")
    rule = district.routes[0].estimate
    assert rule is not None
    city_route = replace(
        district.routes[0],
        measure="99",
        title="市级减租补贴",
        support=Support("rent_subsidy", "city"),
        estimate=replace(rule, cap=6_000_000_00),
    )
    city = replace(district, number=99, title="市级减租补贴", routes=(city_route,))
    both = replace(shipped(), measures=(*shipped().measures, city))
    text = printed(write_report(assess(both, business("商务楼宇业主"), AS_OF)))
    said = "没有计入：第6条 商务楼宇减租补贴（36万元至50万元）。同类支持市区两级原则上只能选一级，已计入第99条"
    assert said in text.replace("\n  ", "")
    assert text == whole


@pytest.mark.parametrize("number", [6, 8, 30, 35])
def test_a_measure(whole: SnapshotAssertion, number: int) -> None:
    assert printed(measure_view(shipped(), shipped().measure(str(number)))) == whole


def test_the_size_alone(whole: SnapshotAssertion) -> None:
    trader = answers(kind="sole_trader", industry="education", employees="不清楚")
    assert printed(size_view(assess(shipped(), trader, AS_OF))) == whole


@pytest.mark.parametrize("name", [business.name for business in businesses()])
def test_every_report_can_be_written_in_gbk_and_fits_forty_columns(name: str) -> None:
    text = printed(report(business(name)), 40)
    assert text.encode("gbk")
    assert max(map(cell_len, text.splitlines())) <= 40
    assert all(line == line.rstrip() for line in text.splitlines())


def test_every_measure_can_be_written_in_gbk() -> None:
    for measure in shipped().measures:
        assert printed(measure_view(shipped(), measure)).encode("gbk")


def test_brackets_in_answers_are_no_markup() -> None:
    given = answers(name="[/财] [red]某某[/red] :smile:")
    assert "[/财] [red]某某[/red] :smile:" in printed(report(given), colours=True)


def test_without_a_terminal_the_same_is_printed_without_rich() -> None:
    stream = io.StringIO()
    print_view(BareConsole(stream), report(sample()), shipped().words, width=80)
    assert stream.getvalue() == printed(report(sample()))
