"""Commands as typed: what they print, what they say, and the status they end with.

cli/app.py, cli/surroundings.py, cli/assess_command.py, cli/list_command.py, cli/show_command.py, cli/size_command.py
and __main__.py are tested through it.
"""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from dcrelief.catalogue.locate import shipped
from dcrelief.cli import app, run

SAMPLE = str(shipped("sample_business.toml"))
COMMANDS = [[], *([name] for name in app.COMMANDS)]
Captured = pytest.CaptureFixture[str]


def test_version(capsys: Captured) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("dcrelief 0.")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_commands_help_has_an_example_in_chinese(command: list[str], capsys: Captured) -> None:
    assert run([*command, "--help"]) == 0
    said = capsys.readouterr().out
    assert "例子：" in said
    assert " ".join(["dcrelief", *command]) in said
    assert "用法：" in said
    assert "选项：" in said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_loses_no_word_in_a_narrow_window(
    command: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([*command, "--help"])
    wide = "".join(capsys.readouterr().out.split())
    monkeypatch.setenv("COLUMNS", "40")
    run([*command, "--help"])
    narrow = capsys.readouterr().out
    assert max(map(cell_len, narrow.splitlines())) <= 40
    assert "".join(narrow.split()) == wide


def test_the_report_of_the_sample_business(capsys: Captured) -> None:
    assert run(["--answers", SAMPLE, "--no-input"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("示例餐馆（虚构），按 2020-02-20 算：初步符合 23 项")
    assert "可少缴 8.42万元" in captured.out
    assert run(["--answers", SAMPLE, "--no-input", "--full"]) == 0
    assert "对象：示例餐馆（虚构）" in capsys.readouterr().out
    assert captured.err == ""
    assert "\x1b" not in captured.out


def test_a_verdict_never_changes_the_status(capsys: Captured) -> None:
    assert run(["--set", "in_dongcheng=否", "--no-input", "--as-of", "2020-02-20"]) == 0
    assert "初步符合 0 项" in capsys.readouterr().out


def test_json_goes_alone_to_stdout(capsys: Captured) -> None:
    assert run(["assess", "--answers", SAMPLE, "--no-input", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["totals"]["fees_not_paid"] == {"min": "84200.00", "max": "84200.00"}
    assert document["as_of"] == "2020-02-20"


def test_set_goes_before_the_file_and_as_of_before_both(capsys: Captured) -> None:
    assert run(["--answers", SAMPLE, "--set", "员工数=9", "--as-of", "2020年3月1日", "--no-input", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["answers"]["employees"] == 9
    assert document["as_of"] == "2020-03-01"


def test_no_ornament_no_colour_no_bold_for_screen_readers(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert run(["--answers", SAMPLE, "--no-input"]) == 0
    assert "\x1b[1m" in capsys.readouterr().out
    assert run(["--answers", SAMPLE, "--no-input", "--plain"]) == 0
    printed = capsys.readouterr().out
    assert "──" not in printed
    assert "\x1b" not in printed


def test_years_later_it_says_so_first_and_has_no_sums_in_front(capsys: Captured) -> None:
    for more in ([], ["--full"]):
        assert run(["--answers", SAMPLE, "--no-input", "--as-of", "2020-08-01", *more]) == 0
        captured = capsys.readouterr()
        head, _, _ = captured.out.replace("\n", "").partition("──")
        assert "当时符合 21 项" in head
        assert "可以打12345问企业服务" in head
        assert head.count("没有人确认过") == 1
        assert "万元" not in head
        assert captured.err == ""


def test_a_number_that_is_most_likely_a_slip_is_taken_and_said(capsys: Captured) -> None:
    assert run(["--answers", SAMPLE, "--set", "revenue=950", "--no-input", "--as-of", "2020-02-20"]) == 0
    assert "营业收入 950元，少见：是不是 950万元？" in capsys.readouterr().err.replace("\n", "")


def test_for_a_program_an_old_date_is_said_on_stderr(capsys: Captured) -> None:
    assert run(["--answers", SAMPLE, "--no-input", "--as-of", "2020-08-01", "--json"]) == 0
    assert "没有人确认过" in capsys.readouterr().err


def test_saved_answers_give_the_same_report(tmp_path: Path, capsys: Captured) -> None:
    saved = tmp_path / "答案.toml"
    assert run(["--answers", SAMPLE, "--no-input", "--save", str(saved)]) == 0
    first = capsys.readouterr()
    assert f"答案已存到 {saved}" in first.err.replace("\n", "")
    assert run(["--answers", str(saved), "--no-input"]) == 0
    assert capsys.readouterr().out == first.out


def test_list_and_show(capsys: Captured) -> None:
    assert run(["list"]) == 0
    listed = capsys.readouterr().out
    assert listed.count("第") >= 42
    assert run(["show", "第6条"]) == 0
    shown = capsys.readouterr().out
    assert "64031118 转 2538或2539" in shown
    assert "经营的楼宇或载体：商务楼宇" in shown


def test_size(capsys: Captured) -> None:
    assert run(["size", "--set", "行业=餐饮", "--set", "从业人员=8"]) == 0
    assert "结论：微型" in capsys.readouterr().out
    assert run(["size", "--set", "行业=餐饮"]) == 0
    assert "再知道这些就能定：“从业人员”“营业收入”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--foo"], 2, "命令写法有误"),
        (["nothing"], 2, "命令写法有误"),
        (["show", "6", "7"], 2, "命令写法有误"),
        (["show", "77"], 2, "没有第“77”条"),
        (["show", "六"], 2, "没有第“六”条"),
        (["--set", "employees", "--no-input"], 2, "--set 看不懂“employees”"),
        (["--set", "employees=-3", "--no-input"], 2, "从业人员（employees）：看不懂“-3”"),
        (["--set", "industry=餐饮行", "--no-input"], 2, "最接近的是“餐饮业”"),
        (["--set", "industri=餐饮", "--no-input"], 2, "没有叫“industri”的事实。最接近的是 industry（行业）"),
        (["--set", "founded=2999-01-01", "--no-input"], 2, "不晚于"),
        (["--set", "founded=2019-02-29", "--no-input"], 2, "看不懂“2019-02-29”"),
        (["--set", "employees=" + "九" * 10_000, "--no-input"], 2, "共 10000 字"),
        (["--as-of", "昨天", "--no-input"], 2, "--as-of 看不懂“昨天”"),
        (["--answers", "没有.toml", "--no-input"], 3, "没有文件 没有.toml"),
        (["--catalogue", "没有.toml", "list"], 2, "命令写法有误"),
        (["list", "--catalogue", "没有.toml"], 3, "没有文件 没有.toml"),
        ([], 4, "没有终端"),
        (["--set", "employees=3"], 4, "--no-input"),
    ],
)
def test_a_mistake_is_said_politely(arguments: list[str], status: int, said: str, capsys: Captured) -> None:
    assert run(arguments) == status
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("day", ["0002-01-01", "9999-12-31", "1899-12-31"])
def test_a_day_that_nobody_can_mean(day: str, capsys: Captured) -> None:
    assert run(["--as-of", day, "--no-input"]) == 2
    assert f"--as-of 看不懂“{day}”" in capsys.readouterr().err


def test_a_fact_set_twice_is_refused(capsys: Captured) -> None:
    assert run(["--set", "employees=3", "--set", "employees=4", "--no-input"]) == 2
    assert "说的是同一个事实" in capsys.readouterr().err


def test_every_problem_of_an_answers_file_is_said_at_once(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "a.toml"
    file.write_text('employees = -3\nindustry = "餐饮行"\n', encoding="utf-8")
    assert run(["--answers", str(file), "--no-input"]) == 3
    said = capsys.readouterr().err
    assert "有 2 处看不懂" in said
    assert "“-3”" in said
    assert "餐饮业" in said


def test_without_a_terminal_complete_answers_need_no_question(capsys: Captured) -> None:
    assert run(["--set", "in_dongcheng=否", "--as-of", "2020-02-20"]) == 0
    assert "东城区" in capsys.readouterr().out


def test_answers_that_cannot_be_saved_do_not_cost_the_report(tmp_path: Path, capsys: Captured) -> None:
    assert run(["--answers", SAMPLE, "--no-input", "--save", str(tmp_path / "no" / "a.toml")]) == 3
    captured = capsys.readouterr()
    assert "写不了" in captured.err
    assert "按 2020-02-20 算：初步符合 23 项" in captured.out


def test_a_measure_with_the_reasons_of_a_business(capsys: Captured) -> None:
    assert run(["show", "4", "--answers", SAMPLE]) == 0
    said = capsys.readouterr().out
    assert "对象：示例餐馆（虚构）" in said
    assert "承租用于生产经营的房产〔初步符合、" in said
    assert "承租用于办公的房产〔不符合、" in said
    assert "100% = 8万元" in said
    assert run(["show", "6", "--set", "kind=企业", "--set", "in_dongcheng=否", "--as-of", "2020-02-20"]) == 0
    said = capsys.readouterr().out
    assert "商务楼宇减租补贴〔不符合、" in said
    assert "注册、经营或有项目在东城区：否" in said
    assert run(["show", "6", "--set", "员工=x"]) == 2


def command(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "dcrelief", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={**os.environ, **variables},
    )


def test_a_gbk_terminal_gets_gbk() -> None:
    done = command("--answers", SAMPLE, "--no-input", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "按 2020-02-20 算：初步符合 23 项" in done.stdout.decode("gbk")


@pytest.mark.parametrize("encoding", ["cp1252", "gbk", "utf-16"])
def test_what_programs_read_is_utf_8_in_any_terminal(encoding: str, tmp_path: Path) -> None:
    """The JSON object, and a table on stdout."""
    clients = tmp_path / "clients.csv"
    clients.write_text("名称,从业人员\n甲店,8\n", encoding="utf-8")
    table = ["batch", str(clients), "-o", "-", "--as-of", "2020-02-20"]
    for arguments, said in ((["--answers", SAMPLE, "--no-input", "--json"], "东城区"), (table, "甲店")):
        usual = command(*arguments, PYTHONIOENCODING="utf-8", PYTHONUTF8="0")
        done = command(*arguments, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert done.returncode == 0
        assert said in done.stdout.decode("utf-8")
        assert done.stdout == usual.stdout


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_help_in_any_encoding(encoding: str) -> None:
    done = command("--help", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_an_ascii_terminal_gets_no_traceback() -> None:
    done = command("--answers", SAMPLE, "--no-input", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "dcrelief", "--answers", SAMPLE, "--no-input"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
    assert process.returncode == 141


def test_a_closed_pipe_is_known_where_there_is_no_sigpipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none; the status is the same."""
    monkeypatch.delattr(signal, "SIGPIPE")
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="utf-8") as closed:  # noqa: PTH123 - a descriptor has no path
        monkeypatch.setattr(sys, "stdout", closed)
        assert run(["list"]) == 141


def test_streams_that_were_closed_before_the_start() -> None:
    for closed in (">&-", "2>&-", ">&- 2>&-"):
        line = f"{sys.executable} -m dcrelief show 6 {closed}"
        done = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
        assert done.returncode == 0
        assert done.stderr == b""


def test_tables_of_streams_that_were_closed_before_the_start(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("名称,从业人员\n甲店,8\n", encoding="utf-8")
    for line, status in (("batch in.csv -o - >&-", 0), ("batch - -o out.csv <&-", 3), ("--json --no-input >&-", 0)):
        whole = f"{sys.executable} -m dcrelief {line}"
        done = subprocess.run(["sh", "-c", whole], cwd=tmp_path, capture_output=True, check=False)
        assert b"Traceback" not in done.stderr
        assert done.returncode == status


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device to write to")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dcrelief", "list"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert "写不出去" in done.stderr.decode()
    assert done.returncode == 3


STAY_OUT = {
    "--version": ("questionary", "prompt_toolkit", "polars", "jinja2", "jsonschema", "pydantic", "msgspec", "rich"),
    "--help": ("questionary", "prompt_toolkit", "polars", "jinja2", "jsonschema", "pydantic", "msgspec"),
}
for more in ("", " --full"):
    STAY_OUT[f"assess --no-input --answers {SAMPLE}{more}"] = (
        "questionary",
        "prompt_toolkit",
        "polars",
        "jinja2",
        "jsonschema",
        "phonenumbers",
        "pydantic",
    )


@pytest.mark.parametrize("line", STAY_OUT, ids=["version", "help", "assess", "full"])
def test_what_a_command_does_not_import(line: str) -> None:
    code = f"import sys; from dcrelief.cli import run; run({line.split()!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    imported = set(done.stderr.decode().split())
    assert "typer" in imported
    assert imported.isdisjoint(STAY_OUT[line])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_shown(shell: str) -> None:
    done = command("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.returncode == 0
    assert b"_DCRELIEF_COMPLETE" in done.stdout


def test_a_stream_that_is_not_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert run(["list"]) == 0
    assert "第42条" in stream.getvalue()
    stream.truncate(stream.seek(0))
    assert run(["--answers", SAMPLE, "--no-input", "--json"]) == 0
    assert json.loads(stream.getvalue())["as_of"] == "2020-02-20"
    assert stream.getvalue().endswith("}\n")


def test_the_glossary(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "--glossary", "--plain"]) == 0
    assert "投贷奖：北京市的一项政策奖励" in capsys.readouterr().out
    for arguments in (["show"], ["show", "6", "--glossary"]):
        assert run(arguments) == 2
        assert "写其中一个" in capsys.readouterr().err
