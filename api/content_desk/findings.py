"""What the validator found, in plain Swedish: which field it is about and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from api.content_desk.findings_words import (
    COUNTED,
    FACTS,
    FIELDS,
    PLAIN_VALUES,
    TYPES,
    sentences,
)
from bot.knowledge.loader import load_knowledge
from bot.knowledge.validator_report import Problem

_PLACE: Final = re.compile(r"^(?P<block>[^.\[]+\[[^\]]*\])(?:\.(?P<rest>.+))?$")
_STEP: Final = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<number>[^\]]+)\])?")
_ASPECT: Final = re.compile(r"answers\[([^\]/]+)(?:/\w+)?\]")
_UNKNOWN: Final = "Något här behöver rättas. Kontrollens egna ord: {message}"

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to do. ``field`` is a name of the form's, ``number`` which of several it is."""

    level: Level
    block: str
    field: str
    number: int | None
    where: str
    text: str


def in_swedish(problem: Problem) -> Finding:
    """The validator's line as an editor reads it."""
    block, field, number = _taken_apart(problem.field)
    return Finding(
        level="error" if problem.level == "ERROR" else "warning",
        block=block,
        field=field,
        number=number,
        where=_where(field, number),
        text=sentence(problem.message),
    )


def sentence(message: str) -> str:
    """What to do, in one or two Swedish sentences."""
    for pattern, swedish in sentences():
        match = pattern.fullmatch(message)
        if match:
            values = {k: _readable(k, v or "") for k, v in match.groupdict().items()}
            return swedish.format(**values)
    return _UNKNOWN.format(message=message)


def of_block(problems: Iterable[Problem], file: str, block: str) -> list[Finding]:
    """What was found in one answer or contact, errors first."""
    found = [
        in_swedish(p)
        for p in problems
        if p.file == file and (p.field == block or p.field.startswith((f"{block}.", f"{block}[")))
    ]
    return sorted(found, key=lambda f: (f.level != "error", f.field, f.number or 0, f.text))


def elsewhere(problems: Iterable[Problem], file: str, block: str) -> list[Finding]:
    """Errors that are in no field of this answer or contact, each with what it is about."""
    own = (f"{block}.", f"{block}[")
    return [
        _with_place(p)
        for p in problems
        if p.level == "ERROR"
        and not (p.file == file and (p.field == block or p.field.startswith(own)))
    ]


def _with_place(problem: Problem) -> Finding:
    """The finding with the question of its answer before it."""
    found = in_swedish(problem)
    service = problem.file.partition("/")[2].removesuffix(".yml")
    aspect = _ASPECT.fullmatch(found.block)
    topic = load_knowledge().topic((service, aspect[1])) if aspect else None
    return replace(found, text=f"”{topic.question}” {found.text}") if topic else found


def _taken_apart(place: str) -> tuple[str, str, int | None]:
    """``answers[kostnad].evidence[2].quote`` -> ``answers[kostnad]``, ``evidence``, 2."""
    match = _PLACE.match(place)
    block, rest = (match["block"], match["rest"] or "") if match else ("", place)
    step = _STEP.match(rest)
    if step is None:
        return block, "", None
    number = step["number"]
    return block, step["name"], int(number) if number and number.isdigit() else None


def _where(field: str, number: int | None) -> str:
    name = FIELDS.get(field, field)
    return f"{COUNTED.get(field, name)} {number}" if number else name


def _readable(key: str, value: str) -> str:
    """A value without the marks of a program: its quotes, or an English word for it."""
    if key == "fact":
        return FACTS.get(value, value)
    if key == "types":
        return " eller ".join(TYPES.get(part, part) for part in value.split(" or "))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return PLAIN_VALUES.get(value, value)
