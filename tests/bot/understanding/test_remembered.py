"""What is kept of common questions: how much of it, and nothing that anybody wrote."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.understanding.remembered import MOST_WORDS, Remembered, may_be_kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Vad kostar ledsagning?", True),
        ("", True),
        ("ord " * MOST_WORDS, True),
        ("ord " * (MOST_WORDS + 1), False),
        ("mitt nummer är [personnummer]", False),
        ("jag är 82 år", False),
        ("rum ٣", False),
    ],
)
def test_only_short_questions_without_anything_of_ones_own(text: str, kept: bool) -> None:
    assert may_be_kept(text) is kept


def test_the_least_lately_used_is_forgotten() -> None:
    kept: Remembered[int] = Remembered(2, 1000)
    kept.keep("a", 1, 10)
    kept.keep("b", 2, 10)
    assert kept.get("a") == 1
    kept.keep("c", 3, 10)
    assert [kept.get(text) for text in "abc"] == [1, None, 3]
    assert (len(kept), kept.bytes) == (2, 20)


def test_no_more_bytes_are_kept_than_allowed() -> None:
    kept: Remembered[str] = Remembered(100, 50)
    for text in "abcdef":
        kept.keep(text, text, 20)
    assert (len(kept), kept.bytes) == (2, 40)
    kept.keep("f", "g", 45)
    assert (len(kept), kept.bytes, kept.get("f")) == (1, 45, "g")
    kept.keep("z", "larger than all", 51)
    assert (len(kept), kept.bytes) == (0, 0)


def test_no_word_is_kept_and_each_process_has_its_own_key() -> None:
    said = "mamma är så ledsen"
    first, second = Remembered[int](9, 999), Remembered[int](9, 999)
    for kept in (first, second):
        kept.keep(said, 1, 1)
    inside = pickle.dumps([(list(kept._kept), kept._secret) for kept in (first, second)])
    assert not any(word.encode() in inside for word in said.split() if len(word) > 3)
    assert not first._kept.keys() & second._kept.keys()


def test_any_text_can_be_asked_for() -> None:
    kept: Remembered[int] = Remembered(9, 999)
    kept.keep("\ud800", 1, 1)
    assert kept.get("\ud800") == 1


def test_threads_do_not_disturb_each_other() -> None:
    kept: Remembered[str] = Remembered(50, 400)

    def use(number: int) -> bool:
        text = str(number % 80)
        kept.keep(text, text, 10)
        return kept.get(text) in {text, None}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(4000)))
    assert (len(kept), kept.bytes) == (40, 400)
