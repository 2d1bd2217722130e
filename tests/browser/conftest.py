"""A real browser and the real assistant, each started once for all plays.

Nothing here sleeps: Playwright's expectations wait for what a play names, and no longer.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.visitor import PATIENCE, Visitor
from tools.browser import find_chromium, in_ci
from tools.chat_page import Chat
from tools.errors import SetupError
from tools.office import Office
from tools.stage import Stage, Website, chromium
from tools.states import HOST_PAGE, Scene, widget_line


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Where none can be had the plays are skipped, but never in CI."""
    try:
        path = find_chromium()
    except SetupError as error:
        if in_ci():
            pytest.fail(str(error), pytrace=False)
        pytest.skip(f"THE BROWSER TESTS DID NOT RUN. {error}")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, chromium(playwright, path) as opened:
        yield opened


@pytest.fixture(scope="package")
def website(browser: Browser) -> Iterator[Website]:
    """Another origin, allowed to embed the widget."""
    with Website() as site:
        yield site


@pytest.fixture(scope="package")
def running(website: Website, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The server of all plays."""
    stage = Stage(tmp_path_factory.mktemp("stage"), origins=(website.url,))
    try:
        stage.start()
    except SetupError as error:
        pytest.fail(str(error), pytrace=False)
    yield stage
    stage.stop()


@pytest.fixture(scope="package")
def town_hall(website: Website, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A server with a staffed desk and a mail server, beside the one of the other plays."""
    office = Office(tmp_path_factory.mktemp("office"), origins=(website.url,))
    try:
        office.open()
    except SetupError as error:
        pytest.fail(str(error), pytrace=False)
    yield office
    office.close()


@pytest.fixture
def office(town_hall: Office) -> Office:
    """The town hall, its server up again if the play before this one left it dead."""
    town_hall.stage.start()
    return town_hall


@pytest.fixture
def stage(running: Stage) -> Stage:
    """The server, up again if the play before this one left it dead."""
    running.start()
    return running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """Open pages; what goes wrong in them fails the play."""
    visitor = Visitor(browser)
    yield visitor
    problems = visitor.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(visit: Visitor) -> Page:
    """One ordinary window."""
    return visit()


@pytest.fixture
def scene(stage: Stage, website: Website) -> Scene:
    """The server, and a page of another origin with the widget in it."""
    page = HOST_PAGE.format(widget=widget_line(stage.url), other="/annan")
    website.show("/annan", page)
    return Scene(stage.url, website.show("/", page))


@pytest.fixture
def staffed(office: Office, website: Website) -> Scene:
    """The town hall, and a page of another origin with its widget in it."""
    page = HOST_PAGE.format(widget=widget_line(office.url), other="/annan")
    return Scene(office.url, website.show("/bemannad", page))


@pytest.fixture
def widget(page: Page, scene: Scene) -> Chat:
    """The widget on a website, not opened yet."""
    page.goto(scene.website)
    return Chat(page)


@pytest.fixture
def chat_page(page: Page, scene: Scene) -> Chat:
    """The page of its own, with scripts."""
    page.goto(f"{scene.server}/chat/umea")
    chat = Chat(page)
    chat.wait_for_scripts()
    return chat
