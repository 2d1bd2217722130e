"""``GET /metrics``: how the process does, for the operator's Prometheus (docs/numbers.md)."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import logging
import re

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from api.errors import ApiError
from api.numbers.metrics import Standing, exposition, read_standing
from api.routers.deps import NowDep

logger = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False)

FORWARDED = re.compile(
    r"forwarded|via|x-forwarded-.+|x-real-ip|x-original-.+|.+-client-ip|.+-connecting-ip"
)
"""What a proxy adds: then the one who asks is not on this machine, wherever it comes from."""

OWN_NAME = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
"""What a program on this machine calls it, as it stands in the request."""


@router.get("/metrics")
async def metrics(request: Request, now: NowDep) -> Response:
    """Figures of this process and of the desks, for who has the token or is on this machine."""
    _refuse_strangers(request)
    state = request.app.state
    ready = state.assistant is not None and state.ready_after > 0
    standing: Standing | None = None
    if state.store is not None:
        try:
            standing = await asyncio.to_thread(read_standing, state.store, now)
        except SQLAlchemyError:
            logger.exception("the database failed")
    registry, redis = state.counters.meter.registry, state.link.is_up
    told = exposition(registry, standing, ready, now, redis)
    return Response(told, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _refuse_strangers(request: Request) -> None:
    """Raise ApiError unless the token was sent or, where none is set, it is asked for here."""
    token: str = request.app.state.settings.staff.metrics_token
    if not token:
        if not _is_from_here(request):
            raise ApiError(
                403,
                "metrics_closed",
                "Mätvärdena visas bara på den egna maskinen.",
                english="Set LOTSEN_METRICS_TOKEN to read metrics from another machine.",
            )
        return
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(sent.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not same:
        raise ApiError(
            401,
            "no_metrics_token",
            "Nyckeln till mätvärdena saknas eller är fel.",
            english="Send the metrics token as `Authorization: Bearer …`.",
        )


def _is_from_here(request: Request) -> bool:
    """Whether somebody on this machine asks, without anything between: the connection tells.

    The name can only make it less: a page of others whose name leads here would send that name.
    Some proxies tell nothing of themselves but the age of their HTTP.
    """
    if request.client is None or not _is_loopback(request.client.host):
        return False
    between = any(FORWARDED.fullmatch(name) for name in request.headers)
    names = request.headers.getlist("host")
    own = len(names) == 1 and OWN_NAME.fullmatch(names[0]) is not None
    return own and not between and request.scope.get("http_version") != "1.0"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
