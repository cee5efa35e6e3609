"""Files that a command is to write: checked before the work; the person is asked about those that exist."""

from collections.abc import Sequence
from pathlib import Path

from dcrelief.errors import UnusableFileError, UsageError, why
from dcrelief.files.whole import resolved
from dcrelief.language import _, later
from dcrelief.rules.model import Catalogue
from dcrelief.rules.text import folded
from dcrelief.terminal.console import Environment

_ELSEWHERE = later("请先建好文件夹，或换一个地方。")
Targets = Sequence[tuple[Path | None, tuple[str, ...]]]
"""Files to write, each with the endings that its name may have; no endings: any will do."""


def check_targets(
    environment: Environment, catalogue: Catalogue, targets: Targets, *, reads: Sequence[Path | None] = (), force: bool
) -> None:
    """Checks before the work that files can be written; the person is asked about those that exist.

    reads: other files of the command, which must not be written over. Raises UnusableFileError for a folder that is not
    there, UsageError for a file that the person keeps, that is named twice, or has another ending.
    """
    taken = [resolved(path) for path in reads if path is not None]
    for path, endings in targets:
        if path is not None:
            _check_target(environment, catalogue, path, endings, taken, force=force)
            taken.append(resolved(path))


def _check_target(
    environment: Environment,
    catalogue: Catalogue,
    path: Path,
    endings: tuple[str, ...],
    taken: Sequence[Path],
    *,
    force: bool,
) -> None:
    try:
        folder, there = path.parent.is_dir(), path.exists()
        device = there and not (path.is_file() or path.is_dir())
        if path.is_dir():
            raise UsageError(_("{path} 是文件夹，不是文件。", path=path), _("请写上文件名。"))
        if resolved(path) in taken and not device:
            raise UsageError(_("{path} 不能又读又写，也不能写两样东西，请另取一个名字。", path=path))
        if endings and not device and path.suffix.lower() not in endings:
            joined = catalogue.words("value.or").join(endings)
            raise UsageError(_("{path} 的后缀应是 {endings}。", path=path, endings=joined))
        if not folder:
            no_folder = _("没有文件夹 {folder}，写不了 {path}。", folder=path.parent, path=path)
            raise UnusableFileError(no_folder, _(_ELSEWHERE))
        if there and not device and not force and not _may_overwrite(environment, catalogue, path):
            stays = _("{path} 已经有了，不写在它上面。", path=path)
            raise UsageError(stays, _("请另取一个名字，或者加 --force 写在它上面。"))
    except OSError as error:
        raise UnusableFileError(_("写不了 {path}：{why}。", path=path, why=why(error)), _(_ELSEWHERE)) from None


def _may_overwrite(environment: Environment, catalogue: Catalogue, path: Path) -> bool:
    if not environment.asks:
        return False
    environment.drop_unread()
    environment.say(_("{path} 已经有了。要写在它上面吗？（是/否，直接回车为否）", path=path), end="")
    return folded(environment.stdin.readline()) in {folded(token) for token in catalogue.tokens.yes}
