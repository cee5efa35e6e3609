"""From the bytes of a text table to whole records in UTF-8, a block at a time."""

import codecs
from collections.abc import Iterator
from typing import IO

import polars as pl

from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.language import _

BLOCK = 20 << 20
MOST_LINES = 60_000  # of a block: each becomes a row of all columns, however short it is
HEAD = 1 << 16

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SEPARATORS = (b",", b";", b"\t")
_ASCII = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_NO_TABLES = ("idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7")
_XLS, _PDF = b"\xd0\xcf\x11\xe0", b"%PDF"
_SPOKEN = {"utf-8": "UTF-8", "gb18030": "GBK (GB18030)", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


class Decoder:
    """The encoding of a text table: that of its byte order mark, or the one asked for, else UTF-8, else GB18030.

    Records are found before they are decoded: but for UTF-16, a byte of a letter is never a line end, a quotation mark
    or a separator. Raises UnusableFileError for what is no text, UsageError for an encoding that nobody knows.
    """

    def __init__(self, name: str, head: bytes, encoding: str | None = None) -> None:
        self._name = name
        self.mark, marked = next(((mark, known) for mark, known in _MARKS if head.startswith(mark)), (b"", None))
        if not head.removeprefix(self.mark).strip():
            raise UnusableFileError(_("{name} 是空的。", name=name), _("请检查是不是选错了文件。"))
        if head.startswith(_XLS):
            raise UnusableFileError(
                _("{name} 是旧版 Excel（.xls），读不了。", name=name), _("请在 Excel 里另存为 .xlsx 或 CSV。")
            )
        if head.lstrip().startswith(b"<"):
            raise UnusableFileError(
                _("{name} 是网页（HTML），不是表格。", name=name), _("请在 Excel 里打开它，另存为 .xlsx 或 CSV。")
            )
        marked = marked or _unmarked_utf16(head)
        if encoding is not None:
            asked, encoding = encoding, _known_encoding(encoding)
            if encoding is None:
                raise UsageError(
                    _("没有叫“{encoding}”的编码。", encoding=asked[:40]), _("常用的是 gb18030、utf-8、utf-16。")
                )
        self._sure = encoding is not None or marked is not None
        self.encoding = marked or encoding or "utf-8"
        self._only_ascii = True
        if head.startswith(_PDF) or (b"\0" in head and not self.wide):
            raise UnusableFileError(_("{name} 不是文字表格。", name=name), _("请给 CSV 或 .xlsx 文件。"))
        # An old Macintosh ends its lines with a carriage return alone.
        self.mac_lines = b"\n" not in head and b"\r" in head

    @property
    def wide(self) -> bool:
        """Whether letters have two bytes, so that they must be decoded before records can be found."""
        return self.encoding.startswith("utf-16")

    @property
    def spoken(self) -> str:
        """What people call the encoding."""
        return _SPOKEN.get(self.encoding, self.encoding)

    def utf8(self, block: bytes, start: int, row: int = 1) -> bytes:
        """A block of whole records as UTF-8; start: how many bytes came before it; row: the number of its first one.

        Raises UnusableFileError.
        """
        if self.wide or (self.encoding == "utf-8" and _is_utf8(block)):
            self._only_ascii = self._only_ascii and block.isascii()
            return block
        try:
            text = block.decode(self.encoding)
        except UnicodeDecodeError as error:
            if self.encoding == "utf-8" and not self._sure and self._only_ascii and not _is_nearly_utf8(block):
                self.encoding = "gb18030"
                return self.utf8(block, start, row)
            raise self._bad_byte(block, error.start, start, row) from None
        return text.encode()

    def _bad_byte(self, block: bytes, place: int, start: int, row: int) -> UnusableFileError:
        """What is said of a byte that is no text; start: how many bytes came before the block; row: its first one."""
        line = block[block.rfind(b"\n", 0, place) + 1 : place]
        row += block.count(b"\n", 0, place)
        return UnusableFileError(
            _(
                "{name} 第 {row} 行第 {column} 列有一个字节（{byte}，全文第 {number} 个）不是 {spoken} 文字。",
                name=self._name,
                row=row,
                column=1 + max(map(line.count, _SEPARATORS)),
                byte=f"0x{block[place]:02X}",
                number=f"{start + place + 1:,}",
                spoken=self.spoken,
            ),
            _("请改正这一格；或用 --encoding 写明编码，或在 Excel 里另存为“CSV UTF-8”。"),
        )


def _known_encoding(asked: str) -> str | None:
    """The name of an encoding of tables, in which a separator is the byte that it is in ASCII, or two in UTF-16."""
    try:
        name = codecs.lookup(asked).name
        if name.startswith(("utf-8", "utf-16")):
            return name.removesuffix("-sig")
        as_ascii = name not in _NO_TABLES and _ASCII.decode(name) == _ASCII.decode()
        return name if as_ascii and _ASCII.decode().encode(name) == _ASCII else None
    except (LookupError, ValueError):  # of the last are the errors of codecs
        return None


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 that does not say so: every second byte of its signs in ASCII is nothing."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) * 2 > max(even, odd) or not max(even, odd):
        return None
    try:
        text = head[: len(head) // 2 * 2].decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return None
    return encoding if "\0" not in text and "\n" in text.replace("\r", "\n") else None


def _is_nearly_utf8(block: bytes) -> bool:
    """Whether all but a few of the letters that are not ASCII are whole in UTF-8."""
    text = block.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return bad * 10 < sum(not letter.isascii() for letter in text[: 1 << 20])


def _is_utf8(block: bytes) -> bool:
    """Whether a block is UTF-8. To decode it in Python takes ten times as long."""
    try:
        pl.Series([block]).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def records(name: str, stream: IO[bytes], head: bytes, decoder: Decoder) -> Iterator[bytes]:
    """The bytes of a stream in blocks that end where a record does; head: its first bytes, read before.

    Where quotation marks are not in pairs, a block ends with some line. Raises UnusableFileError for an endless line.
    """
    rest = b""
    for block, is_last in _blocks(name, stream, head.removeprefix(decoder.mark), decoder):
        lines = block.replace(b"\r", b"\n") if decoder.mac_lines else block
        end = len(lines) if is_last else _last_record(lines, rest.count(b'"'))
        if end:
            yield from pieces(rest + memoryview(lines)[:end])  # each copy of so much takes as long as to count in it
            rest = lines[end:]
        else:
            rest += lines
        if len(rest) >= BLOCK:
            raise UnusableFileError(
                _("{name} 有一行超过 {number} MB。", name=name, number=BLOCK >> 20),
                _("请检查是不是少了一个引号，或者不是表格。"),
            )
    if rest:
        yield rest


def pieces(block: bytes, most: int = MOST_LINES) -> Iterator[bytes]:
    """A block in pieces of not too many lines, each of which ends where a record does: a row takes far more memory."""
    lines, start = block.count(b"\n"), 0
    size = len(block) if lines <= most else len(block) * most // lines
    while len(block) - start > size:
        end = _last_record(block[start : start + size])
        if end == 0:  # no record ends there
            break
        yield block[start : start + end]
        start += end
    yield block[start:]


def _blocks(name: str, stream: IO[bytes], head: bytes, decoder: Decoder) -> Iterator[tuple[bytes, bool]]:
    """Blocks of bytes, UTF-16 as UTF-8, and whether each is the last: a stream gives less only at its end."""
    wide = codecs.getincrementaldecoder(decoder.encoding)() if decoder.wide else None
    block = stream.read(BLOCK)
    is_last, block = len(block) < BLOCK, head + block
    while block:
        try:
            yield wide.decode(block, is_last).encode() if wide is not None else block, is_last
        except UnicodeError:
            raise UnusableFileError(
                _("{name} 不全是 {spoken} 文字。", name=name, spoken=decoder.spoken), _("请用 --encoding 写明编码。")
            ) from None
        block = stream.read(BLOCK)
        is_last = len(block) < BLOCK


def _last_record(block: bytes, before: int = 0) -> int:
    """Where the last whole record of a block ends: after a line end before which quotation marks are in pairs.

    before: how many of them there are in what came before it. 0 if there is no line end.
    """
    last = end = block.rfind(b"\n") + 1
    quotes = before + block.count(b'"', 0, end)
    while quotes % 2 and end:
        before = block.rfind(b"\n", 0, end - 1) + 1
        quotes -= block.count(b'"', before, end)
        end = before
    return end or last
