"""Answers as drafts: the page's own sentences, gathered by the question that they answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from bot.importing.contact_entry import is_about_reaching
from bot.importing.drafts_records import AnswerDraft, Unplaced
from bot.importing.hours import tells_hours
from bot.importing.placing import NEAR_ENOUGH, Placed
from bot.importing.placing_cues import ITSELF
from bot.importing.sections import BETWEEN_POINTS, Unit
from bot.knowledge.records import Knowledge, TopicId
from bot.knowledge.validator_answers import CHARACTERS, SENTENCES
from bot.knowledge.validator_text import sentences

LONG_LIST: Final = 5
"""From so many points on, an answer has them as a list of their own."""

_FEWEST_WORDS: Final = 4
_PLACED_BY: Final = 4
_NAMED_FIRST: Final = 4
"""Among so many words a point names the service that it is about; later ones are mentioned."""

_LEANS: Final = re.compile(
    r"(?:Det|Den|De|Dessa|Detta|Denna|Dem|Han|Hon|Då|Där|Här|Därför|Dessutom|Men|Och|Eller|Även"
    r"|Sedan|Också|Exempel|Till exempel|T\.ex\.|Med|Utan|Källa|Observera|OBS)(?!\w)"
)
_FRAGMENTS: Final = ("Till exempel", "T.ex.", "Med vissa", "Källa", "OBS")
_YES_OR_NO: Final = re.compile(r"(?i)(?:ja|nej|jo|javisst)(?!\w)")
_OF_THE_PAGE: Final = re.compile(
    r"(?i)^läs mer|^här (?:hittar|kan) du|(?<!\w)(?:nedan(?:för)?|ovan(?:för)?|i rutan|länken)"
    r"(?!\w)|(?<!\w)här(?:\.$|$| på (?:sidan|hemsidan))|upp på sidan"
)
"""Sentences that point at something which only a reader of the page sees."""

_AS_NEAR: Final = 0.05
"""Where the nearest topic has no room left, another one has to be this near to it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is placed as one: a sentence, or a list with the line that it hangs on."""

    unit: Unit
    lead: str
    points: tuple[str, ...] = ()


@dataclass(slots=True)
class _Growing:
    """An answer while its sentences are gathered."""

    topic: TopicId
    nearness: float
    others: tuple[TopicId, ...]
    parts: list[str] = field(default_factory=list)
    items: tuple[str, ...] = ()
    evidence: list[str] = field(default_factory=list)

    def has_room(self, part: str) -> bool:
        """Whether a part more still makes an answer short enough to be read aloud."""
        text = " ".join([*self.parts, part])
        return len(text) <= CHARACTERS["text"] and len(sentences(text)) <= SENTENCES["text"]


def pieces_of(units: Sequence[Unit], named: Callable[[str], Sequence[str]]) -> list[Piece]:
    """Sentences one by one, lists as a whole.

    A point that names one service of its own (``named``) is also a piece of its own.
    """
    found: list[Piece] = []
    for key, group in groupby(units, key=lambda u: (u.point, u.heading, u.lead)):
        together = list(group)
        if not key[0] or len(together) == 1:
            found += [Piece(unit, "") for unit in together]
            continue
        lead = together[0].lead or together[0].heading
        points = tuple(unit.text for unit in together)
        if len(points) < LONG_LIST and len(lead) + sum(map(len, points)) > CHARACTERS["text"]:
            found += [Piece(unit, "") for unit in together]
            continue
        if found and found[-1].unit.text == lead:
            found.pop()
        told = Unit(
            together[0].at,
            BETWEEN_POINTS.join(points[:_PLACED_BY]),
            together[0].heading,
            True,
            lead,
        )
        found.append(Piece(told, lead, points))
        about = set(named(f"{together[0].heading} {lead}"))
        for unit in together:
            own = set(named(" ".join(unit.text.split()[:_NAMED_FIRST])))
            if len(own) == 1 and not own & about:
                found.append(Piece(unit, ""))
    return found


def answer_drafts(
    pieces: Sequence[Piece], placed: Sequence[Placed], knowledge: Knowledge, municipality: str
) -> tuple[list[AnswerDraft], list[Unplaced]]:
    """The drafts, one for each topic, and the sentences that none of them states."""
    growing: dict[TopicId, _Growing] = {}
    left: list[Unplaced] = []
    last: tuple[int, TopicId] | None = None
    for piece, place in zip(pieces, placed, strict=True):
        if _asks(piece):
            continue
        leaning = last[1] if last and last[0] == piece.unit.at and _leans(piece) else None
        topic = _fitted(piece, place, growing, leaning)
        if topic is None:
            left += _unplaced(piece, place)
        last = (piece.unit.at, topic) if topic else None
    drafts = [
        AnswerDraft(
            id=f"s{number}",
            topic=answer.topic,
            nearness=answer.nearness,
            text=" ".join(answer.parts),
            items=answer.items,
            evidence=tuple(dict.fromkeys(answer.evidence)),
            others=answer.others,
            replaces=bool(knowledge.answers(municipality, answer.topic)),
        )
        for number, answer in enumerate(growing.values(), start=1)
    ]
    stated = {text for answer in growing.values() for text in answer.evidence}
    once = {found.text: found for found in reversed(left) if found.text not in stated}
    return drafts, list(reversed(once.values()))


def _asks(piece: Piece) -> bool:
    """A question of the page's own: the text after it is what counts."""
    return not piece.points and piece.unit.text.endswith("?")


def _leans(piece: Piece) -> bool:
    """Whether a sentence can only be understood after the one before it."""
    return not piece.points and bool(_LEANS.match(piece.unit.text))


def _fitted(
    piece: Piece, place: Placed, growing: dict[TopicId, _Growing], leaning: TopicId | None
) -> TopicId | None:
    """Add the piece to the topic that it leans on, or to the nearest that has room for it."""
    if not _may_be_said(piece):
        return None
    least = max(NEAR_ENOUGH, place.choices[0][1] - _AS_NEAR) if place.choices else 0.0
    near = [topic for topic, nearness in place.choices if nearness >= least]
    if leaning and leaning in growing:
        near = [leaning, *near]
    elif _leans(piece) and not leaning and piece.unit.text.startswith(_FRAGMENTS):
        return None
    for topic in near:
        answer = growing.get(topic) or _Growing(
            topic,
            dict(place.choices).get(topic, 0.0),
            tuple(t for t, _ in place.choices if t != topic),
        )
        if _add(piece, answer):
            growing[topic] = answer
            return topic
    return None


def _may_be_said(piece: Piece) -> bool:
    """Whether a piece can be an answer's: no scrap, hours, or word of oneself or of the page."""
    text = piece.unit.text
    if piece.points:
        return True
    return not (
        len(text.split()) < _FEWEST_WORDS
        or _YES_OR_NO.match(text)
        or (text[-1] in ":;" and not piece.unit.point)
        or ITSELF.search(text)
        or _OF_THE_PAGE.search(text)
        or (tells_hours(text) and is_about_reaching(text))
    )


def _add(piece: Piece, answer: _Growing) -> bool:
    if not piece.points:
        part = piece.unit.text if piece.unit.text[-1] in ".!" else f"{piece.unit.text}."
        if part in answer.parts:
            return True
        if not answer.has_room(part):
            return False
        answer.parts.append(part)
        answer.evidence.append(piece.unit.text)
        return True
    lead = piece.lead.rstrip(" :")
    if len(piece.points) >= LONG_LIST:
        part = f"{lead}." if lead[-1:].isalnum() else lead
        if answer.items or len(part) < 2 or not answer.has_room(part):
            return False
        answer.items = piece.points
    else:
        told = ", ".join(point.rstrip(" .,;") for point in piece.points)
        part = f"{lead}: {told}."
        if not answer.has_room(part):
            return False
    answer.parts.append(part)
    answer.evidence += [text for text in (piece.lead, *piece.points) if text]
    return True


def _unplaced(piece: Piece, place: Placed) -> Iterator[Unplaced]:
    choices = tuple(topic for topic, _ in place.choices)
    for text in (*((piece.lead,) if piece.points and piece.unit.lead else ()), *piece.points):
        yield Unplaced(text, piece.unit.heading, choices)
    if not piece.points:
        yield Unplaced(piece.unit.text, piece.unit.heading, choices)
