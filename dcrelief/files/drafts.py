"""The draft of an interview: saved after every answer, offered at the next start."""

import os
import time
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
from msgspec import Struct, field

from dcrelief.catalogue.data_files import read_bytes
from dcrelief.errors import UnusableFileError, why
from dcrelief.files.answers import MOST_BYTES, facts_of
from dcrelief.files.whole import resolved, write_whole
from dcrelief.language import _
from dcrelief.rules.facts import EARLIEST_DATE, LATEST_DATE, Answers, Value
from dcrelief.rules.interview import TOPICS, Interview, Screen
from dcrelief.rules.kinds import document
from dcrelief.rules.model import Catalogue

SCHEMA = 1
NAME = "draft.json"
_RUN, _BEGAN, _BESIDE = f"{os.getpid()}-{time.time_ns()}", time.time_ns(), ".run-"


class ScreenTable(Struct, frozen=True):
    """One screen in the file."""

    page: str
    answers: dict[str, Any]
    offered: tuple[str, ...]
    ticked: tuple[str, ...]


class DraftFile(Struct, frozen=True):
    """The file."""

    schema: int
    saved: date
    as_of: date
    given: dict[str, Any]
    screens: tuple[ScreenTable, ...] = field(name="steps")  # as it has always been called in the file
    begun: ScreenTable | None = None
    run: str = ""


class RunTable(Struct, frozen=True):
    """Of the file, which run of the program saved it."""

    run: str = ""


class Draft(Struct, frozen=True):
    """A saved interview: when, and what of it could not be taken over from an older catalogue.

    begun: what was ticked on a page that was not answered to its end.
    """

    saved: date
    interview: Interview
    lost: tuple[str, ...]
    begun: Screen | None = None


def draft_path(folder: Path, catalogue: Catalogue) -> Path:
    """Where the draft of a catalogue is: each has one of its own.

    Of two interviews at once, the second to save has it, and the first goes on in a file beside it: see save_draft.
    """
    if not catalogue.paths:
        return folder / NAME
    paths = "\0".join(sorted(str(resolved(Path(path))) for path in catalogue.paths))
    told_apart = crc32(paths.encode(errors="surrogateescape"))
    return (folder / NAME).with_stem(f"draft-{told_apart:08x}")


def _drafts(path: Path) -> list[Path]:
    """The drafts of a catalogue, the one saved last first: its own, and those of interviews that went on beside it."""
    paths = [path, *path.parent.glob(f"{path.stem}{_BESIDE}*{path.suffix}")]
    saved = {each: each.stat().st_mtime_ns for each in paths if each.is_file()}
    return sorted(saved, key=lambda each: saved[each], reverse=True)


def _run_of(path: Path) -> str:
    """Which run of the program saved a draft; empty if nobody can tell."""
    try:
        return str(msgspec.json.decode(read_bytes(path, MOST_BYTES), type=RunTable).run)
    except (UnusableFileError, ValueError, RecursionError):
        return ""


def _own_path(path: Path) -> Path:
    """Where this run saves: in the draft, or beside it if another run has saved there since this one began."""
    is_others = path.is_file() and path.stat().st_mtime_ns > _BEGAN and _run_of(path) not in ("", _RUN)
    return path.with_stem(f"{path.stem}{_BESIDE}{_RUN}") if is_others else path


def save_draft(folder: Path, interview: Interview, today: date, begun: Screen | None = None) -> None:
    """Saves an interview, and the page that was begun; what another interview has saved meanwhile stays.

    Raises UnusableFileError if the folder cannot be written.
    """
    facts = interview.catalogue.facts

    def table(screen: Screen) -> ScreenTable:
        return ScreenTable(screen.page, document(facts, Answers(screen.answers)), screen.offered, screen.ticked)

    given, screens = document(facts, interview.given), tuple(map(table, interview.screens))
    file = DraftFile(SCHEMA, today, interview.as_of, given, screens, None if begun is None else table(begun), _RUN)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableFileError(_("建不了文件夹 {folder}：{why}。", folder=folder, why=why(error))) from None
    write_whole(_own_path(draft_path(folder, interview.catalogue)), msgspec.json.encode(file).decode())


def load_draft(folder: Path, catalogue: Catalogue) -> Draft | None:
    """The interview that was saved last, None if there is none or it cannot be read.

    From an older catalogue: what still reads is taken over, the rest is named in `lost`.
    """
    try:
        path = next(iter(_drafts(draft_path(folder, catalogue))), None)
        if path is None:
            return None
        file = msgspec.json.decode(read_bytes(path, MOST_BYTES), type=DraftFile)
    except (
        UnusableFileError,
        ValueError,
        RecursionError,
    ):  # of ValueError are msgspec's errors, and that it is no UTF-8
        return None
    if file.schema != SCHEMA or not EARLIEST_DATE <= file.as_of <= LATEST_DATE:
        return None
    given, lost = facts_of(catalogue, file.given.items(), file.as_of)
    screens = []
    for table in file.screens:
        screen, elsewhere, problems = _screen(catalogue, table, file.as_of)
        given = given.also(elsewhere)
        lost += problems
        if screen.offered or screen.answers:
            screens.append(screen)
    begun = None if file.begun is None else _screen(catalogue, file.begun, file.as_of)[0]
    if begun is not None and not (begun.offered or begun.answers):
        begun = None
    interview = Interview(catalogue, file.as_of, given, tuple(screens))
    return Draft(file.saved, interview.each_once(), tuple(lost), begun)


def _screen(catalogue: Catalogue, table: ScreenTable, as_of: date) -> tuple[Screen, dict[str, Value], list[str]]:
    """A screen as far as this catalogue has its page; answers that stand on others now; what cannot be read."""
    answers, problems = facts_of(catalogue, table.answers.items(), as_of)
    if table.page == TOPICS:
        topics = {topic.key for topic in catalogue.topics}
        offered = tuple(key for key in table.offered if key in topics)
        return (
            Screen(TOPICS, dict(answers), offered, tuple(key for key in table.ticked if key in offered)),
            {},
            problems,
        )
    own = next((page.facts for page in catalogue.pages if page.key == table.page), ())
    elsewhere = {fact: value for fact, value in answers.items() if fact not in own}
    return Screen(table.page, dict(answers.without(frozenset(elsewhere)))), elsewhere, problems


def shelve_draft(folder: Path, catalogue: Catalogue) -> Path | None:
    """Puts the draft aside under another name, over the one put aside before; its path, None if there was none."""
    try:
        draft = draft_path(folder, catalogue)
        last = next(iter(_drafts(draft)), draft)
        return last.replace(draft.with_suffix(".old.json"))
    except OSError:
        return None
