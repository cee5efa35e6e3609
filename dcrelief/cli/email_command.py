"""`email`."""

from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import both_catalogues_of, environment_of, warn_of_old_date


@app.command("email", cls=OwnHelpCommand, short_help="用邮件申请的措施，写好邮件草稿")
def email_command(
    number: Annotated[str, typer.Argument(metavar="条号", help="第几条，如 6", autocompletion=options.complete_number)],
    answers: options.AnswersOption = None,
    settings: options.SetOption = None,
    as_of: options.AsOfOption = None,
    out: Annotated[
        Path | None, options.file_option("--out", "-o", text="写到哪里；不写则按条号和名称取名，放在当前文件夹")
    ] = None,
    force: options.ForceOption = False,
    catalogues: options.CatalogueOption = None,
) -> None:
    """给用邮件申请的措施写一封邮件草稿（.eml）：收件人、标题、企业情况、要附的材料。只写，不发送。

    例子：

      dcrelief email 6 --answers 我的楼宇.toml

      dcrelief email 4 --answers 我的企业.toml -o 房租减免.eml
    """
    from dcrelief.cli.given import given_answers, given_measure
    from dcrelief.cli.letters import letters_for, write_letters
    from dcrelief.rules.assessment import assess
    from dcrelief.terminal.targets import check_targets

    environment = environment_of(plain=False)
    catalogue, original = both_catalogues_of(catalogues)
    measure = given_measure(catalogue, number)
    given, day = given_answers(catalogue, answers, settings, as_of, environment)
    day = day or environment.today
    warn_of_old_date(environment, catalogue, day)
    assessment = assess(catalogue, given, day)
    found = letters_for(assessment, measure, out)
    # The letter is in the language of the document, whatever the applicant reads.
    in_original = letters_for(assess(original, given, day), measure, out)
    targets = [(path, (".eml",)) for path in found.paths]
    check_targets(environment, catalogue, targets, reads=(answers, *(catalogues or ())), force=force)
    write_letters(environment, assessment, found, in_original.applications)
