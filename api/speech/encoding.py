"""Sound as files that browsers play: WAV at once, Opus in Ogg at a tenth of the size."""

from __future__ import annotations

import io
import math
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from bot.speech.engine import Sound

Format = Literal["wav", "opus"]
TYPES: Final[dict[Format, str]] = {"wav": "audio/wav", "opus": "audio/ogg"}

_OPUS_RATES = (8000, 12000, 16000, 24000, 48000)


def encode(sound: Sound, form: Format) -> bytes:
    """The sound as a file."""
    return sound.wav() if form == "wav" else _opus(sound)


def _opus(sound: Sound) -> bytes:
    import soundfile

    rate = next((r for r in _OPUS_RATES if r >= sound.rate), _OPUS_RATES[-1])
    samples = np.frombuffer(sound.samples, dtype="<i2").astype(np.float32) / 32768
    if rate != sound.rate:
        samples = _resampled(samples, sound.rate, rate)
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="OGG", subtype="OPUS")
    return file.getvalue()


def _resampled(samples: NDArray[np.float32], rate: int, wanted: int) -> NDArray[np.float32]:
    """The same sound at another rate, with no tone that was not there.

    By its spectrum: scipy.signal does it too, and takes seconds to import.
    """
    count = round(len(samples) * wanted / rate)
    # Silence up to a length that has small factors and is whole at both rates: ten times as quick.
    unit = rate // math.gcd(rate, wanted) * 128
    length = -(-len(samples) // unit) * unit
    longer = length * wanted // rate
    spectrum = np.fft.rfft(samples, length)
    made = np.fft.irfft(spectrum[: longer // 2 + 1], longer) * (longer / length)
    return np.clip(made[:count], -1.0, 1.0).astype(np.float32)
