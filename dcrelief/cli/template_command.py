"""`template`."""

from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of
from dcrelief.errors import UsageError
from dcrelief.language import _


@app.command("template", cls=OwnHelpCommand, short_help="一张空表或空的答案文件")
def template_command(
    out: Annotated[Path, typer.Argument(metavar="文件", help=".csv 或 .xlsx 是客户表，.toml 是答案文件")],
    force: options.ForceOption = False,
    catalogues: options.CatalogueOption = None,
) -> None:
    """一张空表（CSV、XLSX）或空的答案文件（TOML）：全部事实，怎么填，有哪些选项。

    例子：

      dcrelief template 客户表.xlsx

      dcrelief template 我的企业.toml
    """
    from dcrelief.files.csv_writer import write_rows
    from dcrelief.files.whole import write_whole
    from dcrelief.report.template import answers_template, csv_template, write_workbook
    from dcrelief.terminal.targets import check_targets

    environment, catalogue = environment_of(plain=False), catalogue_of(catalogues)
    ending = out.suffix.lower()
    if ending not in (".csv", ".xlsx", ".toml"):
        raise UsageError(
            _("不会写“{suffix}”。", suffix=out.suffix or out.name), _("空表的后缀请用 .csv、.xlsx 或 .toml。")
        )
    check_targets(environment, catalogue, ((out, ()),), reads=(*(catalogues or ()),), force=force)
    if ending == ".xlsx":
        write_workbook(out, catalogue)
    elif ending == ".csv":
        write_rows(out, csv_template(catalogue))
    else:
        write_whole(out, answers_template(catalogue))
    then = f"dcrelief --answers {out}" if ending == ".toml" else _("dcrelief batch {path} -o 结果.xlsx", path=out)
    then += catalogue.option
    environment.say(_("空表写到 {path}。填好以后：{next}", path=out, next=then))
