"""The reports of a batch: a page a business, in a folder."""

from pathlib import Path

from dcrelief.batch.assessor import Assessor
from dcrelief.batch.pipeline import OutgoingBatch, Sink
from dcrelief.batch.summary import Tally
from dcrelief.errors import UnusableFileError, why
from dcrelief.files.whole import file_name, write_whole
from dcrelief.language import _
from dcrelief.report.html import PageWriter
from dcrelief.report.view import report_page
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers, BadValue, Value
from dcrelief.rules.kinds import read


class ReportSink(Sink):
    """Writes HTML pages, each named by the row and the business."""

    def __init__(self, folder: Path, assessor: Assessor) -> None:
        self._folder = folder
        self._assessor = assessor
        self._pages = PageWriter(assessor.catalogue)
        self._names: set[str] = set()
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
            page = report_page(self._pages, assessment)
            name = self._name(number, answers)
            write_whole(self._folder / name, page)
            self._names.add(name)

    def finish(self, tally: Tally) -> None:
        """See Sink. Counts the pages of other runs: they may be of clients that are in another row now."""
        tally.other_reports = sum(path.name not in self._names for path in self._folder.glob("*.html"))

    def _answers(self, cells: dict[str, str | None]) -> Answers:
        catalogue = self._assessor.catalogue
        values: dict[str, Value] = {}
        for heading, fact in self._assessor.headings.items():
            value = read(fact, cells[heading], self._assessor.as_of, catalogue.tokens)
            if not isinstance(value, BadValue):
                values[fact.id] = value
        return Answers(values)

    def _name(self, number: int, answers: Answers) -> str:
        policy = self._assessor.catalogue.policy
        named = [value for fact in (policy.id_fact, policy.name_fact) if isinstance(value := answers.value(fact), str)]
        return "-".join([str(number), *(file_name(text, 40) for text in named)]) + ".html"
