"""The states on the way to a person that need no agent at the desk: the ways, and the forms.

A callback is offered where somebody will see it: the server needs an account with the role agent
in Umeå before these are entered (``Stage.add_staff``).
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tools.chat_page import Chat
from tools.states import COSTS, Scene, State, asked, page_of

PERSON = "Prata med en människa"
MORE = "Fler sätt att nå en människa"
CALL = "Bli uppringd"
REVIEW = "Gå vidare"
NAME, PHONE, ABOUT = "Kim Prov", "070-174 06 05", "Ledsagning till en konsert"


def open_ways(page: Page, title: str = PERSON) -> None:
    """Open the ways to a person and wait until they have come."""
    page.locator(".lotsen-help").get_by_text(title).click()
    expect(page.locator(".lotsen-way").first).to_be_visible()


def _ways(page: Page, scene: Scene) -> None:
    asked(COSTS)(page, scene)
    open_ways(page)


def _ways_on_page(page: Page, scene: Scene) -> None:
    page_of("umea", True)(page, scene)
    open_ways(page, MORE)


def _call(page: Page, scene: Scene) -> None:
    _ways(page, scene)
    Chat(page).button(CALL).click()
    expect(page.get_by_label("Ditt namn")).to_be_visible()


def _call_lacks(page: Page, scene: Scene) -> None:
    _call(page, scene)
    Chat(page).button(REVIEW).click()
    expect(page.get_by_text("Fel: Skriv ditt namn.")).to_be_visible()


def _call_review(page: Page, scene: Scene) -> None:
    _call(page, scene)
    page.get_by_label("Ditt namn").fill(NAME)
    page.get_by_label("Ditt telefonnummer").fill(PHONE)
    page.get_by_label("Vad gäller det?").fill(ABOUT)
    page.get_by_role("radio").first.check()
    Chat(page).button(REVIEW).click()
    expect(page.get_by_text("Stämmer det här?")).to_be_visible()


def _called(page: Page, scene: Scene) -> None:
    _call_review(page, scene)
    page.get_by_label("Ja, spara mina uppgifter").check()
    Chat(page).button("Boka uppringning").click()
    expect(page.get_by_text("Ärendenummer:")).to_be_visible()


HANDOFF_STATES = (
    State("widget-manniska", _ways),
    State("chat-manniska", _ways_on_page),
    State("widget-ring-upp", _call),
    State("widget-ring-upp-fel", _call_lacks),
    State("widget-ring-upp-granska", _call_review),
    State("widget-ring-upp-kvitto", _called),
)
