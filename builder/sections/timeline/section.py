"""What happened, and when."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Heading, Line, Link, Part, Picture, Prose
from builder.sections.section import Section


class Event(Part):
    """Something that happened; `when` as it is written ("1998", "Spring 2021")."""

    when: Line
    title: Line
    text: Prose = ""
    picture: Picture | None = None
    link: Link | None = None


class Props(Heading):
    """`rule` sets events along a vertical line, `across` side by side along a horizontal one,
    `figures` each beside its year in large figures, `alternate` to both sides of a line."""

    variant: Literal["rule", "across", "figures", "alternate"] = "rule"
    events: Annotated[tuple[Event, ...], Field(min_length=1, max_length=40)]


SECTION = Section(
    type="Timeline",
    name=_("Timeline"),
    icon="timeline",
    props=Props,
    folder=Path(__file__).parent,
    variants=("rule", "across", "figures", "alternate"),
)
