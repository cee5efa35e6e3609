"""Reads the data files into a Catalogue; a file that does not fit is refused with every error and its place."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from dcrelief.catalogue.build import Builder
from dcrelief.catalogue.data_files import DataFile
from dcrelief.catalogue.joined import joined
from dcrelief.catalogue.locate import SHIPPED, shipped
from dcrelief.catalogue.places import place_of_problem
from dcrelief.catalogue.schema import EstimateTable, LayoutsFile, MeasuresFile, QuestionsFile, RouteTable, SizeFile
from dcrelief.catalogue.wording import wording
from dcrelief.errors import UnusableFileError
from dcrelief.language import CHINESE, _, language
from dcrelief.rules.facts import Tokens
from dcrelief.rules.model import Catalogue

NAMES = ("measures.toml", "questions.toml", "size_standard.toml", "words.toml")


def load_catalogue(*paths: Path | None) -> Catalogue:
    """The catalogue of one measures file or of several; of none, the shipped one; in the language in use.

    A path may be the name of one that is shipped. Raises as CatalogueFiles does.
    """
    return CatalogueFiles(*filter(None, paths)).catalogue()


def known_layouts() -> LayoutsFile:
    """How documents of this kind are laid out."""
    problems: list[str] = []
    layouts = DataFile(shipped("layouts.toml")).typed(LayoutsFile, CHINESE, problems)
    if layouts is None:
        raise _refused(problems)
    return layouts


class CatalogueFiles:
    """The files of a catalogue, read once: those of the measures files named, or of the usual one.

    Raises UnusableFileError for a file that is no text.
    """

    def __init__(self, *paths: Path) -> None:
        self._documents = [_DocumentFiles(path) for path in paths or (Path(next(iter(SHIPPED))),)]
        self._formulas = _Formulas(self._documents)
        self._built: dict[str, tuple[Catalogue, ...]] = {}

    def catalogue(self, spoken: str = "") -> Catalogue:
        """The catalogue in a language, the one in use if none is named.

        Raises UnusableFileError with every problem of every file.
        """
        catalogues = self.each(spoken)
        if len(catalogues) == 1:
            return catalogues[0]
        problems: list[str] = []
        catalogue = joined(catalogues, problems)
        if problems:
            raise _refused(problems)
        return replace(catalogue, paths=tuple(document.name for document in self._documents))

    def each(self, spoken: str = "") -> tuple[Catalogue, ...]:
        """The catalogue of each document by itself. Raises as catalogue does."""
        spoken = spoken or language()
        if spoken not in self._built:
            self._built[spoken] = tuple(document.catalogue(spoken, self._formulas) for document in self._documents)
        return self._built[spoken]


class _DocumentFiles:
    """The files of one document: a measures file, or one of those shipped, by its name.

    questions.toml, size_standard.toml and words.toml are taken from beside it, where they are there, else the shipped.
    """

    def __init__(self, path: Path) -> None:
        measures = shipped(SHIPPED[str(path)]) if not path.exists() and str(path) in SHIPPED else path
        if measures == path and len(path.parts) == 1 and not path.suffix and not path.exists():
            raise _no_such_name(path)
        self.files = {name: DataFile(_path(name, measures)) for name in NAMES}
        self.name = str(path)
        usual = shipped(SHIPPED[next(iter(SHIPPED))])
        self._is_usual = os.path.realpath(measures) == os.path.realpath(usual)

    def catalogue(self, spoken: str, formulas: "_Formulas") -> Catalogue:
        """The catalogue in a language. Raises UnusableFileError."""
        files = self.files
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
        own, measures = measures, formulas.taken(measures, problems)
        if problems:
            raise _refused(problems)
        builder = Builder(measures, questions, size, words)
        catalogue = builder.catalogue("\0".join((*(file.text for file in files.values()), *_taken(own, measures))))
        for problem in builder.problems:
            file = files[problem.place.file]
            place = place_of_problem(file.path, file.text, problem.place)
            problems.append(_("{place}：{message}", place=place, message=problem.text))
        if problems:
            raise _refused(problems)
        return replace(catalogue, paths=() if self._is_usual else (self.name,))


class _Formulas:
    """The formulas of routes of some documents, and of those that are shipped; each file is read when it is needed."""

    def __init__(self, documents: Sequence[_DocumentFiles]) -> None:
        self._files = [document.files["measures.toml"] for document in documents]
        self._known: dict[str, MeasuresFile | None] = {}

    def taken(self, measures: MeasuresFile, problems: list[str]) -> MeasuresFile:
        """The measures with the formulas that they take from routes of other documents."""
        if not any(route.estimate and route.estimate.of for table in measures.measures for route in table.routes):
            return measures
        own = measures.policy.key
        tables = (
            replace(
                table, routes=tuple(self._with_formula(own, table.number, route, problems) for route in table.routes)
            )
            for table in measures.measures
        )
        return replace(measures, measures=tuple(tables))

    def _with_formula(self, own: str, number: int, route: RouteTable, problems: list[str]) -> RouteTable:
        if route.estimate is None or not route.estimate.of:
            return route
        is_other = route.estimate.of.partition(".")[0] != own
        formula = self._formula(route.estimate.of) if is_other else None
        alone = replace(route.estimate, of="") == EstimateTable()
        if formula is not None and alone and not (formula.of or formula.cap_with or formula.raised):
            return replace(route, estimate=formula)
        place = _("measures.toml 第 {measure} 条 {route} estimate", measure=number, route=route.key)
        problems.append(
            _(
                "{place}：of 写别的文件的一个情形，如 beijing.2.production，它自己有算法，"
                "不用 of、cap_with、raised；别的什么都不写。文件要一起给出，或者是随附的（{known}）",
                place=place,
                known=_("、").join(SHIPPED),
            )
        )
        return route

    def _formula(self, route: str) -> EstimateTable | None:
        """The formula of a route by its id, as `beijing.2.production`; None if there is none."""
        document, _dot, rest = route.partition(".")
        if document not in self._known:
            self._known[document] = next(self._measures(document), None)
        measures = self._known[document]
        tables = measures.measures if measures else ()
        found = (each for table in tables for each in table.routes if f"{table.number}.{each.key}" == rest)
        return next((each.estimate for each in found), None)

    def _measures(self, document: str) -> Iterator[MeasuresFile]:
        """The files of a document: of those at hand, then the one that is shipped."""
        for file in self._files:
            measures = file.typed(MeasuresFile, CHINESE, []) if len(self._files) > 1 else None
            if measures is not None and measures.policy.key == document:
                yield measures
        if document in SHIPPED:
            measures = DataFile(shipped(SHIPPED[document])).typed(MeasuresFile, CHINESE, [])
            if measures is not None:
                yield measures


def _taken(own: MeasuresFile, measures: MeasuresFile) -> Iterator[str]:
    """What the measures have from other documents, as text."""
    for table, other in zip(own.measures, measures.measures, strict=True):
        yield from (str(r.estimate) for r, before in zip(other.routes, table.routes, strict=True) if r is not before)


def _path(name: str, measures: Path) -> Path:
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


def _no_such_name(path: Path) -> UnusableFileError:
    return UnusableFileError(
        _("没有文件 {path}，随附的目录里也没有叫这个名字的。", path=path),
        _("随附的是 {known}；别的目录请写 measures.toml 的路径。", known=_("、").join(SHIPPED)),
    )


def _refused(problems: list[str]) -> UnusableFileError:
    listed = "\n".join(f"  - {problem}" for problem in problems)
    return UnusableFileError(
        _("措施目录有 {count} 处问题，不能使用：", count=len(problems)) + f"\n{listed}", _("改正以后再试。")
    )
