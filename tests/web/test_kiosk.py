"""The kiosk: a visit by touch, the screen that is left, and what is left on it: nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visitor import Look
from tests.browser.waiting import eventually
from tests.web.canned_kiosk import COSTS, CannedKiosk
from tests.web.canned_speech import SHORT
from tests.web.kiosk_page import LOST, LYING, STANDING, START, KioskPage
from tests.web.test_lost import sent

NUMBER = "090-16 10 02"

Stand = Callable[..., KioskPage]


@pytest.mark.parametrize("look", [STANDING, LYING], ids=["standing", "lying"])
def test_a_visit_by_touch_and_nothing_left_of_it(
    stand: Stand, kiosk_server: CannedKiosk, look: Look
) -> None:
    server, kiosk = kiosk_server, stand(kiosk_server, look)
    server.speech.seconds = 60.0
    expect(kiosk.page.get_by_text("Du pratar med en dator.").first).to_be_visible()
    expect(kiosk.page.get_by_text("Klockan är 10.00")).to_be_visible()
    expect(kiosk.page.get_by_text("Telefonen är öppen nu")).to_be_visible()
    expect(kiosk.page.locator(".kiosk-tile")).to_have_count(8)
    assert server.said == []

    kiosk.ask(COSTS)
    expect(kiosk.title).to_have_text("Svaret")
    expect(kiosk.title).to_be_focused()
    expect(kiosk.page.locator(".kiosk-source")).to_be_visible()
    expect(kiosk.page.locator(".kiosk-number")).to_have_text(NUMBER)
    expect(kiosk.page.get_by_alt_text(f"QR-kod som ringer {NUMBER}")).to_be_visible()
    assert kiosk.page.locator("a, [href^='tel:'], [href^='mailto:']").count() == 0
    assert server.speech.asked == [], "nothing is spoken until it is asked for"

    with kiosk.page.expect_request("**/speech/1?*"):
        kiosk.touch("Läs upp")
    expect(kiosk.button("Pausa")).to_be_visible()
    with kiosk.page.expect_response("**/speech/1?slow=true*"):
        kiosk.touch("Pausa", "Fortsätt", "Långsammare", "Ljudstyrka: Mellan")
    expect(kiosk.button("Ljudstyrka: Hög")).to_be_focused()
    expect(kiosk.button("Långsammare")).to_have_attribute("aria-pressed", "true")
    kiosk.wait(300)
    expect(kiosk.dialog).to_have_count(0)
    kiosk.touch("Stopp")
    expect(kiosk.reading).to_have_count(0)
    assert kiosk.page.evaluate("window.marked[0]").startswith("Du står för dina egna omkostnader")
    kiosk.tap(kiosk.page.get_by_role("button", name="Läs upp numret"))
    expect(kiosk.button("Pausa")).to_be_visible()
    spoken = ["contacts/mottagningsenheten/speech"]
    eventually(kiosk.page, lambda: server.numbers[:1], spoken)

    kiosk.touch("Vem kan få ledsagning?")
    expect(kiosk.button("Pausa")).to_be_visible()
    # Once asked for it goes on, slowly as chosen.
    eventually(kiosk.page, lambda: ("0", True) in server.speech.asked, True)
    kiosk.touch("Prata med en person")
    expect(kiosk.reading).to_have_count(0)
    expect(kiosk.page.get_by_text("Du kan också fråga personalen här.")).to_be_visible()
    expect(kiosk.page.get_by_text("Kungsgatan 71–73").first).to_be_visible()
    kiosk.touch("Stäng")
    expect(kiosk.title).to_have_text("Svaret")
    assert set(server.channels) == {"kiosk"}

    kiosk.touch("Hög kontrast", "Större text", "Sänk knapparna")
    kiosk.wait(76)
    expect(kiosk.button("Jag är kvar")).to_be_focused()
    expect(kiosk.dialog).to_contain_text("Om 30 sekunder")
    kiosk.touch("Jag är kvar")
    expect(kiosk.dialog).to_have_count(0)
    expect(kiosk.answer).to_be_visible()
    server.speech.seconds = SHORT
    kiosk.wait(76)
    expect(kiosk.dialog).to_be_visible()
    kiosk.hear_out("Om 30 sekunder tas allt bort och skärmen börjar om.")
    (talk,) = server.talks
    with kiosk.page.expect_navigation():
        kiosk.wait(31)
    expect(kiosk.title).to_have_text(START)
    assert server.erased == [talk]
    assert kiosk.left() == []
    root = kiosk.page.locator("main")
    for name, value in (("contrast", "plain"), ("scale", "1"), ("low", "false")):
        expect(root).to_have_attribute(f"data-{name}", value)
    expect(kiosk.button("Lyssna")).to_have_attribute("aria-pressed", "false")
    kiosk.wait(300)
    expect(kiosk.dialog).to_have_count(0)
    assert all(server.url in request for request in kiosk.watch.requests)


def test_written_on_the_screen_and_ended_at_once(stand: Stand, kiosk_server: CannedKiosk) -> None:
    server, kiosk = kiosk_server, stand(kiosk_server)
    kiosk.touch("Skriv en egen fråga")
    expect(kiosk.field).to_be_focused()
    kiosk.type("⇧Åäö 19850101-12345⌫")
    expect(kiosk.field).to_have_value("Åäö 19850101-1234")
    kiosk.wait(60)
    kiosk.type("?")
    kiosk.wait(60)
    expect(kiosk.dialog).to_have_count(0)
    # A screen reader, and the keys of a keyboard, press without touching.
    kiosk.button("q").evaluate("key => key.click()")
    kiosk.field.press("End")
    kiosk.field.press("Backspace")
    expect(kiosk.field).to_have_value("Åäö 19850101-1234?")
    kiosk.page.locator(".hg-button-enter").tap()
    expect(kiosk.answer).to_be_visible()
    expect(kiosk.page.get_by_text("Du frågade: Åäö [personnummer]?")).to_be_visible()
    expect(kiosk.page.get_by_text("Personuppgifter är dolda.")).to_be_visible()
    assert server.asked == ["Åäö 19850101-1234?"]

    kiosk.touch("Skriv en egen fråga")
    expect(kiosk.field).to_have_value("")
    kiosk.field.fill("x" * 203)
    kiosk.button("Fråga").first.tap()
    expect(kiosk.page.get_by_role("alert")).to_have_text("Korta ner frågan: 3 tecken för mycket.")
    kiosk.touch("Sudda allt")
    kiosk.field.fill("trygghetslarm")
    kiosk.field.press("Enter")
    choices = kiosk.page.get_by_role("group", name="Tryck på det du menar")
    choices.get_by_role("button").first.tap()
    expect(kiosk.answer).to_contain_text("Svar på: Kan jag få avlösning")

    with kiosk.page.expect_response("**/speech?*"):
        kiosk.touch("Lyssna")
    expect(kiosk.button("Lyssna")).to_have_attribute("aria-pressed", "true")
    expect(kiosk.reading).to_be_visible()
    kiosk.touch("Skriv en egen fråga")
    kiosk.field.fill("Jag vill dö")
    kiosk.field.press("Enter")
    expect(kiosk.title).to_have_text("Om det är bråttom")
    expect(kiosk.page.locator(".kiosk-number")).to_have_text("112")
    expect(kiosk.reading).to_have_count(0)
    assert server.speech.asked.count(("manifest", False)) == 1, "danger is shown, not spoken"
    with kiosk.page.expect_response("**/speech?*"):
        kiosk.touch("Läs upp")
    expect(kiosk.reading).to_be_visible()
    assert server.speech.asked.count(("manifest", False)) == 2

    (talk,) = server.talks
    kiosk.touch("Till början")
    expect(kiosk.title).to_have_text(START)
    expect(kiosk.page.get_by_role("button", name=COSTS)).to_be_visible()
    eventually(kiosk.page, lambda: server.erased, [talk])
    kiosk.touch("English")
    expect(kiosk.title).to_have_text("What would you like to know?")
    kiosk.ask(COSTS)
    assert server.talk.language == "en"
    with kiosk.page.expect_navigation():
        kiosk.touch("End and clear")
    expect(kiosk.title).to_have_text(START)
    assert not server.talks and kiosk.left() == []


def test_the_server_is_lost_and_comes_back(stand: Stand, kiosk_server: CannedKiosk) -> None:
    server, kiosk = kiosk_server, stand(kiosk_server)
    kiosk.ask(COSTS)
    keys: list[str] = []

    def lose_the_answer(route: Route) -> None:
        keys.append(sent(route.request)["key"])
        route.fetch()
        route.abort()

    kiosk.watch.expect("ERR_FAILED")
    kiosk.page.route("**/messages", lose_the_answer)
    with kiosk.page.expect_event("requestfailed"):
        kiosk.touch("Vem kan få ledsagning?")
    expect(kiosk.page.get_by_text("Letar efter svaret").first).to_be_visible()
    with kiosk.page.expect_response("**/record?*"):
        kiosk.wait(2)
    expect(kiosk.page.get_by_text("Det gick inte att skicka frågan")).to_be_visible()
    kiosk.page.unroute("**/messages")
    kiosk.lose()
    expect(kiosk.page.get_by_text("Din fråga är kvar")).to_contain_text("Vem kan få ledsagning?")
    expect(kiosk.page.locator(".kiosk-number")).to_have_text(NUMBER)
    expect(kiosk.page.get_by_text("Ring 112")).to_be_visible()
    kiosk.touch("Prata med en person")
    expect(kiosk.title).to_have_text(LOST)
    kiosk.mend()
    with kiosk.page.expect_request("**/messages") as again:
        kiosk.wait(6)
    keys.append(sent(again.value)["key"])
    assert len(keys) == 3 and len(set(keys)) == 1
    expect(kiosk.title).to_have_text("Prata med en person")
    kiosk.touch("Stäng")
    expect(kiosk.answer).to_contain_text("Vem kan få ledsagning?")
    assert len(server.talk.messages) == 4

    (talk,) = server.talks
    kiosk.lose()
    kiosk.wait(76)
    expect(kiosk.dialog).to_be_visible()
    kiosk.wait(31)
    expect(kiosk.dialog).to_have_count(0)
    expect(kiosk.title).to_have_text(LOST)
    assert kiosk.left() == [] and not server.erased
    kiosk.mend()
    with kiosk.page.expect_navigation():
        kiosk.wait(6)
    expect(kiosk.title).to_have_text(START)
    assert server.erased == [talk]


def test_a_page_that_goes_away_takes_its_conversation_along(
    stand: Stand, kiosk_server: CannedKiosk
) -> None:
    kiosk = stand(kiosk_server)
    kiosk.ask(COSTS)
    kiosk.page.reload()
    expect(kiosk.title).to_have_text(START)
    eventually(kiosk.page, lambda: kiosk_server.talks, {})
    assert kiosk.left() == []
