"""Which parts of a text become links, and that nothing else does."""

from __future__ import annotations

import pytest

from api.services.links import links_in, phone_href

MAIL = "mottagningsenheten@umea.se"


@pytest.mark.parametrize(
    ("phone", "href"),
    [
        ("090-16 10 02", "tel:+4690161002"),
        ("0240-860 00", "tel:+4624086000"),
        ("020-50 50 50", "tel:+4620505050"),
        ("+46 90 16 10 02", "tel:+4690161002"),
        ("112", "tel:112"),
        ("1177", "tel:1177"),
        ("116 111", "tel:116111"),
        ("90101", "tel:90101"),
    ],
)
def test_numbers_that_a_phone_can_call(phone: str, href: str) -> None:
    assert phone_href(phone) == href


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Ring 090-16 10 02.", {"090-16 10 02": "tel:+4690161002"}),
        ("Ring 112 nu!", {"112": "tel:112"}),
        ("112", {"112": "tel:112"}),
        ("Bris: 116 111 eller 1177.", {"116 111": "tel:116111", "1177": "tel:1177"}),
        (f"({MAIL})", {MAIL: f"mailto:{MAIL}"}),
        ("Ring 112. Ring 112.", {"112": "tel:112"}),
        ("Det kostar 1 112 kronor.", {}),
        ("Det kostar 112 50 kronor.", {}),
        ("Lag 2010:1122, 112-11, §112a", {}),
        ("annan.mottagningsenheten@umea.se", {}),
        ("mottagningsenheten@umea.search", {}),
        ("Ring 070-123 45 67 eller skriv till x@y.se, https://evil.example", {}),
        ("<a href='javascript:alert(1)'>112</a>", {"112": "tel:112"}),
        ("", {}),
    ],
)
def test_only_what_content_knows_is_a_link(text: str, links: dict[str, str]) -> None:
    assert {link.text: link.href for link in links_in(text)} == links
