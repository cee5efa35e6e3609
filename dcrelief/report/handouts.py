"""What a person takes along: the report, the deadlines and the contact sheet, as files."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from dcrelief.files.chromium import find_chromium, print_pdf
from dcrelief.files.whole import whole, write_whole
from dcrelief.language import _, later
from dcrelief.report.contact_sheet import ContactSheet
from dcrelief.report.view import write_report
from dcrelief.rules.assessment import Assessment
from dcrelief.rules.model import Catalogue
from dcrelief.terminal.console import Environment
from dcrelief.terminal.targets import Targets, check_targets

_REPORT, _CONTACTS, _CALENDAR = later("报告"), later("联系人表"), later("截止日日历")


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
        from dcrelief.report.html import PageWriter

        _write_page(environment, _REPORT, PageWriter(catalogue).report(write_report(assessment)), page)
    if ics:
        from dcrelief.report.calendar import deadlines

        calendar = deadlines(assessment)
        if calendar is None:
            environment.say(_("符合的措施都没有截止日，没有写 {path}。", path=ics))
        else:
            write_whole(ics, calendar)
            _say_written(environment, _CALENDAR, ics)


def write_contact_files(environment: Environment, sheet: ContactSheet, page: PageFiles, files: ContactFiles) -> None:
    """Writes the files and says where. Raises UnusableFileError."""
    catalogue = sheet.catalogue
    if page.html or page.pdf:
        from dcrelief.report.html import PageWriter

        _write_page(environment, _CONTACTS, PageWriter(catalogue).contacts(sheet), page)
    if files.csv:
        from dcrelief.files.csv_writer import write_rows

        write_rows(files.csv, [sheet.headings(), *sheet.rows(catalogue.words("value.separator"))])
    if files.xlsx:
        from dcrelief.report.contact_workbook import write_contact_workbook

        with whole(files.xlsx) as half:
            write_contact_workbook(half, sheet)
    if files.vcard:
        from dcrelief.report.vcard import vcards

        write_whole(files.vcard, vcards(sheet))
    for path in filter(None, (files.csv, files.xlsx, files.vcard)):
        _say_written(environment, _CONTACTS, path)


def _write_page(environment: Environment, what: str, page: str, files: PageFiles) -> None:
    if files.html:
        write_whole(files.html, page)
        _say_written(environment, what, files.html)
    if files.pdf and files.chromium:
        print_pdf(page, files.pdf, files.chromium)
        _say_written(environment, what, files.pdf)


def _say_written(environment: Environment, what: str, path: Path) -> None:
    environment.say(_("{what}写到 {path}。", what=_(what), path=path))
