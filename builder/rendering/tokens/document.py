"""Walks a design-token document (W3C community group Design Tokens, 2025.10)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer

Path = tuple[str, ...]

MAX_DEPTH = 8
MAX_TOKENS = 500
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MEMBERS = {"$type", "$value", "$description", "$extensions", "$deprecated"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token as written: its own or inherited `$type` (None when neither), and its `$value`."""

    path: Path
    type: str | None
    value: Any


def walk(document: Any) -> Iterator[Token | Fault]:
    """Yield each token of a document, and the faults of its outline."""
    if isinstance(document, Mapping) and "$value" in document:
        yield Fault("/$value", "unsupported_member", _("A document is a group, not a token."))
        return
    count = 0
    for item in _walk(document, (), None):
        if isinstance(item, Token):
            count += 1
        if count > MAX_TOKENS:
            text = _("A document has at most %(count)d tokens.") % {"count": MAX_TOKENS}
            yield Fault("", "too_many_tokens", text)
            return
        yield item


def _walk(node: Any, path: Path, inherited: str | None) -> Iterator[Token | Fault]:
    if not isinstance(node, Mapping):
        yield _fault(path, "invalid_type", _("A group or a token is an object."))
        return
    if len(path) > MAX_DEPTH:
        text = _("Groups are nested at most %(count)d deep.") % {"count": MAX_DEPTH}
        yield _fault(path, "too_deep", text)
        return
    kind = node.get("$type", inherited)
    if kind is not None and not isinstance(kind, str):
        yield _fault((*path, "$type"), "invalid_type", _("The $type is a text."))
        return
    if "$value" in node:
        yield Token(path, kind, node["$value"])
    for name, child in node.items():
        yield from _member(str(name), child, path, kind, is_token="$value" in node)


def _member(
    name: str, child: Any, path: Path, kind: str | None, *, is_token: bool
) -> Iterator[Token | Fault]:
    here = (*path, name)
    if name in _MEMBERS:
        return
    if name.startswith("$"):
        yield _fault(here, "unsupported_member", _("This member is not supported."))
    elif is_token:
        yield _fault(here, "nested_token", _("A token holds no other tokens."))
    elif not _NAME.fullmatch(name):
        yield _fault(
            here, "invalid_name", _("A name has letters, digits, hyphens and underscores.")
        )
    else:
        yield from _walk(child, here, kind)


def _fault(path: Path, code: str, detail: str) -> Fault:
    return Fault(json_pointer(path), code, detail)
