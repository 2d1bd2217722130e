"""Swedish text made comparable: one alphabet, one way to write a word.

People write without å, ä and ö, split compounds and lengthen letters. Matching is therefore
done on folded text; what is shown to people is never folded.
"""

from __future__ import annotations

import re
import unicodedata

# Besides blanks of no width and marks of direction: tags, which can carry a whole hidden text,
# and halves of surrogate pairs, which no database keeps.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_COMMON_MARKS = re.compile("[\u0300-\u034e]")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")

# Endings a Swedish noun or adjective takes, longest first, so that a definite or genitive
# form finds its base. The list follows Svenska Akademiens grammatik's five declensions.
_ENDINGS = (
    "arnas", "ornas", "ernas", "arna", "orna", "erna", "ens", "ets", "ns",
    "ar", "or", "er", "en", "et", "na", "as", "n", "t", "s", "a",
)  # fmt: skip
_ENDINGS_ON = {e[-1]: tuple(o for o in _ENDINGS if o[-1] == e[-1]) for e in _ENDINGS}
_SHORTEST_STEM = 4


def clean(text: str) -> str:
    """Drop hidden and control characters and fold exotic blanks; keep what people see."""
    text = unicodedata.normalize("NFC", text)
    text = _CONTROL.sub(" ", _HIDDEN.sub("", text))
    return re.sub(r"[^\S\n]+", " ", text).strip()


def fold(text: str) -> str:
    """Lower the case, use one dash and write å, ä, ö, é as a, a, o, e."""
    text = text.casefold()
    if text.isascii():
        return text
    text = _COMMON_MARKS.sub("", _DASHES.sub("-", unicodedata.normalize("NFKD", text)))
    # Most of what is left is plain letters: whatever else there is is looked at one by one.
    return text if text.isascii() else "".join(c for c in text if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of a text, in order, without punctuation."""
    return _WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """The words of a text, folded, with hyphens removed."""
    return [w.replace("-", "").replace("'", "").replace("’", "") for w in words(fold(text))]


def stems(word: str) -> tuple[str, ...]:
    """A folded word and what is left of it without each Swedish ending it may carry.

    At least four letters stay, since shorter stems are other words. Asked of every word of every
    message, so only the endings on the word's last letter are tried.
    """
    found = [word]
    for ending in _ENDINGS_ON.get(word[-1:], ()):
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM:
            found.append(word[: -len(ending)])
    return tuple(found)


def is_shouting(text: str) -> bool:
    """Whether a text is written in capitals throughout."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 6 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
