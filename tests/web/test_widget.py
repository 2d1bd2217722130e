"""The widget on a website: open, ask, read, close."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Route, expect

from tests.browser.waiting import eventually
from tests.web.canned import Canned
from tests.web.canned_http import WEB
from tests.web.widget import Widget
from tools.stage import Website

Embed = Callable[..., Widget]
LIMIT = 40_000
"""Bytes, compressed, of all that is loaded to open the chat and ask."""


def test_opened_asked_and_closed_by_keyboard_alone(embed: Embed) -> None:
    widget = embed()
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    widget.page.keyboard.press("Tab")
    widget.page.keyboard.press("Tab")
    expect(widget.launcher).to_be_focused()
    widget.page.keyboard.press("Enter")
    expect(widget.launcher).to_have_attribute("aria-expanded", "true")
    expect(
        widget.page.get_by_role("dialog", name="Umeå kommuns digitala assistent")
    ).to_be_visible()
    expect(widget.input).to_be_focused()
    widget.page.keyboard.type("Vad kostar ledsagning?")
    widget.page.keyboard.press("Enter")
    expect(widget.log.get_by_text("Det står inget belopp i kronor")).to_be_visible()
    expect(widget.input).to_be_focused()
    expect(widget.input).to_have_value("")
    widget.page.keyboard.press("Escape")
    expect(widget.input).to_be_hidden()
    expect(widget.launcher).to_be_focused()


def test_first_bubble_says_what_it_is_and_what_is_kept(widget: Widget) -> None:
    first = widget.log.get_by_role("listitem").first
    expect(first).to_contain_text("Jag är en dator, inte en människa.")
    expect(first).to_contain_text("Skriv inga personnummer")
    expect(first).to_contain_text("Samtalet sparas i 30 dagar")
    link = first.get_by_role("link", name="Så fungerar assistenten")
    expect(link).to_have_attribute("href", re.compile(r"/om/umea$"))


def test_nothing_is_stored_before_the_first_question(widget: Widget, canned: Canned) -> None:
    assert canned.talks == {}
    widget.ask("Vad kostar ledsagning?")
    assert len(canned.talks) == 1


def test_answer_has_source_contact_and_next_questions(widget: Widget, canned: Canned) -> None:
    answer = widget.ask("Vad kostar ledsagning?")
    expect(answer).to_contain_text("Källa: Umeå kommun, sidan ”Ledsagning”")
    phone = answer.get_by_role("link", name="Ring 090-16 10 02")
    expect(phone).to_have_attribute("href", "tel:+4690161002")
    expect(answer).to_contain_text("Telefonen är öppen nu, till klockan 11.30.")
    widget.page.get_by_role("button", name="Vem kan få ledsagning?").click()
    expect(widget.log.get_by_text("Svar på: Vem kan få ledsagning?")).to_be_visible()
    expect(widget.input).to_be_focused()
    assert canned.asked[-1] == "Vem kan få ledsagning?"


def test_list_is_a_list_after_the_sentence_that_leads_to_it(widget: Widget) -> None:
    answer = widget.ask("Vilket stöd finns för anhöriga?")
    body = answer.locator(".lotsen-message__body")
    assert body.evaluate("e => [...e.children].map(c => c.tagName)") == ["P", "UL", "P"]
    expect(body.get_by_role("listitem")).to_have_count(3)


def test_contact_that_the_text_names_is_not_shown_twice(widget: Widget) -> None:
    answer = widget.ask("Är telefonen öppen nu?")
    expect(answer.get_by_role("link", name="090-16 10 02")).to_have_count(1)


def test_text_is_never_html_and_links_are_only_what_is_known(widget: Widget) -> None:
    answer = widget.ask("<img src=x onerror=alert(1)>")
    expect(answer).to_contain_text("<b>Sidan</b> säger <script>alert(1)</script>")
    expect(answer.get_by_role("link")).to_have_count(1)
    expect(answer.get_by_role("link")).to_have_text("090-16 10 02")
    expect(widget.log.locator("img, script, b")).to_have_count(0)


def test_personal_data_that_was_hidden_is_told(widget: Widget) -> None:
    widget.ask("Jag heter 19121212-1212")
    question = widget.messages.first
    expect(question).to_contain_text("[personnummer]")
    expect(question).to_contain_text("Personuppgifter är dolda.")


def test_violence_card_has_112_first_and_a_quick_way_out(widget: Widget, canned: Canned) -> None:
    widget.watch.expect("smhi|ERR_NAME_NOT_RESOLVED")
    card = widget.ask("Han slår mig")
    assert card.get_by_role("link").first.get_attribute("href") == "tel:112"
    expect(card.get_by_role("group", name="Hjälpte svaret?")).to_have_count(0)
    elsewhere = "https://www.smhi.se/"
    widget.page.route(elsewhere, lambda route: route.fulfill(body="<title>Väder</title>"))
    card.get_by_role("button", name="Lämna sidan snabbt").click()
    widget.page.wait_for_url(elsewhere)
    assert widget.page.evaluate("history.length") == 2, "the empty first page and the weather"
    assert len(canned.talks) == 1


def test_other_crisis_cards_have_no_quick_way_out(widget: Widget) -> None:
    card = widget.ask("Jag vill dö")
    expect(card.get_by_role("link", name="Ring 112")).to_be_visible()
    expect(card.get_by_role("button")).to_have_count(0)


def test_shift_and_enter_makes_a_line_and_empty_messages_stay(
    widget: Widget, canned: Canned
) -> None:
    widget.input.press("Enter")
    widget.input.fill("Rad ett")
    widget.input.press("Shift+Enter")
    widget.page.keyboard.type("rad två")
    assert canned.asked == []
    widget.input.press("Enter")
    expect(widget.messages).to_have_count(2)
    assert canned.asked == ["Rad ett\nrad två"]


def test_characters_left_are_told_and_nothing_too_long_is_sent(
    widget: Widget, canned: Canned
) -> None:
    widget.input.fill("å" * 899)
    expect(widget.page.get_by_text("tecken kvar")).to_have_count(0)
    widget.input.fill("å" * 950)
    expect(widget.page.locator("#lotsen-count")).to_have_text("50 tecken kvar")
    widget.input.fill("å" * 1003)
    expect(widget.input).to_have_attribute("aria-invalid", "true")
    widget.input.press("Enter")
    expect(widget.region).to_have_text("Korta ner frågan: 3 tecken för mycket.")
    expect(widget.input).to_be_focused()
    assert canned.asked == []


def test_live_region_says_each_thing_once_and_in_order(widget: Widget, canned: Canned) -> None:
    widget.listen()
    widget.ask("Vad kostar ledsagning?")
    widget.ask("Jag vill dö")
    widget.hears(
        "Skriver …",
        canned.answers["Vad kostar ledsagning?"]["text"],
        "Skriver …",
        canned.answers["Jag vill dö"]["text"],
    )
    expect(
        widget.page.locator("[aria-live], [role=log], [role=status], [role=alert]")
    ).to_have_count(1)


def test_answers_carry_their_language(widget: Widget) -> None:
    answer = widget.ask("What does it cost?")
    expect(answer.locator(".lotsen-message__body")).to_have_attribute("lang", "en")
    expect(widget.region.locator("p").last).to_have_attribute("lang", "en")


def test_answer_that_comes_while_closed_is_counted_on_the_button(
    widget: Widget, canned: Canned
) -> None:
    widget.ask("Vad kostar ledsagning?")
    held: list[Route] = []
    widget.page.route("**/messages", lambda route: held.insert(0, route))
    with widget.page.expect_request("**/messages"):
        widget.write("Vem kan få ledsagning?")
    widget.page.keyboard.press("Escape")
    expect(widget.launcher).to_be_focused()
    eventually(widget.page, lambda: len(held), 1)
    held[0].continue_()
    expect(widget.launcher).to_have_accessible_name(re.compile(r"Fråga kommunen\s*1 nytt svar"))
    widget.launcher.click()
    expect(widget.launcher).to_have_accessible_name("Fråga kommunen")


def test_notices_and_a_person_to_call(embed: Embed, canned: Canned) -> None:
    canned.record["notices"] = [{"text": "Telefonen är stängd 24/11.", "from": None, "to": None}]
    widget = embed().open()
    expect(widget.log.get_by_text("Telefonen är stängd 24/11.")).to_be_visible()
    widget.page.get_by_text("Prata med en människa").click()
    expect(widget.page.get_by_role("link", name="Ring 090-16 10 02")).to_be_visible()


def test_switched_off_tells_why_and_whom_to_call(embed: Embed, canned: Canned) -> None:
    canned.record.update(open=False, closed_message="Assistenten är avstängd i dag.")
    widget = embed().open()
    expect(widget.page.get_by_text("Assistenten är avstängd i dag.")).to_be_visible()
    expect(widget.page.get_by_role("link", name="Ring 090-16 10 02")).to_be_visible()
    expect(widget.input).to_be_hidden()


def test_small_and_without_cookies_or_other_machines(embed: Embed) -> None:
    widget = embed().open()
    widget.ask("Vad kostar ledsagning?")
    loaded = {urlsplit(r.split()[1]).path for r in widget.watch.requests}
    names = {p.removeprefix("/assets/") for p in loaded if p.startswith(("/assets/", "/widget.js"))}
    files = [WEB / name.lstrip("/") for name in names]
    sizes = {f.name: len(gzip.compress(f.read_bytes(), 9)) for f in files}
    assert {"widget.js", "chat.css", "strings.js"} <= set(sizes)
    assert sum(sizes.values()) < LIMIT
    assert (
        sum(sizes.values()) + len(gzip.compress((WEB / "core/strings.en.js").read_bytes(), 9))
        < LIMIT
    )
    assert widget.page.context.cookies() == []


def test_works_under_the_policy_that_the_documentation_gives(
    embed: Embed, canned: Canned, site: Website
) -> None:
    own = canned.url
    site.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {own}; style-src {own}; connect-src {own}; img-src {own}"
    )
    widget = embed().open()
    widget.ask("Vad kostar ledsagning?")
    widget.choose("Skriv ut samtalet")
    paper = widget.page.frame_locator("iframe.lotsen-paper").locator("pre")
    expect(paper).to_contain_text("Det står inget belopp i kronor")


def test_scripts_never_parse_html() -> None:
    ours = [s for s in WEB.rglob("*.js") if "vendor" not in s.parts]
    assert ours
    for script in ours:
        found = re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text()
        )
        assert found is None, script.name
