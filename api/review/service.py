"""The list of questions to review, and one group of them. Reads only; its methods block."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from api.clock import utc
from api.review.examples import load_examples
from api.review.grouping import group
from api.review.meaning import Meanings
from api.review.records import KINDS, REASONS, Group, Opened, Overview, Wording, reasons_of
from api.review.titles import Choice, choices, title_of
from api.settings import ROOT
from api.storage import review as table
from api.storage.review import Mark, Question
from api.storage.store import Store
from bot.understanding.analyse import unshout
from bot.understanding.text import folded_words

MOST: Final = 1000
"""Questions that are grouped, the newest ones: the first time that takes some seconds."""

DONE: Final = "done"
"""In place of a reason: what somebody has dealt with."""

_LIKELY: Final = 5
_ASK: Final = 5
_NEIGHBOURS: Final = 12


def key_of(text: str) -> str:
    """What a question is marked by: the same for the same words, however they are written."""
    words = " ".join(folded_words(text)) or text
    return hashlib.sha256(words.encode()).hexdigest()[:32]


class Review:
    """What could not be answered well in a municipality."""

    def __init__(self, store: Store, meanings: Meanings, root: Path = ROOT) -> None:
        self._store, self._meanings, self._root = store, meanings, root

    def look(self, municipality: str, days: int, reason: str, now: datetime) -> Overview:
        """The groups of a period, those that most people asked first.

        ``reason`` is one of REASONS, DONE, or empty for all that waits.
        """
        return self.between(municipality, utc(now) - timedelta(days=days), utc(now), reason)

    def between(
        self, municipality: str, since: datetime, until: datetime, reason: str = ""
    ) -> Overview:
        """The same of what was asked from one moment to another."""
        read, marks = self._read(municipality, since)
        found = [q for q in read if q.at <= until]
        waiting = [q for q in found if not _is_done(q, marks)]
        shown = [q for q in found if _is_done(q, marks)] if reason == DONE else waiting
        counts = Counter(name for q in waiting for name in reasons_of(q))
        if reason in REASONS:
            shown = [q for q in shown if reason in reasons_of(q)]
        return Overview(
            groups=tuple(self.grouped(shown)),
            questions=len(shown),
            is_capped=len(read) >= MOST,
            counts={name: counts[name] for name in REASONS},
            picked=tuple(m for m in marks.values() if m.state == table.PICKED),
            asked=tuple(m for m in marks.values() if m.state == table.ASKED and m.question),
        )

    def open(
        self, municipality: str, key: str, days: int, reason: str, now: datetime
    ) -> Opened | None:
        """The group that a question stands in; None when it is not there any more."""
        groups = self.look(municipality, days, reason, now).groups
        found = next((g for g in groups if any(w.key == key for w in g.wordings)), None)
        if found is None:
            return None
        grouped = [(service, tuple(known)) for service, known in choices(municipality)]
        known = {choice.label: choice for _, several in grouped for choice in several}
        return Opened(found, tuple(self._likely(found, known)), tuple(grouped))

    def known(self, municipality: str, days: int, now: datetime) -> dict[str, str]:
        """All questions that may be decided of, by key."""
        found, _ = self._read(municipality, utc(now) - timedelta(days=days))
        return {key_of(q.text): q.text for q in found}

    def grouped(self, questions: Sequence[Question]) -> list[Group]:
        """Questions that mean the same, together."""
        said: dict[str, list[Question]] = defaultdict(list)
        for question in questions:
            said[key_of(question.text)].append(question)
        if not said:
            return []
        keys = list(said)
        vectors = self._meanings.of([said[key][0].text for key in keys])
        guesses = [_commonest(q.topic for q in said[key]) for key in keys]
        groups = [
            _group([(keys[place], said[keys[place]]) for place in places])
            for places in group(vectors, guesses)
        ]
        return sorted(groups, key=lambda g: (-g.conversations, -g.count, -g.newest.timestamp()))

    def _read(
        self, municipality: str, since: datetime
    ) -> tuple[list[Question], Mapping[str, Mark]]:
        with self._store.desk.connect_both() as (desk, texts):
            found = table.questions(texts, municipality, since, MOST)
            return found, table.marks(desk, municipality)

    def _likely(self, found: Group, known: Mapping[str, Choice]) -> list[Choice]:
        """What the group most likely asks: by the nearest examples, and by what was guessed."""
        rows = load_examples(self._root).rows
        near = self._meanings.of([w.text for w in found.wordings[:_ASK]])
        angles = near @ self._meanings.of_examples([unshout(row.text) for row in rows]).T
        scores: dict[str, float] = defaultdict(float)
        for line in angles:
            for place in np.argsort(-line)[:_NEIGHBOURS]:
                scores[rows[place].label] += float(line[place])
        for topic in found.topics:
            scores[topic] += 1.0
        ordered = sorted(scores, key=lambda label: (-scores[label], label))
        return [known[label] for label in ordered if label in known][:_LIKELY]


def _is_done(question: Question, marks: Mapping[str, Mark]) -> bool:
    mark = marks.get(key_of(question.text))
    return mark is not None and mark.covers(question.at)


def _group(said: Sequence[tuple[str, Sequence[Question]]]) -> Group:
    """One group; the first of what was said is the most central."""
    wordings = tuple(
        Wording(key, several[0].text, several[0].language, len(several), several[0].at)
        for key, several in said
    )
    questions = [q for _, several in said for q in several]
    reasons = Counter(name for q in questions for name in reasons_of(q))
    return Group(
        key=wordings[0].key,
        name=wordings[0].text,
        language=wordings[0].language,
        wordings=wordings,
        count=len(questions),
        conversations=len({q.conversation for q in questions}),
        newest=max(q.at for q in questions),
        reasons=tuple((REASONS[name], reasons[name]) for name in REASONS if reasons[name]),
        replies=tuple(Counter(_reply(q) for q in questions).most_common()),
        words=tuple(dict.fromkeys(q.words for q in questions if q.words)),
        topics=tuple(dict.fromkeys(q.topic for q in questions if q.topic)),
    )


def _reply(question: Question) -> str:
    """What the assistant did, in words; an answer by what it answers."""
    parts = (question.answer or "").split(".")
    if question.kind == "answer" and len(parts) > 2:
        return f"Svarade på: {title_of('.'.join(parts[1:3]))}"
    return KINDS.get(question.kind or "", "Svarade något annat")


def _commonest(values: Iterable[str | None]) -> str | None:
    return Counter(values).most_common(1)[0][0]
