"""What the canned desk knows: who has signed in, and what there is to choose."""

from __future__ import annotations

from typing import Any

NOW = "2026-11-18T10:00:00+01:00"
CLOSES = "2026-11-18T11:30:00+01:00"

ME: dict[str, Any] = {
    "id": "staff-anna",
    "name": "Anna Ek",
    "presence": "here",
    "memberships": [
        {"municipality": "umea", "name": "Umeå kommun", "roles": ["agent", "admin"]},
        {"municipality": "ludvika", "name": "Ludvika kommun", "roles": ["agent"]},
    ],
}
COLLEAGUES: list[dict[str, Any]] = [
    {"id": "staff-bo", "name": "Bo Alm", "state": "here"},
    {"id": "staff-cia", "name": "Cia Dahl", "state": "break"},
]
MUNICIPALITIES: list[dict[str, Any]] = [
    {
        "id": "umea", "name": "Umeå kommun", "chat": True, "open": True,
        "text": "Öppet till klockan 11.30", "opens": None,
        "closes": CLOSES, "extra_until": None, "closed_until": None,
        "agents": [{"id": "staff-anna", "name": "Anna Ek", "state": "here"}, COLLEAGUES[0]],
    },
    {
        "id": "ludvika", "name": "Ludvika kommun", "chat": True, "open": False,
        "text": "Stängt. Öppnar i dag klockan 13.00", "opens": "i dag klockan 13.00",
        "closes": None, "extra_until": None, "closed_until": None, "agents": [],
    },
]  # fmt: skip
CANNED = [
    {"id": "welcome", "title": "Välkommen", "text": "Hej! Nu är det en människa som svarar."},
    {"id": "wait", "title": "Be om tålamod", "text": "Jag ska ta reda på det. Stanna kvar här."},
    {"id": "apply", "title": "Ansöka på telefon", "text": "Ring 090-16 10 02 för att ansöka."},
]
OUTCOMES = [
    {"id": "answered", "title": "Frågan fick svar"},
    {"id": "referred", "title": "Hänvisad till någon annan"},
    {"id": "other", "title": "Annat"},
]
UNITS = [
    {"id": "mottagningsenheten", "name": "Mottagningsenheten"},
    {"id": "vaxel", "name": "Växeln"},
]


def callback(receipt: str, **more: Any) -> dict[str, Any]:
    """Somebody who wants to be called."""
    return {
        "receipt": receipt, "municipality": "umea", "municipality_name": "Umeå kommun",
        "unit": "mottagningsenheten", "unit_name": "Mottagningsenheten", "state": "waiting",
        "name": "Britta Nyman", "phone": "070-123 45 67", "phone_href": "tel:+46701234567",
        "about": "Ledsagning till simhallen", "language": "sv",
        "due_from": "2026-11-18T13:00:00+01:00", "due_to": "2026-11-18T16:00:00+01:00",
        "due": "onsdag 18 november, klockan 13.00–16.00", "overdue": False, "taken_by": None,
        "attempts": 0, "created_at": NOW, **more,
    }  # fmt: skip
