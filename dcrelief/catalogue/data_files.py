"""A data file: its text, its tables, and these in another language; every mistake in it with its place."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import tomli

from dcrelief.catalogue.places import place_of_steps
from dcrelief.catalogue.translation import also_named, translated
from dcrelief.errors import UnusableFileError, why
from dcrelief.language import _, later
from dcrelief.signs import shown

FileType = TypeVar("FileType")

# A data file is a few hundred kilobytes; beyond this it is some other file.
MOST_BYTES = 20 << 20
# Beyond 4,300 digits Python writes no number, and reads none but in these notations.
_HUGE_NUMBER = re.compile(r"0[xob][0-9A-Fa-f_]{3000}")
_TOO_MUCH = later("套得太深，或者有几千位的数")
# Only such a file is worth a look at each of its texts.
_MAY_ACT = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\\[bferuUx]")
_MOST_SHOWN = 40  # letters
# The mistakes that people make most, in the words of the parser, and in ours.
_TOML_MISTAKES = {
    "Cannot overwrite a value": later("同一个名字写了两次"),
    "Cannot declare": later("同一张表写了两次"),
    "Illegal character": later("引号没有写完，或有不该有的字符"),
    "Unterminated": later("引号或括号没有写完"),
    "Expected '=' after a key": later("名字后面要有 ="),
    "Expected newline": later("一行里只能写一项，或数字写法不对"),
    "Invalid value": later("= 后面的写法不对；文字要加引号"),
    "Unclosed array": later("方括号里的写法不对：少了逗号、引号或 ]，或者用了全角标点"),
    "Unclosed inline table": later(
        "花括号里的写法不对：少了逗号、引号或 }，或者用了全角标点，或者日期没有写成 2020-02-26"
    ),
    "Invalid date": later("日期要写成 2020-02-26"),
    "Invalid statement": later("名字用英文；中文名要加引号"),
    "Invalid initial character": later("名字用英文字母、数字和 _；中文名要加引号"),
}


class DataFile:
    """A TOML file, parsed once; beside it may be others with its texts in other languages."""

    def __init__(self, path: Path) -> None:
        """Raises UnusableFileError for a file that is no text."""
        self.path = path
        self.text = read_text(path)

    @cached_property
    def _parsed(self) -> dict[str, Any] | str:
        """Its tables, or what is wrong with them."""
        try:
            tables = toml_tables(self.text)
            acting = next(_acting(tables), None) if _MAY_ACT.search(self.text) else None
            if acting is not None:
                return _("{name}：“{text}”里有看不见的控制符，请删去", name=self.path.name, text=acting[:_MOST_SHOWN])
            return tables
        except tomli.TOMLDecodeError as error:
            mistakes = (_(ours) for theirs, ours in _TOML_MISTAKES.items() if error.msg.startswith(theirs))
            return _(
                "{name} 第 {lineno} 行第 {colno} 列：TOML 写法有误（{message}）",
                name=self.path.name,
                lineno=error.lineno,
                colno=error.colno,
                message=next(mistakes, error.msg),
            )

    def typed(self, file_type: type[FileType], spoken: str, problems: list[str]) -> FileType | None:
        """The file as its type, in a language as far as it is translated; or None, and its errors in problems."""
        document = self._parsed
        if isinstance(document, str):
            problems.append(document)
            return None
        document = self._spoken(document, spoken, problems)
        try:
            return msgspec.convert(document, file_type)
        except msgspec.ValidationError as error:
            from dcrelief.catalogue.misfits import misfits  # only a broken file needs it, and what it imports

            # Every way in which the document does not fit; msgspec stops at the first.
            found = misfits(msgspec.to_builtins(document), msgspec.json.schema(file_type))
            places = [(place_of_steps(self.path, self.text, document, steps), message) for steps, message in found]
            for place, message in places or [(self.path.name, str(error))]:
                problems.append(_("{place}：{message}", place=place, message=message))
            return None

    def _spoken(self, document: dict[str, Any], spoken: str, problems: list[str]) -> dict[str, Any]:
        for beside in sorted(self.path.parent.glob(f"{self.path.stem}.*{self.path.suffix}")):
            is_spoken = beside.suffixes[0] == f".{spoken}"
            if not is_spoken and self.path.name != "questions.toml":
                continue  # of another language, only what facts are called is understood
            texts = DataFile(beside)._parsed
            if isinstance(texts, str):
                problems.append(texts)
            elif is_spoken:
                found: list[str] = []
                document = translated(document, texts, found.append)
                problems += [f"{beside.name} {each}" for each in found]
            else:
                document = also_named(document, texts)
        return document


def _acting(value: object) -> Iterator[str]:
    """The texts and names of a document in which a sign acts on a terminal."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _acting(name)
            yield from _acting(part)
    elif isinstance(value, list):
        for part in value:
            yield from _acting(part)
    elif isinstance(value, str) and shown(value) != value:
        yield value


def toml_tables(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The tables of a TOML file. Raises TOMLDecodeError, also for what is nested too deep, or a number of kilobytes."""
    number = _HUGE_NUMBER.search(text)  # nothing can be worked out with it, nor can it be shown
    if number is not None:
        raise tomli.TOMLDecodeError(_(_TOO_MUCH), text, number.start())
    try:
        return tomli.loads(text, parse_float=parse_float)
    except tomli.TOMLDecodeError:
        raise
    except (RecursionError, ValueError):
        raise tomli.TOMLDecodeError(_(_TOO_MUCH), text, 0) from None


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """The text of a UTF-8 file. Raises UnusableFileError as read_bytes does, and if it is not UTF-8."""
    try:
        return read_bytes(path, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableFileError(
            _("{path} 不是 UTF-8 文字（第 {number} 个字节起）。", path=path, number=error.start + 1),
            _("请在编辑器里另存为 UTF-8。"),
        ) from None


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """What a file holds, or a device or a pipe, which may never end.

    Raises UnusableFileError if it is not there, not readable, or has more bytes than that.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise UnusableFileError(
                _("{path} 超过 {most:,} 字节，太大，不像要读的文件。", path=path, most=most), _("请检查路径。")
            )
        return content
    except FileNotFoundError:
        raise UnusableFileError(_("没有文件 {path}。", path=path), _("请检查路径。")) from None
    except IsADirectoryError:
        raise UnusableFileError(_("{path} 是文件夹，不是文件。", path=path), _("请写上文件名。")) from None
    except OSError as error:
        raise UnusableFileError(_("读不了 {path}：{why}。", path=path, why=why(error)), _("请检查权限。")) from None
