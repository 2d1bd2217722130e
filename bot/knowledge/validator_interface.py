"""Check what the pages around the conversation say: labels, and the page about the service."""

from __future__ import annotations

import re
from typing import Final

from bot.knowledge.assistant import LANGUAGES
from bot.knowledge.validator_facts import facts
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import COMMON, Content, entries, mapping, text

_NAME: Final = re.compile(r"\{(\w+)\}")


def check(content: Content, report: Report) -> None:
    """Numbers stand in a section's source; both languages say the same with the same names."""
    about = content.common("about.yml")
    for key, section in (about if isinstance(about, dict) else {}).items():
        grounds = facts(text(section, "source"))
        for at, entry in enumerate(entries(section, "text"), start=1):
            for language in LANGUAGES:
                for fact in facts(text(entry, language)):
                    if not fact.proven_by(grounds):
                        report.error(
                            f"{COMMON}/about.yml",
                            f"{key}.text[{at}].{language}",
                            f"{fact.written!r} does not stand in the section's source",
                        )
            _check_names(f"{COMMON}/about.yml", f"{key}.text[{at}]", entry, report)
    labels = content.common("interface.yml")
    for key in labels if isinstance(labels, dict) else {}:
        _check_names(f"{COMMON}/interface.yml", str(key), mapping(labels, key), report)


def _check_names(file: str, where: str, entry: object, report: Report) -> None:
    """What is filled in in one language is filled in in the other; whose name it is may differ."""
    named = [
        {_SAME.get(name, name) for name in _NAME.findall(text(entry, language))}
        for language in LANGUAGES
    ]
    if named[0] != named[1]:
        differing = ", ".join(sorted(named[0] ^ named[1]))
        report.error(file, where, f"only one language has {{{differing}}}: write it in both")


_SAME: Final = {"genitive": "municipality"}
"""Swedish has a genitive of its own where English writes the name with 's."""
