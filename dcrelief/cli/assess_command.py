"""`assess`."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of, warn_of_old_date
from dcrelief.errors import EXIT_INTERRUPTED, DcreliefError, NoTerminalError
from dcrelief.language import _

if TYPE_CHECKING:
    from datetime import date

    from dcrelief.rules.assessment import Assessment
    from dcrelief.rules.facts import Answers
    from dcrelief.rules.model import Catalogue
    from dcrelief.terminal.console import Environment
    from dcrelief.terminal.prompts import Prompter


@app.command("assess", cls=OwnHelpCommand, short_help="问答，然后出一页计划（不写命令就是它）")
def assess_command(
    answers: options.AnswersOption = None,
    settings: options.SetOption = None,
    as_of: options.AsOfOption = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="不提问，没有答案的算不清楚")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="不出报告，输出一个 JSON 对象")] = False,
    full: Annotated[bool, typer.Option("--full", help="不只出计划，每一项的理由、步骤、材料都写出来")] = False,
    save: Annotated[Path | None, options.file_option("--save", text="把答案存成文件，下次用 --answers")] = None,
    html: options.HtmlOption = None,
    pdf: options.PdfOption = None,
    ics: Annotated[
        Path | None, options.file_option("--ics", text="计划里的日子写成日历文件（iCalendar），提前一周和一天提醒")
    ] = None,
    chromium: options.ChromiumOption = None,
    force: options.ForceOption = False,
    catalogues: options.CatalogueOption = None,
    plain: options.PlainOption = False,
) -> None:
    """问答，然后出一页计划：要办什么，打给谁，怎么说，可能有多少钱，哪一天以前；加 --full 出每一项的全文。

    计划写到标准输出，问题和提示写到标准错误，所以 dcrelief --json > x.json 照样会提问。

    例子：

      dcrelief assess --answers 我的企业.toml

      dcrelief assess --set kind=企业 --set 行业=餐饮 --set 从业人员=8 --no-input

      dcrelief assess --as-of 2020-02-20 --save 答案.toml

      dcrelief assess --answers 我的企业.toml --no-input --html 报告.html --pdf 报告.pdf --ics 截止日.ics
    """
    from dcrelief.cli.given import given_answers, unlikely_answers
    from dcrelief.files.answers import save_answers
    from dcrelief.rules.assessment import assess

    environment, catalogue = environment_of(plain), catalogue_of(catalogues)
    files = None
    if html or pdf or ics:  # checked before a long interview, not after it
        from dcrelief.report.handouts import handouts

        paths, reads = {"html": html, "pdf": pdf, "ics": ics}, (answers, *(catalogues or ()), save)
        files = handouts(environment, catalogue, reads=reads, chromium=chromium, force=force, **paths)
    given, day = given_answers(catalogue, answers, settings, as_of, environment)
    for unlikely in unlikely_answers(catalogue, given):
        environment.say(unlikely, style="yellow")
    prompter = None
    if no_input:
        day = day or environment.today
    else:
        prompter = _prompter(environment, plain)
        given, day = _interviewed(environment, catalogue, given, day, prompter)
    not_saved = None
    if save is not None:
        try:
            save_answers(save, catalogue, given, day)
            environment.say(_("答案已存到 {path}。", path=save))
        except DcreliefError as error:
            not_saved = error  # said after the report, which is shown all the same
    if as_json:  # the others say it first
        warn_of_old_date(environment, catalogue, day)
    assessment = assess(catalogue, given, day)
    # What to do next is asked only where the plan is read: not where it goes to a file or a program.
    asks_on = prompter if environment.shows and not as_json else None
    _print_assessment(environment, assessment, as_json=as_json, full=full, more=asks_on is None)
    if files is not None:
        files.write_report(assessment, full=full)
    if asks_on is not None:
        from dcrelief.cli.afterwards import Afterwards

        Afterwards(environment, asks_on, assessment).offer()
    if not_saved is not None:
        raise not_saved


def _print_assessment(
    environment: "Environment", assessment: "Assessment", *, as_json: bool, full: bool, more: bool
) -> None:
    """more: whether the plan says with which commands one sees the rest."""
    if as_json:
        from dcrelief.report.json import assessment_json

        environment.write_for_programs(assessment_json(assessment) + "\n")
        return
    from dcrelief.report.printing import print_view

    if full:
        from dcrelief.report.view import write_report

        view = write_report(assessment)
    else:
        from dcrelief.report.plan_view import write_plan

        view = write_plan(assessment, more=more)
    print_view(environment.out(), view, assessment.catalogue.words, width=environment.width)


def _prompter(environment: "Environment", plain: bool) -> "Prompter | None":
    """What asks the person; None where there is nobody to ask."""
    if not environment.asks:
        return None
    from dcrelief.terminal.prompts import prompter

    return prompter(environment, plain=plain)


def _interviewed(
    environment: "Environment",
    catalogue: "Catalogue",
    given: "Answers",
    day: "date | None",
    prompter: "Prompter | None",
) -> tuple["Answers", "date"]:
    """The answers and the date after the interview. Raises NoTerminalError if there is still something to ask."""
    from dcrelief.rules.interview import Interview

    if prompter is None:
        interview = Interview(catalogue, day or environment.today, given)
        if interview.question() is not None:
            raise NoTerminalError(
                _("还有问题要问，但这里没有终端。"),
                _("请在终端里运行；或者用 --answers 文件、--set 事实=值 给出答案，再加 --no-input。"),
            )
        return given, interview.as_of
    from dcrelief.terminal.dialogue import Dialogue

    dialogue = Dialogue(environment, prompter, catalogue)
    try:
        interview = dialogue.hold(given, day)
    except (KeyboardInterrupt, EOFError, SystemExit) as left:
        from dcrelief.terminal.cjk import wrap

        stopped = _("先停在这里。")
        if dialogue.draft_saved:
            stopped = _("先停在这里。答案已存为草稿，下次运行 dcrelief 会问您要不要接着答。")
        with suppress(OSError):  # the terminal may have gone
            environment.say("\n" + "\n".join(wrap(stopped, environment.width)))
        raise typer.Exit(int(getattr(left, "code", EXIT_INTERRUPTED))) from None
    return interview.told, interview.as_of
