"""The uploaded pictures that a layout shows: found in it, whatever its sections are."""

import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer

# The member of a `Picture` (builder.sections.props) that names an uploaded one.
IMAGE: Final = "image"
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def image_ids(layout: Any) -> set[str]:
    """The ids of all pictures that a layout shows: in its content, variants and translations."""
    return {found for _path, found in _images(layout)}


def unknown_images(layout: Any, known: Collection[str]) -> Iterator[Fault]:
    """Pictures of a layout that are not among those known; pointers are into the layout."""
    for path, found in _images(layout):
        if found not in known:
            yield Fault(json_pointer(path), "unknown_image", _("There is no such picture."))


def _images(layout: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), layout)]
    while waiting:
        path, value = waiting.pop()
        items: Any = ()
        if isinstance(value, dict):
            items = value.items()
        elif isinstance(value, list):
            items = enumerate(value)
        for name, item in items:
            if isinstance(item, dict | list):
                waiting.append(((*path, name), item))
            elif name == IMAGE and isinstance(item, str) and _ID.fullmatch(item):
                yield (*path, name), item
