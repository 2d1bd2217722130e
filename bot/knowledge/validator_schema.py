"""Check each file against its JSON Schema in content/schemas, and say what to change.

An editor's program uses the same schemas, by the comment on a file's first line.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final, cast

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from bot.knowledge.loader import CONTENT_DIR, NOT_ANSWERS
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import COMMON, Content

SCHEMA_DIR: Final = CONTENT_DIR / "schemas"
_COMMON: Final = (
    "about.yml",
    "ambiguous.yml",
    "aspects.yml",
    "crisis.yml",
    "desk.yml",
    "hours_exceptions.yml",
    "interface.yml",
    "languages.yml",
    "law.yml",
    "municipalities.yml",
    "privacy.yml",
    "replies.yml",
    "wishes.yml",
)
"""The files of content/common, each with a schema of its name."""

_TYPES: Final = {
    "string": "a text",
    "array": "a list",
    "object": "fields with values",
    "boolean": "true or false",
    "null": "null",
    "number": "a number",
    "integer": "a whole number",
}


def check(content: Content, report: Report) -> None:
    """Every YAML file has a schema, says which, and follows it."""
    for name in _COMMON:
        if f"{COMMON}/{name}" not in content.raw:
            report.error(f"{COMMON}/{name}", "", "the file is missing: add it")
    for file in content.raw:
        if file.endswith(".yaml"):
            report.error(file, "", "rename the file: its name ends in .yml")
    for file, data in content.files.items():
        schema = schema_of(file)
        if schema is None:
            report.error(file, "", "no part of the assistant reads this file: move or remove it")
        elif (SCHEMA_DIR / f"{schema}.schema.json").exists():
            _check_comment(content, file, schema, report)
            for error in _schema(schema).iter_errors(_plain(data)):
                for where, message in _explain(error, data):
                    report.error(file, where, message)


def schema_of(file: str) -> str | None:
    """The name of the schema of a file, by its place in content/; None when it has none."""
    path = PurePosixPath(file)
    folder = path.parent.as_posix()
    if folder == COMMON:
        return path.stem if path.name in _COMMON else None
    if folder == f"{COMMON}/services":
        return "service"
    if folder in ("", ".") or "/" in folder:
        return None
    return path.stem if path.name in NOT_ANSWERS else "answers"


def comment_for(file: str, schema: str) -> str:
    """The first line by which an editor's program finds the schema."""
    path = os.path.relpath(f"schemas/{schema}.schema.json", PurePosixPath(file).parent)
    return f"# yaml-language-server: $schema={PurePosixPath(path)}"


def field_name(path: Iterable[str | int], data: object) -> str:
    """A place in a file as an editor reads it: ``answers[kostnad].text``."""
    name, here = "", data
    for step in path:
        here = _step(here, step)
        if isinstance(step, str):
            name += f".{step}" if name else step
        else:
            name += f"[{_label(here) or step + 1}]"
    return name


def _check_comment(content: Content, file: str, schema: str, report: Report) -> None:
    wanted = comment_for(file, schema)
    if content.raw[file].split("\n", 1)[0].strip() != wanted:
        report.warning(file, "line 1", f"add as first line, for editors' programs: {wanted}")


@cache
def _schema(name: str) -> Draft7Validator:
    path = Path(SCHEMA_DIR / f"{name}.schema.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    return Draft7Validator(_written_out(schema, schema))


def _written_out(part: Any, schema: Mapping[str, Any]) -> Any:
    """A schema with its own definitions in place of the references to them.

    Looking a reference up is a third of the time that jsonschema takes, and every field has one.
    """
    if isinstance(part, list):
        return [_written_out(one, schema) for one in part]
    if not isinstance(part, dict):
        return part
    _, local, name = str(part.get("$ref", "")).partition("#/definitions/")
    if local:
        return _written_out(schema["definitions"][name], schema)
    return {key: _written_out(value, schema) for key, value in part.items()}


def _plain(data: Any) -> Any:
    """The data as JSON has it: YAML reads 2026-11-22 as a date, an editor's program as text."""
    if isinstance(data, Mapping):
        return {str(_plain(key)): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data.isoformat() if isinstance(data, dt.date) else data


def _explain(error: ValidationError, data: object) -> Iterator[tuple[str, str]]:
    where = field_name(error.absolute_path, data)
    value, rule = cast("Any", error.instance), cast("Any", error.validator_value)
    kind = str(error.validator)
    prefix = f"{where}." if where else ""
    if kind == "required":
        for key in (k for k in rule if k not in value):
            yield f"{prefix}{key}", "the field is missing: add it"
    elif kind == "additionalProperties" and isinstance(rule, bool):
        known = sorted(_rules(error).get("properties", {}))
        for key in (k for k in value if k not in known):
            yield f"{prefix}{key}", f"no such field: correct or remove it ({', '.join(known)})"
    elif kind == "dependencies":
        missing = [k for key, needs in rule.items() if key in value for k in needs]
        for key in (k for k in missing if k not in value):
            yield f"{prefix}{key}", "the field is missing: add it"
    else:
        yield where, _message(error, kind, rule, value)


def _message(error: ValidationError, kind: str, rule: Any, value: object) -> str:
    """What to change, for the rules that are about one value."""
    shown = repr(value) if len(repr(value)) < 60 else f"{repr(value)[:57]}…"
    examples = _rules(error).get("examples", [])
    like = f", like {examples[0]!r}" if examples else ""
    if kind == "type":
        kinds = [rule] if isinstance(rule, str) else rule
        return f"write {' or '.join(_TYPES.get(k, k) for k in kinds)}{like}, not {shown}"
    if kind == "enum":
        return f"write one of {', '.join(map(str, rule))}, not {shown}"
    if kind in ("pattern", "not"):
        return f"{shown} has the wrong form{like and f': write it{like}'}"
    if kind in ("minItems", "minProperties"):
        return f"there are too few entries: write at least {rule}"
    if kind in ("maxItems", "maxProperties"):
        return f"there are too many entries: keep at most {rule}"
    if kind == "uniqueItems":
        return "an entry stands twice: remove one"
    if kind == "minLength":
        return f"{shown} is too short: write at least {rule} characters"
    if kind == "maxLength":
        return f"the text is too long: write at most {rule} characters"
    return f"{shown}: {error.message}"


def _rules(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}


def _step(here: object, step: str | int) -> object:
    if isinstance(step, int):
        return here[step] if isinstance(here, list) and step < len(here) else None
    return here.get(step) if isinstance(here, dict) else None


def _label(entry: object) -> str:
    """What names an entry of a list: its id, or its aspect and audience."""
    if not isinstance(entry, dict):
        return ""
    if "aspect" in entry:
        audience = entry.get("audience", "alla")
        return str(entry["aspect"]) + ("" if audience == "alla" else f"/{audience}")
    return str(entry.get("id", ""))
