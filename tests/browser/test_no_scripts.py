"""The whole conversation on the page that the server writes, in a browser that runs no scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Look, Visitor
from tools.chat_page import Chat
from tools.stage import Website
from tools.states import APPLY, COSTS, CRISIS, TOO_LONG, WHO, Scene


@pytest.fixture
def plain(visit: Visitor, scene: Scene) -> Chat:
    """The chat page without scripts."""
    page = visit(Look(scripts=False))
    page.goto(f"{scene.server}/chat/umea")
    return Chat(page)


def key_of(chat: Chat) -> tuple[str, dict[str, str]]:
    """The conversation's id and its secret, as the page's forms carry them."""
    form = chat.page.locator("form.lotsen-composer")
    number = form.locator("input[name=conversation]").input_value()
    secret = form.locator("input[name=secret]").input_value()
    return number, {"Authorization": f"Bearer {secret}"}


def test_from_the_first_question_to_the_last_answer(plain: Chat) -> None:
    expect(plain.log).to_contain_text("dator")
    plain.suggestions.first.click()
    expect(plain.answers).to_have_count(1)
    plain.ask(*COSTS)
    expect(plain.answers).to_have_count(2)
    expect(plain.answers.last.locator(".lotsen-source")).to_contain_text("Ledsagning")
    card = plain.answers.last.locator(".lotsen-contact")
    expect(card.get_by_role("link", name="090-16 10 02")).to_have_attribute(
        "href", "tel:+4690161002"
    )
    expect(card).to_contain_text("öppen nu")
    plain.ask(*CRISIS)
    expect(plain.answers.last.get_by_role("link", name="112").first).to_have_attribute(
        "href", "tel:112"
    )
    expect(plain.questions).to_have_count(3)


def test_by_keyboard_alone(plain: Chat) -> None:
    page = plain.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till samtalet")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        if plain.field.evaluate("(e) => e === document.activeElement"):
            break
    page.keyboard.type(COSTS[0])
    page.keyboard.press("Tab")
    expect(plain.send_button).to_be_focused()
    page.keyboard.press("Enter")
    expect(plain.answers.last).to_contain_text(COSTS[1])
    # The new page begins where the answer is.
    assert page.url.endswith("#newest")
    expect(page.locator("#newest")).to_contain_text(COSTS[1])
    expect(page.locator("#newest")).to_be_in_viewport()


def test_a_reload_asks_nothing_again(plain: Chat) -> None:
    plain.ask(*COSTS)
    plain.page.reload()
    expect(plain.answers).to_have_count(1)
    expect(plain.questions).to_have_count(1)
    plain.ask(*APPLY)
    expect(plain.answers).to_have_count(2)


def test_the_page_before_the_first_question_still_answers(plain: Chat) -> None:
    """The browser's Back leads there; what is asked there begins a conversation of its own."""
    plain.ask(*COSTS)
    plain.page.go_back()
    expect(plain.questions).to_have_count(0)
    plain.ask(*APPLY)
    expect(plain.questions).to_have_count(1)


def test_feedback_with_words(plain: Chat) -> None:
    plain.ask(*COSTS)
    plain.button("Nej").click()
    plain.page.get_by_label("Vad saknades?").fill("Jag ville veta priset.")
    plain.button("Skicka synpunkten").click()
    expect(plain.page.get_by_role("status")).to_contain_text("Tack")
    expect(plain.answers).to_have_count(1)


def test_what_is_too_long_is_kept_in_the_field(plain: Chat, visit: Visitor) -> None:
    visit.watch.expect("status of 413")
    plain.field.fill(TOO_LONG)
    plain.send_button.click()
    expect(plain.page.get_by_role("alert")).to_contain_text("tecken")
    expect(plain.field).to_have_value(TOO_LONG)
    expect(plain.field).to_have_attribute("aria-invalid", "true")
    plain.ask(*COSTS)
    expect(plain.questions).to_have_count(1)


def test_another_language_and_easy_swedish(plain: Chat) -> None:
    plain.ask(*COSTS)
    plain.button("Byt till lätt svenska").click()
    expect(plain.button("Byt till vanlig svenska")).to_be_visible()
    plain.button("In English").click()
    expect(plain.page.locator("html")).to_have_attribute("lang", "en")
    expect(plain.page.get_by_label("Write your question")).to_be_visible()
    expect(plain.questions).to_have_count(1)


def test_the_conversation_as_text(plain: Chat) -> None:
    plain.ask(*COSTS)
    with plain.page.expect_download() as download:
        plain.button("Spara samtalet som text").click()
    text = Path(download.value.path()).read_text("utf-8")
    for part in ("Umeå", "Du skrev", COSTS[0], "Assistenten svarade", COSTS[1], "Källa"):
        assert part in text


def test_erasing(plain: Chat, scene: Scene) -> None:
    page = plain.page
    plain.ask(*COSTS)
    number, key = key_of(plain)
    address = f"{scene.server}/api/v1/conversations/{number}"
    assert page.request.get(address, headers=key).status == 200
    page.locator("summary", has_text="Radera mitt samtal").click()
    plain.button("Radera").click()
    expect(page.get_by_text("Samtalet är raderat.")).to_be_visible()
    expect(plain.questions).to_have_count(0)
    assert number not in page.content()
    assert page.request.get(address, headers=key).status == 404


def test_starting_over(plain: Chat) -> None:
    plain.ask(*COSTS)
    plain.page.locator("summary", has_text="Börja om").click()
    plain.page.get_by_role("link", name="Börja ett nytt samtal").click()
    expect(plain.questions).to_have_count(0)
    expect(plain.suggestions.first).to_be_visible()


def test_the_secret_is_in_no_address(plain: Chat, visit: Visitor) -> None:
    plain.ask(*COSTS)
    plain.ask(*APPLY)
    secret = key_of(plain)[1]["Authorization"].split()[1]
    assert len(secret) >= 32
    assert not [request for request in visit.watch.requests if secret in request]


def test_a_form_of_another_website_is_refused(
    visit: Visitor, scene: Scene, website: Website
) -> None:
    page = visit(Look(scripts=False, now=None))
    visit.watch.expect("status of 403")
    # Same machine, other port: to a browser the same site. So another name for this machine.
    forged = website.show(
        "/forged",
        '<!doctype html><html lang="sv"><head><title>Falskt</title><link rel="icon" href="data:,">'
        f'</head><body><form method="post" action="{scene.server}/chat/umea">'
        '<input name="text" value="Hej"><button>Vinn</button></form></body></html>',
    )
    page.goto(forged.replace("127.0.0.1", "localhost"))
    page.get_by_role("button", name="Vinn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meddelandet togs inte emot")


def test_scripts_take_over_a_conversation_in_the_middle(visit: Visitor, scene: Scene) -> None:
    """Scripts came late or not at all for the first questions; then they run."""
    page = visit()
    page.route(
        "**/assets/page.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    page.goto(f"{scene.server}/chat/umea")
    chat = Chat(page)
    chat.ask(*COSTS)
    number, _ = key_of(chat)
    page.unroute_all()
    chat.field.fill(APPLY[0])
    chat.send_button.click()
    chat.wait_for_scripts()
    expect(chat.answers).to_have_count(2)
    assert chat.session()["id"] == number
    chat.ask(*WHO)
    expect(chat.questions).to_have_count(3)
