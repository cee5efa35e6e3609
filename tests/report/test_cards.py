"""Cards of measures: what routes share is said once, at its place; what each has of its own stays with it."""

from dcrelief.report.cards import measure_card, said_in_several, steps_once, without
from dcrelief.report.parts import Card, Field, card
from dcrelief.rules.truth import Truth
from tests.examples import shipped

WORDS = shipped().words
WHOLE = card("第6条 楼宇", "", anchor="measure-6")


def route(title: str, *fields: Field) -> Card:
    return card(title, "要申请", *fields, anchor=f"route-{title}")


def noted(*lines: str) -> Field:
    return Field("注意", lines)


def steps(*lines: str) -> Field:
    return Field("步骤", lines, ticked=frozenset({0}), together=True)


def test_a_single_route_is_the_card_of_its_measure() -> None:
    one = measure_card(WORDS, WHOLE, [route("甲", noted("一"))])
    assert one == Card("第6条 楼宇", "要申请", (noted("一"),), anchor="measure-6")


def test_what_all_routes_have_is_said_once_and_the_rest_stays_with_its_route() -> None:
    one = measure_card(WORDS, WHOLE, [route("甲", noted("共", "甲的")), route("乙", noted("共"), steps("(1) 申请"))])
    assert one.fields == (noted("共"),)
    assert [(part.heading, part.fields) for part in one.cards] == [
        ("甲", (noted("甲的"),)),
        ("乙", (steps("(1) 申请"),)),
    ]


def test_what_only_some_have_in_common_is_said_once_with_their_names() -> None:
    one = measure_card(WORDS, WHOLE, [route("甲", noted("共")), route("乙", noted("共")), route("丙")])
    assert one.fields == (noted("共（只是甲、乙）"),)


def test_marks_and_boxes_go_with_their_lines() -> None:
    mixed = Field("理由", ("一", "二"), (Truth.YES, Truth.NO), frozenset({1}))
    one = measure_card(
        WORDS, WHOLE, [route("甲", mixed), route("乙", Field("理由", ("二",), (Truth.NO,), frozenset({0})))]
    )
    assert one.fields == (Field("理由", ("二",), (Truth.NO,), frozenset({0})),)
    assert one.cards[0].fields == (Field("理由", ("一",), (Truth.YES,)),)


def test_steps_that_are_not_all_the_same_are_not_torn_apart() -> None:
    one = measure_card(WORDS, WHOLE, [route("甲", steps("(1) 申请", "(2) 领取")), route("乙", steps("(1) 申请"))])
    assert one.fields == ()
    assert [part.fields[0].lines for part in one.cards] == [("(1) 申请", "(2) 领取"), ("(1) 申请",)]


def test_what_several_measures_have_is_found_with_their_places_and_taken_out() -> None:
    groups = [
        [route("甲", noted("共", "甲的")), route("乙", noted("共"))],
        [route("丙", noted("丙的"))],
        [route("丁", noted("共"))],
    ]
    common = said_in_several(groups)
    assert common == {noted("共"): [0, 2]}
    assert without(groups[0][0], common).fields == (noted("甲的"),)


def test_a_step_of_an_earlier_measure_is_not_said_again() -> None:
    measures = {
        "第19条": [route("甲", steps("(1) 登录", "(2) 注册", "办好"))],
        "第20条": [route("乙", steps("(2) 注册", "办好", "(3) 发布"))],
    }
    first, second = steps_once(WORDS, measures)
    assert first == measures["第19条"]
    assert second[0].fields[0].lines == ("(2) 同第19条", "办好 同第19条", "(3) 发布")


def test_a_step_of_another_route_of_the_measure_names_that_unless_all_steps_are_the_same() -> None:
    routes = [
        route("甲", steps("(1) 登录", "(2) 注册")),
        route("乙", steps("(1) 登录", "(3) 办")),
        route("丙", steps("(1) 登录", "(2) 注册")),
    ]
    (once,) = steps_once(WORDS, {"第19条": routes})
    assert [each.fields[0].lines for each in once] == [
        ("(1) 登录", "(2) 注册"),
        ("(1) 同“甲”", "(3) 办"),
        ("(1) 登录", "(2) 注册"),
    ]


def test_steps_without_a_number_are_told_apart_by_how_they_begin() -> None:
    told = ("先登录，再注册", "办好；领取")
    routes = [route("甲", steps(*told)), route("乙", steps(*told, "等通知"))]
    (once,) = steps_once(WORDS, {"第36条": routes})
    assert once[1].fields[0].lines == ("先登录 同“甲”", "办好 同“甲”", "等通知")


def test_what_belongs_together_has_above_it_for_which_routes_it_is() -> None:
    one = measure_card(WORDS, WHOLE, [route("甲", steps("(1) 申请")), route("乙", steps("(1) 申请")), route("丙")])
    assert one.fields == (Field("步骤", ("（只是甲、乙）", "(1) 申请"), ticked=frozenset({1}), together=True),)
