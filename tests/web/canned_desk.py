"""The desk's API in small: one agent in two municipalities, enough to try the desk alone."""

from __future__ import annotations

import itertools
import queue
import re
from collections.abc import Mapping
from typing import Any

from tests.web.canned_desk_content import (
    CANNED,
    CLOSES,
    COLLEAGUES,
    ME,
    MUNICIPALITIES,
    NOW,
    OUTCOMES,
    UNITS,
)
from tests.web.canned_desk_http import DeskHandler
from tools.local_server import LocalServer

Answer = tuple[int, Any]
ENDS = {"give-back": "returned", "close": "closed"}


class CannedDesk(LocalServer):
    """The server. What tests look at and change is public."""

    def __init__(self) -> None:
        self.me: dict[str, Any] = {**ME}
        self.csrf = "first-token"
        self.signed_in = True
        self.sign_in = "<!doctype html><html lang='sv'><title>Logga in</title><h1>Logga in</h1>"
        self.municipalities = [dict(one) for one in MUNICIPALITIES]
        self.rows: dict[str, dict[str, Any]] = {}
        self.messages: dict[str, list[dict[str, Any]]] = {}
        self.callbacks: dict[str, dict[str, Any]] = {}
        self.audit: list[dict[str, Any]] = []
        self.mail: list[dict[str, Any]] = []
        self.refusals: dict[str, Answer] = {}
        self.sent: list[tuple[str, Mapping[str, Any]]] = []
        self.followers: list[queue.Queue[dict[str, str | None] | None]] = []
        self._keys: dict[str, dict[str, Any]] = {}
        self._ids = (f"handoff-{n}" for n in itertools.count(1))
        super().__init__(type("OwnHandler", (DeskHandler,), {"desk": self}))

    @property
    def url(self) -> str:
        """The desk's address."""
        return f"{super().url}/desk"

    def release(self) -> None:
        """Let go of whoever listens."""
        self.hang_up()

    def hang_up(self) -> None:
        """End the streams without a word, as a lost network does."""
        for follower in self.followers:
            follower.put(None)
        self.followers.clear()

    def changed(self, what: str, handoff: str | None = None) -> None:
        """Tell every open desk."""
        for follower in self.followers:
            follower.put({"what": what, "handoff": handoff})

    def join(self, subject: str | None = "Ledsagning", **more: Any) -> str:
        """A citizen of Umeå comes into the queue, after a question and its answer."""
        identity = next(self._ids)
        self.rows[identity] = {
            "id": identity, "municipality": "umea", "municipality_name": "Umeå kommun",
            "unit": "mottagningsenheten", "unit_name": "Mottagningsenheten", "subject": subject,
            "reason": "human_handoff", "language": "sv", "channel": "web", "state": "waiting",
            "waited_seconds": 125, "claimed_by": None, "wanted_by": None, "wanted_by_name": None,
            "danger": False, "citizen_here": True, "outcome": None, "created_at": NOW, **more,
        }  # fmt: skip
        self.messages[identity] = []
        self.say(
            identity, "citizen", "Vad kostar ledsagning?",
            understood={
                "kind": "answer", "answer": "umea.ledsagning.kostnad", "confidence": 0.94,
                "topic": "ledsagning.kostnad", "masked": [],
            },
        )  # fmt: skip
        self.say(identity, "assistant", "Du står för dina egna omkostnader.")
        self.changed("queue", identity)
        return identity

    def join_mine(self, subject: str = "Ledsagning", **more: Any) -> str:
        """The same, and the agent has it already."""
        claimed = {"id": self.me["id"], "name": self.me["name"]}
        return self.join(subject, state="talking", claimed_by=claimed, **more)

    def say(self, identity: str, sender: str, text: str, **more: Any) -> dict[str, Any]:
        """Put a message last."""
        messages = self.messages[identity]
        message = {
            "number": len(messages) + 1, "sender": sender, "text": text, "created_at": NOW,
            "agent": self.me["name"] if sender == "agent" else None, "understood": None, **more,
        }  # fmt: skip
        messages.append(message)
        self.changed("handoff", identity)
        return message

    def change(self, identity: str, **more: Any) -> dict[str, Any]:
        """Something of a handoff is different now."""
        self.rows[identity].update(more)
        self.changed("handoff", identity)
        return self.rows[identity]

    def replies(self, identity: str) -> list[str]:
        """What the agent has said there."""
        return [m["text"] for m in self.messages[identity] if m["sender"] == "agent"]

    def did(self, path: str) -> list[Mapping[str, Any]]:
        """What was sent to a path, in order."""
        return [body for sent, body in self.sent if sent == path]

    def answer(self, method: str, path: str, csrf: str, body: Mapping[str, Any]) -> Answer:
        """Everything but the stream of changes."""
        if not self.signed_in:
            return refusal(401, "not_signed_in", "Du är inte inloggad. Logga in igen.")
        if method == "POST":
            self.sent.append((path, body))
            if csrf != self.csrf:
                return refusal(403, "forged", "Begäran kom inte från sidan.")
        for pattern, answer in self.refusals.items():
            if re.fullmatch(pattern, f"{method} {path}"):
                return answer
        return self._told(method, path, body)

    def _told(self, method: str, path: str, body: Mapping[str, Any]) -> Answer:
        head, _, rest = path.partition("?")[0].partition("/")
        identity, _, step = rest.partition("/")
        if head == "handoffs":
            return self._handoff(method, identity, step, body)
        if head == "callbacks":
            return self._callback(identity, step)
        if head == "municipalities":
            return self._opening(identity, body)
        if head == "presence":
            return self._presence(str(body["state"]))
        return 200, {
            "me": {**self.me, "csrf": self.csrf}, "queue": self._queue(),
            "audit": self._audit(path), "mail": self.mail,
        }[head]  # fmt: skip

    def _queue(self) -> dict[str, Any]:
        rows = [row for row in self.rows.values() if row["state"] in ("waiting", "talking")]
        mine = [row for row in rows if (row["claimed_by"] or {}).get("id") == self.me["id"]]
        waiting = [row for row in rows if row["state"] == "waiting"]
        return {
            "now": NOW, "municipalities": self.municipalities, "waiting": waiting, "mine": mine,
            "others": [row for row in rows if row not in mine and row not in waiting],
            "callbacks_due": sum(c["state"] == "waiting" for c in self.callbacks.values()),
        }  # fmt: skip

    def _handoff(self, method: str, identity: str, step: str, body: Mapping[str, Any]) -> Answer:
        row = self.rows.get(identity)
        if row is None:
            return refusal(404, "unknown_handoff", "Samtalet finns inte.")
        if method == "GET":
            return 200, {
                "row": row, "messages": self.messages[identity], "canned": CANNED,
                "outcomes": OUTCOMES, "colleagues": COLLEAGUES, "units": UNITS,
            }  # fmt: skip
        if step == "messages":
            key = str(body["key"])
            if key not in self._keys:
                self._keys[key] = self.say(identity, "agent", str(body["text"]))
            return 201, self._keys[key]
        if step == "claim":
            mine = {"id": self.me["id"], "name": self.me["name"]}
            return 200, self.change(identity, state="talking", claimed_by=mine)
        state = ENDS.get(step, "waiting")
        claimed = row["claimed_by"] if state != "waiting" else None
        return 200, self.change(identity, state=state, claimed_by=claimed)

    def _presence(self, state: str) -> Answer:
        self.me["presence"] = state
        return 200, {"state": state}

    def _opening(self, municipality: str, body: Mapping[str, Any]) -> Answer:
        one = next(m for m in self.municipalities if m["id"] == municipality)
        one["extra_until"], one["closed_until"] = body.get("open_until"), body.get("closed_until")
        one["open"] = not one["closed_until"]
        one["closes"] = None if one["closed_until"] else one["extra_until"] or CLOSES
        return 200, one

    def _callback(self, receipt: str, step: str) -> Answer:
        if not receipt:
            return 200, list(self.callbacks.values())
        one = self.callbacks[receipt]
        state = {"take": "taken", "release": "waiting"}.get(step, step)
        mine = {"id": self.me["id"], "name": self.me["name"]}
        one.update(state=state, taken_by=mine if state == "taken" else None)
        self.changed("callbacks")
        return 200, one

    def _audit(self, path: str) -> dict[str, Any]:
        before = re.search(r"before=(\d+)", path)
        entries = [e for e in self.audit if not before or e["id"] < int(before[1])][:2]
        more = bool(entries) and any(e["id"] < entries[-1]["id"] for e in self.audit)
        return {"entries": entries, "before": entries[-1]["id"] if more else None}


def refusal(status: int, code: str, message: str) -> Answer:
    """An answer that says no."""
    return status, {"error": {"code": code, "message": message}}
