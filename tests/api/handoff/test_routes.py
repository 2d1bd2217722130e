"""The ways to a person: what is open first, and never none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.handoff.offers import offer
from api.handoff.records import DeskStatus
from api.handoff.routes import Offer, routes_now, wait_text
from api.handoff.status import wait_minutes
from api.schemas_handoff import RouteView
from api.settings import Settings
from api.settings_desk import DeskSettings, MailSettings
from bot.knowledge.loader import load_knowledge
from tests.api.handoff.test_hours import at

CLOSED = DeskStatus(
    chat_open=False, hours_open=False, opens=at("2026-11-19T08:30"), closes=None,
    agents=0, present=0, waiting=0, wait_minutes=None,
)  # fmt: skip
OPEN = replace(CLOSED, chat_open=True, hours_open=True, opens=None, closes=at("11:30"), agents=1)
ALL, NOTHING = Offer(callback=True, mail=True), Offer(callback=False, mail=False)


def ways(
    municipality: str, now: str, status: DeskStatus, offered: Offer, language: str = "sv"
) -> dict[str, RouteView]:
    found = routes_now(municipality, status, offered, at(now), language)
    return {route.id: route for route in found}


def test_in_the_morning_the_chat_comes_first() -> None:
    found = ways("umea", "10:00", OPEN, ALL)
    assert list(found) == ["chat", "phone", "callback", "email", "visit"]
    assert all(route.available for route in found.values())
    assert found["chat"].text == (
        "En människa på socialtjänstens mottagningsenhet svarar i chatten nu, till klockan 11.30. "
        "Ingen står i kö."
    )
    assert "090-16 10 02" in found["phone"].text
    assert "till klockan 11.30" in found["phone"].text
    assert "Kungsgatan 71–73" in found["visit"].text
    assert found["email"].form
    assert found["phone"].contact is not None


def test_at_night_what_can_be_used_comes_first_and_openings_have_names() -> None:
    found = ways("umea", "23:00", CLOSED, ALL)
    assert list(found) == ["callback", "email", "chat", "phone", "visit"]
    names = {route.opens for route in found.values()}
    assert names == {None, "i morgon, torsdag, klockan 08.30"}
    assert found["chat"].text == (
        "Chatten är stängd nu. Den öppnar i morgon, torsdag, klockan 08.30."
    )


def test_what_nobody_would_see_is_not_offered() -> None:
    found = ways("umea", "10:00", CLOSED, NOTHING)
    assert "callback" not in found
    assert not found["email"].form
    assert found["email"].text == (
        "Mejla socialtjänstens mottagningsenhet: mottagningsenheten@umea.se."
    )


def test_nobody_at_the_desk() -> None:
    status = replace(CLOSED, hours_open=True, opens=None)
    chat = ways("umea", "10:00", status, ALL)["chat"]
    assert (chat.available, chat.text) == (False, "Ingen är vid chatten just nu.")


def test_a_page_that_names_no_number_gives_its_own_way() -> None:
    found = ways("ostersund", "10:00", CLOSED, NOTHING)
    assert list(found) == ["page"]
    assert found["page"].text.startswith("Prata med den hemtjänstpersonal som besöker dig")


def test_hours_without_weekdays_are_told_as_the_page_writes_them() -> None:
    phone = ways("ludvika", "10:00", CLOSED, NOTHING)["phone"]
    assert "Kommunens sida skriver: Öppettider: 7:30-12:00, 13:00-16:15." in phone.text


def test_a_page_without_hours_says_so() -> None:
    phone = ways("leksand", "10:00", CLOSED, NOTHING)["phone"]
    assert "0247-800 00" in phone.text
    assert "anger inga telefontider" in phone.text


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("municipality", list(load_knowledge().municipalities))
@pytest.mark.parametrize(("now", "status"), [("10:00", OPEN), ("23:00", CLOSED)])
def test_there_is_always_a_way(
    municipality: str, now: str, status: DeskStatus, language: str
) -> None:
    for given in (ALL, NOTHING):
        found = ways(municipality, now, status, given, language)
        assert {"phone", "page"} & set(found)
        assert all(route.text.strip() and route.title for route in found.values())


def test_a_callback_is_offered_where_somebody_will_see_it() -> None:
    mail = MailSettings(host="mail.example", sender="lotsen@example.se")
    with_mail = Settings(desk=DeskSettings(mail=mail))
    staffed = replace(CLOSED, staffed=True)
    assert offer(Settings(), "umea", CLOSED) == NOTHING
    assert offer(Settings(), "umea", staffed) == Offer(callback=True, mail=False)
    assert offer(with_mail, "umea", CLOSED) == ALL
    # No address on Ludvika's page, no hours on Leksand's, and nothing set for Östersund.
    assert offer(with_mail, "ludvika", CLOSED) == NOTHING
    assert offer(with_mail, "leksand", staffed) == Offer(callback=False, mail=True)
    assert offer(with_mail, "ostersund", staffed) == NOTHING


def test_how_long_it_takes_is_told_only_when_it_is_known() -> None:
    assert [wait_minutes(w) for w in ([], [60, 60], [10, 61, 600], [0, 0, 0])] == [None, None, 2, 1]
    assert wait_text(OPEN, "sv") == "Hur länge du får vänta vet vi inte."
    five = replace(OPEN, wait_minutes=5)
    assert wait_text(five, "sv") == "I dag har väntetiden varit ungefär 5 minuter."
    assert wait_text(five, "en") == "Today the wait has been about 5 minutes."
