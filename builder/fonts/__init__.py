"""The fonts that sites may be set in: one folder a family, with its licence and its origin.

All are under the SIL Open Font License 1.1 (`OFL.txt` beside each); see docs/fonts.md.
"""

from builder.fonts.faces import arabic_first, font_css, preloads, used_families, with_fallbacks
from builder.fonts.library import Family, FontFile, families, files_of, known_families

__all__ = [
    "Family",
    "FontFile",
    "arabic_first",
    "families",
    "files_of",
    "font_css",
    "known_families",
    "preloads",
    "used_families",
    "with_fallbacks",
]
