"""`contacts`."""

from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of
from dcrelief.errors import UsageError
from dcrelief.language import _


@app.command("contacts", cls=OwnHelpCommand, short_help="联系人表，可打印")
def contacts_command(
    wanted: Annotated[str | None, typer.Argument(metavar="想办的", help="要办什么，如 房租、贷款、公证")] = None,
    units: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="单位", help="只要这个单位的，可重复", autocompletion=options.complete_unit),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure", metavar="条号", help="只要管这条措施的，可重复", autocompletion=options.complete_number
        ),
    ] = None,
    office_only: Annotated[bool, typer.Option("--office-only", help="只要办公电话，不要可能是个人的手机")] = False,
    html: options.HtmlOption = None,
    pdf: options.PdfOption = None,
    csv: Annotated[Path | None, options.file_option("--csv", text="写成 CSV")] = None,
    xlsx: Annotated[Path | None, options.file_option("--xlsx", text="写成 Excel 工作簿")] = None,
    vcard: Annotated[Path | None, options.file_option("--vcard", text="写成 vCard 4.0，导入通讯录")] = None,
    vcard3: Annotated[bool, typer.Option("--vcard3", help="--vcard 写成 3.0，给旧的手机和邮箱")] = False,
    a3: Annotated[bool, typer.Option("--a3", help="网页和 PDF 印在一张 A3 上，不是两张 A4")] = False,
    chromium: options.ChromiumOption = None,
    force: options.ForceOption = False,
    catalogues: options.CatalogueOption = None,
    plain: options.PlainOption = False,
) -> None:
    """联系人表：先按要办的事，打给谁；再按单位，每位联系人一次，电话（分机写全）、邮箱、地址，和管的措施。

    不写文件就显示在终端里；写文件的可以同时写几种。网页印出来是两张 A4，可以贴在墙上。

    例子：

      dcrelief contacts 房租

      dcrelief contacts --unit 区金融办

      dcrelief contacts --measure 6 --measure 24 --office-only

      dcrelief contacts --unit 区金融办 --html 金融办.html --pdf 金融办.pdf

      dcrelief contacts --vcard 全部联系人.vcf --xlsx 联系人表.xlsx
    """
    from dcrelief.cli.given import given_measure, given_subject, given_unit_or_subject
    from dcrelief.report.contact_sheet import contact_sheet
    from dcrelief.report.printing import print_view

    environment, catalogue = environment_of(plain), catalogue_of(catalogues)
    if (a3 and not (html or pdf)) or (vcard3 and not vcard):
        raise UsageError(_("--a3 只和 --html、--pdf 一起用，--vcard3 只和 --vcard 一起用。"), _("请加上要写的文件。"))
    ids = {given_measure(catalogue, number).id for number in measures or ()}
    named: list[str] = []
    looked_for: list[str] = []
    if wanted is not None:
        ids |= given_subject(catalogue, wanted)
        looked_for.append(wanted)
    for name in units or ():
        unit, found = given_unit_or_subject(catalogue, name)
        ids |= found
        (named if unit else looked_for).append(unit or name)
    sheet = contact_sheet(catalogue, units=named, measures=ids, looked_for=looked_for, office_only=office_only)
    if not sheet.entries:
        raise UsageError(
            _("没有符合这些条件的联系人。"), _("单位名用 dcrelief contacts{where} 看。", where=catalogue.option)
        )
    if not (html or pdf or csv or xlsx or vcard):
        print_view(environment.out(), sheet.view(), catalogue.words, width=environment.width)
        return
    from dcrelief.report.handouts import handouts

    paths = {"html": html, "pdf": pdf, "csv": csv, "xlsx": xlsx, "vcard": vcard}
    files = handouts(environment, catalogue, reads=(*(catalogues or ()),), chromium=chromium, force=force, **paths)
    files.write_contacts(sheet, a3=a3, old_cards=vcard3)
