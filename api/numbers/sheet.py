"""The figures as a file for a spreadsheet: one line for each day and figure, and nobody's words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from api.numbers import words
from api.numbers.summary import Figure, Row, Summary

HEADER = ("dag", "grupp", "namn", "antal")
_TOTALS = {
    "messages": "Frågor",
    "conversations": "Samtal",
    "messages.agent": "Svar från handläggare",
    "erased": "Samtal som invånaren raderade",
    "feedback.helped": "Tyckte att svaret hjälpte",
    "feedback.not_helped": "Tyckte inte att svaret hjälpte",
}
_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads å, ä and ö as something else."""


def sheet(summary: Summary, rows: Sequence[Row]) -> str:
    """The whole file, separated by semicolons as Swedish spreadsheets read it."""
    told = io.StringIO()
    writer = csv.writer(told, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for day, name, value in rows:
        named = _named(name)
        if named is not None and value:
            writer.writerow((day.isoformat(), *named, Figure(name, "", value).told))
    writer.writerows(_of_period(summary))
    return _BYTE_ORDER_MARK + told.getvalue()


def file_name(summary: Summary) -> str:
    """``siffror-umea-2026-10-24-2026-11-22.csv``."""
    period = summary.period
    return f"siffror-{summary.municipality}-{period.first}-{period.last}.csv"


def _of_period(summary: Summary) -> Iterator[tuple[str, ...]]:
    """What has no day of its own."""
    if summary.waits is None:
        return
    when = f"{summary.period.first}/{summary.period.last}"
    yield when, "Väntetid", "Hälften väntade högst så många sekunder", str(summary.waits.median)
    yield when, "Väntetid", "Längsta väntan i sekunder", str(summary.waits.longest)


def _named(name: str) -> tuple[str, str] | None:
    """Group and name of a counter; None for one that people have no use for."""
    if name in _TOTALS:
        return "Totalt", _TOTALS[name]
    if name in words.PERSON:
        return "Till en människa", words.PERSON[name]
    start, _, rest = name.partition(".")
    if start == "hour":
        hour, _, phone = rest.partition(".")
        return "Timme", f"{hour}, {words.PHONE.get(phone, phone)}"
    if name.startswith("handoff.waited."):
        return "Väntade", words.WAITED.get(name.rpartition(".")[2], name)
    if start == "feedback":
        answer, _, verdict = rest.rpartition(".")
        what = "hjälpte" if verdict == "helped" else "hjälpte inte"
        return "Omdömen", f"{words.answer_name(answer)} – {what}"
    return _by_start(start, rest)


def _by_start(start: str, rest: str) -> tuple[str, str] | None:
    groups = {
        "replies": ("Svar", words.KINDS.get(rest, words.KINDS["unknown"])),
        "channel": ("Kanal", words.CHANNELS.get(rest, rest)),
    }
    if start in groups:
        return groups[start]
    if start == "service":
        return "Tjänst", words.service_name(rest)
    if start == "language":
        return "Språk", words.language_name(rest)
    return ("Fråga", words.answer_name(rest)) if start == "answer" else None
