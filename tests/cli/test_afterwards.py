"""After the plan: a measure in full, the page and the answers kept, a wrong key named."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from dcrelief.cli.afterwards import Afterwards
from dcrelief.files.answers import facts_of, read_answers_file
from dcrelief.rules.assessment import assess
from dcrelief.terminal.console import Environment
from dcrelief.terminal.prompts import Back, LinePrompter
from tests.examples import AS_OF, answers, sample, shipped


class Typist(LinePrompter):
    """Types a line after the other; what is typed last is an empty line, or a key that leaves."""

    def __init__(self, environment: Environment, *lines: str, leaves: type[BaseException] | None = None) -> None:
        super().__init__(environment)
        self._lines, self._leaves = iter(lines), leaves
        self.complaints: list[str] = []

    def write(self, text: tuple[str, ...], hint: str, complaint: Callable[[str], str], *, last: bool = False) -> str:
        assert (last, len(text), hint != "") == (True, 1, True)
        for line in self._lines:
            if problem := complaint(line):
                self.complaints.append(problem)
                continue
            return line
        if self._leaves:
            raise self._leaves
        return ""


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.chdir(tmp_path)
    streams = io.StringIO(), io.StringIO(), io.StringIO()
    return Environment(*streams, today=AS_OF, state=tmp_path, asks=True, fixed_width=80)


def after(environment: Environment, typist: Typist, **given: object) -> tuple[str, str]:
    """What was printed and said."""
    known = answers(**given) if given else sample()
    Afterwards(environment, typist, assess(shipped(), known, AS_OF)).offer()
    assert isinstance(environment.stdout, io.StringIO)
    assert isinstance(environment.stderr, io.StringIO)
    return environment.stdout.getvalue(), environment.stderr.getvalue()


def test_a_measure_with_the_reasons_of_this_business(environment: Environment) -> None:
    printed, _ = after(environment, Typist(environment, "４", "第35条"))
    assert "2月份生产经营用房租金 8万元 × 100% = 8万元" in printed
    assert "受影响较大行业延至7月底〔初步符合" in printed


def test_page_and_answers_are_named_after_the_business_and_the_day(environment: Environment) -> None:
    _, said = after(environment, Typist(environment, "H", "s"))
    page, saved = Path("示例餐馆（虚构）-2020-02-20.html"), Path("示例餐馆（虚构）-2020-02-20.toml")
    assert "办事单：示例餐馆（虚构）" in page.read_text(encoding="utf-8")
    file = read_answers_file(saved, {})
    assert facts_of(shipped(), file.written.items(), AS_OF) == (sample(), [])
    assert str(page) in said.replace("\n", "")


def test_a_business_without_a_name_has_files_too(environment: Environment) -> None:
    after(environment, Typist(environment, "s"), kind="企业")
    assert Path("办事单-2020-02-20.toml").is_file()


def test_a_file_that_is_there_stays_and_the_new_one_has_another_name(environment: Environment) -> None:
    Path("示例餐馆（虚构）-2020-02-20.html").write_text("mine", encoding="utf-8")
    _, said = after(environment, Typist(environment, "h", "h", "s"))
    assert Path("示例餐馆（虚构）-2020-02-20.html").read_text(encoding="utf-8") == "mine"
    assert Path("示例餐馆（虚构）-2020-02-20-2.html").is_file()
    assert Path("示例餐馆（虚构）-2020-02-20-3.html").is_file()
    assert Path("示例餐馆（虚构）-2020-02-20.toml").is_file()
    assert "示例餐馆（虚构）-2020-02-20-2.html" in said.replace("\n", "")


def test_what_is_no_key_and_no_measure_is_named(environment: Environment) -> None:
    typist = Typist(environment, "99", "x", "1.5")
    after(environment, typist)
    assert [problem.partition("。")[0] for problem in typist.complaints] == [
        "没有第“99”条",
        "没有第“x”条",
        "没有第“1.5”条",
    ]
    assert all("h、p、s" in problem for problem in typist.complaints)


@pytest.mark.parametrize("leaves", [None, Back, KeyboardInterrupt, EOFError])
def test_every_way_out_is_quiet(environment: Environment, leaves: type[BaseException] | None) -> None:
    assert after(environment, Typist(environment, leaves=leaves)) == ("", "")
