"""Checking content takes as much work for each municipality, however many there are."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from bot.knowledge import validator_facts
from bot.knowledge.loader import CONTENT_DIR, load_knowledge, load_names, load_whole, read_knowledge
from bot.knowledge.validator import validate
from bot.knowledge.validator_named import Names
from bot.knowledge.validator_text import find_quote
from bot.knowledge.yaml_text import parse
from bot.understanding.swedish import names
from tests.bot.knowledge.mini import TODAY, copy_to

SMALL, LARGE = 4, 12


def grown(folder: Path, wanted: int) -> Path:
    """The small content with copies of one municipality under other names and numbers."""
    content = copy_to(folder)
    for number in range(2, wanted):
        key, name = f"nyby{number}", f"Nyby{chr(ord('a') + number)}"
        shutil.copytree(content / "soderby", content / key)
        for path in (content / key).rglob("*.*"):
            text = path.read_text(encoding="utf-8")
            text = text.replace("Söderby", name).replace("soderby", key)
            path.write_text(text, encoding="utf-8")
    return content


def work(content: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each of the dear things is done in checking a content folder."""
    done: Counter[str] = Counter()
    with monkeypatch.context() as patch:

        def count(owner: object, name: str) -> None:
            original = getattr(owner, name)

            def counting(*arguments: object, **named: object) -> object:
                done[name] += 1
                return original(*arguments, **named)

            patch.setattr(owner, name, counting)

        count(validator_facts, "_Scan")
        count(Names, "_pattern")
        count(Path, "read_text")
        validator_facts.facts.cache_clear()
        validate(content, TODAY)
    return done


def test_work_grows_as_the_municipalities_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = [grown(tmp_path / str(n), n) for n in (SMALL, LARGE, 2 * LARGE - SMALL)]
    validate(contents[0], TODAY)  # Schemas are read once, and count for none of them.
    counts = [work(content, monkeypatch) for content in contents]
    assert counts[0]["_Scan"] > 0 and counts[0]["read_text"] > 0
    for name in counts[2]:
        first, second = (b[name] - a[name] for a, b in pairwise(counts))
        assert second <= first, name


def test_a_text_is_held_against_the_names_it_may_hold_only() -> None:
    many = Names(f"{first}{last}" for first in "ABCDEFGH" for last in ("by", "torp", "vik"))
    assert many.within("Abys hemtjänst, och den i Btorp.") == ["Aby", "Btorp"]
    assert many.compared == 2


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Åby", "i Åbys kommun", True),
        ("Åby", "i Åbytorp", False),
        ("Upplands-Bro", "Upplands-Bros växel", True),
        ("Upplands-Bro", "Upplands Väsby", False),
        ("(Nya) By", "den (Nya) By", True),
    ],
)
def test_names_are_found_as_words_of_their_own(name: str, text: str, stands: bool) -> None:
    assert bool(Names([name]).within(text)) is stands


@pytest.mark.parametrize("quote", ["a", "a.", ".a", "ab", "_", "10", "é", "a b"])
@pytest.mark.parametrize(
    "text", ["", "a", "aa a", "a.a .a a.", "ab ab_ ab", "_ _a", "10 110 10", "é éa", "a b a bc a b"]
)
def test_quotes_are_found_as_a_pattern_would(quote: str, text: str) -> None:
    before = r"(?<!\w)" if quote[0].isalnum() else ""
    after = r"(?!\w)" if quote[-1].isalnum() else ""
    expected = [m.span() for m in re.finditer(before + re.escape(quote) + after, text)]
    assert find_quote(quote, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [1, 2.5, yes, ~, '1', 2026-11-22, 08.30, 1:30, 0x1F]",
        "a: &x [1]\nb: *x",
        "a: {b: 1}\nc: !!str 3",
        "<<: {a: 1}\nb: 2",
        "a: 1\na: 2",
        "? [1, 2]\n: 3",
        "1: a\ntrue: b\n2026-11-22: c",
        "a: |\n  two\n  lines\nb: >-\n  one\n  line",
    ],
)
def test_yaml_is_read_as_pyyaml_reads_it(text: str) -> None:
    try:
        expected = repr(yaml.safe_load(text))
    except yaml.YAMLError:
        with pytest.raises(yaml.YAMLError):
            parse(text)
    else:
        assert repr(parse(text)) == expected


def test_a_day_that_does_not_exist_is_told_and_no_crash() -> None:
    with pytest.raises(yaml.YAMLError, match="day is out of range"):
        parse("read: 2026-02-31")
    assert parse("read: 2026-02-28") == {"read": dt.date(2026, 2, 28)}


def test_training_meets_the_same_names_without_reading_answers() -> None:
    without = read_knowledge(CONTENT_DIR, names_only=True)
    assert not any(m.answers or m.pages for m in without.municipalities.values())
    assert names(without) == names(load_knowledge())
    assert load_names() is load_whole()  # A service has read it all: nothing is kept twice.
