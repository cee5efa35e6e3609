"""A line of text: spaces made one, nothing that cannot be printed, not too long."""

import pytest

from dcrelief.rules.facts import LONGEST_TEXT
from tests.rules.kinds import is_bad, reading

FULL = "客" * LONGEST_TEXT


@pytest.mark.parametrize(
    ("written", "text"),
    [(" 北京 某某 公司 ", "北京 某某 公司"), ("甲\n乙\t丙", "甲 乙 丙"), ("#1 咖啡", "#1 咖啡"), (FULL, FULL)],
)
def test_as_people_write_it(written: str, text: str) -> None:
    assert reading("name", written) == text


@pytest.mark.parametrize(
    "written", [FULL + "户", "甲\x07", 12, True, "#N/A", "#REF!", "#name?", "#DIV/0!", "####", "9.11E+17"]
)
def test_what_is_no_line_of_text(written: object) -> None:
    assert is_bad(reading("name", written))
