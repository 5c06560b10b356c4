"""What every reader of a JSON document can hold: I-JSON (RFC 7493), of bounded size and depth.

PostgreSQL's jsonb takes neither NaN nor the character NUL nor half a surrogate pair, and gives a
number beyond 2^53 back in all its digits, which clients read as another number.
"""

import math
from collections.abc import Iterator
from typing import Any, Final

import orjson
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 64
# RFC 7493, section 2.2: beyond it a double cannot tell a whole number from its neighbour.
MAX_NUMBER: Final = 2**53 - 1
_TOLD: Final = 20

_Path = tuple[str | int, ...]


def faults(value: Any, *, most: int = MAX_BYTES) -> list[Fault]:
    """What hinders keeping a JSON value: at most twenty faults; none means that it can be kept.

    `most` is how many bytes it may have. Linear in the value's size, without recursion. Pointers
    lead into the value.
    """
    found: list[Fault] = []
    for fault in _walk(value):
        found.append(fault)
        if len(found) == _TOLD:
            return found
    if not found and len(orjson.dumps(value)) > most:
        text = _("A document has at most %(count)d bytes.") % {"count": most}
        found.append(Fault("", "too_large", text))
    return found


def _walk(value: Any) -> Iterator[Fault]:
    level: list[tuple[Any, _Path]] = [(value, ())]
    for _depth in range(MAX_DEPTH):
        below: list[tuple[Any, _Path]] = []
        for item, path in level:
            if isinstance(item, dict):
                yield from _keys(item, path)
                below.extend((child, (*path, str(key))) for key, child in item.items())
            elif isinstance(item, list | tuple):
                below.extend((child, (*path, index)) for index, child in enumerate(item))
            else:
                yield from _scalar(item, path)
        if not below:
            return
        level = below
    text = _("A document is nested at most %(count)d deep.") % {"count": MAX_DEPTH}
    yield Fault(json_pointer(level[0][1]), "too_deep", text)


def _keys(item: dict[Any, Any], path: _Path) -> Iterator[Fault]:
    for key in item:
        if not isinstance(key, str):
            yield Fault(json_pointer(path), "invalid_type", _("A member's name is a text."))
            return
        yield from (Fault(json_pointer(path), code, text) for code, text in _text(key))


def _scalar(item: Any, path: _Path) -> Iterator[Fault]:
    if isinstance(item, str):
        yield from (Fault(json_pointer(path), code, text) for code, text in _text(item))
    elif isinstance(item, float) and not math.isfinite(item):
        yield Fault(json_pointer(path), "not_finite", _("JSON has no such number."))
    elif isinstance(item, int | float):
        if abs(item) > MAX_NUMBER:
            text = _("A number is at most 2^53 - 1, lest readers take it for another.")
            yield Fault(json_pointer(path), "number_out_of_range", text)
    elif item is not None:
        yield Fault(json_pointer(path), "invalid_type", _("JSON has no such value."))


def _text(value: str) -> Iterator[tuple[str, str]]:
    if "\0" in value:
        yield "nul_character", _("The character NUL cannot be kept.")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        yield "lone_surrogate", _("Half a surrogate pair is no character.")
