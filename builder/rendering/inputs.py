"""Hashes of what a page is rendered from: the same hash is the same page, byte for byte."""

import hashlib
import json
import sys
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import django
import orjson
import pydantic

from builder.rendering.site import PageInput

_BUILDER: Final = Path(__file__).parent.parent
# Code, templates, drawings and the words that templates translate.
_SOURCES: Final = ("rendering", "sections", "template_library", "fonts", "locale")
_KINDS: Final = frozenset({".py", ".html", ".svg", ".css", ".mo", ".json", ".woff2"})


def digest_of(value: Any) -> str:
    """A hash of a value of dataclasses, mappings, sequences and scalars; order of keys aside."""
    try:
        told = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # numbers beyond 64 bits
        told = json.dumps(value, sort_keys=True, default=asdict).encode()
    return hashlib.sha256(told).hexdigest()


def inputs_of(*, page: PageInput, site: str) -> str:
    """The hash of a page's inputs; `site` is `digest_of` the `SiteInput` around it."""
    return hashlib.sha256(f"{renderer_version()}{site}{digest_of(page)}".encode()).hexdigest()


@cache
def renderer_version() -> str:
    """A hash of all that pages are rendered by: our sources, and the packages beneath them."""
    packages = (
        sys.version_info[:2],
        django.VERSION,
        pydantic.VERSION,
        # What cleans rich texts, and what marks code.
        version("nh3"),
        version("pygments"),
    )
    found = hashlib.sha256(repr(packages).encode())
    for folder in _SOURCES:
        for path in sorted((_BUILDER / folder).rglob("*")):
            if path.suffix in _KINDS:
                found.update(f"\0{path.relative_to(_BUILDER)}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()
