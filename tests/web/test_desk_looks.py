"""How the desk looks to different people; axe finds nothing in any state, by day or by night."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from api.routers.staff_pages import SignInPage
from api.services.pages_render import render
from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look
from tests.web.canned_desk import CannedDesk
from tests.web.canned_desk_content import callback
from tests.web.desk_page import DeskPage

SitDown = Callable[..., DeskPage]
NARROW = Look(width=320, height=640, reduced_motion=True, now=None)
# 1280 by 1024 points at 400 % leave 320 by 256.
ENLARGED = Look(width=320, height=256, reduced_motion=True, now=None)
LAPTOP = Look(width=1366, height=650, reduced_motion=True, now=None)
RECEIPT = "UM-7K3F-92QX"


def fill(server: CannedDesk) -> str:
    """A full morning; return the chat that the agent has."""
    server.join("Ledsagning för min mamma som ser dåligt")
    server.join("Anhörigstöd", language="fi", danger=True, citizen_here=False)
    server.join(None, wanted_by="staff-anna", wanted_by_name="Anna Ek")
    bo = {"id": "staff-bo", "name": "Bo Alm"}
    server.join("Kontaktperson", state="talking", claimed_by=bo)
    server.join_mine("Avlösning i hemmet", citizen_here=False)
    mine = server.join_mine("Fast omsorgskontakt")
    server.say(mine, "notice", "Anna Ek är här nu. Assistenten är tyst.")
    server.say(mine, "agent", "Hej! Jag heter Anna.")
    server.say(mine, "citizen", "Omsorgskontaktsplaneringsmöteshandläggare")
    server.callbacks = {
        RECEIPT: callback(RECEIPT, overdue=True, attempts=2),
        "UM-2222": callback(
            "UM-2222", state="taken", taken_by={"id": "staff-anna", "name": "Anna"}
        ),
    }
    return mine


def hold_against_axe(page: Page, watch_expect: Callable[[str], None], dark: bool = True) -> None:
    """Nothing is found, in the light or in the dark, whose colours are the same in every size."""
    # axe itself reads style sheets in a way that our content policy refuses.
    watch_expect("Applying inline style violates")
    found = audit(page)
    if dark:
        page.emulate_media(color_scheme="dark")
        found += audit_colours(page)
        page.emulate_media(color_scheme="light")
    assert not found, found


def fits(page: Page) -> bool:
    """Nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("look", [LAPTOP, NARROW, ENLARGED], ids=["laptop", "narrow", "enlarged"])
def test_every_state_fits_and_pleases_axe(
    sit_down: SitDown, desk_server: CannedDesk, look: Look
) -> None:
    mine = fill(desk_server)
    desk = sit_down(look)

    def look_at() -> None:
        assert fits(desk.page), desk.page.url
        hold_against_axe(desk.page, desk.watch.expect, dark=look is LAPTOP)

    desk.open()
    expect(desk.waiting).to_have_count(3)
    desk.page.get_by_role("heading", name="Öppettider").click()
    look_at()
    desk.button("Genvägar").click()
    look_at()
    desk.page.keyboard.press("Escape")
    desk.page.goto(f"{desk_server.url}#samtal/handoff-2")
    expect(desk.button("Ta samtalet")).to_be_visible()
    look_at()
    desk.page.goto(f"{desk_server.url}#samtal/{mine}")
    desk.button("Färdiga svar").click()
    look_at()
    desk.page.keyboard.press("Escape")
    desk.button("Lämna över").click()
    desk.dialog.get_by_role("button", name="Lämna över").click()
    look_at()
    desk.page.keyboard.press("Escape")
    desk.cut()
    desk.write("Hej!")
    desk.page.clock.run_for(4_000)
    expect(desk.unsent).to_contain_text("Inte skickat")
    look_at()
    desk.mend()
    desk.page.clock.run_for(4_000)
    expect(desk.unsent).to_have_count(0)
    desk.page.goto(f"{desk_server.url}#uppringning")
    expect(desk.button(f"Jag ringer: {RECEIPT}")).to_be_visible()
    look_at()
    desk.page.goto(f"{desk_server.url}#logg")
    expect(desk.page.get_by_text("Inget mejl har misslyckats.")).to_be_visible()
    look_at()


def test_a_narrow_window_shows_the_list_or_the_chat(
    sit_down: SitDown, desk_server: CannedDesk
) -> None:
    mine = fill(desk_server)
    desk = sit_down(NARROW)
    desk.open()
    expect(desk.field).to_be_hidden()
    desk.page.get_by_role("link", name="Fast omsorgskontakt").click()
    expect(desk.field).to_be_focused()
    expect(desk.messages.last).to_be_in_viewport()
    expect(desk.page.get_by_role("heading", name="Väntar")).to_be_hidden()
    desk.page.get_by_role("link", name="Till listan (3 väntar)").click()
    expect(desk.page.get_by_role("link", name="Fast omsorgskontakt")).to_be_focused()
    desk.page.go_back()
    expect(desk.field).to_be_visible()
    assert desk.page.url.endswith(mine)


def test_the_field_and_the_newest_stay_in_sight_on_a_laptop(
    sit_down: SitDown, desk_server: CannedDesk
) -> None:
    mine = fill(desk_server)
    for number in range(20):
        desk_server.say(mine, "citizen", f"Meddelande {number}")
    desk = sit_down(LAPTOP)
    desk.open_talk(mine)
    expect(desk.messages.last).to_be_in_viewport()
    expect(desk.field).to_be_in_viewport()
    desk_server.say(mine, "citizen", "Det senaste")
    expect(desk.messages.last).to_contain_text("Det senaste")
    expect(desk.messages.last).to_be_in_viewport()
    desk.transcript.evaluate("place => { place.scrollTop = 0 }")
    desk_server.say(mine, "citizen", "Ännu ett")
    expect(desk.messages.last).to_contain_text("Ännu ett")
    expect(desk.messages.first).to_be_in_viewport()


def test_the_keyboard_reaches_all_and_is_never_caught(
    sit_down: SitDown, desk_server: CannedDesk
) -> None:
    desk = sit_down(LAPTOP)
    desk.open_talk(fill(desk_server))
    expect(desk.waiting).to_have_count(3)
    desk.page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(60):
        desk.page.keyboard.press("Tab")
        reached.append(
            desk.page.evaluate("document.activeElement.innerText || document.activeElement.id")
        )
    for words in (
        "Genvägar",
        "Ta samtalet",
        "Lämna över",
        "Färdiga svar",
        "lotsen-reply",
        "Skicka",
    ):
        assert [text for text in reached if words in text], f"{words} was not reached: {reached}"
    assert reached.count("Genvägar") > 1 or len(set(reached)) > 20


@pytest.mark.parametrize("provider", ["", "kommunens inloggning"])
def test_signing_in_pleases_axe(sit_down: SitDown, desk_server: CannedDesk, provider: str) -> None:
    page = SignInPage(csrf="token", local=True, provider=provider, problem="Lösenordet är fel.")
    desk_server.sign_in = render("sign_in.html", "sv", page=page)
    desk = sit_down(NARROW)
    desk.page.goto(f"{desk_server.url}/sign-in")
    expect(desk.page.get_by_label("Lösenord", exact=True)).to_be_visible()
    assert fits(desk.page)
    hold_against_axe(desk.page, desk.watch.expect)
