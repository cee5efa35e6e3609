"""The pages on a screen: for everyone, on a phone, in the dark, by keyboard; nothing fetched, nothing run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PAGES, report
from tests.examples import answers

pytestmark = pytest.mark.browser
HOSTILE = "\"><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def opened(
    browser: Browser, folder: Path, content: str, *, width: int = 1280, scheme: Literal["light", "dark"] = "light"
) -> Iterator[tuple[Page, list[str]]]:
    """The page in a window, and the addresses that it asked for."""
    path = folder / "page.html"
    path.write_text(content, encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    yield page, asked
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use_it(
    browser: Browser,
    axe: str,
    pages: dict[str, str],
    tmp_path: Path,
    name: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    with opened(browser, tmp_path, pages[name], width=width, scheme=scheme) as (page, asked):
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.evaluate(axe)
        found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        wrong = [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found["violations"]]
        assert wrong == []
        assert found["passes"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert asked == [page.url]


def test_what_was_typed_does_not_run(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, report(answers(name=HOSTILE))) as (page, asked):
        assert page.title().startswith(HOSTILE)
        assert page.get_by_text(f"办事单：{HOSTILE}").is_visible()
        assert page.locator("script, img").count() == 0
        assert asked == [page.url]


def test_even_a_script_in_the_page_would_not_run(browser: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    content = pages["sample"].replace("</main>", "<script>document.title = 'run'</script></main>")
    with opened(browser, tmp_path, content) as (page, _):
        assert page.title().startswith("示例餐馆（虚构）")


def test_by_keyboard(browser: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    with opened(browser, tmp_path, pages["sample"]) as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        card = page.locator("details.card").first
        card.locator("summary").focus()
        page.keyboard.press("Enter")
        assert card.evaluate("card => card.open")
        assert card.locator("a[href^='tel:']").first.is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.href").startswith(("tel:", "mailto:"))


def test_a_jump_to_a_folded_measure_opens_it(browser: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    with opened(browser, tmp_path, pages["sample"]) as (page, _):
        page.locator(".plan a[href='#measure-4']").first.click()
        target = page.locator("#measure-4")
        assert target.is_visible()
        assert target.evaluate("card => card.getBoundingClientRect().top") < 900


def test_on_paper_it_is_black_on_white_with_a_box_to_tick(
    browser: Browser, pages: dict[str, str], tmp_path: Path
) -> None:
    with opened(browser, tmp_path, pages["sample"], scheme="dark") as (page, _):
        page.emulate_media(media="print", color_scheme="dark")
        colours = page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        steps = page.locator(".office .tick")
        boxes = steps.evaluate_all("all => all.map(each => getComputedStyle(each, '::before').borderTopWidth)")
        assert boxes
        assert set(boxes) == {"1px"}
        assert page.locator(".notes").is_visible()
        assert not page.locator("details").first.is_visible()
