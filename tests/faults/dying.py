"""``python -m tests.faults.dying`` serves as ``python -m api`` does, and is killed at a place.

``LOTSEN_FAULT`` names the place, if any, deadly once the file ``LOTSEN_FAULT_ARMED`` is there.
Killed means SIGKILL: nothing is tidied up. ``LOTSEN_FAULT_LIGHT`` takes a canned assistant.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

import api.__main__
from api.handoff.talks import Talks
from api.mail.smtp import SmtpServer
from api.services.assistant import RasaAssistant

ARMED, PLACE, LIGHT = "LOTSEN_FAULT_ARMED", "LOTSEN_FAULT", "LOTSEN_FAULT_LIGHT"


def die() -> None:
    """End here and now, where the test has armed it."""
    if Path(os.environ[ARMED]).exists():
        os.kill(os.getpid(), signal.SIGKILL)


def _after(owner: type, name: str) -> None:
    """Die when this method has done its work."""
    whole: Callable[..., Any] = getattr(owner, name)

    def then_die(*args: Any, **named: Any) -> Any:
        done = whole(*args, **named)
        die()
        return done

    setattr(owner, name, then_die)


def _around(owner: type, name: str, *, before: bool) -> None:
    """The same for a coroutine, or before it has begun."""
    whole: Callable[..., Any] = getattr(owner, name)

    async def and_die(*args: Any, **named: Any) -> Any:
        if before:
            die()
        done = await whole(*args, **named)
        die()
        return done

    setattr(owner, name, and_die)


def _at_commit(which: int, *, before: bool) -> None:
    """Die at the commit of this number after it was armed: its work is lost, or nobody is told."""
    seen = 0

    def commit(connection: Any) -> None:
        nonlocal seen
        if not Path(os.environ[ARMED]).exists():
            return
        seen += 1
        if seen == which:
            if not before:
                connection.connection.dbapi_connection.commit()
            die()

    sa.event.listen(Engine, "commit", commit)


PLACES: dict[str, Callable[[], None]] = {
    "the message was stored": lambda: _after(Talks, "hear"),
    "the assistant has answered": lambda: _around(RasaAssistant, "reply", before=False),
    "the answer was stored": lambda: _after(Talks, "answer"),
    "a mail was leased": lambda: _around(SmtpServer, "send", before=True),
    "a mail was taken": lambda: _around(SmtpServer, "send", before=False),
}


def main() -> int:
    """Lay the mine, and serve."""
    place = os.environ.get(PLACE, "")
    kind, _, number = place.rpartition(" ")
    if not place:
        pass
    elif number.isdecimal():
        _at_commit(int(number), before=kind == "before commit")
    else:
        PLACES[place]()
    if os.environ.get(LIGHT):
        from tests.api.helpers import ANSWER, Canned

        RasaAssistant.load = lambda *_: Canned([ANSWER])  # type: ignore[assignment,method-assign]
    return api.__main__.main()


if __name__ == "__main__":
    sys.exit(main())
