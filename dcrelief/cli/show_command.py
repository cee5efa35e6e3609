"""`show`."""

from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of
from dcrelief.errors import UsageError
from dcrelief.language import _


@app.command("show", cls=OwnHelpCommand, short_help="一条措施的全文")
def show_command(
    number: Annotated[
        str | None, typer.Argument(metavar="条号", help="第几条，如 6", autocompletion=options.complete_number)
    ] = None,
    glossary: Annotated[bool, typer.Option("--glossary", help="不看某一条，看文件里的术语是什么意思")] = False,
    source: Annotated[
        Path | None, options.file_option("--source", text="文件的纯文本：把原文印在后面，好对着看")
    ] = None,
    answers: options.AnswersOption = None,
    settings: options.SetOption = None,
    as_of: options.AsOfOption = None,
    catalogues: options.CatalogueOption = None,
    plain: options.PlainOption = False,
) -> None:
    """一条措施的全文：每种办理情形的条件、材料、步骤、联系人；给了答案的，写这家符合不符合、为什么、多少钱。

    例子：

      dcrelief show 6

      dcrelief show 6 --answers 我的楼宇.toml

      dcrelief show 6 --source 实施细则.txt

      dcrelief show --glossary
    """
    from dcrelief.cli.given import given_article, given_measure
    from dcrelief.report.printing import print_view
    from dcrelief.report.routes import glossary_view, measure_view

    environment, catalogue = environment_of(plain), catalogue_of(catalogues)
    if glossary == (number is not None):
        raise UsageError(_("请写条号，或者 --glossary，写其中一个。"), _("如 dcrelief show 6。"))
    if number is None:
        print_view(environment.out(), glossary_view(catalogue), catalogue.words, width=environment.width)
        return
    measure = given_measure(catalogue, number)
    if answers or settings:
        from dcrelief.cli.given import given_answers
        from dcrelief.report.view import measure_for
        from dcrelief.rules.assessment import assess

        given, day = given_answers(catalogue, answers, settings, as_of, environment)
        view = measure_for(assess(catalogue, given, day or environment.today), measure)
        print_view(environment.out(), view, catalogue.words, width=environment.width)
        return
    article = "" if source is None else given_article(catalogue, source, measure)
    view = measure_view(catalogue, measure, article)
    print_view(environment.out(), view, catalogue.words, width=environment.width)
