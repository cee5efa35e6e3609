"""What a command was given: answers, a date, a measure, a unit; each checked before the work."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from dcrelief.catalogue.data_files import read_text
from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.files.answers import facts_of, read_answers_file, read_settings
from dcrelief.language import _
from dcrelief.report.cites import cite
from dcrelief.rules.facts import Answers, nearest_of
from dcrelief.rules.kinds.date_kind import read_day
from dcrelief.rules.model import Catalogue, Measure
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.subjects import measures_about
from dcrelief.rules.text import folded
from dcrelief.rules.usual import is_unlikely, likely_meant
from dcrelief.terminal.console import Environment

# `6`, `第6条`, `Measure 6`, `no. 6`, `#6`, folded; a single Latin letter is a slip of the finger.
_MOST_UNUSED = 5
_MEASURE = re.compile(r"(?:#|[^\W\d_a-z]|[a-z]{2,}\.?)?(\d{1,9})[^\W\d_a-z]?")


def given_answers(
    catalogue: Catalogue,
    path: Path | None,
    settings: Sequence[str] | None,
    as_of: str | None,
    environment: Environment,
    elsewhere: Collection[str] = (),
) -> tuple[Answers, date | None]:
    """The answers of the file and of --set, where --set wins, and the date of --as-of or of the file.

    elsewhere: folded names of facts of another catalogue; those that this one does not have are passed over. What the
    file answers of another shipped document is passed over and said.
    Raises UsageError, UnusableFileError.
    """
    here, today = catalogue.names().keys(), environment.today
    not_here = set(elsewhere) - here
    day = given_day(catalogue, as_of)
    given = Answers()
    if path is not None:
        file = read_answers_file(path, catalogue.tokens.months)
        day = day or file.as_of
        written = {name: value for name, value in file.written.items() if folded(name) not in not_here}
        strange = [name for name in written if folded(name) not in here]
        unused = _of_other_documents(strange) if strange else []  # it reads all the shipped catalogues
        if unused:
            environment.say(
                _(
                    "{path} 里有 {count} 个答案是别的文件问的，这里用不上：{names}",
                    path=path,
                    count=len(unused),
                    names=_("、").join(unused[:_MOST_UNUSED]) + ("…" if len(unused) > _MOST_UNUSED else ""),
                )
            )
        pairs = ((name, value) for name, value in written.items() if name not in unused)
        given, problems = facts_of(catalogue, pairs, day or today)
        if problems:
            raise UnusableFileError(
                _listed(_("{path} 有 {count} 处看不懂：", path=path, count=len(problems)), problems),
                _("改正以后再试。"),
            )
    settled = (pair for pair in read_settings(settings or ()) if folded(pair[0]) not in not_here)
    set_answers, problems = facts_of(catalogue, settled, day or today)
    if problems:
        raise UsageError(_listed(_("--set 看不懂："), problems), _("改正以后再试。"))
    return given.also(set_answers), day


def _of_other_documents(names: Collection[str]) -> list[str]:
    """The names that are of facts of any shipped document."""
    from dcrelief.catalogue.load import load_catalogue
    from dcrelief.catalogue.locate import SHIPPED

    known: set[str] = set()
    for shipped in SHIPPED:
        known |= load_catalogue(Path(shipped)).names().keys()
    return [name for name in names if folded(name) in known]


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
    """The measure of `6`, `第6条` or `Measure 6`; of several documents, `区6`, `市第6条` or `beijing.6`.

    Raises UsageError.
    """
    rests = {measure.id: _behind_name(measure, folded(number)) for measure in catalogue.measures}
    named = any(rest is not None for rest in rests.values())
    found = []
    for measure in catalogue.measures:
        rest = rests[measure.id] if named else folded(number)
        match = _MEASURE.fullmatch(rest) if rest is not None else None
        if match and int(match[1]) == measure.number:
            found.append(measure)
    if len(found) == 1:
        return found[0]
    if found:
        labels = _("、").join(measure.label for measure in found)
        raise UsageError(_("第“{number}”条不止一份文件有，请写 {labels} 中的一个。", number=number[:20], labels=labels))
    by_document: dict[str, list[str]] = {}
    for measure in catalogue.measures:
        by_document.setdefault(measure.document, []).append(measure.label)
    ranges = [_("{first} 到 {last}", first=labels[0], last=labels[-1]) for labels in by_document.values()]
    raise UsageError(
        _("没有第“{number}”条。", number=number[:20]),
        _("条号是 {ranges}，用 dcrelief list{where} 看全部。", ranges=_("、").join(ranges), where=catalogue.option),
    )


def _behind_name(measure: Measure, written: str) -> str | None:
    """What is written behind a name of the document of a measure, None where none of these is written."""
    names = filter(None, (folded(measure.mark), measure.document))
    return next((written.removeprefix(name).lstrip(".") for name in names if written.startswith(name)), None)


def given_article(catalogue: Catalogue, source: Path, measure: Measure) -> str:
    """The article of a measure, word for word. Raises UnusableFileError where the file has none."""
    from dcrelief.proof.document_files import load_document  # only this looks at the document

    policy = catalogue.policy_of(measure.id)
    if len(catalogue.policies) > 1 and folded(policy.title) not in folded(read_text(source)):
        raise UnusableFileError(
            _(
                "{path} 里没有“{title}”，不是{cited}的文件。",
                path=source,
                title=policy.title,
                cited=cite(catalogue, measure.id),
            ),
            _("请给这一份文件的纯文本。"),
        )
    articles = load_document(source, policy.document).articles
    text = next((article.text for article in articles if article.number == measure.number), "")
    if not text:
        raise UnusableFileError(
            _("{path} 里没有{cited}的原文。", path=source, cited=cite(catalogue, measure.id)),
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


def given_subject(catalogue: Catalogue, wanted: str) -> frozenset[str]:
    """The ids of the measures of what is wanted, such as `房租`. Raises UsageError with what one can look for."""
    ids = measures_about(catalogue, wanted)
    if not ids:
        subjects = catalogue.words.joined(subject.label for subject in catalogue.subjects)
        hint = _("可以找：{subjects}；单位用 --unit。", subjects=subjects) if subjects else _("单位用 --unit。")
        raise UsageError(_("没有和“{wanted}”有关的措施。", wanted=wanted[:40]), hint)
    return ids


def given_unit_or_subject(catalogue: Catalogue, name: str) -> tuple[str, frozenset[str]]:
    """The unit of that name; where there is none, the ids of the measures of what people call so. Raises UsageError."""
    try:
        return given_unit(catalogue, name), frozenset()
    except UsageError:
        ids = measures_about(catalogue, name)
        if not ids:
            raise
        return "", ids


def _listed(title: str, problems: list[str]) -> str:
    return "\n".join((title, *(f"  - {problem}" for problem in problems)))
