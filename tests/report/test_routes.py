"""What is true of a route whoever asks: what it is called, what to bring, whom to call."""

import pytest
from msgspec.structs import replace

from dcrelief.report.routes import RouteWriter, glossary_view, list_view, measure_view
from dcrelief.rules.model import Contact, Step
from tests.examples import route, shipped

WRITER = RouteWriter(shipped())


def test_the_routes_own_title_where_a_measure_has_several() -> None:
    building, grant = route("6.building"), route("8.rd_grant")
    assert WRITER.name(building) == "第6条 为中小微企业减租的载体补贴 · 商务楼宇减租补贴"
    assert WRITER.short_name(building) == "第6条 商务楼宇减租补贴"
    assert WRITER.name(grant) == WRITER.short_name(grant) == "第8条 中关村高新企业研发补助"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("64033742", "64033742"), ("64031118-2538", "64031118 转 2538"), ("64031118-2538/2539", "64031118 转 2538或2539")],
)
def test_a_phone_with_its_extensions(phone: str, shown: str) -> None:
    assert WRITER.phone(phone) == shown


def test_a_contact_says_what_is_known_of_it_and_no_more() -> None:
    assert list(WRITER.contact(Contact(unit="区甲局", phones=()))) == ["区甲局"]
    desk = Contact("区甲局", ("64033742",), people=("王一", "李二"), email="a@b.cn", note="只在上午")
    assert list(WRITER.contact(desk)) == ["区甲局：王一、李二", "电话 64033742", "邮箱 a@b.cn", "（只在上午）"]


def fields(route_id: str, **changed: object) -> dict[str, tuple[str, ...]]:
    changed_route = replace(route(route_id), **changed)
    return {field.label: field.lines for field in WRITER.fields(changed_route)}


def test_where_none_are_listed_only_an_applicant_is_told_so() -> None:
    assert "没有列出" in fields("1.stop", action="apply", materials=())["材料"][0]
    assert fields("1.stop", action="automatic", materials=())["材料"] == ()


def test_steps_say_where_they_stand_and_those_of_the_office_are_one_line() -> None:
    steps = (Step("申请。", "(1)"), Step("受理", "(2)", "office"), Step("拨付。", "(3)", "office"), Step("领取"))
    (field,) = (field for field in WRITER.fields(replace(route("6.building"), steps=steps)) if field.label == "步骤")
    assert field.lines == ("(1) 申请", "由单位办：(2) 受理；(3) 拨付", "领取")
    assert field.ticked == {0, 2}


def test_the_names_of_routes_those_of_a_measure_together() -> None:
    names = WRITER.names([route("7.adjust_quota"), route("8.rd_grant"), route("7.stop_registration")])
    assert names == "第7条 个体工商户调整定额／个体工商户停业登记、第8条 中关村高新企业研发补助"
    assert WRITER.names(shipped().measure("7").routes) == "第7条 延期纳税与定期定额调整"


def test_every_measure_in_a_line_and_every_term() -> None:
    assert len(list_view(shipped()).lines) == 42
    assert len(glossary_view(shipped()).lines) == len(shipped().glossary)


def test_a_measure_and_the_articles_own_words() -> None:
    measure = shipped().measure("6")
    assert len(measure_view(shipped(), measure).sections) < len(measure_view(shipped(), measure, "原文").sections)
    assert measure_view(shipped(), measure, "甲。\u3000\u3000乙。\n丙。").sections[-1].lines == ("甲。", "乙。", "丙。")
