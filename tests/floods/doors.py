"""The ways in for a message, each with what must hold whatever is sent through it.

No answer is a server's failure, each refusal has the one shape, the assistant's words are its own
and no page holds an element or an attribute that a plain message would not have given it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import FastAPI

from tests.api.helpers import ANSWER, MORNING, WEBHOOK, Stream, Visitor

JSON = {"Content-Type": "application/json"}
FORM = {"Sec-Fetch-Site": "same-origin", "X-Lotsen-Now": MORNING}
PLAIN = "Vad kostar det"
REFUSED = {400, 401, 404, 409, 411, 413, 422, 429}
"""What somebody who sends nonsense may be told: it is their request, not our failure."""

LONGEST_TALK = 25
"""Messages of one conversation, before the next one begins."""

Door = Callable[[str], Coroutine[Any, Any, None]]


class Doors:
    """Sends messages to a running application and judges what comes back."""

    def __init__(self, app: FastAPI, http: httpx.AsyncClient, patience: float) -> None:
        self._app, self._http, self._patience = app, http, patience
        self._visitor: Visitor | None = None
        self._said = 0
        self._plain: dict[str, frozenset[str]] = {}
        self.answered = 0
        self.all: dict[str, Door] = {
            "rest": self.rest,
            "api": self.api,
            "events": self.events,
            "page": self.page,
            "callback": self.callback,
            "mail": self.mail,
        }

    async def send(self, door: str, text: str) -> None:
        """Send a message through one of the doors. One that gets no answer at all stalls."""
        await asyncio.wait_for(self.all[door](text), self._patience)

    async def rest(self, text: str) -> None:
        """Rasa's REST contract."""
        sent = {"sender": "flood", "message": text, "metadata": {"municipality": "umea"}}
        response = await self._http.post(WEBHOOK, content=json.dumps(sent), headers=JSON)
        if _answered(response):
            self._count([reply["text"] for reply in response.json()])

    async def api(self, text: str) -> None:
        """API v1: the answer to the request."""
        response = await self._say(await self._somebody(), text)
        if _answered(response):
            self._count([reply["text"] for reply in response.json()["replies"]])

    async def events(self, text: str) -> None:
        """API v1: the answer as a second tab hears it."""
        visitor = await self._somebody()
        response = await self._say(visitor, text)
        if not _answered(response):
            return
        first = response.json()["message"]["number"]
        numbers = [first, *(reply["number"] for reply in response.json()["replies"])]
        path = f"{visitor.path}/events?after={first - 1}"
        async with Stream(self._app, path, visitor.headers) as stream:
            events = [await stream.event() for _ in numbers]
        assert [event and event["event"] for event in events] == ["message"] * len(numbers)
        told = [json.loads(event["data"]) for event in events if event]
        assert [one["number"] for one in told] == numbers
        assert told[0]["text"] == response.json()["message"]["text"]
        self._count([one["text"] for one in told[1:]])

    async def page(self, text: str) -> None:
        """The chat page without scripts; it shows what was written."""
        await self._form("/chat/umea", {"do": "say", "text": text, "key": text})

    async def callback(self, text: str) -> None:
        """The form for being called back; it reads back what was written."""
        fields = {"do": "review", "name": text, "phone": "0701740605", "about": text, "time": text}
        await self._form("/chat/umea/ring-upp", fields)

    async def mail(self, text: str) -> None:
        """The form for mailing; it reads back what was written."""
        fields = {"do": "review", "name": text, "reply_to": "kim@example.se", "about": text}
        await self._form("/chat/umea/mejl", fields)

    async def body(self, path: str, body: bytes) -> None:
        """A body that is no message, where messages are sent."""
        headers = JSON
        if path.endswith("/messages"):
            visitor = await self._somebody()
            path, headers = f"{visitor.path}/messages", {**JSON, **visitor.headers}
        sent = self._http.post(path, content=body, headers=headers)
        _answered(await asyncio.wait_for(sent, self._patience), {200, 201})

    async def form(self, path: str, kind: str, body: bytes) -> None:
        """The body of a form that no page of ours sends."""
        headers = {**FORM, "Content-Type": kind} if kind else FORM
        sent = self._http.post(path, content=body, headers=headers)
        response = await asyncio.wait_for(sent, self._patience)
        if response.headers.get("content-type", "").startswith("application/json"):
            _answered(response)
        else:
            assert response.status_code in {200, 303, 403, *REFUSED}, response.status_code
            assert "Traceback" not in response.text

    async def follow(self, known: str) -> None:
        """API v1's events, from a place that nobody has been told: followed, or refused."""
        visitor = await self._somebody()
        await self._say(visitor, PLAIN)
        headers = {**visitor.headers, "Last-Event-ID": known}
        async with Stream(self._app, f"{visitor.path}/events", headers) as stream:
            assert stream.status in {200, *REFUSED}, stream.status
            if stream.status == 200 and not known.isdecimal():
                event = await stream.event()
                assert event is not None
                assert event["event"] == "message"

    async def _form(self, path: str, fields: dict[str, str]) -> None:
        if path not in self._plain:
            plain = {name: PLAIN if name != "do" else value for name, value in fields.items()}
            plain |= {n: v for n, v in fields.items() if n in ("phone", "reply_to")}
            self._plain[path] = frozenset()
            for wording in ("", PLAIN, "x" * 5000):
                worded = {n: wording if plain[n] == PLAIN else v for n, v in plain.items()}
                self._plain[path] |= _structure((await self._post(path, worded)).text)
        response = await self._post(path, fields)
        if response.headers["content-type"].startswith("application/json"):
            _answered(response)
            return
        assert response.status_code in {200, *REFUSED}, response.status_code
        assert _structure(response.text) <= self._plain[path]
        self.answered += 1

    async def _post(self, path: str, fields: dict[str, str]) -> httpx.Response:
        written = {n: v.encode("utf-8", "replace").decode() for n, v in fields.items()}
        return await self._http.post(path, data=written, headers=FORM)

    async def _somebody(self) -> Visitor:
        self._said += 1
        if self._visitor is None or self._said % LONGEST_TALK == 0:
            self._visitor = await Visitor.arrive(self._http)
        return self._visitor

    async def _say(self, visitor: Visitor, text: str) -> httpx.Response:
        sent = json.dumps({"text": text, "key": f"flood-{self._said:08}"})
        headers = {**JSON, **visitor.headers}
        return await self._http.post(f"{visitor.path}/messages", content=sent, headers=headers)

    def _count(self, replies: list[str]) -> None:
        """The assistant, or the crisis card by rules, has answered; nobody else's words."""
        assert replies
        for reply in replies:
            assert reply == ANSWER["text"] or not {"<", "{", "}"} & set(reply), reply
        self.answered += 1


def _answered(response: httpx.Response, good: set[int] = frozenset({200, 201})) -> bool:  # type: ignore[assignment]
    """Whether there is an answer; else a refusal in the one shape. Both are read as JSON only."""
    assert response.headers["content-type"].startswith("application/json")
    assert response.headers["x-content-type-options"] == "nosniff"
    if response.status_code in good:
        return True
    assert response.status_code in REFUSED, (response.status_code, response.text[:300])
    error = response.json()["error"]
    assert error["code"] and error["message"]
    assert "<" not in error["message"] and "Traceback" not in response.text
    return False


class _Structure(HTMLParser):
    """Which elements there are, with which attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.found |= {f"{tag} {name}" for name, _ in attrs}
        self.found |= {f"{tag} to {v}" for n, v in attrs if n in ("src", "action") and v}

    def handle_comment(self, data: str) -> None:
        self.found.add("a comment")

    def handle_decl(self, decl: str) -> None:
        self.found.add(decl)


def _structure(html: str) -> frozenset[str]:
    reader = _Structure()
    reader.feed(html)
    reader.close()
    return frozenset(reader.found)
