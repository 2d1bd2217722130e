"""The page that the server writes, taken over by the chat; and the voice that reads answers."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.audit import audit
from tests.browser.visitor import Look, Visitor
from tests.browser.waiting import eventually
from tests.web.canned import Canned, Talk
from tests.web.canned_handoff import claimed
from tests.web.widget import GREETING, Widget

Embed = Callable[..., Widget]
QUESTION = "Vad kostar ledsagning?"
PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Chatt</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/assets/chat.css">
<script type="module" src="/assets/page.js"></script></head><body>
<header><h1>Umeå kommuns digitala assistent</h1></header>
<main data-module="lotsen-page" data-municipality="umea" data-language="sv">
<p class="lotsen-header__machine">Du chattar med en dator</p>
<section class="lotsen-chat" aria-label="Utan skript"><form method="post">{hidden}
<label>Fråga <textarea name="text">Halvfärdigt</textarea></label></form></section>
</main><aside class="lotsen-contacts" aria-label="Prata med en människa">
<ul class="lotsen-ways">
<li data-way="callback"><a class="lotsen-button" href="/chat/umea/ring-upp">Ring upp</a></li>
<li data-way="chat"><form method="post"><button class="lotsen-button">Chatta</button></form></li>
</ul></aside>
</body></html>"""
VOICES = """(() => {
    window.said = []
    const voice = { lang: 'sv-SE', localService: LOCAL, name: 'Prov' }
    speechSynthesis.getVoices = () => [voice]
    speechSynthesis.cancel = () => window.said.push('tyst')
    window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) { super(); this.text = text }
    }
    speechSynthesis.speak = utterance => {
        window.said.push(utterance.text)
        window.next = () => utterance.dispatchEvent(new Event('end'))
    }
})()"""


def page_of(canned: Canned, visit: Visitor, hidden: str = "", lost: bool = False) -> Page:
    """The server's page in a window of its own."""
    canned.pages["/chat/umea"] = PAGE.format(hidden=hidden)
    page = visit(Look(now=None))
    if lost:
        visit.watch.expect("ERR_FAILED")
        page.route("**/api/v1/**", lambda route: route.abort())
    page.goto(f"{canned.url}/chat/umea")
    return page


def test_chat_takes_over_and_keeps_what_was_being_written(canned: Canned, visit: Visitor) -> None:
    page = page_of(canned, visit)
    widget = Widget(page, visit.watch)
    expect(widget.log.get_by_text(GREETING)).to_be_visible()
    expect(page.get_by_role("region", name="Utan skript")).to_have_count(0)
    expect(widget.input).to_have_value("Halvfärdigt")
    expect(page.get_by_role("button", name="Stäng")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")
    widget.ask(QUESTION)
    expect(widget.input).to_be_focused()
    visit.watch.expect("inline style")  # It is axe that tries to set one.
    assert audit(page) == ""


def test_conversation_of_the_hidden_fields_goes_on(canned: Canned, visit: Visitor) -> None:
    talk = Talk({})
    canned.talks[talk.id] = talk
    canned.reply(talk, QUESTION, "nyckel-nyckel")
    hidden = (
        f'<input type="hidden" name="conversation" value="{talk.id}">'
        f'<input type="hidden" name="secret" value="{talk.secret}">'
    )
    widget = Widget(page_of(canned, visit, hidden), visit.watch)
    expect(widget.messages).to_have_count(2)
    widget.ask("Vem kan få ledsagning?")
    assert len(talk.messages) == 4
    assert talk.secret not in " ".join(visit.watch.requests)


def test_ways_beside_the_chat_lead_into_it(canned: Canned, visit: Visitor) -> None:
    page = page_of(canned, visit)
    widget = Widget(page, visit.watch)
    expect(widget.log.get_by_text(GREETING)).to_be_visible()
    page.get_by_role("link", name="Ring upp").click()
    expect(page.get_by_role("heading", name="Bli uppringd")).to_be_focused()
    expect(widget.input).to_be_hidden()
    page.keyboard.press("Escape")
    expect(widget.input).to_be_visible()
    page.get_by_role("complementary").get_by_role("button", name="Chatta").click()
    widget.button("Ställ mig i kön").click()
    expect(widget.bar).to_contain_text("Du är nummer 2 i kön.")
    assert page.url == f"{canned.url}/chat/umea"
    claimed(canned.talk)
    expect(page.get_by_text("Du chattar med en människa")).to_be_visible()
    expect(page.get_by_text("Du chattar med en dator")).to_have_count(0)
    visit.watch.expect("inline style")  # It is axe that tries to set one.
    assert audit(page) == ""


def test_page_stays_as_it_was_when_the_chat_can_not_begin(canned: Canned, visit: Visitor) -> None:
    page = page_of(canned, visit, lost=True)
    expect(page.locator("medborgarlotsen-chat")).to_have_count(0)
    expect(page.get_by_role("region", name="Utan skript")).to_be_visible()
    expect(page.get_by_label("Fråga")).to_have_value("Halvfärdigt")


def test_answers_are_read_by_a_voice_of_this_device(embed: Embed) -> None:
    widget = embed(before=VOICES.replace("LOCAL", "true")).open()
    answer = widget.ask("Vilket stöd finns för anhöriga?")
    said = "window.said.filter(text => text !== 'tyst')"
    answer.get_by_role("button", name="Lyssna").click()
    expect(answer.get_by_role("button", name="Pausa")).to_be_visible()
    first = ["Det finns flera sorters anhörigstöd utan biståndsbedömning."]
    eventually(widget.page, lambda: widget.page.evaluate(said), first)
    widget.page.evaluate("window.next()")
    widget.page.wait_for_function(f"{said}.length === 2")
    assert widget.page.evaluate(said)[1].startswith("Avgiftsfri avlösning")
    answer.get_by_role("button", name="Stopp").click()
    expect(answer.get_by_role("button", name="Lyssna")).to_be_visible()
    eventually(widget.page, lambda: widget.page.evaluate("window.said.at(-1)"), "tyst")


def test_a_voice_on_somebody_elses_server_is_not_offered(embed: Embed) -> None:
    widget = embed(before=VOICES.replace("LOCAL", "false")).open()
    answer = widget.ask(QUESTION)
    expect(answer.get_by_role("button", name="Ja")).to_be_visible()
    expect(answer.get_by_role("button", name="Lyssna")).to_have_count(0)


def test_voice_of_the_server_is_fetched_with_the_secret(embed: Embed, canned: Canned) -> None:
    canned.record["speech"] = True
    widget = embed().open()
    answer = widget.ask(QUESTION)
    with widget.page.expect_request("**/messages/2/speech?slow=false") as request:
        answer.get_by_role("button", name="Lyssna").click()
    assert request.value.headers["authorization"] == f"Bearer {canned.talk.secret}"
    expect(answer.get_by_text("Uppläsningen är klar.")).to_be_visible()
