"""Folding, words and stems: what makes differently written words comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.text import clean, fold, folded_words, is_shouting, stems, words


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  hej   då  ", "hej då"),
        ("led\u00adsagning", "ledsagning"),
        ("hej\u200b du\ufeff", "hej du"),
        ("a\x00b\x07c", "a b c"),
        ("en\u00a0rad\n  till", "en rad\n till"),
        ("a\u0308ldre", "äldre"),
        ("\u202eledsagning\u202c", "ledsagning"),
        ("", ""),
    ],
)
def test_clean_keeps_what_people_see(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÅÄÖ åäö é", "aao aao e"),
        ("Anhörigstöd", "anhorigstod"),
        ("08–09 — 10 \u221211", "08-09 - 10 -11"),
        ("ＬＥＤＳＡＧＮＩＮＧ", "ledsagning"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet="abcåäöéÅÄÖÉ –-.,\n", max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "found", "folded"),
    [
        ("Vad kostar det?", ["Vad", "kostar", "det"], ["vad", "kostar", "det"]),
        ("e-post", ["e-post"], ["epost"]),
        ("E–post", ["E", "post"], ["epost"]),
        ("mamma's hjälp", ["mamma's", "hjälp"], ["mammas", "hjalp"]),
        ("?!", [], []),
    ],
)
def test_words(text: str, found: list[str], folded: list[str]) -> None:
    assert words(text) == found
    assert folded_words(text) == folded


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("ledsagningen", "ledsagning"),
        ("ledsagningens", "ledsagning"),
        ("kontaktpersonernas", "kontaktperson"),
        ("kontaktfamiljerna", "kontaktfamilj"),
        ("anhorigas", "anhorig"),
        ("vaxeln", "vaxel"),
        ("avlosaren", "avlosar"),
    ],
)
def test_stems_hold_the_base_and_the_word_itself(word: str, base: str) -> None:
    assert stems(word)[0] == word
    assert base in stems(word)


@pytest.mark.parametrize("word", ["maten", "ser", "hus", ""])
def test_a_stem_has_four_letters_at_least(word: str) -> None:
    assert all(len(s) >= 4 for s in stems(word)[1:])
    assert "mat" not in stems(word)


@pytest.mark.parametrize(
    ("text", "shouting"),
    [
        ("VAD KOSTAR LEDSAGNING", True),
        ("VAD KOSTAR LEDSAGNING? 090", True),
        ("LSS", False),
        ("Vad kostar LSS-insatser", False),
        ("112 112 112", False),
    ],
)
def test_is_shouting(text: str, shouting: bool) -> None:
    assert is_shouting(text) is shouting
