"""What the assistant says while somebody asks to be called back, field by field.

It says nothing of what was written: name, number, subject and time stand as ``[[name]]`` and the
like, and the API fills them in for the person alone (docs/adr/0010).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.aloud import counted
from bot.dialogue.callback_fields import ABOUT_LIMIT, NAME_LIMIT
from bot.dialogue.turn import Reply, Turn
from bot.dialogue.wording import say
from bot.knowledge.handoff import load_desk_words
from bot.knowledge.records import Municipality
from bot.understanding.text import folded_words

START, CONFIRM, CANCEL = "callback_start", "callback_confirm", "callback_cancel"
"""What ``custom.action`` tells the API to do: open a draft, send it, delete it."""

_ABOUT_DATA = re.compile(
    r"\b(?:spara\w*|radera\w*|lagra\w*|personuppgift\w*|gdpr|sekretess\w*|vem (?:\w+ )?ser"
    r"|(?:is|are|be) (?:kept|stored|deleted)|privacy|personal data)\b"
)
_OWN_TEXTS = frozenset({"sv", "en"})

_LIMITS = {"about": ABOUT_LIMIT, "name": NAME_LIMIT}
_READ_BACK = ("about", "name", "phone", "time")


def begin(turn: Turn) -> Reply:
    """The first question, after what is going to be asked and that it can be stopped."""
    reply = ask("about", turn, None)
    return _led(_said("callback_begins", turn), reply, action=START)


def ask(step: str, turn: Turn, municipality: Municipality | None) -> Reply:
    """Ask for a field; what was wrong with the answer to it is told first."""
    told = turn.callback or {}
    if step == "time":
        reply = _ask_time(list(told.get("times") or ()), turn)
    elif step == "confirm":
        reply = _read_back(turn, municipality)
    else:
        reply = Reply(_said(f"callback_ask_{step}", turn), "handoff")
    reply.step = step
    if told.get("step") == step and told.get("answer") == "refused":
        return _with_problem(step, str(told.get("problem")), turn, reply)
    return reply


def ask_again(step: str, turn: Turn, municipality: Municipality | None) -> Reply:
    """After something else was answered: whether to go on, and the field once more."""
    return _led(_said("callback_resumes", turn), ask(step, turn, municipality))


def sent(turn: Turn) -> Reply:
    """It is booked; the API puts the receipt in."""
    return Reply(_said("callback_sent", turn), "handoff", action=CONFIRM)


def about_data(turn: Turn, municipality: Municipality | None) -> Reply | None:
    """``vad sparas om mig`` in the middle of the form: what the details are for."""
    if turn.callback is None or not _ABOUT_DATA.search(" ".join(folded_words(turn.text))):
        return None
    return Reply(_purpose(turn, municipality), "notice")


def cancelled(turn: Turn) -> Reply:
    """Stopped as asked for."""
    return Reply(_said("callback_cancelled", turn), "notice", action=CANCEL)


def with_lost(reply: Reply, turn: Turn) -> Reply:
    """The answer to a message, after the form is gone because nobody wrote for long."""
    return _led(_said("callback_lost", turn), reply, action=reply.action or CANCEL)


def _said(key: str, turn: Turn, **values: object) -> str:
    """A text of the form. In other languages than its own the English stands below the Swedish."""
    text = say(key, turn.language, **values)
    return text if turn.language in _OWN_TEXTS else f"{text}\n{say(key, 'en', **values)}"


def _ask_time(times: Sequence[str], turn: Turn) -> Reply:
    lines = [f"{number}. {title}" for number, title in enumerate(times, start=1)]
    asked = _said("callback_ask_time", turn)
    return Reply(
        "\n".join([asked, *lines]),
        "handoff",
        prose=[("\n".join(lines), counted(times, turn.language))],
        buttons=list(times),
        told=lines,
    )


def _read_back(turn: Turn, municipality: Municipality | None) -> Reply:
    """All that was given, what it is for, and the question whether it is right."""
    words, language = load_desk_words(), turn.language
    shown = [words.say(f"callback_line_{f}", language, value=f"[[{f}]]") for f in _READ_BACK]
    lines = [
        _said("callback_ask_confirm", turn),
        *shown,
        _purpose(turn, municipality),
        _said("callback_consent", turn),
    ]
    buttons = [say(f"callback_{b}", language) for b in ("yes", "change", "cancel")]
    return Reply("\n".join(lines), "handoff", buttons=buttons)


def _purpose(turn: Turn, municipality: Municipality | None) -> str:
    """What the details are for: in the API's words, which know the unit and the days."""
    told = (turn.callback or {}).get("purpose")
    name = municipality.name if municipality else ""
    return str(told) if told else _said("callback_purpose", turn, municipality=name)


def _with_problem(step: str, problem: str, turn: Turn, reply: Reply) -> Reply:
    told = _said(f"problem_{step}_{problem}", turn, limit=_LIMITS.get(step, 0))
    if step != "confirm":
        return _led(told, reply)
    changes = [say(f"callback_change_{f}", turn.language) for f in _READ_BACK]
    buttons = [*changes, say("callback_cancel", turn.language)]
    return Reply(told, "handoff", buttons=buttons, step=step)


def _led(lead: str, reply: Reply, action: str | None = None) -> Reply:
    reply.text = f"{lead}\n{reply.text}"
    reply.action = action or reply.action
    return reply
