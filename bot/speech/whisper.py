"""Whisper by faster-whisper: an operator's model, on this machine alone.

The library is optional (requirements/listen.txt) and is imported where a model is loaded, which is
in a process of its own (bot.speech.listener_worker). A model is a folder as CTranslate2 reads it.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from bot.speech.engine import NotStarted
from bot.speech.listening import AudioTooLong, AudioUnreadable, Listener

FILES: Final = ("model.bin", "config.json", "tokenizer.json")
"""Without its own tokenizer the library would fetch one from a model hub."""

VOCABULARIES: Final = ("vocabulary.json", "vocabulary.txt")
FORMATS: Final = "matroska,webm,ogg,mov,mp4,wav"
"""The only ones that are looked for: others are lists, and have files and addresses opened."""

RATE: Final = 16_000
UNHEARD: Final = 0.6
"""From this likelihood of silence on, words are taken for the model's invention."""

_THREADS: Final = 2


def check_model(folder: Path) -> None:
    """Raise NotStarted, whose message tells an operator what is wrong. Loads nothing."""
    if find_spec("faster_whisper") is None:
        raise NotStarted("faster-whisper is not installed: run make listen")
    missing = [name for name in FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    if missing:
        raise NotStarted(f"the model lacks {', '.join(missing)}")


class Whisper(Listener):
    """One model. Not for several threads."""

    def __init__(self, folder: Path, most_seconds: float) -> None:
        check_model(folder)
        self._folder, self._most = folder, round(most_seconds * RATE)
        self._model: Any = None

    @property
    def name(self) -> str:
        """The folder's own name."""
        return f"whisper-{self._folder.name}"

    def start(self) -> None:
        """Load the model; raise NotStarted."""
        if self._model is not None:
            return
        # Nothing is ever fetched, whatever the model lacks.
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            from faster_whisper import WhisperModel

            self._model = WhisperModel(
                str(self._folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=_THREADS,
                local_files_only=True,
            )
        except Exception as error:
            raise NotStarted(f"the model can't be loaded: {type(error).__name__}") from error
        if "sv" not in self._model.supported_languages:
            raise NotStarted("the model knows no Swedish")

    def hear(self, audio: bytes, language: str) -> str:
        """Write down what is said; raise SpeechError."""
        self.start()
        known = language in self._model.supported_languages
        said, _ = self._model.transcribe(
            samples_of(audio, self._most),
            language=language if known else "sv",
            temperature=0.0,
            # Silence is cut out: the model would fill it with sentences that nobody said.
            vad_filter=True,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(s.text.strip() for s in said if s.no_speech_prob < UNHEARD).strip()

    def close(self) -> None:
        """Let go of the model."""
        self._model = None


def samples_of(audio: bytes, most: int) -> Any:
    """The sound as Whisper wants it. It is never unpacked beyond what anybody may speak."""
    import av
    import numpy as np

    parts: list[Any] = []
    count = 0
    try:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        only = {"format_whitelist": FORMATS}
        with av.open(BytesIO(audio), metadata_errors="ignore", options=only) as file:
            for frame in file.decode(audio=0):
                # A few bytes at one sample a second would become gigabytes at ours.
                if frame.samples * RATE > most * frame.sample_rate:
                    raise AudioTooLong("too long")
                for piece in resampler.resample(frame):
                    parts.append(piece.to_ndarray().reshape(-1))
                    count += len(parts[-1])
                if count > most:
                    raise AudioTooLong("too long")
    except AudioTooLong:
        raise
    except Exception as error:
        raise AudioUnreadable(f"no sound: {type(error).__name__}") from error
    if not parts:
        raise AudioUnreadable("no sound")
    return np.concatenate(parts).astype(np.float32) / 32768.0
