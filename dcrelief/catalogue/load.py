"""Reads the data files into a Catalogue; a file that does not fit is refused with every error and its place."""

import os
from pathlib import Path
from string import Formatter

from msgspec.structs import replace

from dcrelief.catalogue.build import Builder
from dcrelief.catalogue.data_files import DataFile
from dcrelief.catalogue.locate import shipped
from dcrelief.catalogue.places import place_of_problem
from dcrelief.catalogue.schema import MeasuresFile, QuestionsFile, SizeFile, WordsFile
from dcrelief.errors import UnusableFileError
from dcrelief.language import CHINESE, _, language, word
from dcrelief.rules.facts import Tokens
from dcrelief.rules.model import Catalogue
from dcrelief.rules.words import Words

NAMES = ("measures.toml", "questions.toml", "size_standard.toml", "words.toml")


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue of a measures file, or the shipped one, in the language in use. Raises as CatalogueFiles does."""
    return CatalogueFiles(path).catalogue()


class CatalogueFiles:
    """The files of a catalogue, read once: a measures file, or the shipped one.

    questions.toml, size_standard.toml and words.toml are taken from beside it, where they are there, else the shipped.
    Raises UnusableFileError for a file that is no text.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._files = {name: DataFile(_path(name, path)) for name in NAMES}
        self._own = (
            "" if path is None or os.path.realpath(path) == os.path.realpath(shipped("measures.toml")) else str(path)
        )

    def catalogue(self, spoken: str = "") -> Catalogue:
        """The catalogue in a language, the one in use if none is named.

        Raises UnusableFileError with every problem of every file.
        """
        spoken, files = spoken or language(), self._files
        problems: list[str] = []
        measures = files["measures.toml"].typed(MeasuresFile, spoken, problems)
        questions = files["questions.toml"].typed(QuestionsFile, spoken, problems)
        size = files["size_standard.toml"].typed(SizeFile, spoken, problems)
        words = _words(files["words.toml"], spoken, problems)
        if problems or measures is None or questions is None or size is None or words is None:
            raise _refused(problems)
        if files["questions.toml"].path != shipped("questions.toml"):
            questions = replace(questions, tokens=_with_shipped_numbers(questions.tokens, spoken))
        builder = Builder(measures, questions, size, words)
        catalogue = builder.catalogue("\0".join(file.text for file in files.values()))
        for problem in builder.problems:
            file = files[problem.place.file]
            place = place_of_problem(file.path, file.text, problem.place)
            problems.append(_("{place}：{message}", place=place, message=problem.text))
        if problems:
            raise _refused(problems)
        return replace(catalogue, path=self._own)


def _path(name: str, measures: Path | None) -> Path:
    if measures is None:
        return shipped(name)
    if name == "measures.toml":
        return measures
    beside = measures.parent / name
    return beside if beside.is_file() else shipped(name)


def _with_shipped_numbers(tokens: Tokens, spoken: str) -> Tokens:
    """The words of another catalogue, and those of the shipped one for numbers, money and months."""
    questions = DataFile(shipped("questions.toml")).typed(QuestionsFile, spoken, [])
    assert questions is not None
    known = questions.tokens
    return replace(
        tokens,
        scales={**known.scales, **tokens.scales},
        yuan=tuple(dict.fromkeys((*known.yuan, *tokens.yuan))),
        before_yuan=tuple(dict.fromkeys((*known.before_yuan, *tokens.before_yuan))),
        months={**known.months, **tokens.months},
    )


def _words(file: DataFile, spoken: str, problems: list[str]) -> Words | None:
    """The wording: the shipped sentences, and over them those of another catalogue, which may hold only a few."""
    is_own = file.path == shipped("words.toml")
    own = _sentences(file if is_own else DataFile(shipped("words.toml")), problems)
    others = {} if is_own else _sentences(file, problems) or {}
    if own is None:
        return None
    for key, sentence in others.items():
        if key not in own:
            problems.append(_("{name} {key}：程序用不到这一句，请删去或改正名字", name=file.path.name, key=key))
        elif not _places(sentence) <= _places(own[key]) | {place.partition(":")[0] for place in _places(own[key])}:
            places = _("、").join(sorted(_places(own[key]))) or _("（没有）")
            problems.append(_("{name} {key}：花括号里只能是：{places}", name=file.path.name, key=key, places=places))
    translated = {key: word(key, text) for key, text in own.items()} if spoken == language() else own
    return Words({key: others.get(key) or text for key, text in translated.items()})


def _sentences(file: DataFile, problems: list[str]) -> dict[str, str] | None:
    groups = file.typed(WordsFile, CHINESE, problems)
    if groups is None:
        return None
    return {f"{group}.{key}": sentence for group, keys in groups.items() for key, sentence in keys.items()}


def _places(sentence: str) -> set[str]:
    """The places in braces that a sentence has, with their format; a brace that does not close is one nobody fills."""
    try:
        fields = [field for field in Formatter().parse(sentence) if field[1] is not None]
    except ValueError:
        return {sentence}
    return {f"{name}{'!' if how else ''}{how or ''}{':' if form else ''}{form}" for _, name, form, how in fields}


def _refused(problems: list[str]) -> UnusableFileError:
    listed = "\n".join(f"  - {problem}" for problem in problems)
    return UnusableFileError(
        _("措施目录有 {count} 处问题，不能使用：", count=len(problems)) + f"\n{listed}", _("改正以后再试。")
    )
