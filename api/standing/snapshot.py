"""The files of content as they are to be when a page is read again: its text and its dates.

Evidence whose words are all there is written as the page writes it now. What is gone stays as it
is, for a person to rewrite: nothing is invented to fit a new page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from api.changes import edits
from api.changes.records import ChangeError
from api.standing.compare import tidy
from bot.importing.page import ImportedPage
from bot.knowledge.records import Evidence, Municipality, Page
from bot.knowledge.validator_dates import Day
from bot.knowledge.validator_facts import Fact, facts
from bot.knowledge.validator_pages import cites_the_act
from bot.knowledge.validator_text import find_quote, squeeze, word_spans

_ENDS: Final = frozenset(".!?:")

Read = Callable[[str], "str | None"]
"""A file of the project as it is now, by its path."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An answer as a person wrote it for the new page; None as text: it is to go."""

    service: str
    aspect: str
    audience: str
    fields: Mapping[str, Any] | None


def snapshot(
    municipality: Municipality,
    page: Page,
    read_again: ImportedPage,
    today: dt.date,
    read: Read,
    rewritten: tuple[Rewritten, ...] = (),
) -> dict[str, str]:
    """New texts by path: the page's, its entry, and files whose quotes are spelled anew."""
    folder = f"content/{municipality.id}"
    read_again = replace(read_again, text=_in_old_form(page.text, read_again.text))
    files = {
        f"{folder}/pages/{page.id}.txt": read_again.text,
        f"{folder}/pages.yml": _pages(read, f"{folder}/pages.yml", page, read_again, today),
    }
    now = squeeze(read_again.text)
    for name, evidence in _by_file(municipality).items():
        spelled = _spelled(evidence, page.id, now)
        ours = [new for new in rewritten if new.service == name]
        path = f"{folder}/{name}.yml"
        text = read(path) if spelled or ours else None
        if text is None:
            continue
        for new in ours:
            text = _rewrite(text, new)
        files[path] = _respelled(text, page.id, spelled) if spelled else text
    return {path: text for path, text in files.items() if text != read(path)}


def _in_old_form(before: str, now: str) -> str:
    """The text now; lines that only were copied in another way stay as they were."""
    known = {tidy(line): line for line in before.splitlines()}
    lines = [known.get(tidy(line), line) if tidy(line) else "" for line in now.splitlines()]
    text = "\n".join(lines).strip("\n")
    return before if squeeze(text) == squeeze(before) else f"{text}\n"


def _pages(read: Read, path: str, page: Page, read_again: ImportedPage, today: dt.date) -> str:
    data = edits.load(read(path) or "[]")
    entry = next((p for p in data if p["id"] == page.id), None)
    if entry is None:
        raise ChangeError(f"Sidan ”{page.title}” finns inte i förteckningen.")
    now = squeeze(read_again.text)
    given = facts(now)
    dates = {"published": read_again.published, "updated": read_again.updated}
    for key, old in (("published", page.published), ("updated", page.updated)):
        found = dates[key] or old
        entry[key] = found if found and _stands(found, given) and found <= today else None
    entry["read"] = today
    entry["review_by"] = today + (page.review_by - page.read)
    entry["cites_social_services_act"] = cites_the_act(now)
    if not find_quote(squeeze(page.title), now) and find_quote(squeeze(read_again.title), now):
        entry["title"] = read_again.title
    kept = [n for n in entry.get("not_stated") or () if find_quote(squeeze(n["line"]), now)]
    if len(kept) != len(entry.get("not_stated") or ()):
        entry["not_stated"] = kept
    return edits.dump(data)


def _stands(day: dt.date, given: Iterable[Fact]) -> bool:
    fact = Fact("date", Day(day.year, day.month, day.day), day.isoformat())
    return fact.proven_by(given)


def _rewrite(text: str, new: Rewritten) -> str:
    if new.fields is not None:
        return edits.set_answer(text, new.service, new.aspect, new.audience, new.fields)
    data = edits.load(text)
    answers, gone = data["answers"], (new.aspect, new.audience)
    found = next((a for a in answers if (a["aspect"], a["audience"]) == gone), None)
    if found is None or len(answers) == 1:
        raise ChangeError("Det är tjänstens enda svar. Skriv om det i stället för att ta bort det.")
    answers.remove(found)
    return edits.dump(data)


def _by_file(municipality: Municipality) -> dict[str, list[Evidence]]:
    """The evidence of each file of the folder, by the file's name."""
    found: dict[str, list[Evidence]] = {
        "municipality": [e for c in municipality.contacts.values() for e in c.evidence]
    }
    for answer in municipality.answers:
        found.setdefault(answer.service, []).extend(answer.evidence)
    return found


def _spelled(evidence: Sequence[Evidence], page: str, now: str) -> dict[str, str]:
    """Quotes of which the page has all words, and only marks between them have changed."""
    changed = {
        squeeze(e.quote): as_spelled(squeeze(e.quote), now)
        for e in evidence
        if e.page == page and not find_quote(squeeze(e.quote), now)
    }
    return {quote: spelled for quote, spelled in changed.items() if spelled is not None}


def _respelled(text: str, page: str, spelled: Mapping[str, str]) -> str:
    data = edits.load(text)
    for holder in (*(data.get("answers") or ()), *(data.get("contacts") or ())):
        for entry in holder.get("evidence") or ():
            quote = squeeze(str(entry["quote"]))
            if entry["page"] == page and quote in spelled:
                entry["quote"] = spelled[quote]
    return edits.dump(data)


def as_spelled(quote: str, now: str) -> str | None:
    """The words of a quote as a page writes them; None when they do not follow each other there."""
    wanted = [quote[a:b] for a, b in word_spans(quote)]
    spans = word_spans(now)
    there = [now[a:b] for a, b in spans]
    for at in range(len(there) - len(wanted) + 1):
        if wanted and there[at : at + len(wanted)] == wanted:
            end = spans[at + len(wanted) - 1][1]
            while now[end : end + 1] in _ENDS and quote.endswith(now[end]):
                end += 1
            return now[spans[at][0] : end]
    return None
