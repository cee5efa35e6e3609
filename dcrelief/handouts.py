"""What a person takes along: the report, the deadlines, the contact sheet and the application e-mail, as files."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from msgspec import Struct

from dcrelief.console import Environment
from dcrelief.errors import DcreliefError, UsageError
from dcrelief.files.chromium import find_chromium, print_pdf
from dcrelief.files.whole import file_name, whole, write_whole
from dcrelief.inputs import Targets, check_targets
from dcrelief.report.application import Application
from dcrelief.report.contact_sheet import ContactSheet
from dcrelief.report.view import write_report
from dcrelief.rules.assessment import Assessment, Verdict, may_fit
from dcrelief.rules.catalogue import Catalogue, Measure
from dcrelief.rules.truth import Truth
from dcrelief.rules.words import Words


class PageFiles(Struct, frozen=True):
    """The files that a page is asked to be written to; chromium: what prints it, if it is to be printed."""

    html: Path | None
    pdf: Path | None
    chromium: Path | None


class ContactFiles(Struct, frozen=True):
    """The tables and cards that a contact sheet is asked to be written to."""

    csv: Path | None = None
    xlsx: Path | None = None
    vcard: Path | None = None


def page_files(
    environment: Environment,
    catalogue: Catalogue,
    *,
    html: Path | None,
    pdf: Path | None,
    others: Targets,
    reads: Sequence[Path | None],
    chromium: str | None,
    force: bool,
) -> PageFiles:
    """Sees before the work that every file can be written, and that there is a browser if one is to print.

    Raises UsageError, UnusableFileError.
    """
    targets = ((html, (".html", ".htm")), (pdf, (".pdf",)), *others)
    check_targets(environment, catalogue, targets, reads=reads, force=force)
    return PageFiles(html, pdf, find_chromium(chromium) if pdf else None)


def write_report_files(environment: Environment, assessment: Assessment, page: PageFiles, ics: Path | None) -> None:
    """Writes the files and says where. Raises UnusableFileError."""
    catalogue = assessment.catalogue
    if page.html or page.pdf:
        from dcrelief.report.html import report_page

        _write_page(environment, catalogue, "report", report_page(write_report(assessment), catalogue), page)
    if ics:
        from dcrelief.report.calendar import deadlines

        calendar = deadlines(assessment)
        if calendar is None:
            environment.err().print(catalogue.words("output.no_deadlines", path=ics))
        else:
            write_whole(ics, calendar)
            _say_written(environment, catalogue, "calendar", ics)


def write_contact_files(environment: Environment, sheet: ContactSheet, page: PageFiles, files: ContactFiles) -> None:
    """Writes the files and says where. Raises UnusableFileError."""
    catalogue = sheet.catalogue
    if page.html or page.pdf:
        from dcrelief.report.html import contacts_page

        _write_page(environment, catalogue, "contacts", contacts_page(sheet), page)
    if files.csv:
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows([sheet.headings(), *sheet.rows()])
        write_whole(files.csv, "\ufeff" + text.getvalue())  # Excel wants the mark
    if files.xlsx:
        from dcrelief.report.contact_workbook import write_contact_workbook

        with whole(files.xlsx) as half:
            write_contact_workbook(half, sheet)
    if files.vcard:
        from dcrelief.report.vcard import vcards

        write_whole(files.vcard, vcards(sheet))
    for path in filter(None, (files.csv, files.xlsx, files.vcard)):
        _say_written(environment, catalogue, "contacts", path)


class Draft(Struct, frozen=True):
    """An application e-mail and where it goes."""

    application: Application
    path: Path


class Drafts(Struct, frozen=True):
    """The e-mails that apply for a measure, and the routes left out because they wait for an answer."""

    written: tuple[Draft, ...]
    waiting: tuple[Verdict, ...]


def drafts(assessment: Assessment, measure: Measure, out: Path | None) -> Drafts:
    """The e-mails of the routes that fit, or else of those that still may.

    Raises UsageError where nobody applies by e-mail, DcreliefError where nothing fits.
    """
    catalogue = assessment.catalogue
    words = catalogue.words
    by_mail = [verdict for verdict in assessment.verdicts if verdict.route.mail is not None]
    of_measure = [verdict for verdict in by_mail if verdict.route.measure == measure.number]
    if not of_measure:
        numbers = words("value.separator").join(map(str, sorted({verdict.route.measure for verdict in by_mail})))
        raise UsageError(
            words("mail.not_by_mail", number=measure.number),
            words("mail.by_mail", numbers=numbers, number=measure.number) if numbers else "",
        )
    fit = [verdict for verdict in of_measure if verdict.outcome == "eligible"]
    waiting = [
        verdict
        for verdict in of_measure
        if verdict.outcome == "needs_info" and may_fit(catalogue, verdict.route, assessment.answers, assessment.as_of)
    ]
    chosen = fit or waiting
    if not chosen:
        raise _nothing_fits(words, measure, of_measure)
    written = (
        Draft(_application(assessment, verdict), _draft_path(words, verdict, out, len(chosen))) for verdict in chosen
    )
    return Drafts(tuple(written), tuple(waiting if fit else ()))


def write_drafts(environment: Environment, assessment: Assessment, found: Drafts) -> None:
    """Writes the e-mails and says to whom each goes, and what is still open. Raises UnusableFileError."""
    words, err = assessment.catalogue.words, environment.err()
    for draft in found.written:
        application, route = draft.application, draft.application.verdict.route
        write_whole(draft.path, application.message())
        err.print(words("mail.written", path=draft.path, recipient=application.recipient()))
        if not route.materials:
            err.print(words("mail.no_materials", route=route.title))
        _say_missing(environment, assessment, "mail.open", application.verdict)
    for verdict in found.waiting:
        _say_missing(environment, assessment, "mail.waiting", verdict)


def _say_missing(environment: Environment, assessment: Assessment, key: str, verdict: Verdict) -> None:
    words = assessment.catalogue.words
    if verdict.missing:
        missing = words("value.separator").join(map(assessment.catalogue.fact_label, verdict.missing))
        environment.err().print(words(key, route=verdict.route.title, missing=missing))


def _application(assessment: Assessment, verdict: Verdict) -> Application:
    assert verdict.route.mail is not None
    return Application(assessment, verdict, verdict.route.mail)


def _draft_path(words: Words, verdict: Verdict, out: Path | None, count: int) -> Path:
    """Where a draft goes: where it was asked to, with the route's key if there are several, or a name of its own."""
    route = verdict.route
    if out is None:
        return Path(words("mail.file", number=route.measure, route=file_name(route.title, 60)))
    return out if count == 1 else out.with_stem(f"{out.stem}-{route.key}")


def _nothing_fits(words: Words, measure: Measure, verdicts: list[Verdict]) -> DcreliefError:
    lines = [words("mail.not_fit", number=measure.number)]
    for verdict in verdicts:
        against = words("value.also").join(reason.text for reason in verdict.reasons if reason.truth is Truth.NO)
        lines.append(words("mail.not_fit_line", name=verdict.route.title, why=against))
    return DcreliefError("\n".join(lines), words("mail.not_fit_hint", number=measure.number))


def _write_page(environment: Environment, catalogue: Catalogue, what: str, page: str, files: PageFiles) -> None:
    if files.html:
        write_whole(files.html, page)
        _say_written(environment, catalogue, what, files.html)
    if files.pdf and files.chromium:
        print_pdf(page, files.pdf, files.chromium)
        _say_written(environment, catalogue, what, files.pdf)


def _say_written(environment: Environment, catalogue: Catalogue, what: str, path: Path) -> None:
    words = catalogue.words
    environment.err().print(words("output.written", what=words(f"output.{what}"), path=path))
