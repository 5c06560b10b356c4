"""Checks token values by type and writes them as CSS.

Each writer takes a value without aliases and raises `TokenError("invalid_value", …)` for one that
is not of its type: what it returns can be put in a stylesheet without escaping.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from builder.rendering.tokens.resolution import COMPOSITES, TokenError

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_FAMILY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,63}|-apple-system|-webkit-body")
_GENERIC = frozenset(
    [
        "serif",
        "sans-serif",
        "monospace",
        "cursive",
        "fantasy",
        "system-ui",
        "ui-serif",
        "ui-sans-serif",
        "ui-monospace",
        "ui-rounded",
        "math",
        "-apple-system",
        "-webkit-body",
    ]
)
_WEIGHTS = {
    **dict.fromkeys(("thin", "hairline"), 100),
    **dict.fromkeys(("extra-light", "ultra-light"), 200),
    "light": 300,
    **dict.fromkeys(("normal", "regular", "book"), 400),
    "medium": 500,
    **dict.fromkeys(("semi-bold", "demi-bold"), 600),
    "bold": 700,
    **dict.fromkeys(("extra-bold", "ultra-bold"), 800),
    **dict.fromkeys(("black", "heavy"), 900),
    **dict.fromkeys(("extra-black", "ultra-black"), 950),
}
# Functions of CSS Color 4 that take three components as they are; the rest go through color().
_COLOR_FUNCTIONS = {"lab", "lch", "oklab", "oklch"}
_PERCENT_FUNCTIONS = {"hsl", "hwb"}
_UNIT, _PERCENT, _HUE, _ANY = (0.0, 1.0), (0.0, 100.0), (0.0, 360.0), (-math.inf, math.inf)
_UP = (0.0, math.inf)
# What each component may be (Design Tokens 2025.10, color module, section 4.2).
_RANGES = {
    **dict.fromkeys(
        ("srgb", "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020"), (_UNIT,) * 3
    ),
    **dict.fromkeys(("xyz-d65", "xyz-d50"), (_UNIT,) * 3),
    **dict.fromkeys(("hsl", "hwb"), (_HUE, _PERCENT, _PERCENT)),
    "lab": (_PERCENT, _ANY, _ANY),
    "lch": (_PERCENT, _UP, _HUE),
    "oklab": (_UNIT, _ANY, _ANY),
    "oklch": (_UNIT, _UP, _HUE),
}
_COLOR_MEMBERS = {"colorSpace", "components", "alpha", "hex"}


def invalid(detail: str) -> TokenError:
    """Return the error for a value that is not of its type."""
    return TokenError("invalid_value", detail)


def number(value: Any) -> str:
    """Write a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise invalid(_("The value is a number."))
    return f"{value:.6g}" if abs(value) < 1e6 else str(round(value))


def dimension(value: Any) -> str:
    """Write a dimension `{value, unit}` in px or rem."""
    known = isinstance(value, Mapping) and set(value) == {"value", "unit"}
    if not known or value["unit"] not in ("px", "rem"):
        raise invalid(_("The value is an object with value and unit, the unit px or rem."))
    return f"{number(value['value'])}{value['unit']}"


def color(value: Any) -> str:
    """Write a colour `{colorSpace, components, alpha, hex}` (CSS Color 4)."""
    if not isinstance(value, Mapping) or not isinstance(value.get("components"), list):
        raise invalid(_("The value is an object with colorSpace and components."))
    if not set(value) <= _COLOR_MEMBERS:
        raise invalid(_("A colour has colorSpace, components, alpha and hex."))
    components = value["components"]
    if len(components) != 3:
        raise invalid(_("A colour has three components."))
    if "hex" in value and not _is_hex(value["hex"]):
        raise invalid(_("The hex is # and six hexadecimal digits."))
    alpha = value.get("alpha", 1)
    if not 0 <= float(number(alpha)) <= 1:
        raise invalid(_("The alpha is between 0 and 1."))
    return _color(value.get("colorSpace"), components, alpha)


def _is_hex(value: Any) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def _color(space: Any, components: list[Any], alpha: float) -> str:
    _in_range(space, components)
    if space == "srgb" and alpha == 1 and "none" not in components:
        return "#" + "".join(f"{round(float(number(item)) * 255):02x}" for item in components)
    parts = ["none" if item == "none" else number(item) for item in components]
    suffix = "" if alpha == 1 else f" / {number(alpha)}"
    if space in _PERCENT_FUNCTIONS:
        percents = [part if part == "none" else f"{part}%" for part in parts[1:]]
        return f"{space}({parts[0]} {' '.join(percents)}{suffix})"
    if space in _COLOR_FUNCTIONS:
        return f"{space}({' '.join(parts)}{suffix})"
    return f"color({space} {' '.join(parts)}{suffix})"


def _in_range(space: Any, components: list[Any]) -> None:
    ranges = _RANGES.get(space) if isinstance(space, str) else None
    if ranges is None:
        raise invalid(_("The colorSpace is none of those of Design Tokens 2025.10."))
    for item, (lowest, highest) in zip(components, ranges, strict=True):
        if item != "none" and not lowest <= float(number(item)) <= highest:
            text = _("This component of %(space)s lies between %(lowest)g and %(highest)g.")
            raise invalid(text % {"space": space, "lowest": lowest, "highest": highest})


def font_family(value: Any) -> str:
    """Write one family or a list of them, the preferred first."""
    families = value if isinstance(value, list) else [value]
    if not families or len(families) > 20:
        raise invalid(_("The value is a font's name or a list of them."))
    return ", ".join(_family(item) for item in families)


def _family(name: Any) -> str:
    if not isinstance(name, str) or not _FAMILY.fullmatch(name):
        raise invalid(_("A font's name has letters, digits, spaces and hyphens."))
    return name if name in _GENERIC else f'"{name}"'


def font_weight(value: Any) -> str:
    """Write a weight: 1 to 1000, or one of the named ones."""
    if isinstance(value, str) and value in _WEIGHTS:
        return str(_WEIGHTS[value])
    if not 1 <= float(number(value)) <= 1000:
        raise invalid(_("A weight is between 1 and 1000."))
    return number(value)


def shadow(value: Any) -> str:
    """Write one shadow or a list of them."""
    layers = value if isinstance(value, list) else [value]
    if not layers or len(layers) > 6:
        raise invalid(_("The value is a shadow or a list of at most six."))
    return ", ".join(_shadow(layer) for layer in layers)


def _shadow(layer: Any) -> str:
    _require(layer, "shadow", optional={"inset"})
    lengths = (dimension(layer[name]) for name in ("offsetX", "offsetY", "blur", "spread"))
    inset = layer.get("inset", False)
    if not isinstance(inset, bool):
        raise invalid(_("The inset is true or false."))
    return f"{'inset ' if inset else ''}{' '.join(lengths)} {color(layer['color'])}"


def _require(value: Any, kind: str, *, optional: set[str]) -> None:
    names = set(COMPOSITES[kind])
    if not isinstance(value, Mapping) or not names - optional <= set(value) <= names:
        text = _("A %(kind)s has %(names)s.")
        raise invalid(text % {"kind": kind, "names": ", ".join(COMPOSITES[kind])})


def _in_px(length: Mapping[str, Any]) -> float:
    """A dimension in px, of which a rem has 16."""
    return float(length["value"]) * (16 if length["unit"] == "rem" else 1)


WRITERS: dict[str, Callable[[Any], str]] = {
    "color": color,
    "dimension": dimension,
    "fontFamily": font_family,
    "fontWeight": font_weight,
    "number": number,
    "shadow": shadow,
}
_TYPOGRAPHY = {
    "fontFamily": "font-family",
    "fontSize": "font-size",
    "fontWeight": "font-weight",
    "letterSpacing": "letter-spacing",
    "lineHeight": "line-height",
}


def declarations(kind: str, value: Any) -> dict[str, str]:
    """Return CSS values by the suffix of their variable's name ('' for all but typography)."""
    if kind == "typography":
        _require(value, kind, optional=set())
        parts = COMPOSITES[kind]
        written = {name: WRITERS[parts[name]](value[name]) for name in _TYPOGRAPHY}
        # Letters that are set smaller on a small screen stand closer by as much.
        share = _in_px(value["letterSpacing"]) / (_in_px(value["fontSize"]) or 1)
        written["letterSpacing"] = f"{number(round(share, 4))}em"
        return {f"-{suffix}": written[name] for name, suffix in _TYPOGRAPHY.items()}
    writer = WRITERS.get(kind)
    if writer is None:
        known = ", ".join([*WRITERS, "typography"])
        text = _("The $type %(kind)s is not supported; known are %(known)s.")
        raise TokenError("unknown_type", text % {"kind": kind, "known": known})
    return {"": writer(value)}
