"""Parse YAML as PyYAML's safe loader does, in two thirds of its time.

A municipality is some 60 kB of YAML, and all of it is parsed at each start: with hundreds of them
that is most of what a start takes. PyYAML puts every value together through a generator; content
is texts in lists in mappings, so those are put together directly, and whatever is unusual (anchors,
merged keys, something broken) is left to PyYAML from the beginning.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import yaml

# libyaml reads the characters; a build without it reads the same files, ten times as slowly.
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAG: Final = "tag:yaml.org,2002:"
_TEXT: Final = f"{_TAG}str"
_MAPPING: Final = f"{_TAG}map"
_LIST: Final = f"{_TAG}seq"
_MERGE: Final = f"{_TAG}merge"
_RESOLVER: Final[Any] = yaml.resolver.Resolver()
_BROKEN: Final = (yaml.YAMLError, ValueError, TypeError, ArithmeticError, RecursionError)


def parse(text: str, *, strict: bool = False) -> Any:
    """The data of a YAML text; raise yaml.YAMLError. ``strict`` refuses a key that stands twice."""
    # An anchor's value is one object in several places: only PyYAML knows which.
    if "&" not in text:
        try:
            return _quickly(text, strict=strict)
        except _BROKEN:
            pass  # PyYAML tells what is wrong, and where
    try:
        return yaml.load(text, Loader=_StrictLoader if strict else _LOADER)  # noqa: S506  # both safe
    except yaml.YAMLError:
        raise
    except _BROKEN as error:
        # 2026-02-31 has the form of a date.
        raise yaml.YAMLError(str(error)) from error


def _quickly(text: str, *, strict: bool) -> Any:
    loader = _PlainLoader(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _value(loader, node, strict=strict)
    finally:
        loader.dispose()


def _value(loader: Any, node: Any, *, strict: bool) -> Any:
    """What a node says; an error for whatever PyYAML has to judge."""
    kind, tag = type(node), node.tag
    if kind is yaml.ScalarNode:
        return node.value if tag == _TEXT else loader.construct_object(node)
    if kind is yaml.SequenceNode and tag == _LIST:
        return [_value(loader, part, strict=strict) for part in node.value]
    if kind is not yaml.MappingNode or tag != _MAPPING:
        raise ValueError(tag)
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if key_node.tag == _MERGE:
            raise ValueError(key_node.tag)
        key = _value(loader, key_node, strict=strict)
        if strict and key in found:
            raise ValueError(key)
        found[key] = _value(loader, value_node, strict=strict)
    return found


@lru_cache(maxsize=4096)
def _tag_of(plain: str) -> str:
    """What a text without quotes is, a number or a date; kept, since keys are always the same."""
    return str(_RESOLVER.resolve(yaml.ScalarNode, plain, (True, False)))


class _PlainLoader(_LOADER):
    """Without resolving tags by path, which content has none of: two calls less for each value."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of a value that names none itself."""
        if kind is yaml.ScalarNode:
            return _tag_of(value) if implicit[0] else _TEXT
        return _MAPPING if kind is yaml.MappingNode else _LIST

    def descend_resolver(self, *_: object) -> None:
        """Nothing depends on where a value stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a value stands."""


class _StrictLoader(_LOADER):
    """Refuses a key that stands twice in one mapping: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        """Build a mapping after looking at its keys."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)
