"""The commands: arguments in, exit status out. The only module that imports typer."""

import errno
import io
import os
import signal
import sys
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
  dcrelief --html 报告.html
      报告另存一个网页文件
  dcrelief contacts --unit 区金融办
      一个单位的联系人表
  dcrelief email 6 --answers 我的楼宇.toml
      申请邮件的草稿
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


def _complete_unit(incomplete: str) -> list[str]:
    units = dict.fromkeys(contact.unit for contact in _catalogue(None).contacts.values())
    return [unit for unit in units if unit.startswith(incomplete)]


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
HtmlOption = Annotated[
    Path | None, typer.Option("--html", metavar="文件", help="写成一个网页文件，能在手机上看、能打印")
]
PdfOption = Annotated[
    Path | None, typer.Option("--pdf", metavar="文件", help="印成 PDF，要装有 Chromium、Chrome 或 Edge")
]
ChromiumOption = Annotated[
    Path | None, typer.Option("--chromium", metavar="程序", help="用哪个浏览器印 PDF；不写则自己找")
]
ForceOption = Annotated[bool, typer.Option("--force", help="文件已经有了也写，不问")]
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
    html: HtmlOption = None,
    pdf: PdfOption = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="文件", help="截止日写成日历文件（iCalendar），提前一周提醒")
    ] = None,
    chromium: ChromiumOption = None,
    force: ForceOption = False,
    catalogue_file: CatalogueOption = None,
    plain: PlainOption = False,
) -> None:
    """问答，然后出报告：哪些措施适合您，为什么，可能有多少钱，怎么办，找谁。

    报告写到标准输出，问题和提示写到标准错误，所以 dcrelief --json > x.json 照样会提问。

    例子：

      dcrelief assess --answers 我的企业.toml

      dcrelief assess --set kind=企业 --set 行业=餐饮 --set 从业人员=8 --no-input

      dcrelief assess --as-of 2020-02-20 --save 答案.toml

      dcrelief assess --answers 我的企业.toml --no-input --html 报告.html --pdf 报告.pdf --ics 截止日.ics
    """
    from dcrelief.files.answers import save_answers
    from dcrelief.inputs import given_answers
    from dcrelief.rules.assessment import assess as assessed

    environment, catalogue = _environment(plain), _catalogue(catalogue_file)
    if html or pdf or ics:  # seen before a long interview, not after it
        from dcrelief.handouts import page_files, write_report_files

        page = page_files(environment, catalogue, html=html, pdf=pdf, others=(ics,), chromium=chromium, force=force)
    given, day = given_answers(catalogue, answers, settings, as_of, environment.today)
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
    assessment = assessed(catalogue, given, day)
    _print_assessment(environment, assessment, as_json=as_json)
    if html or pdf or ics:
        write_report_files(environment, assessment, page, ics)
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
    from dcrelief.inputs import given_measure
    from dcrelief.report.routes import measure_view
    from dcrelief.report.terminal import print_view

    environment, catalogue = _environment(plain), _catalogue(catalogue_file)
    view = measure_view(catalogue, given_measure(catalogue, number))
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
    from dcrelief.inputs import given_answers
    from dcrelief.report.terminal import print_view
    from dcrelief.report.view import size_view
    from dcrelief.rules.assessment import assess as assessed

    environment, catalogue = _environment(plain), _catalogue(catalogue_file)
    given, day = given_answers(catalogue, answers, settings, None, environment.today)
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
    reports: Annotated[Path | None, typer.Option("--reports", metavar="文件夹", help="每家一份报告，网页文件")] = None,
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
    from dcrelief.clients import Request, assess_clients
    from dcrelief.inputs import given_day

    environment, catalogue = _environment(plain=False), _catalogue(catalogue_file)
    day = given_day(as_of) or environment.today
    _warn_of_old_date(environment, catalogue, day)
    if out is None:
        raise UsageError("请用 -o 写明结果写到哪里。", "如 -o 结果.xlsx；-o - 写到标准输出。")
    clean = assess_clients(environment, catalogue, day, Request(table, out, rejects, reports, encoding))
    if not clean:
        raise typer.Exit(EXIT_PROBLEMS)


@app.command(cls=ChineseCommand, short_help="一张空表或空的答案文件")
def template(
    out: Annotated[Path, typer.Argument(metavar="文件", help=".csv 或 .xlsx 是客户表，.toml 是答案文件")],
    force: ForceOption = False,
    catalogue_file: CatalogueOption = None,
) -> None:
    """一张空表（CSV、XLSX）或空的答案文件（TOML）：全部事实，怎么填，有哪些选项。

    例子：

      dcrelief template 客户表.xlsx

      dcrelief template 我的企业.toml
    """
    from dcrelief.files.whole import whole, write_whole
    from dcrelief.inputs import check_targets
    from dcrelief.report.template import answers_template, csv_template, write_workbook

    environment, catalogue = _environment(plain=False), _catalogue(catalogue_file)
    ending = out.suffix.lower()
    if ending not in (".csv", ".xlsx", ".toml"):
        raise UsageError(f"不会写“{out.suffix or out.name}”。", "空表的后缀请用 .csv、.xlsx 或 .toml。")
    check_targets(environment, catalogue, (out,), force=force)
    if ending == ".xlsx":
        with whole(out) as path:
            write_workbook(path, catalogue)
    else:
        write_whole(out, "\ufeff" + csv_template(catalogue) if ending == ".csv" else answers_template(catalogue))
    then = catalogue.words("template.next_answers" if ending == ".toml" else "template.next_table", path=out)
    environment.err().print(catalogue.words("template.written", path=out, next=then))


@app.command(cls=ChineseCommand, short_help="联系人表，可打印")
def contacts(
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="单位", help="只要这个单位的，如 区金融办", autocompletion=_complete_unit),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="条号", help="只要管这条措施的，可重复", autocompletion=_complete_number),
    ] = None,
    office_only: Annotated[bool, typer.Option("--office-only", help="只要办公电话，不要可能是个人的手机")] = False,
    html: HtmlOption = None,
    pdf: PdfOption = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="文件", help="写成 CSV")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="文件", help="写成 Excel 工作簿")] = None,
    vcard: Annotated[Path | None, typer.Option("--vcard", metavar="文件", help="写成 vCard 4.0，导入通讯录")] = None,
    chromium: ChromiumOption = None,
    force: ForceOption = False,
    catalogue_file: CatalogueOption = None,
    plain: PlainOption = False,
) -> None:
    """联系人表：按单位，每位联系人一次，电话（分机写全）、邮箱、地址，和管的措施。

    不写文件就显示在终端里；写文件的可以同时写几种。

    例子：

      dcrelief contacts --unit 区金融办

      dcrelief contacts --measure 6 --measure 24 --office-only

      dcrelief contacts --unit 区金融办 --html 金融办.html --pdf 金融办.pdf

      dcrelief contacts --vcard 全部联系人.vcf --xlsx 联系人表.xlsx
    """
    from dcrelief.handouts import ContactFiles, page_files, write_contact_files
    from dcrelief.inputs import given_measure, given_unit
    from dcrelief.report.contact_sheet import contact_sheet
    from dcrelief.report.terminal import print_view

    environment, catalogue = _environment(plain), _catalogue(catalogue_file)
    numbers = {given_measure(catalogue, number).number for number in measures or ()}
    named = given_unit(catalogue, unit) if unit is not None else ""
    sheet = contact_sheet(catalogue, unit=named, measures=numbers, office_only=office_only)
    if not sheet.entries:
        raise UsageError(catalogue.words("contacts.none"), catalogue.words("output.unit_hint"))
    if not (html or pdf or csv or xlsx or vcard):
        print_view(environment.out(), sheet.view(), catalogue.words, width=environment.width)
        return
    page = page_files(
        environment, catalogue, html=html, pdf=pdf, others=(csv, xlsx, vcard), chromium=chromium, force=force
    )
    write_contact_files(environment, sheet, page, ContactFiles(csv, xlsx, vcard))


@app.command(cls=ChineseCommand, short_help="用邮件申请的措施，写好邮件草稿")
def email(
    number: Annotated[str, typer.Argument(metavar="条号", help="第几条，如 6", autocompletion=_complete_number)],
    answers: AnswersOption = None,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="文件", help="写到哪里；不写则按条号和名称取名，放在当前文件夹"),
    ] = None,
    force: ForceOption = False,
    catalogue_file: CatalogueOption = None,
) -> None:
    """给用邮件申请的措施写一封邮件草稿（.eml）：收件人、标题、企业情况、要附的材料。只写，不发送。

    例子：

      dcrelief email 6 --answers 我的楼宇.toml

      dcrelief email 4 --answers 我的企业.toml -o 房租减免.eml
    """
    from dcrelief.handouts import drafts, write_draft
    from dcrelief.inputs import check_targets, given_answers, given_measure
    from dcrelief.rules.assessment import assess as assessed

    environment, catalogue = _environment(plain=False), _catalogue(catalogue_file)
    measure = given_measure(catalogue, number)
    given, day = given_answers(catalogue, answers, settings, as_of, environment.today)
    day = day or environment.today
    _warn_of_old_date(environment, catalogue, day)
    written = drafts(assessed(catalogue, given, day), measure, out)
    check_targets(environment, catalogue, [draft.path for draft in written], force=force)
    for draft in written:
        write_draft(environment, draft)


# ---- what commands share ------------------------------------------------------------------------------------------


def _environment(plain: bool) -> "Environment":
    from dcrelief.console import Environment

    environment = Environment.real(Path(os.environ.get("DCRELIEF_HOME") or typer.get_app_dir("dcrelief")))
    return environment.for_screen_reader() if plain else environment


def _catalogue(path: Path | None) -> "Catalogue":
    from dcrelief.files.catalogue import load_catalogue

    return load_catalogue(path)


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
