"""The server is slow, lost, or back: nothing is lost, nothing is answered twice."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.visitor import Visitor
from tools.chat_page import Chat
from tools.stage import Stage
from tools.states import APPLY, COSTS, Scene

UMEA = "090-16 10 02"
LOST = "ERR_CONNECTION|ERR_INCOMPLETE|ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_NETWORK"


def stored(page: Page, chat: Chat, scene: Scene) -> list[tuple[str, str]]:
    """The conversation as the server has it."""
    session = chat.session()
    reply = page.request.get(
        f"{scene.server}/api/v1/conversations/{session['id']}",
        headers={"Authorization": f"Bearer {session['secret']}"},
    )
    return [(m["sender"], m["text"]) for m in reply.json()["messages"]]


def test_the_server_is_killed_and_comes_back_in_mid_conversation(
    visit: Visitor, stage: Stage, scene: Scene
) -> None:
    page = visit()
    visit.watch.expect(LOST)
    page.goto(scene.website)
    chat = Chat(page)
    chat.open()
    chat.ask(*COSTS)

    stage.kill()
    chat.field.fill(APPLY[0])
    chat.send_button.click()
    expect(chat.button("Skicka igen")).to_be_visible()
    expect(chat.questions).to_have_count(2)
    expect(chat.questions.last).to_contain_text(APPLY[0])
    expect(chat.box.get_by_role("link", name=UMEA).last).to_be_visible()
    expect(chat.answers).to_have_count(1)

    stage.start()
    chat.button("Skicka igen").click()
    expect(chat.answers).to_have_count(2)
    expect(chat.answers.last).to_contain_text(APPLY[1])
    expect(chat.questions).to_have_count(2)
    expect(chat.button("Skicka igen")).to_have_count(0)
    senders = [sender for sender, _ in stored(page, chat, scene)]
    assert senders == ["citizen", "assistant"] * 2


def test_a_lost_reply_is_fetched_once_more_and_not_answered_twice(
    page: Page, widget: Chat, scene: Scene, visit: Visitor
) -> None:
    visit.watch.expect(LOST)
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.fallback()
            return
        lost.append(route.fetch().text())
        route.abort("connectionreset")

    widget.open()
    page.route("**/messages", lose_the_first)
    widget.ask(*COSTS)
    assert COSTS[1] in lost[0]
    expect(widget.questions).to_have_count(1)
    expect(widget.answers).to_have_count(1)
    assert [sender for sender, _ in stored(page, widget, scene)] == ["citizen", "assistant"]


def test_a_message_that_was_not_sent_goes_along_to_the_next_page(
    page: Page, widget: Chat, visit: Visitor
) -> None:
    visit.watch.expect(LOST)
    widget.open()
    page.route("**/api/v1/**", lambda route: route.abort("connectionrefused"))
    widget.field.fill(COSTS[0])
    widget.send_button.click()
    expect(widget.button("Skicka igen")).to_be_visible()
    page.unroute_all()
    page.reload()
    expect(widget.answers.last).to_contain_text(COSTS[1])
    expect(widget.questions).to_have_count(1)


def test_without_a_server_at_first_there_is_a_way_to_a_person(
    page: Page, widget: Chat, visit: Visitor
) -> None:
    """Nothing was ever heard of the municipality: not even its number is known."""
    visit.watch.expect(LOST)
    page.route("**/api/v1/**", lambda route: route.abort("connectionrefused"))
    widget.launcher.click()
    expect(page.get_by_text("går inte att nå").first).to_be_visible()
    expect(page.get_by_text("växel").first).to_be_visible()
    page.unroute_all()
    widget.button("Försök igen").click()
    expect(widget.suggestions.first).to_be_visible()
