"""Reads the data files into a Catalogue; a file that does not fit is refused with every error and its place."""

from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

import msgspec
import tomli
from msgspec.structs import replace

from dcrelief.catalogue.build import Builder
from dcrelief.catalogue.locate import shipped
from dcrelief.catalogue.problems import Place, Problem
from dcrelief.catalogue.schema import MeasuresFile, QuestionsFile, SizeFile, WordsFile
from dcrelief.catalogue.translation import also_named, translated
from dcrelief.errors import UnusableFileError, why
from dcrelief.language import _, language, later, named
from dcrelief.rules.facts import Tokens
from dcrelief.rules.model import Catalogue
from dcrelief.rules.words import Words

FileType = TypeVar("FileType")

# A data file is a few hundred kilobytes; beyond this it is some other file.
MOST_BYTES = 20 << 20
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

NAMES = ("measures.toml", "questions.toml", "size_standard.toml", "words.toml")


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue of a measures file, or the shipped one.

    questions.toml, size_standard.toml and words.toml are taken from beside it, where they are there, else the shipped.
    Raises UnusableFileError with every problem of every file.
    """
    paths = {name: _path(name, path) for name in NAMES}
    texts = {name: read_text(paths[name]) for name in NAMES}
    problems: list[str] = []
    measures = _typed(paths["measures.toml"], texts["measures.toml"], MeasuresFile, problems)
    questions = _typed(paths["questions.toml"], texts["questions.toml"], QuestionsFile, problems)
    size = _typed(paths["size_standard.toml"], texts["size_standard.toml"], SizeFile, problems)
    words = _words(paths["words.toml"], texts["words.toml"], problems)
    if problems or measures is None or questions is None or size is None or words is None:
        raise _refused(problems)
    if paths["questions.toml"] != shipped("questions.toml"):
        questions = replace(questions, tokens=_with_shipped_numbers(questions.tokens))
    builder = Builder(measures, questions, size, words)
    catalogue = builder.catalogue("\0".join(texts[name] for name in NAMES))
    if builder.problems:
        raise _refused([_sentence(problem, paths, texts) for problem in builder.problems])
    return catalogue


def _with_shipped_numbers(tokens: Tokens) -> Tokens:
    """The words of another catalogue, and those of the shipped one for numbers, money and months."""
    path = shipped("questions.toml")
    questions = _typed(path, read_text(path), QuestionsFile, [])
    assert questions is not None
    known = questions.tokens
    return replace(
        tokens,
        scales={**known.scales, **tokens.scales},
        yuan=tuple(dict.fromkeys((*known.yuan, *tokens.yuan))),
        before_yuan=tuple(dict.fromkeys((*known.before_yuan, *tokens.before_yuan))),
        months={**known.months, **tokens.months},
    )


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises UnusableFileError if it is not there, not readable, far too large, not UTF-8."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnusableFileError(
                _("{path} 有 {size:,} 字节，太大，不像要读的文件。", path=path, size=size), _("请检查路径。")
            )
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UnusableFileError(_("没有文件 {path}。", path=path), _("请检查路径。")) from None
    except IsADirectoryError:
        raise UnusableFileError(_("{path} 是文件夹，不是文件。", path=path), _("请写上文件名。")) from None
    except OSError as error:
        raise UnusableFileError(_("读不了 {path}：{why}。", path=path, why=why(error)), _("请检查权限。")) from None
    except UnicodeDecodeError as error:
        raise UnusableFileError(
            _("{path} 不是 UTF-8 文字（第 {number} 个字节起）。", path=path, number=error.start + 1),
            _("请在编辑器里另存为 UTF-8。"),
        ) from None


def _path(name: str, measures: Path | None) -> Path:
    if measures is None:
        return shipped(name)
    if name == "measures.toml":
        return measures
    beside = measures.parent / name
    return beside if beside.is_file() else shipped(name)


def _typed(path: Path, text: str, file_type: type[FileType], problems: list[str]) -> FileType | None:
    """The file as its type, in the language in use as far as it is translated; or None and its errors in problems."""
    document = _toml(path, text, problems)
    if document is None:
        return None
    for beside in sorted(path.parent.glob(f"{path.stem}.*{path.suffix}")):
        spoken = beside.suffixes[0] == f".{language()}"
        if not spoken and path.name != "questions.toml":
            continue  # of another language, only what facts are called is understood
        texts = _toml(beside, read_text(beside), problems) or {}
        if spoken:
            message: list[str] = []
            document = translated(document, texts, message.append)
            problems += [f"{beside.name} {each}" for each in message]
        else:
            document = also_named(document, texts)
    try:
        return msgspec.convert(document, file_type)
    except msgspec.ValidationError as error:
        problems += _schema_errors(path, text, document, file_type) or [
            _("{place}：{message}", place=path.name, message=error)
        ]
        return None


def _toml(path: Path, text: str, problems: list[str]) -> dict[str, Any] | None:
    """The tables of a file, or None and its error in problems."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message = next(
            (_(message) for begins, message in _TOML_MISTAKES.items() if error.msg.startswith(begins)), error.msg
        )
        problems.append(
            _(
                "{name} 第 {lineno} 行第 {colno} 列：TOML 写法有误（{message}）",
                name=path.name,
                lineno=error.lineno,
                colno=error.colno,
                message=message,
            )
        )
        return None


def _words(path: Path, text: str, problems: list[str]) -> Words | None:
    """The wording: the shipped sentences, and over them those of another catalogue, which may hold only a few."""
    own = shipped("words.toml")
    sentences = _sentences(own, read_text(own), problems)
    if path == own or sentences is None:
        return None if sentences is None else Words({key: named(key, text) for key, text in sentences.items()})
    others = _sentences(path, text, problems) or {}
    for key, sentence in others.items():
        if key not in sentences:
            problems.append(_("{name} {key}：程序用不到这一句，请删去或改正名字", name=path.name, key=key))
        elif not _places(sentence) <= _places(sentences[key]):
            places = _("、").join(sorted(_places(sentences[key]))) or _("（没有）")
            problems.append(_("{name} {key}：花括号里只能是：{places}", name=path.name, key=key, places=places))
    return Words({key: others.get(key) or named(key, text) for key, text in sentences.items()})


def _sentences(path: Path, text: str, problems: list[str]) -> dict[str, str] | None:
    groups = _typed(path, text, WordsFile, problems)
    if groups is None:
        return None
    return {f"{group}.{key}": sentence for group, keys in groups.items() for key, sentence in keys.items()}


def _places(sentence: str) -> set[str]:
    """The places in braces that a sentence has; a brace that does not close is one that nobody fills."""
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return {sentence}


def _schema_errors(path: Path, text: str, document: dict[str, Any], file_type: object) -> list[str]:
    """Every way in which the document does not fit; msgspec stops at the first."""
    from dcrelief.catalogue.misfits import misfits  # only a broken file needs it, and what it imports

    found = misfits(msgspec.to_builtins(document), msgspec.json.schema(file_type))
    return [
        _("{place}：{message}", place=_start(path, text, document, steps) + _where(document, steps), message=message)
        for steps, message in found
    ]


def _start(path: Path, text: str, document: dict[str, Any], steps: list[Any]) -> str:
    """The file, and the line on which the table around a place begins, if it can be told."""
    here: Any = document
    named: dict[str, Any] = {}
    for step in steps:
        here = here[step]
        if isinstance(step, int) and isinstance(here, dict):
            named |= {key: here[key] for key in ("number", "key", "id", "name") if key in here}
    group = str(steps[0]) if steps else ""
    name = next((str(named[key]) for key in ("id", "key", "name") if key in named), "")
    if group == "measures":
        place = Place(path.name, named.get("number"), name)
    else:
        place = Place(path.name, field=f"{group}.{name or '.'.join(map(str, steps[1:]))}")
    line = _line(place, text)
    return _("{name} 第 {line} 行：", name=path.name, line=line) if line else _("{title}：", title=path.name)


def _where(document: dict[str, Any], steps: list[Any]) -> str:
    """A path into the document in words, a list's tables named by their number, key or id."""
    names, here = [], document
    for step in steps:
        here = here[step]
        name = str(step + 1) if isinstance(step, int) else str(step)
        if isinstance(step, int) and isinstance(here, dict):
            name = next((f"{key}={here[key]}" for key in ("number", "key", "id", "name") if key in here), name)
        names.append(name)
    return ".".join(names) or _("整个文件")


def _sentence(problem: Problem, paths: dict[str, Path], texts: dict[str, str]) -> str:
    place = problem.place
    line = _line(place, texts[place.file])
    parts = [_("{name} 第 {line} 行", name=paths[place.file].name, line=line) if line else paths[place.file].name]
    if place.measure is not None:
        parts.append(_("第 {measure} 条", measure=place.measure))
    parts += [part for part in (place.route, place.field) if part]
    return _("{place}：{message}", place=" ".join(parts), message=problem.text)


def _line(place: Place, text: str) -> int:
    """The line on which the table of a place begins, 0 if it cannot be told."""
    wanted = []
    if place.measure is not None:
        wanted.append(f"number = {place.measure}")
    if place.route:
        wanted.append(f'key = "{place.route}"')
    if place.field.startswith("contacts.") and place.measure is None:
        wanted.append(f"[{place.field}]")
    for group, name in (("facts.", "id"), ("pages.", "key"), ("rows.", "name")):
        if place.field.startswith(group):
            wanted.append(f'{name} = "{place.field.removeprefix(group).split(".")[0]}"')
    if place.field.startswith("policy"):
        wanted.append("[policy]")
    if place.field.startswith("conditions."):
        wanted += ["[conditions]", f"{place.field.split('.')[1]} ="]
    found = 0
    lines = text.splitlines()
    for start in wanted:
        found = next((n for n in range(found, len(lines)) if lines[n].strip().startswith(start)), -1) + 1
        if found == 0:
            return 0
    return found


def _refused(problems: list[str]) -> UnusableFileError:
    listed = "\n".join(f"  - {problem}" for problem in problems)
    return UnusableFileError(
        _("措施目录有 {count} 处问题，不能使用：\n{listed}", count=len(problems), listed=listed), _("改正以后再试。")
    )
