"""Logs tell what happened and where, and never what anybody wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from api import logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What is logged while a test runs; afterwards logging is as it was."""
    root = logging.getLogger()
    before = root.handlers, root.level, {n: logging.getLogger(n).level for n in logs.OWN}
    written = io.StringIO()
    logs.configure("debug", written)
    yield written
    root.handlers, level, levels = before
    root.setLevel(level)
    for name, own in levels.items():
        logging.getLogger(name).setLevel(own)
    logging.captureWarnings(capture=False)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_a_line_of_json(stream: io.StringIO) -> None:
    logs.log(logging.getLogger("api.x"), "purged", count=3, days=30)
    (line,) = lines(stream)
    assert line.pop("timestamp")
    assert line == {
        "event": "purged", "count": 3, "days": 30, "level": "info", "logger": "api.x",
    }  # fmt: skip


def test_a_field_that_is_not_listed_is_dropped(stream: io.StringIO) -> None:
    logs.log(logging.getLogger("api.x"), "said", text="jag mår dåligt", secret="s", count=1)
    assert "dåligt" not in stream.getvalue()
    assert set(lines(stream)[0]) == {"event", "count", "level", "logger", "timestamp"}


def test_an_exception_is_told_by_type_and_place(stream: io.StringIO) -> None:
    def fails(said: str) -> None:
        raise ValueError(f"can't read {said!r}")

    try:
        fails("jag mår dåligt")
    except ValueError:
        logging.getLogger("bot.x").exception("the reply failed")
    (line,) = lines(stream)
    assert (line["event"], line["exception"]) == ("the reply failed", "ValueError")
    assert str(line["stack"]).count("test_logs.py") == 2
    assert "dåligt" not in stream.getvalue()


@pytest.mark.parametrize("name", ["rasa.core.processor", "sse_starlette.sse", "py.warnings"])
def test_other_libraries_only_tell_where_they_are(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).warning("message was %s", "jag mår dåligt")
    logging.getLogger(name).debug("chunk: %s", "jag mår dåligt")
    (line,) = lines(stream)
    assert line["event"] == "library_message"
    assert str(line["where"]).startswith("test_logs:")
    assert "dåligt" not in stream.getvalue()


def test_uvicorn_is_heard_in_the_same_form(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    assert lines(stream)[0]["event"] == "Invalid HTTP request received."


def test_the_level_is_for_our_own_events(stream: io.StringIO) -> None:
    logs.configure("error", stream)
    logging.getLogger("api.x").warning("a warning")
    assert lines(stream) == []


def test_an_exception_that_uvicorn_tells_as_a_text_is_left_out(stream: io.StringIO) -> None:
    told = "Traceback (most recent call last):\n  File x\nValueError: jag mår dåligt"
    logging.getLogger("uvicorn.error").error(told)
    assert lines(stream)[0]["event"] == "traceback"
    assert "dåligt" not in stream.getvalue()
