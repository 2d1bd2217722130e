"""Replies from content: statement, source, contact, and that the pages do not tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.answers import (
    SHOWN_ITEMS,
    answer_reply,
    best_contact,
    choices,
    choose_variant,
    clarify,
    listed,
    next_questions,
    not_defined,
    rest_of,
    statement,
    with_contact,
)
from bot.dialogue.state import State
from tests.bot.dialogue.helpers import (
    COST,
    KNOWLEDGE,
    LEKSAND,
    LUDVIKA,
    OSTERSUND,
    UMEA,
    answer,
    turn,
)

ITEMS = tuple(f"Sak {n}." for n in range(1, 8))
SAID = answer(text="Ett. Två. Tre.", easy="Lätt.", en="English.", items=(), items_en=())


@pytest.mark.parametrize(
    ("audience", "chosen"), [("barn", "barn"), ("vuxen", "alla"), (None, "alla")]
)
def test_choose_variant(audience: str | None, chosen: str) -> None:
    variants = (answer(audience="barn"), answer(audience="alla"))
    assert choose_variant(variants, audience).audience == chosen


def test_without_one_for_all_the_first_variant_is_told() -> None:
    variants = (answer(audience="barn"), answer(audience="vuxen"))
    assert choose_variant(variants, None) is variants[0]


@pytest.mark.parametrize(
    ("language", "channel", "easy", "told"),
    [
        ("sv", "web", False, "Ett. Två. Tre."),
        ("fi", "web", False, "Ett. Två. Tre."),
        ("sv", "web", True, "Lätt."),
        ("sv", "kiosk", False, "Lätt."),
        ("sv", "phone", False, "Lätt."),
        ("en", "kiosk", True, "English."),
    ],
)
def test_the_variant_fits_language_and_channel(
    language: str, channel: str, easy: bool, told: str
) -> None:
    assert statement(SAID, turn("?", language=language, channel=channel), State(easy=easy)) == told


def test_a_switch_on_the_page_asks_for_plain_swedish() -> None:
    assert statement(SAID, turn("?", easy=True), State()) == "Lätt."


def test_a_second_answer_is_cut_to_its_first_sentences() -> None:
    assert statement(SAID, turn("?"), State(), sentences=2) == "Ett. Två."


def test_a_short_list_is_told_whole_and_a_long_one_begun() -> None:
    short, items = listed(replace(SAID, items=ITEMS[:SHOWN_ITEMS]), "sv")
    assert short == "Sak 1; Sak 2; Sak 3; Sak 4."
    assert items == ["Sak 1", "Sak 2", "Sak 3", "Sak 4"]
    long, items = listed(replace(SAID, items=ITEMS), "sv")
    assert "Sak 4" in long
    assert "Sak 5" not in long
    assert f"{SHOWN_ITEMS} av {len(ITEMS)}" in long
    assert len(items) == SHOWN_ITEMS
    assert listed(SAID, "sv") == ("", [])


@pytest.mark.parametrize(
    ("told", "language", "rest"),
    [
        (4, "sv", ("Resten: Sak 5; Sak 6; Sak 7.", ["Sak 5", "Sak 6", "Sak 7"])),
        (7, "sv", None),
        (5, "en", ("The rest: Sak 6; Sak 7.", ["Sak 6", "Sak 7"])),
    ],
)
def test_rest_of(told: int, language: str, rest: tuple[str, list[str]] | None) -> None:
    assert rest_of(replace(SAID, items=ITEMS), told, language) == rest


def test_an_answer_comes_with_source_and_contact() -> None:
    known = KNOWLEDGE.answers("umea", COST)[0]
    state = State()
    reply = answer_reply(known, UMEA, KNOWLEDGE, turn("Vad kostar det?"), state)
    page = UMEA.pages[known.evidence[0].page]
    assert reply.kind == "answer"
    assert reply.answer == "umea.ledsagning.kostnad"
    assert reply.text.startswith(known.text)
    assert f"”{page.title}”" in reply.text
    assert reply.source is not None
    assert reply.source["quote"] == known.evidence[0].quote
    assert str(UMEA.reception_unit.phone) in reply.text
    assert [c["id"] for c in reply.contacts] == [UMEA.reception]
    assert reply.buttons == next_questions(known, KNOWLEDGE)


def test_the_body_leaves_out_what_source_and_contacts_say() -> None:
    known = KNOWLEDGE.answers("umea", COST)[0]
    reply = answer_reply(replace(known, items=ITEMS[:2]), UMEA, KNOWLEDGE, turn("?"), State())
    assert reply.body is not None
    assert reply.body.startswith(known.text)
    assert not any(said in reply.body for said in ("Källa:", "090-16 10 02", "Sak 1"))
    assert reply.items == ["Sak 1", "Sak 2"]
    assert "Källa:" in reply.text and "090-16 10 02" in reply.text and "Sak 2" in reply.text
    assert reply.source is not None
    assert reply.source["line"] in reply.text


def test_a_long_list_says_and_offers_that_there_is_more() -> None:
    known = KNOWLEDGE.answers("umea", COST)[0]
    reply = answer_reply(replace(known, items=ITEMS), UMEA, KNOWLEDGE, turn("?"), State())
    assert reply.body is not None
    assert f"de första {SHOWN_ITEMS} av {len(ITEMS)}" in reply.body
    assert reply.buttons[0] == "Visa resten"


def test_the_old_law_is_told_once_for_each_page() -> None:
    known = KNOWLEDGE.answers("umea", COST)[0]
    state = State()
    texts = [answer_reply(known, UMEA, KNOWLEDGE, turn("?"), state).text for _ in range(2)]
    assert ["socialtjänstlag" in t for t in texts] == [True, False]


def test_the_answers_own_contact_is_shown_with_its_hours() -> None:
    known = answer(contacts=("mottagningsenheten",))
    reply = answer_reply(known, UMEA, KNOWLEDGE, turn("?"), State())
    assert "Telefonen är öppen nu, till klockan 11.30." in reply.text
    assert reply.contacts[0]["open_now"] is True


def test_how_much_of_a_list_was_told_is_remembered() -> None:
    state = State()
    answer_reply(answer(items=ITEMS), UMEA, KNOWLEDGE, turn("?"), state)
    assert state.items_told == SHOWN_ITEMS
    answer_reply(answer(items=()), UMEA, KNOWLEDGE, turn("?"), state)
    assert state.items_told == 0


def test_next_questions_are_readable_and_at_most_three() -> None:
    topics = [(t.service, t.aspect) for t in KNOWLEDGE.services["ledsagning"].topics.values()]
    found = next_questions(answer(next=(("no", "such"), *topics[:4])), KNOWLEDGE)
    assert found == [KNOWLEDGE.services["ledsagning"].topics[a].question for _, a in topics[:3]]


@pytest.mark.parametrize(
    ("topic", "municipality", "told"),
    [
        (("ledsagning", "kostnad"), OSTERSUND, "Det står inget om ledsagning på Östersunds"),
        (("ledsagning", "no_such"), UMEA, "Jag hittar inte svaret på det på Umeå kommuns sidor."),
    ],
)  # fmt: skip
def test_not_defined(topic: tuple[str, str], municipality: object, told: str) -> None:
    reply = not_defined(topic, municipality, KNOWLEDGE, turn("?"))  # type: ignore[arg-type]
    assert reply.kind == "not_defined"
    assert told in reply.text
    assert reply.contacts
    assert reply.answer is None


def test_a_topic_that_no_page_answers_is_named() -> None:
    known = KNOWLEDGE.services["ledsagning"].topics.values()
    untold = [t for t in known if not KNOWLEDGE.answers("umea", (t.service, t.aspect))]
    assert untold, "every topic of ledsagning is answered: take this test out"
    reply = not_defined(("ledsagning", untold[0].aspect), UMEA, KNOWLEDGE, turn("?"))
    assert untold[0].about in reply.text


@pytest.mark.parametrize("municipality", [UMEA, LUDVIKA, OSTERSUND, LEKSAND])
def test_a_reply_with_a_contact_names_the_municipality(municipality: object) -> None:
    unit = municipality.reception_unit  # type: ignore[attr-defined]
    reply = with_contact("Text.", "handoff", unit, municipality, turn("?"))  # type: ignore[arg-type]
    assert municipality.short in reply.text  # type: ignore[attr-defined]
    assert reply.body == "Text."
    assert (unit.phone or unit.how) in reply.text
    assert reply.said == reply.text


def test_best_contact_is_the_one_that_the_services_answers_name() -> None:
    named = {c for a in LUDVIKA.answers if a.service == "anhorigkonsulent" for c in a.contacts}
    assert named
    assert best_contact("anhorigkonsulent", LUDVIKA, KNOWLEDGE).id in named


@pytest.mark.parametrize("service", [None, "no such service"])
def test_without_a_service_the_reception_unit_answers(service: str | None) -> None:
    assert best_contact(service, UMEA, KNOWLEDGE) is UMEA.reception_unit


def test_choices_are_known_distinct_and_at_most_three() -> None:
    topics = KNOWLEDGE.services["ledsagning"].topics
    ids = [("ledsagning", a) for a in topics]
    found = choices([("no", "such"), ids[0], ids[0], *ids[1:5]], KNOWLEDGE)
    assert list(found.values()) == [f"ledsagning.{a}" for a in list(topics)[:3]]


def test_clarify_lists_its_options() -> None:
    reply = clarify(["A?", "B?"], turn("?"))
    assert reply.kind == "clarify"
    assert reply.text.split("\n")[1:] == ["– A?", "– B?"]
    assert reply.buttons == ["A?", "B?"]
    assert clarify(["A?"], turn("?"), "Vad?").text.startswith("Vad?\n")
