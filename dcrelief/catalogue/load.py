"""Reads the data files into a Catalogue; a file that does not fit is refused with every error and its place."""

import os
from pathlib import Path

from msgspec.structs import replace

from dcrelief.catalogue.build import Builder
from dcrelief.catalogue.data_files import DataFile
from dcrelief.catalogue.locate import SHIPPED, shipped
from dcrelief.catalogue.places import place_of_problem
from dcrelief.catalogue.schema import LayoutsFile, MeasuresFile, QuestionsFile, SizeFile
from dcrelief.catalogue.wording import wording
from dcrelief.errors import UnusableFileError
from dcrelief.language import CHINESE, _, language
from dcrelief.rules.facts import Tokens
from dcrelief.rules.model import Catalogue

NAMES = ("measures.toml", "questions.toml", "size_standard.toml", "words.toml")


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue of a measures file, or the shipped one, in the language in use. Raises as CatalogueFiles does."""
    return CatalogueFiles(path).catalogue()


def known_layouts() -> LayoutsFile:
    """How documents of this kind are laid out."""
    problems: list[str] = []
    layouts = DataFile(shipped("layouts.toml")).typed(LayoutsFile, CHINESE, problems)
    if layouts is None:
        raise _refused(problems)
    return layouts


class CatalogueFiles:
    """The files of a catalogue, read once: a measures file, or one of those shipped, by its name.

    questions.toml, size_standard.toml and words.toml are taken from beside it, where they are there, else the shipped.
    Raises UnusableFileError for a file that is no text.
    """

    def __init__(self, path: Path | None = None) -> None:
        named = None if path is None or path.exists() else SHIPPED.get(str(path))
        measures = path if named is None else shipped(named)
        self._files = {name: DataFile(_path(name, measures)) for name in NAMES}
        usual = shipped(SHIPPED[next(iter(SHIPPED))])
        self._own = "" if measures is None or os.path.realpath(measures) == os.path.realpath(usual) else str(path)

    def catalogue(self, spoken: str = "") -> Catalogue:
        """The catalogue in a language, the one in use if none is named.

        Raises UnusableFileError with every problem of every file.
        """
        spoken, files = spoken or language(), self._files
        problems: list[str] = []
        measures = files["measures.toml"].typed(MeasuresFile, spoken, problems)
        questions = files["questions.toml"].typed(QuestionsFile, spoken, problems)
        size = files["size_standard.toml"].typed(SizeFile, spoken, problems)
        words = wording(files["words.toml"], spoken, problems)
        if problems or measures is None or questions is None or size is None or words is None:
            raise _refused(problems)
        if files["questions.toml"].path != shipped("questions.toml"):
            questions = _beside_shipped(questions, spoken, problems)
        if questions.tokens is None:
            problems.append(_("questions.toml：没有 [tokens]；请写上，或者写 extends = true，用随附的"))
        if problems:
            raise _refused(problems)
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


def _beside_shipped(questions: QuestionsFile, spoken: str, problems: list[str]) -> QuestionsFile:
    """The questions of another catalogue with the words of the shipped one and, if they extend it, with all of it."""
    known = DataFile(shipped("questions.toml")).typed(QuestionsFile, spoken, problems)
    if known is None or known.tokens is None:
        return questions
    if not questions.extends:
        return replace(questions, tokens=questions.tokens and _with_numbers_of(known.tokens, questions.tokens))
    own = {fact.id for fact in questions.facts}
    pages = list(known.pages)
    for page in questions.pages:
        places = [place for place, other in enumerate(pages) if other.key == page.before]
        if page.before and not places:
            problems.append(
                _("questions.toml {key}：没有页 before = {before}，请改正", key=page.key, before=page.before)
            )
        pages.insert(places[0] if places else len(pages), page)
    return replace(
        questions,
        tokens=_with_numbers_of(known.tokens, questions.tokens) if questions.tokens else known.tokens,
        facts=(*(fact for fact in known.facts if fact.id not in own), *questions.facts),
        pages=tuple(pages),
        topics=(*known.topics, *questions.topics),
    )


def _with_numbers_of(known: Tokens, tokens: Tokens) -> Tokens:
    """The words of another catalogue, and known ones for numbers, money and months."""
    return replace(
        tokens,
        scales={**known.scales, **tokens.scales},
        yuan=tuple(dict.fromkeys((*known.yuan, *tokens.yuan))),
        before_yuan=tuple(dict.fromkeys((*known.before_yuan, *tokens.before_yuan))),
        months={**known.months, **tokens.months},
    )


def _refused(problems: list[str]) -> UnusableFileError:
    listed = "\n".join(f"  - {problem}" for problem in problems)
    return UnusableFileError(
        _("措施目录有 {count} 处问题，不能使用：", count=len(problems)) + f"\n{listed}", _("改正以后再试。")
    )
