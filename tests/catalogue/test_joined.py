"""Several documents as one catalogue: what each keeps, what is united, what does not go together."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from dcrelief.catalogue.joined import joined
from dcrelief.catalogue.load import CatalogueFiles, load_catalogue
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.errors import UnusableFileError
from dcrelief.rules.assessment import Assessment, assess
from dcrelief.rules.estimates import Interval
from dcrelief.rules.interview import Interview
from dcrelief.rules.model import Catalogue, GlossaryEntry
from tests.examples import AS_OF, OTHER_DISTRICT, answers, beijing, both, shipped

SHOP: dict[str, object] = {
    "in_dongcheng": True,
    "in_beijing": True,
    "kind": "enterprise",
    "industry": "餐饮业",
    "employees": 8,
    "revenue": "260万元",
    "impact": "severe",
    "soe_production_premises": True,
    "state_production_premises": True,
    "soe_terms_met": True,
    "soe_production_rent": "2万元",
    "city_rent_relief": False,
}


def shop(catalogue: Catalogue = both(), /, **changed: object) -> Assessment:  # noqa: B008
    return assess(catalogue, answers(catalogue, **{**SHOP, **changed}), AS_OF)


def refused(*paths: Path | str) -> str:
    with pytest.raises(UnusableFileError) as error:
        load_catalogue(*map(Path, paths))
    return error.value.message


def copied(folder: Path, source: Path, *, key: str = "", mark: str = "", **changes: str) -> Path:
    """A catalogue beside its questions, with texts changed; key, mark: of its document."""
    folder.mkdir()
    for path in source.parent.glob("*.toml"):
        shutil.copy(path, folder)
    path = folder / "measures.toml"
    text = path.read_text("utf-8")
    if key:
        text = text.replace("[policy]\n", f'[policy]\nkey = "{key}"\nmark = "{mark}"\n', 1)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


# ---- what each document keeps ----------------------------------------------------------------------------------------


def test_measures_keep_their_document_in_their_ids_and_their_scope() -> None:
    assert len(both().measures) == len(shipped().measures) + len(beijing().measures)
    ids = [route.id for route in both().routes()]
    assert len(set(ids)) == len(ids) == len(shipped().routes()) + len(beijing().routes())
    assert both().measure("beijing.2").label == "市2"
    for route in both().routes():
        document = route.id.partition(".")[0]
        assert both().policy_of(route.id).key == document
        assert both().tree(route)[0] == both().policy_of(route.measure).scope
        assert all(key.startswith(f"{document}.") and key in both().contacts for key in route.contacts)
        assert route.mail is None or route.mail.contact in route.contacts


def test_a_verdict_is_that_of_its_own_document() -> None:
    """But for what is told by the other: here everything is answered."""
    given = {**SHOP, "city_inspection": True, "city_admin_fee": True, "city_road": True, "city_reward": True}
    whole = {verdict.route.id: verdict.outcome for verdict in shop(**given).verdicts}
    for catalogue, key in ((shipped(), "dongcheng"), (beijing(), "beijing")):
        known = {fact: value for fact, value in given.items() if fact in catalogue.facts}
        for verdict in assess(catalogue, answers(catalogue, **known), AS_OF).verdicts:
            assert whole[f"{key}.{verdict.route.id}"] == verdict.outcome


def test_the_order_given_is_the_order_of_the_documents() -> None:
    turned = load_catalogue(Path("beijing"), Path("dongcheng"))
    assert [policy.key for policy in turned.policies] == ["beijing", "dongcheng"]
    assert turned.option == " --catalogue beijing --catalogue dongcheng"
    assert {route.id for route in turned.routes()} == {route.id for route in both().routes()}
    assert turned.facts.keys() == both().facts.keys()
    there = {verdict.route.id: verdict.outcome for verdict in shop(turned).verdicts}
    assert there == {verdict.route.id: verdict.outcome for verdict in shop().verdicts}


def test_every_fact_is_asked_on_one_page() -> None:
    asked = [fact for page in both().pages for fact in page.facts]
    assert len(set(asked)) == len(asked)
    assert set(asked) >= (shipped().facts.keys() | beijing().facts.keys()) - {"name", "client_id"} - {
        fact for fact in both().facts if not any(fact in page.facts for page in both().pages)
    }
    for catalogue in (shipped(), beijing()):
        own = [fact for page in catalogue.pages for fact in page.facts]
        assert set(own) <= set(asked)
    assert asked.index("in_beijing") < asked.index("kind") < asked.index("industry")


# ---- the same support ------------------------------------------------------------------------------------------------


def test_a_shop_with_rent_of_20000_gets_it_once() -> None:
    assessed = shop()
    left_out = {v.route.id: v.left_out_for for v in assessed.verdicts if v.left_out_for}
    assert left_out["beijing.2.production"] == "dongcheng.4.production"
    assert assessed.totals["fees_not_paid"].least == 2_000_000


def test_the_level_that_gives_more_is_kept() -> None:
    without = shop(soe_terms_met=True, soe_office_premises=True, soe_office_rent="1万元")
    kept = {v.route.id for v in without.with_outcome("eligible") if not v.left_out_for}
    assert {"dongcheng.4.production", "dongcheng.4.office"} <= kept
    assert without.totals["fees_not_paid"].least == 2_500_000


def test_one_sum_at_two_levels_is_the_sum_of_the_one_that_carries_it_out() -> None:
    """8 is what 4 of the city is, in detail: 5% of 500,000 is 25,000, not up to 200,000."""
    firm = {"zgc_hightech": True, "founded": "2018-05-01", "rd_expense": "50万元", "zgc_zone": True, "tech_firm": True}
    assert shop(**firm).totals["money_received"] == Interval(2_500_000, 2_500_000)
    assert shop(**firm, employees=200).totals.get("money_received") != Interval(2_500_000, 2_500_000)
    only_city = shop(**{**firm, "zgc_hightech": False})
    assert only_city.totals["money_received"] == Interval(0, 20_000_000)


def test_what_the_city_cannot_have_given_was_not_taken() -> None:
    """And is not asked: no route of the city's can fit who is not registered there."""
    outside = shop(in_beijing=False, city_rent_relief="不清楚")
    assert next(v for v in outside.verdicts if v.route.id == "dongcheng.4.production").outcome == "eligible"
    inside = shop(city_rent_relief="不清楚")
    assert next(v for v in inside.verdicts if v.route.id == "dongcheng.4.production").missing == ("city_rent_relief",)


@pytest.mark.parametrize(("registered", "asked"), [(True, True), (False, False)])
def test_already_taken_is_asked_only_where_the_other_level_can_fit(registered: bool, asked: bool) -> None:
    given = answers(both(), **{k: v for k, v in SHOP.items() if k != "city_rent_relief"} | {"in_beijing": registered})
    interview = Interview(both(), AS_OF, given)
    seen: set[str] = set()
    while (question := interview.question()) is not None:
        seen |= {fact.id for fact in question.facts}
        if question.topics:
            interview = interview.answered(interview.topics_screen(question, frozenset()))
        else:
            nothing = {fact.id: False if fact.kind == "yes_no" else 0 for fact in question.facts}
            interview = interview.given_also(nothing)
    assert ("city_rent_relief" in seen) is asked
    assert "city_reward" not in seen  # it asks for nothing that the shop is


def test_a_kind_of_support_that_only_one_document_has_is_asked_as_before() -> None:
    assert "city_reward" not in both().taken
    assert both().taken.keys() == {
        "city_inspection", "city_road", "city_admin_fee", "city_rent_relief", "city_rent_subsidy"
    }  # fmt: skip


# ---- what does not go together ---------------------------------------------------------------------------------------


def test_the_same_document_twice() -> None:
    assert "是同一份文件吗" in refused("beijing", "beijing")
    assert "是同一份文件吗" in refused("dongcheng", shipped_path("measures.toml"))


def test_a_document_without_a_name_to_tell_it_by() -> None:
    assert "没有 key" in refused("beijing", OTHER_DISTRICT)
    assert "没有 mark" in refused("beijing", OTHER_DISTRICT)


def test_a_fact_that_is_two_facts(tmp_path: Path) -> None:
    other = copied(
        tmp_path / "other",
        shipped_path("beijing/measures.toml"),
        **{'key = "beijing"': 'key = "x"', 'mark = "市"': 'mark = "县"'},
    )
    questions = other.parent / "questions.toml"
    questions.write_text(questions.read_text("utf-8").replace('unit = "人"', 'unit = "户"'), "utf-8")
    said = refused("beijing", other)
    assert "事实 trained_staff 在两份文件里不一样：北京市16条措施的 unit 是 人，北京市16条措施的是 户" in said


@pytest.mark.parametrize(
    ("fact", "changed", "said"),
    [
        ("employees", {"kind": "money"}, "kind 是 count，北京市16条措施的是 money"),
        ("kind", {"choices": ()}, "choices 是 enterprise、"),
        ("employees", {"at_most": 9}, "at_most 是"),
    ],
)
def test_a_fact_of_another_kind_is_named_with_both_documents(fact: str, changed: dict[str, Any], said: str) -> None:
    problems: list[str] = []
    facts = {**beijing().facts, fact: replace(beijing().facts[fact], **changed)}
    joined([shipped(), replace(beijing(), facts=facts)], problems)
    assert f"事实 {fact} 在两份文件里不一样：东城区42条实施细则的 " in problems[0]
    assert said in problems[0]


def test_two_size_standards() -> None:
    problems: list[str] = []
    standard = replace(beijing().size_standard, title="另一个标准")
    joined([shipped(), replace(beijing(), size_standard=standard)], problems)
    assert problems == ["东城区42条实施细则和北京市16条措施的 size_standard.toml 不一样；一起用的要是同一份划型标准"]


def test_a_word_that_means_yes_in_one_document_and_no_in_the_other() -> None:
    problems: list[str] = []
    tokens = replace(
        beijing().tokens, yes=(*beijing().tokens.yes, "否"), scales={**beijing().tokens.scales, "万": 1000}
    )
    joined([shipped(), replace(beijing(), tokens=tokens)], problems)
    assert any("“否”既指 yes 又指 no" in problem for problem in problems)
    assert any("scales 里的“万”" in problem for problem in problems)


def test_a_name_of_two_facts() -> None:
    problems: list[str] = []
    zone = replace(beijing().facts["zgc_zone"], aliases=("资产",))
    joined([shipped(), replace(beijing(), facts={**beijing().facts, "zgc_zone": zone})], problems)
    assert problems == ["“资产”既指 assets 又指 zgc_zone，请改掉一个"]


def test_a_route_on_top_of_one_that_is_not_there() -> None:
    problems: list[str] = []
    without = replace(beijing(), measures=tuple(m for m in beijing().measures if m.number != 5))
    joined([shipped(), without], problems)
    assert [problem[:20] for problem in problems] == ["dongcheng.13.toudai："[:20], "dongcheng.13.fangzutong："[:20]]


# ---- words -----------------------------------------------------------------------------------------------------------


def test_a_term_that_two_documents_mean_otherwise_stands_for_each() -> None:
    entries = {entry.term: entry.meaning for entry in both().glossary}
    by_term = {entry.term: entry.meaning for entry in shipped().glossary}
    for entry in beijing().glossary:
        if by_term.get(entry.term, entry.meaning) == entry.meaning:
            assert entries[entry.term] == entry.meaning
        else:
            assert entries[f"{entry.term}（市）"] == entry.meaning
            assert entries[f"{entry.term}（区）"] == by_term[entry.term]
    assert isinstance(both().glossary[0], GlossaryEntry)


def test_what_people_look_for_is_united() -> None:
    keys = [subject.key for subject in both().subjects]
    assert len(set(keys)) == len(keys)
    assert {measure.subject for measure in both().measures} <= {*keys, ""}


# ---- a formula of another document -----------------------------------------------------------------------------------


def test_a_route_takes_the_formula_of_another_document() -> None:
    routes = {route.id: route for route in both().routes()}
    for key in ("production", "office"):
        assert routes[f"dongcheng.4.{key}"].estimate == routes[f"beijing.2.{key}"].estimate
    assert shipped().measure("4").routes[0].estimate == beijing().measure("2").routes[0].estimate


def test_the_fingerprint_has_the_formula_of_another_document() -> None:
    assert "beijing.2.production" in shipped().source
    assert "base='soe_production_rent'" in shipped().source


@pytest.mark.parametrize(
    "of",
    [
        "beijing.2.nothing",
        "beijing.99.production",
        "nowhere.2.production",
        "beijing",
        "beijing.13.hiring",
        "dongcheng.6.building",
    ],
)
def test_a_formula_that_is_not_there(of: str, tmp_path: Path) -> None:
    changed = copied(tmp_path / "x", shipped_path("measures.toml"), **{'of = "beijing.2.office"': f'of = "{of}"'})
    assert "measures.toml 第 4 条 office estimate：of 写别的文件的一个情形" in refused(changed) or of.startswith(
        "dongcheng"
    )


def test_a_formula_with_something_beside_it(tmp_path: Path) -> None:
    old = 'of = "beijing.2.office"'
    changed = copied(tmp_path / "x", shipped_path("measures.toml"), **{old: f'{old}, cap = "1万元"'})
    assert "别的什么都不写" in refused(changed)


def test_in_another_language_each_document_has_its_mark() -> None:
    english = CatalogueFiles(Path("dongcheng"), Path("beijing")).catalogue("en")
    assert [policy.mark for policy in english.policies] == ["District", "City"]
