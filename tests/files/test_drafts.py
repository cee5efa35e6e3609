"""A draft comes back as it was; from an older catalogue, what still reads does, and the rest is named."""

import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from dcrelief.errors import UnusableFileError
from dcrelief.files.drafts import NAME, load_draft, save_draft, shelve_draft
from dcrelief.rules.facts import UNKNOWN
from dcrelief.rules.interview import TOPICS, Interview, Screen
from tests.examples import AS_OF, answers, shipped

TODAY = date(2026, 11, 24)
INTERVIEW = Interview(
    shipped(),
    AS_OF,
    answers(employees=12),
    (
        Screen("scope", {"in_dongcheng": True}),
        Screen("revenue", {"revenue": UNKNOWN}),
        Screen(TOPICS, {"missed_si": False}, ("workforce", "finance"), ("finance",)),
        Screen(TOPICS, {}, ("trade",), ("trade",)),
        Screen("carrier", {"carrier": frozenset({"building"})}),
    ),
)


def test_a_draft_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    save_draft(folder, INTERVIEW, TODAY)
    draft = load_draft(folder, shipped())
    assert draft is not None
    assert draft.interview == INTERVIEW
    assert (draft.saved, draft.lost) == (TODAY, ())


@pytest.mark.parametrize(
    "begun",
    [Screen("personal", {"retiring": True, "covid_patient": UNKNOWN}), Screen(TOPICS, {}, ("trade",), ("trade",))],
)
def test_a_page_that_was_begun_comes_back_as_it_was(tmp_path: Path, begun: Screen) -> None:
    save_draft(tmp_path, INTERVIEW, TODAY, begun)
    draft = load_draft(tmp_path, shipped())
    assert draft is not None
    assert draft.begun == begun


def test_a_draft_of_an_older_program_has_no_page_begun(tmp_path: Path) -> None:
    save_draft(tmp_path, INTERVIEW, TODAY)
    file = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    del file["begun"]
    (tmp_path / NAME).write_text(json.dumps(file), encoding="utf-8")
    draft = load_draft(tmp_path, shipped())
    assert draft is not None
    assert (draft.begun, draft.interview) == (None, INTERVIEW)


def test_from_an_older_catalogue_what_still_reads_is_kept_and_the_rest_named(tmp_path: Path) -> None:
    save_draft(tmp_path, INTERVIEW, TODAY)
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    text = text.replace('"revenue":null', '"takings":"1200.00"').replace('"page":"carrier"', '"page":"landlord"')
    text = text.replace('"employees":12', '"employees":"a dozen"')
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    draft = load_draft(tmp_path, shipped())
    assert draft is not None
    assert [screen.page for screen in draft.interview.screens] == ["scope", TOPICS, TOPICS]
    assert draft.interview.answers["carrier"] == frozenset({"building"})
    assert any("takings" in lost for lost in draft.lost)
    assert any("a dozen" in lost for lost in draft.lost)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"schema": 2}',
        '{"schema": 1}',
        json.dumps({"schema": 1, "as_of": "x", "saved": "2020-01-01"}),
        "[" * 100_000,
    ],
)
def test_what_is_no_draft_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content, encoding="utf-8")
    assert load_draft(tmp_path, shipped()) is None


def test_no_draft_is_none(tmp_path: Path) -> None:
    assert load_draft(tmp_path, shipped()) is None


def test_a_draft_put_aside_is_offered_no_more(tmp_path: Path) -> None:
    assert shelve_draft(tmp_path, shipped()) is None
    save_draft(tmp_path, INTERVIEW, TODAY)
    assert shelve_draft(tmp_path, shipped()) == tmp_path / "draft.old.json"
    assert load_draft(tmp_path, shipped()) is None


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnusableFileError, match="建不了文件夹"):
        save_draft(tmp_path / "file" / "folder", INTERVIEW, TODAY)


def test_a_draft_is_read_as_earlier_versions_wrote_it(tmp_path: Path) -> None:
    screen = '{"page":"scope","answers":{"in_dongcheng":true},"offered":[],"ticked":[]}'
    head = '"schema":1,"saved":"2020-02-20","as_of":"2020-02-20","given":{"employees":8}'
    (tmp_path / NAME).write_text(f'{{{head},"steps":[{screen}]}}', encoding="utf-8")
    draft = load_draft(tmp_path, shipped())
    assert draft is not None
    assert dict(draft.interview.answers) == {"employees": 8, "in_dongcheng": True}


def test_two_catalogues_do_not_share_a_draft(tmp_path: Path) -> None:
    other = replace(INTERVIEW, catalogue=replace(shipped(), paths=("elsewhere/measures.toml",)), screens=())
    save_draft(tmp_path, INTERVIEW, TODAY)
    save_draft(tmp_path, other, TODAY)
    own, theirs = (load_draft(tmp_path, each.catalogue) for each in (INTERVIEW, other))
    assert own is not None
    assert theirs is not None
    assert [len(each.interview.screens) for each in (own, theirs)] == [len(INTERVIEW.screens), 0]
    assert len(list(tmp_path.glob("draft*.json"))) == 2
