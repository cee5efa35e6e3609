"""A real browser: Debian's Chromium, driven by Playwright, with axe-core to check what it shows."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from dcrelief.files.chromium import find_chromium
from dcrelief.report.contact_sheet import contact_sheet
from dcrelief.report.html import PageWriter
from dcrelief.report.view import report_page
from dcrelief.rules.assessment import assess
from dcrelief.rules.facts import Answers
from tests.examples import AS_OF, business, sample, shipped

PAGES = ("sample", "full", "landlord", "nothing", "contacts", "finance")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find_chromium(None), args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return Path(os.environ["DCRELIEF_AXE"]).read_text(encoding="utf-8")


def report(given: Answers, *, full: bool = False) -> str:
    return report_page(PageWriter(shipped()), assess(shipped(), given, AS_OF), full=full)


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    return {
        "sample": report(sample()),
        "full": report(sample(), full=True),
        "landlord": report(business("商务楼宇业主")),
        "nothing": report(Answers()),
        "contacts": PageWriter(shipped()).contacts(contact_sheet(shipped())),
        "finance": PageWriter(shipped()).contacts(contact_sheet(shipped(), units=["区金融办"])),
    }
