"""Looks to begin from: sets of colours and pairs of typefaces, and what tokens are called."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from builder.fonts import families

_COLOURS: Final = (
    "background", "surface", "text", "muted", "rule", "accent", "on-accent", "inverse",
    "on-inverse", "inverse-muted", "inverse-rule", "inverse-accent", "danger",
)  # fmt: skip
# What follows others, whatever the template made of it.
_FOLLOW: Final = {
    "link": "{color.accent}",
    "focus": "{color.accent}",
    "emphasis": "{color.accent}",
    "field": "{color.muted}",
    "art-line": "{color.rule}",
    "art-1": "{color.accent}",
}
_PALETTES: Final = (
    (gettext_lazy("Chalk and pine"), ("#fbfaf7 #f0eee8 #1b1d1a #575a53 #d9d6cc #1f5f4a #ffffff "
     "#16231d #f2f5f0 #a9b8ae #35463d #9bd3bd #a3261b")),
    (gettext_lazy("Salt and ink"), ("#ffffff #f2f4f7 #10182b #505a70 #d6dbe4 #1d4fb8 #ffffff "
     "#0f1a33 #eef2fb #a5b2cf #2c3a5c #9cc0ff #a3261b")),
    (gettext_lazy("Clay"), ("#fbf6f1 #f3e9df #2a1a12 #6a5245 #e0d0c2 #a03b16 #ffffff "
     "#2b1610 #fbeee6 #cbb0a2 #52372c #ffb38f #9d1c1c")),
    (gettext_lazy("Olive grove"), ("#f6f6ee #eaebdd #20231a #575b48 #d2d4bf #4b5a12 #ffffff "
     "#232817 #f3f5e6 #b4baa0 #454b33 #d3e07a #a3261b")),
    (gettext_lazy("Rose"), ("#fdf8f8 #f6eaec #2b1519 #70505a #e6d2d6 #9b1d4a #ffffff "
     "#2f1019 #fdeef2 #d0aab5 #583141 #ffa9c2 #a3261b")),
    (gettext_lazy("Night"), ("#141519 #1f2127 #f0f0f4 #b0b2bd #383b45 #ffd166 #241a00 "
     "#f0f0f4 #17181d #555864 #cdced6 #7a5600 #ff9a8f")),
)  # fmt: skip
_PAIRS: Final = (
    (pgettext_lazy("a look", "Bookish"), ("Newsreader", "Noto Naskh Arabic", "serif"),
     ("Source Sans 3", "IBM Plex Sans Arabic", "sans-serif")),
    (pgettext_lazy("a look", "Gallery"), ("Instrument Serif", "Amiri", "serif"),
     ("Hanken Grotesk", "IBM Plex Sans Arabic", "sans-serif")),
    (pgettext_lazy("a look", "Clear"), ("Hanken Grotesk", "IBM Plex Sans Arabic", "sans-serif"),
     ("Hanken Grotesk", "IBM Plex Sans Arabic", "sans-serif")),
    (pgettext_lazy("a look", "Round"), ("Outfit", "Readex Pro", "sans-serif"),
     ("Figtree", "Readex Pro", "sans-serif")),
    (pgettext_lazy("a look", "Loud"), ("Bricolage Grotesque", "Reem Kufi", "sans-serif"),
     ("Hanken Grotesk", "IBM Plex Sans Arabic", "sans-serif")),
    (pgettext_lazy("a look", "Elegant"), ("Bodoni Moda", "El Messiri", "serif"),
     ("Figtree", "Alexandria", "sans-serif")),
)  # fmt: skip


def palettes() -> list[dict[str, Any]]:
    """Sets of colours by the names of their tokens, as hex codes or aliases."""
    return [
        {
            "name": str(name),
            "colors": {**dict(zip(_COLOURS, codes.split(), strict=True)), **_FOLLOW},
        }
        for name, codes in _PALETTES
    ]


def pairs() -> list[dict[str, Any]]:
    """Typefaces for headings and texts, each for Latin, then for Arabic, then what is there."""
    return [
        {"name": str(name), "display": list(display), "body": list(body)}
        for name, display, body in _PAIRS
    ]


def typefaces() -> dict[str, list[str]]:
    """The library's families by their script."""
    found: dict[str, list[str]] = {"latin": [], "arabic": []}
    for family in families():
        found[family.script].append(family.name)
    return found


def token_names() -> dict[str, str]:
    """What tokens are called; others go by their names."""
    return {
        "background": _("Background"),
        "surface": _("Surface"),
        "text": _("Text"),
        "muted": _("Quiet text"),
        "rule": _("Lines"),
        "accent": _("Accent"),
        "on-accent": _("Text on the accent"),
        "link": _("Links"),
        "inverse": _("Dark background"),
        "on-inverse": _("Text on dark"),
        "inverse-muted": _("Quiet text on dark"),
        "inverse-rule": _("Lines on dark"),
        "inverse-accent": _("Accent on dark"),
        "focus": _("Focus"),
        "danger": _("Faults"),
        "emphasis": _("Emphasis"),
        "field": _("Fields"),
        "display": _("Largest titles"),
        "heading": _("Headings"),
        "subheading": _("Small headings"),
        "lead": _("Opening text"),
        "body": _("Texts"),
        "label": _("Labels"),
        "brand": _("Name of the site"),
        "section": _("Above and below a section"),
        "gutter": _("At the sides"),
        "gap": _("Between columns"),
        "stack": _("Between lines of a group"),
        "art-line": _("Lines of drawings"),
        "art-1": _("First colour of drawings"),
        "art-2": _("Second colour of drawings"),
        "art-3": _("Third colour of drawings"),
        "art-4": _("Fourth colour of drawings"),
    }
