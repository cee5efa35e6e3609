"""`draft`."""

from pathlib import Path
from typing import Annotated

import typer

from dcrelief.cli import options
from dcrelief.cli.app import OwnHelpCommand, app
from dcrelief.cli.surroundings import catalogue_of, environment_of
from dcrelief.errors import UnusableFileError, why
from dcrelief.language import _


@app.command("draft", cls=OwnHelpCommand, short_help="从文件原文起一份措施目录的稿")
def draft_command(
    document: Annotated[Path, typer.Argument(metavar="文件", help="文件的纯文本")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="文件夹", help="写到这个文件夹，没有就新建")],
    force: options.ForceOption = False,
) -> None:
    """从文件原文起一份措施目录的稿：编号、标题、单位、联系人照抄，每条的硬事实列在上面，要人定的写 TODO。

    条件和金额一样也不替您定。写好以后用 check 查，它也数还剩几处 TODO。

    例子：

      dcrelief draft 实施细则.txt -o 我的区
    """
    from dcrelief.catalogue.load import known_layouts
    from dcrelief.files.whole import write_whole
    from dcrelief.proof.document_files import document_text
    from dcrelief.proof.lint import TO_DO
    from dcrelief.proof.skeleton import guessed_layout, skeleton
    from dcrelief.terminal.targets import check_targets

    environment, catalogue = environment_of(plain=False), catalogue_of()
    text = document_text(document)
    layout = guessed_layout(text, known_layouts())
    files = skeleton(text, layout, catalogue.words)
    count = files["measures.toml"].count("[[measures]]")
    if not count:
        raise UnusableFileError(
            _("{path} 里没有找到编号的措施。", path=document), _("每条要以编号开头，在行首或空格后，从1起连续。")
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableFileError(_("写不了 {path}：{why}。", path=out, why=why(error)), _("请换一个文件夹。")) from None
    paths = {out / name: content for name, content in files.items()}
    check_targets(environment, catalogue, [(path, ()) for path in paths], reads=(document,), force=force)
    for path, content in paths.items():
        write_whole(path, content)
    left = sum(content.count(TO_DO) for content in files.values())
    next_ = f"dcrelief check --catalogue {out / 'measures.toml'} --source {document}"
    environment.say(
        _("写到 {folder}：{count} 条措施，{left} 处 TODO。接着：{next}", folder=out, count=count, left=left, next=next_)
    )
