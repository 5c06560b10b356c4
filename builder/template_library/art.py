"""The drawings that ship with the templates: SVG written by us, so it may stand in a page as is."""

import re
from functools import cache
from pathlib import Path

ART_NAME = re.compile(r"[a-z0-9-]{1,60}/[a-z0-9-]{1,60}")
_LIBRARY = Path(__file__).parent


@cache
def _drawings() -> dict[str, Path]:
    files = _LIBRARY.glob("*/art/*.svg")
    return {f"{path.parent.parent.name}/{path.stem}": path for path in files}


def has_art(*, name: str) -> bool:
    """Say whether the library has the drawing `<template>/<drawing>`."""
    return name in _drawings()


def names_of_art() -> list[str]:
    """Return the names of all drawings, in alphabetical order."""
    return sorted(_drawings())


@cache
def read_art(*, name: str) -> str:
    """Return the SVG element of a drawing; its colours are the site's CSS variables.

    Raises `KeyError` for an unknown name.
    """
    return _drawings()[name].read_text(encoding="utf-8").strip()
