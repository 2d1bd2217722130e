"""The test console: talk to the assistant as anybody, anywhere, and see what it understood.

The page sends the whole conversation each time and the server draws it anew; its script only
keeps the page from being loaded whole. Nothing said here is stored, counted or mailed.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.console import names, shown
from api.console.deps import ConsoleDep
from api.console.moments import moment_words, read_moment
from api.console.page_form import Asked, asked_at_first, read_asked
from api.console.service import Console
from api.console.shown import PairShown, TurnShown
from api.console.sounds import Sounds
from api.errors import ApiError
from api.routers import staff_test_save
from api.routers.deps import SpeechDep
from api.routers.staff_shell import EVERYBODY, NO_STORE, Shell, shell_for
from api.speech.encoding import TYPES
from api.speech.service import Order, Speech
from bot.dialogue.trace_words import BANDS
from bot.knowledge.loader import load_knowledge

router = APIRouter(include_in_schema=False)
router.routes.extend(staff_test_save.router.routes)

PATH = "/staff/test"
CHANNELS = (("web", "webben"), ("kiosk", "kiosken"), ("phone", "telefonen"))
WAYS = (("chat", "Chatt med en människa"), ("callback", "Bli uppringd"), ("mail", "Mejla"))

ShellDep = Annotated[Shell, Depends(shell_for(*EVERYBODY))]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of playing the conversation, or what kept it from being played."""

    turns: tuple[TurnShown, ...] = ()
    pairs: tuple[PairShown, ...] = ()
    moment: str = ""
    problem: ApiError | None = None


@router.api_route(PATH, methods=["GET", "HEAD"])
async def page(shell: ShellDep, console: ConsoleDep) -> Response:
    """The console before anything was said."""
    asked = asked_at_first(shell.request.query_params, shell.own[0])
    return await _page(shell, console, asked, Played())


@router.post(PATH)
async def play(shell: ShellDep, console: ConsoleDep, speech: SpeechDep) -> Response:
    """Play the conversation from its beginning, with all that was changed in it."""
    asked = read_asked(await shell.form())
    try:
        played = await _played(shell, console, asked)
    except ApiError as refusal:
        return await _page(shell, console, asked, Played(problem=refusal))
    return await _page(shell, console, asked, await _audible(shell, speech, played))


@router.get(f"{PATH}/sound/{{key}}/{{index}}")
async def hear(key: str, index: int, shell: ShellDep, speech: SpeechDep) -> Response:
    """One sentence of what was played a moment ago, by its number."""
    found = await sounds_of(shell.request).find(shell.session.id_hash, key, index, shell.now)
    if found is None:
        raise ApiError(404, "sound_gone", "Det går inte att lyssna längre. Spela om samtalet.")
    words, language = found
    order = Order(words, language, slow=False, form="wav", keep=False)
    return Response(await speech.sound(order), media_type=TYPES["wav"], headers=NO_STORE)


def sounds_of(request: Request) -> Sounds:
    """What can be heard now."""
    state = request.app.state
    if not hasattr(state, "console_sounds"):
        state.console_sounds = Sounds(state.link)
    found: Sounds = state.console_sounds
    return found


async def _played(shell: Shell, console: Console, asked: Asked) -> Played:
    """The conversation as it went, with one model or two; raise ApiError when it can't be."""
    if not asked.texts:
        return Played()
    moment = moment_words(read_moment(asked.setting.moment, shell.now))
    texts = list(asked.texts)
    if asked.other:
        compared = await console.compare(asked.setting, texts, shell.now, other=asked.other)
        return Played(pairs=tuple(map(shown.pair_shown, compared)), moment=moment)
    turns = await console.play(asked.setting, texts, shell.now)
    return Played(turns=tuple(map(shown.turn_shown, turns)), moment=moment)


async def _audible(shell: Shell, speech: Speech, played: Played) -> Played:
    """The same, with what a voice can say of it."""
    sounds = sounds_of(shell.request)

    async def key(reply: shown.ReplyShown) -> str:
        if not reply.sentences or not speech.works(reply.language):
            return ""
        session = shell.session.id_hash
        return await sounds.keep(session, reply.sentences, reply.language, shell.now)

    async def with_sound(turn: TurnShown) -> TurnShown:
        return replace(turn, heard=tuple([await key(reply) for reply in turn.replies]))

    pairs = [
        replace(p, first=await with_sound(p.first), second=await with_sound(p.second))
        for p in played.pairs
    ]
    turns = [await with_sound(turn) for turn in played.turns]
    return replace(played, turns=tuple(turns), pairs=tuple(pairs))


async def _page(shell: Shell, console: Console, asked: Asked, played: Played) -> Response:
    models = await asyncio.to_thread(console.models)
    problem = played.problem
    values: dict[str, Any] = {
        "asked": asked,
        "played": played,
        "problem": problem.message if problem else "",
        "wrong": problem.field if problem else "",
        "municipalities": _municipalities(),
        "channels": CHANNELS,
        "languages": names.languages(),
        "ways": WAYS,
        "models": [m for m in models if not m.is_serving],
        "say": names,
        "bands": BANDS,
    }
    response = shell.render("test.html", problem.status if problem else 200, **values)
    if problem and problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _municipalities() -> list[tuple[str, str]]:
    known = load_knowledge().municipalities.values()
    return sorted(((m.id, m.short) for m in known), key=lambda pair: pair[1])
