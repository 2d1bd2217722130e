"""The staff desk as an agent in front of it finds it: by its names and its parts."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

PASSWORD = "en lång mening som ingen gissar"  # noqa: S105 - of accounts that live as long as a test


class Desk:
    """The desk in one window."""

    def __init__(self, page: Page) -> None:
        self.page, self.server = page, ""
        self.waiting = page.locator(".lotsen-side__waiting .lotsen-row")
        self.mine = page.locator(".lotsen-side__mine .lotsen-row")
        self.others = page.locator(".lotsen-side__others .lotsen-row")
        self.field = page.get_by_label("Skriv ditt svar")

    def sign_in(self, server: str, login: str, password: str = PASSWORD) -> None:
        """Sign in with a local account and wait for the desk."""
        self.server = server
        self.page.goto(f"{server}/desk")
        self.page.get_by_label("Inloggningsnamn").fill(login)
        self.page.get_by_label("Lösenord").fill(password)
        self.page.get_by_role("button", name="Logga in", exact=True).click()
        expect(self.page.get_by_role("heading", name="Handläggarsidan")).to_be_visible()
        expect(self.page.get_by_role("heading", name=re.compile("^Väntar"))).to_be_visible()

    def be(self, presence: str) -> None:
        """Say that one is ``Här``, on ``Paus`` or ``Borta``."""
        self.page.get_by_role("radio", name=presence, exact=True).check(force=True)

    def open_until(self, moment: str, municipality: str) -> None:
        """Keep the chat of a municipality open, whatever its hours say."""
        told = self.page.request.get(f"{self.server}/api/v1/desk/me").json()
        reply = self.page.request.post(
            f"{self.server}/api/v1/desk/municipalities/{municipality}/opening",
            data={"open_until": moment},
            headers={"X-Lotsen-CSRF": told["csrf"], "Origin": self.server},
        )
        assert reply.ok, reply.text()

    def take(self, subject: str) -> None:
        """Take the chat with this subject, and open it."""
        row = self.waiting.filter(has_text=subject)
        row.get_by_role("button", name=re.compile("Ta samtalet")).click()
        expect(self.mine.filter(has_text=subject)).to_be_visible()
        expect(self.field).to_be_visible()

    def reply(self, text: str) -> None:
        """Write to the citizen."""
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.said.filter(has_text=text)).to_have_count(1)
        expect(self.page.locator(".lotsen-line--unsent")).to_have_count(0)

    @property
    def said(self) -> Locator:
        """What stands in the open chat."""
        return self.page.locator(".lotsen-talk .lotsen-line")

    def dialog(self, button: str, choice: str, yes: str) -> None:
        """Open a question of the open chat, choose, and say yes."""
        self.page.get_by_role("button", name=button, exact=True).click()
        box = self.page.get_by_role("dialog")
        box.get_by_label(choice, exact=True).check()
        box.get_by_role("button", name=yes, exact=True).click()
        expect(box).to_have_count(0)
