"""The README's pictures, in each language, of what the program really does.

The interview and the plan in a terminal (the same bytes as long as the program says the same), the plan on paper, the
first sheet of a workbook. `python -m tools.pictures` writes docs/pictures/ anew, and needs what PROGRAMS names.
"""

import csv
import html
import io
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect
import pyte
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from dcrelief import load_catalogue

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SUFFIX = {"zh": ".zh-CN", "en": ""}  # as the pages of docs/ are named
PROGRAMS = {
    "chromium": "Debian: chromium, fonts-noto-cjk",
    "soffice": "Debian: libreoffice-calc",
    "pdftoppm": "Debian: poppler-utils",
    "convert": "Debian: imagemagick",
}
COLUMNS, ROWS = 80, 24
STEP = {"zh": "第 {} 步", "en": "Step {} ·"}
UP, ENTER = "\x1b[A", "\r"
# In Dongcheng, an enterprise, catering, eight people; then to an option of the question after these.
KEYS = (UP + UP + ENTER, "1" + ENTER, "{industry}" + ENTER, "8" + ENTER, UP)
INDUSTRY = {"zh": "饭店", "en": "restaurant"}
# The restaurant of the sample, with what the city asks besides.
BOTH = ["--catalogue", "dongcheng", "--catalogue", "beijing"]
SAMPLE = (ROOT / "data" / "sample_business.toml").read_text(encoding="utf-8")
CITY_SAMPLE = "in_beijing = true\nstate_production_premises = true\n"
NAME = {"zh": "示例餐馆（虚构）", "en": "Sample Restaurant (made up)"}
# Of the plan, what stands above the unit that has nothing of the city.
BELOW = {"zh": "区金融办", "en": "Dongcheng District Financial Services Office"}
ADVISER = {"zh": "跟进人", "en": "Adviser"}  # a column of the consultant's own, no fact
# Fonts of the reader's own computer: a picture in a page may fetch none.
FONTS = "Menlo, Consolas, DejaVu Sans Mono, PingFang SC, Microsoft YaHei, Noto Sans Mono CJK SC, monospace"
UNWANTED = re.compile(r"@font-face \{.*?\}\s*|font-variant-east-asian: full-width;|<text [^>]*>\n</text>", re.DOTALL)
CELL = 20 * 0.61  # as export_svg has it
DRAWN = re.compile(r'x="(?P<x>[^"]+)"(?P<y> y="[^"]+") textLength="[^"]+"(?P<clip>[^>]*>)(?P<text>[^<]+)(?=</text>)')


def said(arguments: list[str], keys: dict[str, str], folder: Path = ROOT) -> str:
    """All that the program writes to its terminal, until it ends or shows what the last of the keys does.

    keys: what is pressed after which text. folder: where it is started.
    """
    written = io.StringIO()
    with TemporaryDirectory() as home:
        env = {"DCRELIEF_HOME": home, "TERM": "xterm-256color", "PYTHONUTF8": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}
        run = partial(pexpect.spawn, encoding="utf-8", timeout=60, dimensions=(ROWS, COLUMNS), cwd=folder, env=env)
        with run(sys.executable, ["-m", "dcrelief", *arguments]) as child:
            child.logfile_read = written
            for text, pressed in keys.items():
                child.expect_exact(text)
                child.expect_exact("Esc")  # stands below the text, just above the menu
                child.send(pressed)
            child.expect(*((pexpect.TIMEOUT, 2) if keys else (pexpect.EOF,)))
    return written.getvalue()


def colour(name: str) -> str:
    """A colour of pyte's by the name that Rich has for it."""
    return name.replace("brown", "yellow").replace("bright", "bright_")


def lines(written: str, rows: int) -> Iterator[Text]:
    """The lines of a screen to which this was written, without the empty ones below."""
    screen = pyte.Screen(COLUMNS, rows)
    pyte.Stream(screen).feed(written)
    for row in range(len("\n".join(screen.display).rstrip().split("\n"))):
        cells = [screen.buffer[row][column] for column in range(COLUMNS)]
        line = Text()
        for style, alike in groupby(
            cells, lambda cell: Style(color=colour(cell.fg), bold=cell.bold, reverse=cell.reverse)
        ):
            line.append("".join(cell.data for cell in alike), style)
        line.rstrip()
        yield line


def placed(drawn: re.Match[str]) -> str:
    """A text with a place for each character: export_svg takes all to be one cell wide, a Chinese one is two."""
    text = html.unescape(drawn["text"])
    if cell_len(text) == len(text):
        return drawn[0]
    places = " ".join(f"{float(drawn['x']) + CELL * cell_len(text[:index]):g}" for index in range(len(text)))
    return f'x="{places}"{drawn["y"]}{drawn["clip"]}{drawn["text"]}'


def draw(name: str, arguments: list[str], written: str, rows: int) -> None:
    """Writes docs/pictures/NAME.svg."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    # An empty line below, for export_svg gives the last one no clip path.
    console.print(Text("\n").join(lines(written, rows)), soft_wrap=True, end="\n\n")
    svg = console.export_svg(title=" ".join(("dcrelief", *arguments)), unique_id=name.replace(".", "-"))
    svg = DRAWN.sub(placed, UNWANTED.sub("", svg).replace("Fira Code, monospace", FONTS))
    (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")


def photograph(name: str, pdf: Path, dots: int, foot: int = 0) -> None:
    """Writes docs/pictures/NAME.png: the first page, in few colours, without its white margins.

    dots: to the inch. foot: how many rows of dots are left out below, where the page's number stands.
    """
    page = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(dots), "-png", "-f", "1", "-l", "1", "-singlefile", pdf, page], check=True)
    cut = ["-gravity", "South", "-chop", f"0x{foot}", "-trim", "+repage", "-bordercolor", "white", "-border", "16"]
    light = ["-bordercolor", "gray70", "-border", "1", "+dither", "-colors", "10", "-strip"]
    light += ["-define", "png:color-type=3", "-define", "png:bit-depth=4", "-define", "png:compression-level=9"]
    subprocess.run(["convert", page.with_suffix(".png"), *cut, *light, PICTURES / f"{name}.png"], check=True)


def interview(language: str) -> None:
    """The question after the first four, with an option chosen."""
    asked = ["--lang", language, "--as-of", "2020-02-20"]
    pressed = (key.format(industry=INDUSTRY[language]) for key in KEYS)
    keys = {STEP[language].format(number): key for number, key in enumerate(pressed, 1)}
    draw(f"interview{SUFFIX[language]}", asked, said(asked, keys), ROWS)


def plan(language: str, folder: Path) -> None:
    """The plan of the sample business: of the district and the city in a terminal, of the district on paper."""
    sample = re.sub(r"^name = .*$", f'name = "{NAME[language]}"', SAMPLE, flags=re.MULTILINE)
    (folder / "answers.toml").write_text(sample + CITY_SAMPLE, encoding="utf-8")
    asked = ["--lang", language, *BOTH]
    given = ["--answers", "answers.toml", "--no-input"]
    shown = said([*asked, *given], {}, folder).split("\n")
    rows = next(row for row, line in enumerate(shown) if BELOW[language] in line)
    draw(f"plan{SUFFIX[language]}", asked, "\n".join(shown[:rows]), rows)
    (folder / "answers.toml").write_text(sample, encoding="utf-8")
    said(["--lang", language, *given, "--pdf", "plan.pdf"], {}, folder)
    photograph(f"page{SUFFIX[language]}", folder / "plan.pdf", dots=92)


def clients(language: str) -> Iterator[dict[str, str]]:
    """The rows of the consultant's table."""
    no = {fact.id: "no" for fact in load_catalogue("dongcheng").facts.values() if fact.kind == "yes_no"}
    each = no | {"carrier": "none", "in_dongcheng": "yes", "impact": "severe", "tax_difficulty": "yes"}
    for client in tomllib.loads((ROOT / "tools" / "clients.toml").read_text(encoding="utf-8"))["client"]:
        own = {"name": client["name"][language], ADVISER[language]: client["adviser"][language]}
        yield own | each | client["facts"]


def workbook(language: str, folder: Path) -> None:
    """The sheet of a workbook that is to be sent, as LibreOffice prints it."""
    rows = list(clients(language))
    with (folder / "clients.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, dict.fromkeys(key for row in rows for key in row))
        writer.writeheader()
        writer.writerows(rows)
    said(["--lang", language, "batch", "clients.csv", "-o", "results.xlsx", "--as-of", "2020-02-20"], {}, folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), f"{folder}/results.xlsx"]
    subprocess.run(asked, check=True, capture_output=True)
    photograph(f"workbook{SUFFIX[language]}", folder / "results.pdf", dots=96, foot=80)


def _draw_all() -> None:
    missing = [f"{program} ({package})" for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if missing:
        sys.exit(f"The pictures need programs that are not here: {'; '.join(missing)}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for language in STEP:
        interview(language)
        with TemporaryDirectory() as folder:
            plan(language, Path(folder))
            workbook(language, Path(folder))


if __name__ == "__main__":
    _draw_all()
