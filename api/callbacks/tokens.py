"""Tokens that stand for what a citizen wrote, in messages and in Rasa's memory of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.speech.segments import segments

TOKENS: Final = {
    "name": "[namn]",
    "phone": "[telefonnummer]",
    "about": "[ärende]",
    "time": "[tid]",
}
"""By field. Swedish, as those of the privacy guard are."""

FILL: Final = "fill"
"""Marks the ``custom`` of a reply in which tokens stand for what is in the draft."""

_PLACEHOLDER: Final = re.compile(r"\[\[(name|phone|about|time|receipt)\]\]")
_TOKEN: Final = re.compile("|".join(re.escape(token) for token in TOKENS.values()))
_FIELDS: Final = {token: field for field, token in TOKENS.items()}


def has_placeholders(reply: Any) -> bool:
    """Whether the assistant left room for what was written."""
    return bool(_PLACEHOLDER.search(repr(reply)))


def with_tokens(reply: Any, known: Mapping[str, str]) -> Any:
    """The reply as it may be stored: what is ``known`` (the receipt, the time) stands in it."""
    values = {**TOKENS, "receipt": "", **known}
    return _said_anew(_mapped(reply, _PLACEHOLDER, lambda name: values[name]))


def filled(reply: Any, fields: Mapping[str, Any]) -> Any:
    """The reply as its citizen sees it; a field that is not there keeps its token."""
    told = _mapped(reply, _TOKEN, lambda token: str(fields.get(_FIELDS[token]) or token))
    return _said_anew(told)


def without(text: str, fields: Mapping[str, Any]) -> str:
    """A text without what was written earlier, said again in it."""
    for field in ("name", "phone"):
        value = str(fields.get(field) or "")
        if value:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", TOKENS[field], text, flags=re.I)
    return text


def _said_anew(reply: Any) -> Any:
    """The reply with a spoken form that is made of what now stands in it."""
    custom = reply.get("custom") if isinstance(reply, Mapping) else None
    if not isinstance(custom, Mapping) or not custom.get("aloud"):
        return reply
    said = segments("\n".join(custom["aloud"]), str(custom.get("language") or "sv"))
    return {**reply, "custom": {**custom, "spoken": " ".join(s.spoken for s in said)}}


def _mapped(value: Any, pattern: re.Pattern[str], word: Any) -> Any:
    """The same structure with every text in it changed, in one pass."""
    if isinstance(value, str):
        return pattern.sub(lambda m: word(m[m.lastindex or 0]), value)
    if isinstance(value, Mapping):
        return {key: _mapped(part, pattern, word) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(part, pattern, word) for part in value]
    return value
