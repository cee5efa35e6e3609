"""`make audit` tells "nothing is known" from "nobody could be asked"."""

import json

import pytest

from tools.audit import CLEAN, NOT_ASKED, VULNERABLE, verdict

FINE = {"name": "attrs", "version": "26.1.0", "vulns": []}
BAD = {"name": "jinja2", "version": "3.0", "vulns": [{"id": "PYSEC-1"}, {"id": "CVE-2"}]}
UNKNOWN = {"name": "wcwidth", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([FINE], CLEAN, "No known vulnerabilities in 1 packages."),
        ([FINE, BAD], VULNERABLE, "jinja2 3.0: PYSEC-1, CVE-2"),
        ([UNKNOWN, BAD], VULNERABLE, "jinja2 3.0"),
        ([FINE, UNKNOWN], NOT_ASKED, "were not audited: wcwidth"),
        ([UNKNOWN], NOT_ASKED, "Nothing was audited"),
        ([], NOT_ASKED, "Nothing was audited"),
    ],
)
def test_what_is_said(packages: list[dict[str, object]], status: int, said: str) -> None:
    found, text = verdict(json.dumps({"dependencies": packages}))
    assert found == status
    assert said in text


@pytest.mark.parametrize("answer", ["", "[]", "null", "{}", "Traceback"])
def test_no_answer_is_none(answer: str) -> None:
    assert verdict(answer)[0] == NOT_ASKED
