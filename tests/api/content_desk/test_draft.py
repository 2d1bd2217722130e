"""An answer in the form: what comes back is what was typed, and only what differs is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.content_desk.draft import (
    Draft,
    as_answer,
    changed_fields,
    chosen_lines,
    draft_of,
    read_form,
    refused,
)
from api.content_desk.shelf import Shelf, lines_of, load_shelf
from bot.knowledge.records import Answer
from tests.bot.knowledge.mini import MINI, copy_to, edit


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_shelf("norrby", MINI)


@pytest.fixture(scope="module")
def answer(shelf: Shelf) -> Answer:
    found = shelf.answer("norrby.hjalp.ansok")
    assert found
    return found


def posted(draft: Draft) -> Draft:
    """The draft after a browser had it."""
    form = {**{k: v.replace("\n", "\r\n") for k, v in draft.values.items()}, "base": draft.base}
    for at, (page, quote) in enumerate(draft.evidence, start=1):
        form |= {f"page_{at}": page, f"quote_{at}": quote}
    form |= {f"next_{at}": topic for at, topic in enumerate(draft.next, start=1)}
    return read_form(form, {"contacts": list(draft.contacts)})


def test_untouched_form_changes_nothing(answer: Answer) -> None:
    draft = posted(draft_of(answer))
    assert changed_fields(answer, draft) == {}
    assert as_answer(answer, draft) == answer


Change = Callable[[Draft], Draft]


def typed(**values: str) -> Change:
    return lambda draft: replace(draft, values={**draft.values, **values})


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        (typed(text="Ny text\r\n här."), {"text": "Ny text här."}),
        (typed(items="ett\n\n två "), {"items": ["ett", "två"]}),
        (typed(items="", items_en=""), {"items": None, "items_en": None}),
        (typed(easy=""), {"easy": ""}),
        (
            typed(reviewer="Eva", reviewed="2026-11-20"),
            {"reviewer": "Eva", "reviewed": dt.date(2026, 11, 20)},
        ),
        (lambda d: replace(d, contacts=()), {"contacts": []}),
        (lambda d: replace(d, next=()), {"next": []}),
        (
            lambda d: replace(d, evidence=(("hjalp", "Fråga Eva  Ek"),)),
            {"evidence": [{"page": "hjalp", "quote": "Fråga Eva Ek"}]},
        ),
    ],
)
def test_changed_fields(answer: Answer, change: Change, fields: dict[str, Any]) -> None:
    assert changed_fields(answer, posted(change(draft_of(answer)))) == fields


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        (typed(text="Ring 19640823-3234."), "text", "personnummer"),
        (typed(items="ett\n640823-3234"), "items", "personnummer"),
        (typed(review_by="i maj"), "review_by", "2027-05-22"),
    ],
)
def test_refused(answer: Answer, change: Change, field: str, says: str) -> None:
    found = refused(change(draft_of(answer)))
    assert list(found) == [field] and says in found[field]
    assert refused(draft_of(answer)) == {}


def test_neighbouring_lines_become_one_quote(shelf: Shelf) -> None:
    lines = lines_of(shelf.municipality.pages["hjalp"])
    at = lines.index("Ring 090-12 34 56")
    names = [f"hjalp:{n}" for n in (at, at + 1, 1)] + ["hjalp:999", "other:1", "hjalp:x", "hjalp"]
    names += ["hjalp:²", f"hjalp:{'9' * 5000}"]
    assert chosen_lines(shelf, names) == [
        ("hjalp", "Hjälp hemma är till för dig som är över 65 år."),
        ("hjalp", "Ring 090-12 34 56 • Skriv till hjalp@norrby.se"),
    ]


def test_a_line_that_a_quote_holds_is_not_added(answer: Answer) -> None:
    draft = draft_of(answer)
    more = draft.with_lines([("hjalp", "Fråga Eva Ek"), ("hjalp", "Öppettider")])
    assert more.evidence == (*draft.evidence, ("hjalp", "Öppettider"))


def test_a_draft_without_evidence_is_no_answer(answer: Answer) -> None:
    assert as_answer(answer, replace(draft_of(answer), evidence=())) is None


def test_files_are_read_again_when_they_change(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    assert load_shelf("norrby", content).lost == {}
    assert load_shelf("norrby", content) is load_shelf("norrby", content)
    edit(content, "norrby/pages/hjalp.txt", "Avgiften är 250", "Avgiften är nu 300")
    changed = load_shelf("norrby", content)
    assert changed.lost == {"norrby.hjalp.kostnad": ("Avgiften är 250 kronor.",)}
