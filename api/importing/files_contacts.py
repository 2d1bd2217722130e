"""Accepted contacts and hours, put into a municipality's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from api.importing.records import ACCEPTED, Batch, Draft, ImportingError, decided, slug
from api.importing.yaml_values import shaped
from api.storage.imports import ImportRow
from bot.importing.drafts_contacts import is_person, role_of
from bot.importing.hours import read_hours
from bot.understanding.text import folded_words

_ENDINGS = (("växel", "n"), ("telefon", "en"), ("konsulent", "en"), ("samordnare", "n"))
_EMPTY: dict[str, Any] = {
    "how": None,
    "phone": None,
    "email": None,
    "visit_address": None,
    "postal_address": [],
    "phone_hours": None,
    "visit_hours": None,
}


def contacts_in(batch: Batch, record: Any) -> list[str]:
    """Put them into the record; the ids of the contacts that were accepted, in order."""
    ids: dict[str, str] = {}
    for row, draft in batch.drafts("contacts"):
        choice = decided(row, draft)
        if choice.get("state") == ACCEPTED:
            contact = _fields(draft, choice)
            ids[f"{row.id}:{draft['id']}"] = _put(contact, draft, row, batch, record)
    for row, draft in batch.drafts("hours"):
        choice = decided(row, draft)
        if choice.get("state") == ACCEPTED:
            _put_hours(row, draft, choice, ids, record)
    return list(dict.fromkeys(ids.values()))


def _fields(draft: Draft, choice: Draft) -> dict[str, Any]:
    """The contact as a person left it."""
    given = choice.get("fields", {})
    found = {**draft, **given}
    name = str(found.get("name") or "").strip()
    if not name and not draft.get("known"):
        raise ImportingError(
            f"Skriv ett namn på kontakten som har {draft['phone'] or draft['email']}."
        )
    return {**found, "name": name}


def _put(contact: dict[str, Any], draft: Draft, row: ImportRow, batch: Batch, record: Any) -> str:
    """Add the contact, or bring the one with the same number up to date; its id."""
    evidence = [{"page": row.page, "quote": quote} for quote in contact["evidence"]]
    facts = {
        key: contact.get(key) or None for key in ("phone", "email", "visit_address", "job")
    } | {"postal_address": list(contact.get("postal_address") or ())}
    known = _with_id(record, draft.get("known")) or _same(record, contact)
    if known is not None:
        for key, value in facts.items():
            if value and not (key == "job" and known.get("job")):
                known[key] = shaped(value)
        there = [(e["page"], e["quote"]) for e in known["evidence"]]
        known["evidence"].extend(
            shaped(e) for e in evidence if (e["page"], e["quote"]) not in there
        )
        return str(known["id"])
    new_id = _free_id(contact, record)
    name = contact["name"]
    record["contacts"].append(
        shaped(
            {
                "id": new_id,
                "name": name,
                "definite": contact.get("definite") or definite_of(name, _names(record)),
                "role": contact.get("role") or role_of(name),
                **_EMPTY,
                **facts,
                "synonyms": _synonyms(name, record),
                "evidence": evidence,
            }
        )
    )
    return new_id


def definite_of(name: str, names: Iterable[str]) -> str:
    """The name inside a sentence: with a small letter, unless it begins with a name."""
    first = name.split(maxsplit=1)[0]
    own = {word for n in names for word in (n, f"{n}s")}
    if is_person(name) or first in own or first.isupper():
        return name
    ending = next((end for word, end in _ENDINGS if name.lower().endswith(word)), "")
    return name[:1].lower() + name[1:] + ending


def _put_hours(
    row: ImportRow, draft: Draft, choice: Draft, ids: dict[str, str], record: Any
) -> None:
    fields = choice.get("fields", {})
    wanted = str(fields.get("contact") or draft["contact"])
    contact = _with_id(record, ids.get(f"{row.id}:{wanted}") or wanted)
    if contact is None:
        raise ImportingError("Godkänn också kontakten som tiderna gäller.")
    kind = fields.get("kind") or draft["kind"]
    hours = draft["hours"]
    if written := fields.get("written"):
        read, problems = read_hours(str(written).splitlines())
        if read is None:
            raise ImportingError(" ".join(problems))
        hours = {**(hours or {}), **read.as_content()}
        hours["as_written"] = draft["hours"]["as_written"] if draft["hours"] else read.as_written
    if hours is None:
        raise ImportingError("Skriv in tiderna, eller hoppa över dem.")
    contact[f"{kind}_hours"] = shaped(_as_content(hours))
    there = [(e["page"], e["quote"]) for e in contact["evidence"]]
    for quote in draft["evidence"]:
        if (row.page, quote) not in there:
            contact["evidence"].append(shaped({"page": row.page, "quote": quote}))


def _as_content(hours: Draft) -> dict[str, Any]:
    """Hours of a draft as municipality.yml has them."""
    return {
        "osm": hours["osm"],
        "as_written": hours["as_written"],
        "weekdays_named": hours["weekdays_named"],
        "seasons": [
            {
                "from": s.get("from") or s["first"],
                "to": s.get("to") or s["last"],
                "osm": s["osm"],
                "as_written": s["as_written"],
            }
            for s in hours["seasons"]
        ],
    }


def _with_id(record: Any, contact_id: object) -> Any:
    return next((c for c in record["contacts"] if c["id"] == contact_id), None)


def _same(record: Any, contact: Draft) -> Any:
    """A contact that another page has given already."""
    for known in record["contacts"]:
        for key in ("phone", "email"):
            if contact.get(key) and known[key] == contact[key]:
                return known
    return None


def _free_id(contact: Draft, record: Any) -> str:
    used = {str(c["id"]) for c in record["contacts"]}
    stem = slug(str(contact["name"]))
    found, number = stem, 1
    while found in used:
        number += 1
        found = f"{stem}_{number}"
    return found


def _names(record: Any) -> list[str]:
    return [str(record[key]) for key in ("name", "short")] + [
        str(name).split()[0] for name in record["names"]
    ]


def _synonyms(name: str, record: Any) -> Sequence[str]:
    """The name itself, unless it already means another contact."""
    used = {"".join(folded_words(w)) for c in record["contacts"] for w in c["synonyms"]}
    word = name if is_person(name) else name[:1].lower() + name[1:]
    return [] if "".join(folded_words(word)) in used else [word]
