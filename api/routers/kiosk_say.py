"""The kiosk's own words as sound, sentence by sentence. Never text that somebody sends."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.faults import fault
from api.routers.deps import DeskDep, LanguageQuery, NowDep, SettingsDep, SpeechDep
from api.routers.kiosk import READ, switched_on
from api.routers.speech import Form, Index, Slow
from api.schemas_speech import SentenceView, SpeechView
from api.services.kiosk import Kiosk
from api.services.kiosk_say import KEYS, Said, sentences
from api.services.limits import client_of
from api.services.municipality import find_municipality
from api.speech.encoding import TYPES
from api.speech.service import Order
from bot.dialogue.wording import text_language

router = APIRouter(
    prefix="/kiosk/{municipality_id}/say/{key}",
    include_in_schema=False,
    dependencies=[Depends(switched_on)],
)


async def get_said(
    municipality_id: str,
    key: str,
    request: Request,
    settings: SettingsDep,
    desk: DeskDep,
    now: NowDep,
    language: LanguageQuery = "sv",
    slow: Slow = False,
) -> list[Said]:
    """What is said under the key; ApiError or 404 when there is no such kiosk or key."""
    await request.app.state.limits.check("client", client_of(request.scope))
    municipality = find_municipality(municipality_id)
    if key not in KEYS:
        raise HTTPException(404)
    record = await Kiosk(municipality, settings, now, language).record(desk)
    return sentences(key, record, slow=slow)


SaidDep = Annotated[list[Said], Depends(get_said)]


@router.api_route("", methods=READ)
async def read_said(said: SaidDep, speech: SpeechDep, language: LanguageQuery = "sv") -> SpeechView:
    """The sentences, for playing one after the other."""
    if not all(map(speech.works, {one.language for one in said})):
        raise fault("no_speech")
    speech.get_ready(said[0].language)
    views = [
        SentenceView(index=at, text=one.segment.written, spoken=one.segment.spoken)
        for at, one in enumerate(said)
    ]
    return SpeechView(language=text_language(language), sentences=views)


@router.api_route("/{index}", methods=READ)
async def hear_said(
    index: Index, said: SaidDep, speech: SpeechDep, slow: Slow = False, form: Form = "wav"
) -> Response:
    """One sentence as sound. All of it is the pages' own, so it may be kept."""
    if index >= len(said):
        raise fault("unknown_sentence", "index")
    order = Order(said[index].segment.spoken, said[index].language, slow, form, keep=True)
    return Response(await speech.sound(order), media_type=TYPES[form])
