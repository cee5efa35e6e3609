"""The district and the city on one plan: which level counts, what the other gives, what comes before and after.

It is the plan, the report and the JSON on both catalogues together.
"""

import json
from datetime import date
from typing import Any

from dcrelief.report.json import assessment_document
from dcrelief.report.parts import View
from dcrelief.report.plan_view import write_plan
from dcrelief.report.view import write_report
from dcrelief.rules.assessment import Assessment, assess
from tests.catalogue.test_joined import SHOP, shop
from tests.examples import AS_OF, answers, both

EVERYTHING_ELSE = {fact.id: False for fact in both().facts.values() if fact.kind == "yes_no" and fact.id not in SHOP}


def text(view: View) -> str:
    """All that a view says, in a line."""
    return "".join(str(view).split())


def plan_of(**facts: object) -> str:
    return text(write_plan(shop(**{**EVERYTHING_ELSE, **facts})))


def test_the_rent_stands_once_with_the_level_that_counts_and_the_other() -> None:
    said = plan_of()
    entry = "参照市标准减免房租（区第4条、2万元；市第2条也给，一样多，两级原则上只能选一级，这里算区第4条，先定再申请）"
    assert said.count(entry) == 1
    assert "免收2月份房租（市" not in said


def test_where_one_level_gives_more_it_says_so_of_the_whole() -> None:
    """Of the premises of the city's, only the city cuts the rent: the level is chosen for all of it."""
    said = plan_of(state_office_premises=True, soe_office_rent="6万元")
    assert "免收2月份房租（市第2条、2万元）" in said
    office = (
        "减2月份办公租金的50%（市第2条、3万元；区第4条也给，2万元，两级原则上只能选一级，市第2条是5万元，更多，"
        "先定再申请；区国资委67196928）"
    )
    assert office in said
    assert "参照市标准减免房租" not in said


def test_sums_that_wait_for_the_same_answers_say_so_once() -> None:
    said = plan_of(capital_direction="不清楚", staff_growth="不清楚")
    rates = (f"按4月底人数补3个月社保费的{rate}%（市第12条、没有填金额，算不出）" for rate in (30, 50))
    assert f"{'、'.join(rates)}要知道“符合首都功能定位和产业发展方向”“" in said


def test_a_rule_for_all_names_its_document() -> None:
    said = text(write_report(shop(**EVERYTHING_ELSE)))
    assert "东城区42条实施细则：市区两级共有的政策" in said
    assert "总的规定" in said


def test_the_city_s_alone_stands_at_the_city_s_office() -> None:
    said = plan_of(in_dongcheng=False)
    assert "免收2月份房租（市第2条、2万元）" in said
    assert "区第4条" not in said


def test_one_thing_at_two_levels_is_to_be_done_once() -> None:
    said = plan_of(tax_difficulty=True, tax_due="3万元")
    assert "（区第7条、3万元；和市第3条是同一件事，只办一次）" in said
    assert said.count("最长晚3个月缴税款") == 1


def test_a_sum_that_only_the_city_states_stands_with_the_office_of_the_district() -> None:
    """32 says where to apply, 12 of the city how much."""
    said = plan_of(job_support_had=True, trains_staff=True, trained_staff=6)
    entry = (
        "一次性技能培训补贴（区第32条、6,000元；和市第12条是同一件事，只办一次；金额按市第12条：培训补贴每人1000元）"
    )
    assert entry in said


def test_what_a_sum_of_the_city_hangs_on_is_said_where_the_district_carries_it_out() -> None:
    said = plan_of(capital_direction=True, staff_growth="5%", si_three_months="10万元")
    assert "（区第32条、3万元；和市第12条是同一件事，只办一次；金额按市第12条：按4月底人数补3个月社保费的30%）" in said


def test_while_it_is_open_whether_the_city_s_was_taken_the_district_s_office_stands_in_the_plan() -> None:
    said = text(write_plan(shop(**EVERYTHING_ELSE, city_rent_relief="不清楚")))
    assert "参照市标准减免房租（区第4条、2万元、先答：“已享受市级的房租减免”没有）" in said
    assert "（市第2条、2万元；区第4条也可能给，先答：已享受市级的房租减免没有）" in said
    assert "67196928" in said
    assert "问清了可能还有" not in said  # it would be the same again


def test_a_known_sum_that_waits_comes_before_those_that_are_not_known() -> None:
    landlord = {"carrier": "商务楼宇", "rent_cut_sme": True, "rent_forgone": "120万元", "partner_building": True}
    given = {**SHOP, **EVERYTHING_ELSE, **landlord, "city_rent_subsidy": False, "capital_direction": "不清楚"}
    del given["rent_cut_in_direction"]
    waiting = text(write_plan(assess(both(), answers(both(), **given), AS_OF))).split("还差答案：")[1]
    assert waiting.startswith("商务楼宇减租补贴（区第6条、36万元至50万元）要知道")
    assert "按4月底人数补3个月社保费的30%（市第12条、没有填金额，算不出）" in waiting


def test_of_one_thing_at_two_levels_whose_days_differ_it_is_not_said_that_answers_are_against_it() -> None:
    given = answers(both(), **{**SHOP, **EVERYTHING_ELSE, "tax_difficulty": True})
    early = text(write_plan(assess(both(), given, date(2020, 2, 10))))
    assert "（市第3条、没有填金额，算不出；和区第7条是同一件事，那一条这一天还没开始或已经截止，先问）" in early


def test_that_one_of_several_does_not_fit_is_said_of_it_alone() -> None:
    open_ones = dict.fromkeys(("trains_staff", "job_support_had", "capital_direction", "staff_growth"), "不清楚")
    said = plan_of(**open_ones)
    assert "失业保险费返还（区第32条；和市第12条是同一件事，那一条的条件按您的答案不符合，先问）" in said
    assert "中小微企业社保补贴、一次性技能培训补贴（区第32条）" in said


def test_what_comes_on_top_of_an_award_of_the_city_says_so() -> None:
    firm: dict[str, Any] = {"industry": "culture", "culture_firm": True, "raises_funds": True}
    assert "（市第5条；得到后可再问区第13条）" in plan_of(**firm)
    had = plan_of(**firm, toudai_award=True, toudai_amount="10万元")
    assert "（区第13条、2万元、等通知；在市第5条的奖励、补贴之上）" in had


def test_what_was_had_counts_no_more_and_is_nothing_to_do() -> None:
    given = {**EVERYTHING_ELSE, "city_rent_relief": True}
    assert "fees_not_paid" not in shop(**given).totals or shop(**given).totals["fees_not_paid"].least == 0
    said = plan_of(city_rent_relief=True)
    assert "您说已经享受的，没有再算：免收2月份房租（市第2条）" in said
    assert said.count("市第2条") == 1
    assert "区第4条" not in said
    assert "没有计入合计：您说已经享受了" in text(write_report(shop(**given)))


def test_which_level_gives_more_is_not_said_where_it_is_not_known() -> None:
    road = {"road_new": True, "road_fee_payer": True, "road_fee": "5000元"}
    assert "哪级多还不清楚" in plan_of(**road)
    assert "两级原则上只能选一级，市第1条是5,000元，更多" in plan_of(**road, road_new_fee="4000元")
    assert "更多" not in plan_of(road_new=True, road_fee_payer=True)
    assert "一样多" not in plan_of(road_new=True, road_fee_payer=True).replace("市第2条也给，一样多", "")


def test_what_comes_of_itself_needs_no_decision() -> None:
    said = plan_of()
    automatic = said[said.index("不用申请") :]
    assert "两级原则上只能选一级" in automatic
    assert "先定再申请" not in automatic


def test_one_thing_that_does_not_fit_at_the_other_level_says_so() -> None:
    assert "一次性技能培训补贴（区第32条；和市第12条是同一件事，那一条的条件按您的答案不符合，先问）" in plan_of()


def test_what_a_document_is_not_for_is_not_said_of_the_other() -> None:
    assert "市第" not in plan_of(in_beijing=False)
    assert "区第" not in plan_of(in_dongcheng=False, tax_difficulty=True, culture_firm=True, raises_funds=True)


def test_where_only_the_question_of_the_other_level_is_open_it_is_named() -> None:
    given = {**EVERYTHING_ELSE, **SHOP, "city_rent_relief": "不清楚"}
    said = text(write_plan(assess(both(), answers(both(), **given), AS_OF)))
    assert "（市第2条、2万元；区第4条也可能给，先答：已享受市级的房租减免没有）" in said


def test_the_report_says_what_is_left_out_with_its_sum() -> None:
    said = text(write_report(shop()))
    assert "没有计入：市第2条承租市属、区属国企房产做生产经营（2万元）。同类支持市区两级原则上只能选一级，" in said
    assert "依据：东城区42条实施细则" in said
    assert "依据：北京市16条措施" in said
    assert "没有计入合计：同类支持原则上只选一级" in said


def test_where_no_sum_is_stated_one_level_is_left_out_all_the_same() -> None:
    """3 of the district states no sum, 1 of the city does."""
    assessed = shop(**EVERYTHING_ELSE)
    left_out = {v.route.id: v.left_out_for for v in assessed.verdicts if v.left_out_for}
    assert left_out["dongcheng.3.automatic"] == "beijing.1.sewage"


def test_the_json_names_the_document_and_what_counts_instead() -> None:
    document = assessment_document(shop(**EVERYTHING_ELSE))
    assert [each["key"] for each in document["catalogue"]["documents"]] == ["dongcheng", "beijing"]
    rent = next(
        v for v in document["verdicts"] if (v["document"], v["measure"], v["route"]) == ("beijing", 2, "production")
    )
    assert rent["counted_instead"] == {"document": "dongcheng", "measure": 4, "route": "production"}
    assert rent["title"] == "市第2条 减免中小微企业房租 · 承租市属、区属国企房产做生产经营"
    assert json.loads(json.dumps(document)) == document


def test_nobody_in_either_scope_is_told_so_for_both() -> None:
    outside: Assessment = assess(both(), answers(both(), **{**SHOP, "in_dongcheng": False, "in_beijing": False}), AS_OF)
    said = text(write_plan(outside))
    assert "这份细则只管在东城区" in said
    assert "这些措施只管在北京市注册的" in said
    assert "看某一条" not in said


def test_of_two_documents_it_is_said_which_is_out_of_scope_and_which_nobody_confirmed() -> None:
    given = answers(both(), **{**SHOP, "in_dongcheng": False})
    said = text(write_plan(assess(both(), given, date(2020, 9, 1))))
    assert "不在东城区42条实施细则的适用范围，它没有一项符合" in said
    assert "下面没有一项符合" not in said
    assert "东城区42条实施细则：2020-07-31以后，没有写截止日的是否还在办" in said
    assert "北京市16条措施：2020-12-31" not in said
