"""The README's pictures: the interview and the report in each language, as the program shows them in a terminal.

`python -m tools.pictures` writes docs/*.svg anew, the same bytes as long as the program says the same.
"""

import html
import io
import re
import sys
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

ROOT = Path(__file__).parents[1]
COLUMNS, ROWS = 80, 24
REPORT_ROWS = 40
STEP = {"zh": "第 {} 步", "en": "Step {} ·"}
UP, ENTER = "\x1b[A", "\r"
# In Dongcheng, an enterprise, catering, eight people; then to an option of the question after these.
KEYS = (UP + UP + ENTER, "1" + ENTER, "{industry}" + ENTER, "8" + ENTER, UP)
INDUSTRY = {"zh": "饭店", "en": "restaurant"}
# Fonts of the reader's own computer: a picture in a page may fetch none.
FONTS = "Menlo, Consolas, DejaVu Sans Mono, PingFang SC, Microsoft YaHei, Noto Sans Mono CJK SC, monospace"
UNWANTED = re.compile(r"@font-face \{.*?\}\s*|font-variant-east-asian: full-width;|<text [^>]*>\n</text>", re.DOTALL)
CELL = 20 * 0.61  # as export_svg has it
DRAWN = re.compile(r'x="(?P<x>[^"]+)"(?P<y> y="[^"]+") textLength="[^"]+"(?P<clip>[^>]*>)(?P<text>[^<]+)(?=</text>)')


def said(arguments: list[str], keys: dict[str, str]) -> str:
    """All that the program writes to its terminal, until it ends or shows what the last of the keys does.

    keys: what is pressed after which text.
    """
    written = io.StringIO()
    with TemporaryDirectory() as home:
        env = {"DCRELIEF_HOME": home, "TERM": "xterm-256color", "PYTHONUTF8": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}
        run = partial(pexpect.spawn, encoding="utf-8", timeout=60, dimensions=(ROWS, COLUMNS), cwd=ROOT, env=env)
        with run(sys.executable, ["-m", "dcrelief", *arguments]) as child:
            child.logfile_read = written
            for text, pressed in keys.items():
                child.expect_exact(text)
                child.expect_exact("Esc")  # stands below the text, just above the menu
                child.send(pressed)
            child.expect(*((pexpect.TIMEOUT, 2) if keys else (pexpect.EOF,)))
    return written.getvalue()


def lines(written: str, rows: int) -> Iterator[Text]:
    """The lines of a screen to which this was written, without the empty ones below."""
    screen = pyte.Screen(COLUMNS, rows)
    pyte.Stream(screen).feed(written)
    for row in range(len("\n".join(screen.display).rstrip().split("\n"))):
        cells = [screen.buffer[row][column] for column in range(COLUMNS)]
        line = Text()
        for style, alike in groupby(cells, lambda cell: Style(color=cell.fg, bold=cell.bold, reverse=cell.reverse)):
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
    """Writes docs/NAME.svg."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    # An empty line below, for export_svg gives the last one no clip path.
    console.print(Text("\n").join(lines(written, rows)), soft_wrap=True, end="\n\n")
    svg = console.export_svg(title=" ".join(("dcrelief", *arguments)), unique_id=name.replace(".", "-"))
    svg = DRAWN.sub(placed, UNWANTED.sub("", svg).replace("Fira Code, monospace", FONTS))
    (ROOT / "docs" / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")


def _draw_all() -> None:
    (ROOT / "docs").mkdir(exist_ok=True)
    for language, step in STEP.items():
        asked = ["--lang", language, "--as-of", "2020-02-20"]
        pressed = (key.format(industry=INDUSTRY[language]) for key in KEYS)
        keys = {step.format(number): key for number, key in enumerate(pressed, 1)}
        draw(f"interview.{language}", asked, said(asked, keys), ROWS)
        given = ["--lang", language, "--answers", "data/sample_business.toml", "--no-input"]
        report = "\n".join(said(given, {}).split("\n")[:REPORT_ROWS])
        draw(f"report.{language}", given, report, REPORT_ROWS)


if __name__ == "__main__":
    _draw_all()
