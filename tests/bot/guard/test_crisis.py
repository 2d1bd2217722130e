"""The crisis check: who is found, who is left in peace, and what the cards say."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guard import crisis
from bot.guard.crisis import CrisisCards, CrisisRules, SocialServices
from bot.guard.crisis_text import strip_marks

HERE = Path(__file__).parent
CASES: dict[str, Any] = yaml.safe_load((HERE / "crisis_cases.yml").read_text(encoding="utf-8"))
KNOWN_MISSES: list[str] = CASES.pop("known_misses")
CONTENT: dict[str, Any] = yaml.safe_load(crisis.CONTENT.read_text(encoding="utf-8"))
CONTENT_DIR = crisis.CONTENT.parents[1]
HELPFUL = {
    "suicide": {"suicide", "other"},
    "other": {"other", "suicide", "medical"},
    "violence": {"violence"},
    "child": {"child", "violence"},
    "medical": {"medical", "other", "suicide"},
}
"""The cards whose numbers help in each kind of case: all of these name what is needed there."""


def cases(*kinds: str) -> Iterator[tuple[str, str]]:
    for group in CASES.values():
        for kind in kinds:
            for text in group.get(kind, ()):
                yield kind, text


def helped(kind: str, text: str) -> bool:
    found = crisis.check(text)
    if kind == "strained":
        return found is not None and found.tier == "B"
    return found is not None and found.tier == "A" and found.kind in HELPFUL[kind]


def test_there_are_enough_cases() -> None:
    assert len(list(cases(*HELPFUL))) >= 250
    assert len(list(cases("none"))) >= 200
    texts = [text for _, text in cases(*HELPFUL, "strained", "none")]
    assert len(texts) == len(set(texts))


def test_dangers_are_found() -> None:
    missed = [text for kind, text in cases(*HELPFUL, "strained") if not helped(kind, text)]
    assert sorted(missed) == sorted(KNOWN_MISSES), "a fix removes its line from known_misses"


@pytest.mark.parametrize("text", [text for _, text in cases("none")])
def test_false_friends_are_left_in_peace(text: str) -> None:
    assert crisis.check(text) is None


def test_dangers_are_found_without_dots_and_in_capitals() -> None:
    texts = [(k, t) for k, t in cases(*HELPFUL) if t not in KNOWN_MISSES]
    bare = [t for k, t in texts if not helped(k, strip_marks(t.lower()))]
    loud = [t for k, t in texts if not helped(k, t.upper())]
    assert len(bare) <= 0.02 * len(texts), bare
    assert not loud


def test_no_training_example_is_a_case() -> None:
    def plain(text: str) -> str:
        return re.sub(r"\W+", " ", text.lower()).strip()

    path = CONTENT_DIR.parent / "bot" / "data" / "nlu" / "crisis.yml"
    examples = {
        plain(line[2:])
        for intent in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in intent["examples"].splitlines()
    }
    assert not examples & {plain(text) for _, text in cases(*HELPFUL, "strained", "none")}


@pytest.mark.parametrize(
    ("text", "kind", "variant"),
    [
        ("jag är 13 och vill dö", "suicide", "young"),
        ("pappa slår mig när han druckit", "child", "young"),
        ("Jag slog min fru i går", "violence", "perpetrator"),
        ("jag skakade mitt barn", "child", "perpetrator"),
        ("min son är 13 och vill inte leva", "other", ""),
        ("jag är 13 och mår dåligt", "child", "young"),
        ("jag är rädd för pappa", "child", "young"),
        ("jag blir mobbad", "child", "young"),
        ("jag vill dö, orkar inte med skolan", "suicide", "young"),
        ("jag är 14, det finns ingen mening med nåt", "suicide", "young"),
        ("hemtjänsten slår henne", "violence", "care"),
        ("de slår henne på boendet", "violence", "care"),
        ("min man slår mig", "violence", ""),
    ],
)
def test_variants(text: str, kind: str, variant: str) -> None:
    found = crisis.check(text)
    assert found is not None
    assert (found.kind, found.variant) == (kind, variant)


@pytest.mark.parametrize(
    "text",
    [
        "han slår mig inte",
        "han har aldrig slagit mig",
        "jag tänker inte ta livet av mig",
        "jag vill inte dö",
        "hon har inte ont i bröstet",
        "jag är inte rädd för min man",
        "ingen slår barnen",
    ],
)
def test_negation_takes_the_danger_away(text: str) -> None:
    assert crisis.check(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "jag ska döda er",
        "jag kommer döda er allihop",
        "jag ska slå ihjäl er",
        "jag skär mig på kniven när jag lagar mat",
        "jag skar mig på en kniv i köket",
        "jag vill slå sönder datorn",
    ],
)
def test_some_words_only_look_like_danger(text: str) -> None:
    assert crisis.harmless(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag skär mig i armarna",
        "jag ska döda mig",
        "jag ska döda er och sedan mig själv",
        "han säger att han ska döda er, jag är rädd",
        "jag vill dö",
        "boka tid",
    ],
)
def test_real_danger_does_not_look_harmless(text: str) -> None:
    assert not crisis.harmless(text)


def test_a_negation_that_means_danger_stays() -> None:
    for text in ("jag vill inte leva", "hon andas inte", "jag får inte gå ut för min man"):
        found = crisis.check(text)
        assert found is not None, text
        assert found.tier == "A"


# Cards


def every_card() -> Iterator[tuple[str, str, str]]:
    contact = SocialServices("Socialtjänstens mottagningsenhet", "090-16 10 02")
    for name in CONTENT["cards"]:
        kind, _, variant = name.partition("_")
        for language in CONTENT["cards"][name]["text"]:
            for phone in (contact, SocialServices("Socialtjänsten", None), None):
                yield name, language, crisis.card(kind, language, phone, variant)


def phone_numbers(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\d[\d -]*\d", text)))


def test_cards_follow_the_rules() -> None:
    for name, language, text in every_card():
        found = phone_numbers(text)
        assert found[0] == "112", (name, language)
        assert len(found) <= 3, (name, language, found)
        assert not re.search(r"[?？؟{}]", text), (name, language)
        if name.startswith("child"):
            assert "socialtjänsten" in text.lower(), (name, language)
            assert "orosanmälan" in text, (name, language)


def test_swedish_and_english_cards_say_that_a_machine_answers() -> None:
    for name, language, text in every_card():
        if language in ("sv", "en"):
            said = "Jag är en dator och ingen läser" if language == "sv" else "I am a computer"
            assert said in text, name


@pytest.mark.parametrize(
    ("kind", "variant", "wanted"),
    [
        ("suicide", "", ["112", "90101", "90 390"]),
        ("suicide", "young", ["112", "116 111", "90101"]),
        ("other", "", ["112", "90101", "1177"]),
        ("violence", "", ["112", "020-50 50 50", "090-16 10 02"]),
        ("violence", "care", ["112", "114 14", "090-16 10 02"]),
        ("child", "", ["112", "090-16 10 02"]),
        ("child", "young", ["112", "116 111", "090-16 10 02"]),
        ("medical", "", ["112", "1177"]),
    ],
)
def test_numbers_of_the_cards(kind: Any, variant: Any, wanted: list[str]) -> None:
    contact = SocialServices("Socialtjänsten", "090-16 10 02")
    assert phone_numbers(crisis.card(kind, "sv", contact, variant)) == wanted
    assert set(crisis.numbers(kind, variant)) <= set(wanted)


def test_cards_need_no_number_of_the_municipality() -> None:
    assert "be om socialtjänsten" in crisis.card("violence", "sv")


def test_social_services_are_told_in_a_sentence_of_their_own() -> None:
    for name, language, text in every_card():
        assert not re.search(r": (Ring|Call|Soita|Wac|Telefon)\b.*: ?0", text), (name, language)
    contact = SocialServices("kundtjänst", "0247-800 00")
    assert "svårt hemma. Ring kundtjänst, 0247-800 00." in crisis.card(
        "child", "sv", contact, "young"
    )


def test_the_card_about_care_blames_nobody_at_home() -> None:
    text = crisis.card("violence", "sv", variant="care")
    assert "ditt fel" not in text
    assert "Kvinnofridslinjen" not in text


def test_a_strange_language_gets_swedish_and_a_rare_card_the_common_one() -> None:
    assert crisis.card("medical", "xx") == crisis.card("medical", "sv")
    assert crisis.card("suicide", "fi", variant="young") == crisis.card("suicide", "fi")


def test_every_kind_of_tier_b_has_a_line() -> None:
    for rule in crisis._rules().rules:
        if rule.tier == "B":
            for kind in {rule.kind, rule.someone_else}:
                assert kind in CONTENT["support_lines"]
                assert "{" not in crisis.support_line(kind, "sv")


# Content


def test_content_follows_its_schema() -> None:
    schema = json.loads((CONTENT_DIR / "schemas" / "crisis.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema).validate(json.loads(json.dumps(CONTENT, default=str)))


def test_numbers_named_by_a_card_stand_in_its_text() -> None:
    for section in ("cards", "support_lines"):
        for name, card in CONTENT[section].items():
            for language, text in card["text"].items():
                used = set(re.findall(r"\{(\w+)\}", text)) - {"social"}
                assert used == set(card["numbers"]), (section, name, language)


def test_closed_numbers_stand_nowhere() -> None:
    closed = {re.sub(r"\D", "", number) for number in crisis.blocked_numbers()}
    assert closed == {"0771220060", "020220060"}
    for path in CONTENT_DIR.rglob("*"):
        if path.suffix in (".yml", ".txt") and path != crisis.CONTENT:
            digits = re.sub(r"(?<=\d)[ -](?=\d)", "", path.read_text(encoding="utf-8"))
            assert not any(number in digits for number in closed), path
    used = {re.sub(r"\D", "", str(n["number"])) for n in CONTENT["numbers"].values()}
    assert not closed & used


def test_an_unknown_signal_is_told() -> None:
    broken = {**CONTENT, "rules": [{"id": "x", "kind": "medical", "tier": "A", "any": ["<okänd>"]}]}
    with pytest.raises(ValueError, match="<okänd>"):
        CrisisRules(broken)


def test_cards_stand_on_content_alone() -> None:
    assert CrisisCards(CONTENT).blocked == crisis.blocked_numbers()


# Time


def test_a_check_is_quick() -> None:
    crisis.warm_up()
    texts = [text for _, text in cases(*HELPFUL, "none")]
    for text in texts:
        crisis.check(text)
    start = time.process_time()
    for text in texts:
        crisis.check(text)
    assert (time.process_time() - start) / len(texts) < 0.003  # about 0.5 ms on an idle core


@pytest.mark.parametrize(
    "piece",
    ["a", "jag ", "vill inte ", "han slår mig ", "inte ", "1", "å", ". ", "dödö", "*", "ööö "],
)
def test_hostile_input_is_bounded(piece: str) -> None:
    start = time.process_time()
    crisis.check((piece * 100_000)[:100_000])
    assert time.process_time() - start < 2


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_taken(text: str) -> None:
    crisis.check(text)
