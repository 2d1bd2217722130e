"""Speech in: the process between, and Whisper's adapter.

faster-whisper is 200 MB that no other test needs, and no model that knows Swedish is small: here
its two calls and the unpacking of sound by PyAV are played. docs/speech-in.md tells how the real
thing was tried, by this adapter.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bot.speech import whisper
from bot.speech.engine import EngineFailed, NotStarted, SpeechError
from bot.speech.listener_process import ListenerProcess, make_listener
from bot.speech.listener_worker import serve
from bot.speech.listening import AudioTooLong, AudioUnreadable, Listener
from bot.speech.whisper import FILES, RATE, Whisper

SOUND = b"RIFF\n\n\x00" * 40_000
"""More than a pipe holds, and with ends of lines in it."""

READY = """import json, sys
print('{"ready": "x"}', flush=True)
def order():
    told = json.loads(sys.stdin.buffer.readline())
    return told, sys.stdin.buffer.read(told["bytes"])
def answer(**told):
    print(json.dumps(told), flush=True)
"""


def played(code: str, seconds: float = 60.0) -> ListenerProcess:
    """A listener that does what the code says, once it is ready."""
    return ListenerProcess("x", command=(sys.executable, "-c", READY + code), seconds=seconds)


def test_all_of_the_sound_comes_across_and_words_come_back() -> None:
    code = "while True:\n    told, sound = order()\n"
    code += "    answer(text=told['language'] + ' åäö ' + str(sum(sound)))\n"
    listener = played(code)
    for language in ("sv", "en"):
        assert listener.hear(SOUND, language) == f"{language} åäö {sum(SOUND)}"
    listener.close()
    with pytest.raises(NotStarted):
        listener.hear(SOUND, "sv")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("order(); answer(problem='x', kind='too_long')", AudioTooLong),
        ("order(); answer(problem='x', kind='unreadable')", AudioUnreadable),
        ("order(); answer(problem='x', kind='other')", SpeechError),
        ("order(); answer(rate=1)", EngineFailed),
        ("sys.exit(3)", EngineFailed),
        ("import signal; signal.pause()", EngineFailed),
    ],
)
def test_what_goes_wrong_there_goes_no_further(code: str, error: type[Exception]) -> None:
    listener = played(f"while True:\n    {code}\n", seconds=1.0)
    with pytest.raises(error):
        listener.hear(SOUND, "sv")
    listener.close()


class Model:
    """What faster_whisper.WhisperModel is to the adapter."""

    def __init__(self, folder: str, **options: Any) -> None:
        assert options["local_files_only"] is True
        if (Path(folder) / "model.bin").read_bytes() == b"broken":
            raise RuntimeError("no model")
        english = (Path(folder) / "model.bin").read_bytes() == b"english"
        self.supported_languages = ["en"] if english else ["sv", "en"]
        self.asked: dict[str, Any] = {}

    def transcribe(self, samples: Any, **options: Any) -> tuple[Iterator[Any], None]:
        """Three pieces, of which one is made up in silence."""
        self.asked = {"samples": samples, **options}
        said = ((" Vad kostar ", 0.1), ("ledsagning?", 0.2), ("Tack för att ni tittade!", 0.9))
        return (SimpleNamespace(text=t, no_speech_prob=p) for t, p in said), None


class Frame:
    """A tenth of a second."""

    samples, sample_rate = RATE // 10, RATE

    def to_ndarray(self) -> Any:
        """As PyAV has it: a row for each channel."""
        return np.full((1, RATE // 10), 16384, np.int16)


class File:
    """A file of sound that goes on for as long as its first bytes say."""

    def __init__(self, told: io.BytesIO, *, options: dict[str, str], **_: Any) -> None:
        assert "concat" not in options["format_whitelist"], "a list of other files is opened"
        self.left = int(told.read(4))

    def __enter__(self) -> File:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def decode(self, audio: int) -> Iterator[Frame]:
        """Frame by frame, the last one never asked for beyond the limit."""
        while self.left:
            self.left -= 1
            assert self.left > 8000, "unpacked beyond what anybody may speak"
            yield Frame()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model's files, and the library to load them with."""
    library, av = ModuleType("faster_whisper"), ModuleType("av")
    library.WhisperModel = Model  # type: ignore[attr-defined]
    av.open = File  # type: ignore[attr-defined]
    av.AudioResampler = lambda **_: SimpleNamespace(resample=lambda f: [f])  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faster_whisper", library)
    monkeypatch.setitem(sys.modules, "av", av)
    monkeypatch.setattr(whisper, "find_spec", sys.modules.get)
    monkeypatch.setenv("HF_HUB_OFFLINE", "")
    for name in (*FILES, "vocabulary.json"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def test_a_folder_that_is_no_model_is_told_to_the_operator(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make_listener(folder, 30).name == f"whisper-{folder.name}"
    for content, problem in ((b"broken", "RuntimeError"), (b"english", "no Swedish")):
        (folder / "model.bin").write_bytes(content)
        with pytest.raises(NotStarted, match=problem):
            Whisper(folder, 30).start()
    (folder / "tokenizer.json").unlink()
    (folder / "vocabulary.json").unlink()
    with pytest.raises(NotStarted, match=r"lacks tokenizer\.json, vocabulary\.json"):
        make_listener(folder, 30)
    monkeypatch.setattr(whisper, "find_spec", lambda name: None)
    with pytest.raises(NotStarted, match="make listen"):
        make_listener(folder, 30)


def test_what_is_said_is_written_down_and_silence_is_not(folder: Path) -> None:
    listener = Whisper(folder, 1.0)
    with pytest.raises(AudioUnreadable):
        listener.hear(b"none", "sv")
    with pytest.raises(AudioUnreadable):
        listener.hear(b"0000", "sv")
    with pytest.raises(AudioTooLong):
        listener.hear(b"8020", "sv")


def test_a_few_samples_that_last_for_hours_are_not_unpacked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Frame, "sample_rate", 1)
    with pytest.raises(AudioTooLong):
        Whisper(folder, 30.0).hear(b"8002", "sv")


def test_a_language_that_the_model_does_not_know_is_heard_as_swedish(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper, "samples_of", lambda audio, most: audio)
    listener = Whisper(folder, 1.0)
    for language, heard_as in (("sv", "sv"), ("en", "en"), ("so", "sv")):
        assert listener.hear(b"sound", language) == "Vad kostar ledsagning?"
        assert listener._model.asked["language"] == heard_as


def test_the_worker_tells_each_order_apart() -> None:
    class Echo(Listener):
        name = "echo"

        def start(self) -> None:
            """It is ready."""

        def hear(self, audio: bytes, language: str) -> str:
            """What came, or what is wrong with it."""
            if audio == b"long":
                raise AudioTooLong("too long")
            return audio.decode()

    sent = [b"a\nb", b"long", b""]
    orders = b"".join(
        json.dumps({"language": "sv", "bytes": len(s)}).encode() + b"\n" + s for s in sent
    )
    answers = io.BytesIO()
    serve(Echo, io.BytesIO(orders), answers)
    told = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert told == [
        {"ready": "echo"}, {"text": "a\nb"}, {"problem": "too long", "kind": "too_long"},
        {"text": ""},
    ]  # fmt: skip
