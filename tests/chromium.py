"""A real browser for tests: Debian's Chromium, driven by Playwright, and the pages that work in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from bilik.errors import InputError
from bilik.publish.browser import write_browser
from bilik.publish.folder import Publication
from bilik.publish.release import read_release
from bilik.publish.site.frame import Site, write_static
from bilik.publish.vendored import files
from bilik.texts import Language
from components import missing, require, require_program

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


def vendored(package: str) -> Mapping[str, bytes]:
    """The files of a vendored package; where they cannot be had the test is skipped, and fails in CI."""
    try:
        return files(package)
    except InputError as error:
        missing(str(error))


def written(folder: Path) -> Path:
    """A folder with the pages that work in the browser, and what they load."""
    vendored("oxigraph")
    publication = Publication(folder, read_release())
    write_static(publication)
    write_browser(Site(publication))
    return folder


def address(site: Path, page: str, language: Language = "en") -> str:
    """A page in the file system."""
    return (site / language / f"{page}.html").as_uri()


class Watched:
    """What a page did besides showing itself: the addresses it asked for, and the errors of its scripts."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)


def opened(browser: Browser, start: str, size: Mapping[str, int] = DESKTOP) -> tuple[Page, Watched]:
    """A page in a browser that nobody used before, once its engine is ready."""
    page = browser.new_context(viewport={"width": size["width"], "height": size["height"]}).new_page()
    watched = Watched(page)
    page.goto(start)
    page.wait_for_function("['ready', 'done'].includes(document.getElementById('state').dataset.state)")
    return page, watched


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong on a page: the rule, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(vendored("axe-core")["axe.min.js"].decode("utf-8"))
    found = page.evaluate("axe.run()")
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:5]) for one in found["violations"]]


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which a folder is served on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    """Writes no log, and knows of the picture that browsers ask every site for."""

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        pass
