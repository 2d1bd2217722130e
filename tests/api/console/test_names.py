"""Names for people in place of ids."""

from __future__ import annotations

import pytest

from api.console.names import answer_title, kind_of_name, language_name, number, percent


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("umea.ledsagning.kostnad", "Vad kostar ledsagning? (Umeå)"),
        (
            "umea.mottagningsenheten.telefonnummer",
            "Vilket telefonnummer? Socialtjänstens mottagningsenhet (Umeå)",
        ),
        ("common.crisis.suicide", "Fara: tankar på att inte vilja leva"),
        ("umea.ledsagning.borta", "umea.ledsagning.borta"),
        ("borta.ledsagning.kostnad", "borta.ledsagning.kostnad"),
        (None, ""),
    ],
)
def test_an_answer_is_named_by_its_question(answer: str | None, title: str) -> None:
    assert answer_title(answer) == title


def test_numbers_and_names_are_written_as_people_do() -> None:
    assert [percent(s) for s in (0.834, 1.2, -1)] == ["83 %", "100 %", "0 %"]
    assert (number(7.25), number(41.5, 0)) == ("7,2", "42")
    assert (language_name("fi"), language_name("xx")) == ("finska", "xx")
    assert kind_of_name("service") == "Tjänst"
