"""What staff decide of questions: examples, out of scope, a question to an editor, or nothing.

Nothing here changes what runs. Examples are collected and become a change set. Methods block.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from api.changes.edits import add_examples
from api.changes.records import ChangeError, ChangeSet, Proposal
from api.changes.service import Changes
from api.clock import utc
from api.review.examples import Examples, Row, load_examples
from api.review.records import ReviewError
from api.review.titles import OTHERS, OUTSIDE, split_label, title_of
from api.settings import ROOT
from api.storage import audit
from api.storage import review as table
from api.storage.audit import Actor
from api.storage.review import Mark
from api.storage.store import Store
from bot.guard.intake import admit
from bot.knowledge.loader import load_knowledge

LONGEST_NOTE: Final = 500
_CHANGED: Final = "Exemplen har ändrats sedan du valde. Ta bort det som inte går att lägga till."
_WRONG: Final = "Inget är sparat. Ändra det som är markerat nedan."


class Decisions:
    """Decides of questions of one municipality at a time."""

    def __init__(self, store: Store, root: Path = ROOT) -> None:
        self._store, self._root = store, root
        self._changes = Changes(store.desk, root)

    def pick(
        self,
        municipality: str,
        wordings: Mapping[str, str],
        label: str,
        staff: Actor,
        now: datetime,
    ) -> None:
        """Collect wordings, by their question's key, as examples; raise ReviewError."""
        if not _is_choice(label):
            raise ReviewError("Välj vad frågan är ett exempel på.")
        texts = {key: " ".join(text.split()) for key, text in wordings.items()}
        with self._store.desk.connect() as connection:
            known = table.marks(connection, municipality)
        others = [m for m in known.values() if m.state == table.PICKED and m.key not in texts]
        self._check(_rows(others), [Row(t, label, key) for key, t in texts.items()])
        marks = [_mark(key, table.PICKED, staff, now, t, label) for key, t in texts.items()]
        self._decide(municipality, marks, staff, now)

    def ask(
        self,
        municipality: str,
        wordings: Mapping[str, str],
        note: str,
        staff: Actor,
        now: datetime,
    ) -> None:
        """An editor is to answer: the first wording is kept until that is done."""
        told = admit(note).text.strip()
        if len(told) > LONGEST_NOTE:
            raise ReviewError(f"Meddelandet är för långt. Skriv högst {LONGEST_NOTE} tecken.")
        first, *others = wordings
        marks = [_mark(first, table.ASKED, staff, now, wordings[first], told or None)]
        marks += [_mark(key, table.ASKED, staff, now, None, first) for key in others]
        self._decide(municipality, marks, staff, now)

    def hide(self, municipality: str, keys: Collection[str], staff: Actor, now: datetime) -> None:
        """They are not shown any more."""
        marks = [_mark(key, table.HIDDEN, staff, now) for key in keys]
        self._decide(municipality, marks, staff, now)

    def take_back(
        self, municipality: str, keys: Collection[str], staff: Actor, now: datetime
    ) -> int:
        """They are to be reviewed again; how many there were."""
        with self._store.desk.begin() as connection:
            gone = table.take_back(connection, municipality, keys)
            if gone:
                audit.write(connection, utc(now), staff, municipality, "review.reopened")
        return gone

    def answered(self, municipality: str, key: str, staff: Actor, now: datetime) -> bool:
        """An editor has dealt with a question; whether it was waiting."""
        with self._store.desk.begin() as connection:
            done = table.answered(connection, municipality, key, staff.id, utc(now))
            if done:
                audit.write(connection, utc(now), staff, municipality, "review.answered", key)
        return done

    def propose(self, municipality: str, staff: Actor, now: datetime) -> ChangeSet:
        """Make a change set of all that was collected; raise ReviewError."""
        with self._store.desk.connect() as connection:
            known = table.marks(connection, municipality).values()
        picked = [m for m in known if m.state == table.PICKED]
        if not picked:
            raise ReviewError("Inget är valt ännu.")
        rows = _rows(picked)
        examples = self._check_again(rows)
        proposal = Proposal(
            municipality=municipality,
            kind="review",
            title=_title(rows),
            about={"questions": {m.key: m.note for m in picked}},
            files=self._files(rows, examples),
        )
        try:
            made = self._changes.propose(proposal, staff, utc(now))
        except ChangeError as error:
            raise ReviewError(str(error)) from error
        states = [(m.key, table.OUTSIDE if m.note in OUTSIDE else table.ADDED) for m in picked]
        with self._store.desk.begin() as connection:
            table.proposed(connection, municipality, states, made.id)
        return made

    def _check_again(self, rows: Sequence[Row]) -> Examples:
        """The same of what was picked a while ago: each that is wrong by now is named."""
        try:
            return self._check([], rows)
        except ReviewError as error:
            wrong = [(row.text, error.problems.get(row.file)) for row in rows]
            told = [f"”{text}”: {problem}" for text, problem in wrong if problem]
            raise ReviewError(" ".join([_CHANGED, *told])) from error

    def _check(self, waiting: Sequence[Row], new: Sequence[Row]) -> Examples:
        """The examples that there are; ReviewError when the new ones don't fit among them.

        The ``file`` of a new row is the key of the question that it came from.
        """
        examples = load_examples(self._root)
        problems: dict[str, str] = {}
        beside = list(waiting)
        for row in new:
            if problem := examples.problem(row.text, row.label, beside):
                problems[row.file] = problem
            beside.append(row)
        if problems:
            raise ReviewError(_WRONG, problems)
        return examples

    def _files(self, rows: Sequence[Row], examples: Examples) -> dict[str, str | None]:
        """Each file that gets examples, as it is to be."""
        by_label: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            by_label[row.label].append(row.text)
        files: dict[str, str | None] = {}
        for label, texts in by_label.items():
            intent, service = split_label(label)
            path = examples.file_of(label)
            before = files.get(path or "") or (self._changes.read(path) if path else None)
            if path is None or before is None:
                raise ReviewError(f"Det finns inga exempel att lägga till bland: {title_of(label)}")
            try:
                files[path] = add_examples(before, intent, service, texts)
            except ChangeError as error:
                raise ReviewError(str(error)) from error
        return files

    def _decide(
        self, municipality: str, marks: Sequence[Mark], staff: Actor, now: datetime
    ) -> None:
        with self._store.desk.begin() as connection:
            for mark in marks:
                table.put(connection, municipality, mark)
            state = marks[0].state
            audit.write(connection, utc(now), staff, municipality, f"review.{state}", marks[0].key)


def _is_choice(label: str) -> bool:
    intent, service = split_label(label)
    if service is None:
        return label in OTHERS or label in OUTSIDE
    return load_knowledge().topic((service, intent)) is not None


def _mark(
    key: str,
    state: str,
    staff: Actor,
    now: datetime,
    question: str | None = None,
    note: str | None = None,
) -> Mark:
    return Mark(key, state, question, note, None, staff.id, utc(now))


def _rows(picked: Sequence[Mark]) -> list[Row]:
    return [Row(m.question or "", m.note or "", m.key) for m in picked]


def _title(rows: Sequence[Row]) -> str:
    """What the change set is called: what is added, and how much."""
    counted = Counter(row.label for row in rows).most_common()
    told = ", ".join(f"{title_of(label)} ({count})" for label, count in counted)
    return f"Nya exempel: {told}"
