"""Forms of the chat page: what is read, what is refused, and keys that make a reload harmless."""

from __future__ import annotations

import pytest
from starlette.datastructures import FormData, UploadFile

from api.services.pages_forms import PageForm, is_forged, new_key, read_form

OURS = "chat.example.se"
PUBLIC = "https://fraga.example.se"


def form(**fields: object) -> PageForm:
    return read_form(FormData(list(fields.items())))  # type: ignore[arg-type]


def test_empty_form_is_a_fresh_page() -> None:
    read = form()
    assert (read.do, read.text, read.language, read.easy) == ("say", "", None, False)
    assert not read.has_conversation
    assert read.key != form().key


def test_what_is_broken_is_left_out() -> None:
    read = form(
        do="drop",
        key="short",
        conversation="../../etc",
        secret="s",
        language="xx",
        answer="٣",
        easy="yes",
    )
    assert (read.do, read.conversation, read.language) == ("say", "", None)
    assert (read.answer, read.easy, read.has_conversation) == (0, False, False)
    assert len(read.key) >= 16


def test_a_file_is_no_text() -> None:
    assert form(text=UploadFile(file=__import__("io").BytesIO(b"x"))).text == ""


def test_lone_surrogates_become_question_marks() -> None:
    assert form(text="hej \ud83d").text == "hej ?"


def test_the_last_of_two_values_counts() -> None:
    assert read_form(FormData([("language", "sv"), ("language", "en")])).language == "en"


def test_the_same_text_of_the_same_page_has_the_same_key() -> None:
    key = new_key()
    first, again = form(key=key, text="a\r\nb"), form(key=key, text="a\nb")
    assert first.message_key() == again.message_key()
    assert form(key=key, text="a c").message_key() != first.message_key()
    assert form(key=new_key(), text="a\nb").message_key() != first.message_key()


@pytest.mark.parametrize(
    ("headers", "forged"),
    [
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        # What the browser says itself outweighs the origin, which a proxy may have renamed.
        ({"sec-fetch-site": "same-origin", "origin": "https://inside.local"}, False),
        ({"sec-fetch-site": "cross-site", "origin": f"https://{OURS}"}, True),
        ({}, False),
        ({"origin": "null"}, False),
        ({"origin": f"https://{OURS}"}, False),
        ({"origin": PUBLIC}, False),
        ({"origin": "https://evil.example"}, True),
        ({"origin": f"https://{OURS}.evil.example"}, True),
        ({"origin": f"https://{OURS}@evil.example"}, True),
        ({"origin": "http://["}, True),
    ],
)
def test_forged_posts(headers: dict[str, str], forged: bool) -> None:
    assert is_forged(headers, OURS, PUBLIC) is forged


def test_without_a_public_address_an_empty_origin_matches_nothing() -> None:
    assert is_forged({"origin": "https://evil.example"}, OURS, "")
