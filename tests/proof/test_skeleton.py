"""A catalogue in outline: it loads, proves what a machine can find, and decides nothing."""

from pathlib import Path

import pytest

from dcrelief.catalogue.load import known_layouts, load_catalogue
from dcrelief.proof.agreement import agreement
from dcrelief.proof.articles import read_document
from dcrelief.proof.lint import lint
from dcrelief.proof.skeleton import guessed_layout, skeleton
from dcrelief.rules.model import Catalogue
from tests.examples import OTHER_DISTRICT, shipped

TEXT = """某市人民政府关于支持企业的若干措施
2020年3月1日
一、减负
1.减免“三税”。减免10%，最高三十万元。（责任单位：市税务局；联系人：张三、李四；联系电话：66001234转801、66005678）
2.贷款贴息。按3‰给予贴息。
责任单位：市金融局、市财政局
3.服务 专窗。设立专窗。
责任单位：市政务局
联系人：王"五"　联系电话：见公告
"""


def drafted(folder: Path, text: str) -> Catalogue:
    for name, content in skeleton(text, guessed_layout(text, known_layouts()), shipped().words).items():
        (folder / name).write_text(content, encoding="utf-8")
    return load_catalogue(folder / "measures.toml")


def test_what_it_finds(tmp_path: Path) -> None:
    catalogue = drafted(tmp_path, TEXT)
    assert catalogue.policies[0].title == "某市人民政府关于支持企业的若干措施"
    assert [(m.number, m.title, m.units) for m in catalogue.measures] == [
        (1, "减免“三税”", ("市税务局",)),
        (2, "贷款贴息", ("市金融局", "市财政局")),
        (3, "服务 专窗", ("市政务局",)),
    ]
    printed = [(c.unit, c.people, c.phones) for c in catalogue.contacts.values() if c.people]
    assert printed[0] == ("市税务局", ("张三", "李四"), ("66001234-801", "66005678"))
    assert printed[1] == ("市政务局", ('王"五"',), ())
    text = (tmp_path / "measures.toml").read_text(encoding="utf-8")
    assert "# 金额：300000元" in text
    assert "# 引号里的名称：三税" in text
    assert catalogue.contacts["contact_2"].address == "TODO"


def test_it_decides_nothing(tmp_path: Path) -> None:
    catalogue = drafted(tmp_path, TEXT)
    assert all(route.action == "none" and route.estimate is None for route in catalogue.routes())
    assert all(not route.when.facts() and not route.audience.facts() for route in catalogue.routes())
    left = sum(
        (tmp_path / name).read_text(encoding="utf-8").count("TODO") for name in ("measures.toml", "questions.toml")
    )
    assert [(f.kind, f.detail) for f in lint(catalogue) if f.kind == "to_do"] == [("to_do", str(left))]


def test_units_and_contacts_agree_with_the_text(tmp_path: Path) -> None:
    catalogue = drafted(tmp_path, TEXT)
    found = agreement(catalogue, read_document(TEXT, catalogue.policies[0].document))
    assert not found.not_in_document
    assert not found.not_in_catalogue
    assert {d.kind for d in found.differences}.isdisjoint({"responsible", "answering", "unit"})


def test_what_no_contact_has_of_phones_and_mailboxes_stands_above_the_measure(tmp_path: Path) -> None:
    letters = TEXT.replace("电话：见公告", "电话：66001235\n邮箱：a@x.cn、b@x.cn；监督电话 66009999")
    drafted(tmp_path, letters)
    written = (tmp_path / "measures.toml").read_text(encoding="utf-8")
    assert 'email = "a@x.cn"' in written
    assert "# 邮箱：b@x.cn" in written
    assert "# 电话：66009999" in written
    assert "# 电话：66001235" not in written


def test_a_number_that_is_lost_is_named(tmp_path: Path) -> None:
    drafted(tmp_path, TEXT.replace("2.贷款", "贷款"))
    assert "# TODO：第2条的编号没有找到" in (tmp_path / "measures.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("begins", "numbering"), [("第{}条　", "第{chinese}条"), ("{}、", "{chinese}、"), ("（{}）", "({chinese})")]
)
def test_how_measures_begin_is_found(begins: str, numbering: str) -> None:
    text = "某文件\n" + "".join(f"{begins.format(number)}措施{number}。内容。\n" for number in "一二三四")
    assert guessed_layout(text, known_layouts()).numbering == numbering


def test_the_labels_are_those_of_the_text() -> None:
    layout = guessed_layout(TEXT, known_layouts())
    assert (layout.numbering, layout.units, layout.people, layout.phones, layout.email) == (
        "{number}.", ("责任单位",), ("联系人",), ("联系电话", "电话"), (),
    )  # fmt: skip


def test_a_whole_document(tmp_path: Path) -> None:
    text = OTHER_DISTRICT.with_name("document.txt").read_text(encoding="utf-8")
    catalogue = drafted(tmp_path, text)
    assert len(catalogue.measures) == 9
    assert len([contact for contact in catalogue.contacts.values() if contact.phones]) > 5
