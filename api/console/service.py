"""Conversations that staff play to see what the assistant understands.

Every play is a conversation of its own from its first word, said by a sender that nobody else
has and that is forgotten whatever happens. Nothing is stored, counted or mailed.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from api.callbacks.chat_form import ChatForm
from api.console.differences import differences
from api.console.form import trial_form
from api.console.models import SecondModel, listed
from api.console.moments import read_moment
from api.console.records import MOST_TURNS, Compared, ModelInfo, Played, Setting
from api.console.refusals import compare_busy, too_many_turns, too_slow
from api.faults import fault
from api.services.answering import replies_to
from api.services.assistant import Assistant
from api.services.municipality import find_municipality
from api.services.threads import in_thread
from api.settings import Settings
from bot.dialogue import trace
from bot.dialogue.trace_report import report
from bot.guard.intake import Admitted, admit

PLAY_SECONDS = 60
AT_ONCE = 2
"""Plays at a time in this process: citizens' questions go before."""

WAYS = ("chat", "callback", "mail")
CLIENT = "console"
"""Who books in the form, for the limits of citizens that do not hold here."""


class Console:
    """One for the process. Raises ApiError."""

    def __init__(
        self,
        settings: Settings,
        assistant: Callable[[], Assistant | None],
        second: SecondModel,
        seconds: float = PLAY_SECONDS,
    ) -> None:
        self._settings, self._assistant, self._second = settings, assistant, second
        self._seconds = seconds
        self._comparing = False
        self._places = asyncio.Semaphore(AT_ONCE)

    def models(self) -> list[ModelInfo]:
        """The trained models, the newest first; blocks for a moment."""
        return listed(self._settings)

    async def play(
        self, setting: Setting, texts: Sequence[str], now: dt.datetime, model: str | None = None
    ) -> list[Played]:
        """The conversation from its beginning, turn by turn; ``model`` None: the serving one."""
        moment = self.checked(setting, texts, now)
        if model is None or self._serves(model):
            return await self._in_time(self._serving(), setting, texts, moment)
        async with self._second.use(model) as assistant:
            return await self._in_time(assistant, setting, texts, moment)

    async def compare(
        self,
        setting: Setting,
        texts: Sequence[str],
        now: dt.datetime,
        *,
        other: str,
        model: str | None = None,
    ) -> list[Compared]:
        """The same conversation with two models, and what differs in each turn."""
        if self._comparing:
            raise compare_busy()
        self._comparing = True
        try:
            first = await self.play(setting, texts, now, model)
            second = await self.play(setting, texts, now, other)
        finally:
            self._comparing = False
        return [
            Compared(a, b, tuple(differences(a, b))) for a, b in zip(first, second, strict=True)
        ]

    def _serves(self, model: str) -> bool:
        return any(m.is_serving and m.name == model for m in self.models())

    def _serving(self) -> Assistant:
        assistant = self._assistant()
        if assistant is None:
            raise fault("starting", retry_after=5)
        return assistant

    def checked(self, setting: Setting, texts: Sequence[str], now: dt.datetime) -> dt.datetime:
        """The moment; raise ApiError for what can't be played."""
        find_municipality(setting.municipality, "municipality", 422)
        if len(texts) > MOST_TURNS:
            raise too_many_turns()
        for text in texts:
            self._check_text(text)
        return read_moment(setting.moment, now)

    def _check_text(self, text: str) -> None:
        over = len(text) - self._settings.chat_limit
        if over > 0:
            raise fault("message_too_long", "text", over=over, limit=self._settings.chat_limit)
        if not admit(text).text.strip():
            raise fault("empty_message", "text")

    async def _in_time(
        self, assistant: Assistant, setting: Setting, texts: Sequence[str], moment: dt.datetime
    ) -> list[Played]:
        talk = _Talk(assistant, self._settings, setting, moment)
        async with self._places:
            try:
                return await asyncio.wait_for(talk.hold(texts), self._seconds)
            except asyncio.TimeoutError:
                raise too_slow(int(self._seconds)) from None


class _Talk:
    """One conversation that is played."""

    def __init__(
        self, assistant: Assistant, settings: Settings, setting: Setting, moment: dt.datetime
    ) -> None:
        self._assistant, self._settings = assistant, settings
        self._setting, self._moment = setting, moment
        self._sender = f"staff-{secrets.token_urlsafe(16)}"

    async def hold(self, texts: Sequence[str]) -> list[Played]:
        """Say everything in order, and see to it that nothing stays."""
        with ExitStack() as stack:
            form: ChatForm | None = None
            if "callback" in self._setting.open_ways:
                form = await in_thread(stack.enter_context, trial_form(self._settings))
            try:
                return [await self._say(n, text, form) for n, text in enumerate(texts, start=1)]
            finally:
                await asyncio.shield(self._assistant.forget(self._sender))

    async def _say(self, turn: int, text: str, form: ChatForm | None) -> Played:
        """One message, as api.services.exchange treats a citizen's."""
        setting, sender, now = self._setting, self._sender, self._moment
        metadata, passed = self._metadata(), text.replace("\r\n", "\n")
        if form is not None:
            taken = await form.before(sender, setting.municipality, passed, now, setting.language)
            passed, metadata = taken.text, {**metadata, **taken.metadata}
        admitted = admit(passed)
        replies, recorded, spent = await self._asked(admitted, metadata)
        if form is not None:
            kept = await form.after(
                sender, setting.municipality, replies, now, setting.language, sender, client=CLIENT
            )
            replies = await form.shown_replies(sender, kept)
        return Played(
            turn=turn,
            masked_text=admitted.text,
            masked=admitted.masked,
            replies=tuple(replies),
            trace=report(recorded, spent) if recorded.reply else None,
            ms=round(spent, 1),
            moment=now,
        )

    async def _asked(
        self, admitted: Admitted, metadata: dict[str, Any]
    ) -> tuple[list[dict[str, Any]], trace.Record, float]:
        """The replies, what was seen of how they came to be, and the milliseconds it took."""
        seconds = self._settings.reply_seconds
        with trace.recording() as recorded:
            start = time.perf_counter()
            replies = await replies_to(self._assistant, self._sender, admitted, metadata, seconds)
            spent = (time.perf_counter() - start) * 1000
        return replies, recorded, spent

    def _metadata(self) -> dict[str, Any]:
        """What the assistant is told beside a message, as a dialogue file tells it."""
        setting = self._setting
        told: dict[str, Any] = {
            "municipality": setting.municipality,
            "channel": setting.channel,
            "easy": setting.easy,
            "now": self._moment.isoformat(),
        }
        if setting.language:
            told["language"] = setting.language
        if setting.open_ways:
            told["person"] = {w: w in setting.open_ways for w in WAYS} | {"waiting": 0}
        return told
