"""espeak-ng from the package espeakng-loader: the voice that is always there.

A formant voice: plain, quick (5 ms a sentence) and small. It is a C library with state of its own,
so it runs in a process apart (bot.speech.process): a fault in it ends that process and no other.
"""

from __future__ import annotations

import ctypes
from importlib.metadata import version
from typing import Any

from bot.speech.engine import Engine, EngineFailed, NotStarted, Sound, SpeechError

WORDS_A_MINUTE = 150
"""Slower than its default of 175: listeners are often old, and numbers are written down."""

LOUDNESS = 85
"""Of its own 100, at which the loudest vowels reach the top and Opus would cut them."""

NAME = f"espeak-ng-{version('espeakng-loader')}-{WORDS_A_MINUTE}-{LOUDNESS}"

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_UTF8 = 1
_RATE, _VOLUME = 1, 2
_CHARACTERS = 1
_VOICES = {"sv": b"sv", "en": b"en"}
"""Its ``en`` is British."""

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class Espeak(Engine):
    """One voice for each language. Not for several threads."""

    def __init__(self) -> None:
        self._library, data = _load()
        self._rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT))
        if self._rate <= 0:
            raise NotStarted("espeak-ng could not be started")
        self._heard = bytearray()
        # Kept: the library goes on calling it.
        self._callback = _Callback(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    @property
    def name(self) -> str:
        """The engine, its version and pace."""
        return NAME

    def start(self) -> None:
        """It is ready once it is made."""

    def say(self, words: str, language: str, speed: float = 1.0) -> Sound:
        """Say words; raise SpeechError."""
        if self._library.espeak_SetVoiceByName(_VOICES[language]) != 0:
            raise EngineFailed(f"espeak-ng has no voice for {language}")
        self._library.espeak_SetParameter(_VOLUME, LOUDNESS, 0)
        self._library.espeak_SetParameter(_RATE, round(WORDS_A_MINUTE * speed), 0)
        self._heard.clear()
        text = words.encode()
        said = self._library.espeak_Synth(text, len(text) + 1, 0, _CHARACTERS, 0, _UTF8, None, None)
        if said != 0 or not self._heard:
            raise SpeechError("espeak-ng said nothing")
        return Sound(self._rate, bytes(self._heard))

    def close(self) -> None:
        """End the library's own thread."""
        self._library.espeak_Terminate()

    def _hear(self, samples: Any, count: int, events: Any) -> int:
        """Called by the library with each part of the sound, and with none at the end."""
        if samples and count > 0:
            self._heard.extend(ctypes.string_at(samples, count * 2))
        return 0


def _load() -> tuple[ctypes.CDLL, bytes]:
    """The library with the types of what is called, and the folder of its voices."""
    import espeakng_loader

    try:
        library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
    except (OSError, RuntimeError) as error:
        raise NotStarted("espeak-ng could not be loaded") from error
    library.espeak_Initialize.argtypes = [
        ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int,
    ]  # fmt: skip
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
    library.espeak_SetSynthCallback.argtypes = [_Callback]
    library.espeak_SetSynthCallback.restype = None
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint,
        ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p,
    ]  # fmt: skip
    return library, str(espeakng_loader.get_data_path()).encode()
