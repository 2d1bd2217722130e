"""The language of a message: scripts, small words, and a hint for what is too short to tell."""

from __future__ import annotations

import pytest

from bot.understanding.language import LANGUAGES, detect

MESSAGES = [
    ("Vad kostar ledsagning för min mamma?", "sv"),
    ("hur ansoker man om avlosning", "sv"),
    ("va kostar de", "sv"),
    ("Ledsagning umeå telefonnummer", "sv"),
    ("What does it cost and how do I apply?", "en"),
    ("can i get help for my mother", "en"),
    ("Paljonko saattajapalvelu maksaa ja miten voin hakea sitä?", "fi"),
    ("Mikä on puhelinnumero", "fi"),
    ("Hva koster det, og hvordan søker jeg?", "no"),
    ("Jeg vil gerne vide hvad det koster, og hvordan ansøger jeg?", "da"),
    ("Ile to kosztuje i jak mogę złożyć wniosek?", "pl"),
    ("Wie viel kostet das und wo bekomme ich Hilfe für meine Mutter?", "de"),
    ("Maxaa waa lacag, waxaan u baahanahay caawimaad hooyaday", "so"),
    ("كم تكلفة المرافقة؟", "ar"),
    ("هزینه همراهی چقدر است؟ می‌خواهم کمک بگیرم", "fa"),
    ("Скільки це коштує?", "uk"),
    ("ክንደይ ይኸፍል ንመሰነይታ", "ti"),
]


@pytest.mark.parametrize(("text", "language"), MESSAGES)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language
    assert language in LANGUAGES


@pytest.mark.parametrize(("text", "language"), MESSAGES)
def test_a_hint_in_the_own_language_changes_nothing(text: str, language: str) -> None:
    assert detect(text, hint=language) == language


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("ok", None, "sv"),
        ("ok", "fi", "fi"),
        ("", "en", "en"),
        ("090-16 10 02", None, "sv"),
        ("Umeå?", "de", "de"),
    ],
)
def test_a_message_too_short_to_tell_takes_the_hint(
    text: str, hint: str | None, language: str
) -> None:
    assert detect(text, hint=hint) == language


def test_a_swedish_word_keeps_a_message_from_being_danish_or_norwegian() -> None:
    assert detect("kan jag få hjelp til min mor") == "sv"


def test_a_foreign_word_in_a_latin_sentence_does_not_decide() -> None:
    assert detect("Vad betyder ordet الله på svenska för mig?") == "sv"


def test_the_same_message_always_gets_the_same_language() -> None:
    assert len({detect("telefon nummer kontakt info") for _ in range(10)}) == 1
