"""The kiosk's own words aloud, and a question that is spoken to it instead of typed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.canned_kiosk import COSTS, CannedKiosk
from tests.web.kiosk_page import START, KioskPage
from tests.web.test_dictate import RECOGNITION

Stand = Callable[..., KioskPage]


def test_the_kiosk_says_what_it_is_and_asks_aloud(stand: Stand, kiosk_server: CannedKiosk) -> None:
    server, kiosk = kiosk_server, stand(kiosk_server)
    kiosk.touch("Prata med en person")
    assert server.said == [], "nothing is spoken until it is asked for"
    with kiosk.page.expect_response("**/say/person/1?*"):
        kiosk.touch("Läs upp")
    kiosk.touch("Till början")
    expect(kiosk.reading).to_have_count(0)
    with kiosk.page.expect_response("**/say/start/2?*"):
        kiosk.touch("Läs upp")
    expect(kiosk.button("Fortsätt")).to_be_visible()
    assert COSTS in kiosk.page.evaluate("window.marked")
    server.speech.seconds = 60.0
    with kiosk.page.expect_response("**/say/start/0?*slow=true*"):
        kiosk.touch("Långsammare", "Om igen")
    expect(kiosk.button("Pausa")).to_be_visible()
    with kiosk.page.expect_response("**/say/start/0?language=en*"):
        kiosk.touch("English")
    kiosk.touch("Svenska", "Pausa")

    with kiosk.page.expect_response("**/say/idle/1?language=sv&slow=true"):
        kiosk.wait(76)
    expect(kiosk.dialog).to_contain_text("Om 30 sekunder")
    expect(kiosk.button("Jag är kvar")).to_be_focused()
    kiosk.wait(200)
    expect(kiosk.dialog).to_contain_text("Om 30 sekunder")
    kiosk.touch("Jag är kvar")
    expect(kiosk.dialog).to_have_count(0)
    kiosk.button("Fortsätt").tap()
    expect(kiosk.button("Pausa")).to_be_visible()
    kiosk.touch("Lyssna")
    expect(kiosk.reading).to_have_count(0)
    kiosk.touch("Större text")
    kiosk.wait(76)
    expect(kiosk.dialog).to_be_visible()
    with kiosk.page.expect_navigation():
        kiosk.wait(31)
    assert server.said.count("idle") == 1, "not aloud any more"
    assert kiosk.left() == []


def test_a_question_is_spoken_and_nobody_listens_when_one_leaves(
    stand: Stand, kiosk_server: CannedKiosk
) -> None:
    kiosk_server.told = {"listen": "browser"}
    kiosk = stand(kiosk_server, before=RECOGNITION)
    state = kiosk.page.locator(".lotsen-dictate__text")
    kiosk.touch("Skriv en egen fråga", "Tala in din fråga")
    assert kiosk.page.evaluate("window.one") is None, "nobody listens before it is read"
    kiosk.touch("Börja tala")
    expect(state).to_contain_text("Jag lyssnar.")
    kiosk.wait(10)
    kiosk.page.evaluate("one.say('vad kostar')")
    kiosk.touch("Sluta lyssna")
    expect(state).to_contain_text("Det du sa står i fältet.")
    kiosk.field.press("End")
    kiosk.type(" det?")
    expect(kiosk.field).to_have_value("Vad kostar det?")
    assert kiosk_server.asked == [], "nothing is sent by itself"
    kiosk.touch("Tala in din fråga")
    expect(state).to_contain_text("Jag lyssnar.")
    kiosk.touch("Prata med en person")
    kiosk.page.wait_for_function("one.aborted")
    kiosk.touch("Till början", "Skriv en egen fråga", "Tala in din fråga")
    expect(state).to_contain_text("Jag lyssnar.")
    kiosk.page.evaluate("one.say('jag heter Eva')")
    kiosk.cut()
    kiosk.touch("Avsluta och rensa")
    expect(kiosk.title).to_have_text(START)
    kiosk.page.wait_for_function("one.aborted")
    kiosk.mend()
    kiosk.touch("Skriv en egen fråga")
    expect(kiosk.field).to_have_value("")
