"""A contact as a person left it: what was changed or added has to stand on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.importing.proof import Proof, prove
from api.importing.records import Batch, Draft, ImportingError, key_of
from api.storage.imports import ImportRow
from bot.importing.drafts_contacts import plan_phone

PROVEN: Final = {
    "name": "Namnet",
    "phone": "Telefonnumret",
    "email": "E-postadressen",
    "visit_address": "Besöksadressen",
    "postal_address": "Postadressen",
    "how": "Meningen om hur man når kontakten",
}
"""What has to stand on a page, as it is called on ours."""

_NOT_THERE: Final = (
    "{what} ”{value}” står inte på sidan. Skriv det som det står där, eller ta bort det."
)
_NO_NAME: Final = "Skriv ett namn på kontakten."
_NO_WAY: Final = "Skriv telefon, e-post eller hur man når kontakten."


def contact_values(
    batch: Batch, row: ImportRow, draft: Draft, choice: Mapping[str, Any]
) -> dict[str, Any]:
    """Its fields, and as ``proofs`` the passages by page; raise ImportingError."""
    values = {**draft, **choice.get("fields", {})}
    about = key_of(row, draft)
    if not values.get("name") and not draft.get("known"):
        raise ImportingError(_NO_NAME, about)
    if not any(values.get(key) for key in ("phone", "email", "how")) and not draft.get("known"):
        raise ImportingError(_NO_WAY, about)
    problems = unproven(batch, row, draft, values)
    if problems:
        raise ImportingError(" ".join(problems), about)
    proofs = [(row.page, quote) for quote in draft["evidence"]]
    for key, proof in _proofs(batch, row, draft, values).items():
        assert proof is not None
        proofs.append((proof.page, proof.quote))
        if key == "phone":
            values[key] = plan_phone(values[key]) or values[key]
        elif key == "postal_address":
            values[key] = values[key] if proof.words == _one(values[key]) else [proof.words]
        elif key != "how":
            values[key] = proof.words
    return {**values, "proofs": list(dict.fromkeys(proofs))}


def passages(batch: Batch, row: ImportRow, draft: Draft, values: Mapping[str, Any]) -> list[str]:
    """What the draft's own page says of it, the reader's evidence and what was proven since."""
    proofs = _proofs(batch, row, draft, values).values()
    return [*draft["evidence"], *(p.quote for p in proofs if p and p.page == row.page)]


def unproven(batch: Batch, row: ImportRow, draft: Draft, values: Mapping[str, Any]) -> list[str]:
    """What was typed that stands on none of the pages, in Swedish."""
    return [
        _NOT_THERE.format(what=PROVEN[key], value=_said(key, values))
        for key, proof in _proofs(batch, row, draft, values).items()
        if proof is None
    ]


def _proofs(
    batch: Batch, row: ImportRow, draft: Draft, values: Mapping[str, Any]
) -> dict[str, Proof | None]:
    """Where each value stands that the page's reader did not find itself."""
    rows = sorted(batch.rows, key=lambda other: other.id != row.id)
    own_names = {batch.new.name, batch.new.short} if batch.new else set()
    found: dict[str, Proof | None] = {}
    for key in PROVEN:
        said = _said(key, values)
        # A number without a name has to be given one.
        free = key == "name" and (not draft.get("own") or said in own_names)
        if not said or free or said == _said(key, draft):
            continue
        found[key] = prove(key, said, rows)
    return found


def _said(key: str, values: Mapping[str, Any]) -> str:
    if key == "how":
        # Words of one's own may tell it, when the page's sentence is given beside them.
        return str(values.get("how_said") or values.get("how") or "")
    return _one(values.get(key) or "")


def _one(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value))
