"""Another district's catalogue, with questions, size standard and words of its own: everything works, no code knows."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.cli import run
from dcrelief.rules.facts import UNKNOWN, Answers, Value
from dcrelief.rules.interview import Interview, Screen
from tests.examples import OTHER_DISTRICT, other_district

CATALOGUE = ["--catalogue", str(OTHER_DISTRICT)]
AS_OF = ["--as-of", "2020-03-20", "--no-input"]
SHOP = {
    "在河东区注册或经营": "是",
    "身份": "企业",
    "行业": "餐饮业",
    "从业人员": "8",
    "受疫情影响": "严重",
    "租房用于经营": "是",
    "租的是区属国有房产": "否",
    "月租金": "3万",
    "已付租金的月数": "2",
    "今年新取得流动资金贷款": "是",
    "已付的贷款利息": "8000",
    "hired_new": "是",
    "new_hires": "120",
    "不良记录": "无",
    "销售生活必需品": "是",
    "缴纳社会保险费确有困难": "是",
    "名称": "面馆",
}
Captured = pytest.CaptureFixture[str]


def settings(**changed: str) -> list[str]:
    return [part for fact, value in {**SHOP, **changed}.items() for part in ("--set", f"{fact}={value}")]


def unwrapped(printed: str) -> str:
    """What was printed, without blanks and the line breaks before them, which the width of the screen makes."""
    return re.sub(r"\n? +", "", printed)


def test_the_report(capsys: Captured) -> None:
    assert run([*CATALOGUE, *settings(), *AS_OF, "--full"]) == 0
    printed = unwrapped(capsys.readouterr().out)
    for said in (
        "河东区惠企措施自测报告",
        "对象：面馆",
        "适用：在河东区注册或经营。",
        "── 企业划型 ──",
        "结论：微型",
        "可收到 11.8万元",
        "月租金 3万元 × 已付租金的月数 2 个月（最多算 3 个月） × 30% = 1.8万元",
        "新招用的人数 120 人 × 1,000元 = 12万元，最高 10万元",
        "行业：餐饮业（要求：不能是房地产开发经营或金融业）",
        "不良记录：都没有（要求：不能有：被列为严重失信或因环境违法受过处罚）",
        "没有计入：第2条 贷款贴息（4,000元）。它和第1条 房租补贴不能同时享受，已计入较优的第1条 房租补贴",
        "解除一级响应后 1 个月为止",
        "66210001 转 101或102",
        "主管部门  区发改委、区财政局",
    ):
        assert said.replace(" ", "") in printed, said
    assert "东城" not in printed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"已付租金的月数": "12"}, "（最多算 3 个月） × 30% = 2.7万元，最高 2万元"),
        ({"已付租金的月数": "不清楚"}, "没有填“已付租金的月数”，填了能算得更准"),
        ({"月租金": "1000", "已付的贷款利息": "5万"}, "没有计入：第1条 房租补贴（600元）。它和第2条 贷款贴息不能"),
        ({"行业": "房地产"}, "行业：房地产开发经营（要求：不能是房地产开发经营或金融业）——第2条 贷款贴息"),
        ({"不良记录": "失信、年报逾期"}, "不良记录：被列为严重失信、没有按时报送年报（要求：不能有：被列为严重失信"),
        ({"不良记录": "年报逾期"}, "不良记录：没有按时报送年报（要求：不能有"),
        ({"从业人员": "120", "营业收入": "5000万"}, "2020-04-01 起才能办，还没开始"),
        ({"从业人员": "120"}, "第4条 保供补助：要知道“营业收入”"),
    ],
)  # fmt: skip
def test_each_shape(changed: dict[str, str], said: str, capsys: Captured) -> None:
    assert run([*CATALOGUE, *settings(**changed), *AS_OF, "--full"]) == 0
    assert said.replace(" ", "") in unwrapped(capsys.readouterr().out)


def test_an_event_that_has_a_day(tmp_path: Path, capsys: Captured) -> None:
    for name in ("questions.toml", "size_standard.toml"):
        (tmp_path / name).write_bytes(OTHER_DISTRICT.with_name(name).read_bytes())
    text = OTHER_DISTRICT.read_text(encoding="utf-8")
    changed = text.replace('name = "解除一级响应"\n', 'name = "解除一级响应"\ndate = 2020-04-30\n')
    path = tmp_path / "measures.toml"
    path.write_text(changed, encoding="utf-8")
    for day, said in (
        ("2020-05-30", "2020-05-30（就是今天）最晚办："),
        ("2020-05-31", "已于 2020-05-30 截止，过了 1 天"),
    ):
        assert run(["--catalogue", str(path), *settings(), "--as-of", day, "--no-input", "--full"]) == 0
        assert said in capsys.readouterr().out
    assert run(["check", "--catalogue", str(path), "--source", str(OTHER_DISTRICT.with_name("document.txt"))]) == 0


def test_the_json(capsys: Captured) -> None:
    assert run([*CATALOGUE, *settings(), *AS_OF, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads(shipped_path("assessment.schema.json").read_text(encoding="utf-8")))
    assert document["totals"] == {"money_received": {"min": "118000.00", "max": "118000.00"}}
    verdicts = {(verdict["measure"], verdict["route"]): verdict for verdict in document["verdicts"]}
    assert verdicts[4, "supply"]["window"] == {
        "from": "2020-03-10",
        "until": "2020-06-30",
        "pay_by": None,
        "open": True,
    }
    sources = [reason.get("source") for reason in verdicts[5, "city"]["reasons"]]
    assert sources == [None, *[{"measure": 5, "step": "(2)"}] * 3]


def test_before_after_and_elsewhere(capsys: Captured) -> None:
    assert run([*CATALOGUE, *settings(), "--as-of", "2020-03-09", "--no-input", "--full"]) == 0
    assert "2020-03-10 起才能办，还没开始" in capsys.readouterr().out
    assert run([*CATALOGUE, *settings(), "--as-of", "2020-10-01", "--no-input", "--full"]) == 0
    assert "已于 2020-09-30 截止，过了 1 天" in capsys.readouterr().out
    assert run([*CATALOGUE, "--set", "in_hedong=否", *AS_OF]) == 0
    assert "请看滨海市的文件" in capsys.readouterr().out


def test_list_show_size_and_check(capsys: Captured) -> None:
    document = str(OTHER_DISTRICT.with_name("document.txt"))
    assert run(["list", *CATALOGUE]) == 0
    assert "第9条 加快支付账款（区财政局）" in capsys.readouterr().out
    assert run(["show", "2", *CATALOGUE, "--source", document]) == 0
    printed = capsys.readouterr().out
    assert "行业：不能是房地产开发经营或金融业" in printed
    assert "── 文件第2条原文 ──\n- 贷款贴息。2020年新取得" in printed
    assert run(["show", "10", *CATALOGUE]) == 2
    assert "条号是 1 到 9" in capsys.readouterr().err
    assert run(["size", *CATALOGUE, "--set", "industry=零售", "--set", "employees=60", "--set", "revenue=600万"]) == 0
    assert "结论：中型" in capsys.readouterr().out
    assert run(["check", *CATALOGUE]) == 0
    assert "可以使用：9 条措施，11 种办理情形" in capsys.readouterr().out
    assert run(["check", *CATALOGUE, "--source", document]) == 0
    assert "核对了 9 条，文件有 110 个硬事实，目录有其中 110 个。\n两边一致。" in capsys.readouterr().out


def test_answers_saved_read_back(tmp_path: Path, capsys: Captured) -> None:
    saved = tmp_path / "a.toml"
    assert run([*CATALOGUE, *settings(), *AS_OF, "--save", str(saved)]) == 0
    first = capsys.readouterr().out
    assert run([*CATALOGUE, "--answers", str(saved), "--no-input"]) == 0
    assert capsys.readouterr().out == first


def test_the_interview_asks_what_this_catalogue_needs() -> None:
    told: dict[str, Value] = {
        "in_hedong": True, "kind": "enterprise", "industry": "catering", "employees": 8, "impact": "some",
        "bad_marks": frozenset(), "rents_premises": True, "soe_tenant": False, "monthly_rent": 100, "rent_months": 2,
    }  # fmt: skip
    interview, asked = Interview(other_district(), date(2020, 3, 20), Answers()), []
    while (question := interview.question()) is not None:
        if question.topics:
            every = frozenset(topic.key for topic in question.topics)
            interview = interview.answered(interview.topics_screen(question, every))
            continue
        asked += [fact.id for fact in question.facts]
        screen = {fact.id: told.get(fact.id, UNKNOWN if fact.kind != "yes_no" else False) for fact in question.facts}
        interview = interview.answered(Screen(question.page.key, screen))
    assert asked[:4] == ["in_hedong", "kind", "industry", "employees"]
    assert "revenue" not in asked  # eight people are micro whatever the revenue
    assert asked[-2:] == ["monthly_rent", "rent_months"]


def test_a_table_of_clients(tmp_path: Path, capsys: Captured) -> None:
    table, out, form = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "form.xlsx"
    table.write_text(f"{','.join(SHOP)}\n{','.join(SHOP.values())}\n", encoding="utf-8")
    assert run(["batch", str(table), "-o", str(out), *CATALOGUE, *AS_OF[:2]]) == 0
    printed = capsys.readouterr().err
    assert "可收到的钱：11.8万元（1 家）" in printed
    assert "东城" not in printed
    assert ",118000.00,118000.00," in out.read_text(encoding="utf-8-sig")
    assert run(["template", str(form), *CATALOGUE]) == 0
    assert run(["batch", str(form), "-o", str(out), *CATALOGUE, *AS_OF[:2]]) == 0


def test_what_one_takes_along(tmp_path: Path, capsys: Captured) -> None:
    page, calendar, cards = tmp_path / "r.html", tmp_path / "d.ics", tmp_path / "c.vcf"
    letter = tmp_path / "m.eml"
    files = ["--html", str(page), "--ics", str(calendar)]
    assert run([*CATALOGUE, *settings(), *AS_OF, *files, "--full"]) == 0
    assert "房屋租赁合同" in capsys.readouterr().out
    html = page.read_text(encoding="utf-8")
    assert '<a class="phone" href="tel:+86-22-6621-0012"><span>6621</span><span>0012</span></a>' in html
    assert "DTSTART;VALUE=DATE:20200930" in calendar.read_text(encoding="utf-8")
    assert run(["contacts", *CATALOGUE, "--unit", "区发改委", "--vcard", str(cards)]) == 0
    assert "tel:+86-22-6621-0001;ext=102" in cards.read_text(encoding="utf-8")
    assert run(["email", "3", *CATALOGUE, *settings(), *AS_OF[:2], "-o", str(letter)]) == 0
    assert b"rsj@hedong.example" in letter.read_bytes()
    capsys.readouterr()
    assert run(["email", "2", *CATALOGUE, *settings()]) == 2
    assert capsys.readouterr().err.endswith(
        f"用邮件申请的是第1、3条；怎么办用 dcrelief show 2 --catalogue {OTHER_DISTRICT} 看。\n"
    )
