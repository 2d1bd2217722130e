"""API v1 in small, and the widget's files: enough to try the widget without an assistant."""

from __future__ import annotations

import json
import queue
import re
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.web.canned_content import CONTACTS, GREETING, NUMBERS, RECORD
from tests.web.canned_handoff import NOWHERE, Handoffs
from tests.web.canned_http import Handler
from tests.web.canned_speech import Speech
from tools.local_server import LocalServer

HERE = Path(__file__).parent

Answer = tuple[int, Any]


class Talk:
    """One conversation."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.id, self.secret = secrets.token_urlsafe(8), secrets.token_urlsafe(16)
        self.language: str | None = told.get("language")
        self.easy: bool = told.get("easy", False)
        self.messages: list[dict[str, Any]] = []
        self.keys: dict[str, int] = {}
        self.feedback: dict[str, Any] = {}
        self.handoff: dict[str, Any] = NOWHERE
        self.followers: list[queue.Queue[dict[str, Any] | None]] = []
        # Every request has a thread of its own: nobody may miss what is added meanwhile.
        self._adding = threading.RLock()

    def add(self, sender: str, text: str, **more: Any) -> dict[str, Any]:
        """Put a message last, and tell whoever follows."""
        with self._adding:
            message = {
                "number": len(self.messages) + 1, "sender": sender, "text": text,
                "created_at": "2026-11-18T10:00:00+01:00", "in_reply_to": None, "kind": None,
                "body": None, "items": [], "answer": None, "source": None, "contacts": [],
                "quick_replies": [], "links": [], "masked": False, "lang": "sv", **more,
            }  # fmt: skip
            self.messages.append(message)
            for follower in self.followers:
                follower.put(message)
            return message

    def follow(self, known: int) -> queue.Queue[dict[str, Any] | None]:
        """All that comes after the messages that are known."""
        follower: queue.Queue[dict[str, Any] | None] = queue.Queue()
        with self._adding:
            for message in self.messages[known:]:
                follower.put(message)
            if self.handoff["state"] != "none":
                follower.put(self.handoff)
            self.followers.append(follower)
        return follower

    def stand(self, state: str, text: str, **more: Any) -> dict[str, Any]:
        """Where the citizen stands from now on, told to whoever follows."""
        with self._adding:
            self.handoff = {**NOWHERE, "state": state, "text": text, **more}
            for follower in self.followers:
                follower.put(self.handoff)
            return self.handoff

    def view(self) -> dict[str, Any]:
        """What the API says of it."""
        return {
            "id": self.id, "municipality": "umea", "channel": "web", "language": self.language,
            "easy": self.easy, "created_at": "2026-11-18T10:00:00+01:00",
            "messages": self.messages,
            "feedback": {n: said["helped"] for n, said in self.feedback.items()},
        }  # fmt: skip


class Canned(LocalServer):
    """The server. What tests look at afterwards is public."""

    handler: type[Handler] = Handler

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, Any]] = json.loads(
            (HERE / "answers.json").read_text(encoding="utf-8")
        )
        self.record = dict(RECORD)
        self.talks: dict[str, Talk] = {}
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        self.refusals: dict[str, Answer] = {}
        self.handoffs = Handoffs()
        self.speech = Speech()
        self.recordings: list[tuple[str, bytes]] = []
        self.hears = "vad kostar ledsagning"
        super().__init__(type("OwnHandler", (self.handler,), {"canned": self}))

    @property
    def talk(self) -> Talk:
        """The conversation that began last."""
        return list(self.talks.values())[-1]

    def release(self) -> None:
        """Let go of whoever follows a conversation."""
        for talk in self.talks.values():
            self.end(talk)

    @staticmethod
    def end(talk: Talk) -> None:
        """Tell its followers that it is erased."""
        for follower in talk.followers:
            follower.put(None)

    @staticmethod
    def hang_up(talk: Talk) -> None:
        """End the streams of its followers without a word, as a lost network does."""
        for follower in talk.followers:
            follower.put({})
        talk.followers.clear()

    def reply(self, talk: Talk, text: str, key: str) -> Answer:
        """The message and its canned answer; the same key gets the same again."""
        self.asked.append(text)
        if key in talk.keys:
            number = talk.keys[key]
        else:
            masked = re.sub(r"\d{6,8}-\d{4}", "[personnummer]", text)
            number = talk.add("citizen", masked, masked=masked != text)["number"]
            talk.keys[key] = number
            if talk.handoff["state"] != "talking":
                talk.add("assistant", **{**self._answer(text), "in_reply_to": number})
        replies = [m for m in talk.messages if m["in_reply_to"] == number]
        return 200, {"message": talk.messages[number - 1], "replies": replies}

    def _answer(self, text: str) -> dict[str, Any]:
        said = self.answers.get(text, {"kind": "not_defined", "text": f"Svar på: {text}"})
        words = str(said["text"])
        links = [{"text": n, "href": href} for n, href in NUMBERS.items() if n in words]
        return {
            **said,
            "links": links + said.get("links", []),
            "contacts": [CONTACTS[c] for c in said.get("contacts", [])],
            "quick_replies": [{"title": q, "payload": q} for q in said.get("quick_replies", [])],
        }

    def answer(self, method: str, path: str, secret: str, body: Mapping[str, Any]) -> Answer:
        """Everything but the stream of events."""
        for pattern, refusal in self.refusals.items():
            if re.fullmatch(pattern, f"{method} {path}"):
                return refusal
        if (told := self.handoffs.answer(method, path, secret, body)) is not None:
            return told
        if path.startswith("municipalities/"):
            language = "en" if path.endswith("language=en") else "sv"
            return 200, {**self.record, "assistant": GREETING[language]}
        if (method, path) == ("POST", "conversations"):
            talk = Talk(body)
            self.talks[talk.id] = talk
            return 201, {"id": talk.id, "secret": talk.secret, "conversation": talk.view()}
        return self._of_talk(method, path, secret, body)

    def find(self, path: str, secret: str) -> tuple[Talk | None, str]:
        """The conversation that a path is about, and the rest of the path."""
        _, identity, *rest = path.split("/")
        talk = self.talks.get(identity)
        return talk if talk and talk.secret == secret else None, "/".join(rest)

    def _of_talk(self, method: str, path: str, secret: str, body: Mapping[str, Any]) -> Answer:
        talk, rest = self.find(path, secret)
        if talk is None:
            return 404, {"error": {"code": "unknown_conversation", "message": "Finns inte."}}
        if rest in {"handoff", "mail"}:
            return self.handoffs.of_talk(talk, method, rest, body)
        if "/speech" in rest:
            return self.speech.answer(talk.messages, rest)
        if rest == "heard":
            return 200, {"text": self.hears}
        if rest == "messages":
            return self.reply(talk, str(body["text"]), str(body["key"]))
        if rest.endswith("feedback"):
            talk.feedback[rest.split("/")[1]] = dict(body)
            return 204, None
        if rest == "transcript":
            return 200, "\n".join(f"{m['sender']}: {m['text']}" for m in talk.messages)
        if method == "PATCH":
            talk.easy = body.get("easy", talk.easy)
            talk.language = body.get("language", talk.language)
        if method == "DELETE":
            del self.talks[talk.id]
            self.end(talk)
            return 204, None
        return 200, talk.view()
