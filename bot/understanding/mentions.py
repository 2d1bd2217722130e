"""Names that content knows, found in what people write.

Services, municipalities, places and units are found in any inflection, without å, ä and ö,
with split compounds and small typos. The vocabulary comes from content; no name stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.text import folded_words, stems

LONGEST_NAME = 5
"""Words that one name may be split into: ``an hörig kon sulen ten``."""

_SHORTEST_FUZZY = 7
_MOST_FUZZY_PARTS = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: its kind, the record's id and the word positions [start, end)."""

    kind: str
    id: str
    start: int
    end: int
    surface: str
    exact: bool


class Vocabulary:
    """All names of one language setting, ready to be looked up.

    ``names`` maps (kind, id) to the surface forms that mean it. A form that means several
    records of one kind is kept for each of them.
    """

    def __init__(self, names: Mapping[tuple[str, str], Iterable[str]]) -> None:
        self._exact: dict[str, list[tuple[str, str]]] = {}
        for key, forms in names.items():
            for form in forms:
                joined = "".join(folded_words(form))
                if joined and key not in self._exact.setdefault(joined, []):
                    self._exact[joined].append(key)
        self._fuzzy: dict[str, list[str]] = {}
        for form in self._exact:
            if len(form) >= _SHORTEST_FUZZY:
                self._fuzzy.setdefault(form[0], []).append(form)
        self._alike: dict[tuple[str, int, int], list[str]] = {}

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every name in the text; where two overlap, the longer one, exact before near."""
        tokens = folded_words(text)
        found = list(self._windows(tokens))
        found.sort(key=lambda m: -(m.exact * 100 + m.end - m.start) - len(m.surface) / 100)
        taken: set[int] = set()
        kept: list[Mention] = []
        for mention in found:
            span = set(range(mention.start, mention.end))
            same = [m for m in kept if (m.start, m.end) == (mention.start, mention.end)]
            if span & taken and not (same and same[0].exact == mention.exact):
                continue
            taken |= span
            kept.append(mention)
        return tuple(sorted(kept, key=lambda m: (m.start, m.kind, m.id)))

    def _windows(self, tokens: list[str]) -> Iterable[Mention]:
        for start in range(len(tokens)):
            joined = ""
            for end in range(start + 1, min(start + LONGEST_NAME, len(tokens)) + 1):
                joined += tokens[end - 1]
                if len(joined) > 45:
                    break
                form, exact = self._lookup(joined, parts=end - start)
                for kind, record in self._exact.get(form, ()):
                    yield Mention(kind, record, start, end, joined, exact)

    def _lookup(self, joined: str, *, parts: int) -> tuple[str, bool]:
        for stem in stems(joined):
            if stem in self._exact:
                return stem, True
        if len(joined) < _SHORTEST_FUZZY or joined.isdigit() or parts > _MOST_FUZZY_PARTS:
            return "", False
        return self._near(joined, single=parts == 1), False

    def _near(self, joined: str, *, single: bool) -> str:
        """The known form within one edit (two from ten letters) of a word, else nothing.

        The first letter has to agree: it is rarely mistyped, and this keeps look-ups short.
        """
        allowed = 2 if len(joined) >= 10 else 1
        if not single:
            allowed = 1
        for stem in stems(joined) if single else (joined,):
            edits = min(allowed, len(stem) // 5)
            choices = self._as_long_as(stem, edits)
            if not choices:
                continue
            hit = process.extractOne(stem, choices, scorer=OSA.distance, score_cutoff=edits)
            if hit is not None:
                return str(hit[0])
        return ""

    def _as_long_as(self, stem: str, edits: int) -> list[str]:
        """The forms with the stem's first letter that so many edits can make as long as it is.

        Put together when first asked for: there are no more of these lists than letters and
        lengths of names, and each look-up compares a tenth of the forms.
        """
        letter, length = stem[0], len(stem)
        if letter not in self._fuzzy:
            return []
        found = self._alike.get((letter, length, edits))
        if found is None:
            found = [form for form in self._fuzzy[letter] if abs(len(form) - length) <= edits]
            self._alike[letter, length, edits] = found
        return found
