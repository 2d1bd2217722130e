"""An operator's Piper voice: a neural voice in a file, run on the processor.

Piper makes sounds of letters with an espeak-ng of its own, so it lives in a process of its own
(bot.speech.process), where the two can't get in each other's way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.speech.engine import Engine, NotStarted, Sound, SpeechError
from bot.speech.voices import Voice, read_voice

_PAUSE_SECONDS = 0.3
"""Between sentences, as between the groups of a number that is said slowly: it makes none."""

_TRIAL = {"sv": "Hej.", "en": "Hello."}


class Piper(Engine):
    """One voice, in the one language that it speaks."""

    def __init__(self, file: Path) -> None:
        self._about: Voice = read_voice(file)
        self._voice = _load(file)

    @property
    def name(self) -> str:
        """The voice and which file of that name it is."""
        return self._about.name

    def start(self) -> None:
        """Say something: a voice that can't is told now, and the next words come sooner."""
        try:
            self.say(_TRIAL[self._about.language], self._about.language)
        except SpeechError as error:
            raise NotStarted("the voice says nothing") from error

    def say(self, words: str, language: str, speed: float = 1.0) -> Sound:
        """Say words; raise SpeechError."""
        from piper import SynthesisConfig

        if language != self._about.language:
            raise SpeechError(f"the voice does not speak {language}")
        pace = SynthesisConfig(length_scale=self._voice.config.length_scale / speed)
        try:
            parts = [c.audio_int16_bytes for c in self._voice.synthesize(words, pace)]
        except Exception as error:  # whatever a voice's graph raises
            raise SpeechError(f"piper failed: {type(error).__name__}") from error
        rate = int(self._voice.config.sample_rate)
        samples = bytes(2 * round(rate * _PAUSE_SECONDS)).join(parts)
        if not any(samples):
            raise SpeechError("piper said nothing")
        return Sound(rate, samples)

    def close(self) -> None:
        """It goes with its process."""


def _load(file: Path) -> Any:
    """Load the graph; raise NotStarted."""
    from piper import PiperVoice

    try:
        return PiperVoice.load(file)
    except Exception as error:  # whatever a broken file raises
        raise NotStarted(f"the voice can't be loaded: {type(error).__name__}") from error
