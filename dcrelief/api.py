"""The door for other programs, such as notebooks: `import dcrelief` hands on what is here. See docs/api.md."""

import warnings
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from dcrelief import language as languages
from dcrelief.catalogue import load
from dcrelief.catalogue.schema import AS_OF
from dcrelief.errors import DcreliefError, UnusableFileError, UsageError
from dcrelief.files.answers import facts_of, read_answers_file
from dcrelief.language import CHINESE, _
from dcrelief.rules import assessment
from dcrelief.rules.assessment import Assessment
from dcrelief.rules.facts import Answers
from dcrelief.rules.model import Catalogue

if TYPE_CHECKING:  # only tables need it, and it takes most of the time
    import polars as pl

__all__ = [
    "Answers",
    "Assessment",
    "Catalogue",
    "DcreliefError",
    "assess",
    "assess_table",
    "load_catalogue",
    "read_answers",
]


def load_catalogue(*sources: str | PathLike[str], language: str = CHINESE) -> Catalogue:
    """The catalogue of measures that `--catalogue` takes: a measures.toml, or one of those shipped, by its name.

    sources: none for the shipped one of Dongcheng District; several for several documents together. language: of its
    texts, of the columns that assess_table adds and, from now on, of errors: `zh` or `en`. Raises DcreliefError with
    every problem of its files.
    """
    if language not in languages.languages():
        offered = _("、").join(languages.languages())
        raise UsageError(_("没有“{wanted}”这种语言。", wanted=language), _("有：{offered}。", offered=offered))
    languages.use(language)
    for source in sources:
        _check(source, (str, PathLike), "source", 'load_catalogue("beijing")')
    return load.load_catalogue(*map(Path, sources))


def read_answers(catalogue: Catalogue, source: str | PathLike[str] | Mapping[str, object], as_of: date) -> Answers:
    """The answers of an answers file (TOML or JSON, by its ending), or those of a mapping.

    source: a path; or values by the id of a fact or any of its names, as a file has them: amounts in yuan (numbers, or
    text such as `1200万`), days as dates or text, several choices as a list. None is asked and not known; a fact left
    out was not asked. as_of: the day of the assessment, after which no date may lie; one that stands in the source is
    passed over. Raises DcreliefError with everything that cannot be read.
    """
    _check(catalogue, Catalogue, "catalogue", "load_catalogue()")
    day = _day(as_of)
    if isinstance(source, Mapping):
        written = {str(name): _as_files_have(value) for name, value in source.items()}
        title = _("答案看不懂：")
        misfit: type[DcreliefError] = UsageError
    else:
        _check(source, (str, PathLike), "source", "read_answers(catalogue, {…}, as_of)")
        misfit = UnusableFileError
        written = dict(read_answers_file(Path(source), catalogue.tokens.months).written)
        title = _("{path} 看不懂：", path=source)
    answers, problems = facts_of(catalogue, ((name, raw) for name, raw in written.items() if name != AS_OF), day)
    if problems:
        raise misfit("\n".join((title, *(f"  - {problem}" for problem in problems))), _("改正以后再试。"))
    return answers


def assess(catalogue: Catalogue, answers: Answers, as_of: date) -> Assessment:
    """The assessment of a business on that day: a verdict on every route, in report order, and the totals.

    What is not answered is unknown. Amounts are whole fen (hundredths of a yuan), from least to most, most None where
    there is no upper bound. Raises DcreliefError for arguments of other types.
    """
    _check(catalogue, Catalogue, "catalogue", "load_catalogue()")
    _check(answers, Answers, "answers", "read_answers(…)")
    return assessment.assess(catalogue, answers, _day(as_of))


def assess_table(catalogue: Catalogue, frame: "pl.DataFrame", as_of: date) -> "pl.DataFrame":
    """A frame of businesses with the columns behind it that `dcrelief batch` writes: as many rows, in that order.

    frame: a row a business, a column a fact, headed as in a table (an id or a name, a unit of money behind it if it is
    not yuan); cells as text, numbers, dates or Booleans. Other columns are kept, those of an earlier result replaced.
    What comes: size, how many routes have which verdict, which measures fit, which wait for one answer, which answers
    are missing, totals (yuan, Decimal of two places), the first days (Date), the columns whose cell could not be read
    (it counts as unknown), and a verdict a route. Warns of what was read and is most likely a slip, and of columns that
    look like a fact. Raises DcreliefError where columns cannot be understood.
    """
    import polars as pl

    from dcrelief.batch.frames import AssessedFrame

    _check(catalogue, Catalogue, "catalogue", "load_catalogue()")
    _check(frame, pl.DataFrame, "frame", "pl.from_pandas(…), frame.collect()")
    assessed = AssessedFrame(catalogue, frame, _day(as_of))
    for doubt in assessed.doubts:
        warnings.warn(doubt, stacklevel=2)
    return assessed.rows


def _check(given: object, wanted: type | tuple[type, ...], name: str, ways: str) -> None:
    """Raises UsageError for an argument of another type; ways: what gives one of the right type."""
    if not isinstance(given, wanted):
        wanted = wanted if isinstance(wanted, tuple) else (wanted,)
        names = " | ".join(each.__name__ for each in wanted)
        raise UsageError(
            _("{name} 应是 {wanted}，不是 {given}。", name=name, wanted=names, given=type(given).__name__),
            _("可以写 {ways}。", ways=ways),
        )


def _day(as_of: date) -> date:
    """The day of the assessment, of a point in time its day. Raises UsageError for another type."""
    _check(as_of, date, "as_of", "date(2020, 2, 20)")
    return as_of.date() if isinstance(as_of, datetime) else as_of


def _as_files_have(value: object) -> object:
    """A value as TOML and JSON have it: what other programs have besides, in that form or as its text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return None if value != value else Decimal(str(value))  # as what is no number
    if isinstance(value, (tuple, set, frozenset)):
        return sorted(map(str, value))
    return value if value is None or isinstance(value, (bool, int, str, date, Decimal, list, dict)) else str(value)
