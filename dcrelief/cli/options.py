"""Options that several commands share, and what a shell offers to complete them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dcrelief.cli.surroundings import catalogue_of

if TYPE_CHECKING:
    from dcrelief.rules.facts import Fact
    from dcrelief.rules.model import Catalogue


def complete_setting(incomplete: str) -> list[tuple[str, str]]:
    """Facts, each with its equals sign, and labels; behind the sign, or of the only fact that fits, the choices."""
    from dcrelief.rules.text import folded

    catalogue = catalogue_of()
    name, equals, written = incomplete.partition("=")
    if equals:
        fact = catalogue.facts.get(catalogue.names().get(folded(name), ""))
        return [(f"{name}={text}", label) for text, label in _choices(catalogue, fact, name, written)] if fact else []
    ids = [(fact.id, fact) for fact in catalogue.facts.values() if fact.id.startswith(name)]
    found = ids or [(way, fact) for fact in catalogue.facts.values() for way in fact.names if way.startswith(name)]
    if len(found) == 1:  # a shell that has only one would put a space behind the equals sign
        way, fact = found[0]
        return [(f"{way}={text}", label) for text, label in _choices(catalogue, fact, way, "") or [("", fact.label)]]
    return [(f"{way}=", fact.label) for way, fact in found]


def _choices(catalogue: "Catalogue", fact: "Fact", name: str, written: str) -> list[tuple[str, str]]:
    """What may be chosen and begins so, with its label: by keys if the fact is named by its id, else by labels."""
    from dcrelief.rules.kinds import kind_of

    kind = kind_of(fact)
    earlier = written[: written.rfind(",") + 1] if kind.asked == "tick" else ""
    keys = [(f"{earlier}{key}", label) for key, label, _ in kind.options(fact, catalogue.words)]
    labels = [(f"{earlier}{label}", label) for _, label in keys]
    ways = (keys, labels) if name == fact.id else (labels, keys)
    begun = ([way for way in each if way[0].startswith(written)] for each in ways)
    return next(filter(None, begun), [])


def complete_number(incomplete: str) -> list[tuple[str, str]]:
    """Numbers of measures, with their titles."""
    measures = catalogue_of().measures
    return [(str(m.number), m.title) for m in measures if str(m.number).startswith(incomplete)]


def complete_unit(incomplete: str) -> list[str]:
    """Units that have contacts."""
    units = dict.fromkeys(contact.unit for contact in catalogue_of().contacts.values())
    return [unit for unit in units if unit.startswith(incomplete)]


def file_option(*names: str, text: str) -> Any:
    """An option that names a file; text: its help."""
    return typer.Option(*names, metavar="文件", help=text)


AnswersOption = Annotated[
    Path | None, file_option("--answers", text="答案文件，TOML 或 JSON：一行一个事实，如 employees = 12")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="事实=值",
        help="直接给一个答案，可重复；事实写英文名或中文名，如 从业人员=12；比 --answers 优先",
        autocompletion=complete_setting,
    ),
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", metavar="编码", help="CSV 的编码，如 gb18030；不写则自己认")
]
SheetOption = Annotated[
    str | None,
    typer.Option("--sheet", metavar="名字", help="工作簿里的哪一张表，写名字或第几张，'*' 是全部；不写则自己认"),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="日期", help="按哪一天评估，如 2020-02-20；不写是今天")
]
CatalogueOption = Annotated[
    list[Path] | None,
    file_option(
        "--catalogue",
        text="换一份措施目录：随附的写名字（dongcheng、beijing），别的写文件（measures.toml）；不写用东城区的；"
        "写几次，几份文件一起看",
    ),
]
HtmlOption = Annotated[Path | None, file_option("--html", text="写成一个网页文件，能在手机上看、能打印")]
PdfOption = Annotated[Path | None, file_option("--pdf", text="印成 PDF，要装有 Chromium、Chrome 或 Edge")]
ChromiumOption = Annotated[
    str | None, typer.Option("--chromium", metavar="程序", help="用哪个浏览器印 PDF；不写则自己找")
]
ForceOption = Annotated[bool, typer.Option("--force", help="文件已经有了也写，不问")]
PlainOption = Annotated[bool, typer.Option("--plain", help="给读屏软件：一句一行，没有线条、颜色和菜单")]
