"""The kiosk for every stature and hand: large, low, still; and nothing opens, zooms or drags."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from api.services.kiosk import words
from tests.browser.visitor import Look, Visitor
from tests.web.canned_http import WEB
from tests.web.canned_kiosk import COSTS, PATH, CannedKiosk
from tests.web.kiosk_page import LYING, STANDING, KioskPage

PHONE = Look(width=320, height=640, reduced_motion=True, now=None, touch=True)
NUMBER = "090-16 10 02"
SAID = re.compile(r"say\('(\w+)'")

Stand = Callable[..., KioskPage]


SIZES = """() => [...document.querySelectorAll('button')].filter(one => one.checkVisibility())
    .map(one => [one.innerText, one.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 59.5 || height < 59.5)
    .map(([words, { width, height }]) => `${words}: ${width} by ${height}`)"""
HIGH = """() => [...document.querySelectorAll('button, textarea')]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().top < innerHeight * 0.4)
    .map(one => one.innerText || one.id)"""
OUTSIDE = """() => [...document.querySelectorAll('main *')].filter(one => one.checkVisibility())
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `${one.className}: ${one.innerText}`)"""


@pytest.mark.parametrize("look", [STANDING, LYING, PHONE], ids=["standing", "lying", "phone"])
def test_large_enough_low_enough_and_nothing_outside(
    stand: Stand, kiosk_server: CannedKiosk, look: Look
) -> None:
    kiosk_server.told = {"listen": "whisper"}
    kiosk = stand(kiosk_server, look)
    kiosk_server.speech.seconds = 60.0
    places: list[object] = []

    def look_at() -> None:
        bar = kiosk.page.get_by_role("navigation", name="Alltid här").get_by_role("button")
        boxes = [(one.inner_text(), one.bounding_box()) for one in bar.all()]
        if look is not PHONE:
            places.append(boxes)
        assert kiosk.page.evaluate(SIZES) == []
        assert kiosk.page.evaluate(OUTSIDE) == []
        if look is not PHONE:
            kiosk.touch("Sänk knapparna")
            assert kiosk.page.evaluate(HIGH) == []
            assert kiosk.page.evaluate(SIZES) == []
            assert kiosk.page.evaluate(OUTSIDE) == []
            kiosk.touch("Sänk knapparna")

    look_at()
    kiosk.ask(COSTS)
    look_at()
    assert float(kiosk.answer.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) >= (
        28 if look is not PHONE else 19
    )
    kiosk.touch("Större text", "Större text", "Läs upp")
    expect(kiosk.button("Pausa")).to_be_visible()
    look_at()
    kiosk.touch("Vanlig text", "Prata med en person")
    look_at()
    kiosk.touch("Till början", "Skriv en egen fråga")
    expect(kiosk.field).to_be_visible()
    expect(kiosk.button("Tala in din fråga")).to_be_visible()
    look_at()
    kiosk.touch("Tala in din fråga")
    expect(kiosk.button("Börja tala")).to_be_visible()
    look_at()
    kiosk.field.fill("Jag vill dö")
    kiosk.field.press("Enter")
    expect(kiosk.answer).to_be_visible()
    look_at()
    kiosk.wait(76)
    expect(kiosk.dialog).to_be_visible()
    assert kiosk.page.evaluate(SIZES) == []
    assert all(place == places[0] for place in places), "what is always there stays where it is"


REFUSED = """types => types.filter(type => {
    const event = new Event(type, { bubbles: true, cancelable: true })
    return document.querySelector('h1').firstChild.dispatchEvent(event)
})"""


def test_nothing_opens_zooms_drags_selects_or_prints(
    stand: Stand, kiosk_server: CannedKiosk
) -> None:
    kiosk = stand(kiosk_server)
    types = ["contextmenu", "dragstart", "drop", "copy", "paste", "selectstart", "gesturestart"]
    assert kiosk.page.evaluate(REFUSED, types) == []
    zoomed = """() => [
        new WheelEvent('wheel', { ctrlKey: true, bubbles: true, cancelable: true }),
        new KeyboardEvent('keydown', { key: 'p', ctrlKey: true, bubbles: true, cancelable: true }),
        new KeyboardEvent('keydown', { key: 'F12', bubbles: true, cancelable: true }),
    ].filter(event => document.body.dispatchEvent(event)).length"""
    assert kiosk.page.evaluate(zoomed) == 0
    box = kiosk.title.bounding_box()
    assert box
    kiosk.page.mouse.move(box["x"] + 2, box["y"] + 20)
    kiosk.page.mouse.down()
    kiosk.page.mouse.move(box["x"] + 300, box["y"] + 60)
    kiosk.page.mouse.up()
    assert kiosk.page.evaluate("getSelection().toString()") == ""
    # A hand that shakes touches twice.
    kiosk.page.get_by_role("button", name=COSTS).dblclick()
    expect(kiosk.answer).to_be_visible()
    assert kiosk_server.asked == [COSTS]
    assert kiosk.page.evaluate("window.opened") is None


def test_switched_off_and_without_speech(visit: Visitor, kiosk_server: CannedKiosk) -> None:
    kiosk_server.told = {
        "speech": False, "open": False, "closed_message": "Vi är tillbaka i morgon.",
        "notices": [{"text": "Telefonen är stängd 24/11."}],
    }  # fmt: skip
    kiosk = KioskPage(visit(STANDING), visit.watch, kiosk_server)
    kiosk.page.goto(kiosk_server.url + PATH)
    expect(kiosk.title).to_have_text("Assistenten är avstängd")
    expect(kiosk.page.get_by_text("Vi är tillbaka i morgon.")).to_be_visible()
    expect(kiosk.page.get_by_text("Telefonen är stängd 24/11.")).to_be_visible()
    expect(kiosk.page.locator(".kiosk-number")).to_have_text(NUMBER)
    for name in ("Lyssna", "Läs upp", "Läs upp numret"):
        expect(kiosk.page.get_by_role("button", name=name)).to_have_count(0)


def test_every_word_that_is_said_is_written() -> None:
    own = set(re.findall(r"^  (\w+):", (WEB / "kiosk/strings.js").read_text("utf-8"), re.M))
    english = set(re.findall(r"^  (\w+):", (WEB / "kiosk/strings.en.js").read_text("utf-8"), re.M))
    known = own | set(words("sv"))
    said = {key for path in (WEB / "kiosk").glob("*.js") for key in SAID.findall(path.read_text())}
    assert own == english
    assert said and said <= known, said - known
    assert not own & set(words("sv")), "what stands in content is not written twice"
