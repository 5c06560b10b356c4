"""Reads the fonts of the library."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal

Script = Literal["latin", "arabic"]

CONTENT_TYPE: Final = "font/woff2"
_HERE: Final = Path(__file__).parent
# The characters of each subset (of Arabic, those of its languages): a browser fetches a file once
# a page has one of them.
RANGES: Final = {
    "latin": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,"
        "U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
    ),
    "latin-ext": (
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,"
        "U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,"
        "U+2C60-2C7F,U+A720-A7FF"
    ),
    "arabic": "U+0020,U+0600-06FF,U+0750-077F,U+08A0-08FF,U+200C-200E,U+FB50-FDFF,U+FE70-FEFC",
}


@dataclass(frozen=True)
class Fallback:
    """What makes a local font as wide and as high as this family, in percent of its own size.

    Measured by `manage.py measure_fonts`; the names of CSS Fonts 5 are size-adjust,
    ascent-override and descent-override.
    """

    size: float
    ascent: float
    descent: float


@dataclass(frozen=True)
class FontFile:
    """A woff2 file: the weights that it has ("400", "100 900") of a subset of a family."""

    folder: str
    name: str
    subset: str
    weight: str

    @cached_property
    def body(self) -> bytes:
        return (_HERE / self.folder / self.name).read_bytes()

    @cached_property
    def path(self) -> str:
        """Where a site has it, below its root and without a first slash."""
        digest = hashlib.sha256(self.body).hexdigest()[:12]
        return f"assets/fonts/{self.folder}-{self.name.removesuffix('.woff2')}.{digest}.woff2"

    @property
    def lightest(self) -> int:
        return int(self.weight.split()[0])

    @property
    def heaviest(self) -> int:
        return int(self.weight.split()[-1])


@dataclass(frozen=True)
class Family:
    """A font family; `adjust` is how large it is set (size-adjust, percent) beside the others.

    `package` and `version` are where its files come from. `fallback` is by weight ("400", "700").
    """

    name: str
    folder: str
    kind: str
    script: Script
    package: str
    version: str
    files: tuple[FontFile, ...]
    local: str
    adjust: float = 100.0
    fallback: Mapping[str, Fallback] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes its files have."""
        return sum(len(file.body) for file in self.files)


@cache
def families() -> tuple[Family, ...]:
    """All families of the library, by the name of their folder."""
    return tuple(_read(path) for path in sorted(_HERE.glob("*/font.json")))


def known_families(names: Collection[str]) -> list[Family]:
    """Those of the names that are families of the library, in their order."""
    by_name = {family.name: family for family in families()}
    return [by_name[name] for name in names if name in by_name]


def files_of(names: Collection[str], *, languages: Collection[str]) -> list[FontFile]:
    """The files that a site needs that is set in these families and is in these languages."""
    return [
        file
        for family in known_families(names)
        if _wanted(family, languages)
        for file in family.files
    ]


def _wanted(family: Family, languages: Collection[str]) -> bool:
    # Arabic pages have Latin letters and digits too, as in addresses.
    return family.script == "latin" or "ar" in languages


def _read(path: Path) -> Family:
    told = json.loads(path.read_text(encoding="utf-8"))
    folder = path.parent.name
    return Family(
        name=told["family"],
        folder=folder,
        kind=told["kind"],
        script=told["script"],
        package=told["package"],
        version=told["version"],
        files=tuple(FontFile(folder=folder, **file) for file in told["files"]),
        local=told["local"],
        adjust=told.get("adjust", 100.0),
        fallback={weight: Fallback(**each) for weight, each in told.get("fallback", {}).items()},
    )
