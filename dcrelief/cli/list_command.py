"""`list`."""

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of


@app.command("list", cls=OwnHelpCommand, short_help="全部措施，一条一行")
def list_command(catalogues: options.CatalogueOption = None, plain: options.PlainOption = False) -> None:
    """全部措施，一条一行：条号、名称、责任单位。

    例子：

      dcrelief list
    """
    from dcrelief.report.printing import print_view
    from dcrelief.report.routes import list_view

    environment, catalogue = environment_of(plain), catalogue_of(catalogues)
    print_view(environment.out(), list_view(catalogue), catalogue.words, width=environment.width)
