"""From a played conversation to a test: what is offered to expect, what was chosen, what is wrong.

The conversation is played again as the test will play it: with what would have been stored of
each message, at one fixed moment and in ordinary Swedish, since that is what the format can hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.datastructures import FormData

from api.console.dialogue_file import (
    DialogueFile,
    Expected,
    chosen_at_first,
    name_of,
    phrases,
    problems,
    topics,
)
from api.console.names import KINDS, answer_title
from api.console.page_form import Asked
from api.console.records import Played, Setting
from bot.guard.intake import admit
from bot.testing.heard import Heard, heard
from bot.testing.play import differences
from bot.understanding.text import fold

USUAL_TOPIC = "samtal"
_EXAMPLE = re.compile(r"^\s+- (.+)$", re.MULTILINE)
_LONGEST = 4000
_TURN = re.compile(r"^replik (\d+): ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the reply, and whether the test is to look for it."""

    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """A turn and what its reply is to hold. ``more`` and ``never`` have a phrase on each line."""

    user: str
    heard: Heard
    phrases: tuple[Phrase, ...]
    wants_kind: bool = True
    wants_answer: bool = True
    more: str = ""
    never: str = ""

    @property
    def kind_title(self) -> str:
        """What kind of reply it was."""
        return KINDS.get(self.heard.kind, self.heard.kind)

    @property
    def answer_title(self) -> str:
        """Which answer it was, in words."""
        return answer_title(self.heard.answer)

    def expected(self) -> Expected:
        """The turn as the test has it."""
        chosen = [p.text for p in self.phrases if p.chosen]
        return Expected(
            user=self.user,
            kind=self.heard.kind if self.wants_kind else "",
            answer=(self.heard.answer or "") if self.wants_answer else "",
            says=tuple(dict.fromkeys([*chosen, *_lines(self.more)])),
            never=tuple(_lines(self.never)),
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A test that is being written."""

    topic: str
    name: str
    because: str
    turns: tuple[TurnDraft, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and at which field of the page."""

    field: str
    text: str


def as_a_test(asked: Asked) -> Asked:
    """The conversation as a test plays it: as it would have been stored, not in easy Swedish."""
    texts = tuple(admit(text).text.strip() for text in asked.texts)
    setting = replace(asked.setting, easy=False)
    return replace(asked, setting=setting, texts=tuple(t for t in texts if t))


def draft_at_first(played: Sequence[Played], root: Path) -> Draft:
    """What the page offers: the kind, the answer, and the sentences that the page itself has."""
    turns = []
    for one in played:
        said = heard(one.replies)
        offered = _offered(said)
        chosen = chosen_at_first(said, offered)
        offer = tuple(Phrase(text, text in chosen) for text in offered)
        turns.append(TurnDraft(one.masked_text, said, offer))
    first = played[0].masked_text if played else ""
    return Draft(_topic(turns, topics(root)), name_of(first), "", tuple(turns))


def draft_of(form: FormData, played: Sequence[Played]) -> Draft:
    """What was chosen on the page."""
    turns = []
    for number, one in enumerate(played, start=1):
        said = heard(one.replies)
        chosen = {str(value) for value in form.getlist(f"says-{number}")}
        turns.append(
            TurnDraft(
                user=one.masked_text,
                heard=said,
                phrases=tuple(Phrase(text, text in chosen) for text in _offered(said)),
                wants_kind=f"kind-{number}" in form,
                wants_answer=f"answer-{number}" in form,
                more=_field(form, f"more-{number}"),
                never=_field(form, f"never-{number}"),
            )
        )
    name = name_of(_field(form, "name"))
    return Draft(_field(form, "topic"), name, _field(form, "because"), tuple(turns))


def file_of(draft: Draft, setting: Setting, moment: str) -> DialogueFile:
    """The draft as a file. ``moment`` is the local time, since a test has one of its own."""
    where = {
        "municipality": setting.municipality,
        "channel": "" if setting.channel == "web" else setting.channel,
        "language": setting.language or "",
        "now": moment,
    }
    return DialogueFile(
        topic=draft.topic,
        name=draft.name,
        because=draft.because,
        where={key: value for key, value in where.items() if value},
        open_ways=setting.open_ways,
        turns=tuple(turn.expected() for turn in draft.turns),
    )


def problems_of(file: DialogueFile, root: Path) -> list[Problem]:
    """What has to be changed before it can be a test, each told at its field."""
    return [_told(problem) for problem in problems(file, root)]


def failures_of(draft: Draft, file: DialogueFile) -> list[str]:
    """What the assistant does otherwise today than the test expects."""
    pairs = zip(draft.turns, file.turns, strict=True)
    return [
        f"Replik {number}: {wrong}"
        for number, (turn, wanted) in enumerate(pairs, start=1)
        for wrong in differences(wanted.data(), turn.heard)
    ]


def known_by_heart(file: DialogueFile, root: Path) -> list[str]:
    """The turns that stand among the training examples: they would test memory only."""
    learnt = {
        fold(example).strip(" ?!.")
        for path in sorted((root / "bot/data/nlu").glob("*.yml"))
        for example in _EXAMPLE.findall(path.read_text(encoding="utf-8"))
    }
    return [turn.user for turn in file.turns if fold(turn.user).strip(" ?!.") in learnt]


def _offered(said: Heard) -> list[str]:
    """The phrases that may be stored: none that says back what somebody told of themselves."""
    return [phrase for phrase in phrases(said) if not admit(phrase).masked]


def _told(problem: str) -> Problem:
    """A mistake of the format in words for who has not written the file by hand."""
    turn = _TURN.match(problem)
    if turn and "svaret ska innehålla" in problem:
        text = f"Replik {turn[1]}: välj minst en sak som svaret ska innehålla."
        return Problem(f"turn-{turn[1]}", text)
    if problem.startswith("name:"):
        return Problem("name", "Skriv ett namn på provet, med minst en bokstav.")
    if problem.startswith("because:"):
        return Problem("because", "Skriv varför provet behövs, med minst fyra ord.")
    if "namnet" in problem:
        return Problem("name", problem)
    return Problem("topic" if "ämne" in problem else "", problem)


def _topic(turns: Sequence[TurnDraft], known: Sequence[str]) -> str:
    """The folder named after the service that was answered about, else the one for talk."""
    parts = [part for t in turns for part in (t.heard.answer or "").split(".")[1:2]]
    return next((p for p in [*parts, USUAL_TOPIC, *known] if p in known), "")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _field(form: FormData, name: str) -> str:
    """What was typed; it is to be stored, so personal data is masked."""
    value = form.get(name)
    return admit(value[:_LONGEST]).text.strip() if isinstance(value, str) else ""
