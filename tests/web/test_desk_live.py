"""What happens while the agent looks elsewhere: news, a lost server, a session that ends."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.waiting import eventually
from tests.web.canned_desk import CannedDesk, refusal
from tests.web.desk_page import DeskPage

REPLY = "Hej! Jag heter Anna."
RETRY_MS = 4_000
PLAYED = """
window.tones = 0
const start = OscillatorNode.prototype.start
OscillatorNode.prototype.start = function (...when) { window.tones += 1; start.apply(this, when) }
"""


def test_somebody_new_is_seen_heard_and_told(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk.page.add_init_script(PLAYED)
    desk_server.join("Ett")
    desk.open()
    expect(desk.page).to_have_title("(1) Väntar – Handläggarsidan")
    desk_server.join("Två")
    expect(desk.waiting).to_have_count(2)
    expect(desk.page).to_have_title("(2) Väntar – Handläggarsidan")
    desk.hears("Ny i kön: Två, Umeå kommun. 2 väntar.")
    assert "Ny i kön: Ett" not in desk.heard()
    assert desk.page.evaluate("window.tones") == 0
    desk.button("Ljud av").click()
    tones = desk.page.evaluate("window.tones")
    assert tones > 0
    desk_server.join("Tre")
    expect(desk.waiting).to_have_count(3)
    desk.page.wait_for_function(f"window.tones > {tones}")
    expect(desk.button("Ljud på")).to_have_attribute("aria-pressed", "true")


def test_messages_are_told_once_and_counted_elsewhere(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    first, second = desk_server.join_mine("Ett"), desk_server.join_mine("Två")
    for identity in (first, second):
        desk_server.say(identity, "agent", REPLY)
    # What is read at first is no news.
    with desk.page.expect_response(f"**/handoffs/{second}"):
        desk.open_talk(first)
    expect(desk.mine).to_have_count(2)
    desk_server.say(first, "citizen", "Var ligger simhallen?")
    expect(desk.messages.last).to_contain_text("Var ligger simhallen?")
    desk_server.say(second, "citizen", "Hallå?")
    expect(desk.mine.nth(1)).to_contain_text("1 ny")
    desk.hears("Invånaren skrev: Var ligger simhallen?")
    desk.hears("Nytt i samtalet Två")
    assert REPLY not in desk.heard()
    expect(desk.page).to_have_title("(1) Nytt svar – Handläggarsidan")
    desk.page.keyboard.press("Alt+ArrowDown")
    expect(desk.mine.nth(1)).not_to_contain_text("1 ny")
    expect(desk.page).to_have_title("Handläggarsidan")


def test_a_long_reply_is_not_cut_off(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    desk.write("å" * 4001)
    expect(desk.field).to_have_value("å" * 4001)
    expect(desk.page.get_by_text("1 tecken för mycket").first).to_be_visible()
    expect(desk.field).to_have_attribute("aria-invalid", "true")
    desk.hears("Korta ner svaret: 1 tecken för mycket.")
    assert desk_server.replies(identity) == []


def test_a_closed_lid_is_noticed(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    eventually(desk.page, lambda: len(desk_server.followers), 1)
    first = desk_server.followers.pop()
    desk_server.say(identity, "citizen", "Hallå?")
    expect(desk.messages).to_have_count(2)
    desk.page.clock.fast_forward(600_000)
    expect(desk.messages).to_have_count(3)
    first.put(None)


def test_a_lost_server_loses_no_reply(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    desk.cut()
    desk.write(REPLY)
    desk.page.clock.run_for(RETRY_MS)
    expect(desk.unsent).to_contain_text("Inte skickat")
    expect(desk.page.get_by_text("Ingen kontakt med servern.").first).to_be_visible()
    desk.hears("Ingen kontakt med servern.")
    desk.mend()
    desk.page.clock.run_for(RETRY_MS)
    expect(desk.unsent).to_have_count(0)
    expect(desk.page.get_by_text("Ingen kontakt med servern.")).to_have_count(0)
    assert desk_server.replies(identity) == [REPLY]
    desk.hears("Kontakten med servern är tillbaka.")


def test_an_answer_that_was_lost_is_not_sent_twice(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    desk.watch.expect("ERR_FAILED")
    path = "**/messages"
    desk.page.route(path, lambda route: (route.fetch(), route.abort()), times=1)
    desk.write(REPLY)
    expect(desk.unsent).to_contain_text("Försöker igen")
    desk.page.clock.run_for(RETRY_MS)
    expect(desk.unsent).to_have_count(0)
    sent = desk_server.did(f"handoffs/{identity}/messages")
    assert len(sent) == 2 and sent[0]["key"] == sent[1]["key"]
    assert desk_server.replies(identity) == [REPLY]
    expect(desk.transcript.get_by_text(REPLY)).to_have_count(1)


def test_an_unsent_reply_outlives_a_reload(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    desk.cut()
    desk.write(REPLY)
    desk.page.clock.run_for(RETRY_MS)
    expect(desk.unsent).to_contain_text("Inte skickat")
    desk.mend()
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.reload()
    expect(desk.messages.last).to_contain_text(REPLY)
    assert desk_server.replies(identity) == [REPLY]


def test_a_refused_reply_tells_why_and_goes_back_to_the_field(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    desk.open_talk(desk_server.join_mine())
    desk.watch.expect("409")
    words = "Samtalet är avslutat eller har lämnats över."
    desk_server.refusals["POST .*/messages"] = refusal(409, "handoff_ended", words)
    desk.write(REPLY)
    expect(desk.unsent).to_contain_text(words)
    desk.hears(f"Inte skickat. {words}")
    desk.button("Flytta till fältet").click()
    expect(desk.unsent).to_have_count(0)
    expect(desk.field).to_have_value(REPLY)


def test_a_refused_reply_is_not_forgotten_in_a_chat_that_is_over(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    desk.watch.expect("409")
    desk_server.refusals["POST .*/messages"] = refusal(409, "handoff_ended", "Slut.")
    desk.write(REPLY)
    expect(desk.unsent).to_contain_text("Slut.")
    desk_server.change(identity, state="left")
    desk.page.get_by_role("link", name="Samtal", exact=True).click()
    expect(desk.page.get_by_text("Ett svar skickades aldrig")).to_be_visible()
    desk.page.get_by_role("link", name="Visa svaret").click()
    desk.button("Ta bort").click()
    expect(desk.unsent).to_have_count(0)
    expect(desk.page.get_by_text("Ett svar skickades aldrig")).to_be_hidden()


def test_a_session_that_ends_is_told_with_the_way_back(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    desk.open_talk(desk_server.join_mine())
    desk.field.fill("Halva svaret")
    desk.watch.expect("401")
    desk_server.signed_in = False
    desk_server.hang_up()
    expect(desk.page.get_by_role("link", name="Logga in igen")).to_be_visible()
    desk.hears("Du är inte inloggad längre.")
    expect(desk.transcript).to_be_hidden()
    desk_server.signed_in = True
    desk.page.reload()
    expect(desk.field).to_have_value("Halva svaret")


def test_another_tab_signed_in_again(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    desk.watch.expect("403")
    desk_server.csrf = "second-token"
    desk.write(REPLY)
    expect(desk.messages.last).to_contain_text(REPLY)
    assert desk_server.replies(identity) == [REPLY]


def test_somebody_else_signed_in_in_another_tab(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    desk.watch.expect("403")
    desk_server.csrf = "second-token"
    desk_server.me = {**desk_server.me, "id": "staff-bo", "name": "Bo Alm"}
    desk.write(REPLY)
    expect(desk.page.get_by_role("button", name=re.compile("Logga ut"))).to_contain_text("Bo Alm")
    expect(desk.messages.last).to_be_visible()
    assert desk_server.replies(identity) == []
    eventually(desk.page, lambda: REPLY in desk.kept(), False)


def test_a_page_that_nobody_touches_keeps_nobody_signed_in(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    desk.open()
    desk_server.join()
    expect(desk.waiting).to_have_count(1)
    with desk.page.expect_request("**/queue") as asked:
        desk_server.join()
    assert "x-lotsen-active" not in asked.value.headers
    expect(desk.waiting).to_have_count(2)
    with desk.page.expect_request(lambda request: request.headers.get("x-lotsen-active") == "1"):
        desk.page.keyboard.press("Shift")
        desk_server.join()


def test_without_a_session_one_comes_to_sign_in(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk.watch.expect("401")
    desk_server.signed_in = False
    desk.page.goto(desk_server.url)
    desk.page.wait_for_url("**/desk/sign-in")


def test_signing_out_leaves_nothing_in_the_browser(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk.open_talk(desk_server.join_mine())
    desk.field.fill("Halva svaret")
    eventually(desk.page, lambda: "Halva svaret" in desk.kept(), True)
    desk.page.get_by_role("button", name=re.compile("Logga ut")).click()
    desk.page.wait_for_url("**/desk/sign-in")
    assert desk.page.evaluate("sessionStorage.length + localStorage.length") == 0
    desk.sends("sign-out", {"form": "csrf=first-token"})


def test_not_even_the_first_reading_got_through(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk.watch.expect("ERR_FAILED")
    desk.page.route("**/api/v1/**", lambda route: route.abort())
    desk.page.goto(desk_server.url)
    expect(desk.page.get_by_text("Servern går inte att nå.")).to_be_visible()
    desk.mend()
    desk.button("Försök igen").click()
    expect(desk.page.get_by_role("heading", name="Väntar")).to_be_visible()
