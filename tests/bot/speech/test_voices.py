"""Piper where an operator has put a voice that works, espeak-ng where not, and one warning."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.speech.engine import Engine, EngineFailed, NotStarted, Sound, SpeechError
from bot.speech.espeak import NAME
from bot.speech.voices import AGAIN_SECONDS, MOST_FAILURES, Voices, make_voices
from tests.bot.speech.voice_files import RATE, SAMPLES_A_SOUND, write_voice


def test_a_piper_voice_speaks_its_language_and_no_other(tmp_path: Path) -> None:
    write_voice(tmp_path)
    voices = make_voices(tmp_path)
    voices.start("sv")
    said = voices.say("ledsagning är gratis", "sv")
    slow = voices.say("ledsagning är gratis", "sv", 0.75)
    english = voices.say("free of charge", "en")
    voices.close()
    assert said.engine == voices.name("sv")
    assert said.engine.startswith("piper-sv_SE-ton-low-")
    assert said.sound.rate == RATE
    assert len(said.sound.samples) // 2 % SAMPLES_A_SOUND == 0
    assert slow.sound.seconds == pytest.approx(said.sound.seconds / 0.75, abs=0.01)
    tone = np.frombuffer(said.sound.samples, "<i2")
    loudest = np.abs(np.fft.rfft(tone)).argmax() * RATE / len(tone)
    assert loudest == pytest.approx(440, abs=2)
    assert english.engine == NAME


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def forget_json(file: Path) -> None:
    Path(f"{file}.json").unlink()


def break_json(file: Path) -> None:
    Path(f"{file}.json").write_text("{")


def empty_json(file: Path) -> None:
    Path(f"{file}.json").write_text("{}")


def speak_finnish(file: Path) -> None:
    write_voice(file.parent, speaks="fi")


def speak_english(file: Path) -> None:
    write_voice(file.parent, speaks="en-us")


@pytest.mark.parametrize(
    "spoil", [truncate, forget_json, break_json, empty_json, speak_finnish, speak_english]
)
def test_a_broken_voice_is_told_once_and_another_speaks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, spoil: Callable[[Path], None]
) -> None:
    spoil(write_voice(tmp_path))
    with caplog.at_level(logging.WARNING, "bot.speech"):
        voices = make_voices(tmp_path)
        said = [voices.say("ett", "sv") for _ in range(2)]
        voices.close()
    assert [s.engine for s in said] == [NAME, NAME]
    assert voices.name("sv") == NAME
    (warning,) = caplog.messages
    assert "sv_SE-ton-low" in warning
    assert str(tmp_path) not in warning


def test_the_first_voice_that_can_be_used(tmp_path: Path) -> None:
    forget_json(write_voice(tmp_path, "sv_SE-a-low"))
    write_voice(tmp_path, "sv_SE-b-low")
    write_voice(tmp_path, "en_GB-c-low", "en-gb-x-rp")
    voices = make_voices(tmp_path)
    assert voices.name("sv").startswith("piper-sv_SE-b-low-")
    assert voices.name("en").startswith("piper-en_GB-c-low-")
    assert make_voices(tmp_path / "none").name("sv") == NAME


def test_another_file_of_the_same_name_is_another_voice(tmp_path: Path) -> None:
    file = write_voice(tmp_path)
    before = make_voices(tmp_path).name("sv")
    file.write_bytes(file.read_bytes() + b" ")
    assert make_voices(tmp_path).name("sv") != before


class Played(Engine):
    """Fails as it is told to, and counts how often it was asked."""

    def __init__(self, name: str, *errors: SpeechError) -> None:
        self._name, self.errors, self.asked = name, list(errors), 0

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    def start(self) -> None:
        """It is ready."""

    def say(self, words: str, language: str, speed: float = 1.0) -> Sound:
        """The next error, or a sound."""
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)
        return Sound(8000, b"\x01\x00")

    def close(self) -> None:
        """It holds nothing."""


def test_an_engine_that_fails_again_and_again_is_left_alone_for_a_while(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = [0.0]
    best, other = Played("best", *[EngineFailed("x")] * MOST_FAILURES), Played("other")
    voices = Voices({"sv": [best, other]}, lambda: now[0])
    names = [voices.say("ord", "sv").engine for _ in range(MOST_FAILURES + 2)]
    assert set(names) == {"other"}
    assert best.asked == MOST_FAILURES
    assert voices.name("sv") == "other"
    now[0] = AGAIN_SECONDS
    assert voices.say("ord", "sv").engine == voices.name("sv") == "best"
    assert len(caplog.messages) == 1


def test_one_that_cannot_be_started_is_left_alone_at_once() -> None:
    only = Played("only", NotStarted("x"))
    voices = Voices({"sv": [only]}, lambda: 0.0)
    for _ in range(2):
        with pytest.raises(EngineFailed):
            voices.say("ord", "sv")
    assert (only.asked, voices.name("sv")) == (1, "")


def test_words_that_cannot_be_said_say_nothing_of_the_engine(
    caplog: pytest.LogCaptureFixture,
) -> None:
    best = Played("best", *[SpeechError("x")] * (MOST_FAILURES + 1))
    voices = Voices({"sv": [best]}, lambda: 0.0)
    for _ in range(MOST_FAILURES + 1):
        with pytest.raises(SpeechError):
            voices.say("…", "sv")
    assert voices.name("sv") == "best"
    assert caplog.messages == []
