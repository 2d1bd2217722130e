"""Accepted contacts and hours, put into a municipality's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from api.importing.contact_values import contact_values
from api.importing.hours_proof import hours_given
from api.importing.records import (
    ACCEPTED,
    Batch,
    Draft,
    ImportingError,
    decided,
    key_of,
    slug,
)
from api.importing.yaml_values import shaped
from api.storage.imports import ImportRow
from bot.importing.drafts_contacts import is_person, role_of
from bot.knowledge.validator_facts import digits
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


def contacts_in(batch: Batch, record: Any) -> dict[str, str]:
    """Put them into the record; the ids of those that were accepted, by what their drafts have."""
    ids: dict[str, str] = {}
    for row, draft in batch.drafts("contacts"):
        choice = decided(row, draft)
        if choice.get("state") == ACCEPTED:
            contact = contact_values(batch, row, draft, choice)
            new_id = _put(contact, draft, record)
            ids[f"{row.id}:{draft['id']}"] = new_id
            ids.setdefault(str(draft["id"]), new_id)
    for row, draft in batch.drafts("hours"):
        choice = decided(row, draft)
        if choice.get("state") == ACCEPTED:
            _put_hours(batch, row, draft, ids, record)
    return ids


def _put(contact: dict[str, Any], draft: Draft, record: Any) -> str:
    """Add the contact, or bring the one with the same number up to date; its id."""
    evidence = [{"page": page, "quote": quote} for page, quote in contact["proofs"]]
    facts = {
        key: contact.get(key) or None for key in ("how", "phone", "email", "visit_address", "job")
    } | {"postal_address": list(contact.get("postal_address") or ())}
    known = _with_id(record, draft.get("known")) or same(record, contact)
    if known is not None:
        for key, value in facts.items():
            if value and not _says_already(known, key, value):
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


def _says_already(known: Any, key: str, value: Any) -> bool:
    """Whether the contact has it: the same number may be grouped in another way."""
    same_phone = key == "phone" and digits(str(value)) == digits(str(known.get("phone") or ""))
    return same_phone or (key == "job" and bool(known.get("job")))


def definite_of(name: str, names: Iterable[str]) -> str:
    """The name inside a sentence: with a small letter, unless it begins with a name."""
    first = name.split(maxsplit=1)[0]
    own = {word for n in names for word in (n, f"{n}s")}
    if is_person(name) or first in own or first.isupper():
        return name
    ending = next((end for word, end in _ENDINGS if name.lower().endswith(word)), "")
    return name[:1].lower() + name[1:] + ending


def _put_hours(
    batch: Batch, row: ImportRow, draft: Draft, ids: dict[str, str], record: Any
) -> None:
    fields = decided(row, draft).get("fields", {})
    wanted = str(fields.get("contact") or draft["contact"])
    contact = _with_id(record, ids.get(f"{row.id}:{wanted}") or ids.get(wanted) or wanted)
    if contact is None:
        raise ImportingError("Godkänn också kontakten som tiderna gäller.")
    kind = fields.get("kind") or draft["kind"]
    given = hours_given(batch, row, draft, fields)
    if given.hours is None:
        raise ImportingError(given.problem, key_of(row, draft))
    contact[f"{kind}_hours"] = shaped(_as_content(given.hours))
    there = [(e["page"], e["quote"]) for e in contact["evidence"]]
    for page, quote in given.evidence:
        if (page, quote) not in there:
            contact["evidence"].append(shaped({"page": page, "quote": quote}))


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


def same(record: Any, contact: Draft) -> Any:
    """A contact that another page has given already."""
    phone, email = digits(contact.get("phone") or ""), (contact.get("email") or "").casefold()
    for known in record["contacts"]:
        if phone and digits(str(known["phone"] or "")) == phone:
            return known
        if email and str(known["email"] or "").casefold() == email:
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
