"""Callbacks and the log: what is late first, each step told, older entries on demand."""

from __future__ import annotations

from playwright.sync_api import Route, expect
from pydantic import parse_obj_as

from api.schemas_desk import (
    AuditView,
    DeskCallback,
    DeskMessageView,
    FailedMail,
    HandoffDetail,
    MeView,
    QueueView,
    Row,
)
from tests.web.canned_desk import CannedDesk, refusal
from tests.web.canned_desk_content import NOW, callback
from tests.web.desk_page import DeskPage

LATE = "UM-7K3F-92QX"
SOON = "UM-4W8D-66RT"


def fill(server: CannedDesk) -> None:
    """Two to call, of whom one is late, and one who has been called."""
    late = {"due_from": "2026-11-18T08:30:00+01:00", "due_to": "2026-11-18T09:30:00+01:00"}
    server.callbacks = {
        SOON: callback(SOON, name="Ali Hassan"),
        LATE: callback(LATE, overdue=True, attempts=1, **late),
        "UM-9999-9999": callback("UM-9999-9999", name=None, phone=None, state="done"),
    }


def entry(number: int) -> dict[str, object]:
    """One line of the log."""
    anna = {"id": "staff-anna", "name": "Anna Ek"}
    return {
        "id": number, "at": NOW, "staff": anna if number != 1 else None, "municipality": "umea",
        "action": "read_transcript", "object": f"handoff-{number}",
    }  # fmt: skip


def test_late_callbacks_stand_first(desk: DeskPage, desk_server: CannedDesk) -> None:
    fill(desk_server)
    desk.open("#uppringning")
    calls = desk.page.locator(".lotsen-call-item")
    expect(calls).to_have_count(2)
    expect(calls.first).to_contain_text("Försenad")
    expect(calls.first).to_contain_text("Britta Nyman")
    expect(calls.first).to_contain_text("Ringd en gång utan svar")
    expect(calls.first).to_contain_text(f"Ärende {LATE}")
    phone = calls.first.get_by_role("link", name="070-123 45 67")
    expect(phone).to_have_attribute("href", "tel:+46701234567")
    desk.page.get_by_label("Visa").select_option("Klara")
    expect(calls).to_have_count(1)
    expect(calls).to_contain_text("Uppgifterna är borttagna.")
    expect(calls).to_contain_text("Uppringd")


def test_a_callback_is_taken_and_done(desk: DeskPage, desk_server: CannedDesk) -> None:
    fill(desk_server)
    desk.open("#uppringning")
    desk.button(f"Jag ringer: {LATE}").click()
    call = desk.page.locator(".lotsen-call-item").first
    expect(call).to_contain_text("Du ringer")
    expect(desk.button(f"Svarade inte: {LATE}")).to_be_visible()
    expect(desk.button(f"Lägg tillbaka: {LATE}")).to_be_visible()
    desk.button(f"Klar: {LATE}").click()
    expect(desk.page.locator(".lotsen-call-item")).to_have_count(1)
    expect(desk.page.get_by_role("heading", name="Att ringa upp")).to_be_focused()
    desk.hears(f"Uppringningen {LATE} är klar.")
    desk.sends(f"callbacks/{LATE}/take", {})
    desk.sends(f"callbacks/{LATE}/done", {})


def test_a_callback_that_somebody_else_has_taken(desk: DeskPage, desk_server: CannedDesk) -> None:
    fill(desk_server)
    desk.open("#uppringning")
    desk.watch.expect("409")
    desk_server.refusals[f"POST callbacks/{LATE}/take"] = refusal(409, "taken", "Bo Alm har den.")

    def bo_was_first(route: Route) -> None:
        # Not before the button is pressed: the page would hear of it, and take the button away.
        bo = {"id": "staff-bo", "name": "Bo Alm"}
        desk_server.callbacks[LATE].update(state="taken", taken_by=bo)
        route.fallback()

    desk.page.route("**/take", bo_was_first)
    desk.button(f"Jag ringer: {LATE}").click()
    expect(desk.page.get_by_text("Bo Alm har den.").first).to_be_visible()
    expect(desk.page.locator(".lotsen-call-item").first).to_contain_text("Bo Alm ringer")
    expect(desk.button(f"Klar: {LATE}")).to_be_hidden()


def test_the_log_is_for_admins_and_shows_older(desk: DeskPage, desk_server: CannedDesk) -> None:
    desk_server.audit = [entry(number) for number in (3, 2, 1)]
    desk_server.mail = [
        {
            "kind": "callback", "municipality": "umea", "receipt": LATE,
            "created_at": NOW, "failed_at": NOW, "attempts": 7, "problem": "550",
        }
    ]  # fmt: skip
    desk.open()
    desk.page.get_by_role("link", name="Logg", exact=True).click()
    rows = desk.page.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("2026-11-18 10.00")
    expect(rows.first).to_contain_text("Läste ett samtal")
    desk.button("Visa äldre").click()
    expect(rows).to_have_count(3)
    expect(rows.last).to_contain_text("Systemet")
    expect(desk.button("Visa äldre")).to_be_hidden()
    expect(desk.page.get_by_text(f"{LATE}: misslyckades 2026-11-18 10.00 efter 7")).to_be_visible()


def test_the_canned_desk_speaks_as_the_real_one(desk_server: CannedDesk) -> None:
    fill(desk_server)
    desk_server.audit = [entry(1)]
    identity = desk_server.join_mine()

    def told(path: str, method: str = "GET", body: dict[str, str] | None = None) -> object:
        return desk_server.answer(method, path, desk_server.csrf, body or {})[1]

    for model, answer in (
        (MeView, told("me")),
        (QueueView, told("queue")),
        (HandoffDetail, told(f"handoffs/{identity}")),
        (
            DeskMessageView,
            told(f"handoffs/{identity}/messages", "POST", {"text": "Hej", "key": "key-0001"}),
        ),
        (Row, told(f"handoffs/{identity}/give-back", "POST")),
        (list[DeskCallback], told("callbacks")),
        (AuditView, told("audit?municipality=umea")),
        (list[FailedMail], told("mail?municipality=umea")),
    ):
        parse_obj_as(model, answer)
