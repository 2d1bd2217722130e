"""The privacy mask: what it takes away, what it leaves, and that hostile input costs no time."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guard import privacy
from bot.guard.privacy import Masked, OwnData, health_details, mask, mask_names, warning
from bot.guard.privacy_numbers import luhn

OWN = OwnData(
    phones=["090-16 10 02", "0240-860 00", "0240-868 37", "0247-800 00"],
    emails=["mottagningsenheten@umea.se"],
    dates=["2019-08-06"],
    texts=["Karin Andersson"],
)

MASKED = [
    ("Mitt personnummer är 480615-9846", "Mitt personnummer är [personnummer]"),
    ("480615+9846", "[personnummer]"),
    ("480615 9846 var det", "[personnummer] var det"),
    ("4806159846", "[personnummer]"),
    ("194806159846", "[personnummer]"),
    ("19480615-9846.", "[personnummer]."),
    ("1948-06-15-9846", "[personnummer]"),
    ("48 06 15 98 46", "[personnummer]"),
    ("48.06.15-9846", "[personnummer]"),
    ("4 8 0 6 1 5 9 8 4 6", "[personnummer]"),
    ("480615 streck 9846", "[personnummer]"),
    ("480615 – 9846", "[personnummer]"),
    ("480615\u20119846", "[personnummer]"),
    ("４８０６１５－９８４６", "[personnummer]"),
    ("٤٨٠٦١٥-٩٨٤٦", "[personnummer]"),
    ("samordningsnummer 880472-9864", "samordningsnummer [samordningsnummer]"),
    ("19880472 9864", "[samordningsnummer]"),
    ("19480615-TF12", "[reservnummer]"),
    ("850504-T123", "[reservnummer]"),
    ("de sista fyra är 9846", "de sista fyra är [personnummer]"),
    ("firman har 556016-0680", "firman har [organisationsnummer]"),
    ("kort 4111 1111 1111 1111", "kort [kortnummer]"),
    ("4111111111111111", "[kortnummer]"),
    ("kontonummer 8327-9 123 456 789-1", "kontonummer [kontonummer]"),
    ("ring mig på 070-123 45 67", "ring mig på [telefonnummer]"),
    ("ring 0701234567", "ring [telefonnummer]"),
    ("+46 70 123 45 67", "[telefonnummer]"),
    ("0046701234567", "[telefonnummer]"),
    ("mitt är 0500-12 34 56 vardagar 8-16", "mitt är [telefonnummer] vardagar 8-16"),
    ("mejla anna.svensson@gmail.com", "mejla [e-postadress]"),
    ("anna.svensson (at) gmail.com", "[e-postadress]"),
    ("hon är född 2013-05-17", "hon är född [födelsedatum]"),
    ("f. 450312", "f. [födelsedatum]"),
    ("fyllde 80 den 3/4 1945", "fyllde 80 den [födelsedatum]"),
    ("född den 3 april 1945", "född den [födelsedatum]"),
    ("born 17 May 2013", "born [födelsedatum]"),
]

LEFT = [
    "sidan är från 2019-11-13",
    "2019-08-06 08.30",
    "from 2022-06-23 13:00",
    "2024-01-02 2024-03-04",
    "24/12",
    "1/5–31/8",
    "08.30–11.30, 13.00–16.00",
    "klockan 0830-1130",
    "10 timmar i månaden",
    "det kostar 1 250 kronor",
    "903 02 Umeå",
    "Kungsgatan 71–73",
    "Box 3045",
    "jag är född 1945",
    "112, 1177, 114 14, 113 13, 116 111, 90101 och 90 390",
    "020-50 50 50",
    "090-16 10 02",
    "+46 90 16 10 02",
    "0240 868 37",
    "mottagningsenheten@umea.se",
    "11 12 13 14 15",
    "SFS 2025:400, 4 kap. 1 §, 9 § 3",
    "mamma fyller 90 den 24/12, har ni öppet då",
    "barnen är 4 och 6 år",
    "ärende 2024-123",
]


@pytest.mark.parametrize(("text", "wanted"), MASKED)
def test_masks(text: str, wanted: str) -> None:
    assert mask(text, OWN).text == wanted


@pytest.mark.parametrize("text", LEFT)
def test_leaves(text: str) -> None:
    assert mask(text, OWN) == Masked(text, ())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Jag heter Karin Larsson och undrar", "Jag heter [namn] och undrar"),
        ("min mor hon heter astrid å är gammal", "min mor hon heter [namn] å är gammal"),
        ("min mor Astrid Holm vill ha ledsagare", "min mor [namn] vill ha ledsagare"),
        ("Elias Nordström född [födelsedatum]", "[namn] född [födelsedatum]"),
        ("har karin svensson hemtjänst", "har [namn] hemtjänst"),
        ("Har Lars Nilsson hemtjänst?", "Har [namn] hemtjänst?"),
    ],
)
def test_masks_names(text: str, wanted: str) -> None:
    assert mask_names(text, OWN).text == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Vad heter anhörigkonsulenten?",
        "va heter hon i växeln",
        "Har Karin Andersson semester?",
        "Det heter Ledsagning på kommunens sida",
        "stödet som heter avlösning",
        "Min mor behöver ledsagning i Umeå",
        "hans demens blir värre",
        "Fast Omsorgskontakt i Östersund",
    ],
)
def test_leaves_what_is_no_name(text: str) -> None:
    assert mask_names(text, OWN).text == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Elias Nordström född 2013-05-17, autism nivå 2, går på Hagaskolan och tar Ritalin", True),
        ("min dotter heter Maja och har epilepsi", True),
        ("660502-9831 har diabetes", True),
        ("min son har autism, kan han få ledsagare", False),
        ("Mitt personnummer är 480615-9846, kan ni kolla", False),
        ("Jag heter Karin och vill ha ledsagning", False),
    ],
)
def test_health_details(text: str, wanted: bool) -> None:
    assert health_details(text, OWN) is wanted


def test_every_warning_names_the_matter_and_has_no_gap() -> None:
    texts = yaml.safe_load(privacy.CONTENT.read_text(encoding="utf-8"))["warning"]["text"]
    assert {"sv", "en", "fi", "no", "da", "de", "ar", "so", "uk", "pl", "fa", "ti"} == set(texts)
    for language in texts:
        text = warning(["personnummer", "namn"], language)
        assert "personnummer" in text
        assert "personuppgifter" in text
        assert "{" not in text
    assert warning([], "sv") == warning(["okänt"], "xx")


def test_warning_names_the_kinds() -> None:
    assert "ett personnummer och ett namn" in warning(["personnummer", "namn"], "sv")
    assert "sparas inte" in warning(["personnummer"], "sv")


HOSTILE = [
    "1", "1 ", "12-", "1.", "a", "a@", "0701 ", "född ", "f ", "Anna ", "heter ", "konto ",
    "1 streck ", "٣", "+", "19480615-", "A", "jan ",
]  # fmt: skip


def _with_check_digit(nine: str) -> str:
    return next(nine + digit for digit in "0123456789" if luhn(nine + digit))


IDENTITY = st.builds(
    lambda date, serial: _with_check_digit(f"{date:%y%m%d}{serial:03}"),
    st.dates(),
    st.integers(0, 999),
)


@settings(max_examples=300, deadline=None)
@given(
    IDENTITY, st.sampled_from(["", "-", "+", " ", " - ", "–"]), st.sampled_from(["", "19", "20"])
)
def test_no_identity_number_survives(ten: str, dash: str, century: str) -> None:
    text = f"numret är {century}{ten[:6]}{dash}{ten[6:]} tror jag"
    assert ten[6:] not in mask(text, OWN).text


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789 -+./:()@aåfödpm", max_size=60))
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text, OWN).text
    assert mask(once, OWN).text == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    mask(text, OWN)
    mask_names(text, OWN)
    health_details(text, OWN)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_of_any_length_is_read_to_its_end(piece: str) -> None:
    text = (piece * 20_000)[:20_000] + " 19800101-1238"
    assert "19800101" not in mask(text, OWN).text
    assert mask_names(text, OWN).text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mitt personnummer är åttio noll ett noll ett tolv trettioåtta tack", "tack"),
        ("person nummer femtiofem tolv noll tre nittioåtta elva, kan ni se ärendet", "ärendet"),
        ("samordningsnummer nittonhundra sjuttio noll fyra åttiotvå ett två tre fyra", "nummer"),
    ],
)
def test_an_identity_number_said_in_words_is_masked(text: str, kept: str) -> None:
    masked = mask(text, OWN)
    assert "[personnummer]" in masked.text
    assert masked.kinds == ("personnummer",)
    assert kept in masked.text


def test_a_phone_number_said_in_words_is_not_masked() -> None:
    text = "är numret noll nio noll sexton tio noll två rätt"
    assert mask(text, OWN).text == text
