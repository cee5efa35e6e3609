"""`contacts` and `email`."""

from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.options import (
    AnswersOption,
    AsOfOption,
    CatalogueOption,
    ChromiumOption,
    ForceOption,
    HtmlOption,
    PdfOption,
    PlainOption,
    SetOption,
    complete_number,
    complete_unit,
)
from dcrelief.cli.surroundings import catalogue_of, environment_of, in_chinese, warn_of_old_date
from dcrelief.errors import UsageError


@app.command(cls=OwnHelpCommand, short_help="联系人表，可打印")
def contacts(
    units: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="单位", help="只要这个单位的，可重复", autocompletion=complete_unit),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="条号", help="只要管这条措施的，可重复", autocompletion=complete_number),
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

    environment, catalogue = environment_of(plain), catalogue_of(catalogue_file)
    numbers = {given_measure(catalogue, number).number for number in measures or ()}
    named = [given_unit(catalogue, unit) for unit in units or ()]
    sheet = contact_sheet(catalogue, units=named, measures=numbers, office_only=office_only)
    if not sheet.entries:
        raise UsageError(catalogue.words("contacts.none"), catalogue.words("output.unit_hint"))
    if not (html or pdf or csv or xlsx or vcard):
        print_view(environment.out(), sheet.view(), catalogue.words, width=environment.width)
        return
    others = ((csv, (".csv",)), (xlsx, (".xlsx",)), (vcard, (".vcf", ".vcard")))
    reads = (catalogue_file,)
    page = page_files(
        environment, catalogue, html=html, pdf=pdf, others=others, reads=reads, chromium=chromium, force=force
    )
    write_contact_files(environment, sheet, page, ContactFiles(csv, xlsx, vcard))


@app.command(cls=OwnHelpCommand, short_help="用邮件申请的措施，写好邮件草稿")
def email(
    number: Annotated[str, typer.Argument(metavar="条号", help="第几条，如 6", autocompletion=complete_number)],
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
    from dcrelief.applications import drafts, write_drafts
    from dcrelief.inputs import check_targets, given_answers, given_measure
    from dcrelief.rules.assessment import assess as assessed

    environment, catalogue = environment_of(plain=False), catalogue_of(catalogue_file)
    measure = given_measure(catalogue, number)
    given, day = given_answers(catalogue, answers, settings, as_of, environment.today)
    day = day or environment.today
    warn_of_old_date(environment, catalogue, day)
    assessment = assessed(catalogue, given, day)
    found = drafts(assessment, measure, out)
    with in_chinese(catalogue, catalogue_file) as original:  # the office reads Chinese, whatever the applicant reads
        letters = [letter.application for letter in drafts(assessed(original, given, day), measure, out).written]
    targets = [(draft.path, (".eml",)) for draft in found.written]
    check_targets(environment, catalogue, targets, reads=(answers, catalogue_file), force=force)
    write_drafts(environment, assessment, found, letters)
