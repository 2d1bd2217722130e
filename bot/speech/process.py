"""An engine in a process of its own, which is started when first needed and again when it died.

Nothing that an engine does can then take the server with it: not a fault in its C code, not a text
that it never comes to an end with. The two talk by pipes (bot.speech.worker), and whatever the
engine does or leaves undone, each answer is waited for until a moment that is set beforehand.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.speech.engine import Engine, EngineFailed, NotStarted, Sound, SpeechError

SECONDS = 10.0
"""After so long a sentence counts as one that the engine can't say."""

START_SECONDS = 30.0
"""A large voice on a slow disk takes some seconds to load."""

MOST_WORDS = 8000
"""Characters."""

WORKER = (sys.executable, "-m", "bot.speech.worker")
_ROOT = Path(__file__).resolve().parents[2]
_MOST_BYTES = 50_000_000
_LONGEST_LINE = 10_000
_AT_ONCE = 65_536

Answer = TypeVar("Answer")


class WorkerProcess:
    """A process that answers orders, one at a time. Safe for several threads, which queue."""

    def __init__(
        self, name: str, command: Sequence[str], seconds: float, start_seconds: float
    ) -> None:
        self._name, self._command = name, tuple(command)
        self._seconds, self._start_seconds = seconds, start_seconds
        self._talk: Talk | None = None
        self._lock = threading.Lock()
        self._closed = self._timed_out = False

    @property
    def name(self) -> str:
        """The name of what works in it."""
        return self._name

    def start(self) -> None:
        """Start the process, if it does not run; raise NotStarted."""
        talk = self._talk
        # While it is at work nobody waits here for its end.
        if talk is None or not talk.is_running:
            with self._lock:
                self._running()

    def close(self) -> None:
        """End the process, also in the middle of a word; it is not started again."""
        self._closed = True
        talk = self._talk
        if talk is not None:
            talk.kill()
        with self._lock:
            self._end()

    def _asked(self, order: bytes, read: Callable[[Talk], Answer], more: bytes = b"") -> Answer:
        """The answer to an order; raise SpeechError. A process that died is started again."""
        with self._lock:
            was_running = self._talk is not None
            try:
                return self._ask(order, read, more)
            except EngineFailed:
                # One that died of something else, long ago, is no reason to stay silent now.
                if not was_running or self._timed_out:
                    raise
                return self._ask(order, read, more)

    def _ask(self, order: bytes, read: Callable[[Talk], Answer], more: bytes) -> Answer:
        self._timed_out = False
        talk = self._running()
        try:
            talk.send(order, time.monotonic() + self._seconds, more)
            return read(talk)
        except TimeoutError as error:
            self._timed_out = True
            self._end()
            raise EngineFailed("the engine took too long") from error
        except EngineFailed:
            self._end()
            raise
        except (EOFError, OSError, ValueError, KeyError, TypeError) as error:
            self._end()
            raise EngineFailed(f"the engine's process failed: {type(error).__name__}") from error

    def _running(self) -> Talk:
        if self._talk is not None and self._talk.is_running:
            return self._talk
        self._end()
        if self._closed:
            raise NotStarted("closed")
        try:
            self._talk = Talk(self._command)
            self._talk.until = time.monotonic() + self._start_seconds
            told = self._talk.told()
        except (EOFError, OSError, ValueError, TypeError) as error:
            self._end()
            raise NotStarted(f"could not be started: {type(error).__name__}") from error
        if "ready" not in told:
            self._end()
            raise NotStarted(str(told.get("problem")))
        return self._talk

    def _end(self) -> None:
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.end()


class EngineProcess(WorkerProcess, Engine):
    """Says words through the engine of another process."""

    def __init__(
        self,
        name: str,
        arguments: Sequence[str] = (),
        *,
        command: Sequence[str] = WORKER,
        seconds: float = SECONDS,
        start_seconds: float = START_SECONDS,
    ) -> None:
        super().__init__(name, (*command, *arguments), seconds, start_seconds)

    def say(self, words: str, language: str, speed: float = 1.0) -> Sound:
        """Say words; raise SpeechError."""
        if len(words) > MOST_WORDS:
            raise SpeechError("too much at once")
        order = json.dumps({"words": words, "language": language, "speed": speed}).encode()
        return self._asked(order, Talk.sound)


class Talk:
    """A process and the pipes to it. Nothing is waited for beyond ``until``."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self._poll = select.poll()
        self._poll.register(self._from, select.POLLIN)
        self._room = select.poll()
        self._room.register(self._to, select.POLLOUT)
        self._got = bytearray()
        self.until = 0.0

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def send(self, order: bytes, until: float, more: bytes = b"") -> None:
        """Send one order and what belongs to it; the answer is waited for until this moment."""
        self.until = until
        data = order + b"\n" + more
        # A pipe that can be written to takes so much without making the writer wait.
        for at in range(0, len(data), select.PIPE_BUF):
            self._wait(self._room)
            self._to.write(data[at : at + select.PIPE_BUF])

    def told(self) -> dict[str, Any]:
        """The next line."""
        while (end := self._got.find(b"\n")) < 0:
            if len(self._got) > _LONGEST_LINE:
                raise ValueError
            self._read()
        line, self._got = bytes(self._got[:end]), self._got[end + 1 :]
        told: dict[str, Any] = json.loads(line)
        return told

    def sound(self) -> Sound:
        """The answer to an order; raise SpeechError when the engine could not say it."""
        told = self.told()
        if "problem" in told:
            raise (EngineFailed if told.get("fatal") else SpeechError)(str(told["problem"]))
        rate, size = int(told["rate"]), int(told["bytes"])
        if not 0 < size <= _MOST_BYTES or rate <= 0:
            raise ValueError
        while len(self._got) < size:
            self._read()
        samples, self._got = bytes(self._got[:size]), self._got[size:]
        return Sound(rate, samples)

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()

    def end(self) -> None:
        """End it and let go of the pipes."""
        self.kill()
        self._process.wait()
        self._to.close()
        self._from.close()

    def _read(self) -> None:
        self._wait(self._poll)
        part = self._from.read(_AT_ONCE)
        if not part:
            raise EOFError
        self._got += part

    def _wait(self, poll: select.poll) -> None:
        left = self.until - time.monotonic()
        if not poll.poll(max(0.0, left) * 1000):
            raise TimeoutError
