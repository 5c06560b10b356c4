"""Films, each by its poster: a page plays none itself, the poster leads to where it is played.

The policy of published pages (`builder.serving.answers`) lets no film or frame in, from anywhere.
"""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from builder.sections.props import Heading, Href, Kind, Label, Line, Link, Part, Picture, Prose
from builder.sections.section import Section


def _https(value: str) -> str:
    if not value.lower().startswith("https://"):
        raise PydanticCustomError("unsafe_url", "A film is played at an https address.")
    return value


class Film(Part):
    """A film; `href` is the page that plays it, and `transcript` is for those who do not hear."""

    title: Line
    href: Annotated[
        Href, AfterValidator(_https), Label(hint=_("Where the film is played: https://…"))
    ]
    picture: Annotated[Picture | None, Label(title=_("Poster"))] = None
    duration: Annotated[
        str,
        Kind("line"),
        StringConstraints(pattern=r"^(\d{1,3}(:[0-5]\d){1,2})?$"),
        Label(title=_("Length"), hint=_("In minutes and seconds: 3:20")),
    ] = ""
    text: Prose = ""
    transcript: Annotated[Prose, Field(max_length=20_000), Label(title=_("Transcript"))] = ""

    @property
    def host(self) -> str:
        """Where the film is played, as visitors know it."""
        return (urlsplit(self.href).hostname or "").removeprefix("www.")


class Props(Heading):
    """`stage` sets the poster over the whole width, `beside` next to the words, `list` several one
    below another, `wall` in columns."""

    variant: Literal["stage", "beside", "list", "wall"] = "stage"
    films: Annotated[tuple[Film, ...], Field(min_length=1, max_length=24)]
    action: Link | None = None


SECTION = Section(
    type="Video",
    name=_("Video"),
    icon="smart_display",
    props=Props,
    folder=Path(__file__).parent,
    variants=("stage", "beside", "list", "wall"),
)
