"""Contrast: WCAG's own examples, the limits at their edge, and the style sheet's own colours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge.contrast import (
    NEUTRAL,
    NEUTRAL_DARK,
    PAIRS,
    WARNING,
    WARNING_DARK,
    contrast,
    luminance,
    problems,
)
from bot.knowledge.loader import load_knowledge

CHAT_CSS = Path(__file__).resolve().parents[3] / "api" / "web" / "chat.css"


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # Known of WCAG's literature: the lightest grey that text on white may have, and the next.
        ("#767676", "#ffffff", 4.542),
        ("#777777", "#ffffff", 4.478),
        ("#949494", "#ffffff", 3.033),
        ("#ff0000", "#ffffff", 3.998),
        ("#0000FF", "#ffffff", 8.592),
    ],
)
def test_contrast(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.001)
    assert contrast(second, first) == contrast(first, second)


def test_luminance_weighs_green_most() -> None:
    assert luminance("#00ff00") > luminance("#ff0000") > luminance("#0000ff")
    # Both sides of the definition's knee.
    assert luminance("#0a0a0a") == pytest.approx(10 / 255 / 12.92)
    assert luminance("#0b0b0b") == pytest.approx(((11 / 255 + 0.055) / 1.055) ** 2.4)


def test_what_we_offer_can_be_read() -> None:
    assert list(problems(NEUTRAL, WARNING)) == []
    assert list(problems(NEUTRAL_DARK, WARNING_DARK)) == []
    for municipality in load_knowledge().municipalities.values():
        assert list(problems(municipality.assistant.colours, WARNING)) == []
        assert list(problems(municipality.assistant.dark, WARNING_DARK)) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p[0]} on {p[1]}")
def test_every_pair_is_checked(pair: tuple[str, str, float]) -> None:
    upper, lower, least = pair
    same = replace(NEUTRAL, **{upper: getattr(NEUTRAL, lower)})
    told = [message for name, message in problems(same, WARNING) if name == upper]
    assert any(f"to {lower} is 1.00, at least {least} is" in message for message in told)


def test_ratio_is_never_rounded_up() -> None:
    found = list(problems(replace(NEUTRAL, text="#777777", surface="#ffffff"), WARNING))
    assert [name for name, _ in found] == ["text", "text"]
    assert all("is 4.47, at least 4.5" in told for _, told in found)


def test_a_colour_is_written_in_full() -> None:
    for wrong in ("red", "#fff", "#12345g", "#1f4e6b; } body { display: none", ""):
        [(name, told)] = problems(replace(NEUTRAL, primary=wrong), WARNING)
        assert name == "primary" and told.startswith("write a colour as #1f4e6b, not ")


def test_warnings_stand_on_any_background() -> None:
    told = dict(problems(replace(NEUTRAL, background="#e6b0aa"), WARNING))
    assert "to warnings, which are written in #b3261e," in told["background"]


def test_the_style_sheet_has_the_same_warning_colours() -> None:
    css = CHAT_CSS.read_text(encoding="utf-8")
    assert f"--lotsen-danger: {WARNING};" in css
    assert f"--lotsen-danger: {WARNING_DARK};" in css
