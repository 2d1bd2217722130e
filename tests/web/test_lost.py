"""A slow or lost server: nothing that was written is lost, and somebody can be called."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Request, Route, expect

from tests.browser.waiting import eventually
from tests.web.canned import Canned
from tests.web.widget import Widget

Embed = Callable[..., Widget]
QUESTION = "Vad kostar ledsagning?"
LOST = "ERR_FAILED|ERR_ABORTED"
SECOND_TRY_MS = 2_000
SLOW_MS = 9_000


def sent(request: Request) -> dict[str, str]:
    """What a request carries."""
    body: dict[str, str] = json.loads(request.post_data or "{}")
    return body


def cut(widget: Widget) -> None:
    """Nothing reaches the server any more."""
    widget.watch.expect(LOST)
    widget.page.route("**/api/v1/**", lambda route: route.abort())


def test_sent_again_by_itself_with_the_same_key(widget: Widget, canned: Canned) -> None:
    widget.watch.expect(LOST)
    widget.page.clock.install()
    keys: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        keys.append(sent(route.request)["key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    widget.page.route("**/messages", lose_the_first_answer)
    widget.write(QUESTION)
    expect(widget.log.get_by_text("Försöker igen")).to_be_visible()
    widget.page.clock.run_for(SECOND_TRY_MS)
    expect(widget.messages).to_have_count(2)
    expect(widget.log.get_by_text("Inte skickat")).to_have_count(0)
    assert len(keys) == 2 and len(set(keys)) == 1
    assert len(canned.talk.messages) == 2


def test_not_sent_is_kept_with_a_button_and_a_number(widget: Widget, canned: Canned) -> None:
    widget.page.clock.install()
    cut(widget)
    widget.write(QUESTION)
    expect(widget.log.get_by_text("Försöker igen")).to_be_visible()
    widget.page.clock.run_for(SECOND_TRY_MS)
    unsent = widget.log.locator("[data-key]")
    expect(unsent).to_contain_text(QUESTION)
    expect(unsent).to_contain_text("Inte skickat")
    expect(unsent.get_by_role("link", name="Ring 090-16 10 02")).to_be_visible()
    expect(widget.region).to_contain_text("090-16 10 02")
    expect(widget.input).to_be_focused()
    widget.page.unroute("**/api/v1/**")
    unsent.get_by_role("button", name="Skicka igen").click()
    expect(widget.messages).to_have_count(2)
    expect(unsent).to_have_count(0)
    expect(widget.input).to_be_focused()
    assert canned.asked == [QUESTION]


def test_slow_answer_is_given_up_and_asked_for_again(widget: Widget, canned: Canned) -> None:
    widget.watch.expect(LOST)
    widget.page.clock.install()
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    widget.page.route("**/messages", hold_the_first)
    with widget.page.expect_request("**/messages"):
        widget.write(QUESTION)
    widget.page.clock.run_for(SLOW_MS)
    expect(widget.log.get_by_text("Försöker igen")).to_be_visible()
    widget.page.clock.run_for(SECOND_TRY_MS)
    expect(widget.messages).to_have_count(2)
    assert canned.asked == [QUESTION]


def test_unsent_message_outlives_a_reload(widget: Widget, canned: Canned) -> None:
    widget.page.clock.install()
    cut(widget)
    widget.write(QUESTION)
    expect(widget.log.get_by_text("Försöker igen")).to_be_visible()
    widget.page.unroute("**/api/v1/**")
    widget.page.reload()
    expect(widget.messages).to_have_count(2)
    assert canned.asked == [QUESTION]


def test_next_message_waits_for_the_one_before(widget: Widget, canned: Canned) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    widget.page.route("**/messages", hold_the_first)
    with widget.page.expect_request("**/messages"):
        widget.write("Ett")
    widget.write("Två")
    expect(widget.log.locator("[data-key]")).to_have_count(2)
    eventually(widget.page, lambda: len(held), 1)
    held[0].continue_()
    expect(widget.messages).to_have_count(4)
    assert canned.asked == ["Ett", "Två"]


def test_own_echo_on_the_stream_is_not_shown_twice(widget: Widget, canned: Canned) -> None:
    widget.ask(QUESTION)
    talk = canned.talk
    held: list[Route] = []
    widget.page.route("**/messages", lambda route: held.insert(0, route))
    with widget.page.expect_request("**/messages") as request:
        widget.write("Två")
    written = sent(request.value)
    canned.reply(talk, written["text"], written["key"])
    eventually(widget.page, lambda: len(held), 1)
    held[0].continue_()
    expect(widget.messages).to_have_count(4)
    expect(widget.log.locator("[data-key]")).to_have_count(0)
    expect(widget.log.get_by_text("Två", exact=True)).to_have_count(1)


def test_what_the_server_says_no_to_is_told_in_its_words(widget: Widget, canned: Canned) -> None:
    widget.watch.expect("429")
    widget.ask(QUESTION)
    words = "Det kom för många meddelanden på kort tid. Försök igen om 20 sekunder."
    canned.refusals["POST .*/messages"] = (429, {"error": {"code": "too_many", "message": words}})
    widget.write("Två")
    expect(widget.log.locator("[data-key]")).to_contain_text(words)
    assert canned.asked == [QUESTION]


def test_conversation_that_can_not_be_read_is_read_when_asked(widget: Widget) -> None:
    widget.watch.expect(LOST)
    widget.ask(QUESTION)
    widget.page.route("**/conversations/*", lambda route: route.abort())
    widget.page.reload()
    expect(widget.log.get_by_text("går inte att nå")).to_be_visible()
    expect(widget.log.get_by_role("link", name="Ring 090-16 10 02")).to_be_visible()
    widget.page.unroute("**/conversations/*")
    widget.page.get_by_role("button", name="Försök igen").click()
    expect(widget.messages).to_have_count(2)


def test_without_the_record_the_number_of_the_page_is_shown(
    embed: Embed,
) -> None:
    for more, way in (
        (' data-phone="090-16 10 00"', "Ring 090-16 10 00"),
        ("", "Ring kommunens växel om det är bråttom."),
    ):
        widget = embed(more=more, lost=True)
        cut(widget)
        widget.launcher.click()
        expect(widget.page.get_by_role("heading", name="Fråga kommunen")).to_be_visible()
        expect(widget.page.get_by_text(way)).to_be_visible()
        widget.page.unroute("**/api/v1/**")
        widget.page.get_by_role("button", name="Försök igen").click()
        expect(widget.log.get_by_text("Hej och välkommen")).to_be_visible()
