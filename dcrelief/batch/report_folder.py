"""The reports of a batch in a folder: a page a business, one that leads to them, and one to print."""

from pathlib import Path
from shutil import copyfileobj
from typing import IO
from urllib.parse import quote, unquote

from dcrelief.batch.assessor import Assessor
from dcrelief.batch.pipeline import OutgoingBatch, Sink
from dcrelief.batch.summary import Tally
from dcrelief.errors import UnusableFileError, why
from dcrelief.files.whole import report_name, whole, write_whole
from dcrelief.language import _
from dcrelief.report.html import PageWriter
from dcrelief.report.view import ReportWriter
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers, BadValue, Value
from dcrelief.rules.kinds import read

INDEX, PRINT_ALL = "index.html", "print-all.html"


class ReportSink(Sink):
    """Writes HTML pages, each named by the row and the business; a page that leads to them; and one to print them.

    sheets: an empty file for what has come so far of the last; its owner clears it away.
    """

    def __init__(self, folder: Path, sheets: IO[str], assessor: Assessor) -> None:
        self._folder = folder
        self._assessor = assessor
        self._pages = PageWriter(assessor.catalogue)
        self._rows: list[tuple[str, ...]] = []
        self._sheets = sheets
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnusableFileError(
                _("建不了文件夹 {folder}：{why}。", folder=folder, why=why(error)), _("请换一个地方。")
            ) from None

    def write(self, batch: OutgoingBatch) -> None:
        """See Sink. Raises UnusableFileError where a report cannot be written."""
        for number, row in zip(batch.numbers, batch.cells.iter_rows(), strict=True):
            answers = self._answers(dict(zip(batch.headings, row, strict=True)))
            assessment = assess(self._assessor.catalogue, answers, self._assessor.as_of)
            writer = ReportWriter(assessment)
            view, named = writer.page(), [*filter(None, [batch.sheet]), *self._named(answers)]
            name = report_name(number, named)
            write_whole(self._folder / name, self._pages.report(view, writer.business))
            self._sheets.write(self._pages.sheet(view, f"row-{len(self._rows)}-"))
            words = self._assessor.catalogue.words
            figures = words("value.also").join(f"{label} {value}" for label, value in view.figures)
            fits = str(len(assessment.with_outcome("eligible")))
            self._rows.append((quote(name), " ".join((str(number), *named)), fits, figures))

    def finish(self, tally: Tally) -> None:
        """See Sink. Counts the pages of other runs: they may be of clients that are in another row now."""
        words, ours = self._assessor.catalogue.words, {unquote(name) for name, *_ in self._rows} | {INDEX, PRINT_ALL}
        title = words("page.index", count=len(self._rows))
        headings = tuple(words(f"page.index_{key}") for key in ("row", "fits", "figures"))
        write_whole(self._folder / INDEX, self._pages.index(title, PRINT_ALL, headings, self._rows))
        before, behind = self._pages.around_sheets(title)
        self._sheets.seek(0)
        with whole(self._folder / PRINT_ALL) as half, half.open("w", encoding="utf-8", newline="") as file:
            file.write(before)
            copyfileobj(self._sheets, file)
            file.write(behind)
        tally.other_reports = sum(path.name not in ours for path in self._folder.glob("*.html"))

    def _answers(self, cells: dict[str, str | None]) -> Answers:
        catalogue = self._assessor.catalogue
        values: dict[str, Value] = {}
        for heading, fact in self._assessor.headings.items():
            value = read(fact, cells[heading], self._assessor.as_of, catalogue.tokens)
            if not isinstance(value, BadValue):
                values[fact.id] = value
        return Answers(values)

    def _named(self, answers: Answers) -> list[str]:
        """The business's number and name, as far as they are known."""
        catalogue = self._assessor.catalogue
        return [
            value for fact in (catalogue.id_fact, catalogue.name_fact) if isinstance(value := answers.value(fact), str)
        ]
