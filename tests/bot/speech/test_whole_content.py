"""Everything that the assistant can say is fit for an engine: only words and pauses."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from string import Formatter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.contacts import contact_line, contact_reply, open_line, short_line
from bot.dialogue.hours_reply import hours_text
from bot.dialogue.wording import old_law_line, source_line
from bot.knowledge.files import CONTENT_DIR, read_yaml
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality
from bot.speech.normalise import spoken
from bot.speech.segments import segments, segments_of
from bot.speech.sentences import sentences
from bot.understanding.dates import DateQuestion

COMMON = CONTENT_DIR / "common"
MOMENTS = tuple(
    dt.datetime.fromisoformat(f"{moment}+01:00")
    for moment in ("2026-11-26 07:05", "2026-05-01 12:00", "2026-07-06 09:45")
)
# What a reply is filled in with when it is said, as badly as it gets.
VALUES = {
    "phone": "0240-860 00", "email": "mottagningsenheten@umea.se", "date": "2019-08-06",
    "year": 2019, "dated": ", uppdaterad 2019-08-06",
    "address": "Kungsgatan 71–73, Box 3045, 903 02 Umeå",
    "time": "klockan 08.30", "until": "klockan 16.00", "day": "i morgon, torsdag 26 november,",
    "numbers": "0240-868 37 och 0240-863 91",
    "quote": "Avlösning upp till 10 timmar/månad (SoL) – fritt.",
    "passage": "OBS! Ändrade telefontider 1/5-31/8\nVardagar 9:30-11:30", "total": 12, "shown": 4,
    "years": 7, "days": 30, "limit": 200, "read": "2026-11-22", "hours": "Vardagar 9:00-12:00",
    "value": "[[phone]]", "receipt": "UM-7K3F-92QX", "items": "stöd, avlösning m.m.; LSS",
}  # fmt: skip
FORBIDDEN = re.compile(r"[^\W\d_][.,;:!?][^\W\d_]|[.,;:!?]{2}|\s[.,;:!?]|\s\s")


def faults(said: str) -> Iterator[str]:
    """Why a spoken text is not fit for an engine."""
    for place, char in enumerate(said):
        if char == "-":
            if not (said[place - 1 : place].isalpha() and said[place + 1 : place + 2].isalpha()):
                yield f"a hyphen outside a word: {said}"
        elif char not in " .,;:!?" and unicodedata.category(char)[0] not in "LM":
            yield f"{char!r} in: {said}"
    if FORBIDDEN.search(said):
        yield f"punctuation that is misread: {said}"
    if re.search(r"\b(?:www|http|kl|tfn|tim|kr|m m|bl a|t ex|SoL|LSS)\b", said):
        yield f"something unsaid: {said}"


def wrong(text: str, language: str) -> Iterator[str]:
    """The faults of a sentence, in the slow pace too when it holds a number."""
    for slow in (False, True)[: 1 + any(c.isdigit() for c in text)]:
        for segment in segments_of([text], language, slow):
            yield from faults(segment.spoken)
            if not segment.spoken.endswith((".", "!", "?", ":")):
                yield f"no end: {segment.spoken}"


def check(texts: Iterator[tuple[str, str]]) -> None:
    """Look at each sentence once, since many texts share theirs."""
    cut = ((s, language) for text, language in dict.fromkeys(texts) for s in sentences(text))
    found = [fault for s, language in dict.fromkeys(cut) for fault in wrong(s, language)]
    assert not found, "\n".join(found[:20])


def test_every_answer_in_every_variant() -> None:
    check(answer_texts())


def answer_texts() -> Iterator[tuple[str, str]]:
    for municipality in load_knowledge().municipalities.values():
        for answer in municipality.answers:
            yield from ((text, "sv") for text in (answer.text, answer.easy, answer.speech) if text)
            yield answer.en, "en"
            yield from ((quote.quote, "sv") for quote in answer.evidence)
            yield "\n".join(f"• {item}" for item in answer.items), "sv"
            yield ", ".join(answer.items_en), "en"


def test_every_page_as_it_is_written() -> None:
    pages = CONTENT_DIR.glob("*/pages/*.txt")
    check((line, "sv") for page in pages for line in page.read_text("utf-8").split("\n"))


def test_every_contact_with_its_hours_and_sources() -> None:
    check(
        (text, language)
        for municipality in load_knowledge().municipalities.values()
        for language in ("sv", "en")
        for text in live_texts(municipality, language)
    )


def live_texts(municipality: Municipality, language: str) -> Iterator[str]:
    """What is put together when it is said: contacts, hours, sources with their dates."""
    for page in municipality.pages.values():
        yield source_line(municipality, page, language)
        yield old_law_line(page, language) or ""
    for contact in municipality.contacts.values():
        yield short_line(contact, language)
        for now in MOMENTS:
            yield contact_line(contact, now, language)
            yield open_line(contact, now, language) or ""
            for aspect in ("telefonnummer", "epost", "besoksadress", "postadress", "kontakt"):
                yield contact_reply(aspect, contact, municipality, now, language).text
            for hours in filter(None, (contact.phone_hours, contact.visit_hours)):
                yield hours.as_written
                for question in (None, DateQuestion(kind="season"), DateQuestion(kind="now")):
                    yield hours_text(contact.definite, hours, question, now, (), language).text


def test_every_standard_reply_filled_in() -> None:
    replies: dict[str, dict[str, str]] = read_yaml(COMMON / "replies.yml")
    check((filled(text), lang) for reply in replies.values() for lang, text in reply.items())


def test_every_fixed_text_in_every_language() -> None:
    """Crisis cards, warnings, law, privacy, what desk and page about the service say."""
    names = ("crisis", "privacy", "law", "about", "languages", "desk", "ambiguous")
    files = [*(COMMON / f"{name}.yml" for name in names), *(COMMON / "services").glob("*.yml")]
    nodes = ((read_yaml(file), file.stem) for file in files)
    shown = ("cards", "social_services", "support_lines")
    parts = ([n[key] for key in shown] if stem == "crisis" else n for n, stem in nodes)
    check((filled(text), language) for part in parts for text, language in told(part, "sv"))


def told(node: Any, language: str) -> Iterator[tuple[str, str]]:
    """The texts under keys that are languages or that say what is shown."""
    languages = {"sv", "en", "fi", "no", "da", "de", "pl", "uk", "ar", "fa", "so", "ti"}
    if isinstance(node, str):
        yield node, language
    elif isinstance(node, list):
        for part in node:
            yield from told(part, language)
    elif isinstance(node, dict):
        skipped = {"source", "terms", "rules", "words", "patterns", "sign", "href", "basis"}
        for key, part in node.items():
            inside = key if key in languages else language
            if key in languages or isinstance(part, dict | list):
                yield from told(part, inside) if key not in skipped else ()


def filled(text: str) -> str:
    """A text with its names in braces filled in; what is no such text stays."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name]
    except ValueError:
        return ""
    if not all(name.isidentifier() for name in names):
        return ""
    return text.format(**{name: VALUES.get(name, "Umeå kommun") for name in names})


PIECES = st.sampled_from(
    (
        "kl. kl m.m. t.ex. bl a 112 1177 090-16 10 02 08.30 – - — 11.30 , . : / § 1/5 31/8 (SoL)"
        " SoL LSS EU:s mån tis fre måndag 12 A Box 903 Umeå [[name]] [namn] @ umea@umea.se 10 1:a"
        " www.umea.se UM-7K3F-92QX kr % 1 000 st min Min ” ( ) • 5 kap. OBS! och mellan ½ ² a"
    ).split(" ")
)
SIGNS = st.text(alphabet="0123456789 -–/.:,kKlLAaåmånMSoLstr§%()[]@\n½²'’", max_size=50)
WRITINGS = st.one_of(
    st.text(max_size=60),
    SIGNS,
    st.lists(PIECES, max_size=12).map(" ".join),
    st.lists(PIECES, max_size=12).map("".join),
)


@settings(max_examples=150, deadline=None)
@given(text=WRITINGS, language=st.sampled_from(["sv", "en", "ar"]))
def test_any_text_becomes_words_that_stay_as_they_are(text: str, language: str) -> None:
    said = spoken(text, language)
    assert not [fault for fault in faults(said) if "unsaid" not in fault]
    assert spoken(said, language) == said
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(segment.written in text for segment in segments(text, language))


def test_hostile_texts_end() -> None:
    """Repetitions that a careless pattern would take minutes for."""
    for part in ("1 ", "1-", "a@", "(", "[[", "\n", " ", "090 ", "mån, ", "8.30–", "’s ", "a.b"):
        assert "  " not in spoken(part * (4000 // len(part)))


def test_a_table_of_values_covers_what_replies_ask_for() -> None:
    assert filled("{phone} {name}") == "0240-860 00 Umeå kommun"
    assert filled("a{2,3}") == ""
