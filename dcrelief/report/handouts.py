"""What a person takes along: the report, the deadlines and the contact sheet, as files."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from dcrelief.files.chromium import find_chromium, print_pdf
from dcrelief.files.whole import write_whole
from dcrelief.language import _, later
from dcrelief.report.contact_sheet import ContactSheet
from dcrelief.report.html import PageWriter
from dcrelief.report.view import report_page
from dcrelief.rules.assessment import Assessment
from dcrelief.rules.model import Catalogue
from dcrelief.terminal.console import Environment
from dcrelief.terminal.targets import check_targets

_REPORT, _CONTACTS, _CALENDAR = later("报告"), later("联系人表"), later("截止日日历")
# The kinds of files, each with the endings that its name may have.
ENDINGS = {
    "html": (".html", ".htm"),
    "pdf": (".pdf",),
    "ics": (".ics",),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "vcard": (".vcf", ".vcard"),
}


class Handouts(Struct, frozen=True):
    """The files that a command is asked to write, by kind, a key of ENDINGS; chromium: what prints the PDF."""

    environment: Environment
    paths: dict[str, Path]
    chromium: Path | None

    def write_report(self, assessment: Assessment, *, full: bool = False) -> None:
        """Writes the files of an assessment and says where; full: every measure on paper. Raises UnusableFileError."""
        if {"html", "pdf"} & self.paths.keys():
            self._write_page(_REPORT, report_page(PageWriter(assessment.catalogue), assessment, full=full))
        if path := self.paths.get("ics"):
            from dcrelief.report.calendar import deadlines

            calendar = deadlines(assessment)
            if calendar is None:
                self.environment.say(_("符合的措施都没有截止日，没有写 {path}。", path=path))
            else:
                write_whole(path, calendar)
                self._say_written(_CALENDAR, path)

    def write_contacts(self, sheet: ContactSheet, *, a3: bool = False, old_cards: bool = False) -> None:
        """Writes the files of a contact sheet and says where; old_cards: as vCard 3.0. Raises UnusableFileError."""
        if {"html", "pdf"} & self.paths.keys():
            self._write_page(_CONTACTS, PageWriter(sheet.catalogue).contacts(sheet, a3=a3))
        tables = {kind: path for kind, path in self.paths.items() if kind in ("csv", "xlsx", "vcard")}
        for kind, path in tables.items():
            if kind == "csv":
                from dcrelief.files.csv_writer import write_rows

                write_rows(path, [sheet.headings(), *sheet.rows(sheet.catalogue.words("value.separator"))])
            elif kind == "xlsx":
                from dcrelief.report.contact_workbook import write_contact_workbook

                write_contact_workbook(path, sheet)
            else:
                from dcrelief.report.vcard import vcards

                write_whole(path, vcards(sheet, old=old_cards))
            self._say_written(_CONTACTS, path)

    def _write_page(self, what: str, page: str) -> None:
        if path := self.paths.get("html"):
            write_whole(path, page)
            self._say_written(what, path)
        if (path := self.paths.get("pdf")) and self.chromium:
            print_pdf(page, path, self.chromium)
            self._say_written(what, path)

    def _say_written(self, what: str, path: Path) -> None:
        self.environment.say(_("{what}写到 {path}。", what=_(what), path=path))


def handouts(
    environment: Environment,
    catalogue: Catalogue,
    *,
    reads: Sequence[Path | None],
    chromium: str | None,
    force: bool,
    **paths: Path | None,
) -> Handouts:
    """The files to write. Checks before the work that all can be written, and that there is a browser to print a PDF.

    paths: by kind, None for those that are not asked for. reads: as check_targets has it. Raises UsageError,
    UnusableFileError.
    """
    targets = [(path, ENDINGS[kind]) for kind, path in paths.items()]
    check_targets(environment, catalogue, targets, reads=reads, force=force)
    wanted = {kind: path for kind, path in paths.items() if path is not None}
    return Handouts(environment, wanted, find_chromium(chromium) if "pdf" in wanted else None)
