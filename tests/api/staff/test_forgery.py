"""A request that changes something comes from a page of ours, or it is refused."""

from __future__ import annotations

import pytest

from api.staff.forgery import is_foreign, same_token

PUBLIC = "https://chat.example.se"


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "same-origin", "origin": PUBLIC}, False),
        ({"origin": PUBLIC}, False),
        ({"origin": "http://inne:8000"}, False),
        ({}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site", "origin": "https://annan.example.se"}, True),
        ({"sec-fetch-site": "cross-site", "origin": PUBLIC}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"origin": "http://chat.example.se"}, True),
        ({"origin": "https://chat.example.se.evil.example"}, True),
        ({"origin": "https://chat.example.se@evil.example"}, True),
        ({"origin": "https://[broken"}, True),
        ({"origin": ""}, True),
    ],
)
def test_where_a_request_comes_from(headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign({"host": "inne:8000", **headers}, PUBLIC) is foreign


def test_without_a_public_address_the_host_counts() -> None:
    assert not is_foreign({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}, "")
    assert is_foreign({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:9000"}, "")
    assert is_foreign({"origin": "http://"}, "")


@pytest.mark.parametrize(
    ("given", "expected", "same"),
    [("abc", "abc", True), ("abd", "abc", False), ("", "", False), ("å", "a", False)],
)
def test_no_token_is_never_the_right_one(given: str, expected: str, same: bool) -> None:
    assert same_token(given, expected) is same
