"""The chat as a person in front of it finds it: by its names and its parts, in all its forms.

The widget on a website, the page with scripts and the page without have the same parts.
"""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

ERASE = "Radera mitt samtal"
LAUNCHER = re.compile("Fråga kommunen")


class Chat:
    """The one chat of a page. Playwright's selectors look into its shadow root."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.get_by_role("button", name=LAUNCHER)
        self.box = page.locator(".lotsen-chat")
        self.log = page.locator(".lotsen-log")
        self.field = page.locator(".lotsen-composer__input")
        self.send_button = page.locator(".lotsen-composer__send")
        self.questions = page.locator(".lotsen-message--citizen")
        self.suggestions = page.locator(".lotsen-suggestions .lotsen-suggestion")

    @property
    def answers(self) -> Locator:
        """What the assistant said to a question: not its greeting."""
        answer = ":is(.lotsen-message--assistant, .lotsen-message--crisis)"
        return self.page.locator(f".lotsen-message--citizen ~ {answer}")

    def button(self, name: str) -> Locator:
        """A button by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def open(self) -> None:
        """Open the widget and wait until it can be written to."""
        self.launcher.click()
        expect(self.field).to_be_visible()
        # The suggestions come with the municipality's record: then everything is there.
        expect(self.suggestions.first).to_be_visible()

    def wait_for_scripts(self) -> None:
        """Wait until the page's own chat has taken the place of the one that the server wrote."""
        expect(self.page.locator("medborgarlotsen-chat")).to_be_visible()
        expect(self.box).to_have_count(1)

    @property
    def standing(self) -> Locator:
        """Where the citizen stands with a person: in the queue, or who answers."""
        return self.page.locator(".lotsen-bar")

    def ways(self) -> Locator:
        """Open the ways to a person, and return them."""
        self.box.locator(".lotsen-help__title").click()
        ways = self.box.locator(".lotsen-help__ways")
        expect(ways.locator(".lotsen-way").first).to_be_visible()
        return ways

    def menu(self) -> None:
        """Open or close the menu. What stands in it is loaded when it is first opened."""
        opens = self.button("Meny").get_attribute("aria-expanded") == "false"
        self.button("Meny").click()
        if opens:
            expect(self.page.get_by_text(ERASE, exact=True)).to_be_visible()

    def choose(self, words: str) -> None:
        """Press an entry of the open menu; those that end a conversation ask before they do."""
        self.box.get_by_text(words, exact=True).click()

    def erase(self) -> None:
        """Erase the conversation through the menu."""
        self.menu()
        self.choose(ERASE)
        self.button("Radera").click()
        expect(self.page.get_by_text("Samtalet är raderat.").first).to_be_visible()

    def ask(self, text: str, answer: str) -> None:
        """Ask, and wait for an answer that holds these words and is the last."""
        self.field.fill(text)
        self.send_button.click()
        expect(self.questions.last).to_contain_text(text)
        expect(self.answers.last).to_contain_text(answer)

    def session(self) -> dict[str, Any]:
        """What the widget keeps of the conversation in this tab: its id and its secret."""
        kept: dict[str, Any] = self.page.evaluate(
            """() => Object.values(sessionStorage)
                .map((text) => JSON.parse(text)).map((kept) => kept.session)
                .find(Boolean) ?? {}"""
        )
        return kept
