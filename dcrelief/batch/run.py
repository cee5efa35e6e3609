"""The batch command: a table is opened, assessed and written, and the person reads how it goes."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryFile
from typing import IO

from msgspec import Struct

from dcrelief.batch.assessor import Assessor, BadCell
from dcrelief.batch.businesses import Knowledge
from dcrelief.batch.headings import named_facts, near_facts, of_a_result, renamed
from dcrelief.batch.pipeline import MOST_SHOWN, OwnColumns, Sink, assess_table, in_order
from dcrelief.batch.reading import open_table
from dcrelief.batch.sinks import CsvSink, RejectSink, linked_folder, open_sink
from dcrelief.batch.summary import Tally, summary_view
from dcrelief.batch.table import Table
from dcrelief.batch.unit_lines import may_state_a_unit
from dcrelief.errors import UnusableFileError, UsageError, why
from dcrelief.files.csv_writer import whole_table
from dcrelief.files.whole import resolved, stop_cleanly
from dcrelief.language import _, later
from dcrelief.rules.facts import Fact, Tokens
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue
from dcrelief.terminal.console import Environment

STANDARD = "-"  # the name of standard input and output
MOST_LETTERS = 40
MOST_COPIED = 8
_MAYBE = later("“{heading}”不是事实，照抄；是不是“{nearest}”？是的话请改表头。")
_MAYBE_MONEY = later("“{heading}”不是事实，照抄；是不是“{nearest}”？是的话请改表头（金额以元为单位，或在格里写明万）。")
_COPIED, _COPIED_MORE = later("照抄的列：{headings}"), later("照抄的列：{headings}；等等")
# Rows that are no business, by why.
_KINDS = {
    "total": later("合计"),
    "columns": later("列号"),
    "note": later("注"),
    "group": later("分组标题"),
    "headings": later("又是表头"),
    "number": later("只有序号"),
}
_BARE, _NAMELESS = (
    later("有 {count} 行只有名称，都算一家：第 {rows} 行。"),
    later("有 {count} 行没有名称，都算一家，请看看是不是合计：第 {rows} 行。"),
)
_BAD, _SHORTENED, _DOUBTFUL = (
    later("有 {count} 格看不懂，按不清楚算，其余照常："),
    later("有 {count} 格的数太长，后面几位已经丢了，照抄的不是原来的数："),
    later("有 {count} 格的数少见，照写的算了，请核对："),
)
_EXPECTED = later("应填{expected}")
_WHERE = (later("结果写到 {path}。"), later("看不懂的格写到 {path}。"), later("报告写到 {path}。"))


class Request(Struct, frozen=True):
    """What a person asked for: where from, where to, and what besides."""

    table: str
    out: str
    rejects: Path | None = None
    reports: Path | None = None
    encoding: str | None = None
    sheet: str | None = None


def assess_clients(environment: Environment, catalogue: Catalogue, as_of: date, request: Request) -> bool:
    """Does what a person asked for and prints what it comes to; gives whether every cell could be read.

    Raises UnusableFileError, UsageError.
    """
    _refuse_same_paths(request)
    stop_cleanly()
    with ExitStack() as stack:
        table = opened(stack, environment, (catalogue,), request.table, request.encoding, request.sheet)
        assessor = Assessor(catalogue, named_facts(catalogue, table.headings, table.top.units), as_of)
        assessed_rows = in_order(stack, table, assessor)
        own = list(assessor.sheet.schema)
        before = of_a_result(table.headings, own)
        kept = [heading for heading in table.headings if heading not in before]
        new_names = renamed(catalogue, kept, own)
        say_how(environment, catalogue, request.table, table, assessor.headings, before)
        _say_renamed(environment, new_names)
        columns = OwnColumns(
            [new_names.get(heading, heading) for heading in kept],
            lambda: frozenset(new_names.get(heading, heading) for heading in table.numbers() & set(kept)),
            new_names.get(table.sheet, table.sheet),
        )
        sinks = _sinks(stack, environment, assessor, request, columns)
        try:
            with progress(environment, table) as progressed:
                tally = assess_table(assessed_rows, kept, assessor, new_names, sinks, progressed)
            for sink in sinks:
                sink.finish(tally)
        except KeyboardInterrupt:
            environment.say(_("停了，没有写出结果。"))
            if request.reports is not None:
                environment.say(_("已经写好的报告（--reports）还在，不全。"))
            raise
    _say_where(environment, request, tally)
    from dcrelief.report.printing import print_view

    print_view(environment.err(), summary_view(catalogue, tally, as_of), catalogue.words, width=environment.width)
    noted = tally.bad_cells, tally.shortened_cells, tally.doubtful_cells, tally.left_out.total()
    return not any(noted)


def _refuse_same_paths(request: Request) -> None:
    """Raises UsageError where a file would be read and written, or written twice."""
    named = [Path(path) for path in (request.table, request.out) if path != STANDARD]
    paths = [resolved(path) for path in (*named, *filter(None, (request.rejects, request.reports)))]
    if len(set(paths)) < len(paths):
        raise UsageError(_("同一个文件不能又读又写，或写两次。"), _("请给结果另取一个名字。"))


def opened(
    stack: ExitStack,
    environment: Environment,
    catalogues: Sequence[Catalogue],
    written: str,
    encoding: str | None,
    sheet: str | None,
) -> Table:
    """The table that a person named, open until the stack closes; catalogues: whose facts its headings may name.

    Raises UnusableFileError, UsageError.
    """
    knowledge = Knowledge.of(*catalogues)
    if written == STANDARD:
        stream = environment.stdin.buffer
        return open_table(_("标准输入"), stream, _size(stream), knowledge, encoding, sheet)
    path = Path(written)
    try:
        stream = stack.enter_context(path.open("rb"))
    except OSError as error:
        raise UnusableFileError(
            _("读不了 {path}：{why}。", path=path, why=why(error)), _("请检查路径和权限。")
        ) from None
    return open_table(str(path), stream, _size(stream), knowledge, encoding, sheet)


def _size(stream: IO[bytes]) -> int:
    """The bytes of a stream, 0 if nobody knows: of a pipe or a device, and what is no file at all."""
    try:
        status = os.fstat(stream.fileno())
    except OSError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else 0


def _sinks(
    stack: ExitStack, environment: Environment, assessor: Assessor, request: Request, columns: OwnColumns
) -> list[Sink]:
    """Everything that a person wants written, open until the stack closes."""
    sinks: list[Sink] = []
    if request.out == STANDARD:
        sinks.append(CsvSink(environment.for_programs(), assessor))
    else:
        sinks.append(stack.enter_context(open_sink(Path(request.out), assessor, columns, request.reports)))
    if request.rejects is not None:
        path = stack.enter_context(whole_table(request.rejects))
        sinks.append(RejectSink(stack.enter_context(path.open("wb")), assessor))
    if request.reports is not None:
        from dcrelief.batch.report_folder import ReportSink

        sheets = stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline=""))  # noqa: SIM115 - the stack closes it
        sinks.append(ReportSink(request.reports, sheets, assessor))
    return sinks


@contextmanager
def progress(environment: Environment, table: Table) -> Iterator[Callable[[int, int], None]]:
    """What shows on a terminal how far the work is: it takes the rows so far, and Rows.done."""
    if not environment.stderr.isatty():
        yield lambda _rows, _done: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    remaining = (TextColumn(_("约剩")), TimeRemainingColumn()) if table.size else ()
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), TimeElapsedColumn(), *remaining)
    with Progress(*columns, console=environment.rich(environment.stderr), transient=True) as progress:
        task = progress.add_task(_("已评估 {rows} 行，每秒 {rate} 行", rows=0, rate=0), total=table.size or None)
        started = time.monotonic()

        def progressed(rows: int, done: int) -> None:
            rate = int(rows / max(time.monotonic() - started, 0.001))
            message = _("已评估 {rows} 行，每秒 {rate} 行", rows=f"{rows:,}", rate=f"{rate:,}")
            progress.update(task, completed=done, description=message)

        yield progressed


def say_how(
    environment: Environment,
    catalogue: Catalogue,
    written: str,
    table: Table,
    headings: Mapping[str, Fact],
    before: Collection[str] = (),
) -> None:
    """Prints, before the work, how the table that a person named is understood.

    headings: those that name facts. before: those of columns that an earlier run wrote.
    """
    words, say, top = catalogue.words, environment.say, table.top
    name = _("标准输入") if written == STANDARD else Path(written).name
    known = len(headings)
    extra = [heading for heading in table.headings if heading not in headings and heading not in before]
    say(
        _(
            "{name}：{how}，表头在第 {row} 行，认得 {known} 列，另有 {extra} 列照抄。",
            name=name,
            how=table.how(),
            row=_("、").join(map(str, top.rows)),
            known=known,
            extra=len(extra),
        )
    )
    if before:
        say(_("表里有上次结果的 {count} 列，换成这次的。", count=len(before)))
    for note in table.notes:
        say(note)
    if top.unit_row:
        say(_("第 {row} 行是单位，不是一家企业。", row=top.unit_row))
    for line in _unit_lines(table, headings, catalogue.tokens):
        say(line)
    near = near_facts(catalogue, extra)
    for heading, fact in near.items():
        maybe = _MAYBE_MONEY if kind_of(fact).is_money else _MAYBE
        say(_(maybe, heading=heading[:MOST_LETTERS], nearest=fact.column))
    copied = [heading[:MOST_LETTERS] for heading in extra if heading not in near]
    if copied:
        shown = words("value.also").join(copied[:MOST_COPIED])
        say(_(_COPIED if len(copied) <= MOST_COPIED else _COPIED_MORE, headings=shown))
    asked = {fact for page in catalogue.pages for fact in page.facts}
    absent = len(asked - {fact.id for fact in headings.values()})
    if absent:
        say(
            _(
                "表里没有 {count} 个事实的列，都按不清楚算。要的话用 dcrelief template 得到有全部列的空表。",
                count=absent,
            )
        )


def _unit_lines(table: Table, headings: Mapping[str, Fact], tokens: Tokens) -> Iterator[str]:
    """By which units amounts are read that are not in yuan, and where it says so."""
    if not table.top.units:
        for title in sorted(title for title in table.top.titles if may_state_a_unit(title, tokens)):
            yield _(
                "“{title}”提到了金额的单位，没有按它换算；是的话请写成 单位：万元 这样。", title=title[:MOST_LETTERS]
            )
    by_unit: dict[tuple[int, str], list[str]] = {}
    for heading, fact in headings.items():
        if fact.yuan != 1:
            units = table.top.units.get(heading, ())
            place = units[0].place() if units else _("表头")
            by_unit.setdefault((fact.yuan, place), []).append(heading[:MOST_LETTERS])
    for (yuan, place), columns in by_unit.items():
        listed = _("、").join(columns)
        yield _("按{place}，以 {yuan} 元为单位换算：{columns}。", place=place, yuan=f"{yuan:,}", columns=listed)


def _say_renamed(environment: Environment, new_names: dict[str, str]) -> None:
    if new_names:
        heading, new = next(iter(new_names.items()))
        message = _(
            "原表有 {count} 列与结果的列同名，都改名照抄，如“{heading}”改为“{renamed}”。",
            count=len(new_names),
            heading=heading,
            renamed=new,
        )
        environment.say(message)


def _say_where(environment: Environment, request: Request, tally: Tally) -> None:
    """Prints, after the work, what could not be read, and where the files are."""
    say = environment.say
    if tally.left_out:
        kinds = _("、").join(
            _("{kind} {count} 行", kind=_(_KINDS[why]), count=f"{count:,}") for why, count in tally.left_out.items()
        )
        message = _("有 {count} 行不是一家企业，没有评估：{kinds}。", count=f"{tally.left_out.total():,}", kinds=kinds)
        say(message, style="yellow")
        _say_cells(environment, request, tally.first_left_out, tally.left_out.total(), _EXPECTED)
    for message, rows in ((_BARE, tally.bare), (_NAMELESS, tally.nameless)):
        if rows:
            listed = _("、").join(rows[:MOST_SHOWN])
            say(_(message, count=f"{len(rows):,}", rows=listed), style="yellow")
    if again := tally.again():
        listed = _("、").join(
            _("第{row}行（{name}，第{first}行已有）", row=row, name=name[:MOST_LETTERS], first=first)
            for row, first, name in again[:MOST_SHOWN]
        )
        say(_("有 {count} 行的名称前面已经有过，请核对：{rows}。", count=len(again), rows=listed), style="yellow")
    noted = (
        (_BAD, _EXPECTED, tally.bad_cells, tally.first_bad),
        (_SHORTENED, "{expected}", tally.shortened_cells, tally.first_shortened),
        (_DOUBTFUL, "{expected}", tally.doubtful_cells, tally.first_doubtful),
    )
    for message, wanted, count, first in noted:
        if count:
            say(_(message, count=f"{count:,}"), style="yellow")
            _say_cells(environment, request, first, count, wanted)
    for message, path in zip(_WHERE, (request.out, request.rejects, request.reports), strict=True):
        if path not in (None, STANDARD):
            say(_(message, path=path))
    out = Path(request.out)
    if request.reports is not None and out.suffix.lower() == ".xlsx" and linked_folder(out, request.reports) is None:
        message = _("工作簿里没有报告的链接：报告的文件夹在另一个盘上，或名字里有 # 或 ?，表格程序打不开。")
        say(message, style="yellow")
    if tally.other_reports:
        message = _(
            "文件夹里另有 {count} 份不是这次写的网页；客户换了行，旧的一份就会留下，请核对后删去。",
            count=f"{tally.other_reports:,}",
        )
        say(message, style="yellow")


def _say_cells(environment: Environment, request: Request, first: Sequence[BadCell], count: int, wanted: str) -> None:
    """Prints the first of some cells, and where the others are."""
    for cell in first:
        environment.say("  " + _cell_line(cell, wanted))
    if count > len(first):
        where = request.rejects or _("加 --rejects 文件.csv 得到的表")
        environment.say("  " + _("……共 {count} 格，全部见 {where}", count=f"{count:,}", where=where))


def _cell_line(cell: BadCell, wanted: str) -> str:
    """A cell in a line; wanted: how it says what should stand there."""
    written = cell.written if len(cell.written) <= MOST_LETTERS else f"{cell.written[:MOST_LETTERS]}…"
    expected = cell.nearest and _("最接近的是“{nearest}”", nearest=cell.nearest)
    expected = expected or _(wanted, expected=cell.expected)
    return _(
        "第{row}行 {column}：“{written}”，{expected}",
        row=cell.row,
        column=" ".join(filter(None, (cell.name[:MOST_LETTERS], cell.column))),
        written=written,
        expected=expected,
    )
