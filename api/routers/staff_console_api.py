"""The test console for programs: play a conversation, compare two models, list them.

Any role may test, as any municipality: what the assistant says is public.
"""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Depends

from api.console.deps import ConsoleDep
from api.console.moments import moment_words, read_moment
from api.console.records import Played, Setting
from api.routers.deps import NowDep
from api.routers.staff_shell import EVERYBODY
from api.schemas_console import read_trace
from api.schemas_console_play import (
    CompareBody,
    ComparedView,
    CompareView,
    ModelsView,
    ModelView,
    PlayBody,
    PlayedView,
    PlayView,
    SettingBody,
)
from api.staff.deps import holding

router = APIRouter(
    prefix="/api/v1/staff/console",
    include_in_schema=False,
    dependencies=[Depends(holding(*EVERYBODY))],
)


@router.post("/play")
async def play(body: PlayBody, console: ConsoleDep, now: NowDep) -> PlayView:
    """The conversation from its beginning, with what was understood of each turn."""
    setting = _setting(body.setting)
    played = await console.play(setting, body.turns, now, body.model)
    words = moment_words(read_moment(setting.moment, now))
    return PlayView(played=[_view(turn) for turn in played], moment=words)


@router.post("/compare")
async def compare(body: CompareBody, console: ConsoleDep, now: NowDep) -> CompareView:
    """The same conversation with two models."""
    setting = _setting(body.setting)
    both = await console.compare(setting, body.turns, now, other=body.other, model=body.model)
    words = moment_words(read_moment(setting.moment, now))
    compared = [
        ComparedView(first=_view(c.first), second=_view(c.second), differs=list(c.differs))
        for c in both
    ]
    return CompareView(compared=compared, moment=words)


@router.get("/models")
async def models(console: ConsoleDep) -> ModelsView:
    """The trained models, the newest first."""
    found = await asyncio.to_thread(console.models)
    return ModelsView(
        models=[
            ModelView(name=m.name, trained=m.trained, size=m.size, is_serving=m.is_serving)
            for m in found
        ]
    )


def _setting(body: SettingBody) -> Setting:
    return Setting(
        municipality=body.municipality,
        channel=body.channel,
        language=body.language,
        easy=body.easy,
        moment=body.moment,
        open_ways=tuple(body.open),
    )


def _view(played: Played) -> PlayedView:
    return PlayedView(
        turn=played.turn,
        text=played.masked_text,
        masked=list(played.masked),
        replies=[dict(reply) for reply in played.replies],
        trace=read_trace(played.trace),
        ms=played.ms,
        moment=played.moment,
    )
