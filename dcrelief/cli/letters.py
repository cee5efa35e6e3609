"""Applications by e-mail: for which routes of a measure, and where each draft goes."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from dcrelief.errors import DcreliefError, UsageError
from dcrelief.files.whole import file_name, write_whole
from dcrelief.language import _, later
from dcrelief.report.application import Application
from dcrelief.report.cites import cite, cite_in_order
from dcrelief.rules.assessment import Assessment, Verdict
from dcrelief.rules.model import Catalogue, Measure
from dcrelief.rules.truth import Truth
from dcrelief.terminal.console import Environment

_OPEN = later("注意：{route}还差答案，不一定符合：{missing}")
_WAITING = later("另外，{route}还差答案，没有写邮件：{missing}")


class Letters(Struct, frozen=True):
    """The e-mails that apply for a measure, and where each goes. waiting: left out, since an answer is missing."""

    applications: tuple[Application, ...]
    paths: tuple[Path, ...]
    waiting: tuple[Verdict, ...]


def letters_for(assessment: Assessment, measure: Measure, out: Path | None) -> Letters:
    """The e-mails of the routes that fit; if none fits, of those that still may.

    Raises UsageError where nobody applies by e-mail, DcreliefError where nothing fits.
    """
    by_mail = [verdict for verdict in assessment.verdicts if verdict.route.mail is not None]
    of_measure = [verdict for verdict in by_mail if verdict.route.measure == measure.id]
    if not of_measure:
        catalogue = assessment.catalogue
        others = cite_in_order(catalogue, (verdict.route.measure for verdict in by_mail))
        hint = _(
            "用邮件申请的是{others}；怎么办用 dcrelief show {number}{where} 看。",
            others=others,
            number=measure.label,
            where=catalogue.option,
        )
        raise UsageError(_("{cited}不是用邮件申请的。", cited=cite(catalogue, measure.id)), hint if others else "")
    fit = [verdict for verdict in of_measure if verdict.outcome == "eligible"]
    waiting = [verdict for verdict in of_measure if verdict.outcome == "needs_info"]
    chosen = fit or waiting
    if not chosen:
        raise _nothing_fits(assessment.catalogue, measure, of_measure)
    return Letters(
        tuple(Application(assessment, verdict) for verdict in chosen),
        tuple(_letter_path(assessment.catalogue, verdict, out, len(chosen)) for verdict in chosen),
        tuple(waiting if fit else ()),
    )


def write_letters(
    environment: Environment, assessment: Assessment, found: Letters, applications: Sequence[Application]
) -> None:
    """Writes the e-mails and says to whom each goes, and what is still open. Raises UnusableFileError.

    applications: the same as in found, in the same order, in the language of the office.
    """
    for mine, path, application in zip(found.applications, found.paths, applications, strict=True):
        verdict = mine.verdict
        write_whole(path, application.message())
        message = _(
            "邮件草稿写到 {path}，收件人 {recipient}。还没有发送：用邮件程序打开，填好空着的，附上材料，再自己发。",
            path=path,
            recipient=mine.recipient(),
        )
        environment.say(message)
        if not verdict.route.materials:
            environment.say(_("{route}：文件没有列出材料，先打电话问清要附什么，再发。", route=verdict.route.title))
        _say_missing(environment, assessment, _OPEN, verdict)
    for verdict in found.waiting:
        _say_missing(environment, assessment, _WAITING, verdict)


def _say_missing(environment: Environment, assessment: Assessment, message: str, verdict: Verdict) -> None:
    words = assessment.catalogue.words
    if verdict.missing:
        missing = words.joined(map(assessment.catalogue.fact_label, verdict.missing))
        environment.say(_(message, route=verdict.route.title, missing=missing))


def _letter_path(catalogue: Catalogue, verdict: Verdict, out: Path | None, count: int) -> Path:
    """Where a draft goes: to `out`, with the route's key if there are several, or to a file named after the route."""
    route = verdict.route
    if out is None:
        cited = cite(catalogue, route.measure).replace(" ", "-")
        return Path(file_name(catalogue.words("mail.file", cited=cited, route=file_name(route.title, 60)), 200))
    return out if count == 1 else out.with_stem(f"{out.stem}-{route.key}")


def _nothing_fits(catalogue: Catalogue, measure: Measure, verdicts: list[Verdict]) -> DcreliefError:
    words, where = catalogue.words, catalogue.option
    cited = cite(catalogue, measure.id)
    lines = [_("按这些答案，{cited}用邮件申请的情形都不符合，没有写邮件：", cited=cited)]
    for verdict in verdicts:
        against = words("value.also").join(reason.text for reason in verdict.reasons if reason.truth is Truth.NO)
        lines.append(_("  - {name}：{why}", name=verdict.route.title, why=against))
    return DcreliefError(
        "\n".join(lines),
        _("答案有错的话改正后再试；怎么办用 dcrelief show {number}{where} 看。", number=measure.label, where=where),
    )
