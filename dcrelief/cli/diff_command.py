"""`diff`."""

from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of, warn_of_old_date
from dcrelief.errors import EXIT_PROBLEMS, UsageError
from dcrelief.language import _


@app.command("diff", cls=OwnHelpCommand, short_help="两份目录或两天之间，什么变了，谁得到、谁失去")
def diff_command(
    old: Annotated[str | None, typer.Argument(metavar="旧", help="旧的措施目录（measures.toml），或一个日期")] = None,
    new: Annotated[str | None, typer.Argument(metavar="新", help="新的措施目录，或一个日期")] = None,
    answers: options.AnswersOption = None,
    settings: options.SetOption = None,
    clients: Annotated[
        str | None, typer.Option("--clients", metavar="表", help="客户表，CSV 或 .xlsx：哪些企业得到、失去哪一条")
    ] = None,
    clients_before: Annotated[
        str | None,
        typer.Option(
            "--clients-before", metavar="旧表", help="以前的客户表：和 --clients 比，谁得到、失去什么，因为哪一项变了"
        ),
    ] = None,
    out: Annotated[
        Path | None, options.file_option("--out", "-o", text="客户表的每一处变化，一家一条一行，写成 CSV")
    ] = None,
    encoding: options.EncodingOption = None,
    sheet: options.SheetOption = None,
    as_of: options.AsOfOption = None,
    force: options.ForceOption = False,
    catalogues: options.CatalogueOption = None,
    plain: options.PlainOption = False,
) -> None:
    """两份措施目录之间什么变了：条件、金额、时间、材料、步骤、联系人，一项一项写出来。

    旧和新都写日期的，是同一份目录（--catalogue，不写用随附的）在两天之间：哪些开始、哪些截止。
    有 --answers 或 --set 的，再写这一家得到、失去什么，金额变了多少；有 --clients 的，写一张表里的每一家；
    再加 --clients-before 的，是两张客户表比，按编号（没有就按名称）对应，旧和新可以不写。

    例子：

      dcrelief diff 2020-02-20 2020-04-01

      dcrelief diff 旧/measures.toml 新/measures.toml --answers 我的企业.toml

      dcrelief diff 旧/measures.toml 新/measures.toml --clients 客户.csv -o 变化.csv

      dcrelief diff --clients-before 上月.csv --clients 本月.csv -o 变化.csv
    """
    from dcrelief.cli.given import given_answers, given_day
    from dcrelief.files.answers import read_answers_file
    from dcrelief.report.changes import Side, changes_view
    from dcrelief.report.parts import Section
    from dcrelief.report.printing import print_view
    from dcrelief.report.shift_lines import business_sections, table_sections
    from dcrelief.rules.assessment import assess
    from dcrelief.rules.kinds.date_kind import read_day
    from dcrelief.terminal.targets import check_targets

    environment = environment_of(plain)
    one_business = answers is not None or bool(settings)
    if one_business and clients is not None:
        raise UsageError(_("--answers、--set 是一家，--clients 是一张表，不能一起用。"), _("请分两次。"))
    if clients is None and any(given is not None for given in (out, encoding, sheet)):
        raise UsageError(_("-o、--encoding 和 --sheet 要和 --clients 一起用。"), _("请加上 --clients 客户.csv。"))
    if clients_before is not None and clients is None:
        raise UsageError(_("--clients-before 要和 --clients 一起用。"), _("请加上 --clients 客户.csv。"))
    if new is None and (old is not None or clients_before is None):
        raise UsageError(_("请写明比哪两个：两份措施目录，或两个日期。"), _("如 dcrelief diff 2020-02-20 2020-04-01。"))
    usual = catalogue_of(catalogues)
    months = usual.tokens.months
    of_file = read_answers_file(answers, months).as_of if answers is not None else None
    usual_day = given_day(usual, as_of) or of_file or environment.today
    # Without two catalogues or days, two tables are compared by the same one, on the same day.
    ends = tuple(end or usual_day.isoformat() for end in (old, new))
    paths = [path for path in ends if read_day(path, months) is None]
    before, after = (
        Side(catalogue_of([Path(side)]), usual_day, side)
        if side in paths
        else Side(usual, read_day(side, months) or usual_day, " ".join(map(str, catalogues or ())))
        for side in ends
    )
    warn_of_old_date(environment, after.catalogue, after.day)
    words = after.catalogue.words
    sections: tuple[Section, ...] = ()
    bad_cells = 0
    if clients is not None:
        reads = (*map(Path, filter(None, (clients, clients_before))), *(catalogues or ()), *map(Path, paths))
        check_targets(environment, after.catalogue, ((out, (".csv",)),), reads=reads, force=force)
        if clients_before is None:
            from dcrelief.batch.compare import compare_clients

            tally = compare_clients(environment, before, after, clients, out, encoding, sheet)
        else:
            from dcrelief.batch.compare_tables import compare_tables

            tally = compare_tables(environment, (before, after), (clients_before, clients), out, encoding, sheet)
        sections, bad_cells = table_sections(after.catalogue, tally), tally.bad_cells
    elif one_business:
        assessed = []
        names = {**before.catalogue.names(), **after.catalogue.names()}
        for side in (before, after):
            given = given_answers(side.catalogue, answers, settings, side.day.isoformat(), environment, names)
            assessed.append(assess(side.catalogue, given[0], side.day))
        sections = business_sections(*assessed)
    print_view(environment.out(), changes_view(before, after, sections), words, width=environment.width)
    if out is not None:
        environment.say(_("变化写到 {path}。", path=out))
    if bad_cells:
        raise typer.Exit(EXIT_PROBLEMS)
