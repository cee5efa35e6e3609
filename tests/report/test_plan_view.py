"""The plan in words: it fits on a page, at any width; nothing is cut; what stands in it is short."""

import re
from datetime import date

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from dcrelief.report.plan_view import write_plan
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, answers, business, businesses, every_form, other_district, route, sample, shipped
from tests.report.test_printing import printed

MOST_LINES, MOST_ROUTES = 45, 25
DOCUMENT = 14_856  # characters


def plan_of(given: Answers, width: int = 80, as_of: date = AS_OF, *, plain: bool = False) -> str:
    return printed(write_plan(assess(shipped(), given, as_of)), width, plain=plain)


PEOPLE = {"sample": sample(), **{each.name: business(each.name) for each in businesses()}}


@pytest.mark.parametrize("given", PEOPLE.values(), ids=PEOPLE.keys())
def test_it_fits_on_a_page(given: Answers) -> None:
    text = plan_of(given)
    assert len(assess(shipped(), given, AS_OF).with_outcome("eligible")) <= MOST_ROUTES
    assert len(text.splitlines()) <= MOST_LINES
    assert len("".join(text.split())) <= DOCUMENT / 5


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_too_wide_and_nothing_is_cut(width: int) -> None:
    text = plan_of(sample(), width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text
    assert "".join(text.split()) == "".join(plan_of(sample(), 200).split())


def test_every_phone_is_one_of_the_documents() -> None:
    known = {re.sub(r"\D", "", phone) for contact in shipped().contacts.values() for phone in contact.phones}
    for given in PEOPLE.values():
        for phone in re.findall(r"\b\d{8,11}\b", plan_of(given)):
            assert any(each.startswith(phone) for each in known), phone


def test_what_the_sample_is_told() -> None:
    text = re.sub(r"\n? +", "", plan_of(sample()))
    for said in (
        "示例餐馆（虚构），按2020-02-20算：初步符合23项，批不批由各单位决定",
        "可少缴8.42万元可缓缴（仍要缴）5.4万元最近缴清日2020-03-31，还有40天",
        "2020-07-31（还有162天）最晚缴清，现在就登记：疫情期社保费缓到7月底（第35条）",
        "区国资委67196928、67196908gzwtpk@bjdch.gov.cn",
        "□参照市标准减免房租（第4条、8万元）：",
        "办不成的：1、2月社保费延到3月底；再不成：疫后补缴1、2月社保费",
        "失业保险费返还、中小微企业社保补贴、一次性技能培训补贴（第32条）87091917",
        "停征污水处理费等收费（第3条），没办到问区财政局64153522",
        "第1、4条可发邮件：dcreliefemail条号",
    ):
        assert said in text, said


def test_an_open_sum_is_told_with_the_answer_it_hangs_on() -> None:
    landlord = business("商务楼宇业主").without(frozenset({"rent_cut_in_direction"}))
    text = re.sub(r"\n? +", "", plan_of(landlord))
    assert "还差答案：商务楼宇减租补贴（第6条、36万元至50万元）要知道“" in text


def test_for_a_screen_reader_there_is_no_ornament() -> None:
    text = plan_of(sample(), plain=True)
    assert "□" not in text
    assert "──" not in text


def test_outside_and_years_later() -> None:
    outside = plan_of(answers(in_dongcheng=False))
    assert "初步符合 0 项" in outside
    assert "京政办发〔2020〕7号" in outside
    assert "没有人确认过" in re.sub(r"\n? *", "", plan_of(sample(), as_of=date(2026, 11, 24)))


def test_a_catalogue_without_short_texts_has_titles_and_first_steps() -> None:
    shop = answers_of_other_district()
    text = re.sub(r"\n? +", "", printed(write_plan(assess(other_district(), shop, date(2020, 3, 20)))))
    assert "一次性保供补助（第4条）：销售生活必需品的企业向区商务局申请" in text


def answers_of_other_district() -> Answers:
    return Answers(
        {"in_hedong": True, "kind": "enterprise", "industry": "catering", "employees": 8, "necessities_shop": True}
    )


def test_routes_that_are_told_alike_have_one_day() -> None:
    carrier = answers(in_dongcheng=True, kind="enterprise", carrier="众创空间、科技企业孵化器", rent_cut_sme=True)
    text = plan_of(carrier, as_of=date(2020, 2, 12))
    lines = [line for line in text.splitlines() if "才开始" in line]
    assert len(lines) == len(set(lines)) > 0
    assert f"先记 {len(lines)} 个日子" in text


def test_what_is_left_out_of_the_sum_says_so_and_why() -> None:
    firm = Answers({"in_haizhou": True, "kind": "enterprise", "first_set": True, "rd_growth": 1000})
    text = re.sub(r"\n? +", "", printed(write_plan(assess(every_form(), firm, date(2020, 3, 20)))))
    assert "研发补助（第2条、不超过200万元、没有算进去：和“首台套奖励”只能选一项）" in text


def test_a_route_without_steps_is_named_by_its_title() -> None:
    bare = replace(route("4.production"), steps=(), begin="")
    measures = tuple(
        replace(m, routes=tuple(bare if r.id == bare.id else r for r in m.routes)) for m in shipped().measures
    )
    assert "：承租用于生产经营的房产。问：" in str(
        write_plan(assess(replace(shipped(), measures=measures), sample(), AS_OF))
    )
