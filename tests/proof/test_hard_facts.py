"""The hard facts of a text, in plain form however they are written."""

import pytest

from dcrelief.proof.hard_facts import HardFact, hard_facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("联系电话：13681278787、64033742", [("phone", "13681278787"), ("phone", "64033742")]),
        ("64031118转2538或2539", [("phone", "64031118-2538"), ("phone", "64031118-2539")]),
        ("64031118-2538/2539", [("phone", "64031118-2538"), ("phone", "64031118-2539")]),
        ("26.12345企业服务事项", [("phone", "12345")]),
        ("邮　箱：ｄｃｗｃｚｘ@163.com", [("email", "dcwczx@163.com")]),
        ("网址http://dc.smeservice.com/)进行", [("web", "http://dc.smeservice.com")]),
        ("邮编：100010", [("postcode", "100010")]),
        ("东城区朝内大街192号344房间", [("place", "东城区朝内大街192号344房间")]),
        ("自2020年2月5日起", [("day", "2020-02-05")]),
        ("遇到2月29日", [("day", "2月29日")]),
        ("2020年1月和2月", [("year", "2020年"), ("month", "1月"), ("month", "2月")]),
        ("2019年度，3月底前，2月下旬", [("year", "2019年度"), ("month", "3月底"), ("month", "2月下旬")]),
        ("20万元(含)至１００万元", [("amount", "200000元"), ("amount", "1000000元")]),
        ("1,200.5元和0.5亿元", [("amount", "1200.5元"), ("amount", "50000000元")]),
        ("30%-50%", [("share", "30%"), ("share", "50%")]),
        ("三个月内，最长3个月", [("span", "3个月")]),
        ("7个工作日、3日内、24小时、满半年或一年、十二天、二十日", None),
        ("哪一天、同一天、这一天", []),
        ("从业人员100人(含)以下，人民银行1人民", [("people", "100")]),
        ("给予一次性奖励", [("once", "一次性")]),
        ("《登记表》和“投贷奖”", [("named", "登记表"), ("quoted", "投贷奖")]),
        ("(工信部联企业〔2011〕300号)", [("document", "〔2011〕300号")]),
        ("报区财政局审批，区金融办办理，东城园管委会", [("unit", "区财政局"), ("unit", "区金融办")]),
        ("最高%，不超过万元，个月", [("bare", "%"), ("bare", "万元"), ("bare", "个月")]),
    ],
)
def test_facts(text: str, facts: list[tuple[str, str]] | None) -> None:
    if facts is None:
        facts = [("span", each) for each in ("7个工作日", "3日", "24小时", "半年", "1年", "12日", "20日")]
    assert hard_facts(text) == {HardFact(*fact) for fact in facts}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("电话：0591-88231070转216", {("phone", "88231070-216")}),
        ("电话：(0598)8823215", {("phone", "8823215")}),
        ("电话：059188231070", {("phone", "88231070")}),
        ("热线400-810-1234", {("phone", "4008101234")}),
        ("拨打12345，由工作人员协调", {("phone", "12345")}),
        ("补助1000000元", {("amount", "1000000元")}),
        ("地址：滨江大道88号2楼", {("place", "大道88号2楼")}),
        ("找区总工会", {("unit", "区总工会")}),
    ],
)
def test_as_other_cities_write_them(text: str, facts: set[tuple[str, str]]) -> None:
    assert hard_facts(text) == facts
