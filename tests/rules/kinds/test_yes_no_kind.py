"""Yes or no, in the words of either language; what could be both is neither."""

import pytest

from tests.rules.kinds import is_bad, reading, reading_in_english


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("是", True),
        ("Ｙ", True),
        ("√", True),
        (True, True),
        ("Yes.", True),
        (" 否 ", False),
        ("没有", False),
        ("0", False),
        (False, False),
    ],
)
def test_as_people_write_it(written: object, value: bool) -> None:
    assert reading("in_dongcheng", written) is value
    assert reading_in_english("in_dongcheng", written) is value


@pytest.mark.parametrize("written", ["也许", "x", "2", 1.5])
def test_what_is_neither(written: object) -> None:
    assert is_bad(reading("in_dongcheng", written))
