"""Writes what a stylesheet says of the fonts that a site's tokens name.

Until a file is there, text stands in a local font that is made as wide and as high as the family
(size-adjust, ascent-override and descent-override of CSS Fonts 5), so that nothing moves when the
file has come.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from builder.fonts.library import RANGES, Fallback, Family, FontFile, files_of, known_families

# The local fonts, by their full and PostScript names: regular and bold ones. Each has the metrics
# of the first: Liberation is made to those of Arial, Times New Roman and Courier New.
_LOCAL: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "sans": (
        ("Arial", "ArialMT", "Liberation Sans"),
        ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold"),
    ),
    "serif": (
        ("Times New Roman", "TimesNewRomanPSMT", "Liberation Serif"),
        ("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold"),
    ),
    "mono": (
        ("Courier New", "CourierNewPSMT", "Liberation Mono"),
        ("Courier New Bold", "CourierNewPS-BoldMT", "Liberation Mono Bold"),
    ),
    "arabic": (
        ("Noto Sans Arabic", "NotoSansArabic-Regular", "Geeza Pro", "Segoe UI", "Arial"),
        ("Noto Sans Arabic Bold", "NotoSansArabic-Bold", "Geeza Pro Bold", "Segoe UI Bold"),
    ),
    "naskh": (
        ("Noto Naskh Arabic", "NotoNaskhArabic-Regular", "Geeza Pro", "Times New Roman"),
        ("Noto Naskh Arabic Bold", "NotoNaskhArabic-Bold", "Geeza Pro Bold"),
    ),
}
_FAMILY_NAME: Final = re.compile(r'"([^"]+)"')
# From which weight on the bold local font stands in.
_BOLD_FROM: Final = 550


def used_families(variables: Mapping[str, str]) -> list[str]:
    """The families that a site's text styles name, in the order of their styles."""
    styles = [css for name, css in variables.items() if name.endswith("-font-family")]
    return list(dict.fromkeys(found for css in styles for found in _FAMILY_NAME.findall(css)))


def font_css(variables: Mapping[str, str], *, languages: Collection[str]) -> str:
    """The @font-face rules for the families of a site's CSS variables.

    Addresses of files are relative to the stylesheet, which stands in `assets/`.
    """
    names = used_families(variables)
    wanted = files_of(names, languages=languages)
    rules: list[str] = []
    for family in known_families(names):
        own = [file for file in wanted if file.folder == family.folder]
        rules += [_face(family, file) for file in own]
        rules += _fallbacks(family) if own else []
    return "".join(rules)


def local_fonts(family: Family) -> str:
    """The families of local fonts that one is measured against, as CSS: the first that is there."""
    regular, _bold = _LOCAL[family.local]
    return ", ".join(f'"{name}"' for name in regular)


def with_fallbacks(css: str) -> str:
    """A list of families with, after each of the library's, the local font that stands in."""
    known = {family.name for family in known_families(_FAMILY_NAME.findall(css))}

    def both(match: re.Match[str]) -> str:
        return f'{match[0]}, "{match[1]} Fallback"' if match[1] in known else match[0]

    return _FAMILY_NAME.sub(both, css)


def arabic_first(css: str) -> str:
    """A list of families as Arabic pages have it: their blanks are those of the Arabic family."""
    known = {family.name: family.script for family in known_families(_FAMILY_NAME.findall(css))}
    names = [name.strip() for name in css.split(",")]
    arabic = [name for name in names if known.get(name.strip('"')) == "arabic"]
    return ", ".join([*arabic, *(name for name in names if name not in arabic)])


def preloads(variables: Mapping[str, str], *, language: str) -> tuple[str, ...]:
    """Paths of the files that a page in a language shows first: of its display and body styles."""
    script = "arabic" if language == "ar" else "latin"
    found: dict[str, None] = {}
    for style in ("display", "body"):
        names = _FAMILY_NAME.findall(variables.get(f"--typography-{style}-font-family", ""))
        weight = float(variables.get(f"--typography-{style}-font-weight", 400))
        for family in known_families(names):
            files = [file for file in family.files if file.subset == script]
            if files:
                found[min(files, key=lambda file: _distance(file, weight)).path] = None
                break
    return tuple(found)


def _distance(file: FontFile, weight: float) -> float:
    return max(file.lightest - weight, weight - file.heaviest, 0)


def _face(family: Family, file: FontFile) -> str:
    adjust = f"size-adjust:{family.adjust:g}%;" if family.adjust != 100 else ""
    return (
        f'@font-face{{font-family:"{family.name}";font-style:normal;font-weight:{file.weight};'
        f'font-display:swap;src:url({file.path.removeprefix("assets/")}) format("woff2");'
        f"{adjust}unicode-range:{RANGES[file.subset]}}}"
    )


def _fallbacks(family: Family) -> Iterator[str]:
    regular, bold = _LOCAL[family.local]
    heaviest = max(file.heaviest for file in family.files)
    both = "700" in family.fallback
    for weight, measured in family.fallback.items():
        local = bold if weight == "700" else regular
        # Without a bold of its own the family is set in its regular weight, made bold.
        weights = f"{_BOLD_FROM} 900" if weight == "700" else f"1 {_BOLD_FROM - 1}"
        span = weights if both else f"1 {max(heaviest, 400)}"
        yield _fallback(family, measured, local=local, weights=span)


def _fallback(family: Family, measured: Fallback, *, local: tuple[str, ...], weights: str) -> str:
    sources = ",".join(f'local("{name}")' for name in local)
    script = RANGES["arabic" if family.script == "arabic" else "latin"]
    return (
        f'@font-face{{font-family:"{family.name} Fallback";font-weight:{weights};src:{sources};'
        f"size-adjust:{measured.size:g}%;ascent-override:{measured.ascent:g}%;"
        f"descent-override:{measured.descent:g}%;line-gap-override:0%;unicode-range:{script}}}"
    )
