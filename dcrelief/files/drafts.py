"""The draft of an interview: saved after every answer, offered at the next start."""

from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
from msgspec import Struct, field

from dcrelief.errors import UnusableFileError, why
from dcrelief.files.answers import facts_of
from dcrelief.files.whole import write_whole
from dcrelief.language import _
from dcrelief.rules.facts import Answers
from dcrelief.rules.interview import TOPICS, Interview, Screen
from dcrelief.rules.kinds import document
from dcrelief.rules.model import Catalogue

SCHEMA = 1
NAME = "draft.json"


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


class Draft(Struct, frozen=True):
    """A saved interview: when, and what of it could not be taken over from an older catalogue.

    begun: what was ticked on a page that was not answered to its end.
    """

    saved: date
    interview: Interview
    lost: tuple[str, ...]
    begun: Screen | None = None


def draft_path(folder: Path, catalogue: Catalogue) -> Path:
    """Where the draft of a catalogue is: each has one of its own."""
    if not catalogue.path:
        return folder / NAME
    told_apart = crc32(str(Path(catalogue.path).resolve()).encode(errors="surrogateescape"))
    return (folder / NAME).with_stem(f"draft-{told_apart:08x}")


def save_draft(folder: Path, interview: Interview, today: date, begun: Screen | None = None) -> None:
    """Saves an interview, and the page that was begun. Raises UnusableFileError if the folder cannot be written."""
    facts = interview.catalogue.facts

    def table(screen: Screen) -> ScreenTable:
        return ScreenTable(screen.page, document(facts, Answers(screen.answers)), screen.offered, screen.ticked)

    given, screens = document(facts, interview.given), tuple(map(table, interview.screens))
    file = DraftFile(SCHEMA, today, interview.as_of, given, screens, None if begun is None else table(begun))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableFileError(_("建不了文件夹 {folder}：{why}。", folder=folder, why=why(error))) from None
    write_whole(draft_path(folder, interview.catalogue), msgspec.json.encode(file).decode())


def load_draft(folder: Path, catalogue: Catalogue) -> Draft | None:
    """The saved interview, None if there is none or it cannot be read.

    From an older catalogue: what still reads is taken over, the rest is named in `lost`.
    """
    try:
        file = msgspec.json.decode(draft_path(folder, catalogue).read_bytes(), type=DraftFile)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None
    if file.schema != SCHEMA:
        return None
    given, lost = facts_of(catalogue, file.given.items(), file.as_of)
    pages = {page.key for page in catalogue.pages}
    screens = []
    for table in file.screens:
        screen, problems = _screen(catalogue, table, file.as_of)
        lost += problems
        if screen.page == TOPICS or (screen.page in pages and screen.answers):
            screens.append(screen)
        else:
            given = given.also(screen.answers)
    begun = None if file.begun is None else _screen(catalogue, file.begun, file.as_of)[0]
    interview = Interview(catalogue, file.as_of, given, tuple(screens))
    return Draft(file.saved, interview.each_once(), tuple(lost), begun)


def _screen(catalogue: Catalogue, table: ScreenTable, as_of: date) -> tuple[Screen, list[str]]:
    """A screen as far as this catalogue has its facts and topics; what of its answers cannot be read."""
    answers, problems = facts_of(catalogue, table.answers.items(), as_of)
    topics = {topic.key for topic in catalogue.topics}
    offered, ticked = (tuple(key for key in keys if key in topics) for keys in (table.offered, table.ticked))
    return Screen(table.page, dict(answers), offered, ticked), problems


def shelve_draft(folder: Path, catalogue: Catalogue) -> Path | None:
    """Puts the draft aside under another name, over the one put aside before; its path, None if there was none."""
    try:
        draft = draft_path(folder, catalogue)
        return draft.replace(draft.with_suffix(".old.json"))
    except OSError:
        return None
