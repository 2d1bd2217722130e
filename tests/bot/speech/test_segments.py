"""A text in its sentences, as written and as spoken."""

import pytest

from bot.speech.segments import segments, segments_of
from bot.speech.sentences import sentences


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Ring oss. Vi svarar.", ["Ring oss.", "Vi svarar."]),
        ("Ring kl. 8. Fråga efter Eva.", ["Ring kl. 8.", "Fråga efter Eva."]),
        ("Det är bl.a. Umeå. Eller?", ["Det är bl.a. Umeå.", "Eller?"]),
        ("T.ex. Umeå och t. ex. Leksand.", ["T.ex. Umeå och t. ex. Leksand."]),
        ("Böcker m.m. Du kan låna.", ["Böcker m.m.", "Du kan låna."]),
        ("Böcker m.m. och annat.", ["Böcker m.m. och annat."]),
        ("Mejla a.b@umea.se. Vi svarar.", ["Mejla a.b@umea.se.", "Vi svarar."]),
        ("Se www.umea.se. Ring 112.", ["Se www.umea.se.", "Ring 112."]),
        ("Vänta till 11.30. Ring sedan.", ["Vänta till 11.30.", "Ring sedan."]),
        ("OBS! Ändrade telefontider 1/5–31/8.", ["OBS! Ändrade telefontider 1/5–31/8."]),
        ("Enligt 5 kap. 10 § SoL. Ja.", ["Enligt 5 kap. 10 § SoL.", "Ja."]),
        ("”Ring oss.” Så står det.", ["”Ring oss.”", "Så står det."]),
        ("Så här: ”Ring.” (Kommunen) Hej", ["Så här: ”Ring.”", "(Kommunen) Hej"]),
        ("Vad kostar det? Och när?", ["Vad kostar det?", "Och när?"]),
        ("”Vad?” undrar hon.", ["”Vad?” undrar hon."]),
        ("Rad ett\nRad två\n\n• Punkt", ["Rad ett", "Rad två", "• Punkt"]),
        ("1. Ring oss\n2. Vänta", ["1. Ring oss", "2. Vänta"]),
        ("1. Ring oss. 2. Vänta.", ["1. Ring oss.", "2. Vänta."]),
        ("Från 1 jan. 2024. Max. 3 dagar.", ["Från 1 jan. 2024.", "Max. 3 dagar."]),
        ("Det är max. Inte mer.", ["Det är max.", "Inte mer."]),
        ("Fråga G. Andersson. Ring.", ["Fråga G. Andersson.", "Ring."]),
        ("Ring 112. 1177 ger råd.", ["Ring 112.", "1177 ger råd."]),
        ("Vänta ... Jag söker.", ["Vänta ...", "Jag söker."]),
        ("It opens at 9 a.m. Call then.", ["It opens at 9 a.m.", "Call then."]),
        ("Walks, e.g. Monday. Yes.", ["Walks, e.g. Monday.", "Yes."]),
        ("ኣነ እየ። ደውሉ።", ["ኣነ እየ።", "ደውሉ።"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_in_its_sentences(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


def test_each_sentence_is_found_in_what_is_shown_and_has_its_words() -> None:
    text = "Telefonen är öppen nu, till klockan 16.00. Kontakt: växeln, telefon 0240-860 00"
    first, second = segments(text)
    assert (first.written, first.spoken) == (
        "Telefonen är öppen nu, till klockan 16.00.",
        "Telefonen är öppen nu, till klockan sexton.",
    )
    assert second.written in text
    assert second.spoken == "Kontakt: växeln, telefon noll två fyra noll, åtta sex noll, noll noll."


def test_the_act_is_named_the_first_time_only() -> None:
    said = [s.spoken for s in segments("Stöd enligt SoL. Ett SoL-beslut. Beslut enligt SoL.")]
    assert said == [
        "Stöd enligt socialtjänstlagen.",
        "Ett ess o ell-beslut.",
        "Beslut enligt ess o ell.",
    ]


def test_what_holds_no_words_is_left_out() -> None:
    assert segments("Hej. \n*** \n😀") == segments("Hej.")


def test_sentences_that_are_cut_already_keep_their_order() -> None:
    said = segments_of(["Enligt SoL", "SoL gäller."], "sv")
    assert [s.spoken for s in said] == ["Enligt socialtjänstlagen.", "ess o ell gäller."]


def test_slow_segments() -> None:
    (only,) = segments("Ring 112.", slow=True)
    assert only.written == "Ring 112."
    assert only.spoken == "Ring ett ett två. Jag upprepar: ett ett två."
