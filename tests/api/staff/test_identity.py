"""What is taken from a provider's claims: known roles in known municipalities, and a name."""

from __future__ import annotations

from typing import Any

import pytest

from api.staff.identity import NAMELESS, identity_of, read_roles

KNOWN = ("umea", "ludvika")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (["umea:agent"], {"umea": {"agent"}}),
        (
            ["umea:agent", "umea:admin", "ludvika:editor"],
            {"umea": {"agent", "admin"}, "ludvika": {"editor"}},
        ),
        ("umea:agent, ludvika:admin", {"umea": {"agent"}, "ludvika": {"admin"}}),
        ("umea:agent ludvika:admin", {"umea": {"agent"}, "ludvika": {"admin"}}),
        (["goteborg:agent", "umea:boss", "umea", "agent", ":agent", "umea:", "*:admin"], {}),
        (["UMEA:agent", "umea:Agent", "umea:agent:admin"], {}),
        ([None, 3, {"umea": "agent"}, ["umea:agent"]], {}),
        ({"umea": "agent"}, {}),
        (None, {}),
        (7, {}),
        ("", {}),
    ],
)
def test_roles(value: Any, found: dict[str, set[str]]) -> None:
    assert read_roles(value, KNOWN) == found


@pytest.mark.parametrize(
    ("claims", "claim"),
    [
        ({"roles": ["umea:agent"]}, "roles"),
        ({"https://kommun.se/roles": ["umea:agent"]}, "https://kommun.se/roles"),
        ({"realm_access": {"roles": ["umea:agent"]}}, "realm_access.roles"),
    ],
)
def test_where_roles_stand(claims: dict[str, Any], claim: str) -> None:
    assert identity_of({"sub": "1", **claims}, "https://a", claim, KNOWN).roles == {
        "umea": {"agent"}
    }


@pytest.mark.parametrize("claims", [{}, {"realm_access": "x"}, {"realm_access": None}])
def test_no_such_claim_gives_no_role(claims: dict[str, Any]) -> None:
    assert identity_of({"sub": "1", **claims}, "https://a", "realm_access.roles", KNOWN).roles == {}


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Anna Ek", "email": "a@b.se"}, "Anna Ek"),
        ({"given_name": "Anna", "family_name": "Ek"}, "Anna Ek"),
        ({"given_name": "Anna"}, "Anna"),
        ({"name": " ", "preferred_username": "annaek"}, "annaek"),
        ({"email": "a@b.se"}, "a@b.se"),
        ({"name": "Anna\n\x00Ek\u202e"}, "Anna Ek"),
        ({"name": 7}, NAMELESS),
        ({"name": "A" * 200}, "A" * 80),
        ({}, NAMELESS),
    ],
)
def test_names(claims: dict[str, Any], name: str) -> None:
    assert identity_of({"sub": "1", **claims}, "https://a", "roles", KNOWN).name == name


def test_the_same_number_at_another_provider_is_somebody_else() -> None:
    one, other = (identity_of({"sub": "1"}, i, "roles", KNOWN) for i in ("https://a", "https://b"))
    assert one.subject != other.subject
