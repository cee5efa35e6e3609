"""The application e-mail: to whom, with what in it."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from dcrelief.report.application import Application
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, answers, business, sample, shipped


def draft(route_id: str, given: Answers) -> EmailMessage:
    assessment = assess(shipped(), given, AS_OF)
    verdict = next(verdict for verdict in assessment.verdicts if verdict.route.id == route_id)
    written = Application(assessment, verdict).message()
    message = message_from_bytes(written, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize(
    ("route_id", "recipient"),
    [
        ("1.stop", "特种设备检验机构 <dcjtjs@scjgj.beijing.gov.cn>"),
        ("4.production", "区国资委 <gzwtpk@bjdch.gov.cn>"),
        ("4.office", "区国资委 <gzwtpk@bjdch.gov.cn>"),
        ("6.building", "区发改委 <fgwtck@bjdch.gov.cn>"),
        ("6.makerspace", "区科信局 <kwglk@bjdch.gov.cn>"),
        ("6.incubator", "东城园管委会 <yongheyuan0927@sina.com>"),
        ("6.culture_park", "区文促中心 <dcwczx@163.com>"),
    ],
)
def test_the_right_desk(route_id: str, recipient: str) -> None:
    assert draft(route_id, Answers())["To"] == recipient


def letter(route_id: str, given: Answers) -> str:
    text: str = draft(route_id, given).get_content()
    return text.replace("\r\n", "\n")


def test_every_step_that_names_a_mailbox_to_apply_to_is_an_application_by_mail() -> None:
    by_mail = {route.id for route in shipped().routes() if route.mail is not None}
    told = {
        route.id
        for route in shipped().routes()
        for step in route.steps
        if ("发邮件" in step.text and "申请" in step.text) or "受理信箱" in step.text
    }
    assert told - by_mail == {"6.other_carrier"}  # which desk takes it is not known before one has asked
    assert by_mail <= told


def test_the_whole_letter() -> None:
    message = draft("6.building", business("商务楼宇业主").also(answers(name="示例大厦")))
    assert message["Subject"] == "申请办理第6条 商务楼宇减租补贴：示例大厦"
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    assert message.get_content().replace("\r\n", "\n") == (
        "区发改委：\n\n"
        f"我单位按《{shipped().policies[0].title}》（2020-02-13），"
        "申请办理第6条 为中小微企业减租的载体补贴 · 商务楼宇减租补贴，请予受理。\n\n"
        "一、基本情况\n"
        "  名称：示例大厦\n"
        "  身份：企业\n"
        "  经营的楼宇或载体：商务楼宇\n"
        "  疫情期间为承租的中小微企业减免租金：是\n"
        "  减租的租户里有符合东城区产业发展方向的中小微企业：是\n"
        "  已享受市级的减租补贴：否\n"
        "  为符合方向的中小微企业减免的房租：120万元\n"
        "  载体的名称和地址：（请填写）\n"
        "  减免租金的承租企业和期间：（请填写）\n\n"
        "二、随信附上的材料（发送前逐项勾选）\n"
        "  [  ] 相关材料（报部门备案，文件没有列出清单）\n\n"
        "三、联系方式\n"
        "  联系人：（请填写）\n"
        "  电话：（请填写）\n\n"
        "申请单位：示例大厦\n"
        "日期：（请填写）\n"
    )


def test_the_size_is_stated_with_what_it_rests_on() -> None:
    text = letter("4.production", sample())
    assert "  行业：餐饮业\n  从业人员：8 人\n  营业收入：260万元\n  企业规模：微型\n" in text
    assert "  [  ] （请填写）\n" in text


def test_what_is_not_known_is_left_to_fill_in() -> None:
    text = letter("4.production", answers(kind="enterprise"))
    assert "  名称：（请填写）\n" in text
    assert "  企业规模：（请填写）\n" in text


def test_a_name_cannot_add_a_header() -> None:
    message = draft("6.building", answers(name="甲\r\nBcc: x@example.com"))
    assert message["Bcc"] is None
    assert message["Subject"].endswith("：甲 Bcc: x@example.com")
