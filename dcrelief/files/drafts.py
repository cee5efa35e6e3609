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


class Draft(Struct, frozen=True):
    """A saved interview: when, and what of it could not be taken over from an older catalogue."""

    saved: date
    interview: Interview
    lost: tuple[str, ...]


def draft_path(folder: Path, catalogue: Catalogue) -> Path:
    """Where the draft of a catalogue is: each has one of its own."""
    if not catalogue.path:
        return folder / NAME
    told_apart = crc32(str(Path(catalogue.path).resolve()).encode(errors="surrogateescape"))
    return (folder / NAME).with_stem(f"draft-{told_apart:08x}")


def save_draft(folder: Path, interview: Interview, today: date) -> None:
    """Saves an interview. Raises UnusableFileError if the folder cannot be written."""
    facts = interview.catalogue.facts
    screens = tuple(
        ScreenTable(screen.page, document(facts, Answers(screen.answers)), screen.offered, screen.ticked)
        for screen in interview.screens
    )
    file = DraftFile(SCHEMA, today, interview.as_of, document(facts, interview.given), screens)
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
    topics = {topic.key for topic in catalogue.topics}
    screens = []
    for table in file.screens:
        answers, problems = facts_of(catalogue, table.answers.items(), file.as_of)
        lost += problems
        if table.page == TOPICS:
            known = [tuple(topic for topic in keys if topic in topics) for keys in (table.offered, table.ticked)]
            screens.append(Screen(TOPICS, dict(answers), *known))
        elif table.page in pages and answers:
            screens.append(Screen(table.page, dict(answers)))
        else:
            given = given.also(answers)
    interview = Interview(catalogue, file.as_of, given, tuple(screens))
    return Draft(file.saved, interview.each_once(), tuple(lost))


def shelve_draft(folder: Path, catalogue: Catalogue) -> Path | None:
    """Puts the draft aside under another name, over the one put aside before; its path, None if there was none."""
    try:
        draft = draft_path(folder, catalogue)
        return draft.replace(draft.with_suffix(".old.json"))
    except OSError:
        return None
