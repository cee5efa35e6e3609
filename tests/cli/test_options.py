"""What a shell offers to complete options and arguments with."""

from dcrelief.cli.options import complete_number, complete_setting, complete_unit


def test_facts_that_begin_so() -> None:
    assert complete_setting("emp") == ["employees="]
    assert complete_setting("zzz") == []


def test_numbers_with_their_titles() -> None:
    assert complete_number("6") == [("6", "为中小微企业减租的载体补贴")]
    assert [number for number, _ in complete_number("4")] == ["4", "40", "41", "42"]


def test_units_once() -> None:
    assert complete_unit("区金") == ["区金融办"]
    assert len(complete_unit("")) == len(set(complete_unit("")))
