"""The ways to a person: what is open first, what remains when nothing is known, and mails."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.canned import Canned
from tests.web.canned_handoff import ADDRESS, MAILED, RECEIPT, ROUTES
from tests.web.widget import Widget

ABOUT = "Ledsagning till en konsert"


def test_ways_stand_in_the_order_of_the_server_and_what_is_closed_has_no_button(
    widget: Widget, canned: Canned
) -> None:
    closed = {**ROUTES["chat"], "available": False, "text": "Chatten är stängd nu."}
    canned.handoffs.routes = [ROUTES["phone"], ADDRESS, ROUTES["visit"], closed]
    widget.page.get_by_text("Prata med en människa").click()
    expect(widget.page.get_by_text("Chatten är stängd nu.")).to_be_visible()
    ways = widget.page.locator(".lotsen-way")
    expect(ways).to_contain_text(
        ["Ring 090-16 10 02", "Mejla din fråga", "Besök", "Chatta med en människa"]
    )
    expect(ways.get_by_role("button")).to_have_count(0)
    links = ways.get_by_role("link").evaluate_all("links => links.map(link => link.href)")
    assert links == ["tel:+4690161002", "mailto:mottagningsenheten@umea.se"]
    expect(widget.page.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")


def test_numbers_remain_when_what_is_open_can_not_be_known(widget: Widget) -> None:
    widget.watch.expect("ERR_FAILED")
    widget.page.route("**/routes?*", lambda route: route.abort())
    widget.page.get_by_text("Prata med en människa").click()
    expect(widget.page.get_by_text("Det går inte att se vad som är öppet")).to_be_visible()
    expect(widget.page.get_by_role("link", name="Ring 090-16 10 02")).to_be_visible()


def test_numbers_remain_when_the_rest_can_not_be_loaded(widget: Widget) -> None:
    widget.watch.expect("ERR_FAILED")
    widget.page.route("**/handoff/start.js", lambda route: route.abort())
    widget.page.get_by_text("Prata med en människa").click()
    expect(widget.page.get_by_role("link", name="Ring 090-16 10 02")).to_be_visible()
    expect(widget.page.locator(".lotsen-way")).to_have_count(0)


def test_mail_is_sent_with_the_conversation(widget: Widget, canned: Canned) -> None:
    widget.ask("Vad kostar ledsagning?")
    widget.ways()
    widget.button("Mejla din fråga").click()
    expect(widget.page.locator(".lotsen-form")).to_contain_text(ROUTES["email"]["text"])
    address = widget.page.get_by_label("Din e-postadress")
    address.fill("kim.prov")
    widget.page.get_by_label("Din fråga", exact=True).fill(ABOUT)
    widget.page.get_by_label("Ja, skicka det.").check()
    widget.button("Skicka mejlet").click()
    expect(address).to_be_focused()
    expect(address).to_have_accessible_description("Fel: Skriv hela adressen, med @.")
    address.fill("kim@prov.example")
    widget.button("Skicka mejlet").click()
    expect(widget.page.locator(".lotsen-form").get_by_text(MAILED)).to_be_visible()
    expect(widget.region).to_contain_text(RECEIPT)
    (told,) = canned.handoffs.mailed.values()
    assert told == {
        "reply_to": "kim@prov.example", "about": ABOUT, "consent": True, "key": told["key"],
    }  # fmt: skip


def test_closed_desk_is_told_in_the_words_of_the_server(widget: Widget, canned: Canned) -> None:
    widget.watch.expect("409")
    words = "Chatten är stängd. Ring 090-16 10 02."
    closed = {"error": {"code": "desk_closed", "message": words}}
    canned.refusals["POST .*/handoff"] = (409, closed)
    widget.ways()
    widget.button("Chatta med en människa").click()
    subject = widget.page.get_by_label("Vad gäller det? (frivilligt)")
    subject.fill(ABOUT)
    subject.press("Enter")
    expect(widget.page.locator(".lotsen-form").get_by_text(words)).to_be_visible()
    expect(widget.region).to_have_text(words)
    expect(subject).to_have_value(ABOUT)
