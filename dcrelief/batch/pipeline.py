"""A table of businesses in, files out: one batch is parsed while another is assessed, in order, in bounded memory."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache, partial
from heapq import merge
from itertools import chain, islice

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from dcrelief.batch.assessor import AssessedBatch, Assessor, BadCell
from dcrelief.batch.businesses import ROW
from dcrelief.batch.sheet import who
from dcrelief.batch.summary import Tally
from dcrelief.batch.table import Rows, Surplus, Table
from dcrelief.columnar.cells import BAD_SCHEMA
from dcrelief.rules.kinds import kind_of

AHEAD = 1  # batches begun before one is asked for: more would take more memory than it saves time
MOST_SHOWN = 5  # of the bad cells


class OutgoingBatch(Struct, frozen=True):
    """A batch on its way out: the table's own cells, the number of each row, the assessment, and the bad cells.

    cells: columns of text, those of few spellings as an Enum; some are renamed. headings: as the table has them.
    bad: gives the bad cells, row by row; what is wrong with each is only put in words for who asks. sheet: see Rows.
    """

    cells: pl.DataFrame
    headings: Sequence[str]
    numbers: pl.Series
    assessed: AssessedBatch
    bad: Callable[[], Sequence[BadCell]]
    sheet: str = ""


class OwnColumns(Struct, frozen=True):
    """The table's own columns on their way out.

    headings: of all. numbers: gives those below which only numbers stand, of a workbook. sheet: that of the sheets'
    names, empty if only one is read.
    """

    headings: Sequence[str]
    numbers: Callable[[], frozenset[str]] = frozenset
    sheet: str = ""


class Sink(ABC):
    """Takes batches, in order."""

    @abstractmethod
    def write(self, batch: OutgoingBatch) -> None:
        """Takes a batch."""

    def finish(self, tally: Tally) -> None:  # noqa: B027 - for most nothing
        """Does what is left to do after the last batch; tally: what all come to."""


def assess_table(
    assessed_rows: Iterator[tuple[Rows, AssessedBatch]],
    headings: Sequence[str],
    assessor: Assessor,
    new_names: dict[str, str],
    sinks: Sequence[Sink],
    progressed: Callable[[int, int], None],
) -> Tally:
    """Hands each batch, as in_order gives them, to the sinks, and adds up what all come to.

    headings, new_names: of the table's columns that are kept, and those that are renamed. progressed: takes the rows so
    far, and how much of the table that is. Raises UnusableFileError for a table that cannot be read on.
    """
    tally = Tally()
    for rows, assessed in assessed_rows:
        bad, shortened, doubtful, aside = (
            partial(cells, assessor, rows, assessed)
            for cells in (_bad_cells, _shortened_cells, _doubtful_cells, _set_aside)
        )
        cells = rows.cells.select(headings).rename(new_names)
        noted = cache(partial(_row_by_row, aside, bad, shortened, doubtful))
        for sink in sinks:
            sink.write(OutgoingBatch(cells, headings, rows.cells[ROW], assessed, noted, rows.sheet))
        tally.add(assessor.sheet, assessed.verdicts, assessed.sums)
        tally.bad_cells += assessed.flagged.height + len(_beyond_aside(rows))
        tally.shortened_cells += rows.shortened.height
        tally.doubtful_cells += assessed.doubtful.height
        for first, found in (
            (tally.first_bad, bad),
            (tally.first_left_out, aside),
            (tally.first_shortened, shortened),
            (tally.first_doubtful, doubtful),
        ):
            first.extend(islice(found(), MOST_SHOWN - len(first)))
        if name_fact := assessor.catalogue.name_fact:
            tally.add_names(rows.cells[ROW], assessed.facts[name_fact], rows.sheet)
            if any(fact.id == name_fact for fact in assessor.headings.values()):
                nameless = assessed.facts.select(who(assessor.catalogue, rows.cells[ROW]))
                nameless = nameless.filter(pl.col("name").is_null() & pl.col("id").is_null())
                tally.nameless += (rows.place(str(row)) for row in nameless["row"])
        tally.bare += (rows.place(str(row)) for row in rows.bare)
        tally.left_out.update(each.why for each in rows.set_aside)
        progressed(tally.businesses, rows.done)
        # Rather than to keep them while the next batch is on its way.
        del rows, assessed, cells, bad, shortened, doubtful, aside, noted, found
    return tally


def in_order(stack: ExitStack, table: Table, assessor: Assessor) -> Iterator[tuple[Rows, AssessedBatch]]:
    """Each batch of a table with its assessment, in order. Threads work AHEAD of them, until the stack closes.

    The first batch is begun at once. The file is read here, so that no thread waits for input that is slow to come.
    Raises UnusableFileError, and so does the next batch, where the table cannot be read on.
    """
    parsing = stack.enter_context(ThreadPoolExecutor(1))
    assessing = stack.enter_context(ThreadPoolExecutor(1))

    def begin(part: Callable[[], Rows]) -> Future[tuple[Rows, AssessedBatch]]:
        return assessing.submit(assessed_part, parsing.submit(part))

    def assessed_part(parsed: Future[Rows]) -> tuple[Rows, AssessedBatch]:
        rows = parsed.result()
        assessed = assessor.assess_rows(rows.cells, _beyond(assessor, rows))
        return replace(rows, cells=rows.cells.with_columns(assessed.spelt)), assessed

    def go_on() -> Iterator[tuple[Rows, AssessedBatch]]:
        for part in parts:
            ahead.append(begin(part))
            if len(ahead) > AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()

    parts = table.parts()
    ahead = deque([begin(next(parts))])
    return go_on()


def _row_by_row(*cells: Callable[[], Iterator[BadCell]]) -> list[BadCell]:
    """Cells of several kinds together, those of a row in the order of the kinds."""
    return sorted(chain.from_iterable(each() for each in cells), key=lambda cell: cell.row)


def _bad_cells(assessor: Assessor, rows: Rows, assessed: AssessedBatch) -> Iterator[BadCell]:
    """The cells of businesses that could not be read, and all outside the headings, row by row."""
    words = assessor.catalogue.words
    aside = [
        BadCell(cell.row, "", rows.place(_beyond_heading(assessor, cell)), cell.written, words("batch.no_heading"))
        for cell in _beyond_aside(rows)
    ]
    yield from merge(_bad_of_businesses(assessor, rows, assessed), aside, key=lambda cell: cell.row)


def _bad_of_businesses(assessor: Assessor, rows: Rows, assessed: AssessedBatch) -> Iterator[BadCell]:
    words = assessor.catalogue.words
    for row, name, heading, written in _where(assessor, rows, assessed, assessed.flagged):
        if heading in assessor.headings:
            problem = assessor.problem(heading, written)
            expected = kind_of(problem.fact).expected(problem.fact, problem.as_of, words).strip()
            yield BadCell(row, name, rows.place(heading), written, expected, problem.nearest)
        else:  # it stands to the right of the headings
            yield BadCell(row, name, rows.place(heading), written, words("batch.no_heading"))


def _set_aside(assessor: Assessor, rows: Rows, _: AssessedBatch) -> Iterator[BadCell]:
    """The cells that say of their rows that they are no business."""
    words = assessor.catalogue.words
    for each in sorted(rows.set_aside, key=lambda each: each.row):
        yield BadCell(each.row, "", rows.place(each.heading), each.written, words(f"batch.no_{each.why}"))


def _shortened_cells(assessor: Assessor, rows: Rows, assessed: AssessedBatch) -> Iterator[BadCell]:
    """The cells of numbers whose last digits are lost."""
    expected = assessor.catalogue.words("batch.shortened")
    for row, name, heading, written in _where(assessor, rows, assessed, rows.shortened):
        yield BadCell(row, name, rows.place(heading), written, expected)


def _doubtful_cells(assessor: Assessor, rows: Rows, assessed: AssessedBatch) -> Iterator[BadCell]:
    """The cells that were taken as they stand, though they are most likely a slip; nearest: what may be meant."""
    for row, name, heading, written in _where(assessor, rows, assessed, assessed.doubtful):
        expected, nearest = assessor.doubt(heading, written)
        yield BadCell(row, name, rows.place(heading), written, expected, nearest)


def _where(
    assessor: Assessor, rows: Rows, assessed: AssessedBatch, cells: pl.DataFrame
) -> Iterator[tuple[int, str, str, str]]:
    """Of each of some cells, in the form of Cells.bad: its row, the business's name, its heading, what it holds.

    They come row by row.
    """
    cells, name_fact = cells.sort("row", maintain_order=True), assessor.catalogue.name_fact
    places = cells["row"]
    numbers = rows.cells[ROW].gather(places)
    names = assessed.facts[name_fact].gather(places).fill_null("") if name_fact else [""] * len(places)
    return zip(numbers, names, cells["heading"], cells["written"], strict=True)


def _beyond(assessor: Assessor, rows: Rows) -> pl.DataFrame:
    """The cells of businesses outside the headings, in the form of Cells.bad."""
    places = {number: place for place, number in enumerate(rows.cells[ROW])} if rows.surplus else {}
    cells = [
        (places[cell.row], _beyond_heading(assessor, cell), cell.written) for cell in rows.surplus if cell.row in places
    ]
    return pl.DataFrame(cells, schema=BAD_SCHEMA, orient="row")


def _beyond_aside(rows: Rows) -> list[Surplus]:
    """The cells outside the headings in rows that are no business, row by row."""
    aside = {each.row for each in rows.set_aside} if rows.surplus else set()
    return sorted((cell for cell in rows.surplus if cell.row in aside), key=lambda cell: cell.row)


def _beyond_heading(assessor: Assessor, cell: Surplus) -> str:
    return assessor.catalogue.words("batch.beyond", column=cell.column)
