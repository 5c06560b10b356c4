"""Writes a site's stylesheet: its tokens as variables, the base, and the sections that it uses."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from builder.fonts import FontFile, arabic_first, files_of, font_css, used_families, with_fallbacks
from builder.rendering.tokens import to_css_variables
from builder.sections import registry

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_MEDIA = re.compile(r"@media[^{]*")
# Arabic letters reach further above and below the line than Latin ones: how close lines may stand.
_ARABIC_LINES = {
    "display": 1.25, "heading": 1.35, "subheading": 1.5, "lead": 1.7, "body": 1.75, "label": 1.5,
    "brand": 1.4,
}  # fmt: skip
# And they are smaller at the same size: the least, in rem, at which they are read with ease.
_ARABIC_SIZES = {"body": 1.0625, "label": 0.9375}
_BREAKPOINT = re.compile(r"\(--(below-)?([a-z]+)\)")


def render_stylesheet(
    *,
    tokens: Mapping[str, Any],
    section_types: Collection[str],
    languages: Collection[str] = ("en", "ar"),
) -> str:
    """Return the CSS of a site in these languages whose pages use the section types.

    It stands in `assets/`, beside the `fonts/` that it names (`builder.fonts.files_of`).
    Raises `TokenError` for a token document with faults, `KeyError` for an unknown section type.
    """
    variables = to_css_variables(tokens)
    faces = font_css(variables, languages=languages)
    root = ":root{" + ";".join(f"{name}:{_value(name, css)}" for name, css in variables.items())
    arabic = _for_arabic(variables) if "ar" in languages else ""
    sections = [registry()[kind].stylesheet() for kind in registry() if kind in section_types]
    if unknown := set(section_types) - set(registry()):
        raise KeyError(*unknown)
    rest = _minify(_with_breakpoints("\n".join([_base(), *sections]), variables))
    return f"{faces}{root}}}{arabic}{rest}"


def site_fonts(tokens: Mapping[str, Any], *, languages: Collection[str]) -> list[FontFile]:
    """The font files that the stylesheet of a site in these languages names.

    Raises `TokenError` for a token document with faults.
    """
    return files_of(used_families(to_css_variables(tokens)), languages=languages)


def _value(name: str, css: str) -> str:
    return with_fallbacks(css) if name.startswith("--typography-") else css


def _for_arabic(variables: Mapping[str, str]) -> str:
    """What Arabic pages have larger than the tokens say, which are made for Latin letters."""
    wider = {
        name: f"{least:g}"
        for style, least in _ARABIC_LINES.items()
        if float(variables[name := f"--typography-{style}-line-height"]) < least
    }
    larger = {
        name: f"max({variables[name]},{least:g}rem)"
        for style, least in _ARABIC_SIZES.items()
        if (name := f"--typography-{style}-font-size") in variables
    }
    families = {
        name: with_fallbacks(moved)
        for name, css in variables.items()
        if name.startswith("--typography-") and "," in css and (moved := arabic_first(css)) != css
    }
    rules = ";".join(f"{name}:{css}" for name, css in (wider | larger | families).items())
    return f":root:lang(ar){{{rules}}}"


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
