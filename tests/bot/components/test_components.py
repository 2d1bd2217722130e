"""The Rasa components, run as a tiny pipeline: what each writes into the parse data.

They are thin; what they find is tested beside the functions that find it.
"""

from __future__ import annotations

import importlib
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from bot.understanding.analyse import CLAUSES
from bot.understanding.classifier import FloatArray

pytestmark = pytest.mark.bot

CONFIG: dict[str, Any] = {}
EXAMPLES = (
    ("kostnad", "ledsagning", "vad kostar ledsagare"),
    ("vad", "ledsagning", "berätta om ledsagare"),
    ("kostnad", "avlosning", "vad kostar avlösare"),
    ("greet", None, "hejsan på dig"),
)


class Letters:
    """An encoder that counts letters: enough for a handful of sentences."""

    fingerprint = "letters"

    def encode(self, texts: list[str]) -> FloatArray:
        rows = [[t.lower().count(c) for c in "abdeghikloprstvöå"] for t in texts]
        return np.array(rows, dtype=np.float32)

    encode_many = encode


def module(name: str) -> ModuleType:
    """A component's module. Importing Rasa's base classes takes seconds and warns in passing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(f"bot.components.{name}")


def message(text: str | None, **data: object) -> Any:
    from rasa.shared.nlu.training_data.message import Message

    return Message(data={"text": text, **data})


@pytest.fixture
def storage(tmp_path: Path) -> Any:
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    return LocalModelStorage(tmp_path)


@pytest.fixture
def resource() -> Any:
    from rasa.engine.storage.resource import Resource

    return Resource("tiny")


def created(component: Any, storage: Any, resource: Any) -> Any:
    from rasa.engine.graph import ExecutionContext, GraphSchema

    return component.create(
        CONFIG, storage, resource, ExecutionContext(GraphSchema({}), node_name="tiny")
    )


@pytest.mark.parametrize(
    ("text", "language"), [("vad kostar det", "sv"), ("what does it cost", "en"), (None, "sv")]
)
def test_language(text: str | None, language: str, storage: Any, resource: Any) -> None:
    guesser = created(module("language").LanguageGuesser, storage, resource)
    (read,) = guesser.process([message(text)])
    assert read.get("language") == language
    assert "language" in read.output_properties


def test_names_become_entities_beside_those_found_before(storage: Any, resource: Any) -> None:
    names = created(module("names").ContentNames, storage, resource)
    (read,) = names.process([message("ledsagning i Umeå", entities=[{"entity": "x"}])])
    found = [(e["entity"], e.get("value"), e.get("words")) for e in read.get("entities")]
    assert found == [
        ("x", None, None),
        ("service", "ledsagning", [0, 1]),
        ("municipality", "umea", [2, 3]),
    ]
    assert names.process([message(None)])[0].get("entities") == []


def test_the_pipeline_is_rasas_spacy_with_ours(storage: Any, resource: Any) -> None:
    spacy = created(module("swedish").SpacyNLP, storage, resource)
    assert spacy.provide().model.lang == "sv"
    assert spacy._config["case_sensitive"]


def test_the_meaning_is_one_sentence_feature(monkeypatch: Any, storage: Any, resource: Any) -> None:
    meaning = module("meaning")
    monkeypatch.setattr(meaning, "load_encoder", Letters)
    component = created(meaning.SentenceMeaning, storage, resource)
    (read,) = component.process([message("vad kostar det")])
    _, sentence = read.get_dense_features("text")
    np.testing.assert_array_equal(sentence.features, Letters().encode(["vad kostar det"]))


def training_data() -> Any:
    from rasa.shared.nlu.training_data.training_data import TrainingData

    found = []
    for intent, service, text in EXAMPLES:
        metadata = {"metadata": {"intent": {"service": service}}} if service else {}
        found += [message(f"{text} {n}", intent=intent, **metadata) for n in range(5)]
    return TrainingData(found)


def test_the_classifier_learns_is_kept_and_reads(
    monkeypatch: pytest.MonkeyPatch, storage: Any, resource: Any
) -> None:
    topics = module("topics")
    monkeypatch.setattr(topics, "load_encoder", Letters)
    monkeypatch.setattr(topics, "shared_encoder", Letters)
    untrained = created(topics.TopicIntentClassifier, storage, resource)
    asked = [message("vad kostar ledsagare? hejsan på dig")]
    assert untrained.process(asked)[0].get(CLAUSES) is None
    untrained.train(training_data())
    loaded = topics.TopicIntentClassifier.load(CONFIG, storage, resource, None)
    (read,) = loaded.process(asked)
    assert read.get("intent") == read.get("intent_ranking")[0]
    parts = read.get(CLAUSES)["parts"]
    assert [p["guesses"][0][0] for p in parts] == ["ledsagning.kostnad", "greet"]
    assert {CLAUSES, "intent", "intent_ranking"} <= read.output_properties
    assert loaded.process([message(None)])[0].get(CLAUSES)["parts"] == []


def test_the_training_cache_sees_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    topics = module("topics")
    monkeypatch.setattr(topics, "load_encoder", Letters)
    first = topics.TopicIntentClassifier.fingerprint_addon(CONFIG)
    monkeypatch.setattr(Letters, "fingerprint", "other")
    assert topics.TopicIntentClassifier.fingerprint_addon(CONFIG) != first


def test_a_run_of_signs_does_not_hold_up_the_tokenizer(storage: Any, resource: Any) -> None:
    text = "hej " + "😀" * 3000 + " vad kostar det"
    kept = created(module("swedish").SpacyNLP, storage, resource)._preprocess_text(text)
    assert len(kept) == len(text)
    assert kept.count("😀") == 40
    assert kept.endswith("vad kostar det")


def test_a_common_question_is_remembered_without_its_words(storage: Any, resource: Any) -> None:
    language = created(module("language").LanguageGuesser, storage, resource)
    names = created(module("names").ContentNames, storage, resource)
    common, own = "Vad kostar ledsagning i Umea?", "Jag heter Berit och är 83 år, ledsagning?"
    for _ in range(2):
        for text in (common, own):
            read = names.process(language.process([message(text)]))[0]
            assert read.get("language") == "sv"
            assert "ledsagning" in {e["value"] for e in read.get("entities")}
    for kept in (language._known, names._known):
        assert len(kept) == 1
        assert "umea" not in repr(kept._kept).lower().replace("'umea'", "")
