"""Things of one kind side by side, of which one is read at a time."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Heading, Label, Line, Link, OptionalLine, Part, Picture, Prose
from builder.sections.section import Section


class Tab(Part):
    """One of them: its name on the tab, and what is below."""

    name: Annotated[Line, Label(_("Name on the tab"))]
    title: OptionalLine = ""
    text: Prose = ""
    points: Annotated[tuple[Line, ...], Field(max_length=10), Label(_("Points"))] = ()
    picture: Picture | None = None
    action: Link | None = None


class Props(Heading):
    """`line` sets the tabs above in a row, `side` beside what they open, `folders` as folders'
    tabs on a sheet. They are a choice of one, as radio buttons are: no script has to run."""

    variant: Literal["line", "side", "folders"] = "line"
    tabs: Annotated[tuple[Tab, ...], Field(min_length=2, max_length=8)]


SECTION = Section(
    type="Tabs",
    name=_("Tabs"),
    icon="tab",
    props=Props,
    folder=Path(__file__).parent,
    variants=("line", "side", "folders"),
)
