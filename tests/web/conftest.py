"""The browser of tests/browser, the canned server, and a website of another origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.announcements import listen
from tests.browser.conftest import browser, visit
from tests.browser.visitor import Look, Visitor
from tests.web.canned import Canned
from tests.web.canned_desk import CannedDesk
from tests.web.canned_desk_content import NOW as DESK_NOW
from tests.web.canned_kiosk import NOW as KIOSK_NOW
from tests.web.canned_kiosk import CannedKiosk
from tests.web.desk_page import DeskPage
from tests.web.kiosk_page import STANDING, KioskPage
from tests.web.widget import Widget
from tools.stage import Website

__all__ = ["browser", "visit"]

LINE = '<script type="module" src="{url}/widget.js" data-municipality="umea"{more}></script>'
ORDINARY = Look(now=None)
LAPTOP = Look(width=1366, height=768, reduced_motion=True, now=None)
HOST = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Ledsagning</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{style}</head>
<body><main><h1>Ledsagning</h1><p>En sida på kommunens webbplats.</p>
<p><a href="/annan">En annan sida</a></p></main>{line}</body></html>"""


@pytest.fixture
def canned() -> Iterator[Canned]:
    """A server that knows nothing yet."""
    with Canned() as server:
        yield server


@pytest.fixture
def site() -> Iterator[Website]:
    """The website that embeds the widget."""
    with Website() as website:
        yield website


@pytest.fixture
def embed(canned: Canned, site: Website, visit: Visitor) -> Callable[..., Widget]:
    """Open the website with the one line in it."""

    def opened(
        look: Look = ORDINARY, more: str = "", style: str = "", before: str = "", lost: bool = False
    ) -> Widget:
        line = LINE.format(url=canned.url, more=more)
        html = HOST.format(style=f"<style>{style}</style>" if style else "", line=line)
        site.show("/annan", html)
        page = visit(look)
        page.add_init_script(f"window.print = () => {{ window.printed = 1 }}; {before}")
        if lost:
            visit.watch.expect("ERR_FAILED")
            page.route("**/api/v1/**", lambda route: route.abort())
        page.goto(site.show("/", html))
        return Widget(page, visit.watch)

    return opened


@pytest.fixture
def widget(embed: Callable[..., Widget]) -> Widget:
    """The widget on an ordinary page, opened."""
    return embed().open()


@pytest.fixture
def desk_server() -> Iterator[CannedDesk]:
    """The desk's API, with nobody waiting yet."""
    with CannedDesk() as server:
        yield server


@pytest.fixture
def sit_down(desk_server: CannedDesk, visit: Visitor) -> Callable[..., DeskPage]:
    """Come to the desk, with what a screen reader is told taken down."""

    def opened(look: Look = LAPTOP) -> DeskPage:
        page = visit(look)
        listen(page.context)
        page.clock.install(time=DESK_NOW)
        return DeskPage(page, visit.watch, desk_server)

    return opened


@pytest.fixture
def desk(sit_down: Callable[..., DeskPage]) -> DeskPage:
    """The desk on an ordinary laptop."""
    return sit_down()


@pytest.fixture
def kiosk_server() -> Iterator[CannedKiosk]:
    """A server with a kiosk that nobody has touched."""
    with CannedKiosk() as server:
        yield server


@pytest.fixture
def stand(visit: Visitor) -> Callable[..., KioskPage]:
    """Stand before a kiosk that nobody has touched."""

    def opened(server: CannedKiosk, look: Look = STANDING, before: str = "") -> KioskPage:
        page = visit(look)
        page.add_init_script(before)
        page.clock.install(time=KIOSK_NOW)
        return KioskPage(page, visit.watch, server).open()

    return opened
