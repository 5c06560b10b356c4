"""A site's icon: its name's first letter on its accent colour."""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from builder.rendering.tokens import to_css_variables


def icon_data_uri(*, name: str, tokens: Mapping[str, Any]) -> str:
    """Return an SVG icon as a data URI (the page's policy must allow `img-src data:`)."""
    css = to_css_variables(tokens)
    letter = escape(name.strip()[:1].upper())
    family = css["--typography-brand-font-family"].replace('"', "'")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="6" fill="{css["--color-accent"]}"/>'
        f'<text x="16" y="23" text-anchor="middle" font-size="20" font-weight="700" '
        f'font-family="{family}" fill="{css["--color-on-accent"]}">{letter}</text></svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe=" ='/:")
