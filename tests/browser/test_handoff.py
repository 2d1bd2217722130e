"""A citizen and an agent, each in a browser of their own: a whole handoff, and what goes wrong.

The clock is the real one here, and the desk of Umeå is kept open by hand (tools/office.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Look, Visitor
from tools.chat_page import Chat
from tools.desk_page import Desk
from tools.office import Office, after, in_an_hour

TODAY = Look(now=None)
SUBJECT = "Ledsagning till tåget"
LOST = "ERR_CONNECTION|ERR_INCOMPLETE|ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_NETWORK"
TAKES_OVER = 90_000
"""Milliseconds after which the assistant must have seen that an agent is gone."""

BACK = 60_000
"""Milliseconds after which pages have found a server that was away: they try ever more seldom."""

Arrive = Callable[..., Desk]
Queue = Callable[..., Chat]


@pytest.fixture
def agent(visit: Visitor, office: Office) -> Arrive:
    """Somebody of the staff, signed in; agents of Umeå are here and keep the chat open."""

    def arrive(login: str, *mishaps: str) -> Desk:
        page = visit(TODAY)
        for mishap in mishaps:
            visit.watch.expect(mishap)
        visit.watch.allow_cookies("lotsen_desk", "lotsen_desk_known")
        desk = Desk(page)
        desk.sign_in(office.url, login)
        if login in {"anna", "bo"}:
            desk.be("Här")
            desk.open_until(in_an_hour(), "umea")
        return desk

    return arrive


@pytest.fixture
def queue(visit: Visitor, office: Office) -> Queue:
    """A citizen who waits in the queue of Umeå."""

    def wait(subject: str = SUBJECT) -> Chat:
        chat = Chat(visit(TODAY))
        chat.page.goto(f"{office.url}/chat/umea")
        chat.wait_for_scripts()
        chat.ways().get_by_role("button", name="Chatta med en människa").click()
        chat.page.get_by_label("Vad gäller det?").fill(subject)
        chat.button("Ställ mig i kön").click()
        expect(chat.standing).to_contain_text("kön")
        return chat

    return wait


def test_a_person_takes_over_and_gives_back(agent: Arrive, queue: Queue) -> None:
    desk = agent("anna")
    chat = queue()
    expect(chat.standing).to_contain_text("nummer 1 i kön")
    desk.take(SUBJECT)
    expect(chat.standing).to_contain_text("Anna")
    desk.reply("Hej! Vart ska du resa?")
    expect(chat.log.get_by_text("Hej! Vart ska du resa?")).to_be_visible()

    chat.field.fill("Vad kostar ledsagning?")
    chat.send_button.click()
    expect(desk.said.filter(has_text="Vad kostar ledsagning?")).to_have_count(1)
    # The assistant is silent: what it would have said about the cost is nowhere.
    expect(chat.log.get_by_text("omkostnader")).to_have_count(0)

    desk.dialog("Lämna över", "Assistenten", "Lämna över")
    expect(chat.log.get_by_text(re.compile("assistenten", re.I)).last).to_be_visible()
    chat.ask("Vad kostar ledsagning?", "omkostnader")


def test_two_agents_claim_at_once_and_one_is_told(agent: Arrive, queue: Queue) -> None:
    anna = agent("anna")
    bo = agent("bo", "status of 409", LOST)
    queue("Vem hinner först")
    row = bo.waiting.filter(has_text="Vem hinner först")
    expect(row).to_be_visible()
    # Bo's list is late: he presses before he hears that Anna was first.
    bo.page.route("**/api/v1/desk/queue", lambda route: route.abort("connectionrefused"))
    anna.take("Vem hinner först")
    row.get_by_role("button", name=re.compile("Ta samtalet")).click()
    expect(bo.page.get_by_text(re.compile("Anna har redan tagit")).first).to_be_visible()
    bo.page.unroute_all()
    expect(bo.mine.filter(has_text="Vem hinner först")).to_have_count(0)
    expect(anna.mine.filter(has_text="Vem hinner först")).to_be_visible()


def test_the_agent_closes_the_laptop_in_mid_chat(agent: Arrive, queue: Queue) -> None:
    desk = agent("anna")
    chat = queue("Bärbar dator")
    desk.take("Bärbar dator")
    expect(chat.standing).to_contain_text("Anna")
    desk.page.close()
    expect(chat.standing).not_to_contain_text("Du chattar med Anna", timeout=TAKES_OVER)
    chat.ask("Vad kostar ledsagning?", "omkostnader")


def test_the_citizen_reloads_and_is_still_in_the_talk(agent: Arrive, queue: Queue) -> None:
    desk = agent("anna")
    chat = queue("Laddar om")
    chat.page.reload()
    chat.wait_for_scripts()
    expect(chat.standing).to_contain_text("kön")
    desk.take("Laddar om")
    desk.reply("Är du kvar?")
    chat.page.reload()
    chat.wait_for_scripts()
    expect(chat.standing).to_contain_text("Anna")
    expect(chat.log.get_by_text("Är du kvar?")).to_have_count(1)
    chat.field.fill("Ja, jag är kvar.")
    chat.send_button.click()
    expect(desk.said.filter(has_text="Ja, jag är kvar.")).to_have_count(1)


def test_a_server_that_is_killed_loses_nothing_that_was_sent(
    agent: Arrive, queue: Queue, office: Office, visit: Visitor
) -> None:
    desk = agent("anna", LOST, "ERR_CONTENT_LENGTH")
    chat = queue("Strömavbrott")
    visit.watch.expect(LOST)
    desk.take("Strömavbrott")
    desk.reply("Före avbrottet.")
    expect(chat.log.get_by_text("Före avbrottet.")).to_be_visible()

    office.stage.kill()
    chat.field.fill("Kom det här fram?")
    chat.send_button.click()
    desk.field.fill("Under avbrottet.")
    desk.field.press("Enter")
    expect(chat.button("Skicka igen")).to_be_visible()
    office.stage.start()
    chat.button("Skicka igen").click()
    expect(chat.log.get_by_text("Under avbrottet.")).to_have_count(1, timeout=BACK)
    expect(desk.said.filter(has_text="Kom det här fram?")).to_have_count(1, timeout=BACK)
    expect(desk.said.filter(has_text="Under avbrottet.")).to_have_count(1)
    expect(chat.questions.filter(has_text="Kom det här fram?")).to_have_count(1)


def test_an_agent_of_ludvika_sees_nothing_of_umea(agent: Arrive, queue: Queue) -> None:
    agent("anna")
    lars = agent("lars")
    queue("Bara för Umeå")
    expect(lars.page.get_by_text("Ingen väntar.").first).to_be_visible()
    expect(lars.waiting).to_have_count(0)
    expect(lars.page.get_by_text("Umeå")).to_have_count(0)


def test_the_citizen_leaves_the_queue(agent: Arrive, queue: Queue) -> None:
    desk = agent("anna")
    chat = queue("Ångrar sig")
    expect(desk.waiting.filter(has_text="Ångrar sig")).to_be_visible()
    chat.button("Lämna kön").click()
    chat.button("Ja, lämna kön").click()
    expect(desk.waiting.filter(has_text="Ångrar sig")).to_have_count(0)
    chat.ask("Vad kostar ledsagning?", "omkostnader")


def test_a_chat_without_scripts(agent: Arrive, visit: Visitor, office: Office) -> None:
    desk = agent("anna")
    page = visit(Look(now=None, scripts=False))
    page.goto(f"{office.url}/chat/umea")
    chat = Chat(page)
    chat.ask("Vad kostar ledsagning?", "omkostnader")
    page.get_by_role("button", name="Chatta med en människa").click()
    expect(page.get_by_text("i kön").first).to_be_visible()
    row = desk.waiting.filter(has_text=re.compile("ledsagning", re.I))
    row.get_by_role("button", name=re.compile("Ta samtalet")).click()
    desk.reply("Hej från Anna.")
    page.get_by_role("button", name="Visa nya meddelanden").click()
    expect(page.get_by_text("Hej från Anna.")).to_have_count(1)


def book(page: Page, name: str) -> str:
    """Ask to be called, through the form; the receipt's number."""
    page.get_by_label("Ditt namn").fill(name)
    page.get_by_label("Ditt telefonnummer").fill("070-174 06 05")
    page.get_by_label("Vad gäller det?").fill("Ansökan om ledsagning")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Gå vidare").click()
    expect(page.get_by_text("070-174 06 05").first).to_be_visible()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Boka uppringning").click()
    receipt = page.get_by_text(re.compile(r"UM-[0-9A-Z]{4}-[0-9A-Z]{4}")).first
    expect(receipt).to_be_visible()
    found = re.search(r"UM-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt.inner_text())
    assert found
    return found[0]


def test_a_callback_is_booked_mailed_taken_and_done(
    agent: Arrive, visit: Visitor, office: Office
) -> None:
    chat = Chat(visit(TODAY))
    chat.page.goto(f"{office.url}/chat/umea")
    chat.wait_for_scripts()
    chat.ways().get_by_role("button", name="Bli uppringd").click()
    receipt = book(chat.page, "Karin Testsson")

    desk = agent("anna")
    desk.page.get_by_role("link", name=re.compile("Uppringning")).click()
    entry = desk.page.locator("main li, main article").filter(has_text=receipt)
    expect(entry).to_contain_text("Karin Testsson")
    entry.get_by_role("button", name=re.compile("^Jag ringer")).click()
    entry.get_by_role("button", name=re.compile("^Klar")).click()
    expect(entry.filter(has_text="Karin Testsson")).to_have_count(0)
    mail = office.mailbox.about(receipt)
    assert "Karin" not in str(mail["Subject"])
    assert "070-174 06 05" in mail.get_content()


def test_a_mail_server_that_is_away_for_ten_minutes_loses_nothing(
    visit: Visitor, office: Office
) -> None:
    office.mailbox.stop()
    page = visit(TODAY)
    page.goto(f"{office.url}/chat/umea")
    chat = Chat(page)
    chat.wait_for_scripts()
    chat.ways().get_by_role("button", name="Bli uppringd").click()
    receipt = book(page, "Kim Testsson")
    office.mailbox.start()
    later = {"X-Lotsen-Now": after(10)}
    assert page.request.get(f"{office.url}/api/v1/municipalities/umea", headers=later).ok
    try:
        assert "070-174 06 05" in office.mailbox.about(receipt).get_content()
    finally:
        now = {"X-Lotsen-Now": after(0)}
        page.request.get(f"{office.url}/api/v1/municipalities/umea", headers=now)
