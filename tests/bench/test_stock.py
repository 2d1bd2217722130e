"""The stock project says what ours does about an intent, from the same content."""

from __future__ import annotations

import yaml

from bench.stock import FALLBACK, default_config, project_files
from bench.stock_actions import UNKNOWN, answer
from bot.knowledge.loader import load_knowledge

EXAMPLES = [("vad kostar [det]", "ledsagning.kostnad"), ("hej", "greet"), ("vad ta'", "greet")]


def test_every_intent_has_examples_and_a_rule() -> None:
    files = {path: yaml.safe_load(text) for path, text in project_files(EXAMPLES, 2).items()}
    intents = ["greet", "ledsagning.kostnad"]
    assert files["domain.yml"]["intents"] == intents
    ruled = [rule["steps"][0]["intent"] for rule in files["data/rules.yml"]["rules"]]
    assert ruled == [*intents, FALLBACK]
    told = {block["intent"]: block["examples"] for block in files["data/nlu.yml"]["nlu"]}
    assert told["greet"] == "- hej\n- vad ta'\n"
    assert "[" not in told["ledsagning.kostnad"]


def test_the_configuration_is_rasas_default_but_for_language_and_epochs() -> None:
    config = default_config(2)
    names = [component["name"] for component in config["pipeline"]]
    assert "DIETClassifier" in names
    epochs = {c["epochs"] for c in (*config["pipeline"], *config["policies"]) if "epochs" in c}
    assert epochs == {2}
    assert config["language"] == "sv"


def test_the_action_reads_the_municipality_from_the_sender() -> None:
    told = load_knowledge().answers("umea", ("ledsagning", "kostnad"))[0].text
    assert answer("umea--1", "ledsagning.kostnad") == told
    assert answer("leksand--1", "ledsagning.kostnad") == UNKNOWN
    assert answer("umea--1", "greet") == UNKNOWN
