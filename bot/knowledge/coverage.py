"""Show, sentence by sentence, which answers and contacts rest on each municipality's pages.

``python -m bot.knowledge.coverage [--markdown FILE]``: what no answer states has a reason in
pages.yml (``not_stated``) or is a DEFECT, and then the exit code is 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.knowledge.loader import CONTENT_DIR, ContentError, load_knowledge
from bot.knowledge.records import Evidence, Knowledge, Municipality, Page
from bot.knowledge.validator_text import (
    Span,
    find_quote,
    sentence_spans,
    sentences,
    squeeze,
    word_spans,
)

SUBSTANTIAL: Final = 0.6
"""Share of a sentence's words that one answer has to quote before it counts as stated."""

_BULLET: Final = "• "


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, heading or list line of a page, and what rests on it."""

    municipality: str
    page: str
    text: str
    stated_by: tuple[str, ...]
    reason: str | None

    @property
    def is_defect(self) -> bool:
        """Whether nothing states it and nobody said why not."""
        return not self.stated_by and self.reason is None


def coverage(knowledge: Knowledge) -> tuple[Line, ...]:
    """Every sentence of every page, in the order of the pages."""
    return tuple(
        line
        for municipality in knowledge.municipalities.values()
        for line in coverage_of(municipality)
    )


def coverage_of(municipality: Municipality) -> tuple[Line, ...]:
    """Every sentence of one municipality's pages."""
    return tuple(
        line for page in municipality.pages.values() for line in _page_lines(municipality, page)
    )


def _page_lines(municipality: Municipality, page: Page) -> Iterator[Line]:
    source, spans = page_units(page.text)
    quoted = _quoted(municipality, page, source, spans)
    reasons = {squeeze(line).removeprefix(_BULLET): reason for line, reason in page.not_stated}
    for span in spans:
        sentence = source[slice(*span)]
        yield Line(
            municipality=municipality.id,
            page=page.id,
            text=sentence,
            stated_by=tuple(
                holder for holder, parts in quoted.items() if _states(source, span, parts)
            ),
            reason=_reason(sentence, reasons),
        )


def page_units(text: str) -> tuple[str, list[Span]]:
    """The squeezed text of a page, and where its sentences and list lines stand in it."""
    source, spans = "", []
    for line in filter(None, map(squeeze, text.splitlines())):
        start = len(source) + (len(_BULLET) if line.startswith(_BULLET) else 0)
        source += f"{line} "
        for first, last in sentence_spans(source[start:]):
            spans.append((start + first, start + last))
    return source.rstrip(), spans


def _quoted(
    municipality: Municipality, page: Page, source: str, spans: Sequence[Span]
) -> dict[str, list[Span]]:
    """For each answer and contact the stretches of a page that it quotes."""
    holders: list[tuple[str, Sequence[Evidence]]] = [
        (answer.id, answer.evidence) for answer in municipality.answers
    ]
    holders += [
        (f"{municipality.id}.kontakt.{c.id}", c.evidence) for c in municipality.contacts.values()
    ]
    known = frozenset(spans)
    return {
        holder: [
            span
            for entry in evidence
            if entry.page == page.id
            for span in _places(squeeze(entry.quote), source, known)
        ]
        for holder, evidence in holders
    }


def _places(quote: str, source: str, units: frozenset[Span]) -> list[Span]:
    """Where a quote stands; one that is a whole line somewhere is meant there and nowhere else."""
    found = find_quote(quote, source)
    return [span for span in found if span in units] or found


def _states(source: str, unit: Span, quoted: Sequence[Span]) -> bool:
    """Whether quotes cover a sentence substantially, counted in words."""
    start, end = unit
    near = [span for span in quoted if span[0] < end and span[1] > start]
    if not near:
        return False
    words = [(start + first, start + last) for first, last in word_spans(source[start:end])]
    covered = sum(any(a <= first and last <= b for a, b in near) for first, last in words)
    return covered > 0 and covered >= SUBSTANTIAL * len(words)


def _reason(sentence: str, reasons: dict[str, str]) -> str | None:
    """Why no answer states a sentence: the reason of its line, or of itself."""
    return next((r for line, r in reasons.items() if sentence in (line, *sentences(line))), None)


def summary(lines: Sequence[Line]) -> list[str]:
    """How much of each page is stated, excused and missing."""
    found = []
    for municipality, page in dict.fromkeys((line.municipality, line.page) for line in lines):
        own = [line for line in lines if (line.municipality, line.page) == (municipality, page)]
        stated = sum(bool(line.stated_by) for line in own)
        defects = sum(line.is_defect for line in own)
        found.append(
            f"{municipality}/{page}: {len(own)} sentences, {stated} stated, "
            f"{len(own) - stated - defects} with a reason, {defects} defects"
        )
    return found


def plain(lines: Sequence[Line]) -> Iterator[str]:
    """The report for a terminal."""
    place = None
    for line in lines:
        if (line.municipality, line.page) != place:
            place = (line.municipality, line.page)
            yield f"\n{line.municipality}/pages/{line.page}.txt"
        yield f"  {_mark(line)} {line.text}"
        yield f"         {_told(line)}"
    yield ""
    yield from summary(lines)


def markdown(lines: Sequence[Line]) -> Iterator[str]:
    """The report as a Markdown file."""
    yield "# Coverage of the municipalities' pages"
    yield ""
    yield from (f"- {line}" for line in summary(lines))
    place = None
    for line in lines:
        if (line.municipality, line.page) != place:
            place = (line.municipality, line.page)
            yield from ("", f"## {line.municipality}: {line.page}", "")
            yield from ("| | Sentence | Stated by |", "|---|---|---|")
        yield f"| {_mark(line).strip()} | {_cell(line.text)} | {_cell(_told(line))} |"


def _mark(line: Line) -> str:
    return "DEFECT" if line.is_defect else "stated" if line.stated_by else "reason"


def _told(line: Line) -> str:
    if line.stated_by:
        return ", ".join(line.stated_by)
    return line.reason or "no answer quotes it: add an answer, or a reason in pages.yml"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report, or write it to a file; 1 when a sentence is a defect."""
    parser = argparse.ArgumentParser(prog="python -m bot.knowledge.coverage", description=__doc__)
    parser.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder to report on")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the report there")
    options = parser.parse_args(arguments)
    try:
        lines = coverage(load_knowledge(options.content))
    except ContentError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return 1
    if options.markdown:
        options.markdown.write_text("\n".join(markdown(lines)) + "\n", encoding="utf-8")
        print("\n".join(summary(lines)))
    else:
        print("\n".join(plain(lines)))
    defects = [line for line in lines if line.is_defect]
    for line in defects:
        print(f"[ERROR] {line.municipality}/pages/{line.page}.txt: {_told(line)}: {line.text}")
    print(f"Coverage: {len(defects)} defects in {len(lines)} sentences.")
    return 1 if defects else 0


if __name__ == "__main__":
    sys.exit(main())
