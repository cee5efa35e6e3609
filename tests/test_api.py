"""What other programs may call, through the package itself."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
import tomli

import dcrelief
from dcrelief import DcreliefError, assess, assess_table, load_catalogue, read_answers
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.rules.facts import UNKNOWN
from tests.examples import AS_OF, sample, shipped

ROOT = Path(__file__).parents[1]
SAMPLE = shipped_path("sample_business.toml")
FRAME = pl.DataFrame({"名称": ["甲", "乙"], "从业人员": [8, 120]})


def test_every_name_that_it_says_is_there() -> None:
    assert all(hasattr(dcrelief, name) for name in dcrelief.__all__)
    assert set(dcrelief.__all__) <= set(dir(dcrelief))
    with pytest.raises(AttributeError, match="no attribute 'asses'"):
        dcrelief.asses  # type: ignore[attr-defined]  # noqa: B018


def test_the_version_is_that_of_the_project() -> None:
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert dcrelief.__version__ == project["version"]


def test_to_import_it_loads_nothing_and_one_business_needs_no_tables() -> None:
    code = """if True:
        import sys
        from datetime import date
        before = set(sys.modules)
        import dcrelief
        print(*set(sys.modules) - before)
        catalogue, day = dcrelief.load_catalogue(), date(2020, 2, 20)
        dcrelief.assess(catalogue, dcrelief.read_answers(catalogue, {"employees": 8}, day), day)
        print(*{"polars", "typer", "rich"} & set(sys.modules))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["dcrelief", ""]


def test_a_business_of_a_file_is_assessed_as_the_command_does() -> None:
    answers = read_answers(load_catalogue(), SAMPLE, AS_OF)
    assert answers == sample()
    assert read_answers(load_catalogue(), str(SAMPLE), AS_OF) == answers
    assert assess(load_catalogue(), answers, AS_OF).totals["fees_not_paid"].least == 84_200_00


def test_values_of_other_programs_are_read() -> None:
    given = {
        "从业人员": 8.0,
        "revenue": 2_600_000.5,
        "资产总额": float("nan"),
        "founded": datetime(2018, 5, 1, 9, 30, tzinfo=UTC),
        "carrier": ("building",),
        "mall": None,
        "as_of": "2021-01-01",
    }
    assert dict(read_answers(shipped(), given, AS_OF)) == {
        "employees": 8,
        "revenue": 2_600_000_50,
        "assets": UNKNOWN,
        "founded": date(2018, 5, 1),
        "carrier": frozenset({"building"}),
        "mall": UNKNOWN,
    }


def test_a_point_in_time_is_its_day() -> None:
    answers = sample()
    at_nine = datetime(2020, 2, 20, 9, tzinfo=UTC)
    assert assess(shipped(), answers, at_nine) == assess(shipped(), answers, AS_OF)


def test_the_city_by_its_name_and_english_by_its() -> None:
    assert load_catalogue("beijing").policies[0].area_code == "10"
    assert [policy.key for policy in load_catalogue("dongcheng", "beijing").policies] == ["dongcheng", "beijing"]
    english = load_catalogue(language="en")
    assert english.fact_label("employees") == "Employees"
    with pytest.raises(DcreliefError, match="could not be read"):
        read_answers(english, {"employees": "a few"}, AS_OF)


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "language": (lambda: load_catalogue(language="fr"), "没有“fr”这种语言。"),
    "catalogue of a number": (lambda: load_catalogue(5), "source 应是 str | PathLike，不是 int。"),  # type: ignore[arg-type]
    "no catalogue": (lambda: read_answers(None, {}, AS_OF), "catalogue 应是 Catalogue，不是 NoneType。"),  # type: ignore[arg-type]
    "no such file": (lambda: read_answers(shipped(), "没有.toml", AS_OF), "没有文件 没有.toml。"),
    "answers of a number": (lambda: read_answers(shipped(), 5, AS_OF), "source 应是 str | PathLike，不是 int。"),  # type: ignore[arg-type]
    "answers not read": (lambda: assess(shipped(), {"employees": 8}, AS_OF), "answers 应是 Answers，不是 dict。"),  # type: ignore[arg-type]
    "day as text": (lambda: assess(shipped(), sample(), "2020-02-20"), "as_of 应是 date，不是 str。"),  # type: ignore[arg-type]
    "lazy": (lambda: assess_table(shipped(), FRAME.lazy(), AS_OF), "frame 应是 DataFrame，不是 LazyFrame。"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize(("call", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(call: Callable[[], object], said: str) -> None:
    with pytest.raises(DcreliefError) as caught:
        call()
    assert str(caught.value) == said
    assert caught.value.hint


def test_all_that_cannot_be_read_is_said_at_once() -> None:
    given = {
        "employees": b"8",
        "revenue": float("inf"),
        5: 3,
        "kind": object(),
        "mall": {"a": 1},
        "founded": AS_OF.replace(year=2021),
    }
    with pytest.raises(DcreliefError) as caught:
        read_answers(shipped(), given, AS_OF)  # type: ignore[arg-type]
    assert str(caught.value).count("\n") == len(given)


def test_a_table() -> None:
    assessed = assess_table(shipped(), FRAME, datetime(2020, 2, 20, 9, tzinfo=UTC))
    assert assessed.columns[:3] == ["名称", "从业人员", "规模"]
    assert assessed.height == 2
    assert assessed["规模"].to_list() == ["待确认", "待确认"]


def test_a_table_warns_of_what_is_most_likely_a_slip() -> None:
    with pytest.warns(UserWarning, match="950元") as caught:
        assess_table(shipped(), pl.DataFrame({"营业收入": [950]}), AS_OF)
    assert [warning.filename for warning in caught] == [__file__]
