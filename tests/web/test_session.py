"""What outlives a page: reload, navigation, a second tab; and what ends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.waiting import eventually
from tests.web.canned import Canned
from tests.web.widget import GREETING, Widget

Embed = Callable[..., Widget]
QUESTION = "Vad kostar ledsagning?"
ANSWER = "Det står inget belopp i kronor"


KEPT = "Object.values(sessionStorage)[0] ?? '{}'"
FORGOTTEN = f"JSON.parse({KEPT}).session === null"


def kept(page: Page) -> dict[str, Any]:
    """What the tab remembers."""
    found: dict[str, Any] = json.loads(page.evaluate(KEPT))
    return found


def second_tab(widget: Widget) -> Widget:
    """Another tab of the same window, on the same page, opened."""
    page = widget.page.context.new_page()
    page.goto(widget.page.url)
    other = Widget(page, widget.watch)
    other.launcher.click()
    return other


def test_navigation_keeps_the_conversation_and_takes_no_focus(widget: Widget) -> None:
    widget.ask(QUESTION)
    widget.page.get_by_role("link", name="En annan sida").click()
    widget.page.wait_for_url("**/annan")
    expect(widget.messages).to_have_count(2)
    expect(widget.log.get_by_text(ANSWER)).to_be_visible()
    assert widget.page.evaluate("document.activeElement === document.body")


def test_closed_stays_closed_after_navigation(widget: Widget) -> None:
    widget.ask(QUESTION)
    widget.page.keyboard.press("Escape")
    widget.page.reload()
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    expect(widget.input).to_be_hidden()


def test_second_tab_shows_the_same_conversation_live(widget: Widget, canned: Canned) -> None:
    widget.ask(QUESTION)
    other = second_tab(widget)
    expect(other.messages).to_have_count(2)
    other.ask("Vem kan få ledsagning?")
    expect(widget.messages).to_have_count(4)
    assert len(canned.talks) == 1
    numbers = "items => items.map(i => i.dataset.number)"
    assert widget.messages.evaluate_all(numbers) == ["1", "2", "3", "4"]


def test_tab_that_was_open_before_joins_the_conversation(widget: Widget, canned: Canned) -> None:
    other = second_tab(widget)
    expect(other.log.get_by_text(GREETING)).to_be_visible()
    widget.ask(QUESTION)
    expect(other.messages).to_have_count(2)
    assert len(canned.talks) == 1


def test_erasing_ends_it_here_there_and_on_the_server(widget: Widget, canned: Canned) -> None:
    widget.ask(QUESTION)
    other = second_tab(widget)
    expect(other.messages).to_have_count(2)
    widget.choose("Radera mitt samtal")
    assert len(canned.talks) == 1, "nothing is erased before it is said again"
    widget.page.get_by_role("button", name="Radera", exact=True).click()
    expect(widget.log.get_by_text("Samtalet är raderat.")).to_be_visible()
    expect(other.log.get_by_text("Samtalet har tagits bort.")).to_be_visible()
    for one in (widget, other):
        expect(one.messages).to_have_count(0)
        one.page.wait_for_function(FORGOTTEN)
    assert canned.talks == {}
    expect(widget.input).to_be_focused()


def test_erasing_that_fails_is_told(widget: Widget, canned: Canned) -> None:
    widget.watch.expect("409")
    widget.ask(QUESTION)
    refusal = {"error": {"code": "frozen", "message": "Just nu får inget raderas."}}
    canned.refusals["DELETE .*"] = (409, refusal)
    widget.choose("Radera mitt samtal")
    widget.page.get_by_role("button", name="Radera", exact=True).click()
    expect(widget.region).to_have_text("Just nu får inget raderas.")
    assert kept(widget.page)["session"] is not None


def test_starting_over_leaves_the_old_one_with_the_municipality(
    widget: Widget, canned: Canned
) -> None:
    widget.ask(QUESTION)
    widget.choose("Börja om")
    widget.page.get_by_role("button", name="Börja ett nytt samtal").click()
    expect(widget.messages).to_have_count(0)
    expect(widget.page.get_by_role("button", name=QUESTION)).to_be_visible()
    widget.ask(QUESTION)
    assert len(canned.talks) == 2


def test_conversation_that_is_gone_is_begun_anew(widget: Widget, canned: Canned) -> None:
    widget.watch.expect("404")
    widget.ask(QUESTION)
    canned.talks.clear()
    widget.write("Vem kan få ledsagning?")
    expect(widget.log.get_by_text("Svar på: Vem kan få ledsagning?")).to_be_visible()
    expect(widget.messages).to_have_count(2)
    assert len(canned.talks) == 1


def test_conversation_that_is_gone_after_a_reload_is_not_missed(
    widget: Widget, canned: Canned
) -> None:
    widget.watch.expect("404")
    widget.ask(QUESTION)
    canned.talks.clear()
    widget.page.reload()
    expect(widget.log.get_by_text(GREETING)).to_be_visible()
    expect(widget.messages).to_have_count(0)
    expect(widget.page.get_by_role("button", name=QUESTION)).to_be_visible()
    # The greeting stands there before the server has said that the conversation is gone.
    widget.page.wait_for_function(FORGOTTEN)


def test_stream_that_ends_is_opened_again_where_it_was_left(widget: Widget, canned: Canned) -> None:
    widget.ask(QUESTION)
    talk = canned.talk
    eventually(widget.page, lambda: len(talk.followers), 1)
    with widget.page.expect_request("**/events") as again:
        canned.hang_up(talk)
        talk.add("assistant", "En människa svarar.")
    assert again.value.headers["last-event-id"] == "2"
    expect(widget.log.get_by_text("En människa svarar.")).to_be_visible()
    expect(widget.messages).to_have_count(3)


def test_without_storage_it_still_answers(embed: Embed) -> None:
    blocked = "{ get() { throw new Error('no') } }"
    widget = embed(before=f"Object.defineProperty(window, 'sessionStorage', {blocked})").open()
    widget.ask(QUESTION)
    expect(widget.log.get_by_text(ANSWER)).to_be_visible()


def test_easy_swedish_is_chosen_before_and_during_a_conversation(
    widget: Widget, canned: Canned
) -> None:
    widget.menu.click()
    switch = widget.page.get_by_role("switch", name="Lätt svenska")
    switch.check()
    widget.page.keyboard.press("Escape")
    expect(widget.menu).to_be_focused()
    widget.ask(QUESTION)
    assert canned.talk.easy is True
    widget.menu.click()
    with widget.page.expect_response(lambda r: r.request.method == "PATCH"):
        switch.uncheck()
    assert canned.talk.easy is False


def test_choice_that_is_not_saved_is_not_shown_as_chosen(widget: Widget) -> None:
    widget.watch.expect("ERR_FAILED")
    widget.ask(QUESTION)
    widget.page.route("**/conversations/*", lambda route: route.abort())
    widget.menu.click()
    switch = widget.page.get_by_role("switch", name="Lätt svenska")
    switch.click()
    expect(widget.region).to_have_text("Det gick inte att spara valet. Försök igen.")
    expect(switch).not_to_be_checked()


def test_language_changes_the_words_and_keeps_what_was_said(widget: Widget, canned: Canned) -> None:
    widget.ask(QUESTION)
    widget.input.fill("Halvfärdigt")
    widget.menu.click()
    widget.page.get_by_label("Språk").select_option("en")
    expect(widget.page.get_by_role("button", name="Ask the municipality")).to_be_visible()
    expect(widget.page.get_by_role("button", name="Menu")).to_be_focused()
    expect(widget.messages).to_have_count(2)
    expect(widget.page.get_by_label("Write your question")).to_have_value("Halvfärdigt")
    expect(widget.page.get_by_text("Hello and welcome!")).to_be_visible()
    eventually(widget.page, lambda: canned.talk.language, "en")


def test_larger_text_is_larger_and_stays(widget: Widget) -> None:
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    before = widget.input.evaluate(size)
    widget.menu.click()
    widget.page.get_by_label("Störst").check()
    eventually(widget.page, lambda: widget.input.evaluate(size), before * 1.5)
    widget.page.reload()
    expect(widget.log.get_by_text(GREETING)).to_be_visible()
    eventually(widget.page, lambda: widget.input.evaluate(size), before * 1.5)


def test_transcript_is_copied_and_printed(widget: Widget) -> None:
    widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    widget.ask(QUESTION)
    widget.choose("Kopiera samtalet")
    expect(widget.region).to_have_text("Samtalet är kopierat.")
    copied = widget.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"citizen: {QUESTION}\nassistant: Du står för")
    widget.page.get_by_role("button", name="Skriv ut samtalet").click()
    paper = widget.page.frame_locator("iframe.lotsen-paper").locator("pre")
    expect(paper).to_have_text(copied)
    eventually(widget.page, lambda: widget.page.frames[1].evaluate("window.printed"), 1)
    assert widget.page.evaluate("window.printed") is None


def test_transcript_is_a_file_where_the_clipboard_is_closed(widget: Widget) -> None:
    widget.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    widget.ask(QUESTION)
    with widget.page.expect_download() as download:
        widget.choose("Kopiera samtalet")
    assert download.value.suggested_filename == "samtal.txt"
    assert QUESTION in download.value.path().read_text(encoding="utf-8")


def test_feedback_is_one_press_and_words_only_after_a_no(widget: Widget, canned: Canned) -> None:
    answer = widget.ask(QUESTION)
    yes, no = (answer.get_by_role("button", name=n, exact=True) for n in ("Ja", "Nej"))
    yes.click()
    expect(yes).to_have_attribute("aria-pressed", "true")
    expect(widget.region).to_have_text("Tack, det hjälper oss.")
    eventually(widget.page, lambda: canned.talk.feedback, {"2": {"helped": True}})
    no.click()
    words = answer.get_by_label("Vad saknades?")
    words.fill("Priset")
    answer.get_by_role("button", name="Skicka").click()
    expect(answer.get_by_text("Tack, det hjälper oss.")).to_be_focused()
    told = {"2": {"helped": False, "words": "Priset"}}
    eventually(widget.page, lambda: canned.talk.feedback, told)
    widget.page.reload()
    expect(no).to_have_attribute("aria-pressed", "true")
