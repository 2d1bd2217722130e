"""Build the application: ``create_app(settings)``; the lifespan owns assistant and store."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.callbacks import wiring
from api.callbacks.failing import database_away
from api.errors import add_handlers
from api.handoff.desk import Desk
from api.mail.worker import MailWorker
from api.middleware.body import BodyLimit
from api.middleware.headers import SecurityHeaders
from api.middleware.rates import RateLimit
from api.middleware.requests import CatchErrors, RequestLog
from api.review.weekly import weekly_mail
from api.routers import (
    callbacks,
    desk,
    desk_admin,
    desk_callbacks,
    desk_handoffs,
    docs,
    files,
    handoff,
    health,
    kiosk,
    kiosk_say,
    listening,
    metrics,
    pages,
    pages_callback,
    rest,
    speech,
    staff_again,
    staff_changes,
    staff_content,
    staff_flows,
    staff_home,
    staff_import,
    staff_numbers,
    staff_pages,
    staff_review,
    staff_runs,
    staff_shell,
    staff_standing,
    staff_test,
    v1,
    v1_messages,
)
from api.routers.deps import NOW_HEADER
from api.services.assistant import Assistant, RasaAssistant
from api.services.chat import Chat
from api.services.conversation_locks import ConversationLocks, locks_of
from api.services.counters import Counters
from api.services.housekeeping import erase_often, housekeeping, sweep_often
from api.services.limits import Limits
from api.services.listening import Listening
from api.services.live import Live
from api.services.pages_starts import Starts
from api.services.redis_link import RedisLink
from api.settings import Settings
from api.speech.service import Speech
from api.standing.watching import watch_standing
from api.storage.store import Store, open_store

logger = logging.getLogger(__name__)

ABOUT = (
    "A citizen-information assistant for Swedish municipalities. It says only what their pages "
    "say. docs/api.md tells how to use this interface."
)

ROUTERS = (
    *(rest, health, v1, v1_messages, speech, listening, handoff, docs, pages, kiosk, kiosk_say),
    staff_pages,
    *(callbacks, pages_callback, desk, desk_handoffs, desk_callbacks, desk_admin),
    *(staff_home, staff_test, staff_flows, staff_runs, staff_review),
    *(staff_content, staff_standing, staff_again, staff_import, staff_changes),
    *(staff_numbers, metrics),
)
"""Routes in the order in which they are tried."""


def create_app(
    settings: Settings, assistant: Assistant | None = None, store: Store | None = None
) -> FastAPI:
    """The application for these settings; what it is not given it makes itself at start."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        start = time.perf_counter()
        opened = await asyncio.to_thread(open_store, settings) if store is None else store
        app.state.store = opened
        if app.state.speech.is_closed:
            app.state.speech = Speech(settings)
        since = dt.datetime.now(dt.timezone.utc)
        app.state.desk = Desk(settings, opened, app.state.live, app.state.counters, since)
        wiring.start(app.state, opened)
        app.state.locks = locks_of(opened)
        app.state.page_starts = Starts(app.state.locks, app.state.link)
        app.state.chat = _chat(app, opened)
        app.state.assistant = assistant or RasaAssistant.load(settings, opened)
        await app.state.assistant.warm_up()
        app.state.ready_after = time.perf_counter() - start
        async with _housekeeping(app, opened):
            yield
        await asyncio.to_thread(app.state.speech.close)
        await asyncio.to_thread(app.state.listening.close)
        await asyncio.to_thread(app.state.locks.close)
        await asyncio.to_thread(app.state.limits.close)
        await app.state.link.close()
        opened.close()

    app = FastAPI(
        title="Medborgarlotsen",
        version="0.1.0",
        description=ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.assistant = app.state.store = app.state.chat = app.state.problem = None
    app.state.desk = None
    app.state.locks = ConversationLocks()
    wiring.prepare(app.state)
    app.state.ready_after = 0.0
    app.state.ahead = dt.timedelta(0)
    app.state.speech, app.state.listening = Speech(settings), Listening(settings)
    app.state.live, app.state.limits, app.state.counters = Live(), Limits(settings), Counters()
    app.state.link = RedisLink(settings.redis_url, app.state.live)
    add_handlers(app, pages.no_page, staff_shell.refused, database_away)
    _add_middleware(app, settings)
    for module in ROUTERS:
        # As they are: `include_router` would make each of them anew, a quarter of a second in all.
        app.router.routes.extend(module.router.routes)
    files.mount(app)
    return app


def _housekeeping(app: FastAPI, store: Store) -> AbstractAsyncContextManager[None]:
    """With mail where there is a server to send it by."""
    state, settings = app.state, app.state.settings

    def now() -> dt.datetime:
        ahead: dt.timedelta = state.ahead
        return dt.datetime.now(dt.timezone.utc) + ahead

    beside: list[Callable[[], Awaitable[None]]] = [
        partial(sweep_often, state.desk, now),
        partial(erase_often, state.chat, now),
        watch_standing(store.desk),
        state.link.run,
    ]
    if settings.desk.mail.is_set:
        beside.append(MailWorker(store.desk, settings.desk.mail, clock=now).run)
        beside.append(partial(weekly_mail(state, store).run, now))
    return housekeeping(store, state.counters, settings.retention_days, *beside, clock=now)


def _chat(app: FastAPI, store: Store) -> Chat:
    state = app.state
    return Chat(
        state.settings,
        store,
        lambda: state.assistant,
        state.live,
        state.limits,
        state.counters,
        state.desk,
        state.chat_form,
        state.locks,
    )


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """From the innermost to the outermost: each is told of everything that those before it do."""
    app.add_middleware(RateLimit, limits=app.state.limits)
    app.add_middleware(BodyLimit, settings=settings)
    app.add_middleware(CatchErrors)
    if settings.origins:
        headers = ["Authorization", "Content-Type", "Last-Event-ID"]
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=[*headers, NOW_HEADER] if settings.test_mode else headers,
            expose_headers=["Retry-After", "Content-Disposition"],
        )
    app.add_middleware(SecurityHeaders, settings=settings)
    app.add_middleware(RequestLog)
