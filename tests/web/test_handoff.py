"""The queue and the talk with a person, as the citizen sees them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.waiting import eventually
from tests.web.canned import Canned
from tests.web.canned_handoff import TALKING, TOLD_JOIN, claimed, waiting
from tests.web.test_session import second_tab
from tests.web.widget import Widget

Embed = Callable[..., Widget]
QUESTION = "Vad kostar ledsagning?"
HELLO = "Hej! Jag heter Anna."


def queue(widget: Widget, subject: str = "") -> None:
    """Wait for a person."""
    widget.ways()
    widget.button("Chatta med en människa").click()
    widget.page.get_by_label("Vad gäller det? (frivilligt)").fill(subject)
    widget.button("Ställ mig i kön").click()
    expect(widget.bar).to_contain_text("Du är nummer 2 i kön.")
    # The place may be heard of live before the form is done with: until then Escape is the form's.
    expect(widget.input).to_be_focused()


def talk(widget: Widget, canned: Canned) -> None:
    """Wait, and be answered by Anna."""
    queue(widget)
    claimed(canned.talk)
    canned.talk.add("agent", HELLO, agent="Anna")
    expect(widget.bar).to_contain_text(TALKING)


def test_queue_is_joined_with_or_without_a_question_before(widget: Widget, canned: Canned) -> None:
    queue(widget, "Ledsagning till en konsert")
    assert canned.handoffs.subjects == ["Ledsagning till en konsert"]
    assert canned.asked == []
    expect(widget.input).to_be_focused()
    expect(widget.log.get_by_text(TOLD_JOIN)).to_be_in_viewport()
    widget.ask(QUESTION)
    assert len(canned.talks) == 1, "the assistant answers meanwhile, in the same conversation"


def test_place_in_the_queue_is_shown_and_told_once(widget: Widget, canned: Canned) -> None:
    queue(widget)
    widget.listen()
    for place in (1, 1):
        waiting(canned.talk, place)
    expect(widget.bar).to_contain_text("Du är nummer 1 i kön.")
    canned.talk.add("notice", "Det tar längre tid än vanligt.")
    expect(widget.log.get_by_text("längre tid")).to_be_visible()
    eventually(widget.page, lambda: [t.count("nummer 1") for t in widget.heard()], [1, 0])


def test_leaving_the_queue_asks_first(widget: Widget, canned: Canned) -> None:
    queue(widget)
    widget.button("Lämna kön").click()
    expect(widget.page.get_by_text("Vill du lämna kön?")).to_be_focused()
    widget.button("Nej, stanna kvar").click()
    expect(widget.button("Lämna kön")).to_be_focused()
    assert canned.talk.handoff["state"] == "waiting"
    widget.button("Lämna kön").click()
    widget.button("Ja, lämna kön").click()
    expect(widget.bar).to_be_hidden()
    expect(widget.input).to_be_focused()
    assert canned.talk.handoff["state"] == "left"


def test_leaving_that_fails_is_told_where_it_was_wished(widget: Widget, canned: Canned) -> None:
    widget.watch.expect("500")
    queue(widget)
    canned.refusals["DELETE .*/handoff"] = (500, {"error": {"code": "broken", "message": "Fel."}})
    widget.button("Lämna kön").click()
    widget.button("Ja, lämna kön").click()
    expect(widget.bar.get_by_text("Det gick inte. Försök igen.")).to_be_focused()
    canned.refusals.clear()
    widget.button("Ja, lämna kön").click()
    expect(widget.bar).to_be_hidden()


def test_a_person_is_named_seen_and_heard(widget: Widget, canned: Canned) -> None:
    queue(widget)
    widget.listen()
    claimed(canned.talk)
    canned.talk.add("agent", HELLO, agent="Anna")
    answer = widget.messages.last
    expect(answer.get_by_text("Anna skrev")).to_be_visible()
    expect(answer.get_by_role("button")).to_have_count(0)
    expect(widget.bar.locator("strong")).to_have_text("Anna")
    expect(widget.page.get_by_text("Du chattar med en människa")).to_be_visible()
    expect(widget.page.get_by_text("Du chattar med en dator")).to_have_count(0)
    expect(widget.page.get_by_label("Skriv till Anna")).to_be_visible()
    widget.hears(
        "Nu svarar Anna, en människa på mottagningsenheten.",
        f"Anna skrev: {HELLO}",
    )


def test_while_a_person_answers_the_assistant_neither_writes_nor_answers(
    widget: Widget, canned: Canned
) -> None:
    talk(widget, canned)
    widget.listen()
    field = widget.page.get_by_label("Skriv till Anna")
    field.fill("Hej Anna")
    field.press("Enter")
    expect(widget.messages.last).to_contain_text("Hej Anna")
    expect(widget.log.locator("[data-key]")).to_have_count(0)
    assert canned.asked == ["Hej Anna"]
    widget.hears("Skickar …")
    expect(field).to_be_focused()


def test_chat_is_ended_by_the_citizen(widget: Widget, canned: Canned) -> None:
    talk(widget, canned)
    widget.button("Avsluta chatten").click()
    expect(widget.page.get_by_text("Vill du avsluta chatten med Anna?")).to_be_focused()
    widget.button("Ja, avsluta chatten").click()
    expect(widget.bar).to_be_hidden()
    expect(widget.input).to_be_focused()
    expect(widget.page.get_by_text("Du chattar med en dator")).to_be_visible()


def test_when_the_person_is_gone_other_ways_are_at_hand(widget: Widget, canned: Canned) -> None:
    talk(widget, canned)
    canned.talk.stand("returned", "Assistenten svarar igen.")
    expect(widget.bar).to_contain_text("Assistenten svarar igen.")
    widget.button("Visa andra sätt").click()
    expect(widget.button("Bli uppringd")).to_be_visible()
    expect(widget.bar).to_be_hidden()
    widget.button("Tillbaka till samtalet").click()
    widget.ask(QUESTION)


def test_focus_that_was_in_the_bar_stays_in_the_chat(widget: Widget, canned: Canned) -> None:
    queue(widget)
    widget.button("Lämna kön").focus()
    claimed(canned.talk)
    expect(widget.bar.get_by_text("Du chattar med Anna")).to_be_focused()
    widget.button("Avsluta chatten").focus()
    canned.talk.stand("closed", "Chatten med Anna är avslutad.")
    expect(widget.input).to_be_focused()


def test_ways_that_are_open_make_room_for_the_person(widget: Widget, canned: Canned) -> None:
    queue(widget)
    widget.ways()
    expect(widget.log).to_be_hidden()
    elsewhere = widget.page.get_by_role("link", name="En annan sida")
    elsewhere.focus()
    claimed(canned.talk)
    expect(widget.log).to_be_visible()
    expect(elsewhere).to_be_focused()


def test_reload_and_second_tab_keep_the_queue(widget: Widget, canned: Canned) -> None:
    queue(widget)
    widget.page.reload()
    expect(widget.bar).to_contain_text("Du är nummer 2 i kön.")
    expect(widget.log.get_by_text(TOLD_JOIN)).to_be_in_viewport()
    other = second_tab(widget)
    expect(other.bar).to_contain_text("Du är nummer 2 i kön.")
    claimed(canned.talk)
    for one in (widget, other):
        expect(one.bar).to_contain_text("Du chattar med Anna")


def test_closed_chat_still_hears_of_the_person_also_on_the_next_page(
    widget: Widget, canned: Canned
) -> None:
    queue(widget)
    widget.page.keyboard.press("Escape")
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    canned.talk.add("agent", HELLO, agent="Anna")
    expect(widget.launcher).to_have_accessible_name("Fråga kommunen 1 nytt svar")
    widget.page.get_by_role("link", name="En annan sida").click()
    widget.page.wait_for_url("**/annan")
    expect(widget.messages).to_have_count(2)
    canned.talk.add("agent", "Är du kvar?", agent="Anna")
    expect(widget.launcher).to_have_accessible_name("Fråga kommunen 1 nytt svar")


def test_name_of_a_hidden_tab_tells_that_a_person_has_written(
    widget: Widget, canned: Canned
) -> None:
    talk(widget, canned)
    title = widget.page.title()
    hidden = "Object.defineProperty(document, 'hidden', {{ value: {}, configurable: true }})"
    seen = "document.dispatchEvent(new Event('visibilitychange'))"
    widget.page.evaluate(f"{hidden.format('true')}; {seen}")
    canned.talk.add("agent", "Är du kvar?", agent="Anna")
    expect(widget.page).to_have_title(f"Nytt meddelande – {title}")
    widget.page.evaluate(f"{hidden.format('false')}; {seen}")
    expect(widget.page).to_have_title(title)


def test_starting_over_leaves_the_queue(widget: Widget, canned: Canned) -> None:
    queue(widget)
    first = canned.talk
    widget.choose("Börja om")
    with widget.page.expect_response("**/handoff"):
        widget.button("Börja ett nytt samtal").click()
    expect(widget.bar).to_be_hidden()
    assert first.handoff["state"] == "left"


def test_erasing_ends_it_without_leaving_first(widget: Widget, canned: Canned) -> None:
    queue(widget)
    widget.choose("Radera mitt samtal")
    widget.button("Radera").click()
    expect(widget.log.get_by_text("Samtalet är raderat.")).to_be_visible()
    expect(widget.bar).to_be_hidden()
    assert not [r for r in widget.watch.requests if "DELETE" in r and "handoff" in r]


def test_what_is_waited_for_stays_in_another_language(widget: Widget, canned: Canned) -> None:
    talk(widget, canned)
    widget.menu.click()
    widget.page.get_by_label("Språk").select_option("en")
    expect(widget.page.get_by_role("button", name="End the chat")).to_be_visible()
    expect(widget.page.get_by_label("Write to Anna")).to_be_visible()
    expect(widget.page.get_by_text("You are chatting with a person")).to_be_visible()
    expect(widget.messages.last.get_by_text("Anna wrote")).to_be_visible()
