"""`dcrelief check`: the catalogue alone, and against its document (report/proof_view.py through it)."""

from pathlib import Path
from shutil import copytree

import pytest

from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.cli import run
from tests.examples import HERE, OTHER_DISTRICT

FACTS = str(HERE / "hard_facts.json")
Captured = pytest.CaptureFixture[str]


def changed(folder: Path, old: str, new: str) -> list[str]:
    text = shipped_path("measures.toml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path = folder / "measures.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return ["--catalogue", str(path)]


def test_a_catalogue_alone(capsys: Captured) -> None:
    assert run(["check"]) == 0
    assert "可以使用：42 条措施，72 种办理情形" in capsys.readouterr().out


def test_what_is_suspicious(tmp_path: Path, capsys: Captured) -> None:
    assert run(["check", *changed(tmp_path, "at_most = 100 }", "at_most = 10000000 }")]) == 1
    printed = "".join(line.strip() for line in capsys.readouterr().out.splitlines())
    assert "处可疑。" in printed
    assert "“从业人员”的条件怎么答都满足，等于没有〔always_holds：8.rd_grant employees〕" in printed
    assert run(["check", "--as-of", "2020-04-01"]) == 1
    printed = capsys.readouterr().out
    assert "已于 2020-03-31 截止" in printed
    assert "7.stop_registration 7.adjust_quota（same_condition）：停业登记" in printed


def test_a_contact_without_a_phone_can_be_shown(tmp_path: Path, capsys: Captured) -> None:
    catalogue = changed(tmp_path, 'phones = ["67196928", "67196908"]', "phones = []")
    assert run(["check", *catalogue]) == 1
    assert "联系人“区国资委”没有电话〔no_phone：li_rui〕" in capsys.readouterr().out
    endings = {"html": "html", "csv": "csv", "xlsx": "xlsx", "vcard": "vcf"}
    files = [f"--{kind}={tmp_path / 'c'}.{ending}" for kind, ending in endings.items()]
    assert run(["contacts", "--measure", "4", *files, *catalogue]) == 0
    assert run(["show", "4", *catalogue]) == 0
    printed = capsys.readouterr().out
    assert "区国资委：李睿" in printed
    assert "gzwtpk@bjdch.gov.cn" in printed
    assert "            电话" not in printed


def test_a_catalogue_that_agrees(capsys: Captured) -> None:
    assert run(["check", "--source", FACTS]) == 0
    printed = capsys.readouterr().out
    assert "核对了 42 条，文件有 432 个硬事实，目录有其中 432 个。\n两边一致。" in printed
    assert "第4条 50%：文件只写“参照北京市减免标准”" in printed


def test_a_wrong_digit(tmp_path: Path, capsys: Captured) -> None:
    assert run(["check", "--source", FACTS, *changed(tmp_path, '"64033742"', '"67179318"')]) == 1
    printed = capsys.readouterr().out
    assert "有 4 处不一致。" in printed
    assert "第1条：文件有、目录没有的电话：64033742" in printed
    assert "第1条：目录有、文件没有的电话：67179318（文件里在第2条）" in printed
    assert "第1条：文件有 7 个，目录有其中 5 个（71%）" in printed


def test_closing_words_that_the_document_does_not_have(tmp_path: Path, capsys: Captured) -> None:
    """What follows the last measure would else count as its own, in silence."""
    folder = copytree(OTHER_DISTRICT.parent, tmp_path / "other")
    measures, document = folder / "measures.toml", folder / "document.txt"
    text = measures.read_text(encoding="utf-8")
    measures.write_text(text.replace('closing = "本措施', 'closing = "本规定'), encoding="utf-8")
    catalogue = ["--catalogue", str(measures)]
    assert run(["check", "--source", str(document), *catalogue]) == 1
    assert "的 closing“本规定" in capsys.readouterr().out.replace("\n", "")
    facts = tmp_path / "facts.json"
    assert run(["check", "--source", str(document), *catalogue, "--save-facts", str(facts)]) == 1
    capsys.readouterr()
    assert run(["check", "--source", str(facts), *catalogue]) == 1
    assert "的 closing“本规定" in capsys.readouterr().out.replace("\n", "")


def test_a_measure_under_another_number(tmp_path: Path, capsys: Captured) -> None:
    assert run(["check", "--source", FACTS, *changed(tmp_path, "number = 42", "number = 43")]) == 1
    printed = capsys.readouterr().out
    assert "第43条：目录有，文件里没有找到" in printed
    assert "第42条：文件有，目录没有" in printed


def test_facts_are_saved(tmp_path: Path, capsys: Captured) -> None:
    saved = tmp_path / "facts.json"
    assert run(["check", "--source", FACTS, "--save-facts", str(saved)]) == 0
    assert "硬事实存到" in capsys.readouterr().err
    assert saved.read_text(encoding="utf-8") == Path(FACTS).read_text(encoding="utf-8")
    assert run(["check", "--source", FACTS, "--save-facts", str(saved)]) == 2


def test_a_measure_beside_its_article(tmp_path: Path, capsys: Captured) -> None:
    document = tmp_path / "d.txt"
    document.write_text("细则　　1.停征费用。(责任单位：区甲局)　　联系人：丁三", encoding="gb18030")
    assert run(["show", "1", "--source", str(document)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("第1条 停征特种设备检验费")
    assert "── 文件第1条原文 ──\n- 停征费用。(责任单位：区甲局)\n- 联系人：丁三\n" in printed
    for source, number in ((str(document), "2"), (FACTS, "1")):
        assert run(["show", number, "--source", source]) == 3
        assert f"里没有第{number}条的原文" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--save-facts", "x.json"], 2, "要和一个 --source 一起用"),
        (["--source", "nowhere.txt"], 3, "没有文件"),
        (["--source", FACTS, "--save-facts", "x.txt"], 2, "后缀应是 .json"),
    ],
)
def test_a_mistake_is_said_politely(arguments: list[str], status: int, said: str, capsys: Captured) -> None:
    assert run(["check", *arguments]) == status
    assert said in capsys.readouterr().err
