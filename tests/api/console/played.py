"""A console that plays what a test gives it: one turn with everything a trace may hold."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api.console.moments import read_moment
from api.console.records import MOST_TURNS, Compared, ModelInfo, Played, Setting
from api.console.refusals import too_many_turns
from api.errors import ApiError
from bot.guard.intake import admit
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import ANSWER

QUOTES = ("Vem kan få ledsagning?", "Du står för dina egna omkostnader")


def trace() -> dict[str, Any]:
    """What was understood of a question about what it costs."""
    page = load_knowledge().municipalities["umea"].pages["ledsagning"].text
    places = [(quote, page.index(quote)) for quote in QUOTES]
    taken = {
        "topic": "ledsagning.kostnad",
        "title": "Vad kostar <b>ledsagning</b>?",
        "weight": 0.83,
        "classifier": 0.412,
        "factors": [{"name": "Nämnd tjänst", "value": 8.0, "why": "Frågan nämner ledsagning."}],
        "answer": "umea.ledsagning.kostnad",
    }
    other = {
        "topic": "avlosning.kostnad",
        "title": "Vad kostar avlösning?",
        "weight": 0.06,
        "why_not": "Frågan nämner en annan tjänst.",
    }
    guess = {"label": "ledsagning.kostnad", "title": "Vad kostar ledsagning?", "confidence": 0.41}
    return {
        "language": {"code": "fi", "how": "Orden i meddelandet visar det."},
        "clauses": [
            {
                "text": "vad kostar det",
                "is_question": True,
                "guesses": [guess],
                "names": {"service": ["ledsagning"]},
            }
        ],
        "intents": [{"name": "kostnad", "confidence": 0.9, "title": "Vad kostar det?"}],
        "band": "sure",
        "readings": [taken, other],
        "entities": [{"entity": "service", "value": "ledsagning", "start": 0, "end": 3}],
        "slots": {
            "before": {"service": None, "misses": 1},
            "after": {"service": "ledsagning", "misses": 0, "municipality": "umea", "easy": False},
            "changed": ["service", "misses", "municipality"],
        },
        "rule": {"name": "kostnad", "title": "Frågan om pris leder till ett svar."},
        "path": [{"step": "topic", "said": "Svaret söks under ”Vad kostar ledsagning?”."}],
        "evidence": [
            {"page": "ledsagning", "title": "Ledsagning", "quote": q, "start": s, "end": s + len(q)}
            for q, s in places
        ]
        + [{"page": "ledsagning", "title": "Ledsagning", "quote": "Bort härifrån."}],
        "aloud": [],
        "steps": [{"name": "topics", "ms": 7.25, "title": "Vad frågan gäller"}],
    }


REPLY = {**ANSWER, "custom": {**ANSWER["custom"], "aloud": ["Det är gratis.", "Ring 112."]}}


class CannedConsole:
    """Plays every message alike; ``refusal`` is raised instead, where there is one."""

    def __init__(self) -> None:
        self.heard: list[tuple[Setting, tuple[str, ...], str]] = []
        self.refusal: ApiError | None = None
        self.other_models: list[ModelInfo] = []
        self.traced = True

    def models(self) -> list[ModelInfo]:
        """The serving one and what a test added."""
        serving = ModelInfo("serving", dt.datetime(2026, 11, 1, tzinfo=dt.timezone.utc), 1, True)
        return [serving, *self.other_models]

    def checked(self, setting: Setting, texts: Sequence[str], now: dt.datetime) -> dt.datetime:
        """The moment of what can be played."""
        if len(texts) > MOST_TURNS:
            raise too_many_turns()
        return read_moment(setting.moment, now)

    async def play(
        self, setting: Setting, texts: Sequence[str], now: dt.datetime, model: str | None = None
    ) -> list[Played]:
        """The same reply to each."""
        await asyncio.sleep(0)
        self.heard.append((setting, tuple(texts), model or ""))
        if self.refusal:
            raise self.refusal
        moment = read_moment(setting.moment, now)
        return [self._turn(number, text, moment) for number, text in enumerate(texts, start=1)]

    async def compare(
        self, setting: Setting, texts: Sequence[str], now: dt.datetime, *, other: str
    ) -> list[Compared]:
        """The second model says something else the first time."""
        played = await self.play(setting, texts, now, other)
        return [
            Compared(one, replace(one, trace=None), () if number else ("Svaren är olika.",))
            for number, one in enumerate(played)
        ]

    def _turn(self, number: int, text: str, moment: dt.datetime) -> Played:
        admitted = admit(text)
        return Played(
            turn=number,
            masked_text=admitted.text,
            masked=admitted.masked,
            replies=(REPLY,),
            trace=trace() if self.traced else None,
            ms=41.5,
            moment=moment,
        )
