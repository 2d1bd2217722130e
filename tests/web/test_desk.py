"""The staff desk: who waits is taken, answered, handed over and closed, by mouse or keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.web.canned_desk import CannedDesk, refusal
from tests.web.desk_page import DeskPage

SUBJECT = "Ledsagning till simhallen"
REPLY = "Hej! Jag heter Anna."


def test_shows_who_waits_and_for_how_long(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk_server.join(SUBJECT, waited_seconds=125)
    desk_server.join("Anhörigstöd", language="fi", danger=True)
    desk.open()
    expect(desk.waiting).to_have_count(2)
    first, second = desk.waiting.all()
    expect(first).to_contain_text(SUBJECT)
    expect(first).to_contain_text("Umeå kommun · Mottagningsenheten")
    expect(first).to_contain_text(re.compile(r"2:\d\d"))
    expect(first).to_contain_text("Har väntat 2 minuter")
    expect(second).to_contain_text("Kan vara fara")
    expect(second).to_contain_text("På finska")
    desk.cut()
    desk.page.clock.run_for(60_000)
    expect(first).to_contain_text("Har väntat 3 minuter")


def test_taking_opens_the_chat_to_write_in(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join(SUBJECT)
    desk.open()
    desk.button(f"Ta samtalet: {SUBJECT}").click()
    expect(desk.field).to_be_focused()
    expect(desk.page.get_by_role("heading", name=SUBJECT)).to_be_visible()
    expect(desk.mine).to_have_count(1)
    desk.write(REPLY)
    expect(desk.messages.last).to_contain_text(REPLY)
    expect(desk.messages.last).to_contain_text("Anna Ek")
    expect(desk.unsent).to_have_count(0)
    expect(desk.field).to_be_focused()
    assert desk_server.replies(identity) == [REPLY]


def test_two_at_once_are_told_who_was_first(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join(SUBJECT)
    desk.open()
    desk.watch.expect("409")
    words = "Bo Alm har redan tagit samtalet."
    desk_server.refusals[r"POST handoffs/.*/claim"] = refusal(409, "already_claimed", words)

    def bo_was_first(route: Route) -> None:
        # Not before the button is pressed: the page would hear of it, and take the button away.
        bo = {"id": "staff-bo", "name": "Bo Alm"}
        desk_server.rows[identity].update(state="talking", claimed_by=bo)
        route.fallback()

    desk.page.route("**/claim", bo_was_first)
    desk.button(f"Ta samtalet: {SUBJECT}").click()
    expect(desk.page.get_by_text(words).first).to_be_visible()
    expect(desk.others).to_contain_text("Hos Bo Alm")
    expect(desk.page.get_by_role("heading", name="Väntar")).to_be_focused()
    desk.hears(words)


def test_a_transcript_is_read_with_what_the_assistant_understood(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    identity = desk_server.join(SUBJECT)
    desk.open_talk(identity)
    question, answer = desk.messages.all()
    expect(question).to_contain_text("Invånaren 10.00")
    expect(question).to_contain_text("Svarade")
    expect(question).to_contain_text("ledsagning.kostnad, 94 % säker")
    expect(answer).to_contain_text("Assistenten")
    expect(desk.field).to_be_hidden()
    desk.button("Ta samtalet").click()
    expect(desk.field).to_be_focused()


def test_what_others_have_can_be_read_but_not_answered(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    bo = {"id": "staff-bo", "name": "Bo Alm"}
    desk.open_talk(desk_server.join(SUBJECT, state="talking", claimed_by=bo))
    expect(desk.page.get_by_text("Det är Bo Alm som svarar.")).to_be_visible()
    expect(desk.field).to_be_hidden()
    expect(desk.button("Avsluta")).to_be_hidden()


def test_canned_reply_is_put_into_the_field_and_not_sent(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    identity = desk_server.join_mine()
    desk.open_talk(identity)
    desk.field.fill("Hej igen.")
    desk.field.press("Alt+f")
    expect(desk.page.get_by_label("Sök bland färdiga svar")).to_be_focused()
    desk.page.keyboard.type("ansöka")
    expect(desk.page.locator(".lotsen-canned__choice")).to_have_count(1)
    desk.page.keyboard.press("Enter")
    expect(desk.field).to_have_value("Hej igen. Ring 090-16 10 02 för att ansöka.")
    expect(desk.field).to_be_focused()
    assert desk_server.replies(identity) == []
    desk.button("Färdiga svar").click()
    expect(desk.page.get_by_label("Sök bland färdiga svar")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(desk.field).to_be_focused()


def test_each_chat_keeps_what_is_being_written_in_it(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    first, _ = desk_server.join_mine("Ett"), desk_server.join_mine("Två")
    desk.open_talk(first)
    expect(desk.mine).to_have_count(2)
    desk.field.fill("Halva svaret")
    desk.page.keyboard.press("Alt+ArrowDown")
    expect(desk.page.get_by_role("heading", name="Två")).to_be_visible()
    expect(desk.field).to_be_focused()
    expect(desk.field).to_have_value("")
    desk.page.keyboard.press("Alt+ArrowUp")
    expect(desk.field).to_have_value("Halva svaret")
    desk.page.reload()
    expect(desk.field).to_have_value("Halva svaret")
    desk_server.change(first, state="left", claimed_by=None)
    expect(desk.page.get_by_text("Invånaren har lämnat samtalet.")).to_be_visible()
    expect(desk.page.get_by_text("Halva svaret")).to_be_visible()


def test_handing_over_asks_to_whom(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine(SUBJECT)
    desk.open_talk(identity)
    desk.button("Lämna över").click()
    desk.dialog.get_by_role("button", name="Lämna över").click()
    expect(desk.dialog.get_by_role("alert")).to_have_text("Välj till vem samtalet ska.")
    desk.dialog.get_by_label("Vem?").select_option("Cia Dahl (paus)")
    expect(desk.dialog.get_by_label("En kollega")).to_be_checked()
    desk.dialog.get_by_role("button", name="Lämna över").click()
    expect(desk.dialog).to_be_hidden()
    expect(desk.waiting).to_have_count(1)
    desk.sends(f"handoffs/{identity}/transfer", {"staff": "staff-cia"})
    desk.hears("Samtalet är överlämnat.")


def test_giving_back_releasing_and_another_unit(desk: DeskPage, desk_server: CannedDesk) -> None:
    for choice, step, body in (
        ("Assistenten", "give-back", {}),
        ("Tillbaka i kön", "release", {}),
        ("En annan enhet", "transfer", {"unit": "vaxel"}),
    ):
        identity = desk_server.join_mine(SUBJECT)
        desk.open_talk(identity)
        desk.button("Lämna över").click()
        desk.dialog.get_by_label(choice, exact=True).check()
        desk.dialog.get_by_role("button", name="Lämna över").click()
        expect(desk.dialog).to_be_hidden()
        desk.sends(f"handoffs/{identity}/{step}", body)


def test_closing_asks_how_it_ended(desk: DeskPage, desk_server: CannedDesk) -> None:
    identity = desk_server.join_mine(SUBJECT)
    desk.open_talk(identity)
    desk.button("Avsluta").click()
    desk.dialog.get_by_role("button", name="Avsluta").click()
    expect(desk.dialog.get_by_role("alert")).to_have_text("Välj hur samtalet slutade.")
    desk.dialog.get_by_label("Frågan fick svar").check()
    desk.dialog.get_by_role("button", name="Avsluta").click()
    expect(desk.page.get_by_text("Du har inget samtal.")).to_be_visible()
    expect(desk.page.get_by_role("heading", name="Väntar")).to_be_focused()
    desk.sends(f"handoffs/{identity}/close", {"outcome": "answered"})


def test_presence_and_opening(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk.open()
    expect(desk.page.get_by_label("Här", exact=True)).to_be_checked()
    desk.page.get_by_label("Paus", exact=True).check()
    expect(desk.page.get_by_text("Du är inte markerad som här.")).to_be_visible()
    desk.sends("presence", {"state": "break"})
    desk.page.get_by_role("heading", name="Öppettider").click()
    expect(desk.button("Stäng nu: Ludvika kommun")).to_be_hidden()
    until = desk.page.get_by_label("Öppna till, Umeå kommun")
    first = until.locator("option").first
    expect(first).to_have_text("12.00")  # It is open until 11.30 already.
    until.select_option("16.30")
    desk.button("Öppna: Umeå kommun").click()
    expect(desk.page.get_by_text("Ändrat för hand i dag.")).to_be_visible()
    expect(first).to_have_text("17.00")
    desk.button("Stäng nu: Umeå kommun").click()
    expect(desk.page.get_by_text("0 av 2 öppna")).to_be_visible()
    expect(desk.button("Stäng nu: Umeå kommun")).to_be_hidden()
    expect(desk.page.get_by_role("heading", name="Umeå kommun", exact=True)).to_be_focused()
    expect(first).to_have_text("10.30")
    desk.button("Följ öppettiderna: Umeå kommun").click()
    expect(desk.button("Följ öppettiderna: Umeå kommun")).to_be_hidden()
    expect(desk.page.get_by_role("heading", name="Umeå kommun", exact=True)).to_be_focused()
    desk.sends(
        "municipalities/umea/opening",
        {"open_until": "2026-11-18T15:30:00.000Z"},
        {"closed_until": "2026-11-18T23:00:00.000Z"},
        {"open_until": None, "closed_until": None},
    )


def test_shortcuts_are_listed_and_work_from_the_field(
    desk: DeskPage, desk_server: CannedDesk
) -> None:
    desk_server.join("Ett")
    desk.open_talk(desk_server.join_mine("Mitt"))
    expect(desk.waiting).to_have_count(1)
    desk.field.press("Alt+k")
    expect(desk.page.get_by_role("link", name="Ett")).to_be_focused()
    desk.page.keyboard.press("Alt+s")
    expect(desk.field).to_be_focused()
    desk.page.keyboard.press("Alt+t")
    expect(desk.page.get_by_role("heading", name="Ett", exact=True)).to_be_visible()
    expect(desk.field).to_be_focused()
    desk.button("Genvägar").click()
    expect(desk.dialog.get_by_text("Alt + T")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.button("Genvägar")).to_be_focused()


def test_text_from_elsewhere_is_only_text(desk: DeskPage, desk_server: CannedDesk) -> None:
    markup = "<img src=x onerror=alert(1)><b>fet</b>"
    identity = desk_server.join_mine(markup)
    desk_server.say(identity, "citizen", markup)
    desk.open_talk(identity)
    expect(desk.messages.last).to_contain_text(markup)
    expect(desk.page.locator("main img, main b")).to_have_count(0)


def test_who_has_no_role_is_told(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk_server.me["memberships"] = [
        {"municipality": "umea", "name": "Umeå kommun", "roles": ["editor"]}
    ]
    desk.page.goto(desk_server.url)
    expect(desk.page.get_by_text(re.compile("Du har ingen roll"))).to_be_visible()
    expect(desk.button("Logga ut")).to_be_visible()


def test_an_admin_sees_and_does_not_take(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk_server.me["memberships"] = [
        {"municipality": "umea", "name": "Umeå kommun", "roles": ["admin"]}
    ]
    identity = desk_server.join(SUBJECT)
    desk.open_talk(identity)
    expect(desk.page.get_by_text("Samtalet väntar på en handläggare.")).to_be_visible()
    expect(desk.page.get_by_role("button", name="Ta samtalet")).to_have_count(0)
    expect(desk.page.get_by_role("link", name="Uppringning")).to_have_count(0)
    expect(desk.page.get_by_role("group", name="Din närvaro")).to_have_count(0)
