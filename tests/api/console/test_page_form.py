"""The console's form: each button does to the conversation what it says."""

from __future__ import annotations

import pytest
from starlette.datastructures import FormData

from api.console.page_form import asked_at_first, read_asked
from api.console.records import Setting
from api.errors import ApiError

SAID = [("municipality", "umea"), ("said", "ett"), ("said", "två\r\noch"), ("said", "tre")]


@pytest.mark.parametrize(
    ("pressed", "texts", "draft"),
    [
        ([("do", "say"), ("new", " fyra ")], ("ett", "två\noch", "tre", "fyra"), ""),
        ([("new", "fyra")], ("ett", "två\noch", "tre", "fyra"), ""),
        ([("do", "replay"), ("new", "")], ("ett", "två\noch", "tre"), ""),
        ([("do", "drop:2"), ("new", "fyra")], ("ett", "tre"), "fyra"),
        ([("do", "cut:2"), ("new", "fyra")], ("ett", "två\noch"), "fyra"),
        ([("do", "cut:x²")], (), ""),
        ([("do", "drop:9")], ("ett", "två\noch", "tre"), ""),
        ([("do", "clear"), ("new", "fyra")], (), "fyra"),
        ([("do", "save"), ("new", "fyra")], ("ett", "två\noch", "tre"), "fyra"),
        ([("press", "Vem?"), ("new", "fyra")], ("ett", "två\noch", "tre", "Vem?"), "fyra"),
        ([("said", "  "), ("do", "replay")], ("ett", "två\noch", "tre"), ""),
    ],
)
def test_a_button_changes_the_conversation(
    pressed: list[tuple[str, str]], texts: tuple[str, ...], draft: str
) -> None:
    """What was written and not sent stays, unless it is sent."""
    asked = read_asked(FormData([*SAID, *pressed]))
    assert (asked.texts, asked.draft) == (texts, draft)


def test_what_was_chosen_is_read() -> None:
    """Each field of it."""
    chosen = FormData(
        [
            ("municipality", "ludvika"), ("channel", "kiosk"), ("language", "fi"), ("easy", "1"),
            ("moment", " julafton "), ("open", "mail"), ("open", "chat"), ("open", "door"),
            ("other", "aldre"),
        ]
    )  # fmt: skip
    asked = read_asked(chosen)
    assert asked.setting == Setting("ludvika", "kiosk", "fi", True, "julafton", ("chat", "mail"))
    assert asked.other == "aldre"


def test_what_no_page_of_ours_offers_is_not_taken() -> None:
    """A municipality is refused, the rest falls back to the usual."""
    odd = FormData([("municipality", "umea"), ("channel", "fax"), ("language", "xx")])
    assert read_asked(odd).setting == Setting("umea")
    with pytest.raises(ApiError):
        read_asked(FormData([("municipality", "atlantis")]))


@pytest.mark.parametrize(
    ("query", "municipality", "draft"),
    [
        ({}, "ludvika", ""),
        ({"kommun": "umea", "fraga": " vad kostar det "}, "umea", "vad kostar det"),
        ({"kommun": "atlantis"}, "ludvika", ""),
    ],
)
def test_a_link_may_name_municipality_and_question(
    query: dict[str, str], municipality: str, draft: str
) -> None:
    """Nothing is played before somebody asks for it."""
    asked = asked_at_first(query, "ludvika")
    assert (asked.setting.municipality, asked.texts, asked.draft) == (municipality, (), draft)
