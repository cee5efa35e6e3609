"""The draft of an interview: saved after every answer, offered at the next start."""

import json
from datetime import date
from pathlib import Path

from msgspec import Struct

from dcrelief.errors import UnusableFileError, why
from dcrelief.files.answers import answers_document, facts_of, write_whole
from dcrelief.rules.catalogue import Catalogue
from dcrelief.rules.facts import Answers
from dcrelief.rules.interview import Interview, Step

SCHEMA = 1
NAME, SHELVED = "draft.json", "draft.old.json"


class Draft(Struct, frozen=True):
    """A saved interview: when, on which date it assesses, and what could not be taken over from an older catalogue."""

    saved: date
    as_of: date
    interview: Interview
    lost: tuple[str, ...]


def save_draft(folder: Path, interview: Interview, today: date) -> None:
    """Saves an interview. Raises UnusableFileError if the folder cannot be written."""
    catalogue = interview.catalogue
    document = {
        "schema": SCHEMA,
        "saved": today.isoformat(),
        "as_of": interview.as_of.isoformat(),
        "catalogue": catalogue.digest,
        "given": answers_document(catalogue, interview.given),
        "steps": [
            {
                "page": step.page,
                "offered": list(step.offered),
                "answers": answers_document(catalogue, Answers(step.answers)),
            }
            for step in interview.steps
        ],
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableFileError(f"建不了文件夹 {folder}：{why(error)}。") from None
    write_whole(folder / NAME, json.dumps(document, ensure_ascii=False, indent=1))


def load_draft(folder: Path, catalogue: Catalogue) -> Draft | None:
    """The saved interview, None if there is none or it is no draft.

    From an older catalogue: what still reads is taken over, the rest is named in `lost`.
    """
    try:
        document = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if document["schema"] != SCHEMA:
            return None
        as_of, saved = date.fromisoformat(document["as_of"]), date.fromisoformat(document["saved"])
        given, lost = facts_of(catalogue, document["given"], as_of)
        pages = {page.key for page in catalogue.pages} | {"topics"}
        steps = []
        for saved_step in document["steps"]:
            answers, problems = facts_of(catalogue, saved_step["answers"], as_of)
            lost += problems
            if saved_step["page"] in pages and answers:
                steps.append(Step(saved_step["page"], dict(answers), tuple(saved_step["offered"])))
            elif saved_step["page"] == "topics":
                steps.append(Step("topics", {}, tuple(saved_step["offered"])))
            else:
                given = given.also(answers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Draft(saved, as_of, Interview(catalogue, as_of, given, tuple(steps)), tuple(lost))


def shelve_draft(folder: Path) -> Path | None:
    """Puts the draft aside under another name, over the one put aside before; its path, None if that failed."""
    try:
        return (folder / NAME).replace(folder / SHELVED)
    except OSError:
        return None
