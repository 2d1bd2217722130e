"""Edit the project's YAML as an editor would: comments, order and line breaks stay."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import FoldedScalarString

from api.changes.records import ChangeError

_WIDTH = 114
_NEVER = 1_000_000
_FOLDED_FROM = 100


def load(text: str) -> Any:
    """The data, with its comments."""
    try:
        return _yaml().load(text)
    except YAMLError as error:
        raise ChangeError(f"Filen går inte att läsa: {error}") from error


def dump(data: Any) -> str:
    """The text again; what was not touched is as it was."""
    stream = io.StringIO()
    _yaml().dump(data, stream)
    if not isinstance(data, CommentedSeq):
        return stream.getvalue()
    # A list that is the whole file stands at the margin here, lists within it are indented.
    return re.sub(r"^  ", "", stream.getvalue(), flags=re.MULTILINE)


def folded(text: str) -> str:
    """A text as our content writes it: long ones over several lines."""
    words = " ".join(text.split())
    if len(words) < _FOLDED_FROM:
        return words
    lines = textwrap.wrap(words, _WIDTH, break_long_words=False, break_on_hyphens=False)
    scalar: Any = FoldedScalarString(words)
    places, at = [], 0
    for line in lines[:-1]:
        at += len(line)
        places.append(at)
        at += 1
    scalar.fold_pos = places
    return cast("str", scalar)


def add_examples(text: str, intent: str, service: str | None, examples: Sequence[str]) -> str:
    """An NLU file with examples added last to an intent (of a service); they are as they stand."""
    lines = text.splitlines(keepends=True)
    place = _end_of_examples(lines, intent, service)
    if place is None:
        raise ChangeError("Det finns ingen plats för exemplen i filen.")
    at, indent = place
    added = [f"{indent}- {_example(example)}\n" for example in examples]
    return "".join([*lines[:at], *added, *lines[at:]])


def set_answer(
    text: str, service: str, aspect: str, audience: str, fields: Mapping[str, Any]
) -> str:
    """A file of answers with one of them changed; None takes a field away."""
    data = load(text)
    if data.get("service") != service:
        raise ChangeError(f"Filen handlar inte om {service}.")
    found = next(
        (a for a in data["answers"] if (a["aspect"], a["audience"]) == (aspect, audience)), None
    )
    if found is None:
        raise ChangeError("Svaret finns inte längre i filen.")
    for name, value in fields.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = _shaped(value)
    return dump(data)


def _shaped(value: Any) -> Any:
    if isinstance(value, str):
        return folded(value)
    if isinstance(value, Mapping):
        return {name: _shaped(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shaped(part) for part in value]
    return value


def _end_of_examples(
    lines: Sequence[str], intent: str, service: str | None
) -> tuple[int, str] | None:
    """Where an intent's last example ends, and how its examples are indented."""
    start = None
    for number, line in enumerate(lines):
        if re.fullmatch(r"\s*- intent: *\S+\s*", line):
            start = number if line.split(":")[1].strip() == intent else None
        elif start is not None and line.strip().startswith("examples:"):
            told = "".join(lines[start:number])
            named = re.search(r"service: *(\w+)", told)
            if (named.group(1) if named else None) == service:
                return _last_example(lines, number + 1)
    return None


def _last_example(lines: Sequence[str], at: int) -> tuple[int, str]:
    indent = re.match(r"\s*", lines[at] if at < len(lines) else "    ")
    end = at
    for number in range(at, len(lines)):
        if re.match(r"\s+- (?!intent:)", lines[number]):
            end = number + 1
        elif lines[number].strip():
            break
    return end, indent.group() if indent and indent.group() else "    "


def _example(text: str) -> str:
    """One line without what Rasa reads as more than words."""
    plain = re.sub(r"[\[\]{}()|<>]", " ", text)
    return " ".join(plain.split())


def _yaml() -> Any:
    yaml: Any = YAML()
    yaml.preserve_quotes = True
    yaml.width = _NEVER  # long lines were chosen by whoever wrote them
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), _null)
    return yaml


def _null(representer: Any, _data: None) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")
