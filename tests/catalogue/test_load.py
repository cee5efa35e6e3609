# ruff: noqa: E501 - a case a line reads best
"""The shipped files load; a broken one is refused with every error, its place, and what to do.

catalogue/build.py, catalogue/problems.py, catalogue/estimate_tables.py, catalogue/window_tables.py and
catalogue/data_files.py are tested through it.
"""

import re
import shutil
from pathlib import Path

import pytest

from dcrelief.catalogue import data_files
from dcrelief.catalogue.load import NAMES, load_catalogue
from dcrelief.catalogue.locate import shipped as shipped_path
from dcrelief.cli import run
from dcrelief.errors import UnusableFileError
from tests.examples import shipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files, to be broken."""
    for name in NAMES:
        shutil.copy(shipped_path(name), tmp_path)
    return tmp_path


def broken(folder: Path, name: str, old: str, new: str) -> str:
    """What is said of the files after one replacement."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnusableFileError) as refused:
        load_catalogue(folder / "measures.toml")
    assert refused.value.exit_status == 3
    return refused.value.message


def test_the_shipped_catalogue_has_all_measures() -> None:
    assert [measure.number for measure in shipped().measures] == list(range(1, 43))
    assert shipped().measure("6").units == ("区科信局", "区发改委", "区财政局", "东城园管委会", "区文促中心")


def test_another_measures_file_takes_the_rest_from_beside_it_or_from_the_shipped(folder: Path) -> None:
    assert load_catalogue(folder / "measures.toml").digest == shipped().digest
    (folder / "questions.toml").unlink()
    assert load_catalogue(folder / "measures.toml").digest == shipped().digest


@pytest.mark.parametrize("phone", ["12333", "95500", "951234", "96100", "968000", "4008100001", "8823107-8001/8002"])
def test_phones_of_every_kind(folder: Path, phone: str) -> None:
    path = folder / "measures.toml"
    text = path.read_text(encoding="utf-8").replace('phones = ["12345"]', f'phones = ["{phone}"]')
    path.write_text(text, encoding="utf-8")
    assert load_catalogue(path).contacts["hotline_12345"].phones == (phone,)


def test_one_label_or_several(folder: Path) -> None:
    path = folder / "measures.toml"
    text = path.read_text(encoding="utf-8").replace('units = "责任单位"', 'units = ["牵头单位", "责任单位"]')
    path.write_text(text.replace('email = "邮箱"\n', ""), encoding="utf-8")
    layout = load_catalogue(path).policies[0].document
    assert (layout.units, layout.people, layout.email) == (("牵头单位", "责任单位"), "联系人", ())


M, Q, S, W = NAMES
FIRST_WHEN = 'when = [{ use = "sme" }, { use = "affected" }, { fact = "inspection_fee_payer" }'


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (M, '{ fact = "inspection_fee_payer" }', '{ fact = "inspection_fee_payr" }', "没有事实 inspection_fee_payr，最接近的是 inspection_fee_payer"),
        (M, "at_most = 100 }", "at_least = 200, at_most = 100 }", "第 8 条 rd_grant when.2：上下限互相矛盾"),
        (M, "at_most = 100 }", "above = 100, below = 100 }", "上下限互相矛盾"),
        (M, "at_most = 100 }", "at_most = 100, below = 90 }", "同一边只写一个界限"),
        (M, "at_most = 100 }", "at_most = -1 }", "不小于 0 的整数"),
        (M, 'below = "100万元"', 'below = "120万元"', "estimate.tiers.1：和下一档重叠"),
        (M, 'below = "100万元"', 'below = "90万元"', "estimate.tiers.1：和下一档之间有空档"),
        (M, 'below = "100万元"', 'below = "10万元"', "below 要大于 from"),
        (M, 'rate = "5%" }', 'rate = "5%", at_most = "1万元" }', "rate（按人数的写 each）、amount、at_most 写其中一个"),
        (M, 'rate = "5%" }', 'rate = "5" }', "不是从小到大的百分比"),
        (M, 'rate = ["30%", "50%"]', 'rate = ["50%", "30%"]', "不是从小到大的百分比"),
        (M, 'rate = ["30%", "50%"], ', "", "rate、each、amount、at_most、tiers 写其中一个"),
        (M, 'cap = "50万元"', 'cap = "五十多万"', "“五十多万”不是金额"),
        (M, 'base = "rent_forgone"', 'base = "employees"', "employees 是 count，这里要 money"),
        (M, 'contacts = ["cao_jun"]', 'contacts = ["cao_jin"]', "没有联系人 cao_jin，最接近的是 cao_jun"),
        (M, "number = 2\n", "number = 1\n", "措施编号 1 出现了 2 次"),
        (M, 'key = "new"', 'key = "extension"', "第 2 条：办理情形 extension 出现了 2 次"),
        (M, '"13681278787"', '"1368127878"', "电话“1368127878”不合格式"),
        (M, '"64031118-2538/2539"', '"64031118转2538或2539"', "不合格式；不写区号，请写成 64031118 或 64031118-2538/2539"),
        (M, 'phones = ["13681278787", "64033742"]\nemail = "dcjtjs@scjgj.beijing.gov.cn"', "phones = []", "没有电话、邮箱，也没有地址"),
        (M, 'email = "dcjtjs@scjgj.beijing.gov.cn"', 'email = "dcjtjs.scjgj.beijing.gov.cn"', "邮箱“dcjtjs.scjgj.beijing.gov.cn”不合格式"),
        (M, 'audience = [{ use = "employer" }]\nwhen = []', "when = []", "第 9 条 hotline：没有任何条件"),
        (M, '{ use = "sme" }', '{ use = "smee" }', "没有条件 smee"),
        (M, 'small = [{ size_at_most = "small" }]', 'small = [{ use = "small" }]', "条件 small 绕回了自己"),
        (M, FIRST_WHEN, FIRST_WHEN + ', { fact = "inspection_fee_payer" }', "事实 inspection_fee_payer 出现了 2 次"),
        (M, '{ fact = "inspection_fee_payer" }', '{ fact = "inspection_fee_payer", at_least = 1 }', "条件要写成：只写 fact"),
        (M, '{ fact = "inspection_fee_payer" }', "{ within_years = 1 }", "看不懂这个条件"),
        (M, '{ fact = "impact", in = ["severe"] }', '{ fact = "impact", in = ["sever"] }', "impact 没有选项 sever"),
        (M, '{ fact = "founded", within_years = 5 }', '{ fact = "founded" }', "条件要写成：within_years"),
        (M, 'has = ["building"] }', 'in = ["building"] }', "条件要写成：has = [...]"),
        (M, "pay_by = 2020-03-31", "pay_by = 2020-01-31", "截止日 2020-01-31 早于开始日 2020-02-13"),
        (M, 'month_after = "contract_reached", days = 90', 'month_after = "contract_reached"', "month_after 要配上天数"),
        (M, 'month_after = "contract_reached"', 'month_after = "employees"', "employees 是 count，这里要 date"),
        (M, 'scope = [{ fact = "in_dongcheng" }]', "scope = []", "没有写适用范围"),
        (Q, 'facts = ["in_dongcheng"]', 'facts = ["in_dongchen"]', "没有事实 in_dongchen"),
        (Q, 'facts = ["kind"]', 'facts = ["industry"]', "页上的事实 industry 出现了 2 次"),
        (Q, 'facts = ["kind"]', "facts = []", "一页只能是一个事实"),
        (Q, 'facts = ["kind"]', 'facts = ["kind", "impact"]', "一页只能是一个事实"),
        (Q, '[[pages]]\nkey = "kind"\ntitle = "身份"\nfacts = ["kind"]\n', "", "facts.kind：规则要用它，却没有一页问它"),
        (Q, 'topic = "finance"', 'topic = "finances"', "没有主题 finances"),
        (Q, 'unit = "人"', 'unit = "人"\nat_least = 9\nat_most = 3', "at_least 9 大于 at_most 3"),
        (Q, 'kind = "several"', 'kind = "yes_no"', "choice 和 several 要有 choices"),
        (Q, 'id = "employees"', 'id = "revenue"', "事实 revenue 出现了 2 次"),
        (Q, '{ key = "some"', '{ key = "none"', "选项 none 出现了 2 次"),
        (S, 'industries = ["software"]', 'industries = ["softwares"]', "行业 software（软件和信息技术服务业）没有一行划型标准"),
        (S, 'industries = ["software"]', 'industries = ["software", "catering"]', "行业 catering 出现了 2 次"),
        (S, "[20, 300, 1000]", "[300, 20, 1000]", "三个下限要从小到大"),
        (S, 'own_fact = "finance_size"\n', "", "要么写 bounds，要么写 own_fact"),
        (S, 'own_fact = "finance_size"\n', 'own_fact = "founded"\n', "founded 是 date，这里要 choice"),
        (M, 'contacts = ["cao_jun"]', "contacts = []", "cao_jun 要是这里 contacts 中的一个"),
        (M, "{ not = { fact = \"city_inspection\" } }", "{ not = { fact = \"employees\", at_most = 3 } }", "not 里只能是一个 yes_no 事实"),
        (M, "{ any = [{ fact = \"necessities_shop\" }, { fact = \"mall\" }, { fact = \"emergency_supplier\" }, { fact = \"epi_goods_provider\" }] }", "{ any = [] }", "里面没有条件"),
        (M, 'small = [{ size_at_most = "small" }]', "small = []", "里面没有条件"),
        (M, 'month_after = "contract_reached", days = 90', 'month_after = "contract_reached", days = 90, until = 2020-12-31', "不能再写 from、until、pay_by、until_event、by_call"),
        (M, "window = { by_call = true,", "window = { by_call = true, days = 3,", "days 要和 month_after 一起写"),
        (M, 'when = [{ fact = "hired_unemployed" }]', 'when = [{ fact = "hired_unemployed" }, { fact = "contract_reached", within_years = 1 }]', "事实 contract_reached 出现了 2 次"),
        (M, 'numbering = "{number}."', 'numbering = "第条"', "numbering 里要有 {number} 或 {chinese}"),
        (M, 'numbering = "{number}."', 'numbering = "{n}."', "numbering 里要有 {number} 或 {chinese}"),
        (M, 'numbering = "{number}."', 'numbering = "{"', "numbering 里要有 {number} 或 {chinese}"),
        (M, 'in = ["some", "severe"]', 'not_in = ["nought"]', "impact 没有选项 nought"),
        (M, 'rate = ["30%", "50%"]', 'each = "1000元"', "rent_forgone 是 money，这里要 count"),
        (M, 'rate = ["30%", "50%"]', 'rate = "30%", times = "employees"', "times 和 times_at_most（至少 1）要一起写"),
        (M, 'rate = ["30%", "50%"]', 'rate = "30%", times = "founded", times_at_most = 3', "founded 是 date，这里要 count"),
        (M, 'rate = ["30%", "50%"]', 'rate = "33.3333%", times = "employees", times_at_most = 3000', "算不准"),
        (M, 'window = { by_call = true,', 'window = { by_call = true, until_event = "e",', "until_event 和 grace_months（1 到 120）要一起写"),
        (M, 'window = { by_call = true,', 'window = { by_call = true, until_event = "e", grace_months = 1,', "没有事件 e；有：（没有）"),
        (M, 'name_fact = "name"', 'name_fact = "employees"', "employees 是 count，这里要 text"),
        (Q, 'id = "name"', 'id = "名称"', "事实的 id 用小写英文字母"),
        (Q, 'id = "name"', 'id = "as_of"', "不能是 size、as_of"),
        (Q, 'key = "kind"\ntitle', 'key = "topics"\ntitle', "这个名字留给主题那一页"),
        (Q, 'aliases = ["所属行业", "行业类别"]', 'aliases = ["所属行业", "员工数"]', "“员工数”既指"),
        (Q, 'aliases = ["餐饮", "餐厅"', 'aliases = ["餐饮", "零售"', "“零售”既指 catering 又指 retail"),
        (Q, '{ key = "micro", label = "微型", aliases = ["微型企业"] }', '{ key = "tiny", label = "微型" }', "它的选项要是 micro、small、medium、large"),
        (S, 'industries = ["software"]', "industries = []", "没有行业"),
        (S, "own_fact = \"300", "own = \"300", "请在 [notes] 里写上 own_fact 的说明"),
        (W, 'over = "超出 {gap}"', 'over = "超出 {gaps}"', "words.toml reason.over：花括号里只能是：gap"),
        (W, 'over = "超出 {gap}"', 'over = "超出 {gap"', "花括号里只能是：gap"),
        (W, 'over = "超出 {gap}"', 'ower = "超出 {gap}"', "words.toml reason.ower：程序用不到这一句"),
        (W, "[reason]", "[reason", "TOML 写法有误"),
        (M, 'issuer = "', 'isuer = "', "policy：没有 isuer 这一项，最接近的是 issuer；请改正或删去"),
        (M, 'issuer = "', 'isuer = "', "第 23 行：policy：缺少 issuer，请补上"),
        (M, "published = 2020-02-13", 'published = "2月13日"', "policy.published：“2月13日” 不是日期，请写成 2020-02-26，不加引号"),
        (M, 'area_code = "10"', "area_code = 10", "policy.area_code：10 要写成文字，加引号"),
        (M, 'area_code = "10"', 'area_code = "010"', '写区号，不带前面的 0，如 "10"、"591"'),
        (M, 'cap = "50万元"', "cap = 500000", "500000 要写成文字，加引号"),
        (M, 'rate = ["30%", "50%"]', 'rate = ["30%"]', "['30%'] 要有 2 项"),
        (M, 'window = { from = 2020-02-05, text', 'window = { yearly = ["02-30", "04-30"], text', "02-30、04-30 不是月和日"),
        (M, 'window = { from = 2020-02-05, text', 'window = { yearly = ["2-3", "04-30"], text', "不是月和日"),
        (M, 'window = { from = 2020-02-05, text', 'window = { from = 2020-02-05, yearly = ["02-01", "04-30"], text', "yearly 不和 from"),
        (M, 'area_code = "10"', 'area_code = "10"\nswitchboard = "a"', "switchboard：电话“a”不合格式"),
        (M, 'rate = ["30%", "50%"]', 'amount = "5万元"', "amount、at_most 不看任何事实，不写 base"),
        (M, 'base = "rent_forgone", rate = ["30%", "50%"]', 'rate = "30%"', "没有事实"),
        (M, 'rate = ["30%", "50%"]', 'rate = "1200‰"', "不是从小到大的百分比"),
        (M, 'rate = ["30%", "50%"]', 'rate = "30%", parts = [{ amount = "1万元" }]', "parts 不和 base、rate"),
        (M, 'base = "rent_forgone", rate = ["30%", "50%"]', 'parts = [{ amount = "多少" }]', "building estimate.parts.1.amount：“多少”不是金额"),
        (M, 'base = "rent_forgone", rate = ["30%", "50%"]', 'amount = "5万元", times = "employees", times_at_most = 2', "times 只和 rate、each 一起写"),
        (M, 'rate = ["30%", "50%"], cap = "50万元"', 'rate = "30%", used = "rent_forgone"', "used 要和 cap 一起写"),
        (M, 'rate = ["30%", "50%"]', 'rate = "30%", cap_with = "no"', "[caps] 里没有 no；有：（没有）"),
        (M, 'rate = ["30%", "50%"]', 'rate = "30%", raised = { by = "80%", when = [{ fact = "mall" }] }', "加上以后超过 100%"),
        (M, 'rate = ["30%", "50%"]', 'rate = "30%", raised = { by = "5", when = [{ fact = "mall" }] }', "“5”“5”不是从小到大的百分比"),
        (M, 'rate = ["30%", "50%"]', 'rate = "30%", raised = { by = "5%", when = [] }', "没有条件，请写 when"),
        (M, 'rate = "5%" }', 'each = "5元" }', "rate（按人数的写 each）、amount、at_most 写其中一个"),
        (M, 'rate = "5%" }', 'rate = "5%", amount = "5元" }', "rate（按人数的写 each）、amount、at_most 写其中一个"),
        (M, 'contacts = ["cao_jun"]', 'contacts = "cao_jun"', "“cao_jun” 要写成一列，写在 [ ] 里"),
        (M, 'size_at_most = "small"', 'size_at_most = "小型"', "“小型” 不行；有：large、medium、micro、small"),
        (M, 'size_at_most = "small"', 'size_at_most = "large"', "size_at_most 写 large 就是不限规模"),
        (M, 'numbering = "{number}."', 'numbering = "{number[0]}"', "numbering 里要有 {number} 或 {chinese}"),
        (M, "published = 2020-02-13", "published = 0001-01-01", "0001-01-01 不会是这里的日期"),
        (M, 'settles = ["road_extension"]', 'settles = ["road_new"]', "2 条 extension settles：road_new 不在这个情形的条件里"),
        (M, "by_call = true, ", "by_call = true, now = true, ", "now 只和 pay_by 一起写"),
        (M, 'stands_in_for = "july"', 'stands_in_for = "june"', "35 条 march stands_in_for：要写这一条的另一个办理情形"),
        (M, 'stands_in_for = "july"', 'stands_in_for = "late"', "不能绕回自己；march 不行"),
        (M, "pay_by = 2020-07-31", "pay_by = 9999-12-31", "9999-12-31 不会是这里的日期"),
        (M, "pay_by = 2020-07-31", "pay_by = 2020-07-31, until = 2020-07-31", "until、pay_by 和 until_event 写其中一个"),
        (M, "pay_by = 2020-07-31", "from = { micro = 2020-03-01, small = 2020-02-20, medium = 2020-03-01, large = 2020-03-01 }", "大的企业不能比小的先开始"),
        (M, "days = 90", "days = 999999", "month_after 要配上天数 days，1 到 3660"),
        (S, 'name = "餐饮业"', 'name = "住宿业"', "划型标准的一行 住宿业 出现了 2 次"),
        (M, "[policy]", "[policy", "measures.toml 第 23 行第 8 列：TOML 写法有误"),
        (M, 'action = "apply"', 'action = "aply"', "measures.number=1.routes.key=stop.action：“aply” 不行；有：apply、ask、automatic、none"),
    ],
)  # fmt: skip
def test_one_error_is_named_with_its_place(folder: Path, file: str, old: str, new: str, said: str) -> None:
    assert said in broken(folder, file, old, new)


def test_the_place_has_its_line(folder: Path) -> None:
    lines = (folder / M).read_text(encoding="utf-8").splitlines()
    number = lines.index('key = "rd_grant"') + 1
    assert f"measures.toml 第 {number} 行 第 8 条 rd_grant" in broken(folder, M, "at_most = 100 }", "at_most = -1 }")


def test_every_error_is_told_at_once(folder: Path) -> None:
    text = (folder / M).read_text(encoding="utf-8")
    text = text.replace('"13681278787"', '"1368127878"').replace("number = 2\n", "number = 1\n")
    (folder / M).write_text(text, encoding="utf-8")
    said = broken(folder, Q, 'facts = ["in_dongcheng"]', 'facts = ["in_dongchen"]')
    assert all(part in said for part in ("1368127878", "措施编号 1", "in_dongchen"))


def test_fifty_errors_are_fifty_lines(folder: Path) -> None:
    path = folder / M
    text = path.read_text(encoding="utf-8")
    assert text.count('{ use = "business" }') >= 35
    text = text.replace('{ use = "business" }', '{ use = "bussiness" }', 35).replace('"6', '"x', 15)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnusableFileError) as refused:
        load_catalogue(path)
    lines = refused.value.message.splitlines()
    assert lines[0] == "措施目录有 50 处问题，不能使用："
    assert len(lines) == 51
    assert sum("没有条件 bussiness" in line for line in lines) == 35
    assert sum("不合格式" in line for line in lines) == 15
    assert all(re.match(r"  - measures.toml 第 \d+ 行 ", line) for line in lines[1:])


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        ('title = "甲"\ntitle = "乙"', "第 2 行第 12 列：TOML 写法有误（同一个名字写了两次）"),
        ("[policy]\n[policy]", "第 2 行第 8 列：TOML 写法有误（同一张表写了两次）"),
        ('title = "甲', "（引号或括号没有写完"),
        ("title = 甲", "文字要加引号"),
        ("title", "名字后面要有 ="),
        ('title = "甲" x', "一行里只能写一项"),
    ],
)
def test_what_is_no_toml(tmp_path: Path, spoiled: str, said: str) -> None:
    (tmp_path / M).write_text(spoiled, encoding="utf-8")
    with pytest.raises(UnusableFileError) as refused:
        load_catalogue(tmp_path / M)
    assert said in refused.value.message


def test_a_file_far_too_large(tmp_path: Path) -> None:
    path = tmp_path / M
    with path.open("wb") as file:
        file.truncate(100 << 20)
    with pytest.raises(UnusableFileError, match="超过 20,971,520 字节，太大"):
        load_catalogue(path)


def test_every_misfit_of_a_file_is_told_at_once(folder: Path) -> None:
    text = (folder / M).read_text(encoding="utf-8")
    text = text.replace('action = "apply"', 'action = "aply"', 1).replace('benefit = "match"', "benefit = 3", 1)
    (folder / M).write_text(text, encoding="utf-8")
    said = broken(folder, M, "number = 42", 'number = "42"')
    assert "measures.number=1.routes.key=stop.action" in said
    assert "measures.number=13.routes.key=toudai.benefit" in said
    assert "有 3 处问题" in said


@pytest.mark.parametrize(
    ("content", "said"), [(None, "没有文件"), (b"\xff\xfe\x00", "不是 UTF-8"), (b"", "整个文件：缺少 policy，请补上")]
)
def test_a_file_that_is_not_there_not_text_or_empty(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / M
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnusableFileError) as refused:
        load_catalogue(path)
    assert said in refused.value.message


@pytest.mark.parametrize("name", ["bejing", "北京", "haidian"])
def test_a_name_that_no_shipped_catalogue_has(name: str) -> None:
    with pytest.raises(UnusableFileError) as refused:
        load_catalogue(Path(name))
    assert refused.value.hint is not None
    assert "dongcheng、beijing" in refused.value.hint


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="是文件夹"):
        load_catalogue(tmp_path)


def test_a_size_bound_that_is_not_a_number(folder: Path) -> None:
    assert "“很多”要写成不小于 0 的整数" in broken(folder, S, "[20, 300, 1000]", '["很多", 300, 1000]')


def test_a_measure_without_routes(folder: Path) -> None:
    text = (folder / M).read_text(encoding="utf-8")
    start = text.index("number = 15")
    end = text.index("[[measures]]\nnumber = 16")
    first = text.index("[[measures.routes]]", start)
    said = broken(folder, M, text[first:end], "routes = []\n\n")
    assert "第 15 条：没有办理情形" in said


@pytest.mark.source
def test_every_word_that_the_program_asks_for_is_there() -> None:
    """A key in the code without its sentence in words.toml would end a report half-way."""
    package = Path(__file__).parents[2] / "dcrelief"
    asked = set()
    for module in package.rglob("*.py"):
        asked |= set(re.findall(r"""(?:words|_words)\(\s*"([a-z_.]+)\"""", module.read_text(encoding="utf-8")))
    assert len(asked) > 80
    assert asked <= set(shipped().words.sentences)


@pytest.mark.parametrize(
    "arguments", [["check"], ["email", "6", "--set", "carrier=building", "--set", "kind=enterprise"]]
)
def test_two_languages_are_one_reading(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An English reader's check, and a letter, need the document's own words, too: of files that are read once."""
    read: list[str] = []

    def counted(path: Path) -> str:
        read.append(str(path))
        return data_files.read_bytes(path).decode("utf-8-sig")

    monkeypatch.setattr(data_files, "read_text", counted)
    monkeypatch.chdir(tmp_path)
    run(["--lang", "en", *arguments])
    own = [path for path in read if Path(path).name in ("measures.toml", "questions.toml")]
    assert sorted(own) == sorted(set(own))
    assert str(shipped_path("measures.toml")) in own
    capsys.readouterr()


def test_the_shipped_catalogue_is_the_same_however_it_is_named() -> None:
    path = shipped_path("measures.toml")
    assert (load_catalogue(path).paths, load_catalogue().paths, load_catalogue(path).option) == ((), (), "")
