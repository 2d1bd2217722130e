"""Read single settings; a value that can't be used is told with what to write."""

from __future__ import annotations

from collections.abc import Mapping

from limits import parse_many


class SettingsError(Exception):
    """A setting that can't be used; the message names it and what to write."""


def integer(values: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number within these bounds."""
    text = values.get(name) or str(default)
    if not text.strip().isdecimal() or not least <= int(text) <= most:
        raise SettingsError(f"{name} is {text!r}: write a whole number from {least} to {most}")
    return int(text)


def switch(values: Mapping[str, str], name: str, default: str = "0") -> bool:
    """Whether it is on."""
    text = (values.get(name) or default).strip().lower()
    if text not in {"0", "1", "false", "true", "no", "yes", "off", "on"}:
        raise SettingsError(f"{name} is {text!r}: write 1 or 0")
    return text in {"1", "true", "yes", "on"}


def rate(values: Mapping[str, str], name: str, default: str) -> str:
    """A rate as ``120/minute``, several joined by ``;``, or 0 for none."""
    text = (values.get(name) or default).strip()
    if text == "0":
        return ""
    try:
        usable = all(item.amount > 0 for item in parse_many(text))
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"{name} is {text!r}: write 120/minute, or 0 for no limit")
    return text
