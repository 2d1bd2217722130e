"""The kiosk when its server is lost: numbers to call, kept by the browser, and back by itself."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.audit import audit
from tests.browser.test_lost_server import LOST, UMEA
from tests.browser.visitor import Look, Visitor
from tools.stage import Stage

KEPT = {
    "/kiosk/umea/lost",
    "/assets/theme/umea.css",
    "/assets/kiosk/lost.css",
    "/assets/kiosk/lost.js",
}
PORTRAIT = Look(width=1080, height=1920, now=None)


def kept(page: Page) -> set[str]:
    """The paths of everything that any cache of the page's origin holds."""
    paths: list[str] = page.evaluate(
        """async () => {
            const found = []
            for (const name of await caches.keys()) {
                for (const request of await (await caches.open(name)).keys()) {
                    found.push(new URL(request.url).pathname)
                }
            }
            return found
        }"""
    )
    assert len(paths) == len(set(paths))
    return set(paths)


def has_worker(page: Page) -> Any:
    """Wait until the page's worker rules it."""
    return page.evaluate("navigator.serviceWorker.ready.then((found) => found.scope)")


def test_the_server_is_lost_at_a_reload_and_comes_back(visit: Visitor, stage: Stage) -> None:
    page = visit(PORTRAIT)
    visit.watch.expect(LOST)
    page.goto(f"{stage.url}/kiosk/umea")
    assert has_worker(page) == f"{stage.url}/kiosk/"
    assert kept(page) == KEPT

    stage.kill()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Just nu kan skärmen inte svara")
    main = page.get_by_role("main")
    for told in (UMEA, "Ring 112", "08.30–11.30", "Kungsgatan 71–73", "Klockan är"):
        expect(main).to_contain_text(told)
    again = page.get_by_role("button", name="Försök nu")
    size = again.bounding_box()
    assert size and size["height"] >= 60
    number = page.get_by_text(UMEA, exact=True)
    assert number.evaluate("(line) => parseFloat(getComputedStyle(line).fontSize)") >= 40
    assert page.locator("a").count() == 0
    assert not audit(page)
    # The page of any address below is this one, as long as nobody is there.
    page.goto(f"{stage.url}/kiosk/umea/lost")
    again.click()
    expect(again).to_be_visible()
    assert kept(page) == KEPT

    stage.start()
    expect(page).to_have_url(f"{stage.url}/kiosk/umea")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Just nu kan skärmen inte svara")
