"""A page as text: from HTML, a file or what somebody pasted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.importing.errors import PageError
from bot.importing.fetch import ORDINARY, Fetched, Limits
from bot.importing.page import Address, ImportedPage, PastedText, SavedFile, read_page
from bot.knowledge.loader import CONTENT_DIR
from tests.bot.importing.pages import LEDSAGNING, NO_MAIN

GIVEN = """Ledsagning

Ledsagning innebär att du får hjälp att göra saker på fritiden utanför hemmet.

Vem kan få ledsagning?
"""


def html(text: str) -> ImportedPage:
    return read_page(SavedFile(text.encode()))


def test_what_a_visitor_reads() -> None:
    page = html(LEDSAGNING)
    assert page.title == "Ledsagning"
    assert page.text.startswith(GIVEN)
    assert "120 kronor" in page.text
    assert "Telefon: 0980 - 31 92 00\nE-post: bistand@nyby.example" in page.text
    assert "Du ansöker om ledsagning hos biståndsenheten." in page.text, "opened by a button"
    assert "Växel: 0980-31 92 99" in page.text, "a way to reach somebody, from the footer"
    for unseen in ("kakor", "skript", "Dold", "Omsorg", "Hoppa", "Om webbplatsen", "Godkänn"):
        assert unseen not in page.text
    assert (page.published, page.updated) == (None, dt.date(2024, 5, 3))
    assert (page.language, page.warnings, page.url) == ("sv", (), None)


def test_a_page_that_marks_no_main_part() -> None:
    page = html(NO_MAIN)
    for line in GIVEN.split("\n\n"):
        assert line.strip() in page.text
    assert "kakor" not in page.text
    assert page.updated == dt.date(2024, 5, 3)


@pytest.mark.parametrize("name", sorted(p.as_posix() for p in CONTENT_DIR.glob("*/pages/*.txt")))
def test_pasted_text_stays_as_it_is(name: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert read_page(PastedText(text)).text.split() == text.split()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<p>a</p>b<p>c</p>", ["a", "", "b", "", "c"]),
        (
            "<ul><li>ett</li><li>två<ul><li>tre</li></ul></li></ul>",
            [" • ett", " • två", "   • tre"],
        ),
        ("<ol><li><p>ett</p><p>mer</p></li></ol>", [" • ett", "", "mer"]),
        (
            "<table><tr><th>Måndag</th><td>8–12</td></tr><tr><td>x</td></tr></table>",
            ["Måndag 8–12", "x"],
        ),
        ("<p>en<br>rad</p>", ["en", "rad"]),
        ("<p><b>S</b>ommar <i>och</i> vinter</p>", ["Sommar och vinter"]),
        ("<p><span>Telefon:</span><span>112</span></p>", ["Telefon: 112"]),
        ("<p>a &lt;script&gt; b</p><script>x</script>", ["a <script> b"]),
        ("<dl><dt>Pris</dt><dd>10 kr</dd></dl>", ["Pris", "", "10 kr"]),
        ("<p>ett<!-- två --> tre</p>", ["ett tre"]),
        ("<p>a<svg><text>b</text></svg>c</p><iframe src=x></iframe>", ["ac"]),
        ("<p>a\u200bb\u202ec\x07</p>", ["abc"]),
    ],
)
def test_elements_as_lines(text: str, lines: list[str]) -> None:
    assert html(f"<body>{text}</body>").text.rstrip("\n").split("\n") == lines


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("<p>Å ä ö é</p>".encode(), None),
        ("<p>Å ä ö é</p>".encode("cp1252"), "iso-8859-1"),
        ("<p>Å ä ö é</p>".encode("cp1252"), None),
        ("<p>Å ä ö é</p>".encode(), "iso-8859-1"),
        ("<p>Å ä ö é</p>".encode("utf-16"), None),
        ('<meta charset="windows-1252"><p>Å ä ö é</p>'.encode("cp1252"), None),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><p>Å ä ö é</p>'.encode(), "base64"),
    ],
)
def test_letters(content: bytes, charset: str | None) -> None:
    def fetched(url: str, *, private: bool, limits: Limits) -> Fetched:
        assert (url, private, limits) == ("https://a.se/", False, ORDINARY)
        return Fetched(url, content, charset, is_html=True)

    page = read_page(Address("https://a.se/"), fetching=fetched)
    assert page.text == "Å ä ö é\n"
    assert page.url == "https://a.se/"


@pytest.mark.parametrize(
    ("text", "published", "updated"),
    [
        ("Publicerad 2022-06-23\n\nSidan uppdaterad 2023-01-02", "2022-06-23", "2023-01-02"),
        ("Senast ändrad: 3 maj 2021", None, "2021-05-03"),
        ("Senast granskad den 12 januari 2025", None, "2025-01-12"),
        ("Sidan uppdaterad\n\n2020-01-01", None, "2020-01-01"),
        ("13 november 2019 klockan 12.04\n\nEn nyhet", "2019-11-13", None),
        (
            "Lagen ändrades den 1 juli 2025 och det påverkar dig på många olika sätt. " * 2,
            None,
            None,
        ),
        ("Uppdaterad 2019-02-30", None, None),
        ("Sidan publicerades", None, None),
    ],
)
def test_dates(text: str, published: str | None, updated: str | None) -> None:
    page = read_page(PastedText(f"En rubrik\n\n{text}"))
    assert [d and d.isoformat() for d in (page.published, page.updated)] == [published, updated]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>kort</p>", "mycket lite text"),
        ("<p>kort</p><iframe></iframe>", "inbäddad ruta"),
        ('<html lang="en"><p>short</p></html>', "inte är på svenska"),
        ('<meta name="last-modified" content="2020-02-02"><p>kort</p>', "ändrades 2020-02-02"),
        ("<p>kort</p>", "inget datum"),
    ],
)
def test_what_a_person_is_told(text: str, told: str) -> None:
    assert told in " ".join(html(text).warnings)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (SavedFile(b""), "ingen text"),
        (SavedFile(b"<script>x</script>"), "ingen text"),
        (SavedFile(b"<div>" * 50_000), "ingen text"),
        (PastedText(" \n "), "ingen text"),
        (SavedFile(b"x" * 200, "stor.txt"), "för stor"),
        (PastedText("a " * 150_000), "för lång"),
        (PastedText("Ring om 19900101-0017 gäller dig."), "personnummer"),
    ],
)
def test_what_is_refused(source: SavedFile | PastedText, told: str) -> None:
    small = told == "för stor"
    with pytest.raises(PageError, match=told):
        read_page(source, limits=Limits(most_bytes=100) if small else ORDINARY)
