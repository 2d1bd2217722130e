"""Names in any inflection, split or mistyped, and nothing where no name stands."""

from __future__ import annotations

import pytest

from bot.understanding.mentions import LONGEST_NAME, Vocabulary

NAMES = {
    ("service", "ledsagning"): ["ledsagning", "ledsagare"],
    ("service", "anhorigkonsulent"): ["anhörigkonsulent"],
    ("service", "kontaktperson"): ["kontaktperson"],
    ("service", "kontaktperson_lss"): ["kontaktperson enligt LSS", "kontaktperson"],
    ("municipality", "umea"): ["Umeå"],
    ("unit", "umea/mottagning"): ["mottagningsenheten", "090-16 10 02"],
}
VOCABULARY = Vocabulary(NAMES)


def ids(text: str) -> list[str]:
    return [m.id for m in VOCABULARY.find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vad är ledsagning", ["ledsagning"]),
        ("LEDSAGNINGEN", ["ledsagning"]),
        ("min ledsagares tid", ["ledsagning"]),
        ("anhorigkonsulenten", ["anhorigkonsulent"]),
        ("anhörig konsulent", ["anhorigkonsulent"]),
        ("an hörig kon sulen ten", ["anhorigkonsulent"]),
        ("led-sagning", ["ledsagning"]),
        ("ledsagnnig", ["ledsagning"]),
        ("anhörigkonsullent", ["anhorigkonsulent"]),
        ("bor i Umeå", ["umea"]),
        ("i umea och ledsagning", ["umea", "ledsagning"]),
        ("ring 090-161002", ["umea/mottagning"]),
    ],
)
def test_names_are_found(text: str, found: list[str]) -> None:
    assert ids(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vad kostar det",
        "pedsagning",  # the first letter has to agree
        "Umee",  # too short for a near match
        "090-16 10 03",  # another number is another number
        "ledsen",
        "led mig",
        "hör i kön",
        "an hö rig konsullent",  # split so often it has to be spelt right
    ],
)
def test_nothing_is_found(text: str) -> None:
    assert ids(text) == []


def test_a_mention_tells_where_it_stands_and_how_near_it_is() -> None:
    exact, near = VOCABULARY.find("om led sagning och ledsagnnig")
    assert (exact.start, exact.end, exact.exact) == (1, 3, True)
    assert (near.start, near.end, near.exact) == (4, 5, False)


def test_a_form_of_two_records_means_both_and_the_longer_form_one() -> None:
    assert ids("kontaktperson") == ["kontaktperson", "kontaktperson_lss"]
    assert ids("kontaktperson enligt LSS") == ["kontaktperson_lss"]


def test_exact_goes_before_near_where_two_overlap() -> None:
    names = Vocabulary({("s", "a"): ["avlösning"], ("s", "b"): ["avlösningen hemma"]})
    assert [m.id for m in names.find("avlösning hemmet")] == ["a"]


def test_a_form_without_letters_is_no_name() -> None:
    assert Vocabulary({("unit", "x"): ["", "?"]}).find("vad ?") == ()


def test_a_name_split_into_too_many_words_is_not_joined() -> None:
    parts = "an hö rig kon sul ent".split()
    assert len(parts) > LONGEST_NAME
    assert ids(" ".join(parts)) == []
