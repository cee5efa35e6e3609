"""What a shell offers to complete options and arguments with."""

from dcrelief.cli.options import complete_number, complete_setting, complete_unit


def test_facts_that_begin_so() -> None:
    assert complete_setting("emp") == [("employees=", "从业人员")]
    assert complete_setting("从业") == [("从业人员=", "从业人员"), ("从业人数=", "从业人员")]
    assert complete_setting("zzz") == []


def test_what_may_be_chosen_behind_the_equals_sign() -> None:
    assert complete_setting("industry=ca") == [("industry=catering", "餐饮业")]
    assert complete_setting("行业=餐") == [("行业=餐饮业", "餐饮业")]
    assert complete_setting("in_dongcheng=") == [("in_dongcheng=yes", "是"), ("in_dongcheng=no", "否")]
    assert complete_setting("employees=1") == complete_setting("zzz=1") == []


def test_of_several_choices_the_next() -> None:
    assert complete_setting("carrier=building,mak") == [
        ("carrier=building,makerspace", "众创空间、创业基地或中小企业服务分中心")
    ]


def test_numbers_with_their_titles() -> None:
    assert complete_number("6") == [("6", "为中小微企业减租的载体补贴")]
    assert [number for number, _ in complete_number("4")] == ["4", "40", "41", "42"]


def test_units_once() -> None:
    assert complete_unit("区金") == ["区金融办"]
    assert len(complete_unit("")) == len(set(complete_unit("")))
