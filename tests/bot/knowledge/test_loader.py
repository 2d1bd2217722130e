"""The loader: records as content has them, and broken content named with its file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.knowledge.loader import ContentError, load_knowledge, municipality_ids, read_yaml
from bot.knowledge.records import Knowledge, parse_topic, topic_name
from tests.bot.knowledge.mini import MINI, copy_to, edit


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(MINI)


def test_municipalities_are_the_folders_with_a_record(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    (content / "schemas").mkdir()
    (content / "draft").mkdir()
    assert municipality_ids(content) == ("norrby", "soderby")


def test_answers_by_municipality_and_topic(knowledge: Knowledge) -> None:
    [answer] = knowledge.answers("norrby", ("hjalp", "kostnad"))
    assert answer.id == "norrby.hjalp.kostnad"
    assert answer.text == "Avgiften är 250 kronor."
    assert answer.evidence[0].page == "hjalp"
    assert answer.next == (("hjalp", "vad"), ("hjalp", "traffar"))
    assert knowledge.answers("soderby", ("hjalp", "kostnad")) == ()


def test_lists_come_with_their_english(knowledge: Knowledge) -> None:
    [answer] = knowledge.answers("norrby", ("hjalp", "ansok"))
    assert len(answer.items) == len(answer.items_en) == 5


def test_services_told_of(knowledge: Knowledge) -> None:
    assert knowledge.has_service("norrby", "oversyn")
    assert not knowledge.has_service("soderby", "oversyn")
    assert knowledge.services["oversyn"].part_of == "hjalp"


def test_topics(knowledge: Knowledge) -> None:
    topic = knowledge.topic(("hjalp", "vad"))
    assert topic is not None and topic.question_en == "What is help at home?"
    assert knowledge.topic(("hjalp", "pris")) is None
    assert topic_name(parse_topic("hjalp.vad")) == "hjalp.vad"


@pytest.mark.parametrize("name", ["hjalp", "hjalp.", ".vad", ""])
def test_no_topic(name: str) -> None:
    with pytest.raises(ValueError, match="is no topic"):
        parse_topic(name)


def test_contacts_and_hours(knowledge: Knowledge) -> None:
    contact = knowledge.municipalities["norrby"].reception_unit
    assert contact.phone == "090-12 34 56"
    assert contact.phone_hours is not None and contact.visit_hours is None
    season = contact.phone_hours.season(dt.date(2026, 7, 1))
    assert season is not None and season.osm == "Mo-Th 09:00-10:00"


def test_pages(knowledge: Knowledge) -> None:
    pages = knowledge.municipalities["norrby"].pages
    assert pages["hjalp"].dated == dt.date(2024, 5, 2)
    assert pages["oversyn"].dated is None
    assert pages["hjalp"].text.startswith("Hjälp hemma\n")
    assert pages["hjalp"].not_stated[0] == ("Hjälp hemma", "sidans titel")


def test_hours_exceptions(knowledge: Knowledge) -> None:
    [exception] = knowledge.hours_exceptions
    assert exception.unit == "hemhjalp"
    assert exception.applies(dt.date(2026, 12, 24), "phone")


def test_records_cannot_be_changed(knowledge: Knowledge) -> None:
    with pytest.raises(TypeError):
        knowledge.services["hjalp"] = knowledge.services["oversyn"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        knowledge.municipalities["norrby"].name = "Söderby"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "norrby/municipality.yml",
            "reception: hemhjalp\n",
            "",
            "the field 'reception' is missing",
        ),
        ("norrby/municipality.yml", '"Mo-Th 09:00-10:00"', "nine to ten", "osm: 'nine to ten' is"),
        (
            "norrby/hjalp.yml",
            "    easy: Det kostar 250 kronor.\n",
            "",
            "the field 'easy' is missing",
        ),
        ("norrby/hjalp.yml", "next: [hjalp.kostnad]", "next: [kostnad]", "'kostnad' is no topic"),
        ("norrby/pages.yml", "updated: 2024-05-02", "updated: i maj", "i maj"),
        ("norrby/pages.yml", "- id: oversyn", "- id: oversynen", "oversynen.txt"),
        ("norrby/pages.yml", "- id: hjalp", "- id: [hjalp", "this is no valid YAML"),
        ("common/services/hjalp.yml", "topics:", "topic:", "the field 'topics' is missing"),
        ("common/ambiguous.yml", "oversyn.vad", "oversyn", "'oversyn' is no topic"),
        ("common/hours_exceptions.yml", "2026-12-23", "jul", "exception 1: date"),
    ],
)
def test_broken_content(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    content = copy_to(tmp_path)
    edit(content, file, old, new)
    with pytest.raises(ContentError) as error:
        load_knowledge(content)
    assert file in str(error.value) and told in str(error.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="replies.yml: the file cannot be read"):
        read_yaml(tmp_path / "replies.yml")


def test_content_is_read_once() -> None:
    assert load_knowledge(MINI) is load_knowledge(MINI)


def test_a_service_has_its_parts_and_its_whole_for_a_family() -> None:
    knowledge = load_knowledge()
    part = next(s for s in knowledge.services.values() if s.part_of)
    assert {part.id, part.part_of} <= knowledge.family(part.id)
    assert part.id in knowledge.family(str(part.part_of))
    assert knowledge.family("uppdrag") == {"uppdrag"}
