"""An engine's process: it dies, hangs, lies and is closed, and the server goes on."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.speech.engine import Engine, EngineFailed, NotStarted, Sound, SpeechError
from bot.speech.espeak import NAME
from bot.speech.normalise import spoken
from bot.speech.process import MOST_WORDS, WORKER, EngineProcess
from bot.speech.worker import serve

ROOT = Path(__file__).resolve().parents[3]
READY = 'import sys, time\nprint("{\\"ready\\": \\"x\\"}", flush=True)\n'


def played(code: str, seconds: float = 60.0) -> EngineProcess:
    """An engine that does what the code says, once it is ready."""
    return EngineProcess("x", command=(sys.executable, "-c", READY + code), seconds=seconds)


def process_of(engine: EngineProcess) -> subprocess.Popen[bytes]:
    assert engine._talk is not None
    return engine._talk._process


def test_a_killed_engine_is_started_again() -> None:
    engine = EngineProcess(NAME)
    first = engine.say("ett två tre", "sv")
    process = process_of(engine)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    again = engine.say("ett två tre", "sv")
    assert process_of(engine).pid != process.pid
    assert again.rate == first.rate
    assert abs(again.seconds - first.seconds) < 0.1
    last = process_of(engine)
    engine.close()
    assert last.returncode is not None
    with pytest.raises(NotStarted):
        engine.say("ett", "sv")


def test_a_pause_is_heard_after_each_group_of_a_slow_number() -> None:
    engine = EngineProcess(NAME)
    words = spoken("0247-800 00", slow=True)
    try:
        paused = engine.say(words, "sv").seconds
        in_one = engine.say(re.sub("[.:]", "", words).lower(), "sv").seconds
    finally:
        engine.close()
    pauses = len(re.findall("[.:] ", words))
    assert pauses == 6
    assert paused - in_one > pauses * 0.25


def test_one_that_dies_of_the_words_is_asked_twice_and_no_more(tmp_path: Path) -> None:
    log = tmp_path / "starts"
    engine = played(f"open({str(log)!r}, 'a').write('x')\nsys.stdin.readline()\nsys.exit(1)\n")
    engine.start()
    with pytest.raises(EngineFailed):
        engine.say("ord", "sv")
    assert log.read_text() == "xx"


def test_one_that_hangs_is_ended_and_takes_no_other_with_it() -> None:
    hanging = played("time.sleep(1000)\n", seconds=0.0)
    hanging.start()
    process = process_of(hanging)
    with pytest.raises(EngineFailed, match="too long"):
        hanging.say("ord", "sv")
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    "answer",
    [
        "no json",
        '{"rate": 22050, "bytes": 99999999999}',
        '{"rate": 22050, "bytes": -1}',
        '{"rate": 0, "bytes": 2}',
        '{"bytes": 2}',
        "[]",
        '{"rate": 22050, "bytes": 10}',
        "x" * 20_000,
    ],
)
def test_what_is_no_answer_is_a_failure(answer: str) -> None:
    engine = played(f"sys.stdin.readline()\nsys.stdout.write({answer!r} + chr(10))\n")
    with pytest.raises(EngineFailed):
        engine.say("ord", "sv")
    engine.close()


@pytest.mark.parametrize("command", [("/nowhere/python",), (sys.executable, "-c", "pass")])
def test_one_that_cannot_be_started(command: tuple[str, ...]) -> None:
    with pytest.raises(NotStarted):
        EngineProcess("x", command=command).say("ord", "sv")


def test_no_more_words_than_the_pipe_takes() -> None:
    engine = EngineProcess("x", command=("/nowhere",))
    with pytest.raises(SpeechError, match="too much"):
        engine.say("a" * (MOST_WORDS + 1), "sv")


def test_the_worker_ends_with_its_input() -> None:
    done = subprocess.run(WORKER, cwd=ROOT, input=b"", capture_output=True, check=True)
    assert json.loads(done.stdout) == {"ready": NAME}


class Refusing(Engine):
    """Can't say one word, and breaks of another."""

    name = "refusing"

    def start(self) -> None:
        """It is ready."""

    def say(self, words: str, language: str, speed: float = 1.0) -> Sound:
        """Say it, if it can."""
        if words == "inget":
            raise SpeechError("nothing")
        if words == "trasig":
            raise EngineFailed("broken")
        return Sound(8000, b"\x01\x00")

    def close(self) -> None:
        """It holds nothing."""


def test_the_worker_goes_on_after_words_it_cannot_say_and_ends_when_it_is_broken() -> None:
    words = ("inget", "ja", "trasig", "ja")
    lines = [json.dumps({"words": w, "language": "sv", "speed": 1}) for w in words]
    answers = io.BytesIO()
    serve(Refusing, io.BytesIO("\n".join(lines).encode()), answers)
    assert answers.getvalue().split(b"\n") == [
        b'{"ready": "refusing"}',
        b'{"problem": "nothing"}',
        b'{"rate": 8000, "bytes": 2}',
        b'\x01\x00{"problem": "broken", "fatal": true}',
        b"",
    ]
