"""Bytes to whole records in UTF-8, whatever the encoding, and what is refused."""

import io

import pytest

from dcrelief.batch import decode
from dcrelief.batch.decode import HEAD, Decoder, records
from dcrelief.errors import UnusableFileError, UsageError

TEXT = '名称,备注\n客户一,"两\n行"\n客户二,好\n'


def whole(content: bytes, encoding: str | None = None) -> str:
    """All the records of a file, decoded."""
    stream = io.BytesIO(content)
    head = stream.read(HEAD)
    decoder = Decoder("表.csv", head, encoding)
    return b"".join(decoder.utf8(block, 0) for block in records("表.csv", stream, head, decoder)).decode()


@pytest.mark.parametrize(
    ("encoding", "spoken"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gb18030", "GBK (GB18030)"),
        ("gbk", "GBK (GB18030)"),
        ("utf-16", "UTF-16"),
    ],
)
def test_the_encoding_is_found(encoding: str, spoken: str) -> None:
    content = TEXT.encode(encoding)
    stream = io.BytesIO(content)
    head = stream.read(HEAD)
    decoder = Decoder("表.csv", head)
    said = b"".join(decoder.utf8(block, 0) for block in records("表.csv", stream, head, decoder)).decode()
    assert (said, decoder.spoken) == (TEXT, spoken)


def test_the_person_may_name_it() -> None:
    assert whole(TEXT.encode("big5", errors="replace"), "big5").startswith("名")


def test_letters_beyond_ascii_may_come_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "BLOCK", 64)
    content = b"name,x\n" + b"a,b\n" * 40_000 + "客户,好\n".encode("gb18030")
    assert whole(content).endswith("客户,好\n")


def test_two_encodings_in_one_file_are_refused_with_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "BLOCK", 64)
    content = "名称,x\n".encode() + b"a,b\n" * 40_000 + "客户,好\n".encode("gb18030")
    with pytest.raises(UnusableFileError, match="不是 UTF-8 文字"):
        whole(content)
    with pytest.raises(UnusableFileError, match="第 2 行第 1 列有一个字节（0xFF，全文第 8 个）不是 UTF-8 文字"):
        whole(b"name,a\n\xff,\xff\n" + "名".encode() * 3, "utf-8")


def test_records_end_where_a_record_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "BLOCK", 8)
    monkeypatch.setattr(decode, "HEAD", 8)
    stream = io.BytesIO(b'a,b\n1,"x\ny"\n2,"z"\n3,4')
    decoder = Decoder("表.csv", b"a,b\n")
    blocks = list(records("表.csv", stream, b"", decoder))
    assert b"".join(blocks) == b'a,b\n1,"x\ny"\n2,"z"\n3,4'
    assert all(block.count(b'"') % 2 == 0 for block in blocks)


def test_where_quotation_marks_are_odd_a_block_ends_with_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "BLOCK", 16)
    decoder = Decoder("表.csv", b"a,b\n")
    blocks = list(records("表.csv", io.BytesIO(b'"a,b\n1,2\n3,4\n5,6\n7,8\n'), b"", decoder))
    assert all(block.endswith(b"\n") for block in blocks)


def test_half_a_letter_of_utf_16_is_refused() -> None:
    with pytest.raises(UnusableFileError, match="不全是 UTF-16"):
        whole(b"\xff\xfe" + "名称\n".encode("utf-16-le") + b"\x00\xdc\x00\xdc" * 3)


def test_the_line_ends_of_an_old_macintosh() -> None:
    assert whole("名称,x\r客户,1\r".encode()) == "名称,x\n客户,1\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空的"),
        (b" \n\n", "是空的"),
        (b"%PDF-1.4 ...", "不是文字表格"),
        (b"\x00\x01\x02" * 10, "不是文字表格"),
        (b"\xd0\xcf\x11\xe0rest", "旧版 Excel"),
        (b" <html><table>", "是网页（HTML）"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnusableFileError, match=said):
        whole(content)


def test_an_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "BLOCK", 1 << 20)
    with pytest.raises(UnusableFileError, match="有一行超过 1 MB"):
        whole(b"a" * (3 << 20))


def test_an_encoding_that_nobody_knows() -> None:
    with pytest.raises(UsageError, match="没有叫“gbx”的编码"):
        whole(TEXT.encode(), "gbx")


def test_utf8_with_a_bad_byte_is_no_gbk() -> None:
    content = "名称,行业\n".encode() + "甲餐饮,餐饮业\n".encode() * 300 + b"\xe4\xb8,x\n" + "乙,零售\n".encode() * 20
    with pytest.raises(UnusableFileError, match=r"第 302 行第 1 列有一个字节（0xE4，.*）不是 UTF-8 文字"):
        whole(content)
    with pytest.raises(UnusableFileError, match="第 302 行第 2 列"):
        whole(content.replace(b"\xe4\xb8,x", b"x,\xe4\xb8"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_that_does_not_say_so_is_read(encoding: str) -> None:
    assert whole(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("content", [b"a,b\0\n1,2\n", b"\0" * 400, b"\0\1" * 400])
def test_bytes_that_are_nothing_are_no_text(content: bytes) -> None:
    with pytest.raises(UnusableFileError, match="不是文字表格"):
        whole(content)


def test_half_a_letter_at_the_end_is_refused() -> None:
    with pytest.raises(UnusableFileError, match="不全是 UTF-16 文字"):
        whole(TEXT.encode("utf-16") + b"\0")
