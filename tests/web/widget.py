"""The widget as a visitor meets it: by the names and words on it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import eventually
from tests.browser.watch import Watch

LAUNCHER = "Fråga kommunen"
GREETING = "Hej och välkommen"


class Widget:
    """One widget in one window."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page, self.watch = page, watch
        self.launcher = page.get_by_role("button", name=LAUNCHER)
        self.input = page.get_by_label("Skriv din fråga")
        self.log = page.get_by_role("region", name="Samtalet")
        self.messages = page.locator("[data-number]")
        self.region = page.locator("[aria-live]")
        self.bar = page.get_by_role("group", name="Chatten med en människa")
        self.menu = page.get_by_role("button", name="Meny")

    def open(self) -> Widget:
        """Press the button and see the greeting."""
        self.launcher.click()
        expect(self.log.get_by_text(GREETING)).to_be_visible()
        return self

    def write(self, text: str) -> None:
        """Write and send, by keyboard."""
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str) -> Locator:
        """Write, send and return the answer."""
        known = self.messages.count()
        self.write(text)
        expect(self.messages).to_have_count(known + 2)
        return self.messages.last

    def choose(self, name: str) -> None:
        """Something of the menu."""
        self.menu.click()
        self.page.get_by_role("button", name=name, exact=True).click()

    def ways(self) -> None:
        """Open the ways to a person."""
        self.page.get_by_text("Prata med en människa").click()
        expect(self.button("Bli uppringd")).to_be_visible()

    def button(self, name: str) -> Locator:
        """A button by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def heard(self) -> list[str]:
        """Everything the live region has said since `listen`, in order."""
        said: list[str] = self.page.evaluate("window.heard")
        return said

    def hears(self, *words: str) -> None:
        """Wait until the live region has said just this since `listen`."""
        eventually(self.page, self.heard, list(words))

    def listen(self) -> Widget:
        """Take down what is put in the live region, as a screen reader would."""
        self.region.evaluate(
            """region => {
                window.heard = []
                new MutationObserver(changes => {
                    for (const { addedNodes } of changes) {
                        for (const node of addedNodes) window.heard.push(node.textContent)
                    }
                }).observe(region, { childList: true })
            }"""
        )
        return self
