"""The kiosk as a visitor meets it: by the names and words on it, and by touch."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Look
from tests.browser.waiting import eventually
from tests.browser.watch import Watch
from tests.web.canned_kiosk import PATH, CannedKiosk

STANDING = Look(width=1080, height=1920, reduced_motion=True, now=None, touch=True)
LYING = Look(width=1920, height=1080, reduced_motion=True, now=None, touch=True)
START = "Vad vill du veta?"
LOST = "Just nu kan skärmen inte svara"
# Takes down what of a visitor could stay behind: sounds in use, and whether a page was opened.
TAKE_DOWN = """
window.addresses = new Set()
const { createObjectURL, revokeObjectURL } = URL
URL.createObjectURL = blob => {
    const address = createObjectURL(blob)
    window.addresses.add(address)
    return address
}
URL.revokeObjectURL = address => {
    window.addresses.delete(address)
    revokeObjectURL(address)
}
window.marked = []
const { set, delete: remove } = HighlightRegistry.prototype
HighlightRegistry.prototype.set = function (name, highlight) {
    const text = [...highlight].map(String).join('|')
    window.marked.push(text)
    Object.assign(document.documentElement.dataset, { marked: text, marking: 'on' })
    return set.call(this, name, highlight)
}
HighlightRegistry.prototype.delete = function (name) {
    document.documentElement.dataset.marking = 'off'
    return remove.call(this, name)
}
window.open = () => { window.opened = true }
addEventListener('click', () => window.lotsenPressed(), { capture: true })
"""


class KioskPage:
    """One kiosk in one window."""

    def __init__(self, page: Page, watch: Watch, server: CannedKiosk) -> None:
        self.page, self.watch, self.server = page, watch, server
        self.title = page.get_by_role("heading", level=1)
        self.answer = page.locator(".kiosk-answer")
        self.field = page.get_by_label("Din fråga")
        self.dialog = page.get_by_role("dialog")
        self.reading = page.get_by_role("group", name="Uppläsning")
        self.presses = 0
        page.expose_function("lotsenPressed", self._pressed)

    def open(self) -> KioskPage:
        """Go there and see the start."""
        self.page.add_init_script(TAKE_DOWN)
        self.page.goto(self.server.url + PATH)
        expect(self.title).to_have_text(START)
        return self

    def button(self, name: str) -> Locator:
        """A button by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def touch(self, *names: str) -> None:
        """Press buttons, one after the other."""
        for name in names:
            self.tap(self.button(name))

    def tap(self, button: Locator) -> None:
        """Touch one; the click that a browser makes of it comes later than the touch."""
        known = self.presses
        button.tap()
        eventually(self.page, lambda: self.presses > known, True)

    def _pressed(self) -> None:
        self.presses += 1

    def type(self, keys: str) -> None:
        """Write on the keyboard of the screen."""
        group = self.page.get_by_role("group", name="Tangentbord")
        for key in keys:
            name = {" ": "Mellanslag", "⇧": "Stora bokstäver", "⌫": "Sudda"}.get(key, key)
            self.tap(group.get_by_role("button", name=name, exact=True))

    def ask(self, words: str) -> None:
        """Touch a tile and wait for its answer."""
        self.touch(words)
        expect(self.answer).to_be_visible()

    def wait(self, seconds: int) -> None:
        """Let time pass without touching anything."""
        self.page.clock.fast_forward(seconds * 1000)

    def hear_out(self, last: str) -> None:
        """Wait until the last sentence has been said."""
        said = f'html[data-marked="{last}"][data-marking="off"]'
        expect(self.page.locator(said)).to_have_count(1)

    def cut(self) -> None:
        """The server is not reached any more."""
        self.watch.expect("ERR_FAILED|ERR_ABORTED")
        self.page.route("**/*", lambda route: route.abort())

    def lose(self) -> None:
        """The server is away for so long that it counts as lost; somebody is there still."""
        self.cut()
        for _ in range(2):
            with self.page.expect_event("requestfailed"):
                self.wait(31)
            self.page.keyboard.press("Shift")
        expect(self.title).to_have_text(LOST)

    def mend(self) -> None:
        """The server is reached again."""
        self.page.unroute("**/*")

    def left(self) -> list[object]:
        """What is kept in the browser, and which sounds are still in use."""
        found: list[object] = self.page.evaluate(
            """async () => [
                ...Object.entries(sessionStorage), ...Object.entries(localStorage),
                ...(await caches.keys()), ...(await indexedDB.databases()),
                ...window.addresses, document.cookie,
            ].filter(Boolean)"""
        )
        return found
