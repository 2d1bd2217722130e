"""The desk as an agent meets it: by the names and words on it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.announcements import heard
from tests.browser.waiting import eventually
from tests.browser.watch import Watch
from tests.web.canned_desk import CannedDesk


class DeskPage:
    """One desk in one window."""

    def __init__(self, page: Page, watch: Watch, server: CannedDesk) -> None:
        self.page, self.watch, self.server = page, watch, server
        self.field = page.get_by_label("Skriv ditt svar")
        self.waiting = self._list("Väntar")
        self.mine = self._list("Mina samtal")
        self.others = self._list("Andras samtal")
        self.transcript = page.get_by_role("region", name="Samtalet")
        self.messages = page.locator("[data-number]")
        self.unsent = page.locator("[data-key]")
        self.dialog = page.get_by_role("dialog")

    def _list(self, name: str) -> Locator:
        return self.page.get_by_role("list", name=name).get_by_role("listitem")

    def button(self, name: str) -> Locator:
        """A button by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def open(self, address: str = "") -> DeskPage:
        """Go there and see the lists."""
        self.page.goto(self.server.url + address)
        expect(self.page.get_by_role("navigation", name="Handläggarsidan")).to_be_visible()
        return self

    def open_talk(self, identity: str) -> DeskPage:
        """A chat, all of it read."""
        self.open(f"#samtal/{identity}")
        expect(self.messages).to_have_count(len(self.server.messages[identity]))
        return self

    def write(self, text: str) -> None:
        """Write and send, by keyboard."""
        self.field.fill(text)
        self.field.press("Enter")

    def cut(self) -> None:
        """Nothing reaches the server any more."""
        self.watch.expect("ERR_FAILED|ERR_ABORTED|ERR_INCOMPLETE_CHUNKED_ENCODING")
        self.page.route("**/api/v1/**", lambda route: route.abort())
        self.server.hang_up()

    def mend(self) -> None:
        """The server is reached again."""
        self.page.unroute("**/api/v1/**")

    def heard(self) -> str:
        """What a screen reader was told, in order."""
        return "\n".join(heard(self.page))

    def hears(self, words: str) -> None:
        """Wait until a screen reader was told this, once."""
        eventually(self.page, lambda: self.heard().count(words), 1)

    def sends(self, path: str, *bodies: object) -> None:
        """Wait until just this was sent to a path, in order."""
        eventually(self.page, lambda: self.server.did(path), list(bodies))

    def kept(self) -> str:
        """What the tab remembers."""
        found: str = self.page.evaluate("JSON.stringify({ ...sessionStorage })")
        return found
