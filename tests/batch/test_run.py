"""The batch command as a consultant uses it: messy tables, every ending, everything that goes wrong.

cli/batch_command.py, batch/pipeline.py, batch/sinks.py, batch/workbook.py, batch/fits.py and batch/report_folder.py
are tested through it.
"""

import csv
import errno
import gc
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, unquote

import openpyxl
import polars as pl
import pytest
from rich.cells import cell_len

from dcrelief.batch import decode, reading, written_book
from dcrelief.batch.report_folder import ReportSink
from dcrelief.cli import run
from dcrelief.files.csv_writer import CsvWriter
from tests.tables_of_businesses import csv_of, sample_people, table_of

MESSY = """客户清单,,,,
企业名称,行业,员工数,年营业收入,备注,成立时间
东城小馆,餐饮,8人,300万,老客户,2018年5月
=HYPERLINK("x"),餐钦,约十人,300万,-,2018/5/1
,,,,,
和平软件,软件,１２,"1,200万元",,不详,多出来的
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def batch(*arguments: str) -> int:
    return run(["batch", *arguments, "--as-of", "2020-02-20"])


def read_csv(path: str | Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8-sig"))))


def test_a_messy_table_of_excel_in_gbk(capsys: pytest.CaptureFixture[str]) -> None:
    Path("客户.csv").write_bytes(MESSY.replace("\n", "\r\n").encode("gbk"))
    assert batch("客户.csv", "-o", "结果.csv", "--rejects", "坏格.csv") == 1
    rows = read_csv("结果.csv")
    assert [row["企业名称"] for row in rows] == ["东城小馆", '\'=HYPERLINK("x")', "和平软件"]
    assert [row["规模"] for row in rows] == ["微型", "待确认", "小型"]
    assert [row["备注"] for row in rows] == ["老客户", "-", ""]
    assert [row["看不懂的格"] for row in rows] == ["", "行业、员工数", "第7列"]
    rejects = read_csv("坏格.csv")
    assert [(r["行"], r["名称"], r["列"], r["填的内容"], r["最接近的"]) for r in rejects] == [
        ("4", '\'=HYPERLINK("x")', "行业", "餐钦", "餐饮业"),
        ("4", '\'=HYPERLINK("x")', "员工数", "约十人", ""),
        ("6", "和平软件", "第7列", "多出来的", ""),
    ]
    said = capsys.readouterr()
    assert said.out == ""
    assert "GBK (GB18030)，逗号分隔，表头在第 2 行，认得 5 列，另有 1 列照抄" in said.err
    assert "有 3 格看不懂" in said.err
    assert '第4行 =HYPERLINK("x") 行业：“餐钦”' in said.err


def test_nothing_wrong_is_status_0() -> None:
    Path("a.csv").write_text("名称,行业\n客户,餐饮\n", encoding="utf-8")
    assert batch("a.csv", "-o", "b.csv") == 0


@pytest.fixture
def clients() -> pl.DataFrame:
    table = table_of(sample_people()).with_columns(pl.Series("备注", ["=1+1"] * (2 * 32)))
    Path("in.csv").write_bytes(csv_of(table))
    return table


def test_parquet_and_csv_have_the_same_columns(clients: pl.DataFrame) -> None:
    assert batch("in.csv", "-o", "out.csv") == 0
    assert batch("in.csv", "-o", "out.parquet") == 0
    in_csv = pl.read_csv("out.csv", infer_schema=False)
    in_parquet = pl.read_parquet("out.parquet")
    assert in_csv.columns == in_parquet.columns
    as_text = in_parquet.select(pl.all().cast(pl.String)).drop("备注")
    assert as_text.fill_null("").equals(in_csv.drop("备注").fill_null(""))
    assert in_parquet["备注"].to_list() == clients["备注"].to_list()
    assert in_parquet["可收到的钱最少（元）"].dtype == pl.Decimal(18, 2)


def test_json_lines(clients: pl.DataFrame) -> None:
    assert batch("in.csv", "-o", "out.jsonl") == 0
    lines = [json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["row"] for line in lines] == list(range(2, clients.height + 2))
    assert set(lines[0]) == {"row", "id", "size", "totals", "unreadable", "verdicts"}
    assert len(lines[0]["verdicts"]) == 72


def test_a_workbook_that_can_be_sent(clients: pl.DataFrame) -> None:
    Path("in.csv").write_bytes(csv_of(clients.with_columns(pl.Series("行业", ["餐钦"] + ["餐饮"] * 63))))
    assert batch("in.csv", "-o", "out.xlsx") == 1
    book = openpyxl.load_workbook("out.xlsx")
    assert book.sheetnames == ["客户", "符合明细", "看不懂的格", "全部"]
    sheet, fits, rejects = book["全部"], book["符合明细"], book["看不懂的格"]
    head = 2
    headings = [cell.value for cell in sheet[head]]
    assert headings[:3] == ["编号", "名称", "规模"]
    filled = [c for c in clients.columns if c == "名称" or any(clients[c].fill_null("").cast(pl.String) != "")]
    assert set(filled) <= set(headings)
    assert all(any(sheet.cell(row, n).value is not None for row in range(3, 67)) for n in range(1, len(headings) + 1))
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.auto_filter.ref == f"A{head}:{sheet.cell(head, len(headings)).column_letter}{head + 64}"
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not formulas
    assert [cell.value for cell in fits[1]][:5] == ["行", "编号", "名称", "条", "办理情形"]
    verdict = headings.index("第9条 12348热线咨询") + 1
    fitting = sum(sheet.cell(row, verdict).value == "初步符合" for row in range(head + 1, head + 65))
    assert sheet.cell(head - 1, verdict).value == f"{fitting} 家初步符合"
    hotline = [row for row in fits.iter_rows(min_row=2, values_only=True) if "12348热线咨询" in str(row[4])]
    assert len(hotline) == fitting
    assert {row[10:13] for row in hotline} == {("市12348热线平台", None, "12348")}
    assert [cell.value for cell in rejects[2]] == [
        2,
        rejects["B2"].value,
        "行业",
        "餐钦",
        rejects["E2"].value,
        "餐饮业",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_stands_above_the_clients_is_no_wider_than_their_columns(language: str, clients: pl.DataFrame) -> None:
    """A line that is would widen the page, and so make all of it smaller."""
    Path("in.csv").write_bytes(csv_of(clients))
    assert run(["--lang", language, "batch", "in.csv", "-o", "out.xlsx", "--as-of", "2020-02-20"]) == 0
    sheet = openpyxl.load_workbook("out.xlsx").worksheets[0]
    head = int(sheet.auto_filter.ref.split(":")[0][1:])
    width = sum(sheet.column_dimensions[cell.column_letter].width for cell in sheet[head])
    above = [str(sheet.cell(row, 1).value or "") for row in range(2, head)]
    assert max(map(cell_len, above)) > width / 2
    assert [line for line in above if cell_len(line) > width] == []


def test_a_number_or_name_of_any_kind_and_length_has_a_report_and_a_link_to_it() -> None:
    rows = ["客户#3,甲%41", f"{'编' * 60},{'名' * 60}", "a?b,c"]
    Path("in.csv").write_text("客户编号,名称\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv", "--reports", "r") == 0
    links = re.findall(r'<a href="(0[^"]+)"', Path("r/index.html").read_text(encoding="utf-8"))
    assert len(links) == 3
    assert all((Path("r") / unquote(link)).is_file() and not set("#?") & set(link) for link in links)


def test_doubtful_cells_are_told_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.csv").write_text("名称,从业人员,营业收入\na,12,950\nb,120万,950元\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv") == 1
    told = re.findall(r"第(\d)行", capsys.readouterr().err)
    assert told == ["2", "3", "3"]


def test_a_number_that_is_most_likely_a_slip_is_taken_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.csv").write_text(
        "名称,身份,营业收入,从业人员\n甲,企业,950,8\n乙,企业,950万,0\n丙,企业,,120万\n", encoding="utf-8"
    )
    assert batch("in.csv", "-o", "out.csv", "--rejects", "bad.csv") == 1
    assert [(row["行"], row["填的内容"], row["最接近的"]) for row in read_csv("bad.csv")] == [
        ("2", "950", "950万元"),
        ("4", "120万", "120 人"),
    ]
    assert "照 950元 算了" in read_csv("bad.csv")[0]["应填"]
    err = capsys.readouterr().err
    assert "有 2 格的数少见，照写的算了，请核对" in err
    assert "看不懂，按不清楚算" not in err
    assert [row["看不懂的格"] for row in read_csv("out.csv")] == ["", "", ""]


def test_a_report_for_each_client(clients: pl.DataFrame) -> None:
    names = pl.Series("名称", [f"甲/乙:{number}" for number in range(64)])
    Path("in.csv").write_bytes(csv_of(clients.with_columns(names).head(3)))
    assert batch("in.csv", "-o", "out.csv", "--reports", "报告") == 0
    assert sorted(path.name for path in Path("报告").iterdir()) == [
        "00002-甲_乙_0.html",
        "00003-甲_乙_1.html",
        "00004-甲_乙_2.html",
        "index.html",
        "print-all.html",
    ]
    index, printed = (Path(f"报告/{name}.html").read_text(encoding="utf-8") for name in ("index", "print-all"))
    assert index.count('<a href="0000') == 3
    assert f'<a href="{quote("00003-甲_乙_1.html")}">3 甲/乙:1</a>' in index
    assert [printed.count(f"办事单：甲/乙:{number}") for number in range(3)] == [1, 1, 1]
    ids = re.findall(r'id="([^"]+)"', printed)
    assert len(ids) == len(set(ids))
    text = Path("报告/00002-甲_乙_0.html").read_text(encoding="utf-8")
    assert "办事单：甲/乙:0" in text
    assert "初步符合" in text


@pytest.mark.usefixtures("clients")
def test_pages_of_another_run_in_the_folder_are_pointed_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch("in.csv", "-o", "out.csv", "--reports", "报告") == 0
    assert batch("in.csv", "-o", "out.csv", "--reports", "报告") == 0
    assert "不是这次写的" not in capsys.readouterr().err
    Path("报告/2-以前的客户.html").write_text("", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv", "--reports", "报告") == 0
    assert "文件夹里另有 1 份不是这次写的网页" in capsys.readouterr().err


def test_standard_input_and_output(clients: pl.DataFrame) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dcrelief", "batch", "-", "-o", "-", "--as-of", "2020-02-20"],
        input=csv_of(clients),
        capture_output=True,
        check=True,
    )
    assert batch("in.csv", "-o", "out.csv") == 0
    assert done.stdout == Path("out.csv").read_bytes()


@pytest.mark.usefixtures("clients")
def test_what_batch_wrote_can_be_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch("in.csv", "-o", "once.xlsx") == 0
    assert batch("once.xlsx", "-o", "twice.csv") == 0
    assert "表里有上次结果的 " in capsys.readouterr().err
    assert batch("in.csv", "-o", "once.csv") == 0
    once, twice = read_csv("once.csv"), read_csv("twice.csv")
    for column in ("编号", "规模", "符合的措施（条号）", "第6条 商务楼宇减租补贴"):
        assert [row[column] for row in twice] == [row[column] for row in once]
    assert set(twice[0]) <= set(once[0])


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        ("", 3, "是空的"),
        ("甲,乙\n1,2\n", 3, "没有一列是本工具认得的"),
        ("名称,行业,行业\n", 3, "“行业”在第 2、3 列"),
        ("名称,行业,所属行业\n", 3, "“行业”和“所属行业”（industry）"),
        ("名称,从业人员数\n客户,3\n", 0, "“从业人员数”不是事实，照抄；是不是“从业人员”"),
        ("名称,营业收入（万美元）\n客户,3\n", 0, "“营业收入（万美元）”不是事实，照抄；是不是“营业收入”"),
        ("名称*,资产总额（元）,从业人员(人)\n客户,3000000,3\n", 0, "认得 3 列"),
        ("名称\n", 0, "表里一家也没有"),
        ("名称\n客户\n", 0, "表里没有 80 个事实的列"),
    ],
)
def test_headings(capsys: pytest.CaptureFixture[str], content: str, status: int, said: str) -> None:
    Path("a.csv").write_text(content, encoding="utf-8")
    assert batch("a.csv", "-o", "b.csv") == status
    assert said in capsys.readouterr().err
    assert Path("b.csv").exists() == (status == 0)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["a.csv"], 2, "请用 -o 写明"),
        (["a.csv", "-o", "b.txt"], 2, "不会写“.txt”"),
        (["a.csv", "-o", "a.csv"], 2, "同一个文件"),
        (["a.csv", "-o", "b.csv", "--rejects", "b.csv"], 2, "同一个文件"),
        (["no.csv", "-o", "b.csv"], 3, "没有这个文件"),
        (["a.csv", "-o", "no/b.csv"], 3, "没有这个文件或文件夹"),
        (["a.csv", "-o", "b.csv", "--encoding", "xx"], 2, "没有叫“xx”的编码"),
        (["a.csv", "-o", "b.csv", "--reports", "a.csv/x"], 3, "建不了文件夹"),
        ([".", "-o", "b.csv"], 3, "文件夹"),
    ],
)
def test_what_cannot_be(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, said: str) -> None:
    Path("a.csv").write_text("名称\n客户\n", encoding="utf-8")
    assert batch(*arguments) == status
    assert said in capsys.readouterr().err
    assert not Path("b.csv").exists()


@pytest.mark.usefixtures("clients")
def test_a_folder_that_may_not_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    if os.geteuid() == 0:
        assert batch("in.csv", "-o", "/proc/out.csv") == 3  # the one folder where root may not write either
    else:
        Path("locked").mkdir(mode=0o500)
        assert batch("in.csv", "-o", "locked/out.csv") == 3
    assert "写不了" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
@pytest.mark.usefixtures("clients")
def test_a_full_disk(ending: str, capfd: pytest.CaptureFixture[str]) -> None:
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))  # as good as a full disk
    try:
        assert batch("in.csv", "-o", f"out.{ending}") == 3
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        signal.signal(signal.SIGXFSZ, before)
        gc.collect()
    said = capfd.readouterr().err
    assert f"写不了 out.{ending}：" in said
    assert "Exception" not in said
    assert not list(Path().glob("*out*"))


@pytest.mark.parametrize(
    ("text", "status"), [("x" * 32_767, 0), ("x" * 32_768, 3), ("𠮷" * 16_384, 3), ("𠮷" * 16_383, 0)]
)
def test_a_text_that_a_workbook_cannot_hold_is_refused_and_not_cut(
    text: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in.csv").write_text(f"名称,行业,备注\n甲,餐饮,{text}\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.xlsx") == status
    if status:
        assert "第 2 行“备注”一格有 32,768 个字，XLSX 一格最多 32,767 个，放不下" in capsys.readouterr().err
        assert not Path("out.xlsx").exists()
    assert batch("in.csv", "-o", "out.csv") == 0
    assert read_csv("out.csv")[0]["备注"] == text


def test_a_heading_that_a_workbook_cannot_hold_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.csv").write_text(f"名称,行业,{'注' * 32_768}\n甲,餐饮,\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.xlsx") == 3
    assert "有 32,768 个字，XLSX 一格最多 32,767 个，放不下" in capsys.readouterr().err
    assert batch("in.csv", "-o", "out.csv") == 0


def test_more_rows_than_a_sheet_can_have_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "名称,在东城区,身份,行业,受疫情影响\n" + "甲,是,企业,餐饮,严重\n" * 3
    Path("in.csv").write_text(text, encoding="utf-8")
    assert batch("in.csv", "-o", "one.xlsx") == 0
    monkeypatch.setattr(written_book, "MOST_ROWS", 14)
    assert batch("in.csv", "-o", "many.xlsx") == 0
    one, many = (openpyxl.load_workbook(name) for name in ("one.xlsx", "many.xlsx"))
    parts = [sheet for sheet in many if sheet.title.startswith("符合明细")]
    assert [sheet.title for sheet in parts[:2]] == ["符合明细", "符合明细 2"]
    assert all(1 < sheet.max_row <= 14 for sheet in parts)
    fits = [row for sheet in parts for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert fits == [*one["符合明细"].iter_rows(min_row=2, values_only=True)]


def test_where_workbooks_cannot_be_written_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in.csv").write_text("名称,行业\n甲,餐饮\n", encoding="utf-8")
    monkeypatch.setattr("dcrelief.batch.sinks.find_spec", lambda _: None)
    assert batch("in.csv", "-o", "out.xlsx") == 2
    assert "这种电脑上写不了 .xlsx 的结果。\n请把结果写成 .csv 或 .parquet。" in capsys.readouterr().err
    assert not Path("out.xlsx").exists()


def test_a_title_that_speaks_of_a_unit_is_said_where_it_is_not_applied(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.csv").write_text("亿元楼宇的客户,\n名称,营业收入\n甲,9000000\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv") == 0
    assert "“亿元楼宇的客户”提到了金额的单位，没有按它换算" in capsys.readouterr().err


def test_rows_of_which_only_a_name_is_known_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.csv").write_text(
        "名称,行业,备注\n甲,餐饮,\n以下为新增客户,,\n乙,零售,\n丙,,电话打不通\n", encoding="utf-8"
    )
    assert batch("in.csv", "-o", "out.csv") == 0
    assert "有 2 行只有名称，都算一家：第 3、5 行。" in capsys.readouterr().err


def test_rows_without_a_name_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.csv").write_text("编号,名称,从业人员\n1,甲,8\n2,,9\n,,17\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv") == 0
    assert "有 1 行没有名称，都算一家，请看看是不是合计：第 4 行。" in capsys.readouterr().err
    Path("in.csv").write_text("在东城区,从业人员\n是,8\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv") == 0
    assert "没有名称" not in capsys.readouterr().err


def test_the_same_client_twice_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.csv").write_text("名称,行业\n甲,餐饮\n乙,零售\n甲,零售\n,餐饮\n,零售\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv") == 0
    assert "有 1 行的名称前面已经有过，请核对：第4行（甲，第2行已有）。" in capsys.readouterr().err
    assert len(read_csv("out.csv")) == 5
    Path("in.csv").write_text("名称,行业\n甲（北京） A店,餐饮\n甲(北京)a店,零售\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv") == 0
    assert "第3行（甲(北京)a店，第2行已有）" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_total_is_no_client(ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("名称", "在东城区", "营业收入"), ("甲", "是", "300万"), ("乙", "是", "5亿"), ("合计", "", "50300万")]
    Path("in.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save("in.xlsx")
    assert batch(f"in.{ending}", "-o", "out.csv", "--rejects", "bad.csv") == 1
    assert [row["名称"] for row in read_csv("out.csv")] == ["甲", "乙"]
    (reject,) = read_csv("bad.csv")
    assert (reject["行"], reject["列"], reject["填的内容"]) == ("4", "名称", "合计")
    said = capsys.readouterr().err
    assert "第4行 名称：“合计”，应填一家企业；这一行看来是合计，没有评估" in said
    assert "有 1 行不是一家企业，没有评估：合计 1 行。" in said
    assert "2 家，其中" in said


@pytest.mark.parametrize(
    "row", ["合计,,8,审核过,2020年", "注：略,,,审核过,2020年", ",,,审核过,2020年", "名称,行业,从业人员,审核过,2020年"]
)
def test_cells_beyond_the_headings_of_rows_that_are_no_client_are_named(
    row: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in.csv").write_text(f"名称,行业,从业人员\n甲,餐饮,8, \n{row}\n乙,零售,9,多\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv", "--rejects", "bad.csv") == 1
    first = row.split(",")[0]
    texts = [first, "审核过", "2020年"] if first else ["审核过", "2020年"]  # each once
    rejects = [(reject["行"], reject["填的内容"]) for reject in read_csv("bad.csv")]
    assert rejects == [*(("3", text) for text in texts), ("4", "多")]
    assert f"有 {3 if first else 2} 格看不懂" in capsys.readouterr().err
    assert [row["名称"] for row in read_csv("out.csv")] == ["甲", "乙"]


def test_numbers_that_lost_digits_have_a_title_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.csv").write_text(
        "编号,名称,行业,营业收入\n9.11E+17,甲,餐饮,90万\n2,乙,餐饮,900\n3.3E+18,丙,餐饮,90万\n", encoding="utf-8"
    )
    assert batch("in.csv", "-o", "out.csv") == 1
    said = capsys.readouterr().err
    title, first, second, unusual, third = said[said.index("有 2 格的数太长") :].splitlines()[:5]
    assert title.endswith("后面几位已经丢了，照抄的不是原来的数：")
    assert ["第2行 甲 编号：“9.11E+17”" in first, "第4行 丙 编号" in second, "第3行 乙 营业收入" in third] == [True] * 3
    assert unusual == "有 1 格的数少见，照写的算了，请核对："
    Path("in.csv").write_text("编号,名称\n9.11E+17,甲\n", encoding="utf-8")
    assert batch("in.csv", "-o", "out.csv") == 1
    assert "少见" not in capsys.readouterr().err


LONG = "名称,行业,备注\n" + "东城小馆,餐饮,老客户\n" * 5_000


def test_many_batches_come_out_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("long.csv").write_text(LONG.replace("餐饮", "餐钦", 1), encoding="utf-8")
    results = {}
    for name, size in (("one", 1 << 24), ("many", 1 << 12)):
        monkeypatch.setattr(decode, "BLOCK", size)
        for ending in ("csv", "jsonl"):
            assert batch("long.csv", "-o", f"{name}.{ending}", "--rejects", f"{name}-bad.csv") == 1
        results[name] = [Path(name + end).read_bytes() for end in (".csv", ".jsonl", "-bad.csv")]
    assert results["one"] == results["many"]
    assert results["one"][0].count(b"\n") == 5_001


def test_many_batches_with_other_words_in_each_come_out_in_one_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch has words of its own for a column, and the workbook takes them all."""
    monkeypatch.setattr(decode, "BLOCK", 1 << 9)
    trades = ["餐饮", "零售", "软件", "住宿"]
    lines = [f"店{place},{trades[place // 30]},{place}" for place in range(120)]
    Path("in.csv").write_text("\n".join(["名称,行业,备注", *lines]), encoding="utf-8")
    assert batch("in.csv", "-o", "out.xlsx") == 0
    page = openpyxl.load_workbook("out.xlsx")["全部"]
    column = next(cell.column for cell in page[2] if cell.value == "行业")
    assert [page.cell(row, column).value for row in range(3, 123)] == [trades[place // 30] for place in range(120)]


class Stopped(io.BytesIO):
    """A table whose end does not come: the person has enough of waiting."""

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size)
        if not block:
            raise KeyboardInterrupt
        return block


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_stopped_in_the_middle_nothing_is_left(
    ending: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(decode, "BLOCK", 1 << 12)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Stopped(LONG.encode())))
    assert batch("-", "-o", f"out.{ending}", "--rejects", "bad.csv") == 130
    gc.collect()
    assert capsys.readouterr().err.endswith("停了，没有写出结果。\n")
    assert not list(Path().iterdir())


def test_stopped_in_the_middle_the_reports_that_are_written_stay(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(decode, "BLOCK", 1 << 12)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Stopped(LONG.encode())))
    monkeypatch.setattr(ReportSink, "write", lambda *_: None)  # thousands of pages take long
    assert batch("-", "-o", "out.csv", "--reports", "pages") == 130
    assert capsys.readouterr().err.endswith("停了，没有写出结果。\n已经写好的报告（--reports）还在，不全。\n")


def test_a_disk_that_fills_up_on_the_way(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    written = 0

    def write(*_: object) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    Path("long.csv").write_text(LONG, encoding="utf-8")
    monkeypatch.setattr(decode, "BLOCK", 1 << 12)
    monkeypatch.setattr(CsvWriter, "write", write)
    assert batch("long.csv", "-o", "out.csv") == 3
    assert "写不了 out.csv：" in capsys.readouterr().err
    assert written == 3
    assert not list(Path().glob("*out*"))


@pytest.mark.usefixtures("clients")
def test_a_closed_pipe_is_no_complaint() -> None:
    command = f"{sys.executable} -m dcrelief batch in.csv -o - --as-of 2020-02-20 | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.returncode == 128 + signal.SIGPIPE
    assert "写不出去".encode() not in done.stderr


@pytest.mark.parametrize("limit", ["_MOST_ROWS", "_MOST_BYTES"])
def test_a_pipe_without_an_end(limit: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(decode, "BLOCK", 1 << 12)
    monkeypatch.setattr(reading, limit, 5_000)
    os.mkfifo("pipe.csv")
    with subprocess.Popen(["sh", "-c", "(echo 名称,从业人员; yes 甲,5) > pipe.csv"], stderr=subprocess.DEVNULL):
        assert batch("pipe.csv", "-o", "out.csv") == 3
    assert re.search(r"pipe.csv 读了 [\d,]+ 行还没有完，看来没有尽头。\n请先存成文件", capsys.readouterr().err)
    assert not list(Path().glob("*out*"))


def test_a_file_may_be_of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("long.csv").write_text(LONG, encoding="utf-8")
    monkeypatch.setattr(reading, "_MOST_ROWS", 10)
    assert batch("long.csv", "-o", "out.csv") == 0
    with Path("long.csv").open(encoding="utf-8") as stream:  # as < long.csv
        monkeypatch.setattr("sys.stdin", stream)
        assert batch("-", "-o", "out.csv") == 0


@pytest.mark.parametrize("begins", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_without_an_end(
    begins: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "_MOST_OF_A_WORKBOOK", 1 << 20)
    os.mkfifo("pipe.xlsx")
    Path("begins").write_bytes(begins)
    with subprocess.Popen(["sh", "-c", "(cat begins; yes) > pipe.xlsx"], stderr=subprocess.DEVNULL):
        assert batch("pipe.xlsx", "-o", "out.csv") == 3
    assert "pipe.xlsx 超过 1 MB，太大" in capsys.readouterr().err
