"""Lyssna without a voice: where a sentence stands, its words in two languages, its size."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Page

from tests.web.canned_http import WEB
from tests.web.test_core import blank, run

__all__ = ["blank"]

LIMIT = 10_000
"""Bytes, compressed, of all that is loaded when it is pressed, in both languages."""
PAGE = """<ul id="root"><li><div><p>Ring <a href="tel:112">112</a>   nu.
Ring 112 igen.</p><ul><li>Samtal</li><li>Träffar</li></ul></div>
<p>Ring 090-16 10 02</p></li></ul>"""


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("Ring 112 nu.", "Ring 112   nu."),
        ("Ring 112 igen.", "Ring 112 igen."),
        ("Två: Träffar.", "Träffar"),
        ("Kontakt: växeln, telefon 090-16 10 02.", "090-16 10 02"),
        ("Det finns två saker.", None),
        ("", None),
    ],
)
def test_written_sentence_is_found_across_links(
    blank: Page, sentence: str, marked: str | None
) -> None:
    root = f"new DOMParser().parseFromString({PAGE!r}, 'text/html').body"
    found = run(blank, "../components/listen/highlight.js", f"m.find({root}, given[0])?.toString()",
                sentence)  # fmt: skip
    assert found == marked


def test_words_exist_in_both_languages_and_all_of_it_is_small(blank: Page) -> None:
    folder = "../components/listen"
    swedish = run(blank, f"{folder}/strings.js", "m.sv")
    english = run(blank, f"{folder}/strings.en.js", "m.en")
    assert list(swedish) == list(english)
    assert [w.count("{") for w in swedish.values()] == [w.count("{") for w in english.values()]
    files = (WEB / "components" / "listen").iterdir()
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in files}
    # Only the button is there from the beginning.
    assert sizes.pop("listen.js") < 1_000
    assert sum(sizes.values()) < LIMIT
