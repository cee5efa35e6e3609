"""The contact sheet: whose phones, for which measures."""

import re

from msgspec.structs import replace

from dcrelief.report.contact_sheet import COLUMNS, ContactSheet, contact_sheet
from tests.examples import beijing, other_district, shipped

CATALOGUE = shipped()


def people(sheet: ContactSheet) -> list[str]:
    return ["、".join(entry.contact.people) or entry.contact.unit for entry in sheet.entries]


def test_every_contact_stands_once_with_every_measure_that_names_it() -> None:
    sheet = contact_sheet(CATALOGUE)
    served = {number for entry in sheet.entries for number in entry.measures}
    assert served == {str(number) for number in range(1, 43)}
    printed = {phone for contact in CATALOGUE.contacts.values() for phone in contact.phones}
    shown = [phone.written for entry in sheet.entries for phone in entry.phones]
    # 区金融办 stands in the document twice, its people and extensions in another order.
    assert printed - set(shown) == {"65258800-8643/8641/8642"}
    assert len(sheet.entries) == len(CATALOGUE.contacts) - 1


def test_the_contacts_of_a_unit_stand_together() -> None:
    units = [entry.contact.unit for entry in contact_sheet(CATALOGUE).entries]
    assert units == [unit for unit in dict.fromkeys(units) for _ in range(units.count(unit))]


def test_a_unit() -> None:
    sheet = contact_sheet(CATALOGUE, units=["区金融办"])
    (entry,) = sheet.entries
    assert entry.contact.people == ("师佑祺", "张馨予", "孙聪", "黄瑾")
    assert entry.measures == tuple(map(str, range(16, 24)))
    assert [sheet.phone(phone) for phone in entry.phones] == ["65258800 转 8642或8641或8643", "84065150"]


def test_a_unit_without_a_contact_of_its_own() -> None:
    sheet = contact_sheet(CATALOGUE, units=["东城海关"])
    assert people(sheet) == ["梁俊丽", "王鹏飞"]
    assert sheet.notes == ("文件没有写东城海关自己的联系人，下面是它负责的措施的联系人。",)


def test_measures() -> None:
    assert people(contact_sheet(CATALOGUE, measures={"6"})) == ["张苒", "张付晓", "蔡勇", "赵京延"]
    assert people(contact_sheet(CATALOGUE, measures={"1", "8"})) == ["曹军", "杨扬", "中关村企业统一申报服务平台"]
    assert people(contact_sheet(CATALOGUE, units=["区发改委"], measures={"6"})) == ["张苒"]
    assert people(contact_sheet(CATALOGUE, units=["区金融办"], measures={"1"})) == []


def test_several_units_and_what_a_unit_shares_with_others() -> None:
    sheet = contact_sheet(CATALOGUE, units=["区金融办", "区政务服务局", "区金融办"])
    assert [entry.contact.unit for entry in sheet.entries] == ["区金融办", "区政务服务局"]
    assert sheet.notes == ("区政务服务局还和别的单位一起负责第16条，那几条的联系人在别的单位名下。",)


def test_which_routes_of_a_measure() -> None:
    (entry,) = contact_sheet(CATALOGUE, units=["区发改委"], measures={"6"}).entries
    assert entry.serves == ("第6条 为中小微企业减租的载体补贴（商务楼宇减租补贴、其他载体）",)


def test_a_sheet_says_what_it_was_chosen_by_and_lists_nothing_else() -> None:
    sheet = contact_sheet(CATALOGUE, units=["区发改委"], measures={"6"}, looked_for=["减租"])
    assert sheet.title == "联系人表：区发改委、减租、第6条"
    assert [(entry.measures, len(entry.serves)) for entry in sheet.entries] == [(("6",), 1)]
    assert contact_sheet(CATALOGUE).title == "联系人表"


def test_what_one_may_want_by_subject_each_measure_once() -> None:
    wants = contact_sheet(CATALOGUE).wants
    assert list(wants)[:3] == ["房租、楼宇", "税费停征、缓缴", "补贴、奖励"]
    names = [name for each in wants.values() for want in each for name in want.names]
    assert sorted(int(re.sub(r"\D.*", "", name[1:])) for name in names) == list(range(1, 43))
    (rent, *_), (loans, guarantee, others, survey) = wants["房租、楼宇"], wants["贷款、融资、上市"]
    assert rent.names == ("第4条 区属国企房产房租减免",)
    assert [name[:4] for name in (*loans.names, *guarantee.names, *others.names)] == [
        f"第{number}条" for number in range(16, 24)
    ]
    assert [desk.unit for desk in survey.desks] == ["区科信局"]


def test_a_line_of_its_own_is_called_for_the_measure_that_names_it() -> None:
    """Step (1) of Measure 21: the line for financing guarantees, 84065150."""
    (entry,) = contact_sheet(CATALOGUE, units=["区金融办"]).entries
    phones = {number: desk.phone.written if desk.phone else "" for number, desk in entry.desks.items()}
    assert phones["21"] == "84065150"
    assert {phone for number, phone in phones.items() if number != "21"} == {"65258800-8642/8641/8643"}


def test_two_desks_of_an_office_say_what_each_is_for() -> None:
    text = str(contact_sheet(CATALOGUE).view())
    assert "区税务局 56980620（延期缴纳税款）、区税务局 56091402（个体工商户停业登记、个体工商户调整定额）" in text
    assert "区城管委 67111998（临时用水指标审批）、区城管委 67178796（经营性停车备案自动顺延）" in text


def test_a_unit_and_a_measure_together_say_nothing_of_other_measures() -> None:
    assert contact_sheet(CATALOGUE, units=["区发改委"], measures={"6"}).notes == ()
    sheet = contact_sheet(CATALOGUE, units=["区金融办"], measures={"16", "24", "31"})
    assert sheet.title == "联系人表：区金融办、第16条"


def test_a_catalogue_without_subjects_has_one_list() -> None:
    assert list(contact_sheet(other_district()).wants) == ["其他"]


def test_phones_that_may_be_a_persons_own_are_named_or_left_out() -> None:
    sheet = contact_sheet(CATALOGUE, measures={"1"})
    assert [sheet.phone(phone) for phone in sheet.entries[0].phones] == ["13681278787（手机）", "64033742"]
    assert "标“手机”的可能是个人的号码。" in sheet.head()
    office = contact_sheet(CATALOGUE, measures={"1"}, office_only=True)
    assert [office.phone(phone) for phone in office.entries[0].phones] == ["64033742"]
    assert office.head()[-1].startswith("只列办公电话")
    assert not any(
        phone.mobile for entry in contact_sheet(CATALOGUE, office_only=True).entries for phone in entry.phones
    )


def test_a_mailbox_named_after_a_mobile_phone_is_left_out_with_it() -> None:
    sheet = contact_sheet(CATALOGUE, units=["区司法局"], office_only=True)
    assert {entry.contact.email for entry in sheet.entries} == {""}
    assert "13501305886" not in str(list(sheet.rows("、")))
    assert contact_sheet(CATALOGUE, units=["区国资委"], office_only=True).entries[0].contact.email


def test_the_office_is_called_before_a_mobile() -> None:
    sheet = contact_sheet(CATALOGUE, measures={"1"})
    phone = sheet.entries[0].desks["1"].phone
    assert phone is not None
    assert phone.written == "64033742"


def test_rows() -> None:
    (row,) = contact_sheet(CATALOGUE, measures={"34"}).rows("、")
    assert dict(zip(COLUMNS, row, strict=True)) == {
        "unit": "区人力社保局",
        "people": "张浩平、李胜东",
        "office": "87091920、89945295、64077128",
        "mobile": "",
        "email": "ldj@bjdch.gov.cn",
        "address": "区人力社保局工伤保险科，东城区朝内大街192号344房间，邮编100010",
        "hours": "",
        "note": "地址只用于邮寄工伤认定材料",
        "numbers": "34",
        "serves": "第34条 医护工作补助与工伤认定",
    }


def test_hours_and_a_hotline_in_the_terminals_view() -> None:
    contact = replace(CATALOGUE.contacts["hotline_12345"], hours="每天 0—24 时")
    catalogue = replace(CATALOGUE, contacts={**CATALOGUE.contacts, "hotline_12345": contact})
    view = contact_sheet(catalogue, units=["12345企业服务"]).view()
    assert view.sections[0].lines == ("第26条 12345企业诉求优先办理：12345企业服务 12345",)
    (card,) = view.sections[1].cards
    assert card.heading == "12345企业服务"
    assert ("时间", ("每天 0—24 时",)) in [(field.label, field.lines) for field in card.fields]


def test_a_document_that_prints_no_phones_says_where_to_ask() -> None:
    city = beijing()
    assert contact_sheet(city).head()[1:] == ("文件没有印各单位的电话，可打12345问。",)
    assert contact_sheet(shipped()).head()[1].startswith("号码、邮箱照 2020-02-13")
