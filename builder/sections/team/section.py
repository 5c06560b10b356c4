"""Who does the work."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Gridded, Line, Link, OptionalLine, Part, Picture, Prose
from builder.sections.section import Section


class Member(Part):
    """A person: what they do, and where to find them."""

    name: Line
    role: OptionalLine = ""
    text: Prose = ""
    picture: Picture | None = None
    links: Annotated[tuple[Link, ...], Field(max_length=3)] = ()


class Props(Gridded):
    """`portraits` sets people in columns under their pictures, `list` one below another between
    rules, `lead` the first large and the others small, `names` nothing but large names with their
    roles."""

    variant: Literal["portraits", "list", "lead", "names"] = "portraits"
    members: Annotated[tuple[Member, ...], Field(min_length=1, max_length=60)]
    action: Link | None = None


SECTION = Section(
    type="Team",
    name=_("Team"),
    icon="groups",
    props=Props,
    folder=Path(__file__).parent,
    variants=("portraits", "list", "lead", "names"),
)
