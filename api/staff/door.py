"""The ways in to the desk, made once for the process: accounts, sessions, the provider."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from api.clock import utc
from api.errors import ApiError
from api.faults import fault
from api.logs import log
from api.services.limits import Limits
from api.settings_desk import DeskSettings
from api.staff.accounts import Accounts, Admitted
from api.staff.forgery import same_token
from api.staff.identity import identity_of
from api.staff.oidc import Begun, Provider
from api.staff.provider import ProviderAway, SignInRefused
from api.staff.records import Session
from api.staff.sessions import Sessions, hash_of
from api.storage import staff as table
from api.storage.desk_store import DeskStore
from api.storage.staff import SignIn
from bot.knowledge.loader import load_knowledge

logger = logging.getLogger(__name__)

MINUTES = 10
"""So long may somebody take at the provider."""


class Door:
    """Lets staff in: with a password, or through the provider."""

    def __init__(self, store: DeskStore, settings: DeskSettings, limits: Limits) -> None:
        self._store, self._settings = store, settings
        self.sessions = Sessions(store, settings)
        self.accounts = Accounts(store, self.sessions, limits)
        self._provider = Provider(settings.oidc)

    async def begin(self, redirect_uri: str, now: datetime) -> Begun:
        """Begin a sign-in at the provider; raise ApiError."""
        try:
            begun = await asyncio.to_thread(self._provider.begin, redirect_uri, now)
        except ProviderAway as error:
            raise self._away(error) from error
        await asyncio.to_thread(self._keep, begun, now)
        return begun

    async def finish(
        self,
        answer: Mapping[str, str],
        state: str,
        redirect_uri: str,
        now: datetime,
        session: str = "",
    ) -> Admitted:
        """Admit who comes back from the provider; raise ApiError.

        ``state`` is the one that this browser left with: somebody else's way in is no good here.
        """
        if not same_token(answer.get("state", ""), state):
            raise _refused("state")
        sign_in = await asyncio.to_thread(self._take, state, now)
        if sign_in is None:
            raise _refused("used_or_old")
        finish = self._provider.finish
        try:
            claims = await asyncio.to_thread(finish, answer, sign_in, redirect_uri, now)
        except ProviderAway as error:
            raise self._away(error) from error
        except SignInRefused as error:
            raise _refused(str(error)) from error
        oidc = self._settings.oidc
        known = load_knowledge().municipalities
        identity = identity_of(claims, oidc.issuer, oidc.roles_claim, known)
        return await self.accounts.sign_in_as(identity, session, now)

    async def leave_desk(self, session: Session, now: datetime) -> None:
        """Sign out."""
        await self.sessions.end(session, now)
        await self.accounts.note_end(session.staff, now)

    def _keep(self, begun: Begun, now: datetime) -> None:
        ends = utc(now) + timedelta(minutes=MINUTES)
        with self._store.begin() as connection:
            table.begin_sign_in(connection, hash_of(begun.state), begun.sign_in, now, ends)

    def _take(self, state: str, now: datetime) -> SignIn | None:
        with self._store.begin() as connection:
            return table.take_sign_in(connection, hash_of(state), now)

    def _away(self, error: ProviderAway) -> ApiError:
        log(logger, "provider_away", logging.WARNING, kind=str(error))
        return fault("provider_away", name=self._settings.oidc.name, retry_after=30)


def _refused(reason: str) -> ApiError:
    log(logger, "provider_refused", logging.WARNING, kind=reason)
    return fault("provider_refused")
