"""Keep apart what belongs apart: municipalities, services, and numbers that must never be given."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.knowledge.validator_answers import texts
from bot.knowledge.validator_evidence import quotes
from bot.knowledge.validator_facts import digits, facts
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import (
    COMMON,
    Content,
    Folder,
    entries,
    mapping,
    strings,
    text,
)
from bot.knowledge.validator_text import words
from bot.understanding.text import folded_words

Owners = dict[str, set[str]]

BLOCKED: Final = ("0771-22 00 60", "020-22 00 60")
"""Old crisis numbers, closed since 2020: refused whatever content/common/crisis.yml lists."""

_LONGEST_NAME: Final = 3
_BLOCK_LIST: Final = re.compile(r"^blocked_numbers:.*(?:\n[ \t-].*)*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Known:
    """Which municipalities each name, number and address belongs to."""

    names: Owners
    reach: Owners

    @classmethod
    def of(cls, content: Content) -> Known:
        """Those of all municipalities of a content folder."""
        folders = content.folders.values()
        return cls(
            names=_owners(
                (name, f.id) for f in folders for _, name in _names(f) if name[:1].isupper()
            ),
            reach=_owners((value, f.id) for f in folders for value in _ways_to_reach(f)),
        )


def check(content: Content, known: Known, report: Report) -> None:
    """Names, synonyms and numbers over all files."""
    _check_municipality_names(content, report)
    _check_synonyms(content, report)
    _check_common_texts(content, known.names, report)
    _check_blocked(content, report)


def _owners(pairs: Iterable[tuple[str, str]]) -> Owners:
    """Which municipalities each name or number belongs to."""
    owners: Owners = {}
    for value, municipality in pairs:
        owners.setdefault(value, set()).add(municipality)
    return owners


def _check_municipality_names(content: Content, report: Report) -> None:
    """One name means one municipality, also among those that are not served."""
    owners: dict[str, str] = {}
    for folder in content.folders.values():
        for key, name in _names(folder):
            owner = owners.setdefault(_folded(name), folder.id)
            if owner != folder.id:
                report.error(
                    folder.record_file, key, f"{name!r} also means {owner}: keep it in one of them"
                )
    shorts = {_folded(text(folder.record, "short")) for folder in content.folders.values()}
    listed = content.common("municipalities.yml")
    unserved = (
        {_folded(n) for n in listed if isinstance(n, str)} if isinstance(listed, list) else {}
    )
    for folder in content.folders.values():
        for place in strings(folder.record, "places"):
            if _folded(place) in unserved and _folded(place) not in shorts:
                report.error(
                    folder.record_file,
                    "places",
                    f"{place!r} is a municipality of its own: remove it",
                )


def _names(folder: Folder) -> Iterator[tuple[str, str]]:
    for key in ("name", "short"):
        if name := text(folder.record, key):
            yield key, name
    for key in ("names", "places"):
        for name in strings(folder.record, key):
            yield key, name


def _check_synonyms(content: Content, report: Report) -> None:
    """A word that means two services makes the assistant ask; ambiguous.yml says how."""
    asked = {
        _folded(word)
        for entry in entries({"": content.common("ambiguous.yml")}, "")
        for word in strings(entry, "words")
    }
    owners: dict[tuple[str, str], str] = {}
    for service, data in content.services.items():
        synonyms = mapping(data, "synonyms")
        for language in synonyms:
            kind = "sv" if language == "misspelled" else str(language)
            for word in strings(synonyms, language):
                other = owners.setdefault((kind, _folded(word)), service)
                if other != service and _folded(word) not in asked:
                    report.warning(
                        f"{COMMON}/services/{service}.yml",
                        f"synonyms.{language}",
                        f"{word!r} also means {other!r}: keep one, or add it to ambiguous.yml",
                    )


def _check_common_texts(content: Content, names: Container[str], report: Report) -> None:
    """What is common to all municipalities names none of them."""
    for service, data in content.services.items():
        for aspect, topic in mapping(data, "topics").items():
            for key in ("question", "about", "en"):
                for name in _named(text(topic, key), names):
                    report.error(
                        f"{COMMON}/services/{service}.yml",
                        f"topics.{aspect}.{key}",
                        f"names {name!r}: topics are common to all municipalities",
                    )


def check_others(folder: Folder, known: Known, report: Report) -> None:
    """Nothing of another municipality stands in an answer or a contact."""
    names, reach = known.names, known.reach
    for answer in folder.answers:
        cited = frozenset(_named(" ".join(quotes(answer.data)), names))
        for where, written in texts(answer):
            for name in _named(written, names):
                if folder.id not in names[name] and name not in cited:
                    report.error(
                        answer.file,
                        answer.at(where),
                        f"names {name!r}, of another municipality: remove it",
                    )
            for fact in facts(written):
                owners = reach.get(fact.value, set()) if isinstance(fact.value, str) else set()
                if owners and folder.id not in owners:
                    report.error(
                        answer.file,
                        answer.at(where),
                        f"{fact.written!r} belongs to {', '.join(sorted(owners))}: remove it",
                    )
    for contact in folder.contacts.values():
        for key in ("phone", "email"):
            value = _comparable(key, text(contact, key))
            if others := reach.get(value, set()) - {folder.id}:
                report.error(
                    folder.record_file,
                    f"contacts[{text(contact, 'id')}].{key}",
                    f"also belongs to {', '.join(sorted(others))}: correct one of them",
                )


def _ways_to_reach(folder: Folder) -> Iterator[str]:
    for contact in folder.contacts.values():
        for key in ("phone", "email"):
            if value := text(contact, key):
                yield _comparable(key, value)


def _comparable(key: str, value: str) -> str:
    return digits(value) if key == "phone" else value.casefold()


def _named(written: str, names: Container[str]) -> Iterator[str]:
    """Those of the names that stand in a text, as written or in the genitive."""
    found = words(written)
    for start, first in enumerate(found):
        # Names begin with a capital, and most words do not.
        if not first[0].isupper():
            continue
        for end in range(start + 1, min(start + _LONGEST_NAME, len(found)) + 1):
            name = " ".join(found[start:end])
            for form in (name, name.removesuffix("s")):
                if form in names:
                    yield form


def _check_blocked(content: Content, report: Report) -> None:
    crisis = content.common("crisis.yml")
    for number in {*BLOCKED, *strings(crisis, "blocked_numbers")}:
        figures = r"[\s\u00a0./–-]*".join(re.sub(r"\D", "", number))
        pattern = re.compile(rf"(?<!\d){figures}(?!\d)")
        for file, raw in content.raw.items():
            searched = _BLOCK_LIST.sub("", raw) if file == f"{COMMON}/crisis.yml" else raw
            if pattern.search(searched):
                report.error(file, "", f"remove {number}: that crisis line is closed")


def _folded(name: str) -> str:
    return "".join(folded_words(name))
