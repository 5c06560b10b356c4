"""The kinds of value that a section's props are made of.

Props come from strangers: every text is bounded, every address is limited to schemes that cannot
run a script, every picture is one of the library's drawings or an https image.

`Kind`, `Label`, `Fold` and `OnlyFor` among a type's metadata say how a prop is edited, what it is
called, and when it is asked for; they mean nothing to the check (`builder.sections.prop_schema`
reads them).
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from builder.template_library.art import ART_NAME, has_art

PropKind = Literal[
    "line", "prose", "rich", "address", "link", "picture", "drawing", "image", "choice", "number",
    "switch", "date", "moment", "list", "group",
]  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """By which kind of field a prop is edited."""

    name: PropKind


@dataclass(frozen=True, slots=True)
class Label:
    """What a prop is called, and what to know of it, where its name does not say."""

    title: str | Promise = ""
    hint: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Under which heading a prop is folded away in forms, since few need it."""

    title: str | Promise


@dataclass(frozen=True, slots=True)
class OnlyFor:
    """The variants that show a prop; with others it is kept, and not asked for."""

    variants: tuple[str, ...]


PAGE_LINK = re.compile(r"page:(?P<key>[a-z0-9][a-z0-9_-]{0,63})(?P<fragment>#[A-Za-z][\w-]{0,63})?")
RICH_TAGS = frozenset(
    ["p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br"]
)
_MOMENT = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$"
_FRAGMENT = re.compile(r"#[A-Za-z][\w-]{0,63}")
_SITE_PATH = re.compile(r"/(?!/)[^\s\\]*")
_WEB = re.compile(r"https?://[A-Za-z0-9\[][^\s\\]*", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s\\@]+@[^\s\\]+", re.IGNORECASE)
_PHONE = re.compile(r"tel:\+?[0-9(). -]{3,32}", re.IGNORECASE)
_LINKS = (PAGE_LINK, _FRAGMENT, _SITE_PATH, _WEB, _MAIL, _PHONE)


def _is_safe(address: str) -> bool:
    return any(pattern.fullmatch(address) for pattern in _LINKS)


def _safe_link(value: str) -> str:
    if not _is_safe(value):
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


def _attribute(_tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or _is_safe(value) else None


def _real_moment(value: str) -> str:
    try:
        datetime.datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_day", "The month has no such day.") from None
    return value


def _clean(value: str) -> SafeString:
    """HTML of which only the elements of a text are left, with addresses as links have them."""
    import nh3

    return SafeString(
        nh3.clean(
            value,
            tags=RICH_TAGS,
            attributes={"a": {"href"}},
            attribute_filter=_attribute,
            url_schemes={"http", "https", "mailto", "tel", "page"},
            link_rel="noopener",
        )
    )


Line = Annotated[
    str, Kind("line"), StringConstraints(strip_whitespace=True, min_length=1, max_length=160)
]
OptionalLine = Annotated[
    str, Kind("line"), StringConstraints(strip_whitespace=True, max_length=160)
]
Prose = Annotated[str, Kind("prose"), StringConstraints(strip_whitespace=True, max_length=2000)]
# Cleaned when it is read: whatever is stored, a template writes it as it is.
Rich = Annotated[
    str,
    Kind("rich"),
    StringConstraints(strip_whitespace=True, max_length=40_000),
    AfterValidator(_clean),
]
Href = Annotated[
    str, Kind("address"), StringConstraints(max_length=2048), AfterValidator(_safe_link)
]
ImageUrl = Annotated[
    str, Kind("address"), StringConstraints(max_length=2048), AfterValidator(_safe_image)
]
ArtName = Annotated[
    str, Kind("drawing"), StringConstraints(max_length=128), AfterValidator(_known_art)
]
# The id of an uploaded picture; that there is one is asked where the layout is written.
ImageId = Annotated[
    str,
    Kind("image"),
    StringConstraints(pattern=r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$"),
]
# A date and time of day as a clock shows them at the place that the section is about.
Moment = Annotated[
    str, Kind("moment"), StringConstraints(pattern=_MOMENT), AfterValidator(_real_moment)
]
Tone = Literal["plain", "muted", "inverse", "accent"]
Space = Literal["none", "small", "normal", "large"]


class Part(BaseModel):
    """A group of props inside a section's props."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PerBreakpoint(Part, Generic[T]):
    """A value for every screen, or one from each breakpoint on: `{"base": …, "medium": …}`.

    What is left out is as on the next smaller screen; a value alone is the same on all.
    """

    base: T
    medium: T | None = None
    wide: T | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_for_all(cls, value: Any) -> Any:
        return value if isinstance(value, Mapping | PerBreakpoint) else {"base": value}

    def steps(self) -> dict[str, T]:
        """The values that are given, by their breakpoints, the smallest screen first."""
        given = {"base": self.base, "medium": self.medium, "wide": self.wide}
        return {name: value for name, value in given.items() if value is not None}


class Columns(PerBreakpoint[Annotated[int, Field(ge=1, le=6)]]):
    """A number of columns; one alone is that of wide screens, and smaller ones have fewer."""

    @model_validator(mode="before")
    @classmethod
    def _one_for_all(cls, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            return value if isinstance(value, Mapping | PerBreakpoint) else {"base": value}
        return {"base": 1, "medium": min(value, 2), "wide": value} if value > 1 else {"base": value}


class Link(Part):
    """A labelled link; `track` names its clicks for the tracker (default: not tracked)."""

    label: Line
    href: Href
    track: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,64}$"), Fold(_("More"))] = ""


class Picture(Part):
    """A drawing of the library (`art`), an uploaded picture (`image`), or an https image (`src`).

    `alt` is empty for mere decoration; an uploaded picture may have one of its own, which holds
    where there is none here.
    """

    art: ArtName = ""
    image: ImageId = ""
    src: ImageUrl = ""
    alt: OptionalLine = ""
    width: Annotated[int, Field(ge=1, le=10_000)] | None = None
    height: Annotated[int, Field(ge=1, le=10_000)] | None = None


class SectionProps(Part):
    """What every section has: the colours it stands on, the room around it, where it is seen."""

    tone: Annotated[Tone, Label(hint=_("The colours that the section stands on."))] = "plain"
    space: Annotated[
        PerBreakpoint[Space], Label(hint=_("The room above and below the section's content."))
    ] = PerBreakpoint[Space](base="normal")
    shown: Annotated[
        PerBreakpoint[bool], Label(hint=_("On which screens visitors see the section."))
    ] = PerBreakpoint[bool](base=True)
    hidden: Annotated[
        StrictBool, Label(hint=_("A hidden section stays in the document and is not published."))
    ] = False


class Heading(SectionProps):
    """What a section with a heading has; `*word*` in texts is emphasis."""

    eyebrow: OptionalLine = ""
    title: Annotated[OptionalLine, Label(hint=_("Words between *asterisks* are emphasised."))] = ""
    text: Prose = ""


class Gridded(Heading):
    """What a section has whose pieces stand in columns; without a number it chooses itself."""

    columns: Columns | None = None
