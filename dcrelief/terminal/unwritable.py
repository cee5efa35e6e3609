"""Letters that the encoding of a stream does not have: written as numbers, which loses nothing, and said."""

import codecs
import io
from typing import TextIO

from dcrelief import language
from dcrelief.language import _

_HANDLER = "dcrelief-numbers"
_SAMPLE = "东○●"
_lacking: dict[str, str] = {}  # encoding → the first letter that it lacks


def use_numbers(stream: TextIO | None) -> None:
    """From now on, what the stream cannot hold is written as Python writes it: \\u4e1c."""
    if isinstance(stream, io.TextIOWrapper):
        codecs.register_error(_HANDLER, _number)
        stream.reconfigure(errors=_HANDLER)


def holds(encoding: str, text: str = _SAMPLE) -> bool:
    """Whether the encoding has every letter of the text, or else those of the interview."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def encoding_of(stream: TextIO) -> str:
    """The encoding of a stream; UTF-8 of one that holds text."""
    return stream.encoding or "utf-8"


def as_written(text: str, stream: TextIO) -> str:
    """The text as the stream will have it, for those who write past it."""
    encoding = encoding_of(stream)
    return text.encode(encoding, stream.errors or "strict").decode(encoding)


def what_was_lacking() -> list[str]:
    """A message for each encoding that lacked letters, in a language that it can hold. They are then forgotten."""
    messages = [lacks(encoding, letter) for encoding, letter in _lacking.items()]
    _lacking.clear()
    return messages


def lacks(encoding: str, letter: str = _SAMPLE[0]) -> str:
    """That the encoding lacks letters, in a language that it can hold."""
    text = _(
        "这里的编码（{encoding}）写不出有些字，如 {number}，都写成编号。"
        "要看到字，请设环境变量 PYTHONUTF8=1，终端也用 UTF-8。",
        encoding=encoding,
        number=ascii(letter)[1:-1],
    )
    if text.isascii() or holds(encoding, text):
        return text
    with language.speaking("en"):
        return lacks(encoding, letter)


def _number(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError):
        _lacking.setdefault(error.encoding, error.object[error.start])
    return codecs.backslashreplace_errors(error)
