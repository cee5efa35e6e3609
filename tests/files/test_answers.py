"""Answers files, --set, and saving: flat facts, every problem named, what is saved reads back."""

from datetime import date
from pathlib import Path

import pytest

from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.files.answers import facts_of, read_answers_file, read_settings, save_answers
from dcrelief.rules.facts import UNKNOWN, Answers
from tests.examples import AS_OF, answers, shipped


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.toml", 'employees = 12\nrevenue = "1200万"\nfounded = 2018-05-01\nas_of = 2020-02-20\n'),
        ("a.toml", '"从业人员" = "12人"\n"营收" = 12000000.00\nfounded = "2018年5月1日"\nas_of = "2020-02-20"'),
        ("a.json", '{"employees": 12, "revenue": 12000000.00, "founded": "2018-05-01", "as_of": "2020-02-20"}'),
        ("a.json", '\ufeff{"员工数": "１２", "营收": "0.12亿", "成立时间": "2018/5/1", "as_of": "2020年2月20日"}'),
    ],
)
def test_one_reading_in_toml_and_json(tmp_path: Path, name: str, content: str | bytes) -> None:
    file = read_answers_file(written(tmp_path, name, content), shipped().tokens.months)
    given, problems = facts_of(shipped(), file.written.items(), AS_OF)
    assert problems == []
    assert given == answers(employees=12, revenue="1200万", founded=date(2018, 5, 1))
    assert file.as_of == AS_OF


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", "", "是空的"),
        ("a.toml", "  \n", "是空的"),
        ("a.toml", "revenue = 1200万", "第 1 行第 15 列：TOML 写法有误"),
        ("a.toml", "as_of = 3", "as_of“3”不是日期"),
        ("a.json", "{", "JSON 写法有误"),
        ("a.json", "[1]", "应是一个 JSON 对象"),
        ("a.json", '{"employees": 1, "employees": 2}', "“employees”写了不止一次"),
        ("a.toml", "as_of = 0001-01-01", "不是日期"),
        ("a.toml", "as_of = 9999-12-31", "不是日期"),
        ("a.json", "[" * 100_000, "不是能用的 JSON"),
        ("a.toml", b"\xd0\xd0\xd2\xb5 = 1", "不是 UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    with pytest.raises(UnusableFileError) as refused:
        read_answers_file(written(tmp_path, name, content), shipped().tokens.months)
    assert said in refused.value.message
    assert refused.value.hint


def test_every_problem_of_a_file_is_named() -> None:
    given, problems = facts_of(
        shipped(),
        {"employees": -3, "industy": "餐饮", "kind": "公司", "founded": "2019-02-29", "x" * 9000: 1}.items(),
        AS_OF,
    )
    assert given == Answers({"kind": "enterprise"})
    assert len(problems) == 4
    assert "从业人员（employees）：看不懂“-3”" in problems[0]
    assert "没有叫“industy”的事实。最接近的是 industry（行业）" in problems[1]
    assert "2019-02-29" in problems[2]
    assert len(problems[3]) < 80 + len(str(shipped_path("questions.toml")))


def test_a_fact_named_twice_is_a_problem() -> None:
    given, problems = facts_of(shipped(), [("employees", 3), ("从业人员", 4), ("employees", 5)], AS_OF)
    assert given["employees"] == 3
    assert problems == [
        "“employees”和“从业人员”说的是同一个事实（employees），请只留一个。",
        "“employees”和“employees”说的是同一个事实（employees），请只留一个。",
    ]


def test_a_nested_value_is_named() -> None:
    assert "看不懂" in facts_of(shipped(), [("employees", {"a": 1})], AS_OF)[1][0]


@pytest.mark.parametrize("value", [[1, 2], {"a": 1}, True, 3])
def test_a_text_is_text(value: object) -> None:
    assert facts_of(shipped(), [("name", value)], AS_OF)[1]


def test_a_list_holds_choices_only() -> None:
    for members in ([None], ["?"], [["building"]]):
        assert facts_of(shipped(), [("carrier", members)], AS_OF)[1]
    assert "“true”" in facts_of(shipped(), [("kind", True)], AS_OF)[1][0]


def test_settings() -> None:
    pairs = [("employees", "12"), ("行业", "餐饮"), ("name", "a=b")]
    assert read_settings(["employees=12", "行业=餐饮", "name=a=b"]) == pairs
    for wrong in ("employees", "=12"):
        with pytest.raises(UsageError, match="看不懂"):
            read_settings([wrong])


@pytest.mark.parametrize("name", ["a.toml", "a.json", "a"])
def test_what_is_saved_reads_back(tmp_path: Path, name: str) -> None:
    saved = answers(
        name='有"引号"\\和反斜杠',
        in_dongcheng=True,
        kind="sole_trader",
        employees=12,
        revenue="388290.60",
        founded=date(2018, 5, 1),
        carrier=["incubator", "building"],
        assets="不清楚",
    )
    save_answers(tmp_path / name, shipped(), saved, AS_OF)
    file = read_answers_file(tmp_path / name, {})
    assert facts_of(shipped(), file.written.items(), AS_OF) == (saved, [])
    assert file.as_of == AS_OF
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_unknown_that_was_asked_stays_asked(tmp_path: Path) -> None:
    save_answers(tmp_path / "a.toml", shipped(), Answers({"assets": UNKNOWN}), AS_OF)
    given, _ = facts_of(shipped(), read_answers_file(tmp_path / "a.toml", {}).written.items(), AS_OF)
    assert "assets" in given


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="写不了"):
        save_answers(tmp_path / "no" / "a.toml", shipped(), Answers(), AS_OF)
    assert list(tmp_path.iterdir()) == []


def test_the_sample_business_reads_without_a_problem() -> None:
    file = read_answers_file(shipped_path("sample_business.toml"), {})
    assert facts_of(shipped(), file.written.items(), AS_OF)[1] == []
    assert file.as_of == AS_OF


@pytest.mark.parametrize(("name", "hint"), [("a.json", "请改正后再试。"), ("a.toml", "文字和中文名都要加引号")])
def test_the_hint_is_for_the_kind_of_file(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / name).write_text("{", encoding="utf-8")
    with pytest.raises(UnusableFileError) as refused:
        read_answers_file(tmp_path / name, {})
    assert hint in (refused.value.hint or "")
