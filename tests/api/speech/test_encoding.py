"""Files of sound: the same length and tone in both forms."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
import soundfile

from api.speech.encoding import encode
from bot.speech.engine import Sound


@pytest.mark.parametrize("rate", [16000, 22050, 24000, 44100, 96000])
def test_opus_is_as_long_and_as_high_and_much_smaller(rate: int) -> None:
    at = np.arange(rate * 2) / rate
    tone = (np.sin(2 * np.pi * 440 * at) * 20000).astype("<i2")
    sound = Sound(rate, tone.tobytes())
    file = encode(sound, "opus")
    samples, made_at = soundfile.read(io.BytesIO(file))
    assert file.startswith(b"OggS")
    assert len(samples) / made_at == pytest.approx(2.0, abs=0.05)
    assert np.abs(np.fft.rfft(samples)).argmax() * made_at / len(samples) == pytest.approx(
        440, abs=1
    )
    assert samples.std() == pytest.approx(20000 / 32768 / 2**0.5, abs=0.02)
    assert len(file) * 3 < len(encode(sound, "wav"))


def test_wav_holds_the_samples() -> None:
    sound = Sound(22050, b"\x01\x02" * 100).followed_by_silence(0.1)
    with wave.open(io.BytesIO(encode(sound, "wav"))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22050, 1, 2)
        assert file.readframes(9999) == b"\x01\x02" * 100 + bytes(2 * 2205)
