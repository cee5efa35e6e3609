"""What a command was given: answers and a day in their order, a measure and a unit by what people call them."""

import io
from datetime import date
from pathlib import Path

import pytest

from dcrelief.cli.given import given_answers, given_article, given_day, given_measure, given_unit
from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.terminal.console import Environment
from tests.examples import AS_OF, beijing, both, shipped


def somewhere() -> Environment:
    return Environment(io.StringIO(), io.StringIO(), io.StringIO(), today=AS_OF, state=Path(), asks=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.toml"
    path.write_text('as_of = 2020-03-01\nemployees = 8\nindustry = "餐饮"\n', encoding="utf-8")
    return path


def test_settings_go_before_the_file_and_the_option_before_its_day(file: Path) -> None:
    given, day = given_answers(shipped(), file, ["从业人员=9"], None, somewhere())
    assert (dict(given), day) == ({"employees": 9, "industry": "catering"}, date(2020, 3, 1))
    assert given_answers(shipped(), file, None, "2020年4月1日", somewhere())[1] == date(2020, 4, 1)


def test_nothing_given_is_no_answer_and_no_day() -> None:
    given, day = given_answers(shipped(), None, None, None, somewhere())
    assert (len(given), day) == (0, None)


def test_a_fact_of_another_catalogue_is_passed_over_only_where_that_is_known() -> None:
    given, _ = given_answers(shipped(), None, ["星=5", "employees=8"], None, somewhere(), elsewhere=["星", "employees"])
    assert dict(given) == {"employees": 8}
    with pytest.raises(UsageError, match="星"):
        given_answers(shipped(), None, ["星=5"], None, somewhere())


def test_an_answers_file_of_one_document_serves_the_other_and_it_is_said_what_is_not_used(file: Path) -> None:
    written = 'employees = 8\nsoe_office_premises = true\n"租市区国企办公用房" = true\n'
    file.write_text(written, "utf-8")
    environment = somewhere()
    assert dict(given_answers(beijing(), file, None, None, environment)[0]) == {
        "employees": 8,
        "state_office_premises": True,
    }
    said = environment.stderr.getvalue()  # type: ignore[attr-defined]
    assert "1 个答案是别的文件问的" in said
    assert "soe_office_premises" in said
    given, _ = given_answers(both(), file, None, None, somewhere())
    assert dict(given) == {"employees": 8, "soe_office_premises": True, "state_office_premises": True}


def test_what_no_document_asks_is_a_mistake(file: Path) -> None:
    file.write_text("employes = 8\n", "utf-8")
    with pytest.raises(UnusableFileError, match="employes"):
        given_answers(both(), file, None, None, somewhere())


def test_a_day_that_is_none() -> None:
    assert given_day(shipped(), None) is None
    with pytest.raises(UsageError, match="昨天"):
        given_day(shipped(), "昨天")


@pytest.mark.parametrize("written", ["6", "第6条", "第 6 条", "6条", "Measure 6", "No. 6", "#6", "６"])
def test_a_measure_as_people_call_it(written: str) -> None:
    assert given_measure(shipped(), written).number == 6


@pytest.mark.parametrize("written", ["0", "43", "-6", "6.5", "六", "6 7", "h6", "6x", "6条7"])
def test_what_is_no_measure(written: str) -> None:
    with pytest.raises(UsageError) as refused:
        given_measure(shipped(), written)
    assert "条号是 1 到 42" in refused.value.hint


@pytest.mark.parametrize("written", ["市6", "市第6条", "beijing.6", "beijing 6", "BEIJING.6", "市 6"])
def test_a_measure_of_one_of_several_documents(written: str) -> None:
    assert given_measure(both(), written).id == "beijing.6"


def test_a_measure_that_two_documents_have_needs_to_be_told_which() -> None:
    assert given_measure(both(), "42").id == "dongcheng.42"
    with pytest.raises(UsageError, match="不止一份文件有，请写 区6、市6 中的一个。"):
        given_measure(both(), "第6条")
    with pytest.raises(UsageError, match="没有") as refused:
        given_measure(both(), "市42")
    assert refused.value.hint.startswith("条号是 区1 到 区42、市1 到 市16，")


def test_the_article_of_one_of_several_documents_is_that_of_its_own(tmp_path: Path) -> None:
    source = tmp_path / "document.txt"
    source.write_text(f"{both().policies[1].title}\n1.停征。\n2.减免。\n3.延期。\n以上政策措施适用于", encoding="utf-8")
    assert "减免" in given_article(both(), source, both().measure("beijing.2"))
    with pytest.raises(UnusableFileError, match="不是区第2条的文件"):
        given_article(both(), source, both().measure("dongcheng.2"))


@pytest.mark.parametrize("written", ["区金融办", " 区 金融办", "金融办"])
def test_a_unit_by_its_name_or_a_part_that_tells_which(written: str) -> None:
    assert given_unit(shipped(), written) == "区金融办"


@pytest.mark.parametrize(("written", "said"), [("局", "不止一个"), ("", "没有“”"), ("火星办", "没有“火星办”")])
def test_what_is_no_unit_or_several(written: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        given_unit(shipped(), written)


def test_the_articles_own_words(tmp_path: Path) -> None:
    source = tmp_path / "document.txt"
    source.write_text("1.减免。\n2.贴息。\n", encoding="utf-8")
    assert "贴息" in given_article(shipped(), source, shipped().measure("2"))
    with pytest.raises(UnusableFileError, match="没有第6条的原文"):
        given_article(shipped(), source, shipped().measure("6"))
