"""What is said of the pages: nothing but words reaches an engine, and the sound is as long as they.

The embedded voice itself says ten answers here. That words were lost, spelled out or doubled shows
in how long they take.
"""

from __future__ import annotations

import asyncio
import io
import re
import wave
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from api.settings import Settings
from api.settings_speech import SpeechSettings
from api.speech.encoding import encode
from api.speech.service import Order, Speech
from api.speech.texts import in_sentences
from bot.dialogue.answers import answer_reply
from bot.dialogue.state import State
from bot.knowledge.loader import load_knowledge
from bot.speech.espeak import NAME
from bot.speech.process import EngineProcess
from tests.api.speech.engines import Spy, spoken_by
from tests.bot.dialogue.helpers import turn

KNOWLEDGE = load_knowledge()
ANSWERS = {a.id: a for m in KNOWLEDGE.municipalities.values() for a in m.answers}
WORDS = re.compile(r"[^\W\d_]+(?:[ .,;:!?-]+[^\W\d_]+)*[.!?:]?")
"""What an engine reads as we mean it: letters, and the signs that make a pause."""

TEN = [
    ("umea.ledsagning.kostnad", "sv"),
    ("umea.anhorigoversyn.vad", "sv"),
    ("umea.anhorigoversyn.strategi", "en"),
    ("ludvika.anhorigkonsulent.uppgift", "sv"),
    ("ludvika.avlosning.kostnad", "sv"),
    ("ludvika.korttidstillsyn.lag", "sv"),
    ("ludvika.anhorigstod.kostnad", "en"),
    ("ostersund.omsorgskontakt.start", "sv"),
    ("leksand.uppdrag.aktualitet", "sv"),
    ("leksand.uppdrag.behov", "sv"),
]
"""With a price, a list, dates, a time, phone numbers, hours, law, and two in English."""


def words_of(answer_id: str, language: str, *, slow: bool = False) -> list[str]:
    """The sentences of an answer, as they are said."""
    answer = ANSWERS[answer_id]
    asked = turn("Vad?", municipality=answer.municipality, language=language)
    municipality = KNOWLEDGE.municipalities[answer.municipality]
    reply = answer_reply(answer, municipality, KNOWLEDGE, asked, State())
    reply.language = language
    aloud = reply.custom()["aloud"]
    return [segment.spoken for segment in in_sentences(aloud, language, slow=slow)]


@pytest.fixture
async def spied(tmp_path: Path) -> AsyncIterator[tuple[Speech, Spy]]:
    spy = Spy()
    off = SpeechSettings(cache_mb=0)
    speech = Speech(Settings(data_dir=tmp_path, speech=off), spoken_by(spy))
    yield speech, spy
    speech.close()


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("language", ["sv", "en"])
async def test_every_answer_reaches_the_engine_as_words(
    spied: tuple[Speech, Spy], language: str, slow: bool
) -> None:
    speech, spy = spied
    sentences: set[str] = set()
    for answer_id in ANSWERS:
        said = words_of(answer_id, language, slow=slow)
        assert said, answer_id
        sentences.update(said)
    for words in sentences:
        await speech.sound(Order(words, language, slow, "wav", keep=False))
    assert {words for words, *_ in spy.heard} == sentences
    assert len(sentences) > len(ANSWERS)
    wrong = {words for words, *_ in spy.heard if not WORDS.fullmatch(words)}
    assert not wrong


@pytest.fixture(scope="module")
def espeak() -> Iterator[EngineProcess]:
    engine = EngineProcess(NAME)
    yield engine
    engine.close()


@pytest.mark.parametrize(("answer_id", "language"), TEN)
def test_an_answer_is_as_long_as_its_words(
    espeak: EngineProcess, answer_id: str, language: str
) -> None:
    words = " ".join(words_of(answer_id, language))
    count = len(words.split())
    with wave.open(io.BytesIO(encode(espeak.say(words, language), "wav"))) as file:
        rate, frames = file.getframerate(), file.getnframes()
        samples = np.frombuffer(file.readframes(frames), "<i2").astype(np.float32)
    assert rate == 22050
    assert 0.25 < frames / rate / count < 0.75
    blocks = np.abs(samples[: frames // rate * rate]).reshape(-1, rate)
    # Somebody speaks in every second of it, and nothing is cut off at the top.
    assert blocks.max(axis=1).min() > 2000
    assert np.abs(samples).max() < 32767


def test_slowly_and_in_opus_it_is_as_long_as_it_should_be(espeak: EngineProcess) -> None:
    (words, *_) = words_of("umea.ledsagning.kostnad", "sv")
    plain, slow = (espeak.say(words, "sv", speed) for speed in (1.0, 0.75))
    assert slow.seconds == pytest.approx(plain.seconds / 0.75, rel=0.15)
    samples, rate = soundfile.read(io.BytesIO(encode(plain, "opus")))
    assert len(samples) / rate == pytest.approx(plain.seconds, abs=0.05)


async def test_both_languages_have_a_voice(espeak: EngineProcess) -> None:
    said = [await asyncio.to_thread(espeak.say, "en", language) for language in ("sv", "en")]
    assert said[0].samples != said[1].samples
