"""The commands: arguments in, exit status out. The only module that imports typer."""

import errno
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from dcrelief import __version__
from dcrelief.errors import (
    EXIT_FILE,
    EXIT_INTERRUPTED,
    EXIT_PROBLEMS,
    EXIT_USAGE,
    DcreliefError,
    NoTerminalError,
    UsageError,
    errno_of,
    why,
)

if TYPE_CHECKING:  # commands import what they need when they run, so that --version and --help answer at once
    from datetime import date

    from dcrelief.console import Environment
    from dcrelief.rules.assessment import Assessment
    from dcrelief.rules.catalogue import Catalogue
    from dcrelief.rules.facts import Answers

HELP = """惠企措施自测：哪些适合您，怎么办，找谁。随附的是北京市东城区2020年2月13日发布的42条。
不写命令就是 assess。

例子：

  dcrelief
      问答，然后出报告
  dcrelief --answers 我的企业.toml --no-input
      用答案文件，不提问
  dcrelief --set employees=12 --set 行业=餐饮
      先给几个答案，其余再问
  dcrelief list
      看全部措施
  dcrelief show 6
      看第6条
  dcrelief size --set 行业=餐饮 --set 从业人员=8
      只看企业规模
  dcrelief batch 客户.csv -o 结果.xlsx
      一张客户表，一次评估
  dcrelief template 客户表.xlsx
      一张空表，有全部的列
"""


def _write_help(command: Any, ctx: Any, formatter: Any) -> None:
    from dcrelief.console import line_width
    from dcrelief.help import help_text

    formatter.write(help_text(command, ctx, line_width()))


class ChineseCommand(TyperCommand):
    """A command with Chinese help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """See typer."""
        _write_help(self, ctx, formatter)


class AssessByDefault(TyperGroup):
    """`dcrelief --json` is `dcrelief assess --json`: without a command, it assesses."""

    own_options = ("--help", "--version", "--install-completion", "--show-completion")

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """See typer."""
        if not args or (args[0].startswith("-") and args[0].partition("=")[0] not in self.own_options):
            args = ["assess", *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """See typer."""
        _write_help(self, ctx, formatter)


app = typer.Typer(
    cls=AssessByDefault,
    help=HELP,
    context_settings={"help_option_names": ["--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the help is our own, and Rich need not be imported for it
)


# ---- options that several commands share --------------------------------------------------------------------------


def _complete_setting(incomplete: str) -> list[str]:
    catalogue = _catalogue(None)
    return [f"{fact}=" for fact in catalogue.facts if f"{fact}=".startswith(incomplete)]


def _complete_number(incomplete: str) -> list[tuple[str, str]]:
    measures = _catalogue(None).measures
    return [(str(m.number), m.title) for m in measures if str(m.number).startswith(incomplete)]


AnswersOption = Annotated[
    Path | None,
    typer.Option("--answers", metavar="文件", help="答案文件，TOML 或 JSON：一行一个事实，如 employees = 12"),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="事实=值",
        help="直接给一个答案，可重复；事实写英文名或中文名，如 从业人员=12；比 --answers 优先",
        autocompletion=_complete_setting,
    ),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="日期", help="按哪一天评估，如 2020-02-20；不写是今天")
]
CatalogueOption = Annotated[
    Path | None, typer.Option("--catalogue", metavar="文件", help="换一份措施目录（measures.toml）；不写用随附的")
]
PlainOption = Annotated[bool, typer.Option("--plain", help="给读屏软件：一句一行，没有线条、颜色和菜单")]


# ---- commands -----------------------------------------------------------------------------------------------------


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dcrelief {__version__}")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="版本号")] = False,
) -> None:
    """Options of the program itself; the help text is the app's."""


@app.command(cls=ChineseCommand, short_help="问答，然后出报告（不写命令就是它）")
def assess(
    answers: AnswersOption = None,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="不提问，没有答案的算不清楚")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="不出报告，输出一个 JSON 对象")] = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="文件", help="把答案存成文件，下次用 --answers")
    ] = None,
    catalogue_file: CatalogueOption = None,
    plain: PlainOption = False,
) -> None:
    """问答，然后出报告：哪些措施适合您，为什么，可能有多少钱，怎么办，找谁。

    报告写到标准输出，问题和提示写到标准错误，所以 dcrelief --json > x.json 照样会提问。

    例子：

      dcrelief assess --answers 我的企业.toml

      dcrelief assess --set kind=企业 --set 行业=餐饮 --set 从业人员=8 --no-input

      dcrelief assess --as-of 2020-02-20 --save 答案.toml
    """
    from dcrelief.files.answers import save_answers
    from dcrelief.rules.assessment import assess as assessed

    environment, catalogue = _environment(plain), _catalogue(catalogue_file)
    given, day = _given(catalogue, answers, settings, as_of, environment.today)
    if no_input:
        day = day or environment.today
        _warn_of_old_date(environment, catalogue, day)
    else:
        given, day = _interviewed(environment, catalogue, given, day, plain)
    not_saved = None
    if save is not None:
        try:
            save_answers(save, catalogue, given, day)
            environment.err().print(catalogue.words("assess.saved", path=save))
        except DcreliefError as error:
            not_saved = error  # said after the report, which it must not cost
    _print_assessment(environment, assessed(catalogue, given, day), as_json=as_json)
    if not_saved is not None:
        raise not_saved


@app.command("list", cls=ChineseCommand, short_help="全部措施，一条一行")
def list_measures(catalogue_file: CatalogueOption = None, plain: PlainOption = False) -> None:
    """全部措施，一条一行：条号、名称、责任单位。

    例子：

      dcrelief list
    """
    from dcrelief.report.routes import list_view
    from dcrelief.report.terminal import print_view

    environment, catalogue = _environment(plain), _catalogue(catalogue_file)
    print_view(environment.out(), list_view(catalogue), catalogue.words, width=environment.width)


@app.command(cls=ChineseCommand, short_help="一条措施的全文")
def show(
    number: Annotated[str, typer.Argument(metavar="条号", help="第几条，如 6", autocompletion=_complete_number)],
    catalogue_file: CatalogueOption = None,
    plain: PlainOption = False,
) -> None:
    """一条措施的全文：每种办理情形的条件、材料、步骤、联系人。

    例子：

      dcrelief show 6
    """
    from dcrelief.report.routes import measure_view
    from dcrelief.report.terminal import print_view
    from dcrelief.rules.money import read_number

    environment, catalogue = _environment(plain), _catalogue(catalogue_file)
    wanted = read_number(number.removeprefix("第").removesuffix("条"))
    measure = next((measure for measure in catalogue.measures if measure.number == wanted), None)
    if measure is None:
        first, last = catalogue.measures[0].number, catalogue.measures[-1].number
        raise UsageError(f"没有第“{number[:20]}”条。", f"条号是 {first} 到 {last}，用 dcrelief list 看全部。")
    view = measure_view(catalogue, measure)
    print_view(environment.out(), view, catalogue.words, width=environment.width)


@app.command(cls=ChineseCommand, short_help="只看企业规模")
def size(
    answers: AnswersOption = None,
    settings: SetOption = None,
    catalogue_file: CatalogueOption = None,
    plain: PlainOption = False,
) -> None:
    """按300号划型：是大型、中型、小型还是微型，为什么；还不能定的，说明还要知道什么。

    例子：

      dcrelief size --set 行业=餐饮 --set 从业人员=8

      dcrelief size --set 行业=工业 --set 从业人员=260 --set 营业收入=6000万
    """
    from dcrelief.report.terminal import print_view
    from dcrelief.report.view import size_view
    from dcrelief.rules.assessment import assess as assessed

    environment, catalogue = _environment(plain), _catalogue(catalogue_file)
    given, day = _given(catalogue, answers, settings, None, environment.today)
    view = size_view(assessed(catalogue, given, day or environment.today))
    print_view(environment.out(), view, catalogue.words, width=environment.width)


@app.command(cls=ChineseCommand, short_help="一张客户表，一次评估")
def batch(
    table: Annotated[str, typer.Argument(metavar="表", help="CSV 或 .xlsx，一行一家，一列一个事实；- 是标准输入")],
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="文件", help=".csv、.xlsx、.parquet 或 .jsonl；- 是标准输出，写 CSV"),
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="文件", help="看不懂的格，一格一行，写成 CSV")
    ] = None,
    reports: Annotated[Path | None, typer.Option("--reports", metavar="文件夹", help="每家一份报告")] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="编码", help="CSV 的编码，如 gb18030；不写则自己认")
    ] = None,
    as_of: AsOfOption = None,
    catalogue_file: CatalogueOption = None,
) -> None:
    """一张客户表，一次评估：每家的规模、符合的措施、差的答案、金额、截止日，和每种办理情形的结论。

    表头写事实的中文名、英文名或别名，次序随意；别的列照抄。空表用 dcrelief template 得到。
    看不懂的格按不清楚算，一格一格说明，其余照常；有这样的格，退出码是1。

    例子：

      dcrelief batch 客户.csv -o 结果.xlsx --rejects 看不懂.csv

      dcrelief batch 客户.xlsx -o 结果.csv --as-of 2020-02-20 --reports 报告

      dcrelief batch - -o - < 客户.csv > 结果.csv
    """
    # Read when Polars is imported, which else gives memory back that it needs for the next batch: a tenth of the time.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:10000,narenas:1")
    from dcrelief.clients import Request, assess_clients

    environment, catalogue = _environment(plain=False), _catalogue(catalogue_file)
    day = _day(as_of) or environment.today
    _warn_of_old_date(environment, catalogue, day)
    if out is None:
        raise UsageError("请用 -o 写明结果写到哪里。", "如 -o 结果.xlsx；-o - 写到标准输出。")
    clean = assess_clients(environment, catalogue, day, Request(table, out, rejects, reports, encoding))
    if not clean:
        raise typer.Exit(EXIT_PROBLEMS)


@app.command(cls=ChineseCommand, short_help="一张空表或空的答案文件")
def template(
    out: Annotated[Path, typer.Argument(metavar="文件", help=".csv 或 .xlsx 是客户表，.toml 是答案文件")],
    catalogue_file: CatalogueOption = None,
) -> None:
    """一张空表（CSV、XLSX）或空的答案文件（TOML）：全部事实，怎么填，有哪些选项。

    例子：

      dcrelief template 客户表.xlsx

      dcrelief template 我的企业.toml
    """
    from dcrelief.files.answers import write_whole
    from dcrelief.files.outputs import whole
    from dcrelief.report.template import answers_template, csv_template, write_workbook

    environment, catalogue = _environment(plain=False), _catalogue(catalogue_file)
    ending = out.suffix.lower()
    if ending not in (".csv", ".xlsx", ".toml"):
        raise UsageError(f"不会写“{out.suffix or out.name}”。", "空表的后缀请用 .csv、.xlsx 或 .toml。")
    if out.exists():
        raise UsageError(f"{out} 已经有了，不写在它上面。", "请另取一个名字，或先把它移走。")
    if ending == ".xlsx":
        with whole(out) as path:
            write_workbook(path, catalogue)
    else:
        write_whole(out, "\ufeff" + csv_template(catalogue) if ending == ".csv" else answers_template(catalogue))
    then = catalogue.words("template.next_answers" if ending == ".toml" else "template.next_table", path=out)
    environment.err().print(catalogue.words("template.written", path=out, next=then))


# ---- what commands share ------------------------------------------------------------------------------------------


def _environment(plain: bool) -> "Environment":
    from dcrelief.console import Environment

    environment = Environment.real(Path(os.environ.get("DCRELIEF_HOME") or typer.get_app_dir("dcrelief")))
    return environment.for_screen_reader() if plain else environment


def _catalogue(path: Path | None) -> "Catalogue":
    from dcrelief.files.catalogue import load_catalogue

    return load_catalogue(path)


def _given(
    catalogue: "Catalogue", path: Path | None, settings: Sequence[str] | None, as_of: str | None, today: "date"
) -> tuple["Answers", "date | None"]:
    """The answers of the file and the settings, the settings first, and the date that either names."""
    from dcrelief.errors import UnusableFileError
    from dcrelief.files.answers import facts_of, read_answers_file, read_settings
    from dcrelief.rules.facts import Answers

    day = _day(as_of)
    given = Answers()
    if path is not None:
        file = read_answers_file(path)
        day = day or file.as_of
        given, problems = facts_of(catalogue, file.written.items(), day or today)
        if problems:
            raise UnusableFileError(_listed(f"{path} 有 {len(problems)} 处看不懂：", problems), "改正以后再试。")
    set_answers, problems = facts_of(catalogue, read_settings(settings or ()), day or today)
    if problems:
        raise UsageError(_listed("--set 看不懂：", problems), "改正以后再试。")
    return given.also(set_answers), day


def _day(as_of: str | None) -> "date | None":
    """The day of --as-of. Raises UsageError."""
    from dcrelief.rules.facts import read_day

    day = None if as_of is None else read_day(as_of)
    if as_of is not None and day is None:
        raise UsageError(f"--as-of 看不懂“{as_of[:40]}”。", "请写成 2020-02-20。")
    return day


def _listed(title: str, problems: list[str]) -> str:
    return "\n".join((title, *(f"  - {problem}" for problem in problems)))


def _print_assessment(environment: "Environment", assessment: "Assessment", *, as_json: bool) -> None:
    if as_json:
        from dcrelief.report.json import assessment_json

        print(assessment_json(assessment), file=environment.stdout)
        return
    from dcrelief.report.terminal import print_view
    from dcrelief.report.view import write_report

    words = assessment.catalogue.words
    print_view(environment.out(), write_report(assessment), words, width=environment.width)


def _interviewed(
    environment: "Environment", catalogue: "Catalogue", given: "Answers", day: "date | None", plain: bool
) -> tuple["Answers", "date"]:
    """The answers and the date after the interview. Raises NoTerminalError if there is still something to ask."""
    from dcrelief.rules.interview import Interview

    words = catalogue.words
    if not environment.asks:
        interview = Interview(catalogue, day or environment.today, given)
        if interview.question() is not None:
            raise NoTerminalError(words("assess.needs_terminal"), words("assess.needs_terminal_hint"))
        _warn_of_old_date(environment, catalogue, interview.as_of)
        return given, interview.as_of
    from dcrelief.dialogue import Dialogue
    from dcrelief.prompts import prompter

    dialogue = Dialogue(environment, prompter(environment, words, plain), catalogue)
    try:
        interview = dialogue.hold(given, day)
    except (KeyboardInterrupt, EOFError):
        stopped = "interview.stopped" if dialogue.draft_saved else "interview.stopped_unsaved"
        environment.err().print("\n" + words(stopped))
        raise typer.Exit(EXIT_INTERRUPTED) from None
    return interview.answers, interview.as_of


def _warn_of_old_date(environment: "Environment", catalogue: "Catalogue", day: "date") -> None:
    if day > catalogue.policy.confirmed_until:
        warning = catalogue.words("assess.old_date", as_of=day, confirmed=catalogue.policy.confirmed_until)
        environment.err().print(warning, style="yellow")


def run(arguments: list[str]) -> int:
    """Runs the program; every foreseen mistake becomes a message on stderr and the status that goes with it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter that a terminal lacks must not end a report
    try:
        status = app(arguments, standalone_mode=False, prog_name="dcrelief")
        sys.stdout.flush()
    except typer.Exit as ended:
        return ended.exit_code
    except DcreliefError as error:
        print("\n".join(filter(None, (error.message, error.hint))), file=sys.stderr)
        return error.exit_status
    except typer.TyperException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "dcrelief")
        print(f"命令写法有误：{error.format_message()}\n请看 {command} --help。", file=sys.stderr)
        return EXIT_USAGE
    except SystemExit as error:
        if error.code != 1:  # 1 is what Rich and typer make of a closed pipe
            return int(error.code or 0)
        return _after_closed_pipe()
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        if errno_of(error) == errno.EPIPE:
            return _after_closed_pipe()
        print(f"写不出去：{why(error)}。", file=sys.stderr)
        return EXIT_FILE
    return int(status or 0)


def _after_closed_pipe() -> int:
    """Whoever read the output has stopped; what is left in the buffer must not complain on the way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE
