"""A conversation outlives a reload, a navigation and its tab, and ends when its owner says so."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.announcements import heard, listen
from tests.browser.visitor import Visitor
from tests.browser.waiting import eventually
from tools.chat_page import Chat
from tools.states import APPLY, COSTS, VIOLENCE, Scene

# The lengths of what is heard, in seconds.
_SOUNDS = """
window.lotsenSounds = []
const { play } = HTMLMediaElement.prototype
HTMLMediaElement.prototype.play = function () {
  this.addEventListener('playing', () => window.lotsenSounds.push(this.duration), { once: true })
  return play.call(this)
}
"""


def told(chat: Chat, count: int = 1) -> None:
    """The conversation shows this many questions, each with its one answer."""
    expect(chat.questions).to_have_count(count)
    expect(chat.answers).to_have_count(count)


def test_it_is_there_after_a_reload(page: Page, widget: Chat) -> None:
    widget.open()
    widget.ask(*COSTS)
    page.reload()
    expect(widget.answers.last).to_contain_text(COSTS[1])
    told(widget)
    widget.ask(*APPLY)
    told(widget, 2)


def test_it_goes_along_to_another_page_of_the_website(page: Page, widget: Chat) -> None:
    widget.open()
    widget.ask(*COSTS)
    page.get_by_role("link", name="En annan sida").click()
    page.wait_for_url("**/annan")
    expect(widget.answers.last).to_contain_text(COSTS[1])
    told(widget)


def test_a_second_tab_shows_the_same_conversation_live(
    page: Page, widget: Chat, scene: Scene
) -> None:
    widget.open()
    widget.ask(*COSTS)
    second = page.context.new_page()
    second.goto(scene.website)
    other = Chat(second)
    if not other.field.is_visible():
        other.launcher.click()
    expect(other.answers.last).to_contain_text(COSTS[1])
    assert other.session() == widget.session()
    # A hidden tab may sleep; both are looked at in turn.
    other.ask(*APPLY)
    page.bring_to_front()
    expect(widget.answers.last).to_contain_text(APPLY[1])
    told(widget, 2)
    told(other, 2)


def test_somebody_else_has_a_conversation_of_their_own(
    visit: Visitor, widget: Chat, scene: Scene
) -> None:
    widget.open()
    widget.ask(*COSTS)
    stranger = visit()
    stranger.goto(scene.website)
    other = Chat(stranger)
    other.open()
    told(other, 0)
    assert other.session() == {}


def test_erasing_takes_it_from_here_and_from_the_server(
    page: Page, widget: Chat, scene: Scene
) -> None:
    widget.open()
    widget.ask(*COSTS)
    session = widget.session()
    address = f"{scene.server}/api/v1/conversations/{session['id']}"
    key = {"Authorization": f"Bearer {session['secret']}"}
    assert page.request.get(address, headers=key).status == 200
    widget.erase()
    told(widget, 0)
    kept = page.evaluate("() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")
    assert session["id"] not in kept and session["secret"] not in kept
    assert page.request.get(address, headers=key).status == 404


def test_erasing_in_one_tab_ends_it_in_the_other(page: Page, widget: Chat, scene: Scene) -> None:
    widget.open()
    widget.ask(*COSTS)
    second = page.context.new_page()
    second.goto(scene.website)
    other = Chat(second)
    if not other.field.is_visible():
        other.launcher.click()
    expect(other.answers).to_have_count(1)
    other.erase()
    page.bring_to_front()
    told(widget, 0)
    eventually(page, widget.session, {})


def test_the_secret_is_in_no_address(visit: Visitor, scene: Scene) -> None:
    page = visit()
    page.goto(scene.website)
    chat = Chat(page)
    chat.open()
    chat.ask(*COSTS)
    secret = chat.session()["secret"]
    assert len(secret) >= 32
    assert not [r for r in visit.watch.requests if secret in r]


def test_each_answer_is_announced_once_and_in_order(visit: Visitor, scene: Scene) -> None:
    page = visit()
    listen(page.context)
    page.goto(scene.website)
    chat = Chat(page)
    chat.open()
    answers = []
    for question in (COSTS, APPLY):
        chat.ask(*question)
        body = chat.answers.last.locator(".lotsen-message__body").first.inner_text()
        answers.append(" ".join(body.split())[:60])
        expect(chat.field).to_be_focused()
    expect(page.locator(".lotsen-typing")).to_be_hidden()

    def told_answers() -> list[str]:
        return [answer for text in heard(page) for answer in answers if answer in text]

    eventually(page, told_answers, answers)
    announced = heard(page)
    assert len([text for text in announced if "Skriver" in text]) == len(answers), announced
    assert not [text for text in announced if text.strip() in {q for q, _ in (COSTS, APPLY)}]


def test_what_was_said_before_is_not_announced_again(visit: Visitor, scene: Scene) -> None:
    page = visit()
    listen(page.context)
    page.goto(scene.website)
    chat = Chat(page)
    chat.open()
    chat.ask(*COSTS)
    page.reload()
    expect(chat.answers.last).to_contain_text(COSTS[1])
    assert not [text for text in heard(page) if COSTS[1] in text]


def test_an_answer_is_read_aloud_by_the_server_and_not_by_itself(
    visit: Visitor, scene: Scene
) -> None:
    page = visit()
    page.add_init_script(_SOUNDS)
    page.goto(scene.website)
    chat = Chat(page)
    chat.open()
    chat.ask(*COSTS)
    answer = chat.answers.last
    assert page.evaluate("() => window.lotsenSounds") == []
    with page.expect_response("**/speech/0?**") as first:
        answer.get_by_role("button", name="Lyssna").click()
    assert first.value.headers["content-type"] == "audio/wav"
    page.wait_for_function("() => window.lotsenSounds.length")
    page.wait_for_function("() => CSS.highlights.has('lotsen-spoken')")
    marked = page.evaluate("() => [...CSS.highlights.get('lotsen-spoken')].join()")
    assert marked in answer.locator(".lotsen-message__body").inner_text().replace("\n", " ")
    assert page.evaluate("() => window.lotsenSounds[0] > 1"), "seconds of its first sentence"
    answer.get_by_role("button", name="Stopp").click()
    expect(answer.get_by_role("button", name="Lyssna")).to_be_focused()


def test_leaving_quickly_leaves_nothing_behind(visit: Visitor, scene: Scene) -> None:
    page = visit()
    page.goto(scene.website)
    chat = Chat(page)
    chat.open()
    chat.ask(*VIOLENCE)
    session = chat.session()
    visit.watch.expect("request to another machine: https://www.smhi.se/$")
    page.route(
        "https://www.smhi.se/",
        lambda route: route.fulfill(body="<title>V\u00e4der</title>", content_type="text/html"),
    )
    chat.button("Lämna sidan snabbt").click()
    page.wait_for_url("https://www.smhi.se/")
    page.go_back()
    expect(page).not_to_have_url(scene.website)
    back = page.context.new_page()
    back.goto(scene.website)
    expect(Chat(back).launcher).to_be_visible()
    assert session["id"] not in back.evaluate("() => JSON.stringify({ ...sessionStorage })")
