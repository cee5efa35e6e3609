"""`check`."""

from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import environment_of
from dcrelief.errors import EXIT_PROBLEMS, UsageError
from dcrelief.language import _


@app.command("check", cls=OwnHelpCommand, short_help="检查措施目录，可以和文件原文核对")
def check_command(
    sources: Annotated[
        list[Path] | None,
        options.file_option(
            "--source", text="文件的纯文本，或 --save-facts 存下的 .json：逐条核对；有几份文件的，依次写几次"
        ),
    ] = None,
    save_facts: Annotated[
        Path | None, options.file_option("--save-facts", text="把文件里的硬事实存成 .json，不存原文")
    ] = None,
    as_of: options.AsOfOption = None,
    force: options.ForceOption = False,
    catalogues: options.CatalogueOption = None,
    plain: options.PlainOption = False,
) -> None:
    """检查措施目录：写法、互相引用，还有可疑的地方；有 --source 的，再和文件逐条核对，两边都查。

    可疑的有：永远满足或永远不满足的条件，同一条里条件一样的两种情形，没有规则用的事实和选项，有空档的估算，没有电话的联系人；
    有 --as-of 的，还有那一天已经截止的。确实该这样的，在目录的 accepted 里写明理由。
    核对的是硬事实：人名、电话和分机、邮箱、网址、地址、单位、金额、比例、人数、数量、期限、日期、书名号和引号里的名称；数字还核对次序。
    有可疑的、不一致的，退出码是1。目录和文件有意不同的，在目录的 exceptions 里写明理由。

    例子：

      dcrelief check --as-of 2020-06-01

      dcrelief check --source 实施细则.txt

      dcrelief check --catalogue 别的区/measures.toml --source 别的区.txt

      dcrelief check --catalogue dongcheng --catalogue beijing
    """
    from dcrelief.catalogue.load import CatalogueFiles
    from dcrelief.cli.given import given_day
    from dcrelief.files.whole import write_whole
    from dcrelief.language import CHINESE
    from dcrelief.proof.agreement import agreement
    from dcrelief.proof.document_files import load_document
    from dcrelief.proof.document_files import save_facts as as_json
    from dcrelief.proof.lint import lint
    from dcrelief.report.parts import View
    from dcrelief.report.printing import print_view
    from dcrelief.report.proof_view import agreement_view, checked_view, together_view
    from dcrelief.terminal.targets import check_targets

    environment = environment_of(plain)
    files = CatalogueFiles(*(catalogues or ()))
    catalogue, each, originals = files.catalogue(), files.each(), files.each(CHINESE)
    words = catalogue.words
    if save_facts is not None and len(sources or ()) != 1:
        raise UsageError(_("--save-facts 要和一个 --source 一起用：硬事实是从文件里找的。"))
    if sources and len(sources) != len(each):
        raise UsageError(
            _("有 {documents} 份目录，却有 {sources} 个 --source。", documents=len(each), sources=len(sources)),
            _("请给每份目录一个 --source，次序相同。"),
        )
    day = given_day(catalogue, as_of)
    reads = (*(sources or ()), *(catalogues or ()))
    check_targets(environment, catalogue, ((save_facts, (".json",)),), reads=reads, force=force)
    documents = [load_document(path, own.policies[0].document) for path, own in zip(sources or (), each, strict=False)]
    views: list[View] = []
    whole = True
    for place, (own, original) in enumerate(zip(each, originals, strict=True)):
        findings = lint(own, day)
        views.append(checked_view(own, findings))
        whole = whole and not findings
        if documents:
            found = agreement(original, documents[place])
            views.append(agreement_view(own, found))
            whole = whole and found.whole
    if len(each) > 1:
        views.append(together_view(catalogue))
    for place, view in enumerate(views):
        if place:
            print(file=environment.stdout)
        print_view(environment.out(), view, words, width=environment.width)
    if save_facts is not None:
        write_whole(save_facts, as_json(documents[0], each[0].policies[0].title))
        environment.say(_("硬事实存到 {path}。", path=save_facts))
    if not whole:
        raise typer.Exit(EXIT_PROBLEMS)
