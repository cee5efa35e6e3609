"""What a command was given: answers, a date, a measure, a unit; each checked before the work."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.files.answers import facts_of, read_answers_file, read_settings
from dcrelief.language import _
from dcrelief.rules.facts import Answers, nearest_of
from dcrelief.rules.kinds.date_kind import read_day
from dcrelief.rules.model import Catalogue, Measure
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.subjects import measures_about
from dcrelief.rules.text import folded
from dcrelief.rules.usual import is_unlikely, likely_meant

# `6`, `第6条`, `Measure 6`, `no. 6`, `#6`, folded; a single Latin letter is a slip of the finger.
_MEASURE = re.compile(r"(?:#|[^\W\d_a-z]|[a-z]{2,}\.?)?(\d{1,9})[^\W\d_a-z]?")


def given_answers(
    catalogue: Catalogue,
    path: Path | None,
    settings: Sequence[str] | None,
    as_of: str | None,
    today: date,
    elsewhere: Collection[str] = (),
) -> tuple[Answers, date | None]:
    """The answers of the file and of --set, where --set wins, and the date of --as-of or of the file.

    elsewhere: folded names of facts of another catalogue; those that this one does not have are passed over.
    Raises UsageError, UnusableFileError.
    """
    not_here = set(elsewhere) - catalogue.names().keys()
    day = given_day(catalogue, as_of)
    given = Answers()
    if path is not None:
        file = read_answers_file(path, catalogue.tokens.months)
        day = day or file.as_of
        written = (pair for pair in file.written.items() if folded(pair[0]) not in not_here)
        given, problems = facts_of(catalogue, written, day or today)
        if problems:
            raise UnusableFileError(
                _listed(_("{path} 有 {count} 处看不懂：", path=path, count=len(problems)), problems),
                _("改正以后再试。"),
            )
    pairs = (pair for pair in read_settings(settings or ()) if folded(pair[0]) not in not_here)
    set_answers, problems = facts_of(catalogue, pairs, day or today)
    if problems:
        raise UsageError(_listed(_("--set 看不懂："), problems), _("改正以后再试。"))
    return given.also(set_answers), day


def unlikely_answers(catalogue: Catalogue, answers: Answers) -> list[str]:
    """What is said of each answer that is most likely a slip; it is taken as it stands."""
    explainer, said = Explainer(catalogue.facts, catalogue.words), []
    for name, value in answers.items():
        fact = catalogue.facts[name]
        if is_unlikely(fact, value):
            meant = likely_meant(fact, value)
            shown = {"label": fact.label, "value": explainer.show(fact, value)}
            text = _("{label} {value}，少见，照写的算了，请核对。", **shown)
            if meant is not None:
                text = _(
                    "{label} {value}，少见：是不是 {meant}？照写的算了，请核对。",
                    **shown,
                    meant=explainer.show(fact, meant),
                )
            said.append(text)
    return said


def given_day(catalogue: Catalogue, as_of: str | None) -> date | None:
    """The day of --as-of. Raises UsageError."""
    day = None if as_of is None else read_day(as_of, catalogue.tokens.months)
    if as_of is not None and day is None:
        raise UsageError(_("--as-of 看不懂“{as_of}”。", as_of=as_of[:40]), _("请写成 2020-02-20。"))
    return day


def given_measure(catalogue: Catalogue, number: str) -> Measure:
    """The measure of `6`, `第6条` or `Measure 6`. Raises UsageError."""
    match = _MEASURE.fullmatch(folded(number))
    wanted = int(match[1]) if match else 0
    for measure in catalogue.measures:
        if measure.number == wanted:
            return measure
    first, last = catalogue.measures[0].number, catalogue.measures[-1].number
    raise UsageError(
        _("没有第“{number}”条。", number=number[:20]),
        _("条号是 {first} 到 {last}，用 dcrelief list{where} 看全部。", first=first, last=last, where=catalogue.option),
    )


def given_article(catalogue: Catalogue, source: Path, number: int) -> str:
    """The article of a measure, word for word. Raises UnusableFileError where the file has none."""
    from dcrelief.proof.document_files import load_document  # only this looks at the document

    articles = load_document(source, catalogue.policy.document).articles
    text = next((article.text for article in articles if article.number == number), "")
    if not text:
        raise UnusableFileError(
            _("{path} 里没有第{number}条的原文。", path=source, number=number),
            _("请给文件的纯文本（.txt）；--save-facts 存的 .json 里没有原文。"),
        )
    return text


def given_unit(catalogue: Catalogue, name: str) -> str:
    """The unit of that name, responsible for a measure or with a contact; a part of the name is enough if it fits one.

    Raises UsageError with the nearest, or with those that it may be.
    """
    words = catalogue.words
    units = [contact.unit for contact in catalogue.contacts.values()]
    units += [unit for measure in catalogue.measures for unit in measure.units]
    names = {folded(unit): unit for unit in units}
    names |= {folded(other): contact.unit for contact in catalogue.contacts.values() for other in contact.unit_names}
    if folded(name) in names:
        return names[folded(name)]
    meant = list(dict.fromkeys(unit for other, unit in names.items() if folded(name) in other))
    if len(meant) == 1:
        return meant[0]
    if meant and folded(name):
        several = _("名字里有“{unit}”的单位不止一个：{units}。", unit=name, units=words.joined(meant))
        raise UsageError(several, _("单位名用 dcrelief contacts{where} 看。", where=catalogue.option))
    nearest = nearest_of(name, names)
    hint = _("最接近的是“{nearest}”。", nearest=nearest) if nearest else ""
    raise UsageError(
        _("没有“{unit}”这个单位。", unit=name[:40]),
        hint + _("单位名用 dcrelief contacts{where} 看。", where=catalogue.option),
    )


def given_numbers(catalogue: Catalogue, wanted: str) -> frozenset[int]:
    """The measures of what is wanted, such as `房租`. Raises UsageError with what one can look for."""
    numbers = measures_about(catalogue, wanted)
    if not numbers:
        subjects = catalogue.words.joined(subject.label for subject in catalogue.subjects)
        hint = _("可以找：{subjects}；单位用 --unit。", subjects=subjects) if subjects else _("单位用 --unit。")
        raise UsageError(_("没有和“{wanted}”有关的措施。", wanted=wanted[:40]), hint)
    return numbers


def given_unit_or_numbers(catalogue: Catalogue, name: str) -> tuple[str, frozenset[int]]:
    """The unit of that name; where there is none, the measures of what people call so. Raises UsageError."""
    try:
        return given_unit(catalogue, name), frozenset()
    except UsageError:
        numbers = measures_about(catalogue, name)
        if not numbers:
            raise
        return "", numbers


def _listed(title: str, problems: list[str]) -> str:
    return "\n".join((title, *(f"  - {problem}" for problem in problems)))
