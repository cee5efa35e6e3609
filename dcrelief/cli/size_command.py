"""`size`."""

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of


@app.command("size", cls=OwnHelpCommand, short_help="只看企业规模")
def size_command(
    answers: options.AnswersOption = None,
    settings: options.SetOption = None,
    catalogues: options.CatalogueOption = None,
    plain: options.PlainOption = False,
) -> None:
    """按300号划型：是大型、中型、小型还是微型，为什么；还不能定的，说明还要知道什么。

    例子：

      dcrelief size --set 行业=餐饮 --set 从业人员=8

      dcrelief size --set 行业=工业 --set 从业人员=260 --set 营业收入=6000万
    """
    from dcrelief.cli.given import given_answers
    from dcrelief.report.printing import print_view
    from dcrelief.report.view import size_view
    from dcrelief.rules.assessment import assess

    environment, catalogue = environment_of(plain), catalogue_of(catalogues)
    given, day = given_answers(catalogue, answers, settings, None, environment)
    view = size_view(assess(catalogue, given, day or environment.today))
    print_view(environment.out(), view, catalogue.words, width=environment.width)
