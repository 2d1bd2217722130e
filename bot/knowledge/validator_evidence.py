"""Prove what a text says by the passages of the page that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.knowledge.validator_facts import Fact, facts, unproven
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import Entry, Folder, entries, mapping, strings, text
from bot.knowledge.validator_text import find_quote, sentences, squeeze, words

_INNER_CAPITAL: Final = re.compile(r"(?<=[\w,;)] )[A-ZÅÄÖ][\w-]*")
_PAIR: Final = re.compile(r"(?=(?<!\w)([A-ZÅÄÖ][a-zåäöé]+) ([A-ZÅÄÖ][a-zåäöé]+))")
_SHORTEST_QUOTE: Final = 3


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text may rest on: quotes of pages and the records of its contacts."""

    facts: frozenset[Fact]
    words: frozenset[str]
    capitals: frozenset[str]

    def know(self, name: str) -> bool:
        """Whether a name stands there, in the genitive or not."""
        folded = name.casefold()
        return bool({folded, folded.removesuffix("s"), f"{folded}s"} & self.words)

    @classmethod
    def of_answer(cls, folder: Folder, answer: Entry) -> Grounds:
        """The evidence of an answer, and the contacts that are shown with it."""
        shown = [folder.contacts[c] for c in strings(answer, "contacts") if c in folder.contacts]
        written = [*quotes(answer), *(t for contact in shown for t in contact_texts(contact))]
        names = [text(folder.record, key) for key in ("name", "short", "genitive")]
        return cls._of(written, names)

    @classmethod
    def of_quotes(cls, entry: Entry) -> Grounds:
        """The evidence of a contact, and nothing else."""
        return cls._of(quotes(entry), [])

    @classmethod
    def _of(cls, written: list[str], names: list[str]) -> Grounds:
        found = {word for part in (*written, *names) for word in _parts(part)}
        return cls(
            facts=frozenset(fact for part in written for fact in facts(part)),
            words=frozenset(word.casefold() for word in found),
            capitals=frozenset(word for word in found if word[0].isupper()),
        )


def quotes(entry: Entry) -> list[str]:
    """The quotes of an answer or a contact."""
    return [text(e, "quote") for e in entries(entry, "evidence")]


def contact_texts(contact: Entry) -> list[str]:
    """All that a contact record says."""
    found = [text(contact, k) for k in ("name", "definite", "job", "how", "phone", "email")]
    found += [text(contact, "visit_address"), " ".join(strings(contact, "postal_address"))]
    for kind in ("phone_hours", "visit_hours"):
        hours: dict[str, Any] = mapping(contact, kind)
        found += [text(part, "as_written") for part in (hours, *entries(hours, "seasons"))]
    return [part for part in found if part]


def check_quotes(folder: Folder, file: str, where: str, entry: Entry, report: Report) -> None:
    """Every quote stands on its page, word for word; only white space may differ."""
    for at, evidence in enumerate(entries(entry, "evidence"), start=1):
        page, quote = text(evidence, "page"), squeeze(text(evidence, "quote"))
        place = f"{where}.evidence[{at}]"
        if page not in folder.page_texts:
            report.error(file, f"{place}.page", f"there is no page {folder.id}/pages/{page}.txt")
            continue
        if not quote:
            continue
        source = folder.squeezed[page]
        if not find_quote(quote, source):
            report.error(file, f"{place}.quote", _not_found(quote, source, page))
        elif len(words(quote)) < _SHORTEST_QUOTE and not _is_a_line(quote, folder.page_texts[page]):
            report.error(
                file,
                f"{place}.quote",
                f"{quote!r} is too short to prove a thing: quote {_SHORTEST_QUOTE} words or a line",
            )


def check_facts(file: str, where: str, written: str, grounds: Grounds, report: Report) -> None:
    """Every number, time, date, amount, address and way to reach has its evidence."""
    for fact in unproven(written, grounds.facts):
        report.error(
            file,
            where,
            f"the {fact.kind} {fact.written.strip()!r} stands neither in the evidence nor in the "
            "contacts: correct it, or quote the passage that says it",
        )


def check_names(
    file: str, where: str, written: str, grounds: Grounds, report: Report, *, english: bool = False
) -> None:
    """Every name inside a sentence has its evidence."""
    find = _english_names if english else _swedish_names
    for sentence in sentences(written):
        for name in find(sentence, grounds):
            report.error(
                file,
                where,
                f"the name {name!r} stands neither in the evidence nor in the contacts: "
                "correct it, or quote the passage that says it",
            )


def _swedish_names(sentence: str, grounds: Grounds) -> Iterator[str]:
    """Unknown words with a capital letter inside a sentence."""
    for match in _INNER_CAPITAL.finditer(sentence):
        if not all(grounds.know(part) for part in _parts(match.group())):
            yield match.group()


def _english_names(sentence: str, grounds: Grounds) -> Iterator[str]:
    """Pairs of capitals of which just one word is known: a first name with another surname.

    English writes a capital in too many words to ask each of them for evidence.
    """
    for match in _PAIR.finditer(sentence):
        first, second = match[1] in grounds.capitals, match[2] in grounds.capitals
        if (first and not second) or (second and not first and match.start()):
            yield f"{match[1]} {match[2]}"


def _parts(written: str) -> Iterable[str]:
    return re.findall(r"\w+", written)


def _is_a_line(quote: str, source: str) -> bool:
    return any(squeeze(line).lstrip("•– ") == quote for line in source.splitlines())


def _not_found(quote: str, source: str, page: str) -> str:
    """Say where a quote leaves the page's words, so that the slip is easily seen."""
    tokens = quote.split(" ")
    agreed = 0
    while agreed < len(tokens) and " ".join(tokens[: agreed + 1]) in source:
        agreed += 1
    if 0 < agreed < len(tokens):
        last = " ".join(tokens[max(0, agreed - 5) : agreed])
        return (
            f"does not stand on pages/{page}.txt: it agrees up to “{last}”, "
            f"not with “{tokens[agreed]}”. Copy it word for word"
        )
    return f"does not stand on pages/{page}.txt: copy it word for word, without cutting a word"
