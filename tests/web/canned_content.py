"""What the canned server says of its one municipality."""

from __future__ import annotations

from typing import Any

CONTACTS: dict[str, dict[str, Any]] = {
    "mottagningsenheten": {
        "id": "mottagningsenheten",
        "name": "Socialtjänstens mottagningsenhet",
        "phone": "090-16 10 02",
        "phone_href": "tel:+4690161002",
        "email": "mottagningsenheten@umea.se",
        "visit_address": "Kungsgatan 71–73",
        "open_now": True,
        "status": "Telefonen är öppen nu, till klockan 11.30.",
    },
    "anhorigkonsulent": {
        "id": "anhorigkonsulent",
        "name": "Anhörigkonsulenten",
        "phone": "0240-863 91",
        "phone_href": "tel:+4624086391",
        "email": None,
        "visit_address": None,
        "open_now": None,
        "status": None,
    },
}
NUMBERS = {
    "112": "tel:112",
    "020-50 50 50": "tel:+4620505050",
    "90101": "tel:90101",
    "90 390": "tel:90390",
    **{str(c["phone"]): str(c["phone_href"]) for c in CONTACTS.values()},
}
GREETING = {
    "sv": {
        "name": "Umeå kommuns digitala assistent",
        "greeting": "Hej och välkommen! Jag svarar med det som står på Umeå kommuns sidor.",
        "is_machine": "Jag är en dator, inte en människa.",
        "can_do": "Du kan fråga mig om anhörigstöd, ledsagning och hur du når en människa.",
        "notice_privacy": "Skriv inga personnummer, namn eller andra personuppgifter. "
        "Samtalet sparas i 30 dagar, och du kan radera det när du vill.",
    },
    "en": {
        "name": "Umeå kommuns digitala assistent",
        "greeting": "Hello and welcome! I answer with what Umeå kommun's pages say.",
        "is_machine": "I am a machine, not a person.",
        "can_do": "You can ask me about support for carers.",
        "notice_privacy": "Do not write personal data. The conversation is kept for 30 days.",
    },
}
RECORD: dict[str, Any] = {
    "id": "umea",
    "name": "Umeå kommun",
    "short": "Umeå",
    "genitive": "Umeå kommuns",
    "suggested": ["Vad kostar ledsagning?", "Vem kan få ledsagning?", "Är telefonen öppen nu?"],
    "contacts": [
        {
            **CONTACTS["mottagningsenheten"],
            "job": "övergripande frågor, information och rådgivning",
            "how": None,
            "phone_hours": "Måndag–fredag, klockan 08.30–11.30, 13.00–16.00.",
        }
    ],
    "colours": {
        "primary": "#1d4f73", "on_primary": "#ffffff", "background": "#ffffff",
        "surface": "#f1f4f6", "text": "#1b2226", "accent": "#1d4f73", "border": "#5f6c75",
    },
    "colours_dark": {
        "primary": "#9cc3e6", "on_primary": "#0f2230", "background": "#14191d",
        "surface": "#20272d", "text": "#f2f4f5", "accent": "#9cc3e6", "border": "#8a969f",
    },
    "logo": None,
    "open": True,
    "closed_message": None,
    "notices": [],
    "limits": {"message": 1000, "listen_seconds": 30},
    "languages": [{"code": "sv", "name": "Svenska"}, {"code": "en", "name": "English"}],
    "speech": False,
    "listen": "off",
    "about_url": "/om/umea",
    "chat_url": "/chat/umea",
    "retention_days": 30,
}  # fmt: skip
