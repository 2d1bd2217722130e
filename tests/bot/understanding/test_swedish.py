"""The names of content as a vocabulary, and the spaCy pipeline that needs no download."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge.loader import load_knowledge
from bot.understanding.swedish import SPACY_MODEL_SETTING, build_pipeline, names, vocabulary

KNOWLEDGE = load_knowledge()


def test_every_record_has_a_name() -> None:
    found = names(KNOWLEDGE)
    wanted = {("service", s) for s in KNOWLEDGE.services}
    wanted |= {("municipality", m) for m in KNOWLEDGE.municipalities}
    wanted |= {
        ("unit", f"{m.id}/{c}") for m in KNOWLEDGE.municipalities.values() for c in m.contacts
    }
    assert set(found) == wanted
    assert all(any(forms) for forms in found.values())


@pytest.mark.parametrize("language", sorted(set(KNOWLEDGE.languages) - {"sv"}))
def test_other_languages_name_aspects_too(language: str) -> None:
    found = names(KNOWLEDGE, language)
    aspects = {record for kind, record in found if kind == "aspect"}
    assert "kostnad" in aspects
    assert not {kind for kind, _ in names(KNOWLEDGE)} & {"aspect"}


def test_every_service_is_found_by_its_own_name() -> None:
    for service in KNOWLEDGE.services.values():
        found = {m.id for m in vocabulary().find(f"jag undrar om {service.name}")}
        assert service.id in found, service.name


def test_every_municipality_and_place_is_found() -> None:
    for municipality in KNOWLEDGE.municipalities.values():
        for name in (*municipality.names, *municipality.places):
            found = {m.id for m in vocabulary().find(f"vi bor i {name} nu")}
            assert found == {municipality.id}, name


def test_the_vocabulary_of_a_language_is_built_once() -> None:
    assert vocabulary("sv") is vocabulary("sv")
    assert vocabulary("en") is not vocabulary("sv")


def test_the_pipeline_is_swedish_and_only_tokenizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SPACY_MODEL_SETTING, raising=False)
    pipeline = build_pipeline()
    assert (pipeline.lang, pipeline.pipe_names) == ("sv", [])
    assert [t.text for t in pipeline("Vad kostar det?")] == ["Vad", "kostar", "det", "?"]


def test_an_operators_model_is_loaded_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    import spacy

    asked: list[tuple[str, Any]] = []
    monkeypatch.setenv(SPACY_MODEL_SETTING, "sv_core_news_sm")
    monkeypatch.setattr(spacy, "load", lambda name, **how: asked.append((name, how)))
    build_pipeline()
    assert asked == [("sv_core_news_sm", {"disable": ["parser", "ner"]})]
