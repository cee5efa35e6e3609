"""`batch`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of
from dcrelief.errors import EXIT_PROBLEMS, UsageError
from dcrelief.language import _


@app.command("batch", cls=OwnHelpCommand, short_help="一张客户表，一次评估")
def batch_command(
    table: Annotated[str, typer.Argument(metavar="表", help="CSV 或 .xlsx，一行一家，一列一个事实；- 是标准输入")],
    out: Annotated[
        str | None, options.file_option("--out", "-o", text=".csv、.xlsx、.parquet 或 .jsonl；- 是标准输出，写 CSV")
    ] = None,
    rejects: Annotated[Path | None, options.file_option("--rejects", text="看不懂的格，一格一行，写成 CSV")] = None,
    reports: Annotated[Path | None, typer.Option("--reports", metavar="文件夹", help="每家一份报告，网页文件")] = None,
    encoding: options.EncodingOption = None,
    sheet: options.SheetOption = None,
    as_of: options.AsOfOption = None,
    catalogues: options.CatalogueOption = None,
) -> None:
    """一张客户表，一次评估：每家的规模、符合的措施、差的答案、金额、截止日，和每种办理情形的结论。

    表头写事实的中文名、英文名或别名，次序随意；别的列照抄。空表用 dcrelief template 得到。
    看不懂的格按不清楚算，一格一格说明，其余照常；有这样的格，退出码是1。

    例子：

      dcrelief batch 客户.csv -o 结果.xlsx --rejects 看不懂.csv

      dcrelief batch 客户.xlsx -o 结果.csv --as-of 2020-02-20 --reports 报告

      dcrelief batch - -o - < 客户.csv > 结果.csv
    """
    # Polars reads this when it is imported. Without it, memory is given back between batches: a tenth of the time.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:10000,narenas:1")
    from dcrelief.batch.run import Request, assess_clients
    from dcrelief.cli.given import given_day

    environment, catalogue = environment_of(plain=False), catalogue_of(catalogues)
    day = given_day(catalogue, as_of) or environment.today
    if out is None:
        raise UsageError(_("请用 -o 写明结果写到哪里。"), _("如 -o 结果.xlsx；-o - 写到标准输出。"))
    clean = assess_clients(environment, catalogue, day, Request(table, out, rejects, reports, encoding, sheet))
    if not clean:
        raise typer.Exit(EXIT_PROBLEMS)
