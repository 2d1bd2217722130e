"""The form that asks to be called: read back, agreed to, kept through errors, cancelled."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.waiting import eventually
from tests.web.canned import Canned
from tests.web.canned_handoff import (
    BOOKED,
    CANCELLED,
    RECEIPT,
    SECRET,
    TIMES,
)
from tests.web.test_session import kept
from tests.web.widget import Widget

Embed = Callable[..., Widget]
NAME, PHONE, ABOUT = "Kim Prov", "070-174 06 05", "Ledsagning till en konsert"
TIME = TIMES["times"][1]


def fill(page: Page) -> None:
    """Everything that a call needs."""
    page.get_by_label("Ditt namn").fill(NAME)
    page.get_by_label("Ditt telefonnummer").fill(PHONE)
    page.get_by_label("Vad gäller det?").fill(ABOUT)
    page.get_by_label(TIME["title"]).check()


def review(widget: Widget) -> None:
    """Filled in and read back."""
    widget.ways()
    widget.button("Bli uppringd").click()
    fill(widget.page)
    widget.button("Gå vidare").click()
    expect(widget.page.get_by_role("heading", name="Stämmer det här?")).to_be_focused()


def book(widget: Widget) -> None:
    """Agreed to, and stored."""
    review(widget)
    widget.page.get_by_label("Ja, spara mina uppgifter").check()
    widget.button("Boka uppringning").click()
    expect(widget.page.get_by_text(f"Ärendenummer: {RECEIPT}")).to_be_visible()


def refusal(field: str, words: str) -> dict[str, Any]:
    """What the server says of a field."""
    return {"error": {"code": "invalid_request", "message": words, "field": field}}


def test_call_is_asked_for_read_back_and_agreed_to(widget: Widget, canned: Canned) -> None:
    review(widget)
    shown = widget.page.locator("dl")
    for words in (NAME, PHONE, ABOUT, TIME["title"]):
        expect(shown).to_contain_text(words)
    expect(widget.page.get_by_text(TIMES["purpose"])).to_be_visible()
    widget.button("Boka uppringning").click()
    expect(widget.page.get_by_text("Fel: Kryssa i rutan")).to_be_visible()
    expect(widget.page.get_by_label("Ja, spara mina uppgifter")).to_be_focused()
    assert canned.handoffs.booked == {}
    widget.page.get_by_label("Ja, spara mina uppgifter").check()
    expect(widget.page.get_by_text("Fel: Kryssa i rutan")).to_be_hidden()
    widget.button("Boka uppringning").click()
    expect(widget.page.get_by_text(BOOKED)).to_be_visible()
    (told,) = canned.handoffs.booked.values()
    assert told == {
        "name": NAME, "phone": PHONE, "about": ABOUT, "time": TIME["id"], "consent": True,
        "key": told["key"], "language": "sv",
    }  # fmt: skip
    assert canned.talks == {}, "to be called needs no conversation"


def test_call_belongs_to_the_conversation_that_there_is(widget: Widget, canned: Canned) -> None:
    widget.ask("Vad kostar ledsagning?")
    book(widget)
    (told,) = canned.handoffs.booked.values()
    assert told["conversation_id"] == canned.talk.id


def test_every_field_says_what_it_lacks_and_the_first_gets_the_focus(widget: Widget) -> None:
    widget.ways()
    widget.button("Bli uppringd").click()
    widget.page.get_by_label("Ditt namn").fill("å" * 83)
    widget.button("Gå vidare").click()
    name = widget.page.get_by_label("Ditt namn")
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description("Fel: Korta ner texten: 3 tecken för mycket.")
    expect(widget.page.get_by_label("Ditt telefonnummer")).to_have_attribute("aria-invalid", "true")
    expect(widget.page.get_by_text("Fel: Välj en tid.")).to_be_visible()
    name.fill(NAME)
    expect(name).not_to_have_attribute("aria-invalid", "true")


def test_refused_field_is_told_at_the_field_and_keeps_what_was_written(
    widget: Widget, canned: Canned
) -> None:
    widget.watch.expect("422")
    review(widget)
    words = "Numret är för kort. Skriv det med riktnummer."
    canned.refusals["POST .*/callbacks"] = (422, refusal("phone", words))
    widget.page.get_by_label("Ja, spara mina uppgifter").check()
    widget.button("Boka uppringning").click()
    phone = widget.page.get_by_label("Ditt telefonnummer")
    expect(phone).to_be_focused()
    expect(phone).to_have_value(PHONE)
    expect(phone).to_have_accessible_description(f"Svenskt eller utländskt nummer. Fel: {words}")
    expect(widget.page.get_by_label("Ditt namn")).to_have_value(NAME)


def test_lost_answer_is_asked_for_again_with_the_same_key(widget: Widget, canned: Canned) -> None:
    widget.watch.expect("ERR_FAILED")
    review(widget)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    widget.page.route("**/callbacks", lose, times=1)
    widget.page.get_by_label("Ja, spara mina uppgifter").check()
    widget.button("Boka uppringning").click()
    problem = widget.page.locator(".lotsen-form").get_by_text("Servern går inte att nå.")
    expect(problem).to_be_visible()
    expect(widget.region).to_contain_text("Det du har skrivit finns kvar.")
    widget.button("Ändra").click()
    widget.button("Gå vidare").click()
    widget.page.get_by_label("Ja, spara mina uppgifter").check()
    widget.button("Boka uppringning").click()
    expect(widget.page.get_by_text(BOOKED)).to_be_visible()
    assert len(canned.handoffs.booked) == 1


def test_other_words_get_another_key(widget: Widget, canned: Canned) -> None:
    book(widget)
    widget.button("Tillbaka").click()
    book_again = widget.button("Bli uppringd")
    book_again.click()
    expect(widget.page.get_by_label("Ditt namn")).to_have_value("")
    fill(widget.page)
    widget.button("Gå vidare").click()
    widget.page.get_by_label("Ja, spara mina uppgifter").check()
    widget.button("Boka uppringning").click()
    expect(widget.page.get_by_text(BOOKED)).to_be_visible()
    # The first is still being told: its words may stand there.
    eventually(widget.page, lambda: len(canned.handoffs.booked), 2)


def test_what_was_written_stays_on_the_way_back_and_is_stored_nowhere(widget: Widget) -> None:
    review(widget)
    widget.page.keyboard.press("Escape")
    expect(widget.button("Bli uppringd")).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(widget.page.get_by_text("Prata med en människa")).to_be_focused()
    expect(widget.log).to_be_visible()
    widget.ways()
    widget.button("Bli uppringd").click()
    expect(widget.page.get_by_label("Ditt namn")).to_have_value(NAME)
    expect(widget.page.get_by_label(TIME["title"])).to_be_checked()
    stored = widget.page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")
    assert NAME not in stored and PHONE not in stored


def test_call_is_cancelled_also_after_a_reload(widget: Widget, canned: Canned) -> None:
    book(widget)
    key = {"receipt": RECEIPT, "secret": SECRET}
    eventually(widget.page, lambda: kept(widget.page)["callback"], key)
    widget.page.reload()
    widget.ways()
    expect(widget.page.get_by_text(f"Ärendenummer: {RECEIPT}")).to_be_visible()
    widget.button("Visa eller avboka").click()
    widget.button("Avboka").click()
    expect(widget.page.get_by_text("Vill du avboka uppringningen?")).to_be_focused()
    assert canned.handoffs.callback == "waiting"
    widget.button("Ja, avboka").click()
    expect(widget.page.get_by_text(CANCELLED).first).to_be_visible()
    expect(widget.page.get_by_role("heading", name="Du har bokat en uppringning")).to_be_focused()
    assert canned.handoffs.callback == "cancelled"
    widget.button("Tillbaka").click()
    expect(widget.button("Bli uppringd")).to_be_visible()
    expect(widget.button("Visa eller avboka")).to_have_count(0)


def test_call_that_is_no_longer_known_is_forgotten(widget: Widget, canned: Canned) -> None:
    widget.watch.expect("404")
    book(widget)
    gone = {"error": {"code": "unknown_callback", "message": "Finns inte."}}
    canned.refusals["GET callbacks/.*"] = (404, gone)
    widget.button("Tillbaka").click()
    widget.button("Visa eller avboka").click()
    expect(widget.page.get_by_text("Det finns inte kvar.").first).to_be_visible()
    eventually(widget.page, lambda: kept(widget.page)["callback"], None)


def test_without_times_the_other_ways_remain(widget: Widget, canned: Canned) -> None:
    canned.handoffs.times = {**TIMES, "open": False, "times": []}
    widget.ways()
    widget.button("Bli uppringd").click()
    expect(widget.page.get_by_text("Det finns inga tider att välja")).to_be_visible()
    widget.button("Visa andra sätt").click()
    expect(widget.button("Chatta med en människa")).to_be_visible()


def test_pressing_twice_sends_once(widget: Widget, canned: Canned) -> None:
    review(widget)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    widget.page.route("**/callbacks", hold)
    widget.page.get_by_label("Ja, spara mina uppgifter").check()
    with widget.page.expect_request("**/callbacks"):
        widget.button("Boka uppringning").click()
    widget.button("Boka uppringning").click()
    eventually(widget.page, lambda: len(held), 1)
    held[0].continue_()
    expect(widget.page.get_by_text(BOOKED)).to_be_visible()
    assert len(held) == 1 and json.loads(held[0].request.post_data or "")["name"] == NAME
