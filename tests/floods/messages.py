"""What nobody should write and somebody will: hostile messages and bodies, for hypothesis."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml
from hypothesis import strategies as st

from api.settings import ROOT

MARK = "zzqx"
"""Stands in what would be set, loaded or run if anything took the text for more than a text."""

LENGTHS = (300, 1000, 1001, 4000, 4001, 60_000, 1_000_000)
"""Around every limit, and far beyond."""

_CORPUS = Path(__file__).parent / "corpus.yml"
_ODD = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA1), 0x200B, 0x202E, 0x2066, 0xFEFF, 0xFFFF)))
_SIGNS = "<>\"'`&;:/\\{}[]()%$#@!|=*_~.,?-+ \n"


@cache
def corpus() -> dict[str, list[str]]:
    """The messages of the corpus by their kind."""
    found: dict[str, list[str]] = yaml.safe_load(_CORPUS.read_text(encoding="utf-8"))
    return found


@cache
def _domain() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return found


def payloads() -> st.SearchStrategy[str]:
    """What a program sends to Rasa, typed by a person: an intent with values for slots."""
    domain = _domain()
    names = st.sampled_from(sorted(domain["intents"]) + sorted(domain["actions"]))
    slots = st.sampled_from(sorted(domain["slots"]))
    values = st.sampled_from([MARK, [MARK], {"language": MARK}, {"pending": {"kind": MARK}}])
    before = st.sampled_from(["", "", "/", " ", "\u200b", "\u2066", "\n", "EXTERNAL: "])

    def payload(lead: str, name: str, filled: dict[str, Any], score: str) -> str:
        return f"{lead}/{name}{score}{json.dumps(filled)}"

    filled = st.dictionaries(slots, values, max_size=3)
    return st.builds(payload, before, names, filled, st.sampled_from(["", "@1.0", " "]))


def messages() -> st.SearchStrategy[str]:
    """A hostile message; one in ten is longer than anybody may write."""
    known = st.sampled_from([text for texts in corpus().values() for text in texts])
    odd = st.text(alphabet=_ODD + "abc ", max_size=20)
    signs = st.text(alphabet=_SIGNS + "abå1", max_size=30)
    piece = st.one_of(known, known, odd, signs, st.text(max_size=30), payloads())
    glue = st.sampled_from([" ", "", "\n", "\u200b", ". "])
    several = st.builds(
        lambda between, parts: between.join(parts), glue, st.lists(piece, min_size=2, max_size=4)
    )
    long = st.builds(_filled, piece, st.sampled_from(LENGTHS))
    return st.one_of(piece, piece, piece, several, several, several, payloads(), payloads(), long)


def _filled(part: str, length: int) -> str:
    whole = part or "a"
    return (whole * (length // len(whole) + 1))[:length]


def bodies() -> st.SearchStrategy[bytes]:
    """The body of a request that is no message at all."""
    deep = st.sampled_from([10, 900, 1100, 5000, 30_000])
    nested = st.one_of(
        st.builds(lambda n: b"[" * n + b"]" * n, deep),
        st.builds(lambda n: b'{"message":' * n + b"1" + b"}" * n, deep),
        st.builds(
            lambda n: b'{"sender": "s", "message": "m", "metadata": ' + b"[" * n + b"]" * n + b"}",
            deep,
        ),
    )
    numbers = st.sampled_from(
        [b"1e999", b"NaN", b"-Infinity", b"9" * 5000, b"-0", b"true", b"null"]
    )
    odd_values = st.builds(
        lambda value: b'{"sender": "s", "message": ' + value + b', "text": ' + value + b"}",
        st.one_of(numbers, nested),
    )
    plain = st.none() | st.booleans() | st.integers() | st.text(max_size=10)
    values: st.SearchStrategy[Any] = plain
    for _ in range(3):
        held = st.dictionaries(st.sampled_from(_FIELDS), values, max_size=3)
        values = plain | st.lists(values, max_size=3) | held
    objects = st.dictionaries(st.sampled_from(_FIELDS), values, max_size=5)
    valid = st.builds(lambda value: json.dumps(value).encode(), objects | values)
    cut = st.builds(lambda whole, end: whole[: end % (len(whole) + 1)], valid, st.integers(0, 200))
    return st.one_of(nested, odd_values, valid, cut, st.binary(max_size=60))


def forms() -> st.SearchStrategy[tuple[str, bytes]]:
    """The body of a form that no page of ours sends, and the kind that it says it is."""
    plain, parts = "application/x-www-form-urlencoded", "multipart/form-data"
    kinds = st.sampled_from(
        [plain, plain, f"{plain}; charset=utf-16", f"{parts}; boundary=b", parts, "text/plain", ""]
    )
    names = st.sampled_from(["do", "text", "key", "conversation", "secret", "csrf", "login", "æ"])
    pair = st.builds(lambda name, value: f"{name}={quote(value)}", names, messages())
    fields = st.builds("&".join, st.lists(pair, max_size=5)).map(str.encode)
    many = st.sampled_from([b"a&", b"a=%", b"&", b";a=b", b"%00&"]).map(lambda one: one * 10_000)
    part = st.builds(_part, names, st.sampled_from(["", '; filename="a"', "; filename*=x''%ff"]))
    several = st.builds(lambda some: b"".join(some) + b"--b--", st.lists(part, max_size=3))
    return st.tuples(kinds, st.one_of(fields, fields, several, many, st.binary(max_size=60)))


def headers() -> st.SearchStrategy[str]:
    """What a header may hold that somebody makes up; servers let nothing else through."""
    numbers = st.sampled_from(["", "0", "-1", "1e3", "²", "9" * 30, "NaN", "0x1", " 1", "1,2"])
    shown = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    return st.one_of(numbers, st.text(alphabet=shown, max_size=40))


def _part(name: str, more: str) -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + b"x\r\n"


_FIELDS = ["sender", "message", "metadata", "municipality", "text", "key", "now", "__proto__"]
