"""The document in: its text in any of the usual encodings, or its saved facts; everything else is named."""

from pathlib import Path

import pytest

from dcrelief.catalogue.data_files import MOST_BYTES
from dcrelief.errors import UnusableFileError
from dcrelief.proof.articles import read_document
from dcrelief.proof.document_files import load_document, save_facts
from dcrelief.rules.layout import Layout

LAYOUT = Layout("{number}.", "责任单位", "联系人", "联系电话", "邮箱")
TEXT = "　　1.减免10%。(责任单位：区甲局)　　联系人：丁三　联系电话：64000004　邮箱：a@b.cn　　3.延期。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert load_document(path, LAYOUT) == read_document(TEXT, LAYOUT)


def test_saved_facts_are_the_document_without_its_text(tmp_path: Path) -> None:
    document = read_document(TEXT, LAYOUT)
    path = tmp_path / "facts.json"
    path.write_text(save_facts(document, "题"), encoding="utf-8")
    saved = load_document(path, LAYOUT)
    assert [(a.number, a.units, a.desks, a.facts, a.numbers) for a in saved.articles] == [
        (a.number, a.units, a.desks, a.facts, a.numbers) for a in document.articles
    ]
    assert saved.articles[0].numbers == ("10%",)
    assert saved.general == document.general
    assert saved.lost == document.lost == (2,)
    assert saved.unclosed == document.unclosed
    assert all(article.text == "" for article in saved.articles)
    assert save_facts(saved, "题") == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "没有找到编号的措施"),
        ("a.txt", "第一条 减免。".encode(), "没有找到编号的措施"),
        ("a.pdf", b"%PDF-1.7 ...", "是PDF，不是纯文本"),
        ("a.docx", b"PK\x03\x04....", "是Word（.docx）"),
        ("a.doc", b"\xd0\xcf\x11\xe0....", "老式的 Word"),
        ("a.rtf", b"{\\rtf1 ...", "是RTF"),
        ("a.bin", b"1.\x00\x01\x02", "不是文本文件"),
        ("a.txt", b"\xff\xff\xff", "不是文本文件"),
        ("a.json", b"{", "不是 dcrelief check --save-facts 写的文件"),
        ("a.json", b'{"title": 1}', "不是 dcrelief check --save-facts 写的文件"),
    ],
)
def test_what_is_no_document(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnusableFileError) as raised:
        load_document(path, LAYOUT)
    assert said in raised.value.message
    assert raised.value.hint


def test_one_that_is_not_there_or_far_too_large(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="没有文件"):
        load_document(tmp_path / "a.txt", LAYOUT)
    (tmp_path / "a.txt").write_bytes(b"\n" * (MOST_BYTES + 1))
    with pytest.raises(UnusableFileError, match="太大"):
        load_document(tmp_path / "a.txt", LAYOUT)
