"""The kinds of value that a section's props are made of.

Props come from strangers: every text is bounded, every address is limited to schemes that cannot
run a script, every picture is one of the library's drawings or an https image.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from builder.template_library.art import ART_NAME, has_art

PAGE_LINK = re.compile(r"page:(?P<key>[a-z0-9][a-z0-9_-]{0,63})(?P<fragment>#[A-Za-z][\w-]{0,63})?")
_FRAGMENT = re.compile(r"#[A-Za-z][\w-]{0,63}")
_SITE_PATH = re.compile(r"/(?!/)[^\s\\]*")
_WEB = re.compile(r"https?://[A-Za-z0-9\[][^\s\\]*", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s\\@]+@[^\s\\]+", re.IGNORECASE)
_PHONE = re.compile(r"tel:\+?[0-9(). -]{3,32}", re.IGNORECASE)
_LINKS = (PAGE_LINK, _FRAGMENT, _SITE_PATH, _WEB, _MAIL, _PHONE)


def _safe_link(value: str) -> str:
    if not any(pattern.fullmatch(value) for pattern in _LINKS):
        raise PydanticCustomError(
            "unsafe_url",
            "Use https://…, mailto:…, tel:…, /path, #section or page:key as an address.",
        )
    return value


def _safe_image(value: str) -> str:
    if value and not (value.lower().startswith("https://") and _WEB.fullmatch(value)):
        raise PydanticCustomError("unsafe_url", "An image is fetched over https only.")
    return value


def _known_art(value: str) -> str:
    if value and not (ART_NAME.fullmatch(value) and has_art(name=value)):
        raise PydanticCustomError("unknown_art", "The library has no drawing of this name.")
    return value


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
OptionalLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Href = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_safe_link)]
ImageUrl = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_safe_image)]
ArtName = Annotated[str, StringConstraints(max_length=128), AfterValidator(_known_art)]
Tone = Literal["plain", "muted", "inverse", "accent"]


class Part(BaseModel):
    """A group of props inside a section's props."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Link(Part):
    """A labelled link; `track` names its clicks for the tracker (default: not tracked)."""

    label: Line
    href: Href
    track: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,64}$")] = ""


class Picture(Part):
    """A drawing of the library (`art`), or an https image; `alt` is empty for mere decoration."""

    art: ArtName = ""
    src: ImageUrl = ""
    alt: OptionalLine = ""
    width: Annotated[int, Field(ge=1, le=10_000)] | None = None
    height: Annotated[int, Field(ge=1, le=10_000)] | None = None


class SectionProps(Part):
    """What every section has: the colours it stands on."""

    tone: Tone = "plain"


class Heading(SectionProps):
    """What a section with a heading has; `*word*` in texts is emphasis."""

    eyebrow: OptionalLine = ""
    title: OptionalLine = ""
    text: Prose = ""
