"""Our judge of suites, and that it judges as the shared one does."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tools import ask
from tools.eval import SHARED

SUITE = """
- {id: a, kind: fact, municipality: umea, turns: [{say: när, must: ["08.30-11"], never: ["0240"]}]}
- {id: b, kind: fact, turns: [{say: när, any: [nej, kanske]}]}
- {id: c, kind: hours, now: 2026-11-19T09:00, turns: [{say: hej}, {say: när, never: [klockan]}]}
"""


class Parrot(BaseHTTPRequestHandler):
    """An assistant that knows one answer."""

    heard: list[dict[str, Any]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        self.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps([{"text": "Klockan 8:30 – 11:30"}, {"custom": {}}]).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    Parrot.heard.clear()
    server = HTTPServer(("127.0.0.1", 0), Parrot)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    path = tmp_path / "suite.yml"
    path.write_text(SUITE, encoding="utf-8")
    return path


def test_right_miss_and_wrong_are_counted_apart(
    url: str, suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert ask.main([str(suite), "--url", url, "--out", str(out)]) == 0
    table = capsys.readouterr().out
    assert re.search(r"^fact +1 +1 +0 +50\.0%$", table, re.MULTILINE)
    assert re.search(r"^all +1 +1 +1 +33\.3%$", table, re.MULTILINE)
    assert [result["id"] for result in json.loads(out.read_text("utf-8"))] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("goals", "code"),
    [
        (["--at-least", "0.3"], 0),
        (["--at-least", "0.9"], 1),
        (["--most-wrong", "0"], 1),
        (["--most-wrong", "1"], 0),
    ],
)
def test_goals_decide_the_exit_code(url: str, suite: Path, goals: list[str], code: int) -> None:
    assert ask.main([str(suite), "--url", url, *goals]) == code


def test_metadata_and_sender_are_those_of_the_case(url: str, suite: Path) -> None:
    ask.main([str(suite), "--url", url, "--kind", "hours"])
    first, second = Parrot.heard
    assert first["sender"] == second["sender"]
    assert first["metadata"] == {"channel": "web", "now": "2026-11-19T09:00"}


def test_no_assistant_is_a_miss(suite: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask.main([str(suite), "--url", "http://127.0.0.1:1", "--at-least", "0.1"]) == 1
    assert "no reply" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line", ["- {id: a, kind: fact, turns: []}", "- {id: d, kind: fact, turns: [{ask: x}]}"]
)
def test_a_doubled_id_or_unknown_key_ends_it(suite: Path, line: str) -> None:
    suite.write_text(f"{SUITE}{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="twice|unknown keys"):
        ask.load([suite])


@pytest.mark.skipif(not (SHARED / "ask.py").exists(), reason="the shared judge is not here")
@pytest.mark.parametrize(
    "reply",
    ["Klockan 8:30 – 11:30", "08.30—11:30\u00a0och  090-16 10 02", "", "71–73, §  4", "kl. 9.5"],
)
def test_it_judges_as_the_shared_one(reply: str) -> None:
    spec = importlib.util.spec_from_file_location("shared_ask", SHARED / "ask.py")
    assert spec is not None
    assert spec.loader is not None
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    turn = {"must": ["08.30-11.30"], "any": ["090-16", "§ 4"], "never": ["71-73"]}
    assert ask.normalise(reply) == shared.normalise(reply)
    assert ask.judge(turn, reply) == shared.judge(turn, reply)
