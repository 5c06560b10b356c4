"""Writes a site's stylesheet: its tokens as variables, the base, and the sections that it uses."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from builder.rendering.tokens import to_css_variables
from builder.sections import registry

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_MEDIA = re.compile(r"@media[^{]*")
_BREAKPOINT = re.compile(r"\(--(below-)?([a-z]+)\)")


def render_stylesheet(*, tokens: Mapping[str, Any], section_types: Collection[str]) -> str:
    """Return the CSS of a site whose pages use the section types.

    Raises `TokenError` for a token document with faults, `KeyError` for an unknown section type.
    """
    variables = to_css_variables(tokens)
    root = ":root{" + ";".join(f"{name}:{css}" for name, css in variables.items()) + "}"
    sections = [registry()[kind].stylesheet() for kind in registry() if kind in section_types]
    if unknown := set(section_types) - set(registry()):
        raise KeyError(*unknown)
    return root + _minify(_with_breakpoints("\n".join([_base(), *sections]), variables))


@cache
def _base() -> str:
    return Path(__file__).with_name("base.css").read_text(encoding="utf-8")


def _with_breakpoints(css: str, variables: Mapping[str, str]) -> str:
    """Put the breakpoint tokens where media queries name them: variables do not work there.

    `(--wide)` is from that width on, `(--below-wide)` narrower than it.
    """

    def condition(match: re.Match[str]) -> str:
        width = variables[f"--breakpoint-{match[2]}"]
        return f"(width<{width})" if match[1] else f"(min-width:{width})"

    return _MEDIA.sub(lambda query: _BREAKPOINT.sub(condition, query[0]), css)


def _minify(css: str) -> str:
    return _AROUND.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", css))).replace(";}", "}").strip()
