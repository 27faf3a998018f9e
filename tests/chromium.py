"""A real browser for tests: Debian's Chromium, driven by Playwright, that can reach nothing but this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from components import require, require_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; where it or Playwright is missing the test is skipped, and fails in CI."""
    program = require_program("chromium")
    playwright = require("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(_QUIET))
        yield browser
        browser.close()


class Watched:
    """What a page did besides showing itself: the addresses it asked for, and the errors of its scripts."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
