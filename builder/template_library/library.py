"""Reads the built-in templates."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class TemplatePage:
    """A page of a template: its place in the sitemap and its layout (Puck Data)."""

    key: str
    path: str
    title: str
    description: str
    layout: dict[str, Any]


@dataclass(frozen=True)
class TemplateDocument:
    """A complete site to start from.

    `name` and `description` are by language code; `tokens` is the whole token document of the site
    (colour, typography, spacing, component, grid, breakpoint; see `builder.rendering.tokens`).
    """

    slug: str
    name: dict[str, str]
    description: dict[str, str]
    category: str
    trade: str
    target_audience: tuple[str, ...]
    use_cases: tuple[str, ...]
    language: str
    direction: Literal["ltr", "rtl"]
    site_name: str
    pages: tuple[TemplatePage, ...]
    tokens: dict[str, Any]


@cache
def load() -> tuple[TemplateDocument, ...]:
    """Return the built-in templates, by slug."""
    files = sorted(Path(__file__).parent.glob("*/template.json"))
    return tuple(_read(path) for path in files)


def _read(path: Path) -> TemplateDocument:
    document = json.loads(path.read_text(encoding="utf-8"))
    pages = tuple(TemplatePage(**page) for page in document.pop("pages"))
    for name in ("target_audience", "use_cases"):
        document[name] = tuple(document[name])
    return TemplateDocument(slug=path.parent.name, pages=pages, **document)
